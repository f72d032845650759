package workflows_test

import (
	"encoding/json"
	"fmt"
	"log/slog"
	"slices"
	"strings"
	"testing"
	"time"

	"go.temporal.io/sdk/activity"

	"lvyue/activities"
	"lvyue/internal/intake"
	"lvyue/internal/ledger"
	"lvyue/internal/message"
	"lvyue/internal/money"
	"lvyue/internal/workday"
)

// paysOn is money of an earlier day.
func paysOn(amount, reference, on string) deed {
	return deed{id: reference, name: message.Pay, who: "chen", body: message.Payment{
		Amount: money.MustParse(amount), Reference: reference, On: workday.MustDate(on),
	}}
}

func reverses(reference string) deed {
	return deed{name: message.Reverse, who: "lin", body: message.Return{Reference: reference, BankReference: "BACK-" + reference}}
}

func reversesOn(reference, on string) deed {
	return deed{name: message.Reverse, who: "lin", body: message.Return{Reference: reference, On: workday.MustDate(on)}}
}

func moves(reference, to string) deed {
	return deed{name: message.MoveReceipt, who: "lin", body: message.Return{Reference: reference, To: to}}
}

func unapplies(reference string) deed {
	return deed{name: message.Unapply, who: "lin", body: message.Keeping{Reference: reference}}
}

func applies(reference string) deed {
	return deed{name: message.Apply, who: "lin", body: message.Keeping{Reference: reference}}
}

func wantsBack(amount string) deed {
	return deed{name: message.RequestRefund, who: "lin", body: message.RefundRequest{
		Reason: message.RefundOverpayment, Amount: money.MustParse(amount),
	}}
}

func wantsFeesBack() deed {
	return deed{name: message.RequestRefund, who: "lin", body: message.RefundRequest{Reason: message.RefundShortfall}}
}

func approves(refund, who string) deed {
	return deed{name: message.ApproveRefund, who: who, body: message.RefundStep{Refund: refund}}
}

func confirmsRed(number string) deed {
	return deed{name: message.ConfirmRed, who: "lin", body: message.RefundStep{Refund: "refund/1", Confirmation: number}}
}

func paysBack(refund string) deed {
	return deed{name: message.PayRefund, who: "lin", body: message.RefundStep{Refund: refund, Reference: "OUT-" + refund, Account: "6222"}}
}

func settles() deed {
	return deed{name: message.SettleDispute, who: "chen", body: message.Settlement{Outcome: "agreed"}}
}

// opensBooks lets the run that goes on ask the books, as the production worker does.
func opensBooks() deed {
	return happens(func(s *story) {
		s.env.RegisterActivityWithOptions(&activities.Books{Store: s.store, Log: slog.New(slog.DiscardHandler)},
			activity.RegisterOptions{DisableAlreadyRegisteredCheck: true})
	})
}

// blueFor records a blue fapiao for the whole of a fee's last invoice.
func blueFor(obligation string) deed {
	return happens(func(s *story) {
		books, err := s.store.Account(s.t.Context(), s.form.Number)
		must(s.t, err)
		i := lastInvoice(books, obligation)
		_, _, err = s.store.RecordFapiao(s.t.Context(), fapiao(strings.Repeat("1", 20), i.Number, i.Net, i.Tax, s.now()), "lin")
		must(s.t, err)
	})
}

// fapiao is a blue one for an invoice.
func fapiao(number, invoice string, net, tax money.CNY, at time.Time) ledger.Fapiao {
	return ledger.Fapiao{
		Number: number, Kind: "special", Invoice: invoice, IssuedOn: workday.Of(at),
		Buyer: "远山商贸有限公司", BuyerTaxNo: "91110108MA00000001", Seller: "云桥软件有限公司", SellerTaxNo: "91110108MA00000002",
		Item: "信息技术服务", TaxCode: strings.Repeat("3", 19), Net: net, Tax: tax, Gross: net.Add(tax),
	}
}

// running are the works that have not ended.
func (w *server) running() []string {
	w.mu.Lock()
	defer w.mu.Unlock()
	return slices.Clone(w.open)
}

// sees looks at the duties whose ids begin so, at an instant.
func (s *story) sees(at, prefix string, want ...string) {
	s.t.Helper()
	s.at(at, happens(func(s *story) {
		s.t.Helper()
		s.compare("duties at "+at, s.duties(prefix), want)
	}))
}

// documents are the invoices and credit notes as "INV first-payment 120000.00 2025-09-26".
func (s *story) documents() []string {
	s.t.Helper()
	books, err := s.store.Account(s.t.Context(), s.form.Number)
	must(s.t, err)
	var all []string
	for _, i := range books.Invoices {
		series, _, _ := strings.Cut(i.Number, "-")
		all = append(all, strings.TrimSpace(fmt.Sprintf("%s %s %s %s %s", series, i.Obligation, i.Gross, i.IssuedOn, i.Reason)))
	}
	return all
}

// unapplied is what nothing has used, as the read tables say.
func (s *story) wantUnapplied(received, unapplied string) {
	s.t.Helper()
	c := s.expect(want{}).Contract
	if c.Received.String() != received || c.Unapplied.String() != unapplied {
		s.t.Errorf("%s are received and %s unapplied, want %s and %s", c.Received, c.Unapplied, received, unapplied)
	}
}

const firstFeePaid = "first-payment: opened 2025-09-26 16:00, due 2025-10-10, met 2025-10-09 15:00"

// The bank takes the first fee back before the system is usable: nothing was received, so nothing is to be deployed. The
// fee is owed by its old day; once it is there again, the deployment is counted anew.
func TestContract_AFirstFeeThatTheBankTakesBackStopsTheDeployment(t *testing.T) { // §5.4 §5.5
	t.Parallel()
	s := begin(t, "2025-09-26 09:00", 75*time.Hour)
	s.comesIntoForce()
	s.at("2025-10-09 15:00", pays(fee, "R1"))
	s.sees("2025-10-09 15:30", "", firstFeePaid, "deployment: opened 2025-10-09 15:00, due 2025-10-11, pending")
	s.at("2025-10-10 10:00", reverses("R1").as("back"))
	s.sees("2025-10-10 10:30", "",
		"first-payment: opened 2025-09-26 16:00, due 2025-10-10, pending",
		"deployment: opened 2025-10-09 15:00, due 2025-10-11, void")
	s.at("2025-10-10 10:31", happens(func(s *story) {
		s.expect(want{State: "awaiting-payment"})
		s.wantUnapplied("0.00", "0.00")
		if works := s.server.running(); len(works) > 0 {
			s.t.Errorf("%v go on, want nothing", works)
		}
		// A work that was done before it heard that nobody wants it any more begins nothing.
		s.env.SignalWorkflow(message.ReportSignal, message.Report{Duty: "deployment", N: 1, At: s.now()})
	}))
	s.sees("2025-10-11 00:00:05", "first", "first-payment: opened 2025-09-26 16:00, due 2025-10-10, overdue")
	s.at("2025-10-12 23:00", happens(func(s *story) { s.expect(want{State: "awaiting-payment", Years: []string{}}) })) // 75 hours after the first try began
	s.at("2025-10-13 11:00", pays(fee, "R2"))
	s.sees("2025-10-13 11:30", "",
		"first-payment: opened 2025-09-26 16:00, due 2025-10-10, met-late 2025-10-13 11:00",
		"deployment: opened 2025-10-13 11:00, due 2025-10-15, met 2025-10-13 11:00")
	s.until("2025-10-13 12:00")
	s.expect(want{
		State: "in-service",
		Messages: append(slices.Clone(firstMessages),
			"2025-10-10 10:00 first-payment reopened", "2025-10-10 10:00 first-payment due-today",
			"2025-10-11 00:00 first-payment overdue"),
	})
	s.wantTold(map[string]string{"back": ""})
	s.wantUnapplied(fee, "0.00")
	s.sound()
	if got := s.account.Created(); got != 6 {
		t.Errorf("%d resources were ordered, want 6: the second try goes on with what the first one made", got)
	}
}

// Nothing is ever suspended for want of money: a system that is usable stays so, and its service begins on its day.
func TestContract_AFeeTakenBackOnceTheSystemIsUsableStopsNothing(t *testing.T) { // §5.4 §5.5
	t.Parallel()
	for _, tt := range []struct {
		name, at, state, first string
		messages               []string
	}{
		{"usable, before the first year", "2025-10-10 10:00", "deploying", "pending", nil},
		{"usable, the fee is late at midnight", "2025-10-10 23:59:59", "deploying", "pending", nil},
		{"usable, the fee is late at once", "2025-10-11 00:00:00", "deploying", "overdue", []string{"overdue"}},
		{"in service", "2025-11-03 10:00", "in-service", "overdue", []string{"overdue"}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			s := begin(t, "2025-09-26 09:00", soon)
			s.comesIntoService()
			s.at(tt.at, reverses("ICBC-001"))
			end := instant(t, "2025-10-10 23:59:59")
			if at := instant(t, tt.at); at.After(end) {
				end = at
			}
			s.until(end.Add(time.Second / 2).Format("2006-01-02 15:04:05"))
			s.until("2025-12-01 10:00")
			view := s.expect(want{State: "in-service", Years: []string{firstYear}})
			s.compare("duties", lines(view.Obligations[:2], duty), []string{
				"first-payment: opened 2025-09-26 16:00, due 2025-10-10, overdue", firstDuties[1],
			})
			s.at("2025-12-01 11:00", pays(fee, "R2"))
			s.until("2025-12-01 12:00")
			s.compare("first fee", s.duties("first"), []string{
				"first-payment: opened 2025-09-26 16:00, due 2025-10-10, met-late 2025-12-01 11:00",
			})
			s.expect(want{State: "in-service", Years: []string{firstYear}})
			s.sound()
		})
	}
}

func TestContract_ARenewalFeeThatTheBankTakesBackIsOwedByItsOldDay(t *testing.T) { // §5.4 §5.6
	t.Parallel()
	for _, tt := range []struct{ at, standing, later string }{
		{"2026-10-13 10:00", "pending", "overdue"},
		{"2026-10-19 23:59:59", "pending", "overdue"},
		{"2026-10-20 00:00:00", "overdue", "overdue"},
		{"2026-11-02 10:00", "overdue", "overdue"},
	} {
		t.Run(tt.at, func(t *testing.T) {
			t.Parallel()
			s := begin(t, "2025-09-26 09:00", soon)
			s.comesIntoService()
			s.at("2026-09-22 11:00", offers(fee, nil))
			s.at("2026-09-28 11:00", accepts())
			s.at("2026-10-12 10:00", pays(fee, "R2"))
			back := reverses("R2").as("back")
			s.at(tt.at, back)
			const opened = "renewal-fee/2: opened 2026-09-28 11:00, due 2026-10-19, "
			s.at("2026-11-02 12:00", happens(func(s *story) { s.expect(want{State: "in-service"}) }))
			s.until("2026-11-03 00:00")
			s.compare("fees", s.duties("renewal-fee/"), []string{opened + tt.later})
			s.expect(want{Years: []string{firstYear, "2: 2026-10-20..2027-10-19 120000.00"}})
			s.at("2026-11-04 10:00", pays(fee, "R3"))
			s.until("2026-11-05 00:00")
			s.compare("fees", s.duties("renewal-fee/"), []string{opened + "met-late 2026-11-04 10:00"})
			s.wantTold(map[string]string{"back": ""})
			s.sound()
			reopened := slices.ContainsFunc(s.expect(want{}).Notices, func(n message.Notice) bool {
				return n.About == "renewal-fee/2" && n.Kind == "reopened" && moment(n.At) == tt.at[:len("2006-01-02 15:04")]
			})
			late := slices.ContainsFunc(s.expect(want{}).Notices, func(n message.Notice) bool {
				return n.About == "renewal-fee/2" && n.Kind == "overdue" && !n.At.After(instant(t, tt.at))
			})
			if !reopened || late != (tt.standing == "overdue") {
				t.Errorf("the account manager is told that it is owed again: %v, and late at once: %v", reopened, late)
			}
		})
	}
}

// Where other money completes the fee all the same, it was complete when that came, in time or late.
func TestContract_WhenAnotherReceiptStillCompletesTheFeeItCountsFromThat(t *testing.T) { // §5.4
	t.Parallel()
	for _, tt := range []struct{ other, want string }{
		{"2025-10-09 16:00:00", "met 2025-10-09 16:00"},
		{"2025-10-10 23:59:59", "met 2025-10-10 23:59"},
		{"2025-10-11 00:00:00", "met-late 2025-10-11 00:00"},
		{"2025-10-12 10:00:00", "met-late 2025-10-12 10:00"},
	} {
		t.Run(tt.other, func(t *testing.T) {
			t.Parallel()
			s := begin(t, "2025-09-26 09:00", soon)
			s.comesIntoService()
			s.at(tt.other, pays(fee, "R2"))
			s.at("2025-10-13 10:00", reverses("ICBC-001"))
			s.until("2025-10-13 12:00")
			s.compare("first fee", s.duties("first"), []string{
				"first-payment: opened 2025-09-26 16:00, due 2025-10-10, " + tt.want,
			})
			s.expect(want{State: "deploying"})
			s.wantUnapplied(fee, "0.00")
			s.sound()
		})
	}
}

// A deployment that is under way goes on then, counted from the day on which the fee is complete now.
func TestContract_ADeploymentUnderWayIsCountedFromTheReceiptThatStillCompletesTheFee(t *testing.T) { // §5.5
	t.Parallel()
	s := begin(t, "2025-09-26 09:00", 75*time.Hour)
	s.comesIntoForce()
	s.at("2025-10-09 15:00", pays(fee, "R1"))
	s.at("2025-10-10 10:00", pays(fee, "R2"))
	s.sees("2025-10-10 11:00", "deployment", "deployment: opened 2025-10-09 15:00, due 2025-10-11, pending")
	s.at("2025-10-10 12:00", reverses("R1"))
	s.sees("2025-10-10 13:00", "",
		"first-payment: opened 2025-09-26 16:00, due 2025-10-10, met 2025-10-10 10:00",
		"deployment: opened 2025-10-10 10:00, due 2025-10-13, pending")
	s.until("2025-10-13 12:00")
	s.expect(want{State: "in-service"})
	s.sound()
}

func TestContract_OnlyAReceiptThatCountsCanBeTakenBackKeptBackOrMoved(t *testing.T) { // §5.1 §5.4
	t.Parallel()
	s := begin(t, "2025-09-26 09:00", soon)
	s.at("2025-09-26 09:30", reverses("R0").as("unsigned"))
	s.comesIntoForce()
	s.at("2025-10-08 10:00", pays("1000.00", "R1"), pays("2000.00", "R2"), pays("4000.00", "R3"))
	s.at("2025-10-08 11:00",
		reverses("R0").as("unknown"), unapplies("R0").as("unknown to keep"), moves("R0", "HT-2").as("unknown to move"),
		reversesOn("R1", "2025-10-09").as("tomorrow"), moves("R1", s.form.Number).as("to itself"), moves("R1", "").as("to nobody"),
		applies("R1").as("applied already"))
	s.at("2025-10-08 12:00", reversesOn("R1", "2025-10-08").as("today"), reverses("R1").as("twice"), moves("R1", "HT-2").as("gone"))
	s.at("2025-10-08 13:00", unapplies("R2").as("kept back"), unapplies("R2").as("kept back twice"))
	s.at("2025-10-08 14:00", moves("R2", "HT-2").as("moved though kept back"), applies("R2").as("applied though gone"))
	s.at("2025-10-08 15:00", pays("1000.00", "R1").as("again"), pays("2000.00", "R2").as("home"), pays("2000.01", "R2").as("another amount"))
	s.until("2025-10-08 16:00")
	s.wantTold(map[string]string{
		"unsigned": "not_in_force", "unknown": "unknown_receipt", "unknown to keep": "unknown_receipt", "unknown to move": "unknown_receipt",
		"tomorrow": "future_day", "to itself": "bad_move", "to nobody": "bad_move", "applied already": "nothing_to_do",
		"today": "", "twice": "receipt_gone", "gone": "receipt_gone",
		"kept back": "", "kept back twice": "nothing_to_do",
		"moved though kept back": "", "applied though gone": "receipt_gone",
		"again": "receipt_reversed", "another amount": "reference_reused", "home": "",
	})
	s.wantUnapplied("6000.00", "0.00")
	s.sound()
}

// Money that was moved to another contract by mistake comes back under its reference, and counts from its own day.
func TestContract_MoneyMovedAwayComesBackUnderItsReference(t *testing.T) { // §5.4
	t.Parallel()
	s := begin(t, "2025-09-26 09:00", soon)
	s.comesIntoService()
	s.at("2025-10-21 10:00", moves("ICBC-001", "HT-2025-002"))
	s.sees("2025-10-21 10:30", "first", "first-payment: opened 2025-09-26 16:00, due 2025-10-10, overdue")
	s.at("2025-10-22 10:00", paysOn(fee, "ICBC-001", "2025-10-09").as("home"))
	s.until("2025-10-22 11:00")
	s.wantTold(map[string]string{"home": ""})
	s.expect(want{State: "in-service", Years: []string{firstYear}})
	s.compare("first fee", s.duties("first"), []string{
		"first-payment: opened 2025-09-26 16:00, due 2025-10-10, met 2025-10-09 23:59",
	})
	if got := s.state.Receipts; len(got) != 1 || got[0].Gone != nil {
		t.Errorf("receipts are %+v, want the one that came back", got)
	}
	s.wantUnapplied(fee, "0.00")
	s.sound()
}

// What a person keeps from being applied is received all the same; applied again, it counts from the day on which it came.
func TestContract_MoneyKeptBackPaysNothingAndCountsFromItsDayAfterwards(t *testing.T) { // §5.4
	t.Parallel()
	s := begin(t, "2025-09-26 09:00", soon)
	s.comesIntoService()
	s.at("2025-10-21 10:00", unapplies("ICBC-001"))
	s.sees("2025-10-21 10:30", "first", "first-payment: opened 2025-09-26 16:00, due 2025-10-10, overdue")
	s.at("2025-10-21 11:00", happens(func(s *story) { s.wantUnapplied(fee, fee) }), wantsBack("0.01").as("set aside"))
	s.at("2025-10-22 10:00", applies("ICBC-001"))
	s.until("2025-10-22 11:00")
	s.compare("first fee", s.duties("first"), []string{firstFeePaid})
	s.wantUnapplied(fee, "0.00")
	s.wantTold(map[string]string{"set aside": "over_refund"})
	s.expect(want{State: "in-service"})
	s.sound()
}

// usesTheRight terminates by §1.4 on the day.
func (s *story) usesTheRight(at, on string) {
	s.at(at, misses(120, 80), terminates(on, message.LoadShortfall).as("terminates"))
}

func TestContract_TheRefundIsTheWholeFeeOfTheRunningYearAndWhatWasPaidAhead(t *testing.T) { // §1.4
	t.Parallel()
	for _, tt := range []struct {
		name, at, ahead, want string
		renewed               bool
	}{
		{"the first day", "2025-10-20 00:01", "", "120000.00", false},
		{"the last day", "2026-10-19 12:00", "", "120000.00", false},
		{"the next year is agreed, not paid", "2026-10-12 12:00", "", "120000.00", true},
		{"the next year is paid in part", "2026-10-12 12:00", "50000.01", "170000.01", true},
		{"the next year is paid", "2026-10-12 12:00", fee, "240000.00", true},
		{"more came than both fees are", "2026-10-12 12:00", "120000.01", "240000.00", true},
		{"more came than is owed", "2026-10-12 12:00", "500.00", "120000.00", false},
		{"in the second year, unpaid", "2026-10-20 12:00", "", "0.00", true},
		{"in the second year, paid", "2026-10-20 12:00", fee, "120000.00", true},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			s := begin(t, "2025-09-26 09:00", soon)
			s.comesIntoService()
			if tt.renewed {
				s.at("2026-09-22 11:00", offers(fee, nil))
				s.at("2026-09-28 11:00", accepts())
			}
			if tt.ahead != "" {
				s.at("2026-10-10 10:00", pays(tt.ahead, "R2"))
			}
			on := workday.Of(instant(t, tt.at)).String()
			s.usesTheRight(tt.at, on)
			s.until(on + " 23:59")
			refund := "refund/1: opened " + tt.at + ", pending"
			if tt.want == "0.00" { // nothing was paid, so nothing is owed: it is done at once
				refund = "refund/1: opened " + tt.at + ", met " + tt.at
			}
			s.compare("refunds", s.duties("refund/"), []string{refund})
			if got := s.state.Refunds; len(got) != 1 || got[0].Amount.String() != tt.want {
				t.Errorf("refunds are %+v, want one of %s", got, tt.want)
			}
			s.wantTold(map[string]string{"terminates": ""})
			s.sound()
		})
	}
}

// Two persons, a credit note with the approval, and the money goes out once.
func TestContract_ARefundOfFeesIsApprovedCreditedAndPaidOnce(t *testing.T) { // §1.4
	t.Parallel()
	s := begin(t, "2025-09-26 09:00", soon)
	s.comesIntoService()
	s.usesTheRight("2025-12-01 10:00", "2025-12-31") // asked for by chen
	s.at("2025-12-02 09:00", opensBooks(), wantsFeesBack().as("under way"),
		paysBack("refund/1").as("unapproved"), confirmsRed("RED-1").as("red too early"),
		approves("refund/1", "chen").as("herself"), approves("refund/1", " CHEN ").as("herself, typed otherwise"),
		approves("refund/2", "wang").as("no such refund"))
	s.at("2025-12-02 10:00", happens(func(s *story) {
		s.compare("documents", s.documents(), []string{"INV first-payment 120000.00 2025-09-26"})
	}))
	s.at("2025-12-02 10:30", disputes("refund/1"), approves("refund/1", "wang").as("in dispute"), settles())
	s.at("2025-12-02 11:00", approves("refund/1", "wang").as("approved"), approves("refund/1", "zhao").as("approved twice"))
	s.at("2025-12-02 12:00", happens(func(s *story) {
		s.compare("documents", s.documents(), []string{
			"INV first-payment 120000.00 2025-09-26", "CN first-payment -120000.00 2025-12-02 refund",
		})
		s.wantUnapplied(fee, "0.00")
	}))
	s.at("2025-12-03 09:00", confirmsRed("RED-1").as("no red is wanted"), disputes("refund/1"))
	s.at("2025-12-03 10:00", paysBack("refund/1").as("frozen"), settles())
	s.at("2025-12-03 11:00",
		deed{id: "yesterday", name: message.PayRefund, who: "lin", body: message.RefundStep{
			Refund: "refund/1", Reference: "OUT-1", On: workday.MustDate("2025-12-01"),
		}},
		deed{id: "no reference", name: message.PayRefund, who: "lin", body: message.RefundStep{Refund: "refund/1"}},
		paysBack("refund/1").as("paid"), paysBack("refund/1").as("paid twice"), approves("refund/1", "zhao").as("approved late"))
	s.at("2025-12-03 12:00", wantsFeesBack().as("nothing is left"))
	s.until("2026-01-10 00:00")
	s.wantTold(map[string]string{
		"under way": "refund_open", "unapproved": "not_approved", "red too early": "not_approved", "herself": "same_person",
		"herself, typed otherwise": "same_person", "no such refund": "unknown_refund", "in dispute": "frozen", "approved": "", "approved twice": "already_approved",
		"no red is wanted": "no_red_wanted", "frozen": "frozen", "yesterday": "past_day", "no reference": "bad_payment",
		"paid": "", "paid twice": "not_open", "approved late": "not_open", "nothing is left": "nothing_paid",
	})
	s.compare("refunds", s.duties("refund/"), []string{"refund/1: opened 2025-12-01 10:00, met 2025-12-03 11:00"})
	s.compare("first fee", s.duties("first"), []string{firstFeePaid})
	s.wantUnapplied(fee, "0.00")
	s.sound()
}

// Where a blue fapiao stands, the money waits for the confirmation of a red one.
func TestContract_ARefundWaitsForTheRedFapiaoWhereABlueOneStands(t *testing.T) { // §1.4 §5.3
	t.Parallel()
	s := begin(t, "2025-09-26 09:00", soon)
	s.comesIntoService()
	s.at("2025-11-03 10:00", blueFor("first-payment"))
	s.usesTheRight("2025-12-01 10:00", "2025-12-31")
	s.at("2025-12-02 11:00", opensBooks(), approves("refund/1", "wang"))
	s.at("2025-12-03 10:00", paysBack("refund/1").as("too early"), confirmsRed(" ").as("no number"))
	s.at("2025-12-03 11:00", confirmsRed("RED-1").as("confirmed"), confirmsRed("RED-2").as("confirmed twice"))
	s.at("2025-12-03 12:00", paysBack("refund/1").as("paid"))
	s.until("2025-12-04 00:00")
	s.wantTold(map[string]string{
		"too early": "red_missing", "no number": "bad_confirmation", "confirmed": "", "confirmed twice": "already_confirmed", "paid": "",
	})
	s.compare("refunds", s.duties("refund/"), []string{"refund/1: opened 2025-12-01 10:00, met 2025-12-03 12:00"})
	s.sound()
}

// What was paid may change between the request and the approval: then the request says no more what §1.4 gives.
func TestContract_ARefundOfFeesThatIsNoLongerWhatWasPaidIsAskedForAnew(t *testing.T) { // §1.4
	t.Parallel()
	s := begin(t, "2025-09-26 09:00", soon)
	s.comesIntoService()
	s.usesTheRight("2025-12-01 10:00", "2025-12-31")
	s.at("2025-12-01 11:00", opensBooks(), reverses("ICBC-001"))
	s.at("2025-12-02 10:00", approves("refund/1", "wang").as("nothing is there"))
	s.at("2025-12-02 11:00", pays("70000.00", "R2"))
	s.at("2025-12-02 12:00", approves("refund/1", "wang").as("less is there"), waives("refund/1"))
	s.at("2025-12-03 10:00", wantsFeesBack().as("anew"), approves("refund/2", "wang").as("approved"), paysBack("refund/2").as("paid"))
	s.until("2025-12-04 00:00")
	s.wantTold(map[string]string{
		"nothing is there": "refund_changed", "less is there": "refund_changed", "anew": "", "approved": "", "paid": "",
	})
	s.compare("refunds", s.duties("refund/"), []string{
		"refund/1: opened 2025-12-01 10:00, waived", "refund/2: opened 2025-12-03 10:00, met 2025-12-03 10:00",
	})
	s.wantUnapplied("70000.00", "0.00")
	s.sound()
}

// A refund that the customer lets go is dropped: what was set aside for it is free again.
func TestContract_ARefundThatIsWaivedIsDropped(t *testing.T) { // §5.4 §6.4
	t.Parallel()
	s := begin(t, "2025-09-26 09:00", soon)
	s.comesIntoService()
	s.at("2025-11-03 10:00", pays("500.00", "R2"))
	s.at("2025-11-03 11:00", wantsBack("500.00"))
	s.at("2025-11-03 12:00", happens(func(s *story) { s.wantUnapplied("120500.00", "0.00") }), waives("refund/1"))
	s.at("2025-11-03 13:00", approves("refund/1", "wang").as("too late"), wantsBack("500.00").as("again"))
	s.until("2025-11-03 14:00")
	s.wantTold(map[string]string{"too late": "not_open", "again": ""})
	s.compare("refunds", s.duties("refund/"), []string{
		"refund/1: opened 2025-11-03 11:00, waived", "refund/2: opened 2025-11-03 13:00, pending",
	})
	s.wantUnapplied("120500.00", "0.00")
	s.sound()
}

func TestContract_WhatCameTooMuchGoesBackAndNotAFenMore(t *testing.T) { // §5.4
	t.Parallel()
	s := begin(t, "2025-09-26 09:00", soon)
	s.comesIntoForce()
	s.at("2025-09-29 10:00", wantsBack("0.01").as("nothing came"), wantsFeesBack().as("the right is not used"),
		deed{id: "no reason", name: message.RequestRefund, who: "lin", body: message.RefundRequest{Amount: money.MustParse("1.00")}})
	s.at("2025-10-09 15:00", pays("120500.00", "R1"))
	s.at("2025-10-09 16:00", wantsBack("500.01").as("a fen more"), wantsBack("0.00").as("nothing"), wantsBack("-1.00").as("less"),
		wantsBack("499.99").as("all but a fen"), wantsBack("0.02").as("a fen more again"), wantsBack("0.01").as("the last fen"))
	s.at("2025-10-09 17:00", approves("refund/1", "lin").as("himself"), approves("refund/1", "wang").as("approved"))
	s.at("2025-10-10 10:00", paysBack("refund/1").as("paid"), paysBack("refund/2").as("unapproved"))
	s.until("2025-10-20 12:00")
	s.wantTold(map[string]string{
		"nothing came": "over_refund", "the right is not used": "right_not_used", "no reason": "bad_refund",
		"a fen more": "over_refund", "nothing": "bad_amount", "less": "bad_amount", "all but a fen": "", "a fen more again": "over_refund",
		"the last fen": "", "himself": "same_person", "approved": "", "paid": "", "unapproved": "not_approved",
	})
	s.compare("refunds", s.duties("refund/"), []string{
		"refund/1: opened 2025-10-09 16:00, met 2025-10-10 10:00", "refund/2: opened 2025-10-09 16:00, pending",
	})
	s.expect(want{State: "in-service"})
	s.wantUnapplied("120500.00", "0.00")
	s.sound()
}

// Money that is set aside to go back pays no fee that opens later; a fee that opened before has it first.
func TestContract_MoneySetAsideToGoBackIsUsedByNoLaterFee(t *testing.T) { // §5.4 §5.6
	t.Parallel()
	for _, tt := range []struct{ asked, want string }{
		{"2026-09-28 10:59:59", "renewal-fee/2: opened 2026-09-28 11:00, due 2026-10-19, pending"},
		{"2026-09-28 11:00:01", "renewal-fee/2: opened 2026-09-28 11:00, due 2026-10-19, met 2026-09-28 11:00"},
	} {
		t.Run(tt.asked, func(t *testing.T) {
			t.Parallel()
			s := begin(t, "2025-09-26 09:00", soon)
			s.comesIntoService()
			s.at("2026-03-02 10:00", pays(fee, "R2"))
			s.at("2026-09-22 11:00", offers(fee, nil))
			s.at("2026-09-28 11:00:00", accepts())
			s.at(tt.asked, wantsBack(fee).as("asked"))
			s.until("2026-09-28 12:00")
			s.compare("fees", s.duties("renewal-fee/"), []string{tt.want})
			code := ""
			if strings.Contains(tt.want, "met") {
				code = "over_refund"
			}
			s.wantTold(map[string]string{"asked": code})
			s.wantUnapplied("240000.00", "0.00")
			s.sound()
		})
	}
}

func TestContract_AnEarlierFeeHasItsMoneyBeforeAnOverpaymentGoesBack(t *testing.T) { // §5.4
	t.Parallel()
	s := begin(t, "2025-09-26 09:00", soon)
	s.comesIntoService()
	s.at("2025-11-03 10:00", pays("500.00", "R2"))
	s.at("2025-11-03 11:00", wantsBack("500.00").as("asked"))
	s.at("2025-11-03 11:30", unapplies("R2"), approves("refund/1", "wang").as("kept back"), applies("R2"),
		approves("refund/1", "wang").as("approved"))
	s.at("2025-11-03 12:00", reverses("ICBC-001"))
	s.at("2025-11-03 14:00", paysBack("refund/1").as("its money is gone"))
	s.at("2025-11-04 10:00", pays("119999.99", "R3"))
	s.at("2025-11-04 11:00", paysBack("refund/1").as("all but a fen is there"))
	s.at("2025-11-04 12:00", pays("0.01", "R4"))
	s.at("2025-11-04 13:00", paysBack("refund/1").as("it is there"))
	s.until("2025-11-05 00:00")
	s.wantTold(map[string]string{
		"asked": "", "kept back": "not_set_aside", "approved": "", "its money is gone": "not_set_aside", "all but a fen is there": "not_set_aside", "it is there": "",
	})
	s.compare("first fee", s.duties("first"), []string{
		"first-payment: opened 2025-09-26 16:00, due 2025-10-10, met-late 2025-11-04 10:00",
	})
	s.wantUnapplied("120500.00", "0.00")
	s.sound()
}

// An overpayment that went back, or is asked for, is no use of the right of §1.4.
func TestContract_TheRightOpensItsRefundAlsoAfterAnOverpaymentWentBack(t *testing.T) { // §1.4 §5.4
	t.Parallel()
	s := begin(t, "2025-09-26 09:00", soon)
	s.comesIntoService()
	s.at("2025-11-03 10:00", pays("500.00", "R2"))
	s.at("2025-11-03 11:00", wantsBack("500.00"))
	s.usesTheRight("2025-12-01 10:00", "2025-12-31")
	s.until("2025-12-02 00:00")
	s.compare("refunds", s.duties("refund/"), []string{
		"refund/1: opened 2025-11-03 11:00, pending", "refund/2: opened 2025-12-01 10:00, pending",
	})
	s.sound()
}

// A year that never began is not owed for, also when its money goes after the contract's end.
func TestContract_AFeeOfAYearThatNeverBeganIsNotOwedAfterTheEnd(t *testing.T) { // §5.4 §7.2
	t.Parallel()
	t.Run("the first year", func(t *testing.T) {
		t.Parallel()
		s := begin(t, "2025-09-26 09:00", 75*time.Hour)
		s.comesIntoForce()
		s.at("2025-10-09 15:00", pays(fee, "R1"))
		s.at("2025-10-10 10:00", terminates("2025-10-10", message.Agreement))
		s.at("2025-10-13 10:00", reverses("R1"))
		s.until("2025-10-14 00:00")
		s.compare("first fee", s.duties("first"), []string{"first-payment: opened 2025-09-26 16:00, due 2025-10-10, void"})
		s.sound()
	})
	t.Run("a year paid ahead", func(t *testing.T) {
		t.Parallel()
		s := begin(t, "2025-09-26 09:00", soon)
		s.comesIntoService()
		s.at("2026-09-22 11:00", offers(fee, nil))
		s.at("2026-09-28 11:00", accepts())
		s.at("2026-10-12 10:00", pays(fee, "R2"), terminates("2026-10-15", message.Agreement))
		s.at("2026-10-16 10:00", reverses("R2"))
		s.until("2026-10-17 00:00")
		s.compare("fees", s.duties("renewal-fee/"), []string{"renewal-fee/2: opened 2026-09-28 11:00, due 2026-10-19, void"})
		s.sound()
	})
}

// A lower price cannot take back more than it is: of a fee of which a part went back, the rest of the new price is owed,
// and nothing if that is less.
func TestContract_APriceBelowWhatWentBackAsksForNothing(t *testing.T) { // §1.4 §6.4
	t.Parallel()
	for _, tt := range []struct{ price, unapplied string }{{"70000.01", "0.00"}, {"70000.00", "0.00"}, {"60000.00", "0.00"}} {
		t.Run(tt.price, func(t *testing.T) {
			t.Parallel()
			s := begin(t, "2025-09-26 09:00", soon)
			s.comesIntoForce()
			changed := s.form
			changed.Fee = money.MustParse(tt.price)
			s.at("2025-10-08 10:00", pays("70000.00", "R1"))
			s.usesTheRight("2025-10-08 11:00", "2025-12-31")
			s.at("2025-10-08 12:00", opensBooks(), approves("refund/1", "wang").as("approved"))
			s.at("2025-10-09 10:00", amend(changed)...)
			s.until("2025-10-09 12:00")
			s.wantTold(map[string]string{"approved": ""})
			s.wantUnapplied("70000.00", tt.unapplied)
			s.sound()
		})
	}
}

// What is let go has no use for money any more: it pays what else is owed, and at once.
func TestContract_TheMoneyOfWhatIsWaivedPaysWhatElseIsOwed(t *testing.T) { // §5.4 §5.6 §6.4
	t.Parallel()
	const opened = "renewal-fee/2: opened 2026-09-28 11:00, due 2026-10-19, "
	for _, tt := range []struct{ waived, paid, want string }{
		{"first-payment", "100000.00", opened + "met 2026-10-12 10:00"},
		{"first-payment", "99999.99", opened + "pending"},
		{"refund/1", "100000.00", opened + "met 2026-09-28 11:00"},
		{"refund/1", "99999.99", opened + "pending"},
	} {
		t.Run(tt.waived+" "+tt.paid, func(t *testing.T) {
			t.Parallel()
			s := begin(t, "2025-09-26 09:00", soon)
			s.comesIntoService()
			if tt.waived == "first-payment" { // it is owed again, and has what came for the next one
				s.at("2026-10-11 10:00", reverses("ICBC-001"))
				s.at("2026-10-12 10:00", pays(tt.paid, "R2"))
			} else {
				s.at("2026-09-25 10:00", pays(tt.paid, "R2"))
				s.at("2026-09-25 11:00", wantsBack(tt.paid))
			}
			s.at("2026-09-22 11:00", offers("100000.00", nil))
			s.at("2026-09-28 11:00", accepts())
			s.sees("2026-10-13 09:00", "renewal-fee/", opened+"pending")
			s.at("2026-10-13 10:00", waives(tt.waived).as("waived"))
			s.until("2026-10-13 11:00")
			s.wantTold(map[string]string{"waived": ""})
			s.compare("fees", s.duties("renewal-fee/"), []string{tt.want})
			s.sound()
		})
	}
}

// An offer that was no rise when it was made may be one by terms that both sides have signed since: it is off the table.
func TestContract_AnAmendmentTakesAnOfferAwayThatWouldBeARise(t *testing.T) { // §5.8 §6.4
	t.Parallel()
	for _, tt := range []struct {
		name, fee, offered string
		grown              int // what the offer is for, and what the amendment brings
		amended            int
		accepted           string
	}{
		{"just the new fee", "110000.00", "110000.00", 0, 0, ""},
		{"a fen more than the new fee", "109999.99", "110000.00", 0, 0, "no_open_offer"},
		{"more, for more than was amended", fee, "130000.00", 101, 100, ""},
		{"more, for no more than was amended", fee, "130000.00", 100, 100, "no_open_offer"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			s := begin(t, "2025-09-26 09:00", soon)
			s.comesIntoService()
			changed, asked := s.form, s.form.Configuration()
			changed.Fee = money.MustParse(tt.fee)
			changed.Load.DiskGB += tt.amended
			asked.Load.DiskGB += tt.grown
			s.at("2026-09-22 11:00", offers(tt.offered, &asked).as("offered"))
			s.at("2026-09-23 11:00", amend(changed)...)
			s.at("2026-09-24 11:00", accepts().as("accepted"))
			s.until("2026-09-25 00:00")
			s.wantTold(map[string]string{"offered": "", "accepted": tt.accepted})
			s.sound()
		})
	}
}

// An offer for more stays one for more: also when an amendment, before the first year, brings a part of it.
func TestContract_AnOfferOfBeforeTheFirstYearIsSeenInItWithItsGrowth(t *testing.T) { // §5.8 §6.4
	t.Parallel()
	s := begin(t, "2025-09-26 09:00", soon)
	s.comesIntoForce()
	changed, asked := s.form, s.form.Configuration()
	changed.Fee = money.MustParse("110000.00")
	changed.Load.DiskGB += 100
	asked.Load.DiskGB += 101
	s.at("2025-09-29 10:00", offers(fee, &asked))
	s.at("2025-09-30 10:00", amend(changed)...)
	s.at("2025-10-09 15:00", pays("110000.00", "R1"))
	s.at("2025-10-10 15:00", accepts().as("accepted"))
	s.until("2025-10-10 16:00")
	s.wantTold(map[string]string{"accepted": ""})
	s.expect(want{State: "in-service", Years: []string{"1: 2025-10-09..2026-10-08 110000.00"}})
	s.sound()
}

// When the data is gone and nothing is owed, the workflow is over. Money that comes all the same is booked.
func TestContract_MoneyThatComesAfterTheEndOfEverythingIsBooked(t *testing.T) { // §5.4 §7.2
	t.Parallel()
	s := begin(t, "2025-09-26 09:00", soon)
	s.comesIntoService()
	s.at("2026-03-02 11:00", terminates("2026-03-02", message.Agreement))
	s.at("2026-03-03 10:00", confirms("chen"), confirms("wang"))
	s.until("2026-03-20 00:00")
	if !s.over {
		t.Fatal("the workflow is not over")
	}
	late := func(d deed) string {
		body, err := json.Marshal(d.body)
		must(t, err)
		act, _, err := s.store.Submit(t.Context(), message.Act{
			ID: d.id, Name: d.name, Contract: s.form.Number, Actor: message.Actor{Who: d.who, Way: "story"},
			ReceivedAt: instant(t, "2026-04-01 10:00"), Body: body,
		})
		must(t, err)
		view, err := s.store.View(t.Context(), s.form.Number)
		must(t, err)
		answer, err := intake.Intake{Store: s.store}.Late(t.Context(), act, view)
		must(t, err)
		if answer.Refusal != nil {
			return answer.Refusal.Code
		}
		return ""
	}
	for _, tt := range []struct {
		deed deed
		code string
	}{
		{paysOn("7.00", "LATE-1", "2026-03-31"), ""},
		{pays("7.00", "LATE-1").as("again"), ""},
		{pays("7.01", "LATE-1").as("another amount"), "reference_reused"},
		{paysOn("7.00", "LATE-2", "2026-04-02").as("tomorrow"), "future_day"},
		{pays("3.00", "LATE-2"), ""},
	} {
		if code := late(tt.deed); code != tt.code {
			t.Errorf("%s is answered with %q, want %q", tt.deed.id, code, tt.code)
		}
	}
	s.wantUnapplied("120010.00", "10.00")
	_, found, err := s.store.Audit(t.Context())
	must(t, err)
	if len(found) > 0 {
		t.Errorf("the books do not hold:\n%s", findings(found))
	}
	books, err := s.store.Account(t.Context(), s.form.Number)
	must(t, err)
	for _, b := range books.Balances {
		if want := map[string]string{"1002": "120010.00", "2203": "-10.00", "1122": "0.00"}[b.Account]; want != "" && b.Balance.String() != want {
			t.Errorf("account %s is %s, want %s", b.Account, b.Balance, want)
		}
	}
}

// A fresh history knows all money as the one before it did, and so do the books: nothing is booked by beginning anew.
func TestContract_ContinueAsNewKeepsAllMoney(t *testing.T) { // §1.4 §5.4 §5.6
	t.Parallel()
	s := begin(t, "2025-09-26 09:00", soon)
	s.comesIntoService()
	s.at("2026-03-02 10:00", pays("1000.00", "KEPT"), pays("2000.00", "MOVED"), pays("4000.00", "GONE"), pays("8000.00", "OVER"))
	s.at("2026-03-02 11:00", unapplies("KEPT"), moves("MOVED", "HT-2025-002"), reverses("GONE"), wantsBack("3000.00"), wantsBack("5000.00"))
	s.at("2026-03-02 12:00", approves("refund/1", "wang"))
	s.at("2026-09-22 11:00", offers(fee, nil))
	s.at("2026-09-28 11:00", accepts())
	s.at("2026-10-08 10:00", pays("100000.00", "R2"))
	s.until("2026-10-19 23:59")
	was, before := s.state, s.documents()
	s.until("2026-10-20 00:01")
	now := s.state
	if len(now.Years) != 2 || s.runs < 3 {
		t.Fatalf("the second year is not there, in %d runs", s.runs)
	}
	for _, tt := range []struct {
		what      string
		got, want any
	}{
		{"receipts", now.Receipts, was.Receipts}, {"fees", now.Fees, was.Fees}, {"refunds", now.Refunds, was.Refunds},
	} {
		if got, want := text(t, tt.got), text(t, tt.want); got != want {
			t.Errorf("the %s are\n%s\nwant\n%s", tt.what, got, want)
		}
	}
	s.compare("documents", s.documents(), before)
	s.sound()
	// And it goes on where it stood.
	s.at("2026-11-02 10:00",
		applies("KEPT").as("applied again"), pays("4000.00", "GONE").as("reversed for ever"), pays("2000.00", "MOVED").as("back"),
		paysBack("refund/1").as("paid"), paysBack("refund/2").as("unapproved"), approves("refund/2", "LIN").as("herself"),
		pays("17000.00", "R3").as("the rest"))
	s.until("2026-11-02 12:00")
	s.wantTold(map[string]string{
		"applied again": "", "reversed for ever": "receipt_reversed", "back": "", "paid": "", "unapproved": "not_approved",
		"herself": "same_person", "the rest": "",
	})
	s.compare("fees", s.duties("renewal-fee/"), []string{
		"renewal-fee/2: opened 2026-09-28 11:00, due 2026-10-19, met-late 2026-11-02 10:00",
	})
	s.wantUnapplied("248000.00", "0.00")
	s.sound()
}
