package workday

import (
	"fmt"
	"strings"

	"lvyue/internal/refusal"
)

// title is how a sentence names the notice: by its number, else by its year.
func (n Notice) title() refusal.Text {
	if n.Number != "" {
		return refusal.Text{ZH: n.Number, EN: "notice " + n.Number}
	}
	return refusal.Text{
		ZH: fmt.Sprintf("国务院 %d 年放假通知", n.Year),
		EN: fmt.Sprintf("the State Council notice for %d", n.Year),
	}
}

// festivalName is a name of a notice in both languages; a festival unknown here keeps its Chinese name, a day
// without a name is a holiday. Joined festivals (国庆节、中秋节) are translated one by one.
func festivalName(zh string) refusal.Text {
	if zh == "" {
		return refusal.Text{ZH: "节假日", EN: "a holiday"}
	}
	parts := strings.Split(zh, "、")
	for i, part := range parts {
		parts[i] = english(part)
	}
	return refusal.Text{ZH: zh, EN: strings.Join(parts, " and ")}
}

func english(zh string) string {
	switch zh {
	case "元旦":
		return "New Year"
	case "春节":
		return "Spring Festival"
	case "清明节":
		return "Qingming"
	case "劳动节":
		return "Labour Day"
	case "端午节":
		return "Dragon Boat Festival"
	case "中秋节":
		return "Mid-Autumn Festival"
	case "国庆节":
		return "National Day"
	default:
		return zh
	}
}
