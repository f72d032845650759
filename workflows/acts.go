package workflows

import (
	"encoding/json"

	"go.temporal.io/sdk/workflow"

	"lvyue/internal/message"
	"lvyue/internal/refusal"
	"lvyue/internal/workday"
)

// act is one thing that people do to an S: what must hold before it, and what follows.
type act[S any] struct {
	name   message.ActName
	clause string
	refuse func(S, message.Act) *refusal.Refusal
	follow func(workflow.Context, S, message.Act) refusal.Text
}

// on builds an act with body B. The act is refused by when (the state of its subject as a whole) or by may
// (the rules of the clause); neither changes anything, so both serve the update's validator too.
func on[S, B any](
	name message.ActName, clause string,
	when func(S) *refusal.Refusal,
	may func(S, done, B) *refusal.Refusal,
	follow func(workflow.Context, S, done, B) refusal.Text,
) act[S] {
	return act[S]{
		name: name, clause: clause,
		refuse: func(s S, a message.Act) *refusal.Refusal {
			body, err := read[B](a)
			if err != nil {
				return err
			}
			if no := when(s); no != nil {
				return no
			}
			return may(s, done{a}, body)
		},
		follow: func(ctx workflow.Context, s S, a message.Act) refusal.Text {
			body, _ := read[B](a)
			return follow(ctx, s, done{a}, body)
		},
	}
}

func read[B any](a message.Act) (B, *refusal.Refusal) {
	var body B
	err := json.Unmarshal(a.Body, &body) //workflowcheck:ignore what it reads depends on the bytes alone
	if err != nil {
		return body, refusal.BadInput("bad_act", "内容无法读取。", "the content of this act cannot be read: "+err.Error())
	}
	return body, nil
}

// done is an act at the moment of its receipt.
type done struct{ message.Act }

func (d done) day() workday.Date { return workday.Of(d.ReceivedAt) }

// ruleOf finds the rule of an act by its name.
func ruleOf[S any](acts []act[S], name message.ActName) act[S] {
	for _, a := range acts {
		if a.name == name {
			return a
		}
	}
	return act[S]{refuse: func(S, message.Act) *refusal.Refusal {
		return refusal.BadInput("unknown_act", "没有这种操作。", "there is no act "+string(name))
	}}
}
