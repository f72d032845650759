package workday

import (
	"testing"

	"lvyue/internal/refusal"
)

func TestFestivalName_SpeaksBothLanguages(t *testing.T) {
	t.Parallel()
	for zh, en := range map[string]string{
		"元旦": "New Year", "春节": "Spring Festival", "清明节": "Qingming", "劳动节": "Labour Day",
		"端午节": "Dragon Boat Festival", "中秋节": "Mid-Autumn Festival", "国庆节": "National Day",
		"中秋节、国庆节": "Mid-Autumn Festival and National Day", "抗战胜利纪念日": "抗战胜利纪念日",
	} {
		if got := festivalName(zh); got != (refusal.Text{ZH: zh, EN: en}) {
			t.Errorf("%s: %v", zh, got)
		}
	}
	if got := festivalName(""); got.ZH != "节假日" || got.EN != "a holiday" {
		t.Errorf("no name: %v", got)
	}
}

func TestTitle_FallsBackToTheYear(t *testing.T) {
	t.Parallel()
	if got := (Notice{Year: 2027}).title(); got.ZH != "国务院 2027 年放假通知" || got.EN != "the State Council notice for 2027" {
		t.Errorf("%v", got)
	}
}

func TestByIssue_OrdersWhereTheDayOfPublicationIsUnknown(t *testing.T) {
	t.Parallel()
	original, amendment := Notice{Year: 2027}, Notice{Year: 2027, Amends: "x"}
	next := Notice{Year: 2028, PublishedOn: MustDate("2027-11-04")}
	if byIssue(original, amendment) >= 0 || byIssue(original, next) >= 0 || byIssue(next, amendment) >= 0 {
		t.Error("an amendment of unknown day must come after its original and count as issued in its year")
	}
}
