package test

import (
	"fmt"
	"testing"
)

// Two working days from the day the fee is complete, that day not counted (§5.5).
func TestDeployment_TwoWorkingDaysFromTheReceipt_5_5(t *testing.T) {
	t.Parallel()
	receipts := []struct {
		name        string
		signed, day string
		due, years  string
	}{
		{"Friday before a worked Sunday", "2025-09-25", "2025-09-26", "2025-09-29", "2025-09-26..2026-09-25"},
		{"a worked Sunday", "2025-09-26", "2025-09-28", "2025-09-30", "2025-09-28..2026-09-27"},
		{"the eve of National Day", "2025-09-26", "2025-09-30", "2025-10-10", "2025-09-30..2026-09-29"},
		{"within National Day", "2025-09-26", "2025-10-03", "2025-10-10", "2025-10-03..2026-10-02"},
		{"Thursday before a worked Saturday", "2025-09-26", "2025-10-09", "2025-10-11", "2025-10-09..2026-10-08"},
		{"a worked Saturday", "2025-10-09", "2025-10-11", "2025-10-14", "2025-10-11..2026-10-10"},
		{"a Saturday", "2025-10-28", "2025-11-01", "2025-11-04", "2025-11-01..2026-10-31"},
		{"31 December", "2025-12-26", "2025-12-31", "2026-01-05", "2025-12-31..2026-12-30"},
		{"Friday before Spring Festival", "2026-02-12", "2026-02-13", "2026-02-24", "2026-02-13..2027-02-12"},
		{"23 December, whose days are final", "2026-12-21", "2026-12-23", "2026-12-25", "2026-12-23..2027-12-22"},
		{"24 December, whose days are not", "2026-12-21", "2026-12-24", "2026-12-28 provisional", "2026-12-24..2027-12-23"},
		{"the end of the last year with a notice", "2026-12-28", "2026-12-30", "2027-01-04 provisional", "2026-12-30..2027-12-29"},
	}
	for _, r := range receipts {
		t.Run(r.name, func(t *testing.T) {
			t.Parallel()
			report := play(t, fmt.Sprintf(`
contract: acme.yaml
events:
  - {at: %[1]sT10:00, do: sign, by: customer}
  - {at: %[1]sT11:00, do: sign, by: provider}
  - {at: %[2]sT15:00, do: pay, amount: "120000.00", reference: ICBC-001}
cloud: {deploy_takes: 45m}
until: %[2]sT20:00
`, r.signed, r.day))
			expect(t, report, want{State: "in-service", Years: []string{"1: " + r.years + " 120000.00"}, Left: whole})
			want := fmt.Sprintf("deployment §5.5 provider: opened %[1]s 15:00, due %[2]s, met %[1]s 15:45", r.day, r.due)
			if got := duty(report.Obligations[1]); got != want {
				t.Errorf("deployment is\n\t%s\nwant\n\t%s", got, want)
			}
		})
	}
}

// paid has the full fee on Thursday 2025-10-09; its two working days are Friday 10 and the worked Saturday 11.
const paid = `
events:
  - {at: 2025-09-26T10:00, do: sign, by: customer}
  - {at: 2025-09-26T16:00, do: sign, by: provider}
%s  - {at: 2025-10-09T15:00, do: pay, amount: "120000.00", reference: ICBC-001}
%scloud: {deploy_takes: %s}
until: %s
`

// deployed is a life with the fee paid on 2025-10-09.
type deployed struct {
	name          string
	before, after string // acts before and after the receipt
	takes, until  string
	state         string
	due           string // of the deployment, and how it stands
	years         []string
	refused       []string
	left          int
}

func deploy(t *testing.T, table []deployed) {
	t.Helper()
	lives := make([]life, 0, len(table))
	for _, d := range table {
		lives = append(lives, life{
			name:     d.name,
			scenario: fmt.Sprintf(paid, d.before, d.after, d.takes, d.until),
			want: want{
				State: d.state, Years: d.years, Left: d.left, Refused: append([]string{}, d.refused...),
				Duties: []string{
					"first-payment §5.4 customer: opened 2025-09-26 16:00, due 2025-10-10, met 2025-10-09 15:00",
					"deployment §5.5 provider: opened 2025-10-09 15:00, due " + d.due,
				},
			},
		})
	}
	live(t, lives)
}

// Due is the later of the two working days and the named day (§5.5); service starts on the later of the named and the usable day.
func TestDeployment_TheNamedDayRulesWhenItIsLater_5_5(t *testing.T) {
	t.Parallel()
	const at = "2025-10-09T15:10"
	first := func(day, last string) []string { return []string{"1: " + day + ".." + last + " 120000.00"} }
	named := func(at, day string) string {
		return fmt.Sprintf("  - {at: %s, do: designate, deploy_on: %s}\n", at, day)
	}
	deploy(t, []deployed{
		{
			name: "none", takes: "45m", until: "2025-10-10T00:00", state: "in-service", left: whole,
			due: "2025-10-11, met 2025-10-09 15:45", years: first("2025-10-09", "2026-10-08"),
		},
		{
			name: "before the receipt, and already past by then", before: named("2025-09-27T10:00", "2025-09-30"),
			takes: "45m", until: "2025-10-10T00:00", state: "in-service", left: whole,
			due: "2025-10-11, met 2025-10-09 15:45", years: first("2025-10-09", "2026-10-08"),
		},
		{
			name: "the day of the receipt", after: named(at, "2025-10-09"),
			takes: "45m", until: "2025-10-10T00:00", state: "in-service", left: whole,
			due: "2025-10-11, met 2025-10-09 15:45", years: first("2025-10-09", "2026-10-08"),
		},
		{
			name: "inside the two working days", after: named(at, "2025-10-10"),
			takes: "45m", until: "2025-10-10T00:00", state: "in-service", left: whole,
			due: "2025-10-11, met 2025-10-09 15:45", years: first("2025-10-10", "2026-10-09"),
		},
		{
			name: "the second working day", after: named(at, "2025-10-11"),
			takes: "45m", until: "2025-10-11T00:00", state: "in-service", left: whole,
			due: "2025-10-11, met 2025-10-09 15:45", years: first("2025-10-11", "2026-10-10"),
		},
		{
			name: "a day later, a Sunday, which stands", after: named(at, "2025-10-12"),
			takes: "45m", until: "2025-10-12T00:00", state: "in-service", left: whole,
			due: "2025-10-12, met 2025-10-09 15:45", years: first("2025-10-12", "2026-10-11"),
		},
		{
			name: "before the receipt, later than the two working days", before: named("2025-09-27T10:00", "2025-10-20"),
			takes: "45m", until: "2025-10-21T00:00", state: "in-service", left: whole,
			due: "2025-10-20, met 2025-10-09 15:45", years: first("2025-10-20", "2026-10-19"),
		},
		{
			name: "changed to a later day", before: named("2025-09-27T10:00", "2025-10-20"), after: named(at, "2025-10-22"),
			takes: "45m", until: "2025-10-23T00:00", state: "in-service", left: whole,
			due: "2025-10-22, met 2025-10-09 15:45", years: first("2025-10-22", "2026-10-21"),
		},
		{
			name: "changed to an earlier day", before: named("2025-09-27T10:00", "2025-10-20"), after: named(at, "2025-10-14"),
			takes: "45m", until: "2025-10-23T00:00", state: "in-service", left: whole,
			due: "2025-10-14, met 2025-10-09 15:45", years: first("2025-10-14", "2026-10-13"),
		},
		{
			name: "changed back into the two working days", before: named("2025-09-27T10:00", "2025-10-20"), after: named(at, "2025-10-10"),
			takes: "45m", until: "2025-10-23T00:00", state: "in-service", left: whole,
			due: "2025-10-11, met 2025-10-09 15:45", years: first("2025-10-10", "2026-10-09"),
		},
		{
			name: "in the last second before the system is usable", after: named("2025-10-09T15:44:59", "2025-10-20"),
			takes: "45m", until: "2025-10-23T00:00", state: "in-service", left: whole,
			due: "2025-10-20, met 2025-10-09 15:45", years: first("2025-10-20", "2026-10-19"),
		},
		{ // at one instant, due moments come before events
			name: "at the instant the system is usable, refused", after: named("2025-10-09T15:45", "2025-10-20"),
			takes: "45m", until: "2025-10-23T00:00", state: "in-service", left: whole,
			due: "2025-10-11, met 2025-10-09 15:45", years: first("2025-10-09", "2026-10-08"),
			refused: []string{"2025-10-09 15:45 designate already_usable §5.5"},
		},
		{
			name:   "changed once the system is usable though not in service, refused",
			before: named("2025-09-27T10:00", "2025-10-20"), after: named("2025-10-13T10:00", "2025-10-22"),
			takes: "45m", until: "2025-10-23T00:00", state: "in-service", left: whole,
			due: "2025-10-20, met 2025-10-09 15:45", years: first("2025-10-20", "2026-10-19"),
			refused: []string{"2025-10-13 10:00 designate already_usable §5.5"},
		},
		{
			name: "a day that is past, refused", before: named("2025-09-27T10:00", "2025-09-26") + named("2025-09-27T10:01", "2025-09-27"),
			takes: "45m", until: "2025-10-10T00:00", state: "in-service", left: whole,
			due: "2025-10-11, met 2025-10-09 15:45", years: first("2025-10-09", "2026-10-08"),
			refused: []string{"2025-09-27 10:00 designate past_day §5.5"},
		},
		{
			name: "a day of the next year without a notice", after: named(at, "2027-01-01"),
			takes: "45m", until: "2025-10-23T00:00", state: "deploying", left: whole,
			due: "2027-01-01, met 2025-10-09 15:45", years: []string{},
		},
	})
}

// In service from 00:00 of the first day (§5.5), and usable at 24:00 is usable on the next day.
func TestDeployment_LateAndOnTheEdges_5_5(t *testing.T) {
	t.Parallel()
	const named = "  - {at: 2025-10-09T15:10, do: designate, deploy_on: 2025-10-20}\n"
	deploy(t, []deployed{
		{
			name: "takes no time", takes: "0s", until: "2025-10-09T15:00", state: "in-service", left: whole,
			due: "2025-10-11, met 2025-10-09 15:00", years: []string{"1: 2025-10-09..2026-10-08 120000.00"},
		},
		{
			name: "the second before it is usable", takes: "45m", until: "2025-10-09T15:44:59", state: "deploying", left: whole,
			due: "2025-10-11, pending", years: []string{},
		},
		{
			name: "the second before the named day", after: named, takes: "45m", until: "2025-10-19T23:59:59", state: "deploying", left: whole,
			due: "2025-10-20, met 2025-10-09 15:45", years: []string{},
		},
		{
			name: "the first second of the named day", after: named, takes: "45m", until: "2025-10-20T00:00", state: "in-service", left: whole,
			due: "2025-10-20, met 2025-10-09 15:45", years: []string{"1: 2025-10-20..2026-10-19 120000.00"},
		},
		{
			name: "in the last second of the due day", takes: "56h59m59s", until: "2025-10-13T00:00", state: "in-service", left: whole,
			due: "2025-10-11, met 2025-10-11 23:59:59", years: []string{"1: 2025-10-11..2026-10-10 120000.00"},
		},
		{
			name: "at 24:00 of the due day", takes: "57h", until: "2025-10-13T00:00", state: "in-service", left: whole,
			due: "2025-10-11, met-late 2025-10-12 00:00", years: []string{"1: 2025-10-12..2026-10-11 120000.00"},
		},
		{
			name: "three days, the second before the due day is over", takes: "72h", until: "2025-10-11T23:59:59", state: "deploying", left: whole,
			due: "2025-10-11, pending", years: []string{},
		},
		{
			name: "three days, at 24:00 of the due day", takes: "72h", until: "2025-10-12T00:00", state: "deploying", left: whole,
			due: "2025-10-11, overdue", years: []string{},
		},
		{
			name: "three days", takes: "72h", until: "2025-10-13T00:00", state: "in-service", left: whole,
			due: "2025-10-11, met-late 2025-10-12 15:00", years: []string{"1: 2025-10-12..2026-10-11 120000.00"},
		},
		{
			name: "three days, within the named day", after: named, takes: "72h", until: "2025-10-21T00:00", state: "in-service", left: whole,
			due: "2025-10-20, met 2025-10-12 15:00", years: []string{"1: 2025-10-20..2026-10-19 120000.00"},
		},
		{ // usable on 10-21 at 15:00
			name: "twelve days, beyond the named day", after: named, takes: "288h", until: "2025-10-22T00:00", state: "in-service", left: whole,
			due: "2025-10-20, met-late 2025-10-21 15:00", years: []string{"1: 2025-10-21..2026-10-20 120000.00"},
		},
		{
			name:  "a day named while overdue moves the due day",
			after: "  - {at: 2025-10-12T10:00, do: designate, deploy_on: 2025-10-20}\n", takes: "120h", until: "2025-10-13T00:00",
			state: "deploying", left: whole, due: "2025-10-20, pending", years: []string{},
		},
		{ // usable on 10-14 at 15:00
			name:  "and the deployment is then in time",
			after: "  - {at: 2025-10-12T10:00, do: designate, deploy_on: 2025-10-20}\n", takes: "120h", until: "2025-10-21T00:00",
			state: "in-service", left: whole, due: "2025-10-20, met 2025-10-14 15:00", years: []string{"1: 2025-10-20..2026-10-19 120000.00"},
		},
	})
}
