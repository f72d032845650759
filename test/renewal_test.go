package test

import (
	"fmt"
	"strings"
	"testing"
)

// Each window was counted back by hand from the notices' texts.
func TestRenewal_TalksOpen15WorkingDaysBeforeTheEndAndWithoutAgreementThereIsNone_5_2_5_6(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ name, first, last, opens, ended, due, year string }{
		{
			"National Day, from a make-up Saturday", "2023-10-13", "2024-10-12", "2024-09-14", "2024-10-13", "2024-10-18",
			"1: 2023-10-13..2024-10-12 120000.00",
		},
		{
			"Spring Festival, from a make-up Sunday", "2018-03-02", "2019-03-01", "2019-02-03", "2019-03-02", "2019-03-08",
			"1: 2018-03-02..2019-03-01 120000.00",
		},
		{
			"New Year's Eve of 2024 is worked", "2023-03-02", "2024-03-01", "2024-02-05", "2024-03-02", "2024-03-08",
			"1: 2023-03-02..2024-03-01 120000.00",
		},
		{
			"a year that ends inside National Day", "2021-10-04", "2022-10-03", "2022-09-09", "2022-10-04", "2022-10-12",
			"1: 2021-10-04..2022-10-03 120000.00",
		},
		{
			"a year that ends on a make-up Saturday", "2021-10-09", "2022-10-08", "2022-09-09", "2022-10-09", "2022-10-13",
			"1: 2021-10-09..2022-10-08 120000.00",
		},
		{
			"a year from 29 February", "2024-02-29", "2025-02-28", "2025-02-08", "2025-03-01", "2025-03-07",
			"1: 2024-02-29..2025-02-28 120000.00",
		},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			expect(t, served(t, play(t, serving(c.first, c.ended+"T00:00"))), want{
				State: "ended, ended " + c.last,
				Duties: []string{
					"renewal-talks/1 §5.6 both: opened " + c.opens + " 00:00, due " + c.last + ", void",
					"destruction §7.2 provider: opened " + c.ended + " 00:00, due " + c.due + ", pending",
				},
				Years: []string{c.year}, Refused: []string{}, Left: whole,
			})
		})
	}
}

// A year with the window 2022-09-16 to 2022-10-12.
const (
	talksOpened = "renewal-talks/1 §5.6 both: opened 2022-09-16 00:00, due 2022-10-12, "
	feeDue      = "renewal-fee/2 §5.6 customer: opened %s, due 2022-10-12, %s"
	yearOne     = "1: 2021-10-13..2022-10-12 120000.00"
	yearTwo     = "2: 2022-10-13..2023-10-12 "
)

func TestRenewal_TheWindowOpensAtItsFirstInstant_5_6(t *testing.T) {
	t.Parallel()
	before := served(t, play(t, serving("2021-10-13", "2022-09-15T23:59:59")))
	expect(t, before, want{State: "in-service", Duties: []string{}, Years: []string{yearOne}, Left: whole})
	after := served(t, play(t, serving("2021-10-13", "2022-09-16T00:00")))
	expect(t, after, want{State: "in-service", Duties: []string{talksOpened + "pending"}, Left: whole})
}

func TestRenewal_TheContractEndsAt24OfTheLastDayAndNotBefore_5_2(t *testing.T) {
	t.Parallel()
	r := served(t, play(t, serving("2021-10-13", "2022-10-12T23:59:59")))
	expect(t, r, want{State: "in-service", Duties: []string{talksOpened + "pending"}, Left: whole})
}

// Who agrees when, to what, and what it comes to.
func TestRenewal_IsMadeByAgreement_5_6(t *testing.T) {
	t.Parallel()
	const offer = `2022-09-20T11:00, do: offer, fee: "120000.00"`
	for _, c := range []struct {
		name, until string
		events      []string
		want        want
	}{
		{
			"an offer before the window is kept and changes nothing", "2022-09-15T23:59:59",
			[]string{`2022-08-01T11:00, do: offer, fee: "118000.00"`},
			want{State: "in-service", Duties: []string{}, Years: []string{yearOne}, Refused: []string{}, Left: whole},
		},
		{
			"and may be accepted in the window", "2022-10-01T00:00",
			[]string{`2022-08-01T11:00, do: offer, fee: "118000.00"`, "2022-09-16T00:00, do: answer, accept: true"},
			want{State: "in-service", Refused: []string{}, Left: whole, Duties: []string{
				talksOpened + "met 2022-09-16 00:00", fee("2022-09-16 00:00", "pending"),
			}},
		},
		{
			"the later of two offers stands", "2022-10-13T00:00",
			[]string{
				offer, `2022-09-21T11:00, do: offer, fee: "115000.00"`, "2022-09-22T11:00, do: answer, accept: true",
				`2022-09-23T11:00, do: pay, amount: "115000.00", reference: SECOND`,
			},
			want{
				State: "in-service", Refused: []string{}, Left: whole, Years: []string{yearOne, yearTwo + "115000.00"},
				Duties: []string{talksOpened + "met 2022-09-22 11:00", fee("2022-09-22 11:00", "met 2022-09-23 11:00")},
			},
		},
		{
			"a counter-offer of the customer", "2022-10-13T00:00",
			[]string{
				offer, `2022-09-21T11:00, do: offer, fee: "100000.00", by: customer`,
				"2022-09-22T11:00, do: answer, accept: true",
				`2022-10-12T23:59:59, do: pay, amount: "100000.00", reference: SECOND`,
			},
			want{
				State: "in-service", Refused: []string{}, Left: whole, Years: []string{yearOne, yearTwo + "100000.00"},
				Duties: []string{talksOpened + "met 2022-09-22 11:00", fee("2022-09-22 11:00", "met 2022-10-12 23:59:59")},
			},
		},
		{
			"declined: the talks are over", "2022-10-12T23:59:59",
			[]string{offer, "2022-09-22T11:00, do: answer, accept: false"},
			want{State: "in-service", Refused: []string{}, Left: whole, Duties: []string{talksOpened + "void"}},
		},
		{
			"declined: the contract ends with its year", "2022-10-13T00:00",
			[]string{offer, "2022-09-22T11:00, do: answer, accept: false"},
			want{
				State: "ended, ended 2022-10-12", Refused: []string{}, Left: whole, Years: []string{yearOne},
				Duties: []string{
					talksOpened + "void",
					"destruction §7.2 provider: opened 2022-10-13 00:00, due 2022-10-19, pending",
				},
			},
		},
		{
			"a declined offer cannot be accepted", "2022-10-12T23:59:59",
			[]string{offer, "2022-09-22T11:00, do: answer, accept: false", "2022-09-23T11:00, do: answer, accept: true"},
			want{
				State: "in-service", Refused: []string{"2022-09-23 11:00 answer no_open_offer §5.6"}, Left: whole,
				Duties: []string{talksOpened + "void"},
			},
		},
		{
			"a new offer after a decline opens the talks again", "2022-10-12T12:00",
			[]string{offer, "2022-09-22T11:00, do: answer, accept: false", `2022-09-26T11:00, do: offer, fee: "119999.99"`},
			want{State: "in-service", Refused: []string{}, Left: whole, Duties: []string{talksOpened + "pending"}},
		},
		{
			"and they can end well", "2022-10-13T00:00",
			[]string{
				offer, "2022-09-22T11:00, do: answer, accept: false", `2022-09-26T11:00, do: offer, fee: "119999.99"`,
				"2022-09-27T11:00, do: answer, accept: true", `2022-09-28T11:00, do: pay, amount: "119999.99", reference: SECOND`,
			},
			want{
				State: "in-service", Refused: []string{}, Left: whole, Years: []string{yearOne, yearTwo + "119999.99"},
				Duties: []string{talksOpened + "met 2022-09-27 11:00", fee("2022-09-27 11:00", "met 2022-09-28 11:00")},
			},
		},
		{
			"nothing offered, nothing to accept", "2022-10-12T12:00",
			[]string{"2022-09-22T11:00, do: answer, accept: true"},
			want{
				State: "in-service", Refused: []string{"2022-09-22 11:00 answer no_open_offer §5.6"}, Left: whole,
				Duties: []string{talksOpened + "pending"},
			},
		},
		{
			"an offer without an answer is no renewal", "2022-10-13T00:00",
			[]string{offer},
			want{
				State: "ended, ended 2022-10-12", Refused: []string{}, Left: whole, Years: []string{yearOne},
				Duties: []string{
					talksOpened + "void",
					"destruction §7.2 provider: opened 2022-10-13 00:00, due 2022-10-19, pending",
				},
			},
		},
		{
			"an accepted offer is not accepted twice", "2022-10-01T00:00",
			[]string{offer, "2022-09-22T11:00, do: answer, accept: true", "2022-09-22T12:00, do: answer, accept: true"},
			want{
				State: "in-service", Refused: []string{"2022-09-22 12:00 answer already_agreed §5.6"}, Left: whole,
				Duties: []string{talksOpened + "met 2022-09-22 11:00", fee("2022-09-22 11:00", "pending")},
			},
		},
		{
			"accepted in the last second", "2022-10-13T00:00",
			[]string{offer, "2022-10-12T23:59:59, do: answer, accept: true"},
			want{
				State: "in-service", Refused: []string{}, Left: whole, Years: []string{yearOne, yearTwo + "120000.00"},
				Duties: []string{talksOpened + "met 2022-10-12 23:59:59", fee("2022-10-12 23:59:59", "overdue")},
			},
		},
		{
			"accepted at 24:00", "2022-10-13T00:00",
			[]string{offer, "2022-10-13T00:00, do: answer, accept: true"},
			want{
				State: "in-service", Refused: []string{}, Left: whole, Years: []string{yearOne, yearTwo + "120000.00"},
				Duties: []string{
					talksOpened + "met-late 2022-10-13 00:00",
					"destruction §7.2 provider: opened 2022-10-13 00:00, due 2022-10-19, void",
					fee("2022-10-13 00:00", "overdue"),
				},
			},
		},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			expect(t, served(t, play(t, serving("2021-10-13", c.until, c.events...))), c.want)
		})
	}
}

func fee(opened, status string) string { return fmt.Sprintf(feeDue, opened, status) }

const agreed = `2022-09-20T11:00, do: offer, fee: "120000.00"}` + "\n  - {at: 2022-09-22T11:00, do: answer, accept: true"

func TestRenewal_TheFeeOfTheNewYear_5_6(t *testing.T) {
	t.Parallel()
	const met = talksOpened + "met 2022-09-22 11:00"
	for _, c := range []struct {
		name, until string
		pays        []string
		fee         string
		unapplied   string
	}{
		{"unpaid one second before the new year", "2022-10-12T23:59:59", nil, "pending", "0.00"},
		{"unpaid when the new year begins", "2022-10-13T00:00", nil, "overdue", "0.00"},
		{"unpaid for half a year: service goes on", "2023-04-01T00:00", nil, "overdue", "0.00"},
		{
			"paid in the last second", "2022-10-13T00:00",
			[]string{`2022-10-12T23:59:59, do: pay, amount: "120000.00", reference: SECOND`},
			"met 2022-10-12 23:59:59", "0.00",
		},
		{
			"paid at 24:00", "2022-10-14T00:00",
			[]string{`2022-10-13T00:00, do: pay, amount: "120000.00", reference: SECOND`},
			"met-late 2022-10-13 00:00", "0.00",
		},
		{
			"paid months late", "2023-04-01T00:00",
			[]string{`2023-03-01T15:00, do: pay, amount: "120000.00", reference: SECOND`},
			"met-late 2023-03-01 15:00", "0.00",
		},
		{
			"one fen short", "2022-10-13T00:00",
			[]string{`2022-10-10T15:00, do: pay, amount: "119999.99", reference: SECOND`},
			"overdue", "0.00",
		},
		{
			"the fen comes a day late", "2022-10-15T00:00",
			[]string{
				`2022-10-10T15:00, do: pay, amount: "119999.99", reference: SECOND`,
				`2022-10-13T15:00, do: pay, amount: "0.01", reference: THIRD`,
			},
			"met-late 2022-10-13 15:00", "0.00",
		},
		{
			"paid in time and entered later", "2022-10-20T00:00",
			[]string{`2022-10-18T15:00, do: pay, amount: "120000.00", reference: SECOND, on: 2022-10-12`},
			"met 2022-10-12 23:59:59", "0.00",
		},
		{
			"more than the fee", "2022-10-20T00:00",
			[]string{`2022-10-10T15:00, do: pay, amount: "120000.50", reference: SECOND`},
			"met 2022-10-10 15:00", "0.50",
		},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			r := served(t, play(t, serving("2021-10-13", c.until, append([]string{agreed}, c.pays...)...)))
			years := []string{yearOne, yearTwo + "120000.00"}
			if c.until < "2022-10-13" {
				years = years[:1] // a year is one of service once it has begun
			}
			expect(t, r, want{
				State: "in-service", Duties: []string{met, fee("2022-09-22 11:00", c.fee)}, Years: years,
				Refused: []string{}, Left: whole,
			})
			if got := fmt.Sprint(r.Unapplied); got != c.unapplied {
				t.Errorf("%s is unapplied, want %s", got, c.unapplied)
			}
		})
	}
}

func TestRenewal_MoneyPaidAheadIsAppliedWhenTheFeeOpens_5_4_5_6(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ name, ahead, fee, unapplied string }{
		{"the whole fee", "120000.00", "met 2022-09-22 11:00", "0.00"},
		{"more than the fee", "120000.01", "met 2022-09-22 11:00", "0.01"},
		{"one fen less", "119999.99", "pending", "0.00"},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			ahead := `2022-05-06T15:00, do: pay, reference: AHEAD, amount: "` + c.ahead + `"`
			r := served(t, play(t, serving("2021-10-13", "2022-10-01T00:00", ahead, agreed)))
			expect(t, r, want{State: "in-service", Refused: []string{}, Left: whole, Duties: []string{
				talksOpened + "met 2022-09-22 11:00", fee("2022-09-22 11:00", c.fee),
			}})
			if got := fmt.Sprint(r.Unapplied); got != c.unapplied {
				t.Errorf("%s is unapplied, want %s", got, c.unapplied)
			}
		})
	}
}

// Offers of one round of talks; none is answered, so each is compared with the year that runs.
func TestRenewal_NoHigherFeeWithoutGrowth_5_8(t *testing.T) {
	t.Parallel()
	const (
		same = "users: 300, employees: 500, disk_gb: 500, database_gb: 100"
		oa   = "OA: {users: 300, concurrent: 120}"
		pb   = "PB: {users: 80, concurrent: 20}"
		hr   = "HR: {users: 300, concurrent: 60}"
		crm  = "CRM: {users: 60, concurrent: 30}"
	)
	load := func(sizes string, rows ...string) string {
		return "load: {" + sizes + ", by_product: {" + strings.Join(rows, ", ") + "}}"
	}
	var events, refusals []string
	for i, c := range []struct {
		name, fee, asked string
		refused          bool
	}{
		{"equal", "120000.00", "", false},
		{"a fen lower", "119999.99", "", false},
		{"a fen higher", "120000.01", "", true},
		{"far higher", "999999.00", "", true},
		{"the customer's own higher offer", "120000.01", "by: customer", false},
		{"higher for the same load", "120000.01", load(same, oa, pb, hr, crm), true},
		{"a user more", "130000.00", load("users: 301, employees: 500, disk_gb: 500, database_gb: 100", oa, pb, hr, crm), false},
		{"a GB of disk more", "130000.00", load("users: 300, employees: 500, disk_gb: 501, database_gb: 100", oa, pb, hr, crm), false},
		{"a GB of database more", "130000.00", load("users: 300, employees: 500, disk_gb: 500, database_gb: 101", oa, pb, hr, crm), false},
		{"a user of one product more", "130000.00", load(same, oa, "PB: {users: 81, concurrent: 20}", hr, crm), false},
		{"a concurrent user of one product more", "130000.00", load(same, oa, pb, hr, "CRM: {users: 60, concurrent: 31}"), false},
		{"one figure up, another down", "130000.00", load("users: 300, employees: 500, disk_gb: 499, database_gb: 101", oa, pb, hr, crm), false},
		{"figures down only", "120000.01", load("users: 300, employees: 500, disk_gb: 499, database_gb: 99", oa, pb, hr, crm), true},
		{"figures up, fee lower", "110000.00", load("users: 900, employees: 900, disk_gb: 900, database_gb: 900", oa, pb, hr, crm), false},
		{"one product more", "130000.00", "products: [OA, PB, HR, CRM, FM], " + load(same, oa, pb, hr, crm, "FM: {users: 10, concurrent: 5}"), false},
		{"one product for another", "130000.00", "products: [OA, PB, HR, FM], " + load(same, oa, pb, hr, "FM: {users: 10, concurrent: 5}"), false},
		{"one product less", "120000.01", "products: [OA, PB, HR], " + load(same, oa, pb, hr), true},
	} {
		event := fmt.Sprintf(`2022-09-20T11:%02d, do: offer, fee: "%s"`, i, c.fee)
		if c.asked != "" {
			event += ", " + c.asked
		}
		events = append(events, event)
		if c.refused {
			refusals = append(refusals, fmt.Sprintf("2022-09-20 11:%02d offer fee_rise_without_growth §5.8", i))
		}
	}
	r := served(t, play(t, serving("2021-10-13", "2022-09-21T00:00", events...)))
	expect(t, r, want{
		State: "in-service", Duties: []string{talksOpened + "pending"}, Years: []string{yearOne},
		Refused: refusals, Left: whole,
	})
}

// Five years: growth, growth that was agreed last year, a lower fee, an equal fee. All years are counted from the
// first day of the first one.
func TestRenewal_YearsTileAndGrowthCountsOnce_5_1_5_8(t *testing.T) {
	t.Parallel()
	const bigger = "load: {users: 300, employees: 500, disk_gb: 600, database_gb: 100, by_product: {" +
		"OA: {users: 300, concurrent: 120}, PB: {users: 80, concurrent: 20}, " +
		"HR: {users: 300, concurrent: 60}, CRM: {users: 60, concurrent: 30}}}"
	r := served(t, play(t, serving("2021-10-13", "2025-10-13T00:00",
		`2022-09-20T11:00, do: offer, fee: "130000.00", `+bigger,
		`2022-09-20T12:00, do: answer, accept: true`,
		`2022-09-21T10:00, do: pay, amount: "130000.00", reference: Y2`,
		`2023-09-20T11:00, do: offer, fee: "130000.01", `+bigger,
		`2023-09-20T12:00, do: offer, fee: "130000.01"`,
		`2023-09-20T13:00, do: offer, fee: "125000.00"`,
		`2023-09-21T12:00, do: answer, accept: true`,
		`2023-09-22T10:00, do: pay, amount: "125000.00", reference: Y3`,
		`2024-09-20T11:00, do: offer, fee: "130000.00"`,
		`2024-09-20T12:00, do: offer, fee: "125000.00"`,
		`2024-10-12T23:59:59, do: answer, accept: true`,
		`2024-10-14T10:00, do: pay, amount: "125000.00", reference: Y4`,
		`2025-09-20T11:00, do: offer, fee: "125000.00"`,
		`2025-09-21T11:00, do: answer, accept: true`,
	)))
	expect(t, r, want{
		State: "in-service",
		Duties: []string{
			"renewal-talks/1 §5.6 both: opened 2022-09-16 00:00, due 2022-10-12, met 2022-09-20 12:00",
			"renewal-fee/2 §5.6 customer: opened 2022-09-20 12:00, due 2022-10-12, met 2022-09-21 10:00",
			"renewal-talks/2 §5.6 both: opened 2023-09-15 00:00, due 2023-10-12, met 2023-09-21 12:00",
			"renewal-fee/3 §5.6 customer: opened 2023-09-21 12:00, due 2023-10-12, met 2023-09-22 10:00",
			"renewal-talks/3 §5.6 both: opened 2024-09-14 00:00, due 2024-10-12, met 2024-10-12 23:59:59",
			"renewal-fee/4 §5.6 customer: opened 2024-10-12 23:59:59, due 2024-10-12, met-late 2024-10-14 10:00",
			"renewal-talks/4 §5.6 both: opened 2025-09-16 00:00, due 2025-10-12, met 2025-09-21 11:00",
			"renewal-fee/5 §5.6 customer: opened 2025-09-21 11:00, due 2025-10-12, overdue",
		},
		Years: []string{
			"1: 2021-10-13..2022-10-12 120000.00", "2: 2022-10-13..2023-10-12 130000.00",
			"3: 2023-10-13..2024-10-12 125000.00", "4: 2024-10-13..2025-10-12 125000.00",
			"5: 2025-10-13..2026-10-12 125000.00",
		},
		Refused: []string{
			"2023-09-20 11:00 offer fee_rise_without_growth §5.8",
			"2023-09-20 12:00 offer fee_rise_without_growth §5.8",
			"2024-09-20 11:00 offer fee_rise_without_growth §5.8",
		},
		Left: whole,
	})
}

// Years that begin on 29 February are counted from that day, not from the year before.
func TestRenewal_YearsFromALeapDayTile_5_1(t *testing.T) {
	t.Parallel()
	r := served(t, play(t, serving("2020-02-29", "2024-02-29T00:00",
		`2021-02-10T11:00, do: offer, fee: "120000.00"`, "2021-02-10T12:00, do: answer, accept: true",
		`2022-02-10T11:00, do: offer, fee: "120000.00"`, "2022-02-10T12:00, do: answer, accept: true",
		`2023-02-10T11:00, do: offer, fee: "120000.00"`, "2023-02-10T12:00, do: answer, accept: true",
	)))
	expect(t, r, want{State: "ended, ended 2024-02-28", Refused: []string{}, Left: whole, Years: []string{
		"1: 2020-02-29..2021-02-28 120000.00", "2: 2021-03-01..2022-02-28 120000.00",
		"3: 2022-03-01..2023-02-28 120000.00", "4: 2023-03-01..2024-02-28 120000.00",
	}})
}

// The year ended on 2022-10-12 with an offer on the table.
func TestRenewal_AfterTheYearsEndUntilDestructionIsConfirmed_5_6(t *testing.T) {
	t.Parallel()
	const (
		offer     = `2022-09-20T11:00, do: offer, fee: "120000.00"`
		accept    = "2022-10-14T11:00, do: answer, accept: true"
		destroyed = "destruction §7.2 provider: opened 2022-10-13 00:00, due 2022-10-19, "
	)
	renewed := []string{yearOne, yearTwo + "120000.00"}
	for _, c := range []struct {
		name, until string
		events      []string
		want        want
	}{
		{
			"before any confirmation", "2022-10-20T00:00",
			[]string{offer, accept},
			want{State: "in-service", Years: renewed, Refused: []string{}, Left: whole, Duties: []string{
				talksOpened + "met-late 2022-10-14 11:00", destroyed + "void", fee("2022-10-14 11:00", "overdue"),
			}},
		},
		{
			"and paid at once", "2022-10-20T00:00",
			[]string{offer, accept, `2022-10-14T12:00, do: pay, amount: "120000.00", reference: SECOND`},
			want{State: "in-service", Years: renewed, Refused: []string{}, Left: whole, Duties: []string{
				talksOpened + "met-late 2022-10-14 11:00", destroyed + "void", fee("2022-10-14 11:00", "met-late 2022-10-14 12:00"),
			}},
		},
		{
			"paid ahead", "2022-10-20T00:00",
			[]string{`2022-05-06T15:00, do: pay, amount: "120000.00", reference: AHEAD`, offer, accept},
			want{State: "in-service", Years: renewed, Refused: []string{}, Left: whole, Duties: []string{
				talksOpened + "met-late 2022-10-14 11:00", destroyed + "void", fee("2022-10-14 11:00", "met-late 2022-10-14 11:00"),
			}},
		},
		{
			"under a legal hold", "2022-10-20T00:00",
			[]string{offer, "2022-10-13T09:00, do: hold, what: destruction, by: chen", accept},
			want{State: "in-service", Years: renewed, Refused: []string{}, Left: whole, Duties: []string{
				talksOpened + "met-late 2022-10-14 11:00", destroyed + "void", fee("2022-10-14 11:00", "overdue"),
			}},
		},
		{
			"offered and accepted after the end", "2022-10-20T00:00",
			[]string{`2022-10-14T10:00, do: offer, fee: "120000.01"`, `2022-10-14T10:30, do: offer, fee: "120000.00"`, accept},
			want{
				State: "in-service", Years: renewed, Left: whole,
				Refused: []string{"2022-10-14 10:00 offer fee_rise_without_growth §5.8"}, Duties: []string{
					talksOpened + "met-late 2022-10-14 11:00", destroyed + "void", fee("2022-10-14 11:00", "overdue"),
				},
			},
		},
		{
			"after the destruction is overdue", "2022-10-21T00:00",
			[]string{offer, "2022-10-20T11:00, do: answer, accept: true"},
			want{State: "in-service", Years: renewed, Refused: []string{}, Left: whole, Duties: []string{
				talksOpened + "met-late 2022-10-20 11:00", destroyed + "void", fee("2022-10-20 11:00", "overdue"),
			}},
		},
		{
			"after the first confirmation", "2022-10-15T00:00",
			[]string{offer, "2022-10-14T10:00, do: confirm, what: destruction, by: chen", accept},
			want{
				State: "ended, ended 2022-10-12", Years: []string{yearOne}, Left: whole,
				Refused: []string{"2022-10-14 11:00 answer destruction_begun §7.2"},
				Duties:  []string{talksOpened + "void", destroyed + "pending"},
			},
		},
		{
			"one second before the first confirmation", "2022-10-15T00:00",
			[]string{offer, accept, "2022-10-14T11:00:01, do: confirm, what: destruction, by: chen"},
			want{
				State: "in-service", Years: renewed, Left: whole,
				Refused: []string{"2022-10-14 11:00:01 confirm not_open §7.2"},
				Duties: []string{
					talksOpened + "met-late 2022-10-14 11:00", destroyed + "void",
					fee("2022-10-14 11:00", "overdue"),
				},
			},
		},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			expect(t, served(t, play(t, serving("2021-10-13", c.until, c.events...))), c.want)
		})
	}
}

// A contract that was renewed late ends again, with its second year, and is destroyed for good.
func TestRenewal_ALateRenewalEndsAgain_5_2_7_2(t *testing.T) {
	t.Parallel()
	r := served(t, play(t, serving("2021-10-13", "2023-11-01T00:00",
		`2022-09-20T11:00, do: offer, fee: "120000.00"`,
		"2022-10-14T11:00, do: answer, accept: true",
		`2022-10-14T12:00, do: pay, amount: "120000.00", reference: SECOND`,
		"2023-10-13T10:00, do: confirm, what: destruction, by: chen",
		"2023-10-13T11:00, do: confirm, what: destruction, by: wang",
	)))
	expect(t, r, want{
		State: "destroyed, ended 2023-10-12", Years: []string{yearOne, yearTwo + "120000.00"}, Refused: []string{},
		Duties: []string{
			talksOpened + "met-late 2022-10-14 11:00",
			fee("2022-10-14 11:00", "met-late 2022-10-14 12:00"),
			"renewal-talks/2 §5.6 both: opened 2023-09-15 00:00, due 2023-10-12, void",
			"destruction §7.2 provider: opened 2023-10-13 00:00, due 2023-10-19, met 2023-10-13 11:00",
		},
	})
}

// A renewal agreed more than a year late finds the next window passed too: its talks opened when it did.
func TestRenewal_TalksOpenAtTheirWindowHoweverLateTheYearIsAgreed_5_6(t *testing.T) {
	t.Parallel()
	expect(t, play(t, `
contract: acme.yaml
events:
  - {at: 2021-08-26T10:10, do: sign, by: provider}
  - {at: 2021-08-31T01:25, do: sign, by: customer}
  - {at: 2021-08-31T11:09, do: designate, deploy_on: 2021-09-19}
  - {at: 2021-09-10T15:54, do: pay, amount: "120000.00", reference: FIRST}
  - {at: 2023-06-21T01:56, do: offer, fee: "120000.00"}
  - {at: 2024-04-25T02:11, do: answer, accept: true}
until: 2024-05-01T00:00
`), want{
		State: "ended, ended 2023-09-18",
		Duties: []string{
			"first-payment §5.4 customer: opened 2021-08-31 01:25, due 2021-09-07, met-late 2021-09-10 15:54",
			"deployment §5.5 provider: opened 2021-09-10 15:54, due 2021-09-19, met 2021-09-10 15:54",
			"renewal-talks/1 §5.6 both: opened 2022-08-26 00:00, due 2022-09-18, met-late 2024-04-25 02:11",
			"renewal-talks/2 §5.6 both: opened 2023-08-28 00:00, due 2023-09-18, void",
			"destruction §7.2 provider: opened 2023-09-19 00:00, due 2023-09-25, overdue",
			"renewal-fee/2 §5.6 customer: opened 2024-04-25 02:11, due 2022-09-18, overdue",
		},
		Years: []string{"1: 2021-09-19..2022-09-18 120000.00", "2: 2022-09-19..2023-09-18 120000.00"},
		Left:  whole,
	})
}
