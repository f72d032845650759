package rehearsal

import (
	"lvyue/internal/message"
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

// Paged is a page that was written for somebody.
type Paged struct {
	At   Instant          `json:"at"`
	Kind message.PageKind `json:"kind"`
	Rung string           `json:"rung"`
	To   string           `json:"to"`
}

// incidents are the faults with the pages that the evidence has of them.
func incidents(faults []postgres.Fault, timeline []postgres.StoredEvent) []Incident {
	all := []Incident{}
	for _, f := range faults {
		i := Incident{
			ID: message.FaultID(f.Fault), Fault: f.Fault, State: f.State, SLA: f.SLA, System: f.System, Administrator: f.Administrator,
			Reopens: f.Reopens, ReportedAt: Instant{f.ReportedAt}, EnteredAt: Instant{f.EnteredAt}, ClockAt: Instant{f.ClockAt},
			ResponseAt: Instant{f.ResponseAt}, PlanAt: Instant{f.PlanAt}, DeadlineAt: Instant{f.DeadlineAt},
			BreachedAt: Instant{f.BreachedAt}, ResolvedAt: Instant{f.ResolvedAt}, ClosedAt: Instant{f.ClosedAt}, Pages: []Paged{},
		}
		for _, stored := range timeline {
			if p := stored.Changed.Page; p != nil && p.Fault == f.Fault {
				i.Pages = append(i.Pages, Paged{At: Instant{p.At}, Kind: p.Kind, Rung: p.Rung, To: p.To})
			}
		}
		all = append(all, i)
	}
	return all
}
