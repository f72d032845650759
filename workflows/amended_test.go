package workflows_test

import (
	"testing"

	"lvyue/internal/contract"
	"lvyue/internal/money"
)

// larger is the form with a hundred gigabytes more of disk.
func (s *story) larger() contract.Form {
	changed := s.form
	changed.Load.DiskGB += 100
	return changed
}

// A change that both sides sign after they agreed on the next year rules that year too, and is what its fee is agreed
// for: the provider cannot ask for more because of it a second time.
func TestContract_AnAmendmentAfterTheRenewalRulesTheNextYear(t *testing.T) { // §5.8 §6.4
	t.Parallel()
	s := begin(t, "2025-09-26 09:00", soon)
	s.comesIntoService()
	changed := s.larger()
	terms, more := changed.Configuration(), changed.Configuration()
	more.Load.DiskGB++
	s.at("2026-09-22 11:00", offers(fee, nil))
	s.at("2026-09-28 11:00", accepts())
	s.at("2026-10-08 11:00", amend(changed)...)
	s.at("2027-09-22 11:00", offers("130000.00", nil).as("same"), offers("130000.00", &terms).as("amended"),
		offers("130000.00", &more).as("more"))
	s.until("2026-10-20 00:01")
	if got := s.state.Terms.Load.DiskGB; got != changed.Load.DiskGB {
		t.Errorf("the second year has %d GB of disk, want %d", got, changed.Load.DiskGB)
	}
	s.until("2027-09-23 00:00")
	s.wantTold(map[string]string{"same": "fee_rise_without_growth", "amended": "fee_rise_without_growth", "more": ""})
}

// Terms are changed by what the new form says otherwise than the form before it. A fee that both leave alone is not
// changed, although a renewal has agreed on another one since.
func TestContract_AnAmendmentWithTheFormsOwnFeeLeavesTheRenewedFeeAlone(t *testing.T) { // §5.6 §6.4
	t.Parallel()
	for _, tt := range []struct{ name, at, fee, year, owed string }{
		{"agreed, the same fee", "2026-10-08 11:00", fee, "110000.00", "110000.00"},
		{"agreed, another fee", "2026-10-08 11:00", "100000.00", "100000.00", "100000.00"},
		{"in the second year, the same fee", "2026-11-02 11:00", fee, "110000.00", "110000.00"},
		{"in the second year, another fee", "2026-11-02 11:00", "100000.00", "100000.00", "100000.00"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			s := begin(t, "2025-09-26 09:00", soon)
			s.comesIntoService()
			changed := s.larger()
			changed.Fee = money.MustParse(tt.fee)
			s.at("2026-09-22 11:00", offers("110000.00", nil))
			s.at("2026-09-28 11:00", accepts())
			s.at(tt.at, amend(changed)...)
			s.at("2026-11-03 10:00", pays(tt.owed, "ICBC-002"))
			s.until("2026-11-04 00:00")
			view := s.expect(want{State: "in-service", Years: []string{firstYear, "2: 2026-10-20..2027-10-19 " + tt.year}})
			s.compare("fees", s.duties("renewal-fee/"), []string{
				"renewal-fee/2: opened 2026-09-28 11:00, due 2026-10-19, met-late 2026-11-03 10:00",
			})
			if got := view.Contract; got.Unapplied.String() != "0.00" || got.Fee.String() != tt.year {
				t.Errorf("the fee is %s with %s unapplied, want %s and nothing", got.Fee, got.Unapplied, tt.year)
			}
		})
	}
}

// An offer after a refusal takes the talks up again where they were: what was brought to mind then is not said again.
func TestContract_AnOfferAfterARefusalRepeatsNoReminder(t *testing.T) { // §5.6
	t.Parallel()
	s := begin(t, "2025-09-26 09:00", soon)
	s.comesIntoService()
	s.at("2026-09-22 11:00", offers(fee, nil))
	s.at("2026-10-13 11:00", declines())
	s.at("2026-10-14 11:00", offers("110000.00", nil))
	s.until("2026-10-19 12:00")
	s.expect(want{
		Duties: append(firstDuties[:2:2], "renewal-talks/1: opened 2026-09-21 00:00, due 2026-10-19, pending"),
		Messages: append(firstMessages[:2:2],
			"2026-09-21 00:00 renewal-talks/1 opened", "2026-10-12 09:00 renewal-talks/1 reminder",
			"2026-10-17 09:00 renewal-talks/1 reminder", "2026-10-19 09:00 renewal-talks/1 due-today"),
	})
}
