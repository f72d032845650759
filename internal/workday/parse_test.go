package workday_test

import (
	"encoding/json"
	"reflect"
	"testing"

	"lvyue/internal/refusal"
	"lvyue/internal/workday"
)

func TestParseNotice_ReadsTheForm(t *testing.T) {
	t.Parallel()
	n, err := workday.ParseNotice([]byte(`{"year": 2026, "number": "国办发明电〔2025〕7号", "published_on": "2025-11-04",
		"url": "https://www.gov.cn/", "amends": "", "days": [
		{"date": "2026-01-01", "name": "元旦", "off": true}, {"date": "2026-01-04", "name": "元旦", "off": false}]}`))
	if err != nil {
		t.Fatal(err)
	}
	if n.Year != 2026 || n.PublishedOn != workday.MustDate("2025-11-04") || len(n.Days) != 2 || n.Days[1].Off {
		t.Errorf("got %v", n)
	}
}

func TestParseNotice_WritesWhatItReads(t *testing.T) {
	t.Parallel()
	for _, n := range workday.Embedded().Notices() {
		data, err := json.Marshal(n)
		if err != nil {
			t.Fatal(err)
		}
		if again, err := workday.ParseNotice(data); err != nil || !reflect.DeepEqual(again, n) {
			t.Errorf("%d: %v, %v", n.Year, again, err)
		}
	}
}

func TestParseNotice_RefusesEveryWrongFieldAtOnce(t *testing.T) {
	t.Parallel()
	_, err := workday.ParseNotice([]byte(`{"jahr": 2027, "year": "2027", "number": 7, "published_on": "2026-02-30",
		"days": [{"date": "2027-13-01", "off": 1}, {"name": "元旦", "of": true}, 5]}`))
	wantCode(t, err, "notice_malformed")
	r, _ := refusal.As(err)
	want := []string{
		"year", "number", "published_on", "jahr",
		"days[0].date", "days[0].off", "days[1].date", "days[1].off", "days[1].of", "days[2]",
	}
	var got []string
	for _, f := range r.Fields {
		got = append(got, f.Path)
	}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("got %v, want %v", got, want)
	}
}

func TestParseNotice_RefusesWhatIsNoNotice(t *testing.T) {
	t.Parallel()
	for _, bad := range []string{"", "{", "null", "[]", "2027", "{}", `{"year":2027}`, `{"year":2027,"days":null}`, `{"year":2027,"days":[]}{}`} {
		_, err := workday.ParseNotice([]byte(bad))
		wantCode(t, err, "notice_malformed")
	}
}

func FuzzParseNotice(f *testing.F) {
	f.Add([]byte(`{"year":2027,"days":[{"date":"2027-01-01","off":true}]}`))
	f.Add([]byte(`{"year":2027,"amends":"7","days":[{"date":"2027-01-02","off":false}]}`))
	f.Add([]byte(`[]`))
	f.Fuzz(func(t *testing.T, data []byte) {
		n, err := workday.ParseNotice(data)
		if err != nil {
			wantCode(t, err, "notice_malformed")
			return
		}
		// Whatever parses is taken or refused, never worse.
		if _, _, err := workday.Embedded().With(n); err != nil {
			if _, ok := refusal.As(err); !ok {
				t.Errorf("%s: %v", data, err)
			}
		}
	})
}
