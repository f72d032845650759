package rehearsal

import (
	"lvyue/internal/message"
	"lvyue/internal/paging"
	"lvyue/internal/postgres"
)

// Incident is a fault, or a request, as it stands at the end (§3.11, §4). Instants are null where there is none. SLA is none,
// running, met, breached, changed_duty or waived.
type Incident struct {
	ID            string             `json:"id"`
	Fault         int                `json:"fault"`
	State         message.FaultState `json:"state"`
	SLA           message.SLA        `json:"sla"`
	System        string             `json:"system"`
	Administrator bool               `json:"administrator"`
	Reopens       int                `json:"reopens,omitempty"`
	ReportedAt    Instant            `json:"reported_at"`
	EnteredAt     Instant            `json:"entered_at"`
	ClockAt       Instant            `json:"clock_at"`
	ResponseAt    Instant            `json:"response_at"`
	PlanAt        Instant            `json:"plan_at"`
	DeadlineAt    Instant            `json:"deadline_at"`
	BreachedAt    Instant            `json:"breached_at"`
	ResolvedAt    Instant            `json:"resolved_at"`
	ClosedAt      Instant            `json:"closed_at"`
	Pages         []Paged            `json:"pages"`
}

// Paged is a page that was written for somebody, and what has become of it by each way; Sent is empty without a rota.
type Paged struct {
	At   Instant          `json:"at"`
	Kind message.PageKind `json:"kind"`
	Rung string           `json:"rung"`
	To   string           `json:"to"`
	Sent []Sending        `json:"sent"`
}

// Sending is the last of so many tries by one way. Outcome is sent, folded, failed or gave-up.
type Sending struct {
	Channel paging.Way     `json:"channel"`
	At      Instant        `json:"at"`
	Outcome paging.Outcome `json:"outcome"`
	Tries   int            `json:"tries"`
}

// incidents are the faults with the pages of each.
func incidents(faults []postgres.Fault, pages []paging.Standing) []Incident {
	all := []Incident{}
	for _, f := range faults {
		i := Incident{
			ID: message.FaultID(f.Fault), Fault: f.Fault, State: f.State, SLA: f.SLA, System: f.System, Administrator: f.Administrator,
			Reopens: f.Reopens, ReportedAt: Instant{f.ReportedAt}, EnteredAt: Instant{f.EnteredAt}, ClockAt: Instant{f.ClockAt},
			ResponseAt: Instant{f.ResponseAt}, PlanAt: Instant{f.PlanAt}, DeadlineAt: Instant{f.DeadlineAt},
			BreachedAt: Instant{f.BreachedAt}, ResolvedAt: Instant{f.ResolvedAt}, ClosedAt: Instant{f.ClosedAt}, Pages: []Paged{},
		}
		for _, p := range pages {
			if p.Fault == f.Fault {
				i.Pages = append(i.Pages, paged(p))
			}
		}
		all = append(all, i)
	}
	return all
}

func paged(p paging.Standing) Paged {
	out := Paged{At: Instant{p.At}, Kind: p.Kind, Rung: p.Rung, To: p.To, Sent: []Sending{}}
	for _, t := range p.Tries {
		out.Sent = append(out.Sent, Sending{Channel: t.Way, At: Instant{t.EndedAt}, Outcome: t.Outcome, Tries: t.Number})
	}
	return out
}
