package workday_test

import (
	"encoding/json"
	"testing"
	"time"

	"go.yaml.in/yaml/v3"

	"lvyue/internal/workday"
)

func TestParseDate_TakesDaysThatExistAndNothingElse(t *testing.T) {
	t.Parallel()
	for _, good := range []string{"2024-02-29", "2000-02-29", "2026-12-31", "0001-01-01", "9999-12-31", "1970-01-01"} {
		if d, err := workday.ParseDate(good); err != nil || d.String() != good {
			t.Errorf("%s: got %s, %v", good, d, err)
		}
	}
	for _, bad := range []string{
		"", "2025-02-29", "1900-02-29", "2026-04-31", "2026-13-01", "2026-00-10", "2026-01-00", "0000-01-01",
		"2026-1-02", "26-01-02", "2026/01/02", "2026-01-02 ", "2026-01-02T00:00:00", "10000-01-01", "-001-01-01",
	} {
		_, err := workday.ParseDate(bad)
		wantCode(t, err, "impossible_date")
	}
}

func TestNewDate_RefusesDaysThatRollOver(t *testing.T) {
	t.Parallel()
	if d, err := workday.NewDate(2024, time.February, 29); err != nil || d != workday.MustDate("2024-02-29") {
		t.Errorf("got %s, %v", d, err)
	}
	for _, bad := range [][3]int{{2025, 2, 29}, {2026, 13, 1}, {2026, 1, 0}, {0, 1, 1}, {10000, 1, 1}} {
		_, err := workday.NewDate(bad[0], time.Month(bad[1]), bad[2])
		wantCode(t, err, "impossible_date")
	}
}

func TestOf_TakesTheShanghaiDay(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct{ instant, want string }{
		{"2026-01-04T15:59:59.999999999Z", "2026-01-04"},
		{"2026-01-04T16:00:00Z", "2026-01-05"},
		{"2026-01-05T00:00:00+08:00", "2026-01-05"},
		{"2026-01-05T23:59:59+08:00", "2026-01-05"},
		{"1969-12-31T15:59:59Z", "1969-12-31"},
		{"1969-12-31T16:00:00Z", "1970-01-01"},
	} {
		at, err := time.Parse(time.RFC3339Nano, tt.instant)
		if err != nil {
			t.Fatal(err)
		}
		if got := workday.Of(at); got.String() != tt.want {
			t.Errorf("%s: got %s, want %s", tt.instant, got, tt.want)
		}
	}
}

// Civil Code art. 203: a day lasts until 24:00, which is the start of the next.
func TestDate_StartsAndEndsInShanghai(t *testing.T) {
	t.Parallel()
	d := workday.MustDate("2026-02-28")
	if got := d.Start().Format(time.RFC3339); got != "2026-02-28T00:00:00+08:00" {
		t.Errorf("start %s", got)
	}
	if !d.End().Equal(workday.MustDate("2026-03-01").Start()) {
		t.Errorf("end %s", d.End())
	}
	if workday.Of(d.End().Add(-1)) != d || workday.Of(d.End()) == d {
		t.Error("the end is not the first instant after the day")
	}
}

func TestDate_NoDayIsNoDay(t *testing.T) {
	t.Parallel()
	var none workday.Date
	if !none.IsZero() || none.String() != "" || none.Year() != 0 || none.Month() != 0 || none.Day() != 0 {
		t.Errorf("no day is %q", none)
	}
	if !none.Start().IsZero() || !none.End().IsZero() || !none.AddDays(1).IsZero() {
		t.Error("no day has a time or a neighbour")
	}
	if !workday.MustDate("9999-12-31").AddDays(1).IsZero() || !workday.MustDate("0001-01-01").AddDays(-1).IsZero() {
		t.Error("a step out of the calendar is a day")
	}
}

func TestDate_ComparesAndSteps(t *testing.T) {
	t.Parallel()
	a, b := workday.MustDate("2026-02-28"), workday.MustDate("2026-03-01")
	if same := a.AddDays(0); !a.Before(b) || a.After(b) || a.Compare(b) != -1 || b.Compare(a) != 1 || a.Compare(same) != 0 {
		t.Error("order is wrong")
	}
	if a.AddDays(1) != b || b.AddDays(-1) != a || workday.Later(a, b) != b || workday.Later(b, a) != b {
		t.Error("steps are wrong")
	}
	if a.Weekday() != time.Saturday || a.Year() != 2026 || a.Month() != time.February || a.Day() != 28 {
		t.Error("parts are wrong")
	}
}

func TestDate_TravelsAsPlainText(t *testing.T) {
	t.Parallel()
	type form struct {
		On   workday.Date `json:"on"   yaml:"on"`
		None workday.Date `json:"none" yaml:"none"`
	}
	want := form{On: workday.MustDate("2026-03-02")}
	var fromJSON, fromYAML form
	asJSON, err := json.Marshal(want)
	if err != nil || string(asJSON) != `{"on":"2026-03-02","none":""}` {
		t.Fatalf("%s, %v", asJSON, err)
	}
	if err := json.Unmarshal(asJSON, &fromJSON); err != nil || fromJSON != want {
		t.Errorf("json: %v, %v", fromJSON, err)
	}
	if err := yaml.Unmarshal([]byte("on: 2026-03-02\nnone:\n"), &fromYAML); err != nil || fromYAML != want {
		t.Errorf("yaml: %v, %v", fromYAML, err)
	}
	wantCode(t, json.Unmarshal([]byte(`{"on":"2026-02-30"}`), &fromJSON), "impossible_date")
}

func FuzzParseDate(f *testing.F) {
	f.Add("2026-03-02")
	f.Add("2025-02-29")
	f.Add("2026-3-2")
	f.Fuzz(func(t *testing.T, s string) {
		d, err := workday.ParseDate(s)
		if err != nil {
			wantCode(t, err, "impossible_date")
			return
		}
		if d.String() != s || d.IsZero() {
			t.Errorf("%q read as %q", s, d)
		}
	})
}
