package test

import (
	"fmt"
	"os"
	"strings"
	"testing"

	"lvyue/internal/rehearsal"
)

// amendments are acme.yaml with another fee, another load, and another number.
func amendments(t *testing.T) map[string]string {
	t.Helper()
	data, err := os.ReadFile("testdata/acme.yaml")
	if err != nil {
		t.Fatal(err)
	}
	changed := func(from, to string) string {
		if !strings.Contains(string(data), from) {
			t.Fatalf("the form has no %q", from)
		}
		return strings.Replace(string(data), from, to, 1)
	}
	return map[string]string{
		"cheaper.yaml": changed(`annual: "120000.00", capital: 壹拾贰万元整`, `annual: "100000.00", capital: 壹拾万元整`),
		"dearer.yaml":  changed(`annual: "120000.00", capital: 壹拾贰万元整`, `annual: "150000.00", capital: 壹拾伍万元整`),
		"other.yaml":   changed("HT-2025-001", "HT-2025-002"),
		"larger.yaml":  changed("disk_gb: 500", "disk_gb: 600"),
	}
}

func amended(t *testing.T, scenario string) rehearsal.Report {
	t.Helper()
	return playFile(t, written(t, scenario, amendments(t)))
}

// An amended fee rules an unpaid fee from the later signature on.
func TestAmendment_TakesBothSides_6_4(t *testing.T) {
	t.Parallel()
	const (
		customer = "  - {at: 2025-09-27T10:00, do: amend, form: cheaper.yaml, by: customer}\n"
		provider = "  - {at: 2025-09-28T10:00, do: amend, form: cheaper.yaml, by: provider}\n"
	)
	pay := func(at, amount string) string {
		return "  - {at: " + at + `, do: pay, reference: ICBC-001, amount: "` + amount + "\"}\n"
	}
	paid := func(at, due, usable string) []string {
		return []string{firstDue + "met " + at, "deployment §5.5 provider: opened " + at + ", due " + due + ", met " + usable}
	}
	for _, c := range []struct {
		name, events, until string
		want                want
		unapplied           string
	}{
		{
			"both sign: the new fee is complete", customer + provider + pay("2025-09-29T10:00", "100000.00"), "2025-10-01T00:00",
			want{
				State: "in-service", Refused: []string{}, Left: whole, Years: []string{"1: 2025-09-29..2026-09-28 100000.00"},
				Duties: paid("2025-09-29 10:00", "2025-10-09", "2025-09-29 10:45"),
			},
			"0.00",
		},
		{
			"both sign, the provider first", "  - {at: 2025-09-27T10:00, do: amend, form: cheaper.yaml, by: provider}\n" +
				"  - {at: 2025-09-28T10:00, do: amend, form: cheaper.yaml, by: customer}\n" + pay("2025-09-29T10:00", "100000.00"), "2025-10-01T00:00",
			want{
				State: "in-service", Refused: []string{}, Left: whole, Years: []string{"1: 2025-09-29..2026-09-28 100000.00"},
				Duties: paid("2025-09-29 10:00", "2025-10-09", "2025-09-29 10:45"),
			},
			"0.00",
		},
		{
			"the customer alone changes nothing", customer + pay("2025-09-29T10:00", "100000.00"), "2025-10-01T00:00",
			want{State: "awaiting-payment", Refused: []string{}, Duties: []string{firstDue + "pending"}},
			"0.00",
		},
		{
			"the provider alone changes nothing", provider + pay("2025-09-29T10:00", "100000.00"), "2025-10-01T00:00",
			want{State: "awaiting-payment", Refused: []string{}, Duties: []string{firstDue + "pending"}},
			"0.00",
		},
		{
			"one side twice", customer + "  - {at: 2025-09-28T10:00, do: amend, form: cheaper.yaml, by: customer}\n" +
				pay("2025-09-29T10:00", "100000.00"), "2025-10-01T00:00",
			want{
				State: "awaiting-payment", Refused: []string{"2025-09-28 10:00 amend already_signed §6.4"},
				Duties: []string{firstDue + "pending"},
			},
			"0.00",
		},
		{
			"paid before the later signature, the fee is complete with it",
			pay("2025-09-27T09:00", "100000.00") + customer + provider, "2025-10-01T00:00",
			want{
				State: "in-service", Refused: []string{}, Left: whole, Years: []string{"1: 2025-09-28..2026-09-27 100000.00"},
				Duties: paid("2025-09-28 10:00", "2025-09-30", "2025-09-28 10:45"),
			},
			"0.00",
		},
		{
			"the old fee is more than the new one", customer + provider + pay("2025-09-29T10:00", "120000.00"), "2025-10-01T00:00",
			want{
				State: "in-service", Refused: []string{}, Left: whole, Years: []string{"1: 2025-09-29..2026-09-28 100000.00"},
				Duties: paid("2025-09-29 10:00", "2025-10-09", "2025-09-29 10:45"),
			},
			"20000.00",
		},
		{
			"a higher fee by both", "  - {at: 2025-09-27T10:00, do: amend, form: dearer.yaml, by: customer}\n" +
				"  - {at: 2025-09-28T10:00, do: amend, form: dearer.yaml, by: provider}\n" + pay("2025-09-29T10:00", "120000.00"), "2025-10-01T00:00",
			want{State: "awaiting-payment", Refused: []string{}, Duties: []string{firstDue + "pending"}},
			"0.00",
		},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			r := amended(t, inForce+c.events+"until: "+c.until+"\n")
			expect(t, r, c.want)
			if got := r.Unapplied.String(); got != c.unapplied {
				t.Errorf("%s is unapplied, want %s", got, c.unapplied)
			}
		})
	}
}

// Two sides that sign two different forms have agreed on nothing.
func TestAmendment_TakesTheSameForm_6_4(t *testing.T) {
	t.Parallel()
	r := amended(t, inForce+`
  - {at: 2025-09-27T10:00, do: amend, form: cheaper.yaml, by: customer}
  - {at: 2025-09-28T10:00, do: amend, form: dearer.yaml, by: provider}
  - {at: 2025-09-29T10:00, do: pay, amount: "100000.00", reference: ICBC-001}
  - {at: 2025-09-29T11:00, do: pay, amount: "19999.99", reference: ICBC-002}
  - {at: 2025-09-29T12:00, do: pay, amount: "0.01", reference: ICBC-003}
until: 2025-10-01T00:00
`)
	expect(t, r, want{State: "in-service", Left: whole, Years: []string{"1: 2025-09-29..2026-09-28 120000.00"}, Duties: []string{
		firstDue + "met 2025-09-29 12:00", "deployment §5.5 provider: opened 2025-09-29 12:00, due 2025-10-09, met 2025-09-29 12:45",
	}})
}

// What an amendment added is part of the present configuration: it makes no growth at the next renewal.
func TestAmendment_AChangedLoadIsNoGrowth_5_8_6_4(t *testing.T) {
	t.Parallel()
	const load = "load: {users: 300, employees: 500, disk_gb: %, database_gb: 100, by_product: {" +
		"OA: {users: 300, concurrent: 120}, PB: {users: 80, concurrent: 20}, " +
		"HR: {users: 300, concurrent: 60}, CRM: {users: 60, concurrent: 30}}}"
	asked := func(disk string) string { return strings.Replace(load, "%", disk, 1) }
	scenario := serving("2021-10-13", "2022-09-21T00:00",
		"2022-03-01T10:00, do: amend, form: larger.yaml, by: customer",
		"2022-03-01T11:00, do: amend, form: larger.yaml, by: provider",
		`2022-09-20T11:00, do: offer, fee: "120000.01"`,
		`2022-09-20T12:00, do: offer, fee: "120000.01", `+asked("600"),
		`2022-09-20T13:00, do: offer, fee: "120000.01", `+asked("601"),
	)
	expect(t, served(t, amended(t, scenario)), want{State: "in-service", Left: whole, Refused: []string{
		"2022-09-20 11:00 offer fee_rise_without_growth §5.8", "2022-09-20 12:00 offer fee_rise_without_growth §5.8",
	}})
}

// A form counts when both have signed that very form, however many others were signed by one side.
func TestAmendment_TheFormThatBothHaveSignedCounts_6_4(t *testing.T) {
	t.Parallel()
	const (
		customer = "  - {at: 2025-09-27T10:0%d, do: amend, form: %s.yaml, by: customer}\n"
		provider = "  - {at: 2025-09-27T10:0%d, do: amend, form: %s.yaml, by: provider}\n"
	)
	for _, c := range []struct {
		name  string
		signs []string
		fee   string
	}{
		{"the second form, when both have come to it", []string{
			fmt.Sprintf(customer, 0, "cheaper"), fmt.Sprintf(provider, 1, "dearer"), fmt.Sprintf(customer, 2, "dearer"),
		}, "150000.00"},
		{"one amendment after another", []string{
			fmt.Sprintf(customer, 0, "cheaper"), fmt.Sprintf(provider, 1, "cheaper"), fmt.Sprintf(customer, 2, "dearer"),
			fmt.Sprintf(provider, 3, "dearer"),
		}, "150000.00"},
		{"and back again", []string{
			fmt.Sprintf(customer, 0, "cheaper"), fmt.Sprintf(provider, 1, "cheaper"), fmt.Sprintf(customer, 2, "acme"),
			fmt.Sprintf(provider, 3, "acme"),
		}, "120000.00"},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			r := amended(t, inForce+strings.Join(c.signs, "")+
				`  - {at: 2025-09-28T10:00, do: pay, amount: "`+c.fee+`", reference: ICBC-001}`+"\nuntil: 2025-10-01T00:00\n")
			expect(t, r, want{
				State: "in-service", Left: whole, Refused: []string{},
				Years: []string{"1: 2025-09-28..2026-09-27 " + c.fee},
			})
			if r.Unapplied.String() != "0.00" {
				t.Errorf("%s is unapplied", r.Unapplied)
			}
		})
	}
}

// The amended fee is the present one that the next offer is compared with; the year that is paid keeps its own.
func TestAmendment_OfThePaidYearsFee_5_8_6_4(t *testing.T) {
	t.Parallel()
	for form, c := range map[string]struct{ equal, higher string }{
		"cheaper": {"100000.00", "100000.01"}, "dearer": {"150000.00", "150000.01"},
	} {
		t.Run(form, func(t *testing.T) {
			t.Parallel()
			r := amended(t, serving("2021-10-13", "2022-09-21T00:00",
				"2022-03-01T10:00, do: amend, form: "+form+".yaml, by: customer",
				"2022-03-01T11:00, do: amend, form: "+form+".yaml, by: provider",
				`2022-09-20T11:00, do: offer, fee: "`+c.equal+`"`, `2022-09-20T12:00, do: offer, fee: "`+c.higher+`"`))
			expect(t, served(t, r), want{
				State: "in-service", Left: whole, Years: []string{yearOne},
				Refused: []string{"2022-09-20 12:00 offer fee_rise_without_growth §5.8"},
			})
		})
	}
}

func TestAmendment_OfAnAgreedFeeThatIsNotPaid_5_6_6_4(t *testing.T) {
	t.Parallel()
	r := amended(t, serving("2021-10-13", "2022-10-14T00:00", agreed,
		"2022-09-23T10:00, do: amend, form: cheaper.yaml, by: customer",
		"2022-09-24T10:00, do: amend, form: cheaper.yaml, by: provider",
		`2022-10-10T10:00, do: pay, amount: "100000.00", reference: SECOND`))
	expect(t, served(t, r), want{
		State: "in-service", Left: whole, Refused: []string{}, Years: []string{yearOne, yearTwo + "100000.00"},
		Duties: []string{talksOpened + "met 2022-09-22 11:00", fee("2022-09-22 11:00", "met 2022-10-10 10:00")},
	})
}

func TestAmendment_IsOfThisContractWhileItRuns_6_4(t *testing.T) {
	t.Parallel()
	const signs = "2022-03-02T10:00, do: amend, form: "
	r := amended(t, serving("2021-10-13", "2022-03-04T00:00",
		"2022-03-01T09:00, do: amend, form: other.yaml, by: customer",
		ended, signs+"cheaper.yaml, by: customer"))
	expect(t, r, want{
		State: "ended, ended 2022-03-01", Left: whole, Years: []string{yearOne},
		Refused: []string{"2022-03-01 09:00 amend other_contract §6.4", "2022-03-02 10:00 amend ended §5.1"},
	})
}

func TestAmendment_OneThatCameIntoForcePutsHalfSignedOnesAside_6_4(t *testing.T) {
	t.Parallel()
	r := amended(t, inForce+`
  - {at: 2025-09-27T10:00, do: amend, form: cheaper.yaml, by: customer}
  - {at: 2025-09-27T10:01, do: amend, form: dearer.yaml, by: provider}
  - {at: 2025-09-27T10:02, do: amend, form: dearer.yaml, by: customer}
  - {at: 2025-09-27T10:03, do: amend, form: cheaper.yaml, by: provider}
  - {at: 2025-09-28T10:00, do: pay, amount: "150000.00", reference: ICBC-001}
until: 2025-10-01T00:00
`)
	expect(t, r, want{State: "in-service", Left: whole, Years: []string{"1: 2025-09-28..2026-09-27 150000.00"}})
}

// The fee of the first year is the one that was paid, also when another rules before the service begins.
func TestAmendment_AFeePaidBeforeTheServiceBeginsStaysTheYears_5_5_6_4(t *testing.T) {
	t.Parallel()
	r := amended(t, `
contract: acme.yaml
events:
  - {at: 2021-10-13T09:00, do: sign, by: customer}
  - {at: 2021-10-13T09:30, do: sign, by: provider}
  - {at: 2021-10-13T09:40, do: designate, deploy_on: 2021-10-20}
  - {at: 2021-10-13T10:00, do: pay, amount: "120000.00", reference: FIRST}
  - {at: 2021-10-14T10:00, do: amend, form: cheaper.yaml, by: customer}
  - {at: 2021-10-14T11:00, do: amend, form: cheaper.yaml, by: provider}
cloud: {deploy_takes: 45m}
until: 2021-11-01T00:00
`)
	compare(t, "service years", lines(r.ServiceYears, year), []string{"1: 2021-10-20..2022-10-19 120000.00"})
}
