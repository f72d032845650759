package intake

import (
	"context"
	"errors"
	"log/slog"
	"time"

	"golang.org/x/sync/errgroup"

	"lvyue/internal/message"
)

// How the relay works: how often it looks, how old an act is that its own sender must have given up, how long
// one delivery may take, how many contracts are served at once, and how many acts it takes up at a look.
const (
	relayEvery    = 3 * time.Second
	relayAge      = 10 * time.Second
	relayPatience = 20 * time.Second
	relayAbreast  = 16
	relayBatch    = 500
)

// Relay delivers, until ctx ends, what was stored and got no answer: its sender died, or the engine was away.
// The acts of one contract, and of one fault, go in the order of their receipt; what does not answer holds up no
// other. It returns nil when ctx ends; trouble is logged and tried again.
func (i Intake) Relay(ctx context.Context) error {
	look := time.NewTicker(relayEvery)
	defer look.Stop()
	for {
		i.relayOnce(ctx)
		select {
		case <-ctx.Done():
			return nil
		case <-look.C:
		}
	}
}

func (i Intake) relayOnce(ctx context.Context) {
	acts, err := i.Store.Overdue(ctx, relayAge, relayBatch)
	if err != nil {
		i.warn(ctx, "the inbox cannot be read", slog.Any("error", err))
		return
	}
	var contracts errgroup.Group
	contracts.SetLimit(relayAbreast)
	for _, queue := range byAddress(acts) {
		contracts.Go(func() error {
			i.relayContract(ctx, queue)
			return nil
		})
	}
	_ = contracts.Wait() // none of them returns an error
}

// relayContract stops at the first act without an answer: what comes after it must wait.
func (i Intake) relayContract(ctx context.Context, queue []message.Act) {
	for _, act := range queue {
		patience, cancel := context.WithTimeout(ctx, relayPatience)
		_, err := i.Deliver(patience, act)
		cancel()
		if err != nil {
			i.warn(ctx, "an act waits for its answer", slog.String("contract", act.Contract), slog.String("act", act.ID),
				slog.Any("error", err), slog.Any("cause", errors.Unwrap(err)))
			return
		}
	}
}

func (i Intake) warn(ctx context.Context, text string, attrs ...slog.Attr) {
	if i.Log != nil && ctx.Err() == nil {
		i.Log.LogAttrs(ctx, slog.LevelWarn, text, attrs...)
	}
}

// byAddress keeps the order of the acts of each contract and each fault, and of their first acts.
func byAddress(acts []message.Act) [][]message.Act {
	var queues [][]message.Act
	type address struct {
		contract string
		fault    int
	}
	place := map[address]int{}
	for _, act := range acts {
		to := address{act.Contract, act.Fault}
		n, known := place[to]
		if !known {
			n = len(queues)
			place[to] = n
			queues = append(queues, nil)
		}
		queues[n] = append(queues[n], act)
	}
	return queues
}
