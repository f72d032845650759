package cli

import (
	"cmp"
	"context"
	"slices"
	"time"

	"github.com/spf13/cobra"

	"lvyue/internal/message"
	"lvyue/internal/postgres"
)

// faultLine is a fault as documents show it; what there is not is null. LeftSeconds are left until the last instant at which a
// plan is in time, below zero once that has passed; null when no plan is awaited.
type faultLine struct {
	Contract string `json:"contract"`
	ID       string `json:"id"`
	message.FaultRow

	ReportedAt  time.Time  `json:"reported_at"`
	EnteredAt   time.Time  `json:"entered_at"`
	ClockAt     *time.Time `json:"clock_at"`
	DeadlineAt  *time.Time `json:"deadline_at"`
	LeftSeconds *int64     `json:"left_seconds"`
	ResponseAt  *time.Time `json:"response_at"`
	PlanAt      *time.Time `json:"plan_at"`
	BreachedAt  *time.Time `json:"breached_at"`
	MajeureAt   *time.Time `json:"majeure_at"`
	LiftedAt    *time.Time `json:"lifted_at"`
	ResolvedAt  *time.Time `json:"resolved_at"`
	ClosedAt    *time.Time `json:"closed_at"`
	DueAt       *time.Time `json:"due_at"`
}

func faultLineOf(contract string, f message.FaultRow, now time.Time) faultLine {
	d := faultLine{
		Contract: contract, ID: message.FaultID(f.Fault), FaultRow: f, ReportedAt: shanghai(f.ReportedAt), EnteredAt: shanghai(f.EnteredAt),
		ClockAt: optional(f.ClockAt), DeadlineAt: optional(planDue(f)), ResponseAt: optional(f.ResponseAt), PlanAt: optional(f.PlanAt),
		BreachedAt: optional(f.BreachedAt), MajeureAt: optional(f.MajeureAt), LiftedAt: optional(f.LiftedAt),
		ResolvedAt: optional(f.ResolvedAt), ClosedAt: optional(f.ClosedAt), DueAt: optional(f.DueAt),
	}
	if left, awaited := timeLeft(f, now); awaited {
		seconds := floorSeconds(left)
		d.LeftSeconds = &seconds
	}
	return d
}

func faultLines(faults []postgres.Fault, now time.Time) []faultLine {
	lines := []faultLine{}
	for _, f := range faults {
		lines = append(lines, faultLineOf(f.Contract, f.FaultRow, now))
	}
	return lines
}

// timeLeft is what is left of the hour, below zero once it is over; false when no plan is awaited.
func timeLeft(f message.FaultRow, now time.Time) (time.Duration, bool) {
	awaited := f.SLA == message.SLARunning || f.SLA == message.SLABreached && f.PlanAt.IsZero()
	worked := f.State == message.FaultOpen || f.State == message.FaultAcknowledged
	return f.DeadlineAt.Sub(now), awaited && worked
}

// floorSeconds are whole seconds, below zero as soon as the duration is.
func floorSeconds(d time.Duration) int64 {
	seconds := int64(d / time.Second)
	if d < time.Duration(seconds)*time.Second {
		seconds--
	}
	return seconds
}

// openFaults are those that are not closed.
func openFaults(all []postgres.Fault) []postgres.Fault {
	return slices.DeleteFunc(slices.Clone(all), func(f postgres.Fault) bool { return f.Ended() })
}

// byDeadline puts what is due first in front; what has no deadline comes last.
func byDeadline(a, b postgres.Fault) int {
	none := func(f postgres.Fault) int {
		if planDue(f.FaultRow).IsZero() {
			return 1
		}
		return 0
	}
	return cmp.Or(none(a)-none(b), planDue(a.FaultRow).Compare(planDue(b.FaultRow)), cmp.Compare(a.Contract, b.Contract), a.Fault-b.Fault)
}

// planDue is the last instant at which a plan is in time; zero where none is owed, as of a request that was taken for a fault.
func planDue(f message.FaultRow) time.Time {
	if f.SLA == message.SLANone {
		return time.Time{}
	}
	return f.DeadlineAt
}

// faultsDocument are faults by their deadlines.
type faultsDocument struct {
	Faults []faultLine `json:"faults"`
}

func listFaultsCommand(s *session) *cobra.Command {
	var onlyOpen bool
	c := &cobra.Command{
		Use: "list [NUMBER]", Args: wants(0, 1),
		Short:   s.say("故障一览，按时限排列", "faults by their deadlines"),
		Example: "  starter fault list --open",
		RunE: s.does(func(ctx context.Context, args []string) (reply, error) {
			number, err := s.maybeContract(ctx, args)
			if err != nil {
				return reply{}, err
			}
			faults, err := s.store.Faults(ctx, number)
			if err != nil {
				return reply{}, err
			}
			if onlyOpen {
				faults = openFaults(faults)
			}
			slices.SortFunc(faults, byDeadline)
			now := time.Now()
			return reply{document: faultsDocument{faultLines(faults, now)}, print: func(p *paper) { p.faults(faults, now) }}, nil
		}),
	}
	c.Flags().BoolVar(&onlyOpen, "open", false, s.say("只列未关闭的", "only those that are not closed"))
	return c
}

// maybeContract is the contract that is asked for, which must be there, or empty for all; the store is open then.
func (s *session) maybeContract(ctx context.Context, args []string) (string, error) {
	var in input
	number := ""
	if len(args) > 0 {
		number = in.number(args[0])
	}
	if err := in.err(); err != nil {
		return "", err
	}
	store, err := s.open(ctx)
	if err != nil || number == "" {
		return "", err
	}
	_, err = store.Form(ctx, number)
	return number, err
}
