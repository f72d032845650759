package ledger_test

import (
	"testing"

	"lvyue/internal/ledger"
	"lvyue/internal/message"
	"lvyue/internal/money"
	"lvyue/internal/workday"
)

// receipts are one that counts, one that is kept back, one that the bank took back, and one that was another's.
func receipts() []message.Receipt {
	kept, reversed, moved := named("KEPT", "2.00", 1), named("REVERSED", "4.00", 1), named("MOVED", "8.00", 1)
	kept.Held = true
	reversed.Gone, moved.Gone = &message.Gone{Why: message.Reversed}, &message.Gone{Why: message.Moved}
	return []message.Receipt{named("R1", "1.00", 1), kept, reversed, moved}
}

func TestOnlyAReceiptThatCountsGoesBack(t *testing.T) { // §5.4
	t.Parallel()
	for _, tt := range []struct{ reference, on, code string }{
		{"R1", "", ""},
		{"R1", "2027-03-10", ""},
		{"R1", "2027-03-01", ""},
		{"R1", "2027-03-11", "future_day"},
		{"KEPT", "", ""},
		{"REVERSED", "", "receipt_gone"},
		{"MOVED", "", "receipt_gone"},
		{"MOVED", "2027-03-11", "receipt_gone"},
		{"R2", "", "unknown_receipt"},
		{"r1", "", "unknown_receipt"},
		{"", "", "unknown_receipt"},
	} {
		r := message.Return{Reference: tt.reference, On: dayOrNone(tt.on)}
		wantCode(t, tt.reference+" on "+tt.on, ledger.RefuseReturn(receipts(), noon(), r), tt.code)
	}
}

func TestMoneyIsMovedToAnotherContractThatIsNamed(t *testing.T) { // §5.4
	t.Parallel()
	for _, tt := range []struct{ reference, to, on, code string }{
		{"R1", "HT-2", "", ""},
		{"R1", "HT-1", "", "bad_move"},
		{"R1", "", "", "bad_move"},
		{"R1", "HT-2", "2027-03-11", "future_day"},
		{"MOVED", "HT-2", "", "receipt_gone"},
		{"R2", "HT-2", "", "unknown_receipt"},
	} {
		r := message.Return{Reference: tt.reference, To: tt.to, On: dayOrNone(tt.on)}
		wantCode(t, tt.reference+" to "+tt.to, ledger.RefuseMove("HT-1", receipts(), noon(), r), tt.code)
	}
}

func TestAReceiptIsKeptBackOnceAndAppliedAgainOnce(t *testing.T) { // §5.4
	t.Parallel()
	for _, tt := range []struct {
		reference string
		held      bool
		code      string
	}{
		{"R1", false, ""},
		{"R1", true, "nothing_to_do"},
		{"KEPT", true, ""},
		{"KEPT", false, "nothing_to_do"},
		{"REVERSED", false, "receipt_gone"},
		{"MOVED", true, "receipt_gone"},
		{"R2", false, "unknown_receipt"},
	} {
		wantCode(t, tt.reference, ledger.RefuseKeeping(receipts(), tt.reference, tt.held), tt.code)
	}
}

// What the bank took back never comes again under its reference, unless with another amount, which corrects a slip; what was
// another's may come back, also another part of it.
func TestMoneyThatIsGoneComesAgainOnlyIfItWasMovedOrMistyped(t *testing.T) { // §5.4
	t.Parallel()
	for _, tt := range []struct{ reference, amount, on, code string }{
		{"REVERSED", "4.00", "", "receipt_reversed"},
		{"REVERSED", "5.00", "", ""},
		{"MOVED", "8.00", "", ""},
		{"MOVED", "8.00", "2027-03-11", "future_day"},
		{"MOVED", "8.01", "", ""},
		{"R1", "1.00", "", ""},
		{"R1", "1.01", "", "reference_reused"},
	} {
		p := message.Payment{Reference: tt.reference, Amount: money.MustParse(tt.amount), On: dayOrNone(tt.on)}
		wantCode(t, tt.reference+" "+tt.amount, ledger.RefuseReceipt(receipts(), noon(), p), tt.code)
	}
	if _, counts := ledger.Recorded(receipts(), "MOVED"); counts {
		t.Error("a receipt that was moved away counts")
	}
	if r, ever := ledger.Told(receipts(), "MOVED"); !ever || r.Amount.String() != "8.00" {
		t.Errorf("the receipt that was moved away is told as %v, %v", r, ever)
	}
}

func TestTheEndOfAReceiptSaysWhyWhenAndByWhom(t *testing.T) { // §5.4
	t.Parallel()
	told := message.Return{Reference: "R1", On: workday.MustDate("2027-03-08"), BankReference: "BACK-1", Line: 7, To: "HT-2"}
	want := message.Gone{
		Why: message.Reversed, On: workday.MustDate("2027-03-08"), By: "lin", Reference: "BACK-1", Line: 7, To: "HT-2",
	}
	if got := ledger.NewGone(noon(), "lin", told, message.Reversed); got != want {
		t.Errorf("%+v, want %+v", got, want)
	}
	if got := ledger.NewGone(noon(), "lin", message.Return{}, message.Moved).On.String(); got != "2027-03-10" {
		t.Errorf("without a day it is of %s, want that of its receipt", got)
	}
}
