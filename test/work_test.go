package test

import (
	"slices"
	"sync/atomic"
	"testing"
	"time"

	"lvyue/internal/aliyunsim"
	"lvyue/internal/contract"
	"lvyue/internal/message"
	"lvyue/internal/workday"
)

// slow is an engine before a vendor that takes 100 hours for a database, with a contract that has been paid.
func slow(t *testing.T) (desk, contract.Form, func(string)) {
	t.Helper()
	var now atomic.Pointer[time.Time]
	stand := func(at time.Time) { now.Store(&at) }
	stand(instant("2025-09-26 10:00"))
	d := openDeskBefore(t, *now.Load(), aliyunsim.Options{Clock: func() time.Time { return *now.Load() }, DeployTakes: 100 * time.Hour})
	form := acme(t)
	for i, a := range []struct {
		at   string
		name message.ActName
		body any
	}{
		{"2025-09-26 10:00", message.Sign, message.Signature{By: message.Customer, FormHash: form.Hash()}},
		{"2025-09-26 16:00", message.Sign, message.Signature{By: message.Provider, FormHash: form.Hash()}},
		{"2025-10-09 15:00", message.Pay, message.Payment{Amount: form.Fee, Reference: "R1"}},
	} {
		stand(instant(a.at))
		d.advance(t, form.Number, instant(a.at))
		if code := d.take(t, form.Number, []string{"customer", "provider", "paid"}[i], a.at, a.name, a.body, &form); code != "" {
			t.Fatalf("%s is refused: %s", a.name, code)
		}
	}
	return d, form, func(at string) {
		stand(instant(at))
		d.goOn(t, form.Number, instant(at))
	}
}

// goOn moves the clocks of a contract and of its works to the instant, also of works that are not over then.
func (d desk) goOn(t *testing.T, number string, to time.Time) {
	t.Helper()
	for range 3 {
		stands, err := d.push(t, d.id(number), to)
		if err != nil {
			return // over
		}
		for _, id := range stands.Works {
			_, _ = d.push(t, id, to) // a work that is over has no clock
		}
	}
}

// cancel ends a work by hand, as an operator may on the server, and waits until the contract has heard of it.
func (d desk) cancel(t *testing.T, number, duty string) {
	t.Helper()
	if err := d.Client.CancelWorkflow(t.Context(), message.ChildID(d.id(number), duty, 1), ""); err != nil {
		t.Fatal(err)
	}
	await(t, "the duty is left to a person", func() bool { return d.duty(t, number, duty).Attention != "" })
}

func (d desk) duty(tb testing.TB, number, id string) message.Obligation {
	tb.Helper()
	view, err := d.Store.View(tb.Context(), number)
	if err != nil {
		tb.Fatal(err)
	}
	i := slices.IndexFunc(view.Obligations, func(o message.Obligation) bool { return o.ID == id })
	if i < 0 {
		return message.Obligation{}
	}
	return view.Obligations[i]
}

func await(t *testing.T, what string, is func() bool) {
	t.Helper()
	for giveUp := time.Now().Add(time.Minute); !is(); time.Sleep(20 * time.Millisecond) {
		if time.Now().After(giveUp) {
			t.Fatalf("not within a minute: %s", what)
		}
	}
}

func TestWork_ADeploymentCancelledByHandWaitsForAPerson_5_5(t *testing.T) {
	t.Parallel()
	d, form, goOn := slow(t)
	goOn("2025-10-09 16:00")
	d.cancel(t, form.Number, "deployment")
	if o := d.duty(t, form.Number, "deployment"); o.Status != message.Pending {
		t.Errorf("the deployment is %s, want pending", o.Status)
	}
	again := message.Again{Duty: "deployment"}
	if code := d.take(t, form.Number, "again", "2025-10-09 16:00", message.Retry, again, nil); code != "" {
		t.Errorf("the retry is refused: %s", code)
	}
	goOn("2025-10-09 16:00") // its first look
	goOn("2025-10-14 10:00")
	d.wantDone(t, form.Number, "deployment", message.MetLate) // due on the 11th
	if got := d.vendor.Created(); got != whole {
		t.Errorf("%d resources were ordered, want 6: the second try goes on with what the first one made", got)
	}
}

func TestWork_ADestructionCancelledByHandWaitsForAPerson_7_2(t *testing.T) {
	t.Parallel()
	d, form, goOn := slow(t)
	goOn("2025-10-09 16:00")
	ends := message.Termination{Ground: message.Agreement, On: workday.MustDate("2025-10-09")}
	if code := d.take(t, form.Number, "ends", "2025-10-09 16:00", message.Terminate, ends, nil); code != "" {
		t.Fatalf("the termination is refused: %s", code)
	}
	goOn("2025-10-10 10:00")
	if o := d.duty(t, form.Number, "deployment"); o.Status != message.Void || o.Attention != "" {
		t.Errorf("the deployment is %s and left to a person with %q; want void and not: nobody needs it", o.Status, o.Attention)
	}
	for _, who := range []string{"chen", "wang"} {
		act := d.act(t, form.Number, who, message.Confirm, instant("2025-10-10 10:00"), message.Confirmation{What: "destruction"})
		act.Actor.Who = who
		if _, answer, err := d.Take(t.Context(), act, nil); err != nil || answer.Refusal != nil {
			t.Fatalf("%s cannot confirm: %+v, %v", who, answer, err)
		}
	}
	goOn("2025-10-10 11:00") // the vendor releases no database that it is still making
	d.cancel(t, form.Number, "destruction")
	again := message.Again{Duty: "destruction"}
	if code := d.take(t, form.Number, "again", "2025-10-10 11:00", message.Retry, again, nil); code != "" {
		t.Errorf("the retry is refused: %s", code)
	}
	goOn("2025-10-10 11:00") // its first look
	goOn("2025-10-14 10:00")
	d.wantDone(t, form.Number, "destruction", message.Met)
	if got := d.vendor.Left(); got != 0 {
		t.Errorf("%d resources are left", got)
	}
}

// wantDone waits until a duty is performed.
func (d desk) wantDone(t *testing.T, number, duty string, as message.Status) {
	t.Helper()
	await(t, duty+" is done", func() bool { return d.duty(t, number, duty).Done() })
	if o := d.duty(t, number, duty); o.Status != as || o.Attention != "" {
		t.Errorf("the %s is %s and left to a person with %q, want %s and not", duty, o.Status, o.Attention, as)
	}
}
