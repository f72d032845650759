package desk_test

import (
	"context"
	"testing"

	"lvyue/internal/desk"
	"lvyue/internal/message"
	"lvyue/internal/paging"
	"lvyue/internal/refusal"
)

// door keeps what it was given, and answers once.
type door struct {
	took   []message.Act
	answer message.Answer
}

func (d *door) Take(_ context.Context, act message.Act) (message.Answer, error) {
	d.took = append(d.took, act)
	return d.answer, nil
}

func TestByLink_ActsAsThePersonPagedUnderTheLinksOwnId_4_2(t *testing.T) {
	t.Parallel()
	link := paging.Link{Person: "zhang", Contract: "HT-1", Fault: 3, Act: paging.Acknowledge, Until: 1}
	d := &door{answer: message.Answer{Text: refusal.Text{ZH: "已响应", EN: "acknowledged"}}}
	act := desk.ByLink(d)
	for range 2 {
		if told, err := act(t.Context(), link); err != nil || told.EN != "acknowledged" {
			t.Fatalf("told %v (%v)", told, err)
		}
	}
	first := d.took[0]
	if first.ID == "" || first.ID != d.took[1].ID || first.Name != message.Acknowledge || first.Contract != "HT-1" || first.Fault != 3 ||
		first.Actor != (message.Actor{Who: "zhang", Role: "oncall", Way: "link"}) {
		t.Errorf("took %+v, then %+v", first, d.took[1])
	}
}

func TestByLink_TellsWhatTheEngineRefuses_4_2(t *testing.T) {
	t.Parallel()
	no := refusal.Rule("fault_closed", "3.11", "已关闭", "closed")
	if _, err := desk.ByLink(&door{answer: message.Answer{Text: no.Text, Refusal: no}})(t.Context(), paging.Link{}); err == nil {
		t.Error("a refusal is told as done")
	} else if got, ok := refusal.As(err); !ok || got.Code != "fault_closed" {
		t.Errorf("told %v", err)
	}
}
