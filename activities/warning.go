package activities

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"log/slog"
	"time"

	"go.temporal.io/sdk/activity"
	"go.temporal.io/sdk/temporal"

	"lvyue/internal/hosting"
	"lvyue/internal/message"
	"lvyue/internal/warning"
)

// Monitoring is the vendor, asked for what servers and databases use. It changes nothing.
type Monitoring interface {
	// Measure reads the last points of all gauges of a contract in a region.
	Measure(ctx context.Context, look hosting.Look) (hosting.Measured, error)
	// Standing reads back how large the deployment is.
	Standing(ctx context.Context, look hosting.Look) (hosting.Plan, error)
}

// Pricer asks the vendor what a growth costs (§5.7). It buys nothing.
type Pricer interface {
	Quote(ctx context.Context, growth hosting.Growth) (hosting.Price, error)
}

// WarningStore keeps what was measured and what was warned of.
type WarningStore interface {
	// Watched gives the next contracts to look at after a number, most of them at once.
	Watched(ctx context.Context, after string, most int) ([]string, error)
	// Measured is what is known of a contract at an instant.
	Measured(ctx context.Context, number string, at time.Time) (warning.Known, error)
	// KeepLook keeps what a look measured and judged, once.
	KeepLook(ctx context.Context, number string, at time.Time, points []hosting.Point, warnings []warning.Warning) error
}

// Warning watches what servers and databases use, and warns ahead of need (§3.6). Without Prices, what it suggests bears
// no price.
type Warning struct {
	Cloud  Monitoring
	Prices Pricer
	Store  WarningStore
	Log    *slog.Logger
}

// WatchedQuestion asks for the contracts after a number, Most of them at once.
type WatchedQuestion struct {
	After string `json:"after"`
	Most  int    `json:"most"`
}

// Watched gives the next contracts to look at.
func (w *Warning) Watched(ctx context.Context, q WatchedQuestion) ([]string, error) {
	return w.Store.Watched(ctx, q.After, q.Most)
}

// LookQuestion asks how a contract is at an instant.
type LookQuestion struct {
	Contract string    `json:"contract"`
	At       time.Time `json:"at"`
}

// WarnAhead looks at one contract: it measures it, keeps the points, and opens, goes on with and closes its warnings. People are told as far as
// the rules say so: the engineer on call of what is urgent and of what is silent, the account manager of what has time.
// Taken twice for the same instant, a look changes nothing and tells nobody again. A contract that cannot be measured is
// tried a few times; then the engineer on call is told, and the look is blind, so that it silences no other.
func (w *Warning) WarnAhead(ctx context.Context, q LookQuestion) (warning.Looked, error) {
	looked, err := w.look(ctx, q)
	if err == nil || ctx.Err() != nil || !isFinal(err) && activity.GetInfo(ctx).Attempt < patience {
		return looked, err
	}
	w.Log.ErrorContext(ctx, "a contract cannot be measured", "to", "on-call", "contract", q.Contract, "why", err)
	return warning.Looked{Contract: q.Contract, Blind: err.Error()}, nil
}

// isFinal tells whether trying again is of no use.
func isFinal(err error) bool {
	var failed *temporal.ApplicationError
	return errors.As(err, &failed) && failed.NonRetryable()
}

func (w *Warning) look(ctx context.Context, q LookQuestion) (warning.Looked, error) {
	looked := warning.Looked{Contract: q.Contract}
	known, err := w.Store.Measured(ctx, q.Contract, q.At)
	if err != nil {
		return looked, final(err)
	}
	if !known.LookedAt.Before(q.At) {
		looked.Open = known.Opened()
		return looked, nil
	}
	measured, err := w.measure(ctx, known, q.At)
	if err != nil {
		return looked, final(err)
	}
	known.Warnings = warning.Look{
		At: q.At, UsableAt: known.UsableAt, There: measured.There, Silent: measured.Silent,
		Series: warning.Of(append(known.Points, measured.Points...)), Before: known.Warnings,
	}.Judge()
	w.suggest(ctx, known, q.At)
	w.tell(ctx, known, q.At) // before it is kept: told twice is better than never
	if err := w.Store.KeepLook(ctx, known.Number, q.At, measured.Points, known.Warnings); err != nil {
		return looked, final(err)
	}
	looked.Open = known.Opened()
	return looked, nil
}

// measure looks in every region of the contract. One that is no longer in service has nothing left to be measured, and so
// its warnings close.
func (w *Warning) measure(ctx context.Context, known warning.Known, at time.Time) (hosting.Measured, error) {
	var all hosting.Measured
	if known.Phase != message.InService {
		return all, nil
	}
	for _, region := range known.Places() {
		m, err := w.Cloud.Measure(ctx, lookIn(known, region, at))
		if err != nil {
			return all, fmt.Errorf("measure %s in %s: %w", known.Number, region, err)
		}
		all.There = append(all.There, m.There...)
		all.Points = append(all.Points, m.Points...)
		all.Silent = append(all.Silent, m.Silent...)
	}
	return known.Lacking(all), nil
}

func lookIn(known warning.Known, region string, at time.Time) hosting.Look {
	return hosting.Look{Contract: known.Number, Region: region, At: at, Known: known.In(region)}
}

// suggest puts a growth, and its price where one can be had, to every warning that people are about to be told of. A
// warning is told all the same when the vendor does not say how large things are or what they cost.
func (w *Warning) suggest(ctx context.Context, known warning.Known, at time.Time) {
	var plans []hosting.Plan
	for i := range known.Warnings {
		found := &known.Warnings[i]
		if !found.Tells(at) || found.What != warning.High {
			continue
		}
		if plans == nil {
			plans = w.standing(ctx, known, at)
		}
		for _, plan := range plans {
			if g, helps := found.Suggest(plan); helps {
				found.Growth = w.priced(ctx, known, plan, g)
			}
		}
	}
}

// standing are the contract's deployments as they are, one in each region.
func (w *Warning) standing(ctx context.Context, known warning.Known, at time.Time) []hosting.Plan {
	plans := []hosting.Plan{}
	for _, region := range known.Places() {
		plan, err := w.Cloud.Standing(ctx, lookIn(known, region, at))
		if err != nil {
			w.Log.WarnContext(ctx, "no growth can be suggested: the deployment's size is unknown", "contract", known.Number, "error", err)
			continue
		}
		plans = append(plans, plan)
	}
	return plans
}

func (w *Warning) priced(ctx context.Context, known warning.Known, plan hosting.Plan, g warning.Growth) *warning.Growth {
	if w.Prices == nil || known.Last.IsZero() {
		return &g
	}
	price, err := w.Prices.Quote(ctx, hosting.Growth{
		From: plan, To: g.To, Nodes: g.Nodes, Until: known.Last.End(), Known: known.In(plan.Region),
	})
	if err != nil {
		w.Log.WarnContext(ctx, "a suggested growth bears no price", "contract", known.Number, "error", err)
		return &g
	}
	sum := sha256.Sum256(price.Answer)
	g.Amount, g.AnswerHash, g.PricedAt = price.Amount, hex.EncodeToString(sum[:]), price.At
	return &g
}

// tell tells people of what the look found.
func (w *Warning) tell(ctx context.Context, known warning.Known, at time.Time) {
	number := known.Number
	for _, found := range known.Warnings {
		switch {
		case !found.Open():
			w.Log.InfoContext(ctx, "an early warning is over", append([]any{"contract", number}, said(found)...)...)
		case !found.Tells(at):
		case found.What == warning.Silent:
			w.Log.ErrorContext(ctx, "there is no data; run `starter health "+number+"`",
				append([]any{"to", "on-call", "contract", number}, said(found)...)...)
		case found.Class >= warning.Urgent:
			w.Log.ErrorContext(ctx, "something is running out; run `starter health "+number+"`",
				append([]any{"to", "on-call", "contract", number}, said(found)...)...)
		default:
			w.Log.WarnContext(ctx, "something will run out; run `starter health "+number+"`",
				append([]any{"to", "account-manager", "contract", number}, said(found)...)...)
		}
	}
}

// said is a warning as attributes of a line of the log.
func said(w warning.Warning) []any {
	words := []any{"kind", string(w.Kind), "resource", w.Resource, "metric", string(w.Metric), "class", int(w.Class)}
	if w.Device != "" {
		words = append(words, "device", w.Device)
	}
	if w.What == warning.Silent {
		return append(words, "since", w.Since)
	}
	words = append(words, "percent", w.Percent)
	if w.Grows {
		words = append(words, "days_to_full", int(w.Days))
	}
	if w.Growth != nil {
		words = append(words, "growth", *w.Growth)
	}
	return words
}
