package cli

import (
	"context"
	"slices"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"lvyue/internal/message"
	"lvyue/internal/postgres"
	"lvyue/internal/sla"
)

// faultDocument is a fault with its promises, its force majeure, whoever was paged, and its log from the evidence.
type faultDocument struct {
	faultLine

	// ReopenedAs is the fault that it is there again as; null if it is not.
	ReopenedAs *int `json:"reopened_as"`

	Promises promises       `json:"promises"`
	Majeure  []intervalLine `json:"force_majeure"`
	Pages    []pageLine     `json:"pages"`
	Log      []eventLine    `json:"log"`
}

// promises are the two of §4.2 as they stand now, those that open disputes name (§6.3), with the last instants at which they are in time, the times taken and the
// events that they rest on.
type promises struct {
	Response        sla.Outcome `json:"response"`
	ResponseDue     *time.Time  `json:"response_due_at"`
	ResponseSeconds *int64      `json:"response_seconds"`
	Plan            sla.Outcome `json:"plan"`
	Disputed        []string    `json:"disputed"`
	PlanSeconds     *int64      `json:"plan_seconds"`
	RestoreSeconds  *int64      `json:"restore_seconds"`
	Events          sla.Seqs    `json:"events"`
}

// pageLine is a page that was written for somebody.
type pageLine struct {
	Seq  int64            `json:"seq"`
	At   time.Time        `json:"at"`
	Kind message.PageKind `json:"kind"`
	Rung string           `json:"rung"`
	To   string           `json:"to"`
}

func showFaultCommand(s *session) *cobra.Command {
	return &cobra.Command{
		Use: "show NUMBER N", Args: wants(2, 2),
		Short:   s.say("一次故障：时钟、以何时为准、呼叫了谁、日志", "one fault: its clocks, what counted, who was paged, its log"),
		Example: "  starter fault show HT-2025-001 1",
		RunE: s.does(func(ctx context.Context, args []string) (reply, error) {
			var in input
			number, n := in.number(args[0]), in.fault("N", args[1])
			if err := in.err(); err != nil {
				return reply{}, err
			}
			return s.fault(ctx, number, n)
		}),
	}
}

func (s *session) fault(ctx context.Context, number string, n int) (reply, error) {
	store, err := s.open(ctx)
	if err != nil {
		return reply{}, err
	}
	timeline, err := store.Timeline(ctx, number)
	if err != nil {
		return reply{}, err
	}
	all := sla.Fold(number, entries(timeline))
	i := slices.IndexFunc(all, func(f sla.Fault) bool { return f.Fault == n })
	if i < 0 {
		_, err := store.Fault(ctx, number, n) // the refusal that there is none
		return reply{}, err
	}
	d := faultDocumentOf(all[i], timeline, time.Now())
	for _, f := range all {
		if f.Reopens == n {
			d.ReopenedAs = &f.Fault
		}
	}
	return reply{document: d, print: func(p *paper) { p.fault(d) }}, nil
}

// entries are the evidence as the arithmetic reads it.
func entries(timeline []postgres.StoredEvent) []sla.Entry {
	all := make([]sla.Entry, len(timeline))
	for i, e := range timeline {
		all[i] = sla.Entry{Seq: e.Seq, Event: e.Event}
	}
	return all
}

func faultDocumentOf(f sla.Fault, timeline []postgres.StoredEvent, now time.Time) faultDocument {
	d := faultDocument{
		faultLine: faultLineOf(f.Contract, f.FaultRow, now), Promises: promisesOf(f, now), Majeure: intervals(f), Pages: []pageLine{}, Log: []eventLine{},
	}
	for _, e := range timelineOf(f.Contract, faultsEvents(timeline, message.FaultID(f.Fault))).Events {
		d.Log = append(d.Log, e)
		if page := e.Changed.Page; page != nil {
			d.Pages = append(d.Pages, pageLine{e.Seq, shanghai(page.At), page.Kind, page.Rung, page.To})
		}
	}
	return d
}

func promisesOf(f sla.Fault, now time.Time) promises {
	return promises{
		Response: f.Response(now), ResponseDue: optional(f.Answer.DueAt), ResponseSeconds: seconds(f.ToResponse()),
		Plan: f.Plan(now), Disputed: append([]string{}, f.Disputed...), PlanSeconds: seconds(f.ToPlan()), RestoreSeconds: seconds(f.ToRestore()), Events: f.Seqs,
	}
}

// seconds are whole ones, or nil if there is no time to count.
func seconds(d time.Duration, is bool) *int64 {
	if !is {
		return nil
	}
	whole := sla.Seconds(d)
	return &whole
}

// faultsEvents are the events about a fault, and the reports, addressed to the contract, that opened it or joined it.
func faultsEvents(timeline []postgres.StoredEvent, id string) []postgres.StoredEvent {
	about := func(e postgres.StoredEvent) bool { return e.Subject == id || strings.HasPrefix(e.Subject, id+"/") }
	reports := map[string]bool{}
	for _, e := range timeline {
		if act, of, is := strings.Cut(e.Key, ": "); is && about(e) && of != "" {
			reports[act] = true
		}
	}
	return slices.DeleteFunc(slices.Clone(timeline), func(e postgres.StoredEvent) bool {
		return !about(e) && (e.ActID == "" || isFault(e.Subject) || !reports["act "+e.ActID])
	})
}
