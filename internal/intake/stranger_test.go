package intake

import (
	"context"
	"encoding/json"
	"testing"
	"time"

	"lvyue/internal/failure"
	"lvyue/internal/message"
	"lvyue/internal/oncall"
	"lvyue/internal/refusal"
)

// handsOver takes a hand-over in while the engine is away, and gives the code of its refusal; "kept" if it was stored.
func handsOver(t *testing.T, i Intake, id, contract, to string) string {
	t.Helper()
	body, err := json.Marshal(message.Handing{To: to})
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithTimeout(t.Context(), time.Second)
	defer cancel()
	_, answer, err := i.Take(ctx, message.Act{
		ID: id, Name: message.HandOver, Contract: contract, Fault: 1, Actor: message.Actor{Who: "zhang", Way: "test"}, Body: body,
	}, nil)
	if no, is := refusal.As(err); is {
		return no.Code
	}
	if f, is := failure.As(err); is && f.Code == "stored_unanswered" {
		return "kept"
	}
	if err != nil {
		t.Fatal(err)
	}
	return answer.EN
}

// ruling is the example's rota; one person more is never paged.
func ruling(t *testing.T, i Intake) oncall.Rota {
	t.Helper()
	rota, err := oncall.ParseRota(oncall.ExampleForm())
	if err != nil {
		t.Fatal(err)
	}
	rota.People = append(rota.People, oncall.Person{ID: "gone", Name: "gone", Roles: []oncall.Role{oncall.Engineer}, Email: "g@example.com", Inactive: true})
	if _, _, err := i.Store.SetRota(t.Context(), rota, "chen"); err != nil {
		t.Fatal(err)
	}
	return rota
}

func TestHandOver_GoesToSomebodyWhomTheRotaKnows(t *testing.T) { // §4.2
	t.Parallel()
	i, form := nobody(t), exampleForm(t)
	if err := i.Store.RegisterForm(t.Context(), form); err != nil {
		t.Fatal(err)
	}
	for to, want := range map[string]string{"zhang": "unknown_person", form.AccountManager: "kept", "": "kept"} {
		if got := handsOver(t, i, "before-"+to, form.Number, to); got != want {
			t.Errorf("before there is a rota, to %q: %s, want %s", to, got, want)
		}
	}
	ruling(t, i)
	for to, want := range map[string]string{
		"zhang": "kept", "mueller": "kept", form.AccountManager: "kept", "gone": "inactive_person", "zhagn": "unknown_person",
		"Zhang": "unknown_person", " ": "unknown_person",
	} {
		if got := handsOver(t, i, "to-"+to, form.Number, to); got != want {
			t.Errorf("to %q: %s, want %s", to, got, want)
		}
	}
	if got := handsOver(t, i, "nowhere", "HT-9", "zhagn"); got != "unknown_contract" {
		t.Errorf("of a contract that is not there: %s", got)
	}
}

// Who resends a hand-over learns what came of it, though the person has left the rota since.
func TestHandOver_AKnownIDGetsItsFirstAnswer(t *testing.T) { // §4.2
	t.Parallel()
	i, form := nobody(t), exampleForm(t)
	if err := i.Store.RegisterForm(t.Context(), form); err != nil {
		t.Fatal(err)
	}
	rota := ruling(t, i)
	handsOver(t, i, "once", form.Number, "zhao")
	answer := message.Answer{Text: refusal.Text{ZH: "已移交", EN: "handed over"}}
	if _, err := i.Store.Answer(t.Context(), "once", answer); err != nil {
		t.Fatal(err)
	}
	for n := range rota.People {
		rota.People[n].Inactive = rota.People[n].ID == "zhao" || rota.People[n].Inactive
	}
	rota.People = append(rota.People, oncall.Person{ID: "boss", Name: "boss", Roles: []oncall.Role{oncall.Manager}, Email: "b@example.com"})
	if _, _, err := i.Store.SetRota(t.Context(), rota, "chen"); err != nil {
		t.Fatal(err)
	}
	if got := handsOver(t, i, "once", form.Number, "zhao"); got != "handed over" {
		t.Errorf("the same again: %s", got)
	}
	if got := handsOver(t, i, "twice", form.Number, "zhao"); got != "inactive_person" {
		t.Errorf("another one: %s", got)
	}
}
