package postgres_test

import (
	"fmt"
	"reflect"
	"testing"
	"time"

	"lvyue/internal/message"
	"lvyue/internal/money"
	"lvyue/internal/postgres"
	"lvyue/internal/refusal"
	"lvyue/internal/workday"
)

func view(t *testing.T, store *postgres.Store, number string) postgres.View {
	t.Helper()
	v, err := store.View(t.Context(), number)
	if err != nil {
		t.Fatal(err)
	}
	return v
}

// change records one event that changes rows.
func change(t *testing.T, store *postgres.Store, number, key string, c message.Changed) {
	t.Helper()
	at := time.Date(2025, 10, 1, 9, 0, 0, 0, workday.Shanghai)
	record(t, store, message.Record{Contract: number, Events: []message.Event{{Key: key, At: at, What: "x", Changed: c}}})
}

func TestReadTablesAreFoldedFromTheEvidence_AndFoldAgainToTheSame(t *testing.T) {
	t.Parallel()
	store, number := registered(t)
	register(t, store, "HT-OTHER")
	record(t, store, signed(number))
	record(t, store, signed("HT-OTHER"))
	o := *signed(number).Events[2].Changed.Obligation
	o.Status, o.SettledAt, o.ClosedAt, o.RemindedAt = message.MetLate, o.DueAt.Add(time.Microsecond), o.DueAt.Add(time.Hour), o.OpenedAt.UTC()
	o.Provisional, o.Calendar, o.Attention, o.Named, o.Moved = true, "2026-x", "look", o.DueOn, []message.Move{}
	change(t, store, number, "late", message.Changed{Obligation: &o, NoYear: 1, Year: &message.ServiceYear{Year: 2, First: o.DueOn, Last: o.DueOn}})
	before := view(t, store, number)
	o.RemindedAt = o.OpenedAt
	gotJSON, wantJSON := text(t, before.Obligations[0]), text(t, o)
	if gotJSON != wantJSON || before.Obligations[0].DueAt != o.DueAt {
		t.Errorf("obligation %s\nwant %s", gotJSON, wantJSON)
	}
	if len(before.Years) != 1 || before.Years[0].Year != 2 || len(before.Receipts) != 1 || len(before.Notices) != 1 {
		t.Errorf("the view is %+v", before)
	}
	other := view(t, store, "HT-OTHER")
	spoil := "UPDATE contract SET fee = 0; DELETE FROM obligation; UPDATE receipt SET amount = 7; DELETE FROM notice; INSERT INTO service_year SELECT contract, 9, first, last, fee FROM service_year"
	if err := asSuperuser(t, store, spoil); err != nil {
		t.Fatal(err)
	}
	if contracts, err := store.Rebuild(t.Context()); err != nil || contracts != 2 {
		t.Fatalf("rebuilt %d contracts (%v)", contracts, err)
	}
	for number, before := range map[string]postgres.View{number: before, "HT-OTHER": other} {
		if after := view(t, store, number); !reflect.DeepEqual(before, after) {
			t.Errorf("rebuilt to %+v, was %+v", after, before)
		}
	}
}

func TestRowsComeBackAsTheyWereRecorded(t *testing.T) {
	t.Parallel()
	store, number := registered(t)
	record(t, store, signed(number))
	v := view(t, store, number)
	events := signed(number).Events
	for i, pair := range [][2]any{
		{v.Contract, *events[1].Changed.Contract},
		{v.Obligations, []message.Obligation{*events[2].Changed.Obligation}},
		{v.Receipts, []message.Receipt{*events[3].Changed.Receipt}},
		{v.Years, []message.ServiceYear{*events[4].Changed.Year}},
		{v.Notices, []message.Notice{*events[5].Changed.Notice}},
	} {
		if !reflect.DeepEqual(pair[0], pair[1]) {
			t.Errorf("%d: got %+v, want %+v", i, pair[0], pair[1])
		}
	}
}

func TestARegisteredContractIsBeingSigned_5_1(t *testing.T) {
	t.Parallel()
	store, number := registered(t)
	c := view(t, store, number).Contract
	if c.Phase != message.Signing || c.Number != number || c.Customer != "远山商贸有限公司" || c.Fee.String() != "120000.00" || c.FormHash != example(t).Hash() {
		t.Errorf("got %+v", c)
	}
}

func TestAViewHasAStableOrder(t *testing.T) {
	t.Parallel()
	store, number := registered(t)
	record(t, store, signed(number))
	at := time.Date(2025, 10, 1, 9, 0, 0, 0, workday.Shanghai)
	for i, id := range []string{"b", "c", "a"} {
		opened := at.Add(-time.Duration(i%2) * time.Hour)
		change(t, store, number, "o"+id, message.Changed{Obligation: &message.Obligation{ID: id, OwedBy: message.Both, OpenedAt: opened, Status: message.Pending}})
		change(t, store, number, "r"+id, message.Changed{Receipt: &message.Receipt{Reference: id, On: workday.Of(at), At: at.AddDate(0, 0, -i), Amount: money.MustParse("1")}})
		change(t, store, number, "n"+id, message.Changed{Notice: &message.Notice{At: at.AddDate(0, 0, -i), About: id}})
		change(t, store, number, "y"+id, message.Changed{Year: &message.ServiceYear{Year: 9 - i, First: workday.Of(at), Last: workday.Of(at)}})
	}
	v, got := view(t, store, number), []any{}
	for _, o := range v.Obligations {
		got = append(got, o.ID)
	}
	for _, r := range v.Receipts {
		got = append(got, r.Reference)
	}
	for _, n := range v.Notices {
		got = append(got, n.About)
	}
	for _, y := range v.Years {
		got = append(got, y.Year)
	}
	if want := "[first-payment c b a R1 b c a first-payment b c a 1 7 8 9]"; fmt.Sprint(got) != want {
		t.Errorf("got %v, want %s", got, want)
	}
}

func TestRefusedActsAreShown_InTheOrderOfTheirReceipt(t *testing.T) {
	t.Parallel()
	store, number := registered(t)
	no := refusal.Rule("fee_rise_without_growth", "5.8", "不得涨价", "no rise")
	for _, id := range []string{"1", "2", "3"} {
		submit(t, store, payment(id, number, "R"))
	}
	for id, answer := range map[string]message.Answer{
		"3": {Text: no.Text, Refusal: no}, "2": {Text: refusal.Text{EN: "done"}}, "1": {Text: no.Text, Refusal: refusal.Rule("first", "", "一", "one")},
	} {
		if _, err := store.Answer(t.Context(), id, answer); err != nil {
			t.Fatal(err)
		}
	}
	refused := view(t, store, number).Refused
	if len(refused) != 2 || refused[0].Code != "first" || refused[1].Code != no.Code || refused[1].Clause != "5.8" ||
		refused[1].Act != message.Pay || refused[1].Text != no.Text || refused[1].At.IsZero() {
		t.Errorf("got %+v", refused)
	}
}
