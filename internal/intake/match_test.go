package intake

import (
	"context"
	"testing"
	"time"

	"lvyue/internal/failure"
	"lvyue/internal/message"
	"lvyue/internal/money"
	"lvyue/internal/refusal"
	"lvyue/internal/statement"
	"lvyue/internal/workday"
)

func TestTakeMatch_WhileTheEngineIsAwayTheMoneyIsSetAsideAndTheRelayHasTheAct(t *testing.T) { // §5.4
	t.Parallel()
	i, form := nobody(t), exampleForm(t)
	if err := i.Store.RegisterForm(t.Context(), form); err != nil {
		t.Fatal(err)
	}
	st := statement.Statement{Name: "october.csv", SHA256: "1", Lines: []statement.Line{{
		Number: 2, On: workday.MustDate("2025-10-09"), Amount: money.MustParse("5.00"), Reference: "R1",
	}}}
	imported, err := i.Store.ImportStatement(t.Context(), "6222", st, "lin", true)
	if err != nil {
		t.Fatal(err)
	}
	line, act := imported.New[0].IDs[0], payAct(t, "pay-1", form.Number, "5.00", "")
	ctx, cancel := context.WithTimeout(t.Context(), time.Second)
	defer cancel()
	_, _, err = i.TakeMatch(ctx, line, act)
	if f, is := failure.As(err); !is || f.Code != "stored_unanswered" {
		t.Fatalf("got %v", err)
	}
	waiting, err := i.Store.Overdue(t.Context(), 0, 10)
	if err != nil || len(waiting) != 1 || waiting[0].ID != "pay-1" {
		t.Errorf("the relay has %+v, %v", waiting, err)
	}
	_, _, err = i.TakeMatch(t.Context(), line, payAct(t, "pay-2", form.Number, "0.01", ""))
	if no, refused := refusal.As(err); !refused || no.Code != "line_used" {
		t.Errorf("a second match: %v", err)
	}
	no := refusal.Rule("no", "5.4", "不可", "no")
	if _, err := i.Store.Answer(t.Context(), "pay-1", message.Answer{Text: no.Text, Refusal: no}); err != nil {
		t.Fatal(err)
	}
	_, answer, err := i.TakeMatch(t.Context(), line, act)
	if err != nil || answer.Refusal == nil || answer.Refusal.Code != "no" {
		t.Errorf("again: %+v, %v", answer, err)
	}
}
