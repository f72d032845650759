package test

import (
	"fmt"
	"testing"

	"golang.org/x/sync/errgroup"

	"lvyue/internal/contract"
	"lvyue/internal/message"
	"lvyue/internal/money"
	"lvyue/internal/workday"
)

// What comes at once after the end of everything is recorded as if it had come one after the other: each reference is
// one receipt, whatever the order, and what was received is their sum.
func TestLate_ReceiptsAtOnceAreEachRecordedOnce_5_4(t *testing.T) {
	t.Parallel()
	d := openDesk(t, instant("2025-09-26 10:00"))
	form := acme(t)
	d.toTheEnd(t, form)
	const many = 20
	paid := func(i int) message.Payment { // ten of their own, five the same, five the same but for the amount
		p := message.Payment{Amount: money.MustParse("10.00"), Reference: fmt.Sprintf("OWN-%d", i)}
		switch {
		case i >= 15:
			p.Amount, p.Reference = money.MustParse(fmt.Sprintf("%d.00", i)), "OTHERWISE"
		case i >= 10:
			p.Reference = "SAME"
		}
		return p
	}
	var together errgroup.Group
	for i := range many {
		together.Go(func() error {
			code := d.take(t, form.Number, fmt.Sprintf("late-%d", i), "2025-12-01 10:00", message.Pay, paid(i), nil)
			if code != "" && (code != "reference_reused" || paid(i).Reference != "OTHERWISE") {
				t.Errorf("%s of %s is refused: %s", paid(i).Reference, paid(i).Amount, code)
			}
			return nil
		})
	}
	_ = together.Wait() // none of them returns an error
	view, err := d.Store.View(t.Context(), form.Number)
	if err != nil {
		t.Fatal(err)
	}
	stands := map[string]money.CNY{}
	sum := form.Fee
	for _, r := range view.Receipts {
		if _, twice := stands[r.Reference]; twice {
			t.Errorf("%s is recorded twice", r.Reference)
		}
		if stands[r.Reference] = r.Amount; r.Reference != "R1" {
			sum = sum.Add(r.Amount)
		}
	}
	if got := view.Contract.Received; !got.Equal(sum) || len(stands) != 1+10+1+1 {
		t.Errorf("%s were received in %d receipts, want %s in 13", got, len(stands), sum)
	}
	again := message.Payment{Amount: money.MustParse("99.00"), Reference: "SAME"}
	if code := d.take(t, form.Number, "otherwise", "2025-12-02 10:00", message.Pay, again, nil); code != "reference_reused" {
		t.Errorf("another amount under a known reference is answered with %q", code)
	}
	d.evidence(t, form.Number) // its chain holds
}

// toTheEnd takes a contract from its signature to the destruction of its data.
func (d desk) toTheEnd(t *testing.T, form contract.Form) {
	t.Helper()
	destroys := message.Confirmation{What: "destruction"}
	for i, a := range []struct {
		at   string
		name message.ActName
		who  string
		body any
	}{
		{"2025-09-26 10:00", message.Sign, "chen", message.Signature{By: message.Customer, FormHash: form.Hash()}},
		{"2025-09-26 16:00", message.Sign, "chen", message.Signature{By: message.Provider, FormHash: form.Hash()}},
		{"2025-10-09 15:00", message.Pay, "chen", message.Payment{Amount: form.Fee, Reference: "R1"}},
		{"2025-11-03 10:00", message.Terminate, "chen", message.Termination{Ground: message.Agreement, On: workday.MustDate("2025-11-03")}},
		{"2025-11-04 10:00", message.Confirm, "chen", destroys},
		{"2025-11-04 11:00", message.Confirm, "wang", destroys},
	} {
		d.advance(t, form.Number, instant(a.at))
		act := d.act(t, form.Number, fmt.Sprintf("life-%d", i), a.name, instant(a.at), a.body)
		act.Actor.Who = a.who
		if _, answer, err := d.Take(t.Context(), act, &form); err != nil || answer.Refusal != nil {
			t.Fatalf("%s of %s: %+v, %v", a.name, a.at, answer, err)
		}
	}
	await(t, "the end", func() bool {
		_, err := d.push(t, d.id(form.Number), instant("2025-11-04 11:00"))
		view, gone := d.Store.View(t.Context(), form.Number)
		return err != nil && gone == nil && view.Contract.Phase == message.Destroyed
	})
}
