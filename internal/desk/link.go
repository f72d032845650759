package desk

import (
	"context"
	"encoding/json"
	"time"

	"lvyue/internal/message"
	"lvyue/internal/oncall"
	"lvyue/internal/paging"
	"lvyue/internal/refusal"
)

// Taker takes an act in and gives the engine's answer.
type Taker interface {
	Take(ctx context.Context, act message.Act) (message.Answer, error)
}

// pressed is how long whoever presses a link waits for the engine.
const pressed = 10 * time.Second

// ByLink does what a link allows, under the link's own id: pressed again after a crash it finds what it did. What the engine does
// not answer in time is stored with its moment.
func ByLink(door Taker) func(ctx context.Context, l paging.Link) (refusal.Text, error) {
	return func(ctx context.Context, l paging.Link) (refusal.Text, error) {
		body, err := json.Marshal(message.Words{})
		if err != nil {
			return refusal.Text{}, err //nolint:wrapcheck // an empty struct can be written
		}
		ctx, cancel := context.WithTimeout(ctx, pressed)
		defer cancel()
		answer, err := door.Take(ctx, message.Act{
			ID: "link:" + l.ID(), Name: message.ActName(l.Act), Contract: l.Contract, Fault: l.Fault,
			Actor: message.Actor{Who: l.Person, Role: string(oncall.Engineer), Way: "link"}, Body: body,
		})
		if err == nil && answer.Refusal != nil {
			return refusal.Text{}, answer.Refusal
		}
		return answer.Text, err
	}
}
