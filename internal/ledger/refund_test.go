package ledger_test

import (
	"testing"

	"lvyue/internal/ledger"
	"lvyue/internal/message"
	"lvyue/internal/money"
	"lvyue/internal/refusal"
	"lvyue/internal/workday"
)

// wantCode compares the code of a refusal, "" for a yes, and wants its sentence in both languages.
func wantCode(t *testing.T, what string, no *refusal.Refusal, want string) {
	t.Helper()
	got := ""
	if no != nil {
		got = no.Code
		if no.ZH == "" || no.EN == "" {
			t.Errorf("%s: %s is said in one language only", what, no.Code)
		}
	}
	if got != want {
		t.Errorf("%s: %q, want %q", what, got, want)
	}
}

func TestOnlyWhatNothingUsesGoesBackAsOverpayment(t *testing.T) { // §5.4
	t.Parallel()
	for _, tt := range []struct{ amount, unused, code string }{
		{"10.00", "10.00", ""},
		{"9.99", "10.00", ""},
		{"0.01", "10.00", ""},
		{"10.01", "10.00", "over_refund"},
		{"0.01", "0.00", "over_refund"},
		{"0.00", "10.00", "bad_amount"},
		{"-0.01", "10.00", "bad_amount"},
		{"0.00", "0.00", "bad_amount"},
	} {
		no := ledger.RefuseOverRefund(money.MustParse(tt.amount), money.MustParse(tt.unused))
		wantCode(t, tt.amount+" of "+tt.unused, no, tt.code)
	}
}

func TestFeesOfWhichNothingWasPaidDoNotGoBack(t *testing.T) { // §1.4
	t.Parallel()
	wantCode(t, "nothing", ledger.RefuseNothing(money.CNY{}), "nothing_paid")
	wantCode(t, "a fen", ledger.RefuseNothing(money.MustParse("0.01")), "")
}

func TestARefundIsApprovedOnceByAnotherPerson(t *testing.T) { // §1.4
	t.Parallel()
	for _, tt := range []struct{ asked, approved, who, code string }{
		{"lin", "", "wang", ""},
		{"lin", "", "li", ""},
		{"lin", "", "lin", "same_person"},
		{"lin", "", "LIN", "same_person"},
		{"Lin", "", " lin\t", "same_person"},
		{" lin ", "", "lin", "same_person"},
		{"林", "", "林", "same_person"},
		{"lin", "wang", "zhao", "already_approved"},
		{"lin", "wang", "lin", "already_approved"},
	} {
		r := message.Refund{RequestedBy: tt.asked, ApprovedBy: tt.approved}
		wantCode(t, tt.who+" after "+tt.asked+" and "+tt.approved, ledger.RefuseApproval(r, tt.who), tt.code)
	}
}

func TestARefundOfFeesIsApprovedOnlyAsLongAsItIsWhatWasPaid(t *testing.T) { // §1.4
	t.Parallel()
	r := message.Refund{Amount: money.MustParse("120000.00")}
	for _, tt := range []struct{ paid, unused, code string }{
		{"120000.00", "0.00", ""},
		{"119999.99", "0.00", "refund_changed"},
		{"120000.01", "0.00", "refund_changed"},
		{"0.00", "0.00", "refund_changed"},
		// What was paid ahead for a year that never begins is unused by now.
		{"70000.00", "50000.00", ""},
		{"70000.00", "49999.99", "refund_changed"},
		{"70000.00", "50000.01", ""},
		{"120000.01", "7.00", "refund_changed"},
		{"0.00", "120000.00", ""},
	} {
		no := ledger.RefuseChanged(r, money.MustParse(tt.paid), money.MustParse(tt.unused))
		wantCode(t, tt.paid+" and "+tt.unused, no, tt.code)
	}
}

func TestARedFapiaoIsConfirmedOnceAndOnlyWhereOneIsWanted(t *testing.T) { // §1.4
	t.Parallel()
	approved := message.Refund{ApprovedBy: "wang", RedWanted: true}
	unwanted, confirmed := approved, approved
	unwanted.RedWanted, confirmed.Red = false, "RED-1"
	for name, tt := range map[string]struct {
		refund       message.Refund
		confirmation string
		code         string
	}{
		"approved and wanted":   {approved, "RED-1", ""},
		"without a number":      {approved, "", "bad_confirmation"},
		"with a number of none": {approved, " ", "bad_confirmation"},
		"not approved":          {message.Refund{RedWanted: true}, "RED-1", "not_approved"},
		"none is wanted":        {unwanted, "RED-1", "no_red_wanted"},
		"confirmed before":      {confirmed, "RED-1", "already_confirmed"},
	} {
		no := ledger.RefuseRed(tt.refund, message.RefundStep{Confirmation: tt.confirmation})
		wantCode(t, name, no, tt.code)
	}
}

func TestARefundIsPaidWithMoneyThatIsThere(t *testing.T) { // §5.4
	t.Parallel()
	r := message.Refund{Obligation: "refund/1", Amount: money.MustParse("10.00"), ApprovedBy: "wang"}
	for _, tt := range []struct{ there, code string }{{"10.00", ""}, {"10.01", ""}, {"9.99", "not_set_aside"}, {"0.00", "not_set_aside"}} {
		wantCode(t, tt.there, ledger.RefuseUnbacked(r, money.MustParse(tt.there)), tt.code)
		m := message.Money{Refunds: []message.Refund{r}, Applied: []message.Applied{
			{Reference: "R1", To: "fee/1", Amount: money.MustParse("10.00")},
			{Reference: "R1", To: "refund/1", Amount: money.MustParse(tt.there)},
		}}
		_, no := ledger.LateStep(m, noon(), "lin", message.PayRefund, message.RefundStep{Refund: "refund/1", Reference: "OUT-1"})
		wantCode(t, tt.there+" after the contract's end", no, tt.code)
	}
}

func TestARefundIsPaidAfterItsApprovalAndItsRedFapiao(t *testing.T) { // §1.4
	t.Parallel()
	approved := message.Refund{ApprovedBy: "wang", ApprovedOn: workday.MustDate("2027-03-05")}
	unred, red := approved, approved
	unred.RedWanted = true
	red.RedWanted, red.Red = true, "RED-1"
	for name, tt := range map[string]struct {
		refund message.Refund
		on     string
		code   string
	}{
		"today":                             {approved, "", ""},
		"today, by its name":                {approved, "2027-03-10", ""},
		"on the day of its approval":        {approved, "2027-03-05", ""},
		"on the day before its approval":    {approved, "2027-03-04", "past_day"},
		"tomorrow":                          {approved, "2027-03-11", "future_day"},
		"not approved":                      {message.Refund{}, "", "not_approved"},
		"the red fapiao is not confirmed":   {unred, "", "red_missing"},
		"the red fapiao is confirmed":       {red, "", ""},
		"neither approved, nor red":         {message.Refund{RedWanted: true}, "", "not_approved"},
		"a red fapiao not wanted, but told": {message.Refund{ApprovedBy: "wang", Red: "RED-1"}, "", ""},
	} {
		no := ledger.RefusePayout(tt.refund, noon(), message.RefundStep{Reference: "OUT-1", On: dayOrNone(tt.on)})
		wantCode(t, name, no, tt.code)
	}
	wantCode(t, "without the bank's reference", ledger.RefusePayout(approved, noon(), message.RefundStep{}), "bad_payment")
}
