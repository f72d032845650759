package test

import (
	"fmt"
	"testing"
)

const twoConfirm = `2022-03-02T10:00, do: confirm, what: destruction, by: chen}` +
	"\n  - {at: 2022-03-02T11:00, do: confirm, what: destruction, by: wang"

// A contract in its first service year, 2021-10-13..2022-10-12; 2022-03-01 is a Tuesday.
func TestTermination_EndsOnItsDay_5_1(t *testing.T) {
	t.Parallel()
	const at = "2022-03-01T10:00, do: terminate, by: chen, "
	for _, c := range []struct {
		name, until string
		events      []string
		want        want
	}{
		{
			"by agreement, today: served until 24:00", "2022-03-01T23:59:59",
			[]string{at + "ground: agreement, on: 2022-03-01"},
			want{State: "in-service", Duties: []string{}, Refused: []string{}, Left: whole},
		},
		{
			"by agreement, today", "2022-03-02T00:00",
			[]string{at + "ground: agreement, on: 2022-03-01"},
			want{
				State: "ended, ended 2022-03-01", Refused: []string{}, Left: whole,
				Duties: []string{"destruction §7.2 provider: opened 2022-03-02 00:00, due 2022-03-08, pending"},
			},
		},
		{
			"for breach", "2022-03-03T00:00",
			[]string{at + "ground: breach, on: 2022-03-01", twoConfirm},
			want{
				State: "destroyed, ended 2022-03-01", Refused: []string{},
				Duties: []string{"destruction §7.2 provider: opened 2022-03-02 00:00, due 2022-03-08, met 2022-03-02 11:00"},
			},
		},
		{
			"by an award", "2022-03-03T00:00",
			[]string{at + "ground: award, on: 2022-03-01", twoConfirm},
			want{
				State: "destroyed, ended 2022-03-01", Refused: []string{},
				Duties: []string{"destruction §7.2 provider: opened 2022-03-02 00:00, due 2022-03-08, met 2022-03-02 11:00"},
			},
		},
		{
			"on a later day: until then it is served", "2022-03-10T23:59:59",
			[]string{at + "ground: agreement, on: 2022-03-10"},
			want{State: "in-service", Duties: []string{}, Refused: []string{}, Left: whole},
		},
		{
			"on a later day", "2022-03-11T00:00",
			[]string{at + "ground: agreement, on: 2022-03-10"},
			want{
				State: "ended, ended 2022-03-10", Refused: []string{}, Left: whole,
				Duties: []string{"destruction §7.2 provider: opened 2022-03-11 00:00, due 2022-03-17, pending"},
			},
		},
		{
			"on the day before is refused", "2022-03-03T00:00",
			[]string{at + "ground: agreement, on: 2022-02-28"},
			want{State: "in-service", Duties: []string{}, Refused: []string{"2022-03-01 10:00 terminate past_day §7.2"}, Left: whole},
		},
		{
			"for expiry, while the year runs, is refused", "2022-03-03T00:00",
			[]string{at + "ground: expiry, on: 2022-03-01"},
			want{State: "in-service", Duties: []string{}, Refused: []string{"2022-03-01 10:00 terminate not_expiry §5.2"}, Left: whole},
		},
		{
			"for expiry, on the last day", "2022-10-13T00:00",
			[]string{at + "ground: expiry, on: 2022-10-12"},
			want{State: "ended, ended 2022-10-12", Refused: []string{}, Left: whole, Duties: []string{
				talksOpened + "void", "destruction §7.2 provider: opened 2022-10-13 00:00, due 2022-10-19, pending",
			}},
		},
		{
			"after the year's last day: the year ends first", "2022-11-01T00:00",
			[]string{at + "ground: agreement, on: 2022-12-30"},
			want{State: "ended, ended 2022-10-12", Refused: []string{}, Left: whole, Duties: []string{
				talksOpened + "void", "destruction §7.2 provider: opened 2022-10-13 00:00, due 2022-10-19, overdue",
			}},
		},
		{
			"twice: the second is refused", "2022-03-03T00:00",
			[]string{at + "ground: agreement, on: 2022-03-01", "2022-03-01T11:00, do: terminate, ground: breach, on: 2022-03-02, by: wang"},
			want{
				State: "ended, ended 2022-03-01", Refused: []string{"2022-03-01 11:00 terminate already_terminated §7.2"}, Left: whole,
				Duties: []string{"destruction §7.2 provider: opened 2022-03-02 00:00, due 2022-03-08, pending"},
			},
		},
		{
			"after the end is refused", "2022-03-04T00:00",
			[]string{at + "ground: agreement, on: 2022-03-01", "2022-03-03T11:00, do: terminate, ground: breach, on: 2022-03-03, by: wang"},
			want{
				State: "ended, ended 2022-03-01", Refused: []string{"2022-03-03 11:00 terminate ended §5.1"}, Left: whole,
				Duties: []string{"destruction §7.2 provider: opened 2022-03-02 00:00, due 2022-03-08, pending"},
			},
		},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			c.want.Years = []string{yearOne} // a termination shortens no year
			expect(t, served(t, play(t, serving("2021-10-13", c.until, c.events...))), c.want)
		})
	}
}

func TestTermination_IsRefusedBeforeBothHaveSigned_5_1(t *testing.T) {
	t.Parallel()
	r := play(t, `
contract: acme.yaml
events:
  - {at: 2025-09-26T10:00, do: sign, by: customer}
  - {at: 2025-09-26T11:00, do: terminate, ground: agreement, on: 2025-09-26, by: chen}
until: 2025-09-28T00:00
`)
	expect(t, r, want{State: "signing", Duties: []string{}, Years: []string{}, Refused: []string{"2025-09-26 11:00 terminate not_in_force §5.1"}})
}

// 2025-09-28 is a make-up Sunday before National Day.
func TestTermination_BeforePaymentVoidsTheFirstFee_5_4_7_2(t *testing.T) {
	t.Parallel()
	const signed = `
contract: acme.yaml
events:
  - {at: 2025-09-26T10:00, do: sign, by: customer}
  - {at: 2025-09-26T16:00, do: sign, by: provider}
  - {at: 2025-09-28T10:00, do: terminate, ground: agreement, on: 2025-09-28, by: chen}
`
	r := play(t, signed+"until: 2025-10-20T00:00\n")
	expect(t, r, want{
		State: "ended, ended 2025-09-28", Years: []string{}, Refused: []string{},
		Duties: []string{
			"first-payment §5.4 customer: opened 2025-09-26 16:00, due 2025-10-10, void",
			"destruction §7.2 provider: opened 2025-09-29 00:00, due 2025-10-11, overdue",
		},
	})
	late := play(t, signed+`
  - {at: 2025-09-29T09:00, do: pay, amount: "120000.00", reference: LATE}
  - {at: 2025-09-29T10:00, do: confirm, what: destruction, by: chen}
  - {at: 2025-09-29T11:00, do: confirm, what: destruction, by: wang}
until: 2025-10-20T00:00
`)
	expect(t, late, want{
		State: "destroyed, ended 2025-09-28", Years: []string{}, Refused: []string{},
		Duties: []string{
			"first-payment §5.4 customer: opened 2025-09-26 16:00, due 2025-10-10, void",
			"destruction §7.2 provider: opened 2025-09-29 00:00, due 2025-10-11, met 2025-09-29 11:00",
		},
	})
	if got := fmt.Sprint(late.Unapplied); got != "120000.00" || len(late.Payments) != 1 || late.Resources.Created != 0 {
		t.Errorf("%s is unapplied of %v, %d resources were created", got, late.Payments, late.Resources.Created)
	}
}

// What is being built when the contract ends must be gone as well after destruction.
func TestTermination_WhileDeployingLeavesNothing_5_5_7_2(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ name, takes, confirmed, rest string }{
		{"the work would end between the two confirmations", "34h30m", "2021-10-14", ""},
		{"a day named later", "45m", "2021-10-14", "  - {at: 2021-10-13T10:00, do: designate, deploy_on: 2021-11-01}\n"},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			r := play(t, `
contract: acme.yaml
events:
  - {at: 2021-10-13T09:00, do: sign, by: customer}
  - {at: 2021-10-13T09:30, do: sign, by: provider}
`+c.rest+`
  - {at: 2021-10-13T10:00, do: pay, amount: "120000.00", reference: FIRST}
  - {at: 2021-10-13T10:30, do: terminate, ground: agreement, on: 2021-10-13, by: chen}
  - {at: `+c.confirmed+`T20:00, do: confirm, what: destruction, by: chen}
  - {at: `+c.confirmed+`T21:00, do: confirm, what: destruction, by: wang}
cloud: {deploy_takes: `+c.takes+`}
until: 2021-12-30T00:00
`)
			expect(t, r, want{State: "destroyed, ended 2021-10-13", Refused: []string{}})
			if d := r.Obligations[len(r.Obligations)-1]; duty(d) !=
				"destruction §7.2 provider: opened 2021-10-14 00:00, due 2021-10-20, met "+c.confirmed+" 21:00" {
				t.Error(duty(d))
			}
		})
	}
}

func TestTermination_VoidsTheDeploymentThatIsNotDone_5_5(t *testing.T) {
	t.Parallel()
	r := play(t, `
contract: acme.yaml
events:
  - {at: 2021-10-13T09:00, do: sign, by: customer}
  - {at: 2021-10-13T09:30, do: sign, by: provider}
  - {at: 2021-10-13T10:00, do: pay, amount: "120000.00", reference: FIRST}
  - {at: 2021-10-13T10:30, do: terminate, ground: agreement, on: 2021-10-14, by: chen}
  - {at: 2021-10-18T20:00, do: confirm, what: destruction, by: chen}
  - {at: 2021-10-18T21:00, do: confirm, what: destruction, by: wang}
cloud: {deploy_takes: 72h}
until: 2021-12-30T00:00
`)
	expect(t, r, want{
		State: "destroyed, ended 2021-10-14", Years: []string{}, Refused: []string{},
		Duties: []string{
			"first-payment §5.4 customer: opened 2021-10-13 09:30, due 2021-10-20, met 2021-10-13 10:00",
			"deployment §5.5 provider: opened 2021-10-13 10:00, due 2021-10-15, void",
			"destruction §7.2 provider: opened 2021-10-15 00:00, due 2021-10-21, met 2021-10-18 21:00",
		},
	})
}

// Second year 2022-10-13..2023-10-12; the contract is terminated on 2023-03-01 unless the case says otherwise.
func TestTermination_MoneyOwedForYearsThatStartedSurvives_5_6_7_2(t *testing.T) {
	t.Parallel()
	const (
		end     = "2023-03-01T10:00, do: terminate, ground: agreement, on: 2023-03-01, by: chen"
		met     = talksOpened + "met 2022-09-22 11:00"
		destroy = "destruction §7.2 provider: opened 2023-03-02 00:00, due 2023-03-08, pending"
	)
	pay := func(at string) string { return at + `, do: pay, amount: "120000.00", reference: SECOND` }
	years := []string{yearOne, yearTwo + "120000.00"}
	for _, c := range []struct {
		name, until string
		events      []string
		want        want
	}{
		{
			"unpaid stays overdue", "2023-03-08T00:00",
			[]string{agreed, end},
			want{
				State: "ended, ended 2023-03-01", Years: years,
				Duties: []string{met, fee("2022-09-22 11:00", "overdue"), destroy},
			},
		},
		{
			"and is met late after the end", "2023-03-08T00:00",
			[]string{agreed, end, pay("2023-03-03T10:00")},
			want{
				State: "ended, ended 2023-03-01", Years: years,
				Duties: []string{met, fee("2022-09-22 11:00", "met-late 2023-03-03 10:00"), destroy},
			},
		},
		{
			"what is paid stays paid", "2023-03-08T00:00",
			[]string{agreed, pay("2022-10-10T10:00"), end},
			want{
				State: "ended, ended 2023-03-01", Years: years,
				Duties: []string{met, fee("2022-09-22 11:00", "met 2022-10-10 10:00"), destroy},
			},
		},
		{
			"the fee of a year that never began is void", "2022-10-05T00:00",
			[]string{agreed, "2022-09-28T10:00, do: terminate, ground: agreement, on: 2022-09-28, by: chen"},
			want{
				State: "ended, ended 2022-09-28", Years: []string{yearOne},
				Duties: []string{
					met, fee("2022-09-22 11:00", "void"),
					"destruction §7.2 provider: opened 2022-09-29 00:00, due 2022-10-10, pending",
				},
			},
		},
		{
			"ended on the last day of the first year", "2022-10-14T00:00",
			[]string{agreed, "2022-09-28T10:00, do: terminate, ground: agreement, on: 2022-10-12, by: chen"},
			want{
				State: "ended, ended 2022-10-12", Years: []string{yearOne},
				Duties: []string{
					met, fee("2022-09-22 11:00", "void"),
					"destruction §7.2 provider: opened 2022-10-13 00:00, due 2022-10-19, pending",
				},
			},
		},
		{
			"ended on the first day of the second year", "2022-10-15T00:00",
			[]string{agreed, "2022-09-28T10:00, do: terminate, ground: agreement, on: 2022-10-13, by: chen"},
			want{
				State: "ended, ended 2022-10-13", Years: years,
				Duties: []string{
					met, fee("2022-09-22 11:00", "overdue"),
					"destruction §7.2 provider: opened 2022-10-14 00:00, due 2022-10-20, pending",
				},
			},
		},
		{
			"open talks are void", "2022-09-30T00:00",
			[]string{"2022-09-28T10:00, do: terminate, ground: agreement, on: 2022-09-28, by: chen"},
			want{
				State: "ended, ended 2022-09-28", Years: []string{yearOne},
				Duties: []string{
					talksOpened + "void",
					"destruction §7.2 provider: opened 2022-09-29 00:00, due 2022-10-10, pending",
				},
			},
		},
		{
			"a terminated contract is not renewed", "2022-10-05T00:00",
			[]string{
				`2022-09-20T11:00, do: offer, fee: "120000.00"`,
				"2022-09-28T10:00, do: terminate, ground: agreement, on: 2022-09-28, by: chen",
				"2022-09-29T10:00, do: answer, accept: true",
			},
			want{
				State: "ended, ended 2022-09-28", Years: []string{yearOne},
				Refused: []string{"2022-09-29 10:00 answer no_open_offer §5.6"},
				Duties: []string{
					talksOpened + "void",
					"destruction §7.2 provider: opened 2022-09-29 00:00, due 2022-10-10, pending",
				},
			},
		},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			c.want.Left = whole
			if c.want.Refused == nil {
				c.want.Refused = []string{}
			}
			expect(t, served(t, play(t, serving("2021-10-13", c.until, c.events...))), c.want)
		})
	}
}

// Money owed is owed after the data is gone, too.
func TestTermination_AFeePaidAfterDestructionIsSettled_5_4_7_2(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name   string
		pays   []string
		status string
	}{
		{"not paid", nil, "overdue"},
		{"paid", []string{`2023-03-05T10:00, do: pay, amount: "120000.00", reference: SECOND`}, "met-late 2023-03-05 10:00"},
		{"paid in two", []string{
			`2023-03-05T10:00, do: pay, amount: "119999.99", reference: SECOND`,
			`2023-03-06T10:00, do: pay, amount: "0.01", reference: THIRD`,
		}, "met-late 2023-03-06 10:00"},
		{
			"paid in time, entered only now",
			[]string{`2023-03-05T10:00, do: pay, amount: "120000.00", reference: SECOND, on: 2022-10-12`},
			"met 2022-10-12 23:59:59",
		},
		{
			"paid a day late, entered only now",
			[]string{`2023-03-05T10:00, do: pay, amount: "120000.00", reference: SECOND, on: 2022-10-13`},
			"met-late 2022-10-13 23:59:59",
		},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			events := append([]string{
				agreed, "2023-03-01T10:00, do: terminate, ground: agreement, on: 2023-03-01, by: chen",
				confirm("2023-03-02T10:00", "chen"), confirm("2023-03-02T11:00", "wang"),
			}, c.pays...)
			r := served(t, play(t, serving("2021-10-13", "2023-04-01T00:00", events...)))
			expect(t, r, want{State: "destroyed, ended 2023-03-01", Refused: []string{}, Duties: []string{
				talksOpened + "met 2022-09-22 11:00", fee("2022-09-22 11:00", c.status),
				"destruction §7.2 provider: opened 2023-03-02 00:00, due 2023-03-08, met 2023-03-02 11:00",
			}})
		})
	}
}

// The right of §1.4 is opened by a measured miss and used by a person; the refund is then owed.
func TestTermination_TheLoadStandardIsMissed_1_4(t *testing.T) {
	t.Parallel()
	const (
		use      = "2022-03-01T10:00, do: terminate, ground: load-shortfall, on: 2022-03-01, by: chen"
		measured = `2022-02-25T10:00, do: shortfall, required: 120, evidence: "load test 7", measured: `
		refund   = "refund/1 §1.4 provider: opened 2022-03-01 10:00, pending"
		destroy  = "destruction §7.2 provider: opened 2022-03-02 00:00, due 2022-03-08, pending"
	)
	without := want{
		State: "in-service", Duties: []string{}, Left: whole,
		Refused: []string{"2022-03-01 10:00 terminate no_shortfall §1.4"},
	}
	exact := without
	exact.Refused = []string{"2022-02-25 10:00 shortfall standard_met §1.4", "2022-03-01 10:00 terminate no_shortfall §1.4"}
	used := want{State: "ended, ended 2022-03-01", Duties: []string{refund, destroy}, Left: whole, Refused: []string{}}
	for _, c := range []struct {
		name, until string
		events      []string
		want        want
	}{
		{"nothing was measured", "2022-03-03T00:00", []string{use}, without},
		{"more than required was measured", "2022-03-03T00:00", []string{measured + "121", use}, exact},
		{"exactly what is required was measured", "2022-03-03T00:00", []string{measured + "120", use}, exact},
		{"one less was measured", "2022-03-03T00:00", []string{measured + "119", use}, used},
		{
			"a miss alone ends nothing", "2022-03-03T00:00",
			[]string{measured + "80"},
			want{State: "in-service", Duties: []string{}, Left: whole, Refused: []string{}},
		},
		{
			"a miss, and an end by agreement: no refund", "2022-03-03T00:00",
			[]string{measured + "80", "2022-03-01T10:00, do: terminate, ground: agreement, on: 2022-03-01, by: chen"},
			want{State: "ended, ended 2022-03-01", Duties: []string{destroy}, Left: whole, Refused: []string{}},
		},
		{
			"the refund outlives the data", "2022-03-03T00:00",
			[]string{measured + "80", use, twoConfirm},
			want{State: "destroyed, ended 2022-03-01", Refused: []string{}, Duties: []string{
				refund,
				"destruction §7.2 provider: opened 2022-03-02 00:00, due 2022-03-08, met 2022-03-02 11:00",
			}},
		},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			c.want.Years = []string{yearOne}
			expect(t, served(t, play(t, serving("2021-10-13", c.until, c.events...))), c.want)
		})
	}
}

// The refund is the whole fee paid for the year that runs, and what was paid ahead for later years; never pro rata.
func TestTermination_TheRefundOfTheLoadStandard_1_4(t *testing.T) {
	t.Parallel()
	const (
		second = `2022-09-20T11:00, do: offer, fee: "110000.00"}` + "\n  - {at: 2022-09-22T11:00, do: answer, accept: true"
		paid   = `2022-09-28T10:00, do: pay, amount: "110000.00", reference: SECOND`
	)
	use := func(day string) string {
		return day + `T12:00, do: shortfall, required: 120, measured: 80, evidence: "load test 7"}` +
			"\n  - {at: " + day + "T13:00, do: terminate, ground: load-shortfall, on: " + day + ", by: chen"
	}
	for _, c := range []struct {
		name   string
		events []string
		want   string
	}{
		{"on the first day of service", []string{use("2021-10-13")}, "120000.00"},
		{"on the last day of the first year", []string{use("2022-10-12")}, "120000.00"},
		{"in the first year, the second agreed and unpaid", []string{second, use("2022-10-10")}, "120000.00"},
		{"in the first year, the second paid ahead", []string{second, paid, use("2022-10-10")}, "230000.00"},
		{"on the last day of the first year, the second paid ahead", []string{second, paid, use("2022-10-12")}, "230000.00"},
		{"on the first day of the second year", []string{second, paid, use("2022-10-13")}, "110000.00"},
		{"in the second year, paid in part", []string{
			second,
			`2022-09-28T10:00, do: pay, amount: "50000.00", reference: SECOND`, use("2023-02-01"),
		}, "50000.00"},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			r := play(t, serving("2021-10-13", "2023-03-01T00:00", c.events...))
			if len(r.Refunds) != 1 || r.Refunds[0].Amount.String() != c.want || len(r.Refused) > 0 {
				t.Errorf("refunds %v, want %s; refused %v", r.Refunds, c.want, r.Refused)
			}
		})
	}
}

func TestTermination_TheLoadStandardMissedBeforeServiceBegins_1_4(t *testing.T) {
	t.Parallel()
	r := play(t, `
contract: acme.yaml
events:
  - {at: 2021-10-13T09:00, do: sign, by: customer}
  - {at: 2021-10-13T09:30, do: sign, by: provider}
  - {at: 2021-10-13T09:45, do: designate, deploy_on: 2021-11-01}
  - {at: 2021-10-13T10:00, do: pay, amount: "120000.00", reference: FIRST}
  - {at: 2021-10-15T09:00, do: shortfall, required: 120, measured: 80, evidence: "load test 1"}
  - {at: 2021-10-15T10:00, do: terminate, ground: load-shortfall, on: 2021-10-15, by: chen}
cloud: {deploy_takes: 45m}
until: 2021-10-17T00:00
`)
	expect(t, r, want{State: "ended, ended 2021-10-15", Refused: []string{}, Left: whole, Years: []string{}})
	if len(r.Refunds) != 1 || r.Refunds[0].Amount.String() != "120000.00" {
		t.Errorf("refunds %v", r.Refunds)
	}
}

func TestTermination_DestructionDoesNotWaitForAVoidedDeployment_5_5_7_2(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ name, takes, confirmed string }{
		{"the work would take three days", "72h", "2021-10-14"},
		{"the work would take a month", "720h", "2021-10-18"},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			r := play(t, `
contract: acme.yaml
events:
  - {at: 2021-10-13T09:00, do: sign, by: customer}
  - {at: 2021-10-13T09:30, do: sign, by: provider}
  - {at: 2021-10-13T10:00, do: pay, amount: "120000.00", reference: FIRST}
  - {at: 2021-10-13T10:30, do: terminate, ground: agreement, on: 2021-10-13, by: chen}
  - {at: `+c.confirmed+`T20:00, do: confirm, what: destruction, by: chen}
  - {at: `+c.confirmed+`T21:00, do: confirm, what: destruction, by: wang}
cloud: {deploy_takes: `+c.takes+`}
until: 2021-12-30T00:00
`)
			expect(t, r, want{State: "destroyed, ended 2021-10-13", Refused: []string{}, Years: []string{}, Duties: []string{
				"first-payment §5.4 customer: opened 2021-10-13 09:30, due 2021-10-20, met 2021-10-13 10:00",
				"deployment §5.5 provider: opened 2021-10-13 10:00, due 2021-10-15, void",
				"destruction §7.2 provider: opened 2021-10-14 00:00, due 2021-10-20, met " + c.confirmed + " 21:00",
			}})
		})
	}
}

func TestTermination_InTheNextYearLeavesTheRenewalOpen_5_2_5_6(t *testing.T) {
	t.Parallel()
	r := served(t, play(t, serving("2021-10-13", "2022-12-31T00:00",
		"2022-03-01T10:00, do: terminate, ground: agreement, on: 2022-12-30, by: chen", agreed,
		`2022-09-23T10:00, do: pay, amount: "120000.00", reference: SECOND`)))
	expect(t, r, want{
		State: "ended, ended 2022-12-30", Left: whole, Refused: []string{}, Years: []string{yearOne, yearTwo + "120000.00"},
		Duties: []string{
			talksOpened + "met 2022-09-22 11:00", fee("2022-09-22 11:00", "met 2022-09-23 10:00"),
			"destruction §7.2 provider: opened 2022-12-31 00:00, due 2023-01-09, pending",
		},
	})
}
