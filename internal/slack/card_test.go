package slack_test

import (
	"strings"
	"testing"

	"lvyue/internal/message"
	"lvyue/internal/money"
	"lvyue/internal/slack"
)

func TestValues_ReadBack_4_4(t *testing.T) {
	t.Parallel()
	number := strings.Repeat("A", 64)
	f := message.FaultRow{Fault: 12, Rev: 3, Rung: "lead"}
	mark, ok := slack.ParseValue(slack.Value(number, f))
	if !ok || mark != (slack.Mark{Contract: number, Fault: 12, Rev: 3, Rung: "lead"}) {
		t.Errorf("%+v", mark)
	}
	action, value, ok := slack.ParseChoice(slack.ActEscalate + "|" + slack.Value(number, f))
	if !ok || action != slack.ActEscalate || value != slack.Value(number, f) {
		t.Errorf("%q %q", action, value)
	}
	if got := slack.BlockID("HT-1", f); got != "act:HT-1:12:3" {
		t.Error(got)
	}
	for m, want := range map[string]message.MatterCard{
		"destruction": {What: "destruction"}, "renewal-talks/1": {What: "renewal-talks/1"}, "8800.00": {What: "quote", Amount: money.MustParse("8800")},
	} {
		want.Contract = "HT-1"
		if number, what, ok := slack.ParseMatterValue(slack.MatterValue(want)); !ok || number != "HT-1" || what != m {
			t.Errorf("%q %q, want %q", number, what, m)
		}
	}
}

func TestValues_ThatAreNoneAreRefused_4_4(t *testing.T) {
	t.Parallel()
	for _, bad := range []string{"", "HT-1", "HT-1|2", "HT-1|2|3", "|2|3|", "HT-1|x|3|", "HT-1|2|x|", "HT-1|0|3|", "HT-1|2|-1|", "fault.ack|HT-1|2|3|lead"} {
		if mark, ok := slack.ParseValue(bad); ok {
			t.Errorf("%q is %+v", bad, mark)
		}
	}
	for _, bad := range []string{"", "|", "fault.ack", "fault.ack|", "|x"} {
		if action, value, ok := slack.ParseChoice(bad); ok {
			t.Errorf("%q is %q %q", bad, action, value)
		}
		if number, what, ok := slack.ParseMatterValue(bad); ok {
			t.Errorf("%q is %q %q", bad, number, what)
		}
	}
}
