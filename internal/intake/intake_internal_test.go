package intake

import (
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"testing"

	"go.temporal.io/api/serviceerror"
	"go.temporal.io/sdk/temporal"

	"lvyue/internal/message"
	"lvyue/internal/money"
	"lvyue/internal/refusal"
)

func TestRefusalIn_FindsTheRefusalOfAValidator(t *testing.T) {
	t.Parallel()
	no := refusal.Rule("fee_rise_without_growth", "5.8", "不得提高", "may not rise")
	for _, tt := range []struct {
		name string
		err  error
		want bool
	}{
		{"a refusal", temporal.NewApplicationError("no", RefusalType, no), true},
		{"a refusal without its detail", temporal.NewApplicationError("no", RefusalType), false},
		{"another error of the workflow", temporal.NewApplicationError("closing", "AcceptedUpdateCompletedWorkflow"), false},
		{"a server that is away", serviceerror.NewUnavailable("away"), false},
	} {
		got, found := refusalIn(fmt.Errorf("send: %w", overTheWire(tt.err)))
		if found != tt.want || (found && (got.Code != no.Code || got.Clause != "5.8" || got.ZH != no.ZH)) {
			t.Errorf("%s: %+v, %v", tt.name, got, found)
		}
	}
}

// overTheWire is the error as it comes out at the other end.
func overTheWire(err error) error {
	converter := temporal.GetDefaultFailureConverter()
	return converter.FailureToError(converter.ErrorToFailure(err))
}

func TestErrors_OnlyWhatNoRepetitionMendsIsHopeless(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		err            error
		over, hopeless bool
	}{
		{serviceerror.NewNotFound("workflow execution already completed"), true, false},
		{serviceerror.NewWorkflowExecutionAlreadyStarted("closed", "", ""), true, false},
		{serviceerror.NewUnavailable("away"), false, false},
		{serviceerror.NewResourceExhausted(0, "busy"), false, false},
		{serviceerror.NewDeadlineExceeded("late"), false, false},
		{serviceerror.NewInvalidArgument("too large"), false, true},
		{serviceerror.NewPermissionDenied("no", ""), false, true},
		{serviceerror.NewNamespaceNotFound("none"), false, true},
		{errors.New("anything else"), false, false},
	} {
		err := fmt.Errorf("send: %w", tt.err)
		if over(err) != tt.over || hopeless(err) != tt.hopeless {
			t.Errorf("%v: over %v, hopeless %v", tt.err, over(err), hopeless(err))
		}
	}
}

func TestByContract_KeepsTheOrderOfEachContract(t *testing.T) {
	t.Parallel()
	acts := []message.Act{{ID: "a1", Contract: "A"}, {ID: "b1", Contract: "B"}, {ID: "a2", Contract: "A"}, {ID: "a3", Contract: "A"}}
	queues := byAddress(acts)
	var told strings.Builder
	for _, queue := range queues {
		for _, act := range queue {
			told.WriteString(act.ID + " ")
		}
		told.WriteString("| ")
	}
	if got := told.String(); got != "a1 a2 a3 | b1 | " {
		t.Errorf("got %s", got)
	}
}

// payAct is a payment as the inbox takes it.
func payAct(t *testing.T, id, number, amount, reference string) message.Act {
	t.Helper()
	body, err := json.Marshal(message.Payment{Amount: money.MustParse(amount), Reference: reference})
	if err != nil {
		t.Fatal(err)
	}
	return message.Act{ID: id, Name: message.Pay, Contract: number, Actor: message.Actor{Who: "chen", Way: "test"}, Body: body}
}
