package test

import (
	"fmt"
	"strings"
	"testing"
)

// Service years are computed from the first day of the first one and tile without a gap (§5.1).
func TestYears_TileFromTheFirstDay_5_1(t *testing.T) {
	t.Parallel()
	starts := []struct {
		name          string
		signed, start string // the start is the named day, and the fee is paid with the signature
		renewals      []string
		until         string
		years         []string
	}{
		{
			name: "29 February 2024", signed: "2024-02-27", start: "2024-02-29",
			renewals: []string{"2025-02-20", "2026-02-10", "2027-02-10", "2028-02-10"}, until: "2028-03-01T00:00",
			years: []string{
				"1: 2024-02-29..2025-02-28", "2: 2025-03-01..2026-02-28", "3: 2026-03-01..2027-02-28",
				"4: 2027-03-01..2028-02-28", "5: 2028-02-29..2029-02-28",
			},
		},
		{
			name: "29 February 2028, all of it provisional", signed: "2028-02-25", start: "2028-02-29",
			renewals: []string{"2029-02-20", "2030-02-20"}, until: "2030-03-02T00:00",
			years: []string{"1: 2028-02-29..2029-02-28", "2: 2029-03-01..2030-02-28", "3: 2030-03-01..2031-02-28"},
		},
		{
			name: "28 February, which is not the month's last day in 2024", signed: "2023-02-27", start: "2023-02-28",
			renewals: []string{"2024-02-20", "2025-02-20"}, until: "2025-03-02T00:00",
			years: []string{"1: 2023-02-28..2024-02-27", "2: 2024-02-28..2025-02-27", "3: 2025-02-28..2026-02-27"},
		},
		{
			name: "1 March, ending on the last of February", signed: "2023-02-27", start: "2023-03-01",
			renewals: []string{"2024-02-20", "2025-02-20"}, until: "2025-03-02T00:00",
			years: []string{"1: 2023-03-01..2024-02-29", "2: 2024-03-01..2025-02-28", "3: 2025-03-01..2026-02-28"},
		},
		{
			name: "31 December", signed: "2023-12-29", start: "2023-12-31",
			renewals: []string{"2024-12-20", "2025-12-22"}, until: "2025-12-31T00:00",
			years: []string{"1: 2023-12-31..2024-12-30", "2: 2024-12-31..2025-12-30", "3: 2025-12-31..2026-12-30"},
		},
		{
			name: "1 January", signed: "2023-12-29", start: "2024-01-01",
			renewals: []string{"2024-12-20", "2025-12-22"}, until: "2026-01-01T00:00",
			years: []string{"1: 2024-01-01..2024-12-31", "2: 2025-01-01..2025-12-31", "3: 2026-01-01..2026-12-31"},
		},
		{
			name: "a named day within National Day", signed: "2023-09-28", start: "2023-10-03",
			renewals: []string{"2024-09-25", "2025-09-25"}, until: "2025-10-04T00:00",
			years: []string{"1: 2023-10-03..2024-10-02", "2: 2024-10-03..2025-10-02", "3: 2025-10-03..2026-10-02"},
		},
		{
			name: "31 May, whose months are uneven", signed: "2024-05-30", start: "2024-05-31",
			renewals: []string{"2025-05-20"}, until: "2025-06-01T00:00",
			years: []string{"1: 2024-05-31..2025-05-30", "2: 2025-05-31..2026-05-30"},
		},
	}
	lives := make([]life, 0, len(starts))
	for _, s := range starts {
		var acts strings.Builder
		fmt.Fprintf(&acts, `
events:
  - {at: %[1]sT10:00, do: sign, by: customer}
  - {at: %[1]sT10:01, do: sign, by: provider}
  - {at: %[1]sT10:02, do: designate, deploy_on: %[2]s}
  - {at: %[1]sT10:03, do: pay, amount: "120000.00", reference: ICBC-1}
`, s.signed, s.start)
		for i, day := range s.renewals {
			fmt.Fprintf(&acts, `  - {at: %[1]sT10:00, do: offer, fee: "120000.00"}
  - {at: %[1]sT10:01, do: answer, accept: true}
  - {at: %[1]sT10:02, do: pay, amount: "120000.00", reference: ICBC-%[2]d}
`, day, i+2)
		}
		years := make([]string, 0, len(s.years))
		for _, y := range s.years {
			years = append(years, y+" 120000.00")
		}
		lives = append(lives, life{
			name: s.name, scenario: acts.String() + "cloud: {deploy_takes: 45m}\nuntil: " + s.until + "\n",
			want: want{State: "in-service", Years: years, Refused: []string{}, Left: whole}, unapplied: "0.00",
		})
	}
	live(t, lives)
}

// A year that ends within National Day ends on its day: service ends are not moved to a working day (§5.1). Back from Friday
// 2026-10-02: 30, 29, 28, 24..21, the worked Sunday 20, 18..14, 11, 10.
func TestYears_EndWithinNationalDay_5_1(t *testing.T) {
	t.Parallel()
	live(t, []life{{
		name: "not renewed",
		scenario: `
events:
  - {at: 2025-09-26T10:00, do: sign, by: customer}
  - {at: 2025-09-26T16:00, do: sign, by: provider}
  - {at: 2025-09-28T09:00, do: designate, deploy_on: 2025-10-03}
  - {at: 2025-09-28T15:00, do: pay, amount: "120000.00", reference: ICBC-001}
cloud: {deploy_takes: 45m}
until: 2026-10-14T00:00
`,
		want: want{ // 8, 9, the worked Saturday 10, 12, 13
			State: "ended, ended 2026-10-02", Left: whole, Refused: []string{}, Years: []string{"1: 2025-10-03..2026-10-02 120000.00"},
			Duties: []string{
				"first-payment §5.4 customer: opened 2025-09-26 16:00, due 2025-10-10, met 2025-09-28 15:00",
				"deployment §5.5 provider: opened 2025-09-28 15:00, due 2025-10-03, met 2025-09-28 15:45",
				"renewal-talks/1 §5.6 both: opened 2026-09-10 00:00, due 2026-10-02, void",
				"destruction §7.2 provider: opened 2026-10-03 00:00, due 2026-10-13, overdue",
			},
		},
	}, {
		name: "in its last second it is in service",
		scenario: `
events:
  - {at: 2025-09-26T10:00, do: sign, by: customer}
  - {at: 2025-09-26T16:00, do: sign, by: provider}
  - {at: 2025-09-28T09:00, do: designate, deploy_on: 2025-10-03}
  - {at: 2025-09-28T15:00, do: pay, amount: "120000.00", reference: ICBC-001}
cloud: {deploy_takes: 45m}
until: 2026-10-02T23:59:59
`,
		want: want{
			State: "in-service", Left: whole, Refused: []string{}, Years: []string{"1: 2025-10-03..2026-10-02 120000.00"},
			Duties: []string{
				"first-payment §5.4 customer: opened 2025-09-26 16:00, due 2025-10-10, met 2025-09-28 15:00",
				"deployment §5.5 provider: opened 2025-09-28 15:00, due 2025-10-03, met 2025-09-28 15:45",
				"renewal-talks/1 §5.6 both: opened 2026-09-10 00:00, due 2026-10-02, pending",
			},
		},
	}})
}
