package test

import (
	"encoding/json"
	"testing"
)

// arranged is a notice of the State Council as cli.md writes one: the days it gives off and the weekend days it has worked.
type arranged struct {
	Year        int
	Number      string
	PublishedOn string
	Amends      string
	Off, On     []string
}

func (a arranged) json(t *testing.T) string {
	t.Helper()
	type day struct {
		Date string `json:"date"`
		Name string `json:"name"`
		Off  bool   `json:"off"`
	}
	days := make([]day, 0, len(a.Off)+len(a.On))
	for _, d := range a.Off {
		days = append(days, day{d, "放假", true})
	}
	for _, d := range a.On {
		days = append(days, day{d, "上班", false})
	}
	text, err := json.Marshal(map[string]any{
		"year": a.Year, "number": a.Number, "published_on": a.PublishedOn, "url": "", "amends": a.Amends, "days": days,
	})
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

// notice2027 is invented: Spring Festival from 02-05 to 02-12, worked for on 01-31 and 02-20; 248 working days.
func notice2027() arranged {
	return arranged{
		Year: 2027, Number: "试办发〔2026〕1号", PublishedOn: "2026-11-30",
		Off: []string{
			"2027-01-01", "2027-01-02", "2027-01-03",
			"2027-02-05", "2027-02-06", "2027-02-07", "2027-02-08", "2027-02-09", "2027-02-10", "2027-02-11", "2027-02-12",
			"2027-04-03", "2027-04-04", "2027-04-05", "2027-05-01", "2027-05-02", "2027-05-03", "2027-05-04", "2027-05-05",
			"2027-06-09", "2027-09-15",
			"2027-10-01", "2027-10-02", "2027-10-03", "2027-10-04", "2027-10-05", "2027-10-06", "2027-10-07",
		},
		On: []string{"2027-01-31", "2027-02-20", "2027-05-08", "2027-09-26", "2027-10-09"},
	}
}

// notice2028 is invented: Spring Festival from 01-25 to 02-01, worked for on 01-22 and 02-05; 247 working days.
func notice2028() arranged {
	return arranged{
		Year: 2028, Number: "试办发〔2027〕1号", PublishedOn: "2027-11-30",
		Off: []string{
			"2028-01-01", "2028-01-02", "2028-01-03",
			"2028-01-25", "2028-01-26", "2028-01-27", "2028-01-28", "2028-01-29", "2028-01-30", "2028-01-31", "2028-02-01",
			"2028-04-04", "2028-05-01", "2028-05-02", "2028-05-28", "2028-05-29",
			"2028-10-01", "2028-10-02", "2028-10-03", "2028-10-04", "2028-10-05", "2028-10-06", "2028-10-07", "2028-10-08",
		},
		On: []string{"2028-01-22", "2028-02-05", "2028-09-30"},
	}
}
