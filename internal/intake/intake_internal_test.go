package intake

import (
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"go.temporal.io/api/serviceerror"
	"go.temporal.io/sdk/temporal"

	"lvyue/internal/message"
	"lvyue/internal/money"
	"lvyue/internal/refusal"
	"lvyue/internal/workday"
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
	queues := byContract(acts)
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

// received is noon of 2027-03-10 in Shanghai.
func received() time.Time {
	const noon = 12 * time.Hour
	return workday.MustDate("2027-03-10").Start().Add(noon)
}

func TestJudge_LateMoneyIsTakenOnceAndAsTyped(t *testing.T) { // §5.4
	t.Parallel()
	known := []message.Receipt{{Reference: "R1", Amount: money.MustParse("10.00")}}
	for _, tt := range []struct {
		name   string
		paid   message.Payment
		code   string
		judged bool
	}{
		{"new money", message.Payment{Amount: money.MustParse("5"), Reference: "R2"}, "", false},
		{"money of an earlier day", message.Payment{Amount: money.MustParse("5"), Reference: "R2", On: workday.MustDate("2027-03-10")}, "", false},
		{"the same again", message.Payment{Amount: money.MustParse("10.0"), Reference: "R1"}, "", true},
		{"the same with another amount", message.Payment{Amount: money.MustParse("10.01"), Reference: "R1"}, "reference_reused", true},
		{"money of tomorrow", message.Payment{Amount: money.MustParse("5"), Reference: "R2", On: workday.MustDate("2027-03-11")}, "future_day", true},
		{"nothing", message.Payment{Reference: "R2"}, "bad_payment", true},
		{"less than nothing", message.Payment{Amount: money.MustParse("-1"), Reference: "R2"}, "bad_payment", true},
		{"without a reference", message.Payment{Amount: money.MustParse("1")}, "bad_payment", true},
	} {
		answer, judged := judge(message.Act{ReceivedAt: received()}, tt.paid, known)
		code := ""
		if answer.Refusal != nil {
			code = answer.Refusal.Code
		}
		if judged != tt.judged || code != tt.code {
			t.Errorf("%s: %v, %q", tt.name, judged, code)
		}
	}
}

func TestReceiptOf_AnEarlierDayCountsAtItsLastSecond(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct{ on, want string }{
		{"", "2027-03-10T12:00:00+08:00"},
		{"2027-03-10", "2027-03-10T12:00:00+08:00"},
		{"2027-03-09", "2027-03-09T23:59:59+08:00"},
	} {
		var paid message.Payment
		if err := paid.On.UnmarshalText([]byte(tt.on)); err != nil {
			t.Fatal(err)
		}
		got := receiptOf(message.Act{ReceivedAt: received()}, paid)
		if at := got.At.In(workday.Shanghai).Format(time.RFC3339); at != tt.want || got.On != workday.Of(got.At) {
			t.Errorf("on %q counts at %s on %s", tt.on, at, got.On)
		}
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
