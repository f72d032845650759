package intake

import (
	"context"
	"encoding/json"
	"fmt"
	"testing"

	"golang.org/x/sync/errgroup"

	"lvyue/internal/message"
	"lvyue/internal/money"
	"lvyue/internal/workday"
)

// destroyed is the intake of a contract whose data is destroyed, and its number. Nothing was ever received.
func destroyed(t *testing.T) (Intake, string) {
	t.Helper()
	i, form := nobody(t), exampleForm(t)
	if err := i.Store.RegisterForm(t.Context(), form); err != nil {
		t.Fatal(err)
	}
	row := message.ContractRow{
		Number: form.Number, Customer: "a", Provider: "b", AccountManager: "chen", Language: "zh",
		FormHash: form.Hash(), Phase: message.Destroyed, Fee: form.Fee,
	}
	err := i.Store.Record(t.Context(), message.Record{Contract: form.Number, Events: []message.Event{
		{Key: "end", At: received(), What: "phase", Changed: message.Changed{Contract: &row}},
	}})
	if err != nil {
		t.Fatal(err)
	}
	return i, form.Number
}

// does submits an act of a person to a contract that is over, and gives the code of its refusal, "" for none.
func does(t *testing.T, i Intake, number, id, who string, name message.ActName, body any) string {
	t.Helper()
	data, err := json.Marshal(body)
	if err != nil {
		t.Fatal(err)
	}
	act, _, err := i.Store.Submit(t.Context(), message.Act{
		ID: id, Name: name, Contract: number, Actor: message.Actor{Who: who, Way: "test"}, ReceivedAt: received(), Body: data,
	})
	if err != nil {
		t.Fatal(err)
	}
	answer, err := i.afterEnd(t.Context(), act, nil)
	if err != nil {
		t.Fatal(err)
	}
	if answer.Refusal != nil {
		return answer.Refusal.Code
	}
	return ""
}

func pays(amount, reference string) message.Payment {
	return message.Payment{Amount: money.MustParse(amount), Reference: reference}
}

func TestLate_MoneyThatCameTooLateGoesBack_WithTwoPersons(t *testing.T) { // §5.4
	t.Parallel()
	i, number := destroyed(t)
	refund := func(amount string) message.RefundRequest {
		return message.RefundRequest{Reason: message.RefundOverpayment, Amount: money.MustParse(amount)}
	}
	step := message.RefundStep{Refund: "refund/1", Reference: "OUT-1"}
	for n, tt := range []struct {
		who  string
		name message.ActName
		body any
		code string
	}{
		{"li", message.Pay, pays("70.00", "R1"), ""},
		{"li", message.Pay, pays("30.00", "R2"), ""},
		{"li", message.RequestRefund, refund("100.01"), "over_refund"},
		{"li", message.RequestRefund, message.RefundRequest{Reason: message.RefundShortfall}, "destroyed"},
		{"li", message.RequestRefund, refund("80.00"), ""},
		{"li", message.RequestRefund, refund("20.01"), "over_refund"},
		{"fang", message.PayRefund, step, "not_approved"},
		{"Li", message.ApproveRefund, step, "same_person"},
		{"fang", message.ApproveRefund, step, ""},
		{"fang", message.ApproveRefund, step, "already_approved"},
		{"fang", message.ApproveRefund, message.RefundStep{Refund: "refund/2"}, "unknown_refund"},
		{"fang", message.PayRefund, step, ""},
		{"fang", message.PayRefund, step, "not_open"},
		{"li", message.Unapply, message.Keeping{Reference: "R1"}, "destroyed"},
	} {
		if code := does(t, i, number, fmt.Sprintf("act-%d", n), tt.who, tt.name, tt.body); code != tt.code {
			t.Errorf("%d: %s of %s got %q, want %q", n, tt.name, tt.who, code, tt.code)
		}
	}
	view, err := i.Store.View(t.Context(), number)
	if err != nil {
		t.Fatal(err)
	}
	if view.Contract.Unapplied.String() != "20.00" || len(view.Obligations) != 1 || view.Obligations[0].Status != message.Met {
		t.Errorf("%s is unapplied, the duties are %+v", view.Contract.Unapplied, view.Obligations)
	}
}

func TestLate_AReceiptMayBeTakenBackAndMovedAndComeBack(t *testing.T) { // §5.4
	t.Parallel()
	i, number := destroyed(t)
	for n, tt := range []struct {
		name message.ActName
		body any
		code string
	}{
		{message.Pay, pays("70.00", "R1"), ""},
		{message.Pay, pays("30.00", "R2"), ""},
		{message.Reverse, message.Return{Reference: "R3"}, "unknown_receipt"},
		{message.Reverse, message.Return{Reference: "R1", On: workday.MustDate("2027-03-11")}, "future_day"},
		{message.Reverse, message.Return{Reference: "R1"}, ""},
		{message.Reverse, message.Return{Reference: "R1"}, "receipt_gone"},
		{message.Pay, pays("70.00", "R1"), "receipt_reversed"},
		{message.MoveReceipt, message.Return{Reference: "R2", To: number}, "bad_move"},
		{message.MoveReceipt, message.Return{Reference: "R2", To: "HT-9"}, ""},
		{message.Pay, pays("30.00", "R2"), ""},
		{message.Pay, pays("31.00", "R2"), "reference_reused"},
	} {
		if code := does(t, i, number, fmt.Sprintf("act-%d", n), "li", tt.name, tt.body); code != tt.code {
			t.Errorf("%d: %s got %q, want %q", n, tt.name, code, tt.code)
		}
	}
	view, err := i.Store.View(t.Context(), number)
	if err != nil {
		t.Fatal(err)
	}
	if view.Contract.Received.String() != "30.00" || view.Contract.Unapplied.String() != "30.00" {
		t.Errorf("received %s, unapplied %s", view.Contract.Received, view.Contract.Unapplied)
	}
}

func TestLate_WhoActsAtOnceDoesSoOneAfterTheOther(t *testing.T) { // §5.4
	t.Parallel()
	i, number := destroyed(t)
	const many = 20
	group, ctx := errgroup.WithContext(t.Context())
	for n := range many {
		act, _, err := i.Store.Submit(t.Context(), payAct(t, fmt.Sprintf("late-%d", n), number, "5.00", fmt.Sprintf("R%d", n)))
		if err != nil {
			t.Fatal(err)
		}
		group.Go(func() error {
			answer, err := i.afterEnd(context.WithoutCancel(ctx), act, nil)
			if err == nil && answer.Refusal != nil {
				err = answer.Refusal
			}
			return err
		})
	}
	if err := group.Wait(); err != nil {
		t.Fatal(err)
	}
	m, _, err := i.Store.Money(t.Context(), number)
	if err != nil {
		t.Fatal(err)
	}
	if received, unapplied := m.Balance(); len(m.Receipts) != many || received.String() != "100.00" || unapplied.String() != "100.00" {
		t.Errorf("%d receipts, %s received, %s unapplied", len(m.Receipts), received, unapplied)
	}
}
