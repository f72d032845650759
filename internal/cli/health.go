package cli

import (
	"context"
	"fmt"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"lvyue/internal/hosting"
	"lvyue/internal/message"
	"lvyue/internal/refusal"
	"lvyue/internal/warning"
)

// healthDocument is how all contracts in service are; Error is there if anything is to be acted upon.
type healthDocument struct {
	warning.Health

	Error *errorBody `json:"error,omitempty"`
}

// contractHealthDocument is how one contract is. LookedAt is null before the first look; Overdue says that nobody has
// looked for too long.
type contractHealthDocument struct {
	Contract string            `json:"contract"`
	Phase    message.Phase     `json:"phase"`
	LookedAt *time.Time        `json:"looked_at"`
	Overdue  bool              `json:"overdue"`
	Gauges   []gaugeLine       `json:"gauges"`
	Open     []warning.Warning `json:"open"`
	Error    *errorBody        `json:"error,omitempty"`
}

// gaugeLine is the last level of a gauge. PerDay is null while its growth is not known, DaysToFull while it does not grow;
// Silent says that the level was too old when it was looked for.
type gaugeLine struct {
	hosting.Gauge

	At         time.Time `json:"at"`
	Percent    float64   `json:"percent"`
	PerDay     *float64  `json:"per_day"`
	DaysToFull *float64  `json:"days_to_full"`
	Silent     bool      `json:"silent"`
}

func healthCommand(s *session) *cobra.Command {
	return &cobra.Command{
		Use: "health [NUMBER]", Args: wants(0, 1),
		Short: s.say("资源用量与预警：全部合同的预警，或一份合同的用量（§3.6）；有预警则退出码为 3",
			"what servers and databases use, and early warnings: those of all contracts, or one contract in detail (§3.6); exit status 3 if there are any"),
		Example: "  starter health\n  starter health HT-2025-001",
		RunE: s.does(func(ctx context.Context, args []string) (reply, error) {
			if len(args) == 0 {
				return s.healthOfAll(ctx)
			}
			return s.healthOf(ctx, args[0])
		}),
	}
}

func (s *session) healthOfAll(ctx context.Context) (reply, error) {
	store, err := s.open(ctx)
	if err != nil {
		return reply{}, err
	}
	h, err := store.Health(ctx, time.Now())
	if err != nil {
		return reply{}, err
	}
	return s.howAllAre(healthDocument{Health: h})
}

// howAllAre is the answer about all contracts. What is to be acted upon is shown before it is refused.
func (s *session) howAllAre(d healthDocument) (reply, error) {
	if d.Well() {
		return reply{document: d, print: func(p *paper) {
			p.line("%s 服务中的合同 %d 份，没有预警", "%s no warning (contracts in service: %d)", p.paint(good, "✓"), d.Contracts)
		}}, nil
	}
	return s.shown(unwell(len(d.Open), len(d.Unmeasured)), func(body *errorBody) reply {
		d.Error = body
		return reply{document: d, print: func(p *paper) { p.health(d.Health) }}
	})
}

func (s *session) healthOf(ctx context.Context, typed string) (reply, error) {
	var in input
	number := in.number(typed)
	if err := in.err(); err != nil {
		return reply{}, err
	}
	store, err := s.open(ctx)
	if err != nil {
		return reply{}, err
	}
	now := time.Now()
	known, err := store.Measured(ctx, number, now)
	if err != nil {
		return reply{}, err
	}
	return s.howItIs(healthOf(known, now))
}

// howItIs is the answer about one contract.
func (s *session) howItIs(d contractHealthDocument) (reply, error) {
	overdue := 0
	if d.Overdue {
		overdue = 1
	}
	if len(d.Open)+overdue == 0 {
		return reply{document: d, print: func(p *paper) { p.contractHealth(d) }}, nil
	}
	return s.shown(unwell(len(d.Open), overdue), func(body *errorBody) reply {
		d.Error = body
		return reply{document: d, print: func(p *paper) { p.contractHealth(d) }}
	})
}

func unwell(open, unmeasured int) *refusal.Refusal {
	var zh, en []string
	if open > 0 {
		zh, en = append(zh, fmt.Sprintf("有 %d 项预警", open)), append(en, fmt.Sprintf("early warnings that stand: %d", open))
	}
	if unmeasured > 0 {
		zh = append(zh, fmt.Sprintf("%d 份合同超过 %d 小时没有测量", unmeasured, int(warning.Overdue.Hours())))
		en = append(en, fmt.Sprintf("contracts that were not measured for more than %d hours: %d", int(warning.Overdue.Hours()), unmeasured))
	}
	return refusal.Rule("early_warning", "3.6", strings.Join(zh, "；"), strings.Join(en, "; "))
}

// healthOf is how a contract is, by what was measured of it.
func healthOf(k warning.Known, now time.Time) contractHealthDocument {
	last := k.LookedAt
	if k.UsableAt.After(last) {
		last = k.UsableAt
	}
	d := contractHealthDocument{
		Contract: k.Number, Phase: k.Phase, LookedAt: optional(k.LookedAt), Gauges: []gaugeLine{}, Open: append([]warning.Warning{}, k.Opened()...),
		Overdue: k.Phase == message.InService && now.Sub(last) > warning.Overdue,
	}
	for _, series := range warning.Of(k.Points) {
		newest := series.Levels[len(series.Levels)-1]
		line := gaugeLine{
			Gauge: series.Gauge, At: shanghai(newest.At), Percent: newest.Percent, Silent: k.LookedAt.Sub(newest.At) > warning.Silence,
		}
		if f := series.Forecast(k.LookedAt); f.Known && !line.Silent {
			line.PerDay = &f.PerDay
			if f.Grows() {
				line.DaysToFull = &f.Days
			}
		}
		d.Gauges = append(d.Gauges, line)
	}
	return d
}
