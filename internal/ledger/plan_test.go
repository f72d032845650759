package ledger_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"lvyue/internal/ledger"
	"lvyue/internal/message"
	"lvyue/internal/money"
	"lvyue/internal/workday"
)

// tale is the books of one contract that are brought from picture to picture.
type tale struct {
	*shadow

	t *testing.T
	m message.Money
}

// begins is a tale of one fee, issued on that day.
func begins(t *testing.T, on, fee string) *tale {
	t.Helper()
	b := &tale{shadow: newShadow(), t: t}
	b.m.Charges = []message.Charge{{Obligation: "fee/1", Kind: message.AnnualFee, Year: 1, Amount: money.MustParse(fee)}}
	b.wants(on, "invoice fee/1/1 "+fee+" on "+on)
	return b
}

// comes is money that came on a day.
func (b *tale) comes(reference, amount, on string) {
	day := workday.MustDate(on)
	b.m.Receipts = append(b.m.Receipts, message.Receipt{
		Reference: reference, Amount: money.MustParse(amount), On: day, At: day.Start(),
	})
}

// gives is what is applied in the picture: "R1 fee/1 60.00".
func (b *tale) gives(applied ...string) {
	b.m.Applied = nil
	for _, line := range applied {
		words := strings.Fields(line)
		b.m.Applied = append(b.m.Applied, message.Applied{Reference: words[0], To: words[1], Amount: money.MustParse(words[2])})
	}
}

// wants brings the books to the picture on a day, and compares what is written.
func (b *tale) wants(on string, documents ...string) {
	b.t.Helper()
	got := lines(b.bring(b.t, b.m, workday.MustDate(on)))
	b.settled(b.t, b.m)
	if !slices.Equal(got, documents) {
		b.t.Errorf("on %s these are written\n\t%s\nwant\n\t%s", on, strings.Join(got, "\n\t"), strings.Join(documents, "\n\t"))
	}
}

// lines are documents as a person reads them.
func lines(documents []ledger.Document) []string {
	var all []string
	for _, d := range documents {
		line := ""
		switch d := d.(type) {
		case ledger.Issue:
			line = fmt.Sprintf("invoice %s %s on %s", d.Key, d.Charge.Amount, d.On)
		case ledger.CreditNote:
			line = fmt.Sprintf("credit %s %s (%s net, %s earned) %s on %s", d.Key, d.Gross, d.Net, d.Earned, d.Reason, d.On)
		case ledger.Plan:
			line = fmt.Sprintf("plan %s: %s", d.Cause, written(d.Rows))
		case ledger.MoveDue:
			line = fmt.Sprintf("due %s on %s", d.Invoice, d.On)
		case ledger.Receive:
			line = fmt.Sprintf("payment %s %s on %s", d.Key, d.Receipt.Amount, d.On)
		case ledger.LetGo:
			line = fmt.Sprintf("%s %s, the bank says %s, on %s", d.Gone.Why, d.Payment, d.Reference, d.On)
		case ledger.Apply:
			line = fmt.Sprintf("apply %s of %s to %s on %s", d.Amount, d.Payment, d.Invoice+d.Refund, d.On)
		case ledger.WriteOff:
			line = fmt.Sprintf("let go %s of %s on %s", d.Amount, d.Invoice, d.On)
		case ledger.Ask:
			line = fmt.Sprintf("ask %s %s", d.Obligation, d.Amount)
		case ledger.Approve:
			line = "approve " + d.Obligation
		case ledger.Confirm:
			line = "confirm " + d.Obligation + " " + d.Red
		case ledger.PayOut:
			line = fmt.Sprintf("pay %s %s on %s", d.Obligation, d.Amount, d.On)
		}
		all = append(all, strings.NewReplacer(number+"/invoice/", "", number+"/payment/", "").Replace(line))
	}
	return all
}

func TestBring_FreshMoneyCountsFromTheDayOnWhichItCame(t *testing.T) { // §5.4
	t.Parallel()
	for name, tt := range map[string]struct{ came, closed, payment, applied string }{
		"on the day itself":               {"2026-02-10", "", "2026-02-10", "2026-02-10"},
		"days before":                     {"2026-02-03", "", "2026-02-03", "2026-02-03"},
		"on the day of the invoice":       {"2026-01-15", "", "2026-01-15", "2026-01-15"},
		"before there was an invoice":     {"2026-01-14", "", "2026-01-14", "2026-01-15"},
		"in the last month that is open":  {"2026-02-01", "2026-02-01", "2026-02-01", "2026-02-01"},
		"in a month that is closed":       {"2026-01-31", "2026-02-01", "2026-02-01", "2026-02-01"},
		"long ago, before all open books": {"2025-11-02", "2026-02-28", "2026-02-01", "2026-02-01"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			b := begins(t, "2026-01-15", "100.00")
			if tt.closed != "" {
				b.closeBefore(workday.MustDate(tt.closed))
			}
			b.comes("R1", "100.00", tt.came)
			b.gives("R1 fee/1 100.00")
			b.wants("2026-02-10", "payment R1/1 100.00 on "+tt.payment, "apply 100.00 of R1/1 to fee/1/1 on "+tt.applied)
		})
	}
}

// Money that must find its place first counts there from the day of the step.
func TestBring_MoneyForWhichRoomIsMadeCountsFromTheDayOfTheStep(t *testing.T) { // §5.4 §6.4
	t.Parallel()
	t.Run("other money is taken off", func(t *testing.T) {
		t.Parallel()
		b := begins(t, "2026-01-15", "100.00")
		b.comes("R2", "100.00", "2026-02-05")
		b.gives("R2 fee/1 100.00")
		b.wants("2026-02-05", "payment R2/1 100.00 on 2026-02-05", "apply 100.00 of R2/1 to fee/1/1 on 2026-02-05")
		b.comes("R1", "60.00", "2026-02-03")
		b.gives("R1 fee/1 60.00", "R2 fee/1 40.00")
		b.wants("2026-02-10",
			"apply -60.00 of R2/1 to fee/1/1 on 2026-02-10",
			"payment R1/1 60.00 on 2026-02-03",
			"apply 60.00 of R1/1 to fee/1/1 on 2026-02-10")
	})
	t.Run("a waiver is taken back", func(t *testing.T) {
		t.Parallel()
		b := begins(t, "2026-01-15", "100.00")
		b.m.Charges[0].Waived = true
		b.wants("2026-02-05", "let go 100.00 of fee/1/1 on 2026-02-05")
		b.comes("R1", "60.00", "2026-02-03")
		b.gives("R1 fee/1 60.00")
		b.wants("2026-02-10",
			"let go -60.00 of fee/1/1 on 2026-02-10",
			"payment R1/1 60.00 on 2026-02-03",
			"apply 60.00 of R1/1 to fee/1/1 on 2026-02-10")
	})
	t.Run("it is set aside for a refund", func(t *testing.T) {
		t.Parallel()
		b := begins(t, "2026-01-15", "100.00")
		b.m.Refunds = []message.Refund{{Obligation: "refund/1", Reason: message.RefundOverpayment, Amount: money.MustParse("7.00")}}
		b.wants("2026-02-04", "ask refund/1 7.00")
		b.comes("R1", "107.00", "2026-02-03")
		b.gives("R1 fee/1 100.00", "R1 refund/1 7.00")
		b.wants("2026-02-10",
			"payment R1/1 107.00 on 2026-02-03",
			"apply 7.00 of R1/1 to refund/1 on 2026-02-10",
			"apply 100.00 of R1/1 to fee/1/1 on 2026-02-03")
	})
	t.Run("it came before", func(t *testing.T) {
		t.Parallel()
		b := begins(t, "2026-01-15", "100.00")
		b.comes("R1", "100.00", "2026-02-03")
		b.m.Receipts[0].Held = true
		b.wants("2026-02-03", "payment R1/1 100.00 on 2026-02-03")
		b.m.Receipts[0].Held = false
		b.gives("R1 fee/1 100.00")
		b.wants("2026-02-10", "apply 100.00 of R1/1 to fee/1/1 on 2026-02-10")
	})
}

// What is looked at later as of an earlier day must never show more on an invoice than it asks for: money dated back must
// not count on days on which other money, taken off since, was there.
func TestBring_MoneyDatedBackOverpaysNoInvoiceOnAnyDay(t *testing.T) { // §5.4
	t.Parallel()
	b := begins(t, "2026-01-15", "100.00")
	b.comes("R1", "100.00", "2026-02-03")
	b.gives("R1 fee/1 100.00")
	b.wants("2026-02-03", "payment R1/1 100.00 on 2026-02-03", "apply 100.00 of R1/1 to fee/1/1 on 2026-02-03")
	b.m.Receipts[0].Held = true
	b.gives()
	b.wants("2026-02-05", "apply -100.00 of R1/1 to fee/1/1 on 2026-02-05")
	b.comes("R2", "100.00", "2026-02-04")
	b.gives("R2 fee/1 100.00")
	b.wants("2026-02-06", "payment R2/1 100.00 on 2026-02-04", "apply 100.00 of R2/1 to fee/1/1 on 2026-02-05")
}

func TestBring_AnotherPriceIsAnotherInvoice(t *testing.T) { // §6.4
	t.Parallel()
	b := begins(t, "2026-01-15", "106.00")
	b.comes("R1", "50.00", "2026-02-03")
	b.gives("R1 fee/1 50.00")
	b.wants("2026-02-03", "payment R1/1 50.00 on 2026-02-03", "apply 50.00 of R1/1 to fee/1/1 on 2026-02-03")
	b.m.Charges[0].Amount = money.MustParse("212.00")
	b.wants("2026-02-10",
		"apply -50.00 of R1/1 to fee/1/1 on 2026-02-10",
		"credit fee/1/1/credit/1 106.00 (100.00 net, 0.00 earned) repriced on 2026-02-10",
		"invoice fee/1/2 212.00 on 2026-02-10",
		"apply 50.00 of R1/1 to fee/1/2 on 2026-02-10")
	b.m.Charges[0].Amount = money.MustParse("106.00") // the price of before is a new invoice all the same
	b.gives("R1 fee/1 50.00")
	b.wants("2026-02-11",
		"apply -50.00 of R1/1 to fee/1/2 on 2026-02-11",
		"credit fee/1/2/credit/1 212.00 (200.00 net, 0.00 earned) repriced on 2026-02-11",
		"invoice fee/1/3 106.00 on 2026-02-11",
		"apply 50.00 of R1/1 to fee/1/3 on 2026-02-11")
}

// A waived fee that is repriced: what was let go of the old invoice comes back before it is taken back.
func TestBring_AWaivedFeeThatChangesIsLetGoAnew(t *testing.T) { // §6.4
	t.Parallel()
	b := begins(t, "2026-01-15", "106.00")
	b.m.Charges[0].Waived = true
	b.wants("2026-01-20", "let go 106.00 of fee/1/1 on 2026-01-20")
	b.m.Charges[0].Amount = money.MustParse("53.00")
	b.wants("2026-01-21",
		"let go -106.00 of fee/1/1 on 2026-01-21",
		"credit fee/1/1/credit/1 106.00 (100.00 net, 0.00 earned) repriced on 2026-01-21",
		"invoice fee/1/2 53.00 on 2026-01-21",
		"let go 53.00 of fee/1/2 on 2026-01-21")
}

func TestBring_AYearThatNeverBeginsIsCredited(t *testing.T) { // §7.2
	t.Parallel()
	b := begins(t, "2026-01-15", "106.00")
	b.comes("R1", "50.00", "2026-02-03")
	b.gives("R1 fee/1 50.00")
	b.wants("2026-02-03", "payment R1/1 50.00 on 2026-02-03", "apply 50.00 of R1/1 to fee/1/1 on 2026-02-03")
	b.m.Charges[0].Void = true
	b.gives()
	b.wants("2026-02-10",
		"apply -50.00 of R1/1 to fee/1/1 on 2026-02-10",
		"credit fee/1/1/credit/1 106.00 (100.00 net, 0.00 earned) void on 2026-02-10")
	b.wants("2026-02-11")
}

// A part is credited at the rate of its invoice, whatever finance has decided since; the rest of the invoice stays open.
func TestBring_APartThatGoesBackIsCreditedAtTheRateOfItsInvoice(t *testing.T) { // §1.4
	t.Parallel()
	b := begins(t, "2026-01-15", "212.00")
	b.comes("R1", "106.00", "2026-02-03")
	b.gives("R1 fee/1 106.00")
	b.wants("2026-02-03", "payment R1/1 106.00 on 2026-02-03", "apply 106.00 of R1/1 to fee/1/1 on 2026-02-03")
	b.Policy.Rate = rateOf(13)
	b.m.Refunds = []message.Refund{{Obligation: "refund/1", Reason: message.RefundShortfall, Amount: money.MustParse("106.00")}}
	b.wants("2026-02-04", "ask refund/1 106.00")
	b.m.Refunds[0].ApprovedBy, b.m.Refunds[0].ApprovedOn = "wang", workday.MustDate("2026-02-05")
	b.m.Charges[0].Credited = money.MustParse("106.00")
	b.gives("R1 refund/1 106.00")
	b.wants("2026-02-05",
		"approve refund/1",
		"apply -106.00 of R1/1 to fee/1/1 on 2026-02-05",
		"credit fee/1/1/credit/1 106.00 (100.00 net, 0.00 earned) refund on 2026-02-05",
		"apply 106.00 of R1/1 to refund/1 on 2026-02-05")
	b.m.Charges[0].Amount = money.MustParse("226.00") // §6.4: the price changes, and what went back stays back
	b.wants("2026-02-06",
		"credit fee/1/1/credit/2 106.00 (100.00 net, 0.00 earned) repriced on 2026-02-06",
		"invoice fee/1/2 226.00 on 2026-02-06",
		"credit fee/1/2/credit/1 106.00 (93.81 net, 0.00 earned) refund on 2026-02-06")
	b.m.Refunds[0].PaidOn = workday.MustDate("2026-02-07")
	b.wants("2026-02-09", "pay refund/1 106.00 on 2026-02-07")
}

// What a closed month has earned is taken from revenue at once, and only after all that is not earned yet.
func TestBring_RevenueOfClosedMonthsIsTakenBackLast(t *testing.T) { // §1.4 §5.1
	t.Parallel()
	for name, tt := range map[string]struct {
		closed, back string
		want         []string
	}{
		"nothing is earned": {"2026-01-01", "424.00", []string{
			"credit fee/1/1/credit/1 424.00 (400.00 net, 0.00 earned) refund on 2026-04-10",
			"plan fee/1/1/credit/1: 2026-01 -100.00, 2026-02 -100.00, 2026-03 -100.00, 2026-04 -100.00",
		}},
		"two months are": {"2026-03-01", "424.00", []string{
			"credit fee/1/1/credit/1 424.00 (400.00 net, 200.00 earned) refund on 2026-04-10",
			"plan fee/1/1/credit/1: 2026-03 -100.00, 2026-04 -100.00",
			"plan fee/1/1/credit/1/earned: 2026-04 -200.00",
		}},
		"two months are, and just as much stays": {"2026-03-01", "212.00", []string{
			"credit fee/1/1/credit/1 212.00 (200.00 net, 0.00 earned) refund on 2026-04-10",
			"plan fee/1/1/credit/1: 2026-03 -100.00, 2026-04 -100.00",
		}},
		"two months are, and a fen less": {"2026-03-01", "212.01", []string{
			"credit fee/1/1/credit/1 212.01 (200.01 net, 0.01 earned) refund on 2026-04-10",
			"plan fee/1/1/credit/1: 2026-03 -100.00, 2026-04 -100.00",
			"plan fee/1/1/credit/1/earned: 2026-04 -0.01",
		}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			b := &tale{shadow: newShadow(), t: t}
			b.Policy.Grain = ledger.ByMonth
			b.m.Charges = []message.Charge{{
				Obligation: "fee/1", Kind: message.AnnualFee, Year: 1, Amount: money.MustParse("424.00"),
				First: workday.MustDate("2026-01-01"), Last: workday.MustDate("2026-04-30"),
			}}
			b.wants("2026-01-01", "invoice fee/1/1 424.00 on 2026-01-01",
				"plan fee/1/1: 2026-01 100.00, 2026-02 100.00, 2026-03 100.00, 2026-04 100.00")
			b.closeBefore(workday.MustDate(tt.closed))
			b.m.Charges[0].Credited = money.MustParse(tt.back)
			b.wants("2026-04-10", tt.want...)
		})
	}
}

// The schedule of a service that gets its days late puts what closed months would have earned into the first open one.
func TestBring_WhatClosedMonthsMissedIsEarnedInTheFirstOpenOne(t *testing.T) { // §5.1
	t.Parallel()
	for _, tt := range []struct{ closed, first, last, want string }{
		{"2026-01-01", "2026-01-01", "2026-04-30", "2026-01 100.00, 2026-02 100.00, 2026-03 100.00, 2026-04 100.00"},
		{"2026-03-01", "2026-01-01", "2026-04-30", "2026-03 300.00, 2026-04 100.00"},
		{"2026-05-01", "2026-01-01", "2026-04-30", "2026-05 400.00"},
		{"2026-07-01", "2026-01-01", "2026-04-30", "2026-07 400.00"},
		{"2026-03-01", "2026-02-01", "2026-05-31", "2026-03 200.00, 2026-04 100.00, 2026-05 100.00"},
	} {
		b := begins(t, "2026-01-01", "424.00")
		b.Policy.Grain = ledger.ByMonth
		b.closeBefore(workday.MustDate(tt.closed))
		b.m.Charges[0].First, b.m.Charges[0].Last = workday.MustDate(tt.first), workday.MustDate(tt.last)
		b.wants("2026-07-10", "plan fee/1/1: "+tt.want)
		b.wants("2026-07-11")
	}
}

// Money that was another's ends; when it comes back under its reference it is the second payment of that reference.
func TestBring_MoneyThatComesBackIsAPaymentOfItsOwn(t *testing.T) { // §5.4
	t.Parallel()
	b := begins(t, "2026-01-15", "100.00")
	b.comes("R1", "100.00", "2026-02-03")
	b.gives("R1 fee/1 100.00")
	b.wants("2026-02-03", "payment R1/1 100.00 on 2026-02-03", "apply 100.00 of R1/1 to fee/1/1 on 2026-02-03")
	b.m.Receipts[0].Gone = &message.Gone{Why: message.Moved, On: workday.MustDate("2026-02-04"), By: "lin", To: "HT-2"}
	b.gives()
	b.wants("2026-02-04",
		"apply -100.00 of R1/1 to fee/1/1 on 2026-02-04", "moved R1/1, the bank says R1/reversed, on 2026-02-04")
	b.m.Receipts[0].Gone = nil
	b.gives("R1 fee/1 100.00")
	b.wants("2026-02-06", "payment R1/2 100.00 on 2026-02-03", "apply 100.00 of R1/2 to fee/1/1 on 2026-02-04")
	b.m.Receipts[0].Gone = &message.Gone{Why: message.Reversed, On: workday.MustDate("2026-02-07"), By: "lin", Reference: "BACK-1"}
	b.gives()
	b.wants("2026-02-08",
		"apply -100.00 of R1/2 to fee/1/1 on 2026-02-08", "reversed R1/2, the bank says BACK-1, on 2026-02-08")
}

func TestBring_ADueDayIsWrittenWhenItMovesAndOnlyThen(t *testing.T) { // §5.4
	t.Parallel()
	b := begins(t, "2026-01-15", "100.00")
	b.m.Charges[0].DueOn = workday.MustDate("2026-01-22")
	b.wants("2026-01-15", "due fee/1/1 on 2026-01-22")
	b.wants("2026-01-16")
	b.m.Charges[0].DueOn = workday.MustDate("2026-01-23")
	b.wants("2026-01-17", "due fee/1/1 on 2026-01-23")
}

func TestBring_ARefundIsPaidAfterItIsAskedForApprovedAndConfirmed(t *testing.T) { // §1.4 §5.4
	t.Parallel()
	b := begins(t, "2026-01-15", "100.00")
	b.comes("R1", "110.00", "2026-01-15")
	b.m.Refunds = []message.Refund{
		{Obligation: "refund/1", Reason: message.RefundShortfall}, // of nothing: there is nothing to write
		{
			Obligation: "refund/2", Reason: message.RefundOverpayment, Amount: money.MustParse("10.00"), ApprovedBy: "wang",
			RedWanted: true, Red: "RED-1", PaidOn: workday.MustDate("2026-01-14"),
		},
	}
	b.gives("R1 fee/1 100.00", "R1 refund/2 10.00")
	b.closeBefore(workday.MustDate("2026-01-31"))
	b.wants("2026-01-15",
		"ask refund/2 10.00", "approve refund/2",
		"payment R1/1 110.00 on 2026-01-15",
		"apply 10.00 of R1/1 to refund/2 on 2026-01-15", "apply 100.00 of R1/1 to fee/1/1 on 2026-01-15",
		"confirm refund/2 RED-1", "pay refund/2 10.00 on 2026-01-14")
	b.m.Refunds[1].Dropped = true
	b.gives("R1 fee/1 100.00")
	b.wants("2026-01-16", "apply -10.00 of R1/1 to refund/2 on 2026-01-16")
}

// A step of a month that was closed meanwhile, as after an outage, is booked on the first day that is open.
func TestBring_AStepOfAClosedMonthIsBookedOnTheFirstOpenDay(t *testing.T) { // §1.4 §5.4 §6.4
	t.Parallel()
	b := begins(t, "2026-01-15", "100.00")
	b.comes("R1", "110.00", "2026-01-20")
	b.m.Refunds = []message.Refund{{Obligation: "refund/1", Reason: message.RefundOverpayment, Amount: money.MustParse("10.00")}}
	b.gives("R1 fee/1 100.00", "R1 refund/1 10.00")
	b.closeBefore(workday.MustDate("2026-03-31"))
	b.wants("2026-01-20",
		"ask refund/1 10.00",
		"payment R1/1 110.00 on 2026-03-01",
		"apply 10.00 of R1/1 to refund/1 on 2026-03-01", "apply 100.00 of R1/1 to fee/1/1 on 2026-03-01")
	b.m.Refunds[0].ApprovedBy, b.m.Refunds[0].PaidOn = "wang", workday.MustDate("2026-02-28")
	b.wants("2026-02-28", "approve refund/1", "pay refund/1 10.00 on 2026-03-01")
	b.m.Receipts[0].Gone = &message.Gone{Why: message.Reversed, On: workday.MustDate("2026-02-27"), By: "lin"}
	b.m.Charges[0].Waived = true
	b.gives()
	b.wants("2026-02-28",
		"apply -10.00 of R1/1 to refund/1 on 2026-03-01", "apply -100.00 of R1/1 to fee/1/1 on 2026-03-01",
		"let go 100.00 of fee/1/1 on 2026-03-01",
		"reversed R1/1, the bank says R1/reversed, on 2026-03-01")
	b.m.Charges[0].Amount, b.m.Charges[0].Void, b.m.Charges[0].Waived = money.MustParse("50.00"), true, false
	b.wants("2026-02-28", // void, whatever its price was last
		"let go -100.00 of fee/1/1 on 2026-03-01",
		"credit fee/1/1/credit/1 100.00 (94.34 net, 0.00 earned) void on 2026-03-01")
}
