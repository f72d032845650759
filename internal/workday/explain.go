package workday

import (
	"fmt"
	"time"

	"lvyue/internal/refusal"
)

// Day is one day read while counting.
type Day struct {
	Date    Date `json:"date"`
	Working bool `json:"working"`
	// Number counts the working days from 1; a day passed over has 0.
	Number int `json:"number"`
	// Why names the notice that rules the day, or says that the day is computed.
	Why         refusal.Text `json:"why"`
	Provisional bool         `json:"provisional"`
}

// ExplainAdd is AddWorkingDays with every day read and why it counted or not.
func (c *Calendar) ExplainAdd(from Date, n int) (Result, error) {
	return c.explain(from, n, 1)
}

// ExplainBefore is WorkingDaysBefore with every day read, the latest first.
func (c *Calendar) ExplainBefore(day Date, n int) (Result, error) {
	return c.explain(day, n, -1)
}

func (c *Calendar) explain(anchor Date, n, step int) (Result, error) {
	r, err := c.count(anchor, n, step)
	if err != nil {
		return Result{}, err
	}
	number := 0
	for d := anchor; d != r.Date; {
		d = d.AddDays(step)
		day := c.describe(d)
		if day.Working {
			number++
			day.Number = number
		}
		r.Days = append(r.Days, day)
	}
	return r, nil
}

// describe gives a covered day without its number.
func (c *Calendar) describe(d Date) Day {
	m := c.marks[index(d)]
	return Day{Date: d, Working: m&working != 0, Provisional: m&provisional != 0, Why: c.why(d)}
}

func (c *Calendar) why(d Date) refusal.Text {
	if r, named := c.named[d]; named {
		return r.why()
	}
	if !c.arranges(d.Year()) {
		return computed(d)
	}
	t := plain(d)
	if c.marks[index(d)]&provisional != 0 {
		return text("%s（%d 年放假通知尚未公布，可能调整）", "%s (may still move: no notice for %d yet)", t, d.Year()+1)
	}
	return t
}

// why names the festival and the notice.
func (r ruling) why() refusal.Text {
	name := festivalName(r.Name)
	if r.Off {
		return refusal.Text{
			ZH: fmt.Sprintf("%s放假（%s）", name.ZH, r.by.title().ZH),
			EN: fmt.Sprintf("off for %s, by %s", name.EN, r.by.title().EN),
		}
	}
	return refusal.Text{
		ZH: fmt.Sprintf("%s，%s调休上班（%s）", weekdayZH(r.Date), name.ZH, r.by.title().ZH),
		EN: fmt.Sprintf("%s, worked in exchange for %s, by %s", r.Date.Weekday(), name.EN, r.by.title().EN),
	}
}

// computed explains a day of a year without a notice.
func computed(d Date) refusal.Text {
	t := plain(d)
	if off, ok := statutoryRest(d.Year())[d]; ok {
		name := festivalName(off.name)
		t = refusal.Text{ZH: name.ZH + "，法定节假日", EN: name.EN + ", a statutory day off"}
		if off.instead {
			t = refusal.Text{ZH: name.ZH + "补假", EN: "off to make good a day of " + name.EN}
		}
	}
	return text("%s（推算：%d 年放假通知尚未公布）", "%s (computed: no notice for %d yet)", t, d.Year())
}

// plain is a day as the week has it.
func plain(d Date) refusal.Text {
	if d.weekend() {
		return refusal.Text{ZH: weekdayZH(d) + "，周休息日", EN: d.Weekday().String() + ", weekend"}
	}
	return refusal.Text{ZH: weekdayZH(d) + "，工作日", EN: d.Weekday().String() + ", a working day"}
}

// text puts a sentence and a year into both languages.
func text(zh, en string, t refusal.Text, year int) refusal.Text {
	return refusal.Text{ZH: fmt.Sprintf(zh, t.ZH, year), EN: fmt.Sprintf(en, t.EN, year)}
}

func weekdayZH(d Date) string {
	if d.Weekday() == time.Sunday {
		return "星期日"
	}
	return "星期" + string([]rune("一二三四五六")[d.Weekday()-time.Monday])
}
