package cli

import (
	"context"
	"slices"
	"time"

	"github.com/spf13/cobra"

	"lvyue/internal/hosting"
	"lvyue/internal/message"
	"lvyue/internal/postgres"
	"lvyue/internal/workday"
)

func showCommand(s *session) *cobra.Command {
	return &cobra.Command{
		Use: "show NUMBER", Args: wants(1, 1),
		Short:   s.say("合同现状：义务、服务年度、款项", "a contract as it stands: duties, service years, money"),
		Example: "  starter show HT-2025-001",
		RunE: s.does(func(ctx context.Context, args []string) (reply, error) {
			view, err := s.view(ctx, args[0])
			if err != nil {
				return reply{}, err
			}
			return reply{
				document: documentOf(view, s.lang),
				print:    func(p *paper) { p.contract(view) },
			}, nil
		}),
	}
}

func (s *session) view(ctx context.Context, typed string) (postgres.View, error) {
	var in input
	number := in.number(typed)
	if err := in.err(); err != nil {
		return postgres.View{}, err
	}
	store, err := s.open(ctx)
	if err != nil {
		return postgres.View{}, err
	}
	return store.View(ctx, number)
}

// viewDocument is a contract as it stands; its rows have the keys of a rehearsal's report.
type viewDocument struct {
	Contract string `json:"contract"`
	message.ContractRow

	NextDuty     *duty                 `json:"next_duty"`
	Obligations  []duty                `json:"obligations"`
	ServiceYears []message.ServiceYear `json:"service_years"`
	Payments     []payment             `json:"payments"`
	Messages     []messageLine         `json:"messages"`
	Refused      []refusedLine         `json:"refused"`
	Progress     []progressLine        `json:"progress"`
	Faults       []faultLine           `json:"faults"` // those that are not closed, requests among them
	Waiting      []waitingLine         `json:"waiting"`
}

// progressLine is how far a work in the cloud has come.
type progressLine struct {
	Duty     string             `json:"duty"`
	LookedAt time.Time          `json:"looked_at"`
	Pieces   []hosting.Resource `json:"pieces"`
}

func documentOf(v postgres.View, lang string) viewDocument {
	d := viewDocument{
		Contract: v.Contract.Number, ContractRow: v.Contract, Obligations: []duty{}, Payments: []payment{}, Messages: []messageLine{},
		Refused: []refusedLine{}, Progress: []progressLine{}, Waiting: waitingFor(v), ServiceYears: append([]message.ServiceYear{}, v.Years...),
	}
	for _, o := range v.Obligations {
		d.Obligations = append(d.Obligations, dutyOf(o))
	}
	if next := nextDuty(v.Obligations); next != nil {
		line := dutyOf(*next)
		d.NextDuty = &line
	}
	for _, r := range v.Receipts {
		d.Payments = append(d.Payments, payment{r.Reference, r.Amount, r.On})
	}
	for _, n := range v.Notices {
		d.Messages = append(d.Messages, messageLine{shanghai(n.At), n.To, n.About, n.Kind})
	}
	for _, r := range v.Refused {
		d.Refused = append(d.Refused, refusedLine{shanghai(r.At), string(r.Act), r.Code, r.Clause, r.In(lang)})
	}
	for _, w := range underWay(v) {
		d.Progress = append(d.Progress, progressLine{w.Duty, w.LookedAt.In(workday.Shanghai), w.Pieces})
	}
	d.Faults = faultLines(openFaults(v.Faults), time.Now())
	return d
}

// underWay are the works at duties that are still open.
func underWay(v postgres.View) []postgres.Progress {
	return slices.DeleteFunc(slices.Clone(v.Progress), func(w postgres.Progress) bool {
		return !slices.ContainsFunc(v.Obligations, func(o message.Obligation) bool { return o.ID == w.Duty && o.Open() })
	})
}

// nextDuty is the open duty that comes due first; one without a day comes last.
func nextDuty(all []message.Obligation) *message.Obligation {
	var next *message.Obligation
	for i := range all {
		o := &all[i]
		if !o.Open() {
			continue
		}
		if next == nil || next.DueOn.IsZero() || (!o.DueOn.IsZero() && o.DueOn.Before(next.DueOn)) {
			next = o
		}
	}
	return next
}
