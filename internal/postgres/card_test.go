package postgres_test

import (
	"context"
	"encoding/json"
	"strconv"
	"sync"
	"testing"
	"time"

	"lvyue/internal/message"
	"lvyue/internal/workday"
)

var cardsAt = time.Date(2026, 3, 2, 10, 0, 0, 0, workday.Shanghai)

func cardAt(number, subject string, at time.Time) message.Card {
	return message.Card{Channel: "C1", Contract: number, Subject: subject, BeganAt: at}
}

// §4.2: one writer at a time writes a card, and a channel takes one message until it is free. Who never said how it ended is given up,
// and keeps nothing any more.
func TestACardIsWrittenByOneAtATime_4_2(t *testing.T) {
	t.Parallel()
	store, number := registered(t)
	turn := func(subject string, after time.Duration) message.Turn {
		t.Helper()
		at := cardsAt.Add(after)
		got, err := store.BeginCard(t.Context(), cardAt(number, subject, at), at.Add(-15*time.Second), at.Add(time.Second))
		must(t, err)
		return got
	}
	want := func(got, want message.Turn) {
		t.Helper()
		if got != want {
			t.Errorf("the turn is %s, want %s", got, want)
		}
	}
	want(turn("fault/1", 0), message.TurnMine)
	want(turn("fault/2", 999*time.Millisecond), message.TurnNobodys)
	want(turn("fault/1", time.Second), message.TurnAnothers)
	want(turn("fault/2", time.Second), message.TurnMine) // who found it taken has not taken the channel
	want(turn("fault/1", 15*time.Second), message.TurnAgain)
	late := cardAt(number, "fault/1", cardsAt)
	late.TS, late.Posts = "1.1", 1
	must(t, store.EndCard(t.Context(), late))
	if n := ask[int](t, store, "SELECT count(*) FROM card WHERE ts <> ''"); n != 0 {
		t.Error("one that was given up kept something")
	}
	late.BeganAt, late.Rev, late.Told, late.FreshUntil = cardsAt.Add(15*time.Second), 3, 9, cardsAt
	must(t, store.EndCard(t.Context(), late))
	want(turn("fault/1", 20*time.Second), message.TurnMine)
	must(t, store.HoldChannel(t.Context(), "C1", cardsAt.Add(time.Minute)))
	want(turn("fault/3", 59*time.Second), message.TurnNobodys)
	want(turn("fault/3", time.Minute), message.TurnMine)
}

// §4.2: of many that begin at once, one may.
func TestOfManyWritersOneHasItsTurn_4_2(t *testing.T) {
	t.Parallel()
	store, number := registered(t)
	var all sync.WaitGroup
	turns := make([]message.Turn, 8)
	for i := range turns {
		all.Go(func() {
			turns[i], _ = store.BeginCard(context.WithoutCancel(t.Context()), cardAt(number, "fault/1", cardsAt), cardsAt.Add(-time.Minute), cardsAt.Add(time.Second))
		})
	}
	all.Wait()
	mine := 0
	for _, turn := range turns {
		if turn == message.TurnMine {
			mine++
		}
	}
	if mine != 1 {
		t.Errorf("%q", turns)
	}
}

// §4.2: a fault's card is read with the words of the report, what was done since, and where it stands.
func TestFaultCardsComeWithWhatWasSaid_4_2(t *testing.T) {
	t.Parallel()
	store, number := registered(t)
	record(t, store, signed(number))
	body := json.RawMessage(text(t, message.FaultReport{Reporter: "李管理员", Text: "打不开"}))
	submit(t, store, message.Act{ID: "r", Name: message.ReportFault, Contract: number, Body: body, Actor: message.Actor{Who: "li", Way: "test"}})
	plan := json.RawMessage(text(t, message.FaultPlan{Cause: "磁盘"}))
	submit(t, store, message.Act{ID: "p", Name: message.Plan, Contract: number, Fault: 7, Body: plan, Actor: message.Actor{Who: "zhang", Way: "test"}})
	row := message.FaultRow{Fault: 7, State: message.FaultOpen, SLA: message.SLARunning, ReportedAt: cardsAt, EnteredAt: cardsAt, ClockAt: cardsAt, DeadlineAt: cardsAt, Rev: 2}
	record(t, store, message.Record{Contract: number, Events: []message.Event{
		{Key: "1", At: cardsAt, What: "report-fault", Subject: number, ActID: "r"},
		{Key: "2", At: cardsAt, What: "fault", Subject: "fault/7", Changed: message.Changed{Fault: &row}},
		{Key: "3", At: cardsAt, What: "page", Subject: "fault/7", Changed: message.Changed{Page: &message.Page{Key: "w", At: cardsAt, Kind: message.WarningPage, To: "zhang", Fault: 7}}},
		{Key: "4", At: cardsAt, What: "page", Subject: "fault/7", Changed: message.Changed{Page: &message.Page{Key: "f", At: cardsAt, Kind: message.FirstPage, To: "zhang", Fault: 7}}},
		{Key: "5", At: cardsAt, What: "plan", Subject: "fault/7", ActID: "p", Actor: message.Actor{Who: "zhang", Way: "test"}},
	}})
	card := cardAt(number, "fault/7", cardsAt)
	_, err := store.BeginCard(t.Context(), card, cardsAt, cardsAt)
	must(t, err)
	card.Key, card.TS, card.Posts, card.Rev, card.Told, card.FreshUntil = "k", "1.1", 1, 1, 4, cardsAt.Add(time.Minute)
	must(t, store.EndCard(t.Context(), card))
	cards, err := store.FaultCards(t.Context(), "C1", cardsAt)
	must(t, err)
	if len(cards) != 1 {
		t.Fatalf("%+v", cards)
	}
	c := cards[0]
	if c.Customer != "远山商贸有限公司" || c.Reporter != "李管理员" || c.Text != "打不开" || text(t, c.FaultRow) != text(t, row) {
		t.Errorf("%+v", c)
	}
	if len(c.Notes) != 2 || c.Notes[0].Page == nil || c.Notes[0].Page.Kind != message.WarningPage || c.Notes[1].Who != "zhang" || c.Notes[1].Body == nil {
		t.Errorf("%+v", c.Notes)
	}
	if c.Card == nil || c.Card.TS != "1.1" || c.Card.Told != 4 || !c.Card.FreshUntil.Equal(card.FreshUntil) || !c.Card.BeganAt.IsZero() {
		t.Errorf("%+v", c.Card)
	}
	other, err := store.FaultCards(t.Context(), "C2", cardsAt)
	if must(t, err); len(other) != 1 || other[0].Card != nil {
		t.Errorf("%+v", other)
	}
}

// §4.2: a card that says how its fault stands, whose thread has told everything and whose time left is not out of date yet, costs a
// look nothing; of those that are out of date so many are read as can be written soon.
func TestFaultCards_WhatIsUpToDateIsNotRead_4_2(t *testing.T) {
	t.Parallel()
	store, number := registered(t)
	record(t, store, signed(number))
	const faults, soon = 30, 20
	fresh := cardsAt.Add(time.Minute)
	for n := range faults {
		subject := message.FaultID(n + 1)
		row := message.FaultRow{Fault: n + 1, State: message.FaultOpen, SLA: message.SLARunning, ReportedAt: cardsAt, EnteredAt: cardsAt, Rev: 1}
		record(t, store, message.Record{Contract: number, Events: []message.Event{
			{Key: subject, At: cardsAt, What: "fault", Subject: subject, Changed: message.Changed{Fault: &row}},
			{Key: subject + "/page", At: cardsAt, What: "page", Subject: subject, Changed: message.Changed{Page: &message.Page{Key: subject, At: cardsAt, Kind: message.FirstPage, To: "zhang", Fault: n + 1}}},
		}})
		card := cardAt(number, subject, cardsAt)
		_, err := store.BeginCard(t.Context(), card, cardsAt, cardsAt)
		must(t, err)
		card.Key, card.TS, card.Posts, card.Rev, card.FreshUntil = subject, strconv.Itoa(n), 1, 1, fresh.Add(time.Duration(n)*time.Second)
		must(t, store.EndCard(t.Context(), card))
	}
	for at, want := range map[time.Time]int{fresh.Add(-time.Microsecond): 0, fresh: 1, fresh.Add(time.Second): 2, fresh.Add(time.Hour): soon} {
		cards, err := store.FaultCards(t.Context(), "C1", at)
		must(t, err)
		if len(cards) != want || want > 0 && cards[0].Fault != 1 {
			t.Errorf("at %s %d cards are read, want %d", at, len(cards), want)
		}
	}
	warned := message.Page{Key: "w", At: cardsAt, Kind: message.WarningPage, To: "zhang", Fault: 9}
	record(t, store, message.Record{Contract: number, Events: []message.Event{
		{Key: "w", At: cardsAt, What: "page", Subject: "fault/9", Changed: message.Changed{Page: &warned}},
	}})
	if cards, err := store.FaultCards(t.Context(), "C1", cardsAt); err != nil || len(cards) != 1 || cards[0].Fault != 9 {
		t.Errorf("of a word that the thread has not told: %+v, %v", cards, err)
	}
}
