package cli

import (
	"time"

	"lvyue/internal/message"
	"lvyue/internal/sla"
)

// monthDocument is the report of a month. Percentile names how P90 is found: the ⌈0.9·n⌉-th shortest. Times are whole seconds of
// real time from the beginning of the hour's clock, a second that has begun counted; force majeure is not taken off.
type monthDocument struct {
	Month      string    `json:"month"`
	Contract   *string   `json:"contract"`
	From       time.Time `json:"from"`
	Until      time.Time `json:"until"`
	AsOf       time.Time `json:"as_of"`
	Faults     int       `json:"faults"`
	Percentile string    `json:"percentile"`

	Response    promiseDocument `json:"response"`
	Plan        promiseDocument `json:"plan"`
	Restore     spreadDocument  `json:"restore"`
	Requests    tally           `json:"requests"`
	Unconfirmed tally           `json:"unconfirmed"`
	Disputed    tally           `json:"disputed"`
	// NeverAcknowledged are counted among the breached responses, NeverPlanned among the breached plans.
	NeverAcknowledged tally          `json:"never_acknowledged"`
	NeverPlanned      tally          `json:"never_planned"`
	Majeure           []intervalLine `json:"force_majeure"`
	Waivers           []waiverLine   `json:"waivers"`
	MissedRungs       rungTally      `json:"missed_rungs"`
	Failures          failureTally   `json:"notifier_failures"`
	Rows              []monthRow     `json:"rows"`
}

// tally is a number with the faults that it counts.
type tally struct {
	Count  int       `json:"count"`
	Faults []sla.Ref `json:"faults"`
}

type promiseDocument struct {
	Met      tally          `json:"met"`
	Breached tally          `json:"breached"`
	Changed  tally          `json:"changed_duty"`
	Waived   tally          `json:"waived"`
	Running  tally          `json:"running"`
	Took     spreadDocument `json:"took"`
}

// spreadDocument is null in its times without a case.
type spreadDocument struct {
	Count  int    `json:"count"`
	Median *int64 `json:"median_seconds"`
	P90    *int64 `json:"p90_seconds"`
	Max    *int64 `json:"max_seconds"`
}

// intervalLine is a time of force majeure; Until is null and EndedBy 0 while it lasts. EvidencedBy is the act by which Who gave the
// evidence; it, MarkedBy and EndedBy are events.
type intervalLine struct {
	Contract string              `json:"contract"`
	Fault    int                 `json:"fault"`
	Kind     message.MajeureKind `json:"kind"`
	From     time.Time           `json:"from"`
	Until    *time.Time          `json:"until"`
	Seconds  *int64              `json:"seconds"`
	MarkedBy int64               `json:"marked_by"`
	EndedBy  int64               `json:"ended_by"`

	Evidence    string `json:"evidence"`
	Who         string `json:"who"`
	EvidencedBy int64  `json:"evidenced_by"`
}

// waiverLine is a missed hour that was let go (§6.4), and why; WaivedBy is the event.
type waiverLine struct {
	Contract string `json:"contract"`
	Fault    int    `json:"fault"`
	Reason   string `json:"reason"`
	Who      string `json:"who"`
	WaivedBy int64  `json:"waived_by"`
}

// monthRow is one fault of the month, with the events that its numbers rest on.
type monthRow struct {
	Contract        string             `json:"contract"`
	Fault           int                `json:"fault"`
	System          string             `json:"system"`
	State           message.FaultState `json:"state"`
	Response        sla.Outcome        `json:"response"`
	Plan            sla.Outcome        `json:"plan"`
	Disputed        []string           `json:"disputed"`
	ReportedAt      time.Time          `json:"reported_at"`
	EnteredAt       time.Time          `json:"entered_at"`
	ClockAt         *time.Time         `json:"clock_at"`
	DeadlineAt      *time.Time         `json:"deadline_at"`
	ResponseAt      *time.Time         `json:"response_at"`
	PlanAt          *time.Time         `json:"plan_at"`
	ResolvedAt      *time.Time         `json:"resolved_at"`
	ResponseSeconds *int64             `json:"response_seconds"`
	PlanSeconds     *int64             `json:"plan_seconds"`
	RestoreSeconds  *int64             `json:"restore_seconds"`
	Events          sla.Seqs           `json:"events"`

	fault sla.Fault
}

func monthDocumentOf(m sla.Month, number string) monthDocument {
	d := monthDocument{
		Month: monthName(m), From: m.From, Until: m.Until, AsOf: shanghai(m.AsOf), Faults: len(m.Faults), Percentile: "nearest-rank",
		Response: promiseDocumentOf(m.Response), Plan: promiseDocumentOf(m.Plan), Restore: spreadOf(m.Restore),
		Requests: tallyOf(m.Requests), Unconfirmed: tallyOf(m.Unconfirmed), Disputed: tallyOf(m.Disputed),
		NeverAcknowledged: tallyOf(m.Unacknowledged), NeverPlanned: tallyOf(m.Unplanned), Majeure: []intervalLine{},
		Waivers: []waiverLine{}, MissedRungs: rungTallyOf(m.Faults), Failures: failureTallyOf(m.Faults), Rows: []monthRow{},
	}
	if number != "" {
		d.Contract = &number
	}
	for _, f := range m.Faults {
		d.Majeure = append(d.Majeure, intervals(f)...)
		if f.Plan(m.AsOf) == sla.Waived {
			d.Waivers = append(d.Waivers, waiverLine{f.Contract, f.Fault, f.Waiver.Text, f.Waiver.Who, f.Waiver.Event})
		}
		d.Rows = append(d.Rows, monthRowOf(f, m.AsOf))
	}
	return d
}

func monthName(m sla.Month) string { return m.From.Format("2006-01") }

func tallyOf(refs []sla.Ref) tally {
	return tally{Count: len(refs), Faults: append([]sla.Ref{}, refs...)}
}

func promiseDocumentOf(p sla.Promise) promiseDocument {
	return promiseDocument{
		Met: tallyOf(p.Met), Breached: tallyOf(p.Breached), Changed: tallyOf(p.Changed), Waived: tallyOf(p.Waived),
		Running: tallyOf(p.Running), Took: spreadOf(p.Took),
	}
}

func spreadOf(s sla.Spread) spreadDocument {
	some := s.Count > 0
	return spreadDocument{Count: s.Count, Median: seconds(s.Median, some), P90: seconds(s.P90, some), Max: seconds(s.Max, some)}
}

func intervals(f sla.Fault) []intervalLine {
	lines := []intervalLine{}
	for _, i := range f.Majeure {
		lines = append(lines, intervalLine{
			Contract: f.Contract, Fault: f.Fault, Kind: i.Kind, From: shanghai(i.From), Until: optional(i.Until),
			Seconds: seconds(i.Until.Sub(i.From), !i.Until.IsZero()), MarkedBy: i.Marked, EndedBy: i.Ended,
			Evidence: i.Evidence.Text, Who: i.Evidence.Who, EvidencedBy: i.Evidence.Event,
		})
	}
	return lines
}

func monthRowOf(f sla.Fault, asOf time.Time) monthRow {
	return monthRow{
		Contract: f.Contract, Fault: f.Fault, System: f.System, State: f.State, Response: f.Response(asOf), Plan: f.Plan(asOf),
		Disputed:   append([]string{}, f.Disputed...),
		ReportedAt: shanghai(f.ReportedAt), EnteredAt: shanghai(f.EnteredAt), ClockAt: optional(f.ClockAt), DeadlineAt: optional(planDue(f.FaultRow)),
		ResponseAt: optional(f.ResponseAt), PlanAt: optional(f.PlanAt), ResolvedAt: optional(f.ResolvedAt),
		ResponseSeconds: seconds(f.ToResponse()), PlanSeconds: seconds(f.ToPlan()), RestoreSeconds: seconds(f.ToRestore()), Events: f.Seqs, fault: f,
	}
}
