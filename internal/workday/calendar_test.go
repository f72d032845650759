package workday_test

import (
	"slices"
	"strings"
	"testing"

	"lvyue/internal/refusal"
	"lvyue/internal/workday"
)

func TestWith_APublishedNoticeMakesItsYearFinal(t *testing.T) {
	t.Parallel()
	c, added, err := workday.Embedded().With(notice2027())
	if err != nil || !added || c.Version() == workday.Embedded().Version() {
		t.Fatalf("added %t, version %s, %v", added, c.Version(), err)
	}
	if !strings.HasPrefix(c.Version(), "2027-") {
		t.Errorf("version %s", c.Version())
	}
	for _, tt := range []struct {
		from        string
		n           int
		want        string
		provisional bool
	}{
		{"2026-12-25", 2, "2026-12-28", false}, // the notice works 26 December, a Saturday of the year before
		{"2026-12-31", 1, "2027-01-04", false},
		{"2027-12-24", 1, "2027-12-27", true}, // the year's last days wait for the notice for 2028
		{"2027-12-23", 1, "2027-12-24", false},
	} {
		got, err := c.AddWorkingDays(workday.MustDate(tt.from), tt.n)
		if err != nil || got.Date.String() != tt.want || got.Provisional != tt.provisional {
			t.Errorf("%s + %d: %v, %v", tt.from, tt.n, got, err)
		}
	}
	if got, err := workday.Embedded().AddWorkingDays(workday.MustDate("2026-12-25"), 2); err != nil ||
		got.Date.String() != "2026-12-29" {
		t.Errorf("the older calendar changed: %v, %v", got, err)
	}
}

func TestWith_AnAmendmentOverrulesTheDaysItNames(t *testing.T) {
	t.Parallel()
	amendment := workday.Notice{
		Year: 2026, Number: "amendment", PublishedOn: workday.MustDate("2026-09-01"), Amends: "国办发明电〔2025〕7号",
		Days: []workday.NoticeDay{day("2026-10-08", true), day("2026-10-10", true), day("2026-10-17", false)},
	}
	c, added, err := workday.Embedded().With(amendment)
	if err != nil || !added {
		t.Fatal(added, err)
	}
	got, err := c.AddWorkingDays(workday.MustDate("2026-10-07"), 7)
	if err != nil || got.Date.String() != "2026-10-17" {
		t.Errorf("got %v, %v", got, err)
	}
	got, err = c.AddWorkingDays(workday.MustDate("2026-10-07"), 1)
	if err != nil || got.Date.String() != "2026-10-09" {
		t.Errorf("got %v, %v", got, err)
	}
}

func TestWith_WhatIsKnownChangesNothing(t *testing.T) {
	t.Parallel()
	for _, n := range workday.Embedded().Notices() {
		slices.Reverse(n.Days)
		n.URL = "https://example.com"
		c, added, err := workday.Embedded().With(n)
		if err != nil || added || c != workday.Embedded() {
			t.Errorf("%d %s: added %t, %v", n.Year, n.Number, added, err)
		}
	}
}

func TestWith_APlainWeekendNeedNotBeNamed(t *testing.T) {
	t.Parallel()
	for _, n := range workday.Embedded().Notices() {
		if n.Amends != "" {
			continue
		}
		n.Days = slices.DeleteFunc(n.Days, func(d workday.NoticeDay) bool {
			return d.Off && (d.Date.Weekday() == 0 || d.Date.Weekday() == 6)
		})
		if _, added, err := workday.Embedded().With(n); err != nil || added {
			t.Errorf("%d: added %t, %v", n.Year, added, err)
		}
	}
}

func TestWith_RefusesWhatIsKnownOtherwise(t *testing.T) {
	t.Parallel()
	known := workday.Embedded().Notices()
	last := known[len(known)-1]
	otherDays := last
	otherDays.Days = otherDays.Days[1:]
	otherNumber := otherDays
	otherNumber.Number = "another"
	noNumber := otherDays
	noNumber.Number = ""
	otherYear := last
	otherYear.Year = 2027
	for _, n := range []workday.Notice{otherDays, otherNumber, noNumber, otherYear} {
		_, added, err := workday.Embedded().With(n)
		wantCode(t, err, "notice_known_otherwise")
		if added {
			t.Errorf("%s was taken", n.Number)
		}
	}
}

func TestWith_RefusesWhatDoesNotHoldTogether(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		code, path string
		spoil      func(*workday.Notice)
	}{
		{"notice_empty", "days", func(n *workday.Notice) { n.Days = nil }},
		{"notice_year", "year", func(n *workday.Notice) { n.Year = 2101 }},
		{"notice_year", "year", func(n *workday.Notice) { n.Year = 0 }},
		{"notice_make_up_weekday", "days[0].date", func(n *workday.Notice) { n.Days[0] = day("2027-03-02", false) }},
		{"notice_day_twice", "days[1].date", func(n *workday.Notice) { n.Days[1].Date = n.Days[0].Date }},
		{"notice_other_year", "days[0].date", func(n *workday.Notice) { n.Days[0].Date = workday.MustDate("2029-01-06") }},
		{"notice_statutory_working", "days[8].date", func(n *workday.Notice) { n.Days[8].Off = false }},
		{"notice_statutory_working", "days", func(n *workday.Notice) {
			n.Days = slices.DeleteFunc(n.Days, func(d workday.NoticeDay) bool { return d.Date.String() == "2027-10-01" })
		}},
		{"notice_day_count", "days", func(n *workday.Notice) {
			n.Days = append(n.Days, day("2027-03-02", true), day("2027-03-03", true), day("2027-03-04", true))
		}},
	} {
		n := notice2027()
		tt.spoil(&n)
		c, added, err := workday.Embedded().With(n)
		wantCode(t, err, tt.code)
		if added || c != workday.Embedded() {
			t.Errorf("%s: taken", tt.code)
		}
		r, ok := refusal.As(err)
		if !ok || !slices.ContainsFunc(r.Fields, func(f refusal.Field) bool { return f.Path == tt.path }) || !r.Input {
			t.Errorf("%s: no fault at %s in %v", tt.code, tt.path, err)
		}
	}
}

func TestWith_NamesEveryFaultAtOnce(t *testing.T) {
	t.Parallel()
	n := notice2027()
	n.Days[0] = day("2027-03-02", false)
	n.Days = append(n.Days, day("2027-10-02", false), day("2027-10-02", true))
	_, _, err := workday.Embedded().With(n)
	r, ok := refusal.As(err)
	if !ok || r.Code != "notice_make_up_weekday" {
		t.Fatalf("got %v", err)
	}
	var paths []string
	for _, f := range r.Fields {
		paths = append(paths, f.Path)
	}
	if want := []string{"days[0].date", "days[17].date", "days[16].date"}; !slices.Equal(paths, want) {
		t.Errorf("got %v, want %v", paths, want)
	}
}

// cli.md believes 246–252 working days; both sides of both ends.
func TestWith_BelievesNearlyUsualYears(t *testing.T) {
	t.Parallel()
	usual := 248
	for _, tt := range []struct {
		working int
		good    bool
	}{{245, false}, {246, true}, {252, true}, {253, false}} {
		n := notice2027()
		for i := usual; i > tt.working; i-- {
			n.Days = append(n.Days, workday.NoticeDay{Date: workday.MustDate("2027-03-02").AddDays(i - tt.working), Off: true})
		}
		for i := usual; i < tt.working; i++ {
			n.Days = append(n.Days, workday.NoticeDay{Date: workday.MustDate("2027-03-06").AddDays(7 * (tt.working - i))})
		}
		_, added, err := workday.Embedded().With(n)
		if added != tt.good {
			t.Errorf("%d working days: added %t, %v", tt.working, added, err)
		}
	}
}

func TestNew_DoesNotMindTheOrder(t *testing.T) {
	t.Parallel()
	notices := workday.Embedded().Notices()
	slices.Reverse(notices)
	c, err := workday.New(notices...)
	if err != nil || c.Version() != workday.Embedded().Version() {
		t.Errorf("version %s, %v", c.Version(), err)
	}
	late, _, err := c.With(notice2027())
	if err != nil {
		t.Fatal(err)
	}
	early, err := workday.New(append([]workday.Notice{notice2027()}, notices...)...)
	if err != nil || early.Version() != late.Version() {
		t.Errorf("%s, %s, %v", early.Version(), late.Version(), err)
	}
}

func TestNew_WithoutNoticesIsTheLawAlone(t *testing.T) {
	t.Parallel()
	c, err := workday.New()
	if err != nil {
		t.Fatal(err)
	}
	got, err := c.AddWorkingDays(workday.MustDate("2026-09-30"), 1)
	if err != nil || got.Date.String() != "2026-10-06" || !got.Provisional {
		t.Errorf("got %v, %v", got, err)
	}
}

func TestNotices_BelongToTheCaller(t *testing.T) {
	t.Parallel()
	notices := workday.Embedded().Notices()
	notices[0].Days[0].Off = !notices[0].Days[0].Off
	if workday.Embedded().Notices()[0].Days[0].Off == notices[0].Days[0].Off {
		t.Error("a caller changed the calendar")
	}
}

func TestExplain_SaysWhyAndByWhichNotice(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct{ after, zh, en string }{
		{"2025-09-27", "国庆节、中秋节调休上班（国办发明电〔2024〕12号）", "worked in exchange for National Day and Mid-Autumn"},
		{"2025-09-30", "放假（国办发明电〔2024〕12号）", "off for National Day and Mid-Autumn Festival, by notice"},
		{"2025-09-28", "星期一，工作日", "Monday, a working day"},
		{"2025-11-07", "星期六，周休息日", "Saturday, weekend"},
		{"2026-12-27", "可能调整", "may still move: no notice for 2027"},
		{"2027-05-02", "劳动节补假（推算：2027 年", "make good a day of Labour Day (computed: no notice for 2027"},
		{"2026-12-31", "元旦，法定节假日（推算", "New Year, a statutory day off (computed"},
		{"2020-01-31", "国办发明电〔2020〕1号", "国办发明电〔2020〕1号"},
	} {
		got, err := workday.Embedded().ExplainAdd(workday.MustDate(tt.after), 1)
		if err != nil {
			t.Fatal(err)
		}
		why := got.Days[0].Why
		if !strings.Contains(why.ZH, tt.zh) || !strings.Contains(why.EN, tt.en) {
			t.Errorf("after %s: %s | %s", tt.after, why.ZH, why.EN)
		}
	}
}

// notice2027 is invented: the days of the law, with one day shifted over the year's end.
func notice2027() workday.Notice {
	return workday.Notice{
		Year: 2027, Number: "国办发明电〔2026〕0号", PublishedOn: workday.MustDate("2026-11-30"),
		Days: []workday.NoticeDay{
			day("2026-12-26", false), day("2026-12-31", true), day("2027-01-01", true),
			day("2027-02-05", true), day("2027-02-08", true), day("2027-02-09", true), day("2027-02-10", true),
			day("2027-04-05", true), day("2027-05-01", true), day("2027-05-03", true), day("2027-05-04", true),
			day("2027-06-09", true), day("2027-09-15", true), day("2027-10-01", true), day("2027-10-04", true),
			day("2027-10-05", true),
		},
	}
}

func day(date string, off bool) workday.NoticeDay {
	return workday.NoticeDay{Date: workday.MustDate(date), Name: "节", Off: off}
}
