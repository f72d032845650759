package test

import (
	"fmt"
	"strings"
	"testing"
)

// The contract ended on Tuesday 2022-03-01, so destruction is due on 2022-03-08.
const (
	ended   = "2022-03-01T10:00, do: terminate, ground: agreement, on: 2022-03-01, by: chen"
	destroy = "destruction §7.2 provider: opened 2022-03-02 00:00, due 2022-03-08, "
)

func confirm(at, by string) string { return at + ", do: confirm, what: destruction, by: " + by }

func TestDestruction_ByTwoPersonsInFiveWorkingDays_7_2(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name, until string
		events      []string
		want        want
	}{
		{
			"not before the contract has ended", "2022-03-02T12:00",
			[]string{confirm("2022-03-01T23:59:59", "chen"), confirm("2022-03-02T10:00", "wang")},
			want{
				State: "ended, ended 2022-03-01", Refused: []string{"2022-03-01 23:59:59 confirm not_open §7.2"}, Left: whole,
				Duties: []string{destroy + "pending"},
			},
		},
		{
			"from the first instant after the end", "2022-03-02T12:00",
			[]string{confirm("2022-03-02T00:00", "chen"), confirm("2022-03-02T00:00", "wang")},
			want{State: "destroyed, ended 2022-03-01", Refused: []string{}, Duties: []string{destroy + "met 2022-03-02 00:00"}},
		},
		{
			"one person is not enough", "2022-03-08T23:59:59",
			[]string{confirm("2022-03-02T10:00", "chen")},
			want{State: "ended, ended 2022-03-01", Refused: []string{}, Left: whole, Duties: []string{destroy + "pending"}},
		},
		{
			"nor the same person twice", "2022-03-09T00:00",
			[]string{confirm("2022-03-02T10:00", "chen"), confirm("2022-03-03T10:00", "chen")},
			want{
				State: "ended, ended 2022-03-01", Refused: []string{"2022-03-03 10:00 confirm same_person §7.2"}, Left: whole,
				Duties: []string{destroy + "overdue"},
			},
		},
		{
			"a second person after a refused repetition", "2022-03-04T00:00",
			[]string{confirm("2022-03-02T10:00", "chen"), confirm("2022-03-03T10:00", "chen"), confirm("2022-03-03T11:00", "wang")},
			want{
				State: "destroyed, ended 2022-03-01", Refused: []string{"2022-03-03 10:00 confirm same_person §7.2"},
				Duties: []string{destroy + "met 2022-03-03 11:00"},
			},
		},
		{
			"a third confirmation", "2022-03-04T00:00",
			[]string{confirm("2022-03-02T10:00", "chen"), confirm("2022-03-02T11:00", "wang"), confirm("2022-03-02T12:00", "zhou")},
			want{
				State: "destroyed, ended 2022-03-01", Refused: []string{"2022-03-02 12:00 confirm destroyed §7.2"},
				Duties: []string{destroy + "met 2022-03-02 11:00"},
			},
		},
		{
			"confirmed in the last second", "2022-03-10T00:00",
			[]string{confirm("2022-03-02T10:00", "chen"), confirm("2022-03-08T23:59:59", "wang")},
			want{State: "destroyed, ended 2022-03-01", Refused: []string{}, Duties: []string{destroy + "met 2022-03-08 23:59:59"}},
		},
		{
			"confirmed at 24:00", "2022-03-10T00:00",
			[]string{confirm("2022-03-02T10:00", "chen"), confirm("2022-03-09T00:00", "wang")},
			want{State: "destroyed, ended 2022-03-01", Refused: []string{}, Duties: []string{destroy + "met-late 2022-03-09 00:00"}},
		},
		{
			"confirmed by nobody, one second before 24:00", "2022-03-08T23:59:59", nil,
			want{State: "ended, ended 2022-03-01", Refused: []string{}, Left: whole, Duties: []string{destroy + "pending"}},
		},
		{
			"confirmed by nobody", "2022-05-01T00:00", nil,
			want{State: "ended, ended 2022-03-01", Refused: []string{}, Left: whole, Duties: []string{destroy + "overdue"}},
		},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			c.want.Years = []string{yearOne}
			expect(t, served(t, play(t, serving("2021-10-13", c.until, append([]string{ended}, c.events...)...))), c.want)
		})
	}
}

// A legal hold and a dispute that names the destruction keep the data; the due day stays where it is.
func TestDestruction_IsHeldByALegalHoldAndByADispute_7_2_6_3(t *testing.T) {
	t.Parallel()
	const (
		hold    = "2022-03-02T09:00, do: hold, what: destruction, by: chen"
		release = "2022-03-07T09:00, do: release-hold, what: destruction, by: chen"
		dispute = "2022-03-02T09:00, do: dispute, obligations: [destruction], by: customer"
		settle  = `2022-03-07T09:00, do: settle-dispute, outcome: "destroyed as agreed", by: chen`
	)
	first, second := confirm("2022-03-02T10:00", "chen"), confirm("2022-03-02T11:00", "wang")
	firstLater, secondLater := confirm("2022-03-07T10:00", "chen"), confirm("2022-03-07T11:00", "wang")
	for _, c := range []struct {
		name, until string
		events      []string
		want        want
	}{
		{
			"confirmations are refused under a hold", "2022-03-09T00:00",
			[]string{hold, first, second},
			want{
				State: "ended, ended 2022-03-01", Left: whole, Duties: []string{destroy + "frozen"},
				Refused: []string{"2022-03-02 10:00 confirm held §7.2", "2022-03-02 11:00 confirm held §7.2"},
			},
		},
		{
			"and taken when it is released", "2022-03-09T00:00",
			[]string{hold, first, release, firstLater, secondLater},
			want{
				State: "destroyed, ended 2022-03-01", Duties: []string{destroy + "met 2022-03-07 11:00"},
				Refused: []string{"2022-03-02 10:00 confirm held §7.2"},
			},
		},
		{
			"a hold between the two confirmations", "2022-03-09T00:00",
			[]string{confirm("2022-03-02T08:00", "chen"), hold, second, release, secondLater},
			want{
				State: "destroyed, ended 2022-03-01", Duties: []string{destroy + "met 2022-03-07 11:00"},
				Refused: []string{"2022-03-02 11:00 confirm held §7.2"},
			},
		},
		{
			"released after the due day it is overdue at once", "2022-03-10T12:00",
			[]string{hold, "2022-03-10T09:00, do: release-hold, what: destruction, by: chen"},
			want{State: "ended, ended 2022-03-01", Left: whole, Duties: []string{destroy + "overdue"}, Refused: []string{}},
		},
		{
			"released in time it is pending", "2022-03-07T12:00",
			[]string{hold, release},
			want{State: "ended, ended 2022-03-01", Left: whole, Duties: []string{destroy + "pending"}, Refused: []string{}},
		},
		{
			"nothing is held, nothing to release", "2022-03-07T12:00",
			[]string{release},
			want{
				State: "ended, ended 2022-03-01", Left: whole, Duties: []string{destroy + "pending"},
				Refused: []string{"2022-03-07 09:00 release-hold not_held §7.2"},
			},
		},
		{
			"confirmations are refused under a dispute", "2022-03-09T00:00",
			[]string{dispute, first, second},
			want{
				State: "ended, ended 2022-03-01", Left: whole, Duties: []string{destroy + "frozen"},
				Refused: []string{"2022-03-02 10:00 confirm frozen §6.3", "2022-03-02 11:00 confirm frozen §6.3"},
			},
		},
		{
			"and taken when it is settled", "2022-03-09T00:00",
			[]string{dispute, settle, firstLater, secondLater},
			want{State: "destroyed, ended 2022-03-01", Duties: []string{destroy + "met 2022-03-07 11:00"}, Refused: []string{}},
		},
		{
			"a dispute outlives the release of a hold", "2022-03-09T00:00",
			[]string{hold, "2022-03-02T09:30, do: dispute, obligations: [destruction], by: customer", release, firstLater},
			want{
				State: "ended, ended 2022-03-01", Left: whole, Duties: []string{destroy + "frozen"},
				Refused: []string{"2022-03-07 10:00 confirm frozen §6.3"},
			},
		},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			c.want.Years = []string{yearOne}
			expect(t, served(t, play(t, serving("2021-10-13", c.until, append([]string{ended}, c.events...)...))), c.want)
		})
	}
}

// Nothing changes a contract whose data is destroyed, but money that arrives is recorded.
func TestDestruction_AfterItOnlyReceiptsAreTaken_7_2_5_4(t *testing.T) {
	t.Parallel()
	events := []string{
		ended, twoConfirm,
		`2022-03-03T10:00, do: pay, amount: "5.00", reference: AFTER`,
		`2022-03-03T11:00, do: pay, amount: "5.00", reference: AFTER`,
		`2022-03-03T12:00, do: pay, amount: "6.00", reference: AFTER`,
	}
	acts := []string{
		`offer, fee: "1.00"`, "answer, accept: true", "designate, deploy_on: 2022-04-01", "sign, by: customer",
		"terminate, ground: agreement, on: 2022-03-04, by: chen", "dispute, obligations: [destruction], by: customer",
		"settle-dispute, outcome: none, by: chen", "hold, what: destruction, by: chen",
		"release-hold, what: destruction, by: chen", "waive, obligation: destruction, by: chen",
		`shortfall, required: 120, measured: 80, evidence: "load test 7"`,
	}
	refusals := []string{"2022-03-03 12:00 pay reference_reused §5.4"}
	for i, act := range acts {
		at := fmt.Sprintf("2022-03-04T10:%02d", i)
		events = append(events, at+", do: "+act)
		refusals = append(refusals, at[:10]+" "+at[11:]+" "+strings.TrimSuffix(strings.Fields(act)[0], ",")+" destroyed §7.2")
	}
	r := served(t, play(t, serving("2021-10-13", "2022-04-10T00:00", events...)))
	expect(t, r, want{
		State: "destroyed, ended 2022-03-01", Years: []string{yearOne}, Refused: refusals,
		Duties: []string{destroy + "met 2022-03-02 11:00"},
	})
	if len(r.Payments) != 2 || r.Unapplied.String() != "5.00" {
		t.Errorf("payments %v, unapplied %s", r.Payments, r.Unapplied)
	}
}
