package workflows_test

import (
	"testing"

	"lvyue/internal/contract"
	"lvyue/internal/message"
	"lvyue/internal/money"
	"lvyue/internal/workday"
)

// grows asks for a disk of so many G at a price that holds to the end of a day.
func grows(diskGB int, price, answer, until string) deed {
	return deed{name: message.Expand, who: "chen", body: message.Growth{DiskGB: diskGB, Price: message.Price{
		Amount: money.MustParse(price), Answer: []byte(answer), ValidUntil: workday.MustDate(until).End(),
	}}}
}

func takesQuote(price string) deed {
	return deed{name: message.AcceptQuote, who: "liming", body: message.Acceptance{Amount: money.MustParse(price)}}
}

func carriesOut(expansion, on string) deed {
	body := message.CarriedOut{Expansion: expansion, Evidence: "f00d"}
	if on != "" {
		body.On = workday.MustDate(on)
	}
	return deed{name: message.Expanded, who: "wang", body: body}
}

// askedFor offers a fee for a disk of so many G.
func askedFor(s *story, diskGB int) *contract.Configuration {
	asked := s.form.Public().Configuration()
	asked.Load.DiskGB = diskGB
	return &asked
}

func TestContract_AnExpansionCostsWhatTheVendorPublishesToTheFen(t *testing.T) { // §5.7 §5.4
	t.Parallel()
	s := begin(t, "2025-09-26 09:00", soon)
	s.comesIntoForce()
	s.at("2025-09-27 10:00", grows(700, "10.00", "early", "2026-10-19").as("early"))
	s.at("2025-10-09 09:00", names("2025-10-20"))
	s.at("2025-10-09 15:00", pays(fee, "ICBC-001"))
	s.at("2025-10-20 09:00", takesQuote("1234.56").as("nothing asked"))
	s.at("2026-03-02 10:00", grows(700, "1200.00", "first answer", "2026-03-31"), grows(700, "1234.56", "answer", "2026-03-31"))
	s.sees("2026-03-02 11:00", "expansion")
	s.at("2026-03-03 10:00", takesQuote("1200.00").as("as it was"), takesQuote("1234.56"), takesQuote("1234.56").as("again"))
	s.sees("2026-03-03 10:30", "expansion",
		"expansion/1: opened 2026-03-03 10:00, pending", "expansion-fee/1: opened 2026-03-03 10:00, pending")
	s.at("2026-03-04 10:00", pays("1234.55", "ICBC-002"), carriesOut("expansion/2", "").as("another"),
		carriesOut("expansion-fee/1", "").as("money"), carriesOut("expansion/1", "2026-03-02").as("too soon"), carriesOut("expansion/1", "2026-03-05").as("to come"))
	s.at("2026-03-05 10:00", carriesOut("expansion/1", "2026-03-04"), pays("0.01", "ICBC-003"))
	s.at("2026-03-05 11:00", carriesOut("expansion/1", "").as("twice"), grows(700, "1.00", "more of the same", "2026-10-19").as("the same"))
	s.until("2026-03-06 00:00")
	s.compare("duties", s.duties("expansion"), []string{
		"expansion/1: opened 2026-03-03 10:00, met 2026-03-04 23:59", "expansion-fee/1: opened 2026-03-03 10:00, met 2026-03-05 10:00",
	})
	s.compare("invoices", s.documents(), []string{
		"INV first-payment 120000.00 2025-09-26", "INV expansion-fee/1 1234.56 2026-03-03",
	})
	s.wantTold(map[string]string{
		"early": "not_in_service", "nothing asked": "no_open_quote", "as it was": "quote_moved", "again": "no_open_quote",
		"another": "unknown_expansion", "money": "unknown_expansion", "too soon": "past_day", "to come": "future_day",
		"twice": "not_open", "the same": "nothing_to_expand",
	})
	s.sound()
}

func TestContract_AQuoteHoldsAsLongAsItSaysAndForItsYear(t *testing.T) { // §5.7
	t.Parallel()
	s := begin(t, "2025-09-26 09:00", soon)
	s.comesIntoService()
	s.at("2026-03-02 10:00", grows(700, "10.00", "a", "2026-03-02"))
	s.at("2026-03-03 00:00", takesQuote("10.00").as("a moment late"))
	s.at("2026-03-03 10:00", grows(700, "11.00", "b", "2026-03-03"))
	s.at("2026-03-03 23:59:59", takesQuote("11.00").as("in time"))
	s.at("2026-09-01 10:00", grows(800, "12.00", "c", "2026-12-31"))
	s.at("2026-09-22 11:00", offers("110000.00", nil), accepts())
	s.at("2026-10-20 10:00", takesQuote("12.00").as("for the year before"))
	s.at("2026-10-21 10:00", grows(800, "13.00", "d", "2026-12-31"), takesQuote("13.00"))
	s.until("2026-10-22 00:00")
	s.compare("duties", s.duties("expansion-fee"), []string{
		"expansion-fee/1: opened 2026-03-03 23:59, pending", "expansion-fee/2: opened 2026-10-21 10:00, pending",
	})
	s.wantTold(map[string]string{"a moment late": "quote_expired", "in time": "", "for the year before": "no_open_quote"})
	s.sound()
}

// What is bought in mid-year is growth at the next renewal, and at that one alone.
func TestContract_AnExpansionIsGrowthOnce(t *testing.T) { // §5.8
	t.Parallel()
	s := begin(t, "2025-09-26 09:00", soon)
	s.comesIntoService()
	s.at("2026-03-01 10:00", offers("130000.00", nil).as("before"), offers("110000.00", askedFor(s, 600)))
	s.at("2026-03-02 10:00", grows(700, "10.00", "a", "2026-03-02"), takesQuote("10.00"))
	s.at("2026-03-03 10:00", offers("130000.00", nil).as("after"))
	s.at("2026-09-22 11:00", accepts())
	s.at("2027-03-02 10:00", offers("130000.01", nil).as("once more"), offers("130000.01", askedFor(s, 701)).as("for more"),
		grows(700, "10.00", "b", "2027-03-02").as("there already"), grows(701, "10.00", "c", "2027-03-02").as("a G more"))
	s.until("2027-03-03 00:00")
	s.wantTold(map[string]string{
		"before": "fee_rise_without_growth", "after": "", "once more": "fee_rise_without_growth", "for more": "",
		"there already": "nothing_to_expand", "a G more": "",
	})
	s.sound()
}

// What is bought after the next year was offered, or agreed, is there in it, and is growth at the renewal after; what was
// agreed to be less stays less.
func TestContract_AnExpansionAfterTheAgreementCountsAtTheRenewalAfter(t *testing.T) { // §5.7 §5.8
	t.Parallel()
	for _, tt := range []struct {
		name          string
		agree, accept string
	}{
		{"after the agreement", "2026-09-22 10:00", "2026-09-22 11:00"},
		{"after the offer", "2026-09-22 10:00", "2026-09-26 11:00"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			s := begin(t, "2025-09-26 09:00", soon)
			s.comesIntoService()
			s.at(tt.agree, offers("90000.00", askedFor(s, 100)))
			deeds := []deed{grows(0, "10.00", "a", "2026-09-25"), takesQuote("10.00")}
			growth, _ := deeds[0].body.(message.Growth)
			growth.DatabaseGB = 101
			deeds[0].body = growth
			s.at("2026-09-25 10:00", deeds...)
			s.at(tt.accept, accepts())
			s.at("2027-03-02 10:00",
				grows(100, "10.00", "b", "2027-03-02").as("as little as agreed"), grows(101, "10.00", "c", "2027-03-02").as("a G more than agreed"),
				offers("100000.00", nil).as("for what was bought"))
			s.at("2027-09-22 11:00", accepts())
			s.at("2028-03-02 10:00", offers("100000.01", nil).as("for nothing more"))
			s.until("2028-03-03 00:00")
			s.wantTold(map[string]string{
				"as little as agreed": "nothing_to_expand", "a G more than agreed": "", "for what was bought": "", "for nothing more": "fee_rise_without_growth",
			})
			s.sound()
		})
	}
}

// A change of the terms takes a quote off the table, and undoes no expansion unless it says another load standard.
func TestContract_AnAmendmentAndAnExpansion(t *testing.T) { // §5.7 §6.4
	t.Parallel()
	s := begin(t, "2025-09-26 09:00", soon)
	s.comesIntoService()
	larger, cheaper := s.form, s.form
	larger.Load.DiskGB = 600
	s.at("2026-03-02 10:00", grows(700, "10.00", "a", "2026-03-31"))
	s.at("2026-03-03 10:00", amend(larger)...)
	s.at("2026-03-04 10:00", takesQuote("10.00").as("under the old terms"), grows(700, "10.00", "a", "2026-03-31").as("by the old answer"),
		grows(700, "11.00", "b", "2026-03-31"), takesQuote("11.00").as("under the new ones"))
	cheaper.Load, cheaper.Fee = larger.Load, money.MustParse("100000.00")
	s.at("2026-03-05 10:00", amend(cheaper)...)
	s.at("2026-03-06 10:00", grows(700, "12.00", "c", "2026-03-31").as("once more"), grows(701, "12.00", "d", "2026-03-31").as("a G more"))
	s.until("2026-03-07 00:00")
	s.wantTold(map[string]string{
		"under the old terms": "no_open_quote", "by the old answer": "answer_reused", "under the new ones": "",
		"once more": "nothing_to_expand", "a G more": "",
	})
	s.sound()
}

func TestContract_ALateRenewalOwesTheExpansionAgain(t *testing.T) { // §5.6 §5.7
	t.Parallel()
	s := begin(t, "2025-09-26 09:00", soon)
	s.comesIntoService()
	s.at("2026-10-10 10:00", grows(700, "10.00", "a", "2026-10-10"), takesQuote("10.00"), pays("10.00", "R2"))
	s.sees("2026-10-20 10:00", "expansion/", "expansion/1: opened 2026-10-10 10:00, void")
	s.at("2026-10-21 10:00", offers("120000.00", nil), accepts())
	s.sees("2026-10-21 11:00", "expansion/", "expansion/1: opened 2026-10-10 10:00, pending")
	s.at("2026-10-22 10:00", carriesOut("expansion/1", ""), grows(700, "10.00", "b", "2026-12-31").as("there"))
	s.until("2026-10-23 00:00")
	s.compare("duties", s.duties("expansion/"), []string{"expansion/1: opened 2026-10-10 10:00, met 2026-10-22 10:00"})
	s.wantTold(map[string]string{"there": "nothing_to_expand"})
	s.sound()
}

// §1.4 gives the annual fee back, not what expansions cost; an amended fee is none of theirs; and what was bought is owed
// however the contract ends.
func TestContract_AnExpansionIsNotTheAnnualFee(t *testing.T) { // §1.4 §5.7 §6.4
	t.Parallel()
	s := begin(t, "2025-09-26 09:00", soon)
	s.comesIntoService()
	s.at("2026-03-02 10:00", grows(700, "10.00", "a", "2026-03-02"), takesQuote("10.00"), pays("10.00", "R2"))
	s.at("2026-03-02 11:00", grows(800, "20.00", "b", "2026-03-02"), takesQuote("20.00"))
	cheaper := s.form
	cheaper.Fee, cheaper.Load.DiskGB = money.MustParse("100000.00"), 800
	s.at("2026-03-03 10:00", amend(cheaper)...)
	s.at("2026-03-04 10:00", misses(100, 80), terminates("2026-03-04", message.LoadShortfall))
	s.at("2026-03-06 10:00", opensBooks(), approves("refund/1", "wang"))
	s.until("2026-03-07 00:00")
	s.compare("duties", s.duties("expansion"), []string{
		"expansion/1: opened 2026-03-02 10:00, void", "expansion-fee/1: opened 2026-03-02 10:00, met 2026-03-02 10:00",
		"expansion/2: opened 2026-03-02 11:00, void", "expansion-fee/2: opened 2026-03-02 11:00, pending",
	})
	s.compare("invoices", s.documents(), []string{
		"INV first-payment 120000.00 2025-09-26", "INV expansion-fee/1 10.00 2026-03-02", "INV expansion-fee/2 20.00 2026-03-02",
		"CN first-payment -120000.00 2026-03-06 refund",
	})
	s.sound()
}
