package test

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"

	"lvyue/internal/message"
	"lvyue/internal/postgres"
)

// settle waits until everything that was received has its answer, every hour that passes meanwhile is judged, and everybody is called.
func (b *bustle) settle(t *testing.T) {
	t.Helper()
	type count struct{ Left int }
	for _, want := range []struct{ what, left string }{
		{"every act has its answer", "SELECT count(*) AS left FROM inbox WHERE answer IS NULL"},
		{"every hour is over that was called in late", "SELECT count(*) AS left FROM fault WHERE sla = 'running' AND deadline_at < clock_timestamp() + interval '1 minute'"},
		{"everybody is called", "SELECT count(*) AS left FROM page WHERE settled_at IS NULL AND at <= clock_timestamp()"},
	} {
		b.until(want.what, func() bool { return rowsOf[count](t, b.office, want.left)[0].Left == 0 })
	}
}

// rowsOf asks the database itself.
func rowsOf[T any](t *testing.T, o *office, sql string) []T {
	t.Helper()
	c, err := pgx.Connect(t.Context(), o.at.database)
	if err != nil {
		t.Fatal(err)
	}
	defer c.Close(t.Context())
	if _, err := c.Exec(t.Context(), "SET search_path TO "+pgx.Identifier{o.schema}.Sanitize()); err != nil {
		t.Fatal(err)
	}
	rows, err := c.Query(t.Context(), sql)
	if err != nil {
		t.Fatal(err)
	}
	all, err := pgx.CollectRows(rows, pgx.RowToStructByName[T])
	if err != nil {
		t.Fatal(err)
	}
	return all
}

// stored is an act as the inbox has it.
type stored struct {
	ID         string
	Name       message.ActName
	Contract   string
	Fault      int
	ReceivedAt time.Time
	Refused    bool
}

// account is what must tie together in the end: what people did, the inbox, the evidence, and Slack.
type account struct {
	*bustle

	inbox  map[string]stored
	events []postgres.StoredEvent
	faults []postgres.Fault
	// For the record: the longest from the receipt of an act until its record, of what act, and how the hours came out.
	longest time.Duration
	of      string
	hours   map[message.SLA]int
	unseen  int // hours whose plan came, and which passed, while a program was away
	twice   int // pages that two messages tell of
}

func (b *bustle) account(t *testing.T, contracts []string) *account {
	t.Helper()
	a := &account{bustle: b, inbox: map[string]stored{}, hours: map[message.SLA]int{}}
	for _, k := range rowsOf[stored](t, b.office, `SELECT id, name, contract, fault, received_at, answer ? 'refusal' AS refused FROM inbox`) {
		a.inbox[k.ID] = k
	}
	for _, number := range contracts {
		chain, err := b.Store.Verify(t.Context(), number)
		if err != nil || !chain.Verified {
			t.Errorf("the chain of %s does not hold: %+v, %v", number, chain, err)
		}
		events, err := b.Store.Timeline(t.Context(), number)
		if err != nil {
			t.Fatal(err)
		}
		a.events = append(a.events, events...)
	}
	var err error
	if a.faults, err = b.Store.Faults(t.Context(), ""); err != nil {
		t.Fatal(err)
	}
	return a
}

// checkDeeds holds what people were told against what is kept.
func (a *account) checkDeeds(t *testing.T) {
	t.Helper()
	for _, d := range a.deeds {
		_, found := a.inbox[d.ID]
		switch {
		case d.told == toldReceived && !found:
			t.Errorf("%s by %q (%s of %s fault %d) was told to be received, and is lost", d.ID, d.user, d.Name, d.Contract, d.Fault)
		case d.told == toldAgain && found:
			t.Errorf("%s by %q (%s of %s fault %d) was told not to be stored, and is", d.ID, d.user, d.Name, d.Contract, d.Fault)
		}
	}
}

// checkEffects holds the inbox against the evidence: what was granted stands once, what was refused not at all.
func (a *account) checkEffects(t *testing.T) {
	t.Helper()
	effects := map[string]int{}
	for _, e := range a.events {
		if e.ActID == "" {
			continue
		}
		effects[e.ActID]++
		if took := e.RecordedAt.Sub(a.inbox[e.ActID].ReceivedAt); took > a.longest && a.ours(e.ActID) {
			a.longest, a.of = took, e.What
		}
	}
	for id, k := range a.inbox {
		if want := map[bool]int{true: 0, false: 1}[k.Refused]; effects[id] != want {
			t.Errorf("%s (%s of %s fault %d) stands %d times in the evidence, want %d", id, k.Name, k.Contract, k.Fault, effects[id], want)
		}
	}
}

// ours tells of what people did here, in contrast to what went before.
func (a *account) ours(id string) bool {
	return slices.ContainsFunc(a.deeds, func(d *deed) bool { return d.ID == id })
}

// checkHours judges every hour anew, by the moments of receipt alone (§3.11).
func (a *account) checkHours(t *testing.T) {
	t.Helper()
	for _, f := range a.faults {
		solved := a.solved(f)
		want := message.SLARunning
		switch {
		case !solved.IsZero() && !solved.After(f.DeadlineAt):
			want = message.SLAMet
		case f.DeadlineAt.Before(time.Now()):
			want = message.SLABreached
		}
		if f.SLA != want {
			t.Errorf("%s fault %d is %s, want %s: deadline %v, solved %v", f.Contract, f.Fault, f.SLA, want, f.DeadlineAt, solved)
		}
		if want == message.SLABreached != f.BreachedAt.Equal(f.DeadlineAt) {
			t.Errorf("%s fault %d is %s, breached at %v, deadline %v", f.Contract, f.Fault, f.SLA, f.BreachedAt, f.DeadlineAt)
		}
		a.hours[f.SLA]++
		if want == message.SLAMet && slices.ContainsFunc(a.away, func(s span) bool { return s.from.Before(solved) && f.DeadlineAt.Before(s.to) }) {
			a.unseen++
		}
	}
	breached := map[bool]int{}
	for _, e := range a.events {
		if e.What == "sla" || e.What == "breach-corrected" {
			breached[e.New == string(message.SLABreached)]++
		}
		if e.What == "breach-corrected" {
			t.Errorf("there was a breach that was none: %+v", e.Event)
		}
	}
	if breached[true] != a.hours[message.SLABreached] {
		t.Errorf("%d breaches are told, want %d", breached[true], a.hours[message.SLABreached])
	}
}

// solved is when the first plan, or the solution itself, was received; zero if none was.
func (a *account) solved(f postgres.Fault) time.Time {
	var first time.Time
	for _, k := range a.inbox {
		solves := k.Name == message.Plan || k.Name == message.Resolve
		if solves && !k.Refused && k.Contract == f.Contract && k.Fault == f.Fault && (first.IsZero() || k.ReceivedAt.Before(first)) {
			first = k.ReceivedAt
		}
	}
	return first
}

func (a *account) String() string {
	count := func(what verdict) (n int) {
		for _, d := range a.deeds {
			if d.ID != "" && d.told == what {
				n++
			}
		}
		return n
	}
	slack := len(slices.DeleteFunc(slices.Clone(a.deeds), func(d *deed) bool { return d.ID == "" || d.user == "" }))
	return fmt.Sprintf("%d acts told received, %d told not stored, %d without a word; %d of them in Slack; %d faults, hours %v, "+
		"%d of them met by a plan that came, and over, while a program was away; %d pages told of twice; "+
		"at most %s from receipt to record (%s)", count(toldReceived), count(toldAgain), count(toldNothing), slack, len(a.faults),
		a.hours, a.unseen, a.twice, a.longest.Round(time.Millisecond), a.of)
}
