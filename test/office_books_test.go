package test

import (
	"fmt"
	"strings"
	"time"

	"github.com/google/uuid"

	"lvyue/internal/message"
	"lvyue/internal/paging"
	"lvyue/internal/postgres"
)

// clock is the moment by the clock of the evidence.
func (o *office) clock() time.Time {
	o.t.Helper()
	now, err := o.Store.Now(o.t.Context())
	if err != nil {
		o.t.Fatal(err)
	}
	return now
}

// enter takes an act in as whoever answers the telephone would, and gives the code of its refusal, "" for a yes. An act without an id
// gets one.
func (o *office) enter(act message.Act, body any) string {
	o.t.Helper()
	whole := o.act(o.t, act.Contract, uuid.NewString(), act.Name, act.ReceivedAt, body)
	whole.Fault = act.Fault
	if act.Actor.Who != "" {
		whole.Actor = act.Actor
	}
	_, answer, err := o.Take(o.t.Context(), whole, nil)
	if err != nil {
		o.t.Fatalf("%s: %v\n%s", act.Name, err, endOf(o.worker.log))
	}
	if answer.Refusal != nil {
		return answer.Refusal.Code
	}
	return ""
}

// stands waits until a fault is so in the books.
func (o *office) stands(number string, n int, state message.FaultState, sla message.SLA) postgres.Fault {
	o.t.Helper()
	var f postgres.Fault
	o.until(fmt.Sprintf("fault %d is %s and its hour %s", n, state, sla), func() bool {
		f = o.fault(number, n)
		return f.State == state && f.SLA == sla
	})
	return f
}

// story is what the evidence, whose chain holds, says of a fault, an event a line: "ack", "sla running>breached".
func (o *office) story(number string, n int) string {
	o.t.Helper()
	events, err := o.Store.Timeline(o.t.Context(), number)
	if err != nil {
		o.t.Fatal(err)
	}
	if chain, err := o.Store.Verify(o.t.Context(), number); err != nil || !chain.Verified {
		o.t.Errorf("the chain does not hold: %+v, %v", chain, err)
	}
	var lines strings.Builder
	for _, e := range events {
		if e.Subject != message.FaultID(n) {
			continue
		}
		lines.WriteString(e.What)
		if e.Old+e.New != "" {
			lines.WriteString(" " + e.Old + ">" + e.New)
		}
		lines.WriteString("\n")
	}
	return lines.String()
}

// tells fails unless the evidence of a fault has these events so often; "ack" stands for all of its kind.
func (o *office) tells(number string, n int, want map[string]int) {
	o.t.Helper()
	got, story := map[string]int{}, o.story(number, n)
	for line := range strings.Lines(story) {
		line = strings.TrimSpace(line)
		what, change, _ := strings.Cut(line, " ")
		got[what]++
		if change != "" {
			got[line]++
		}
	}
	for event, times := range want {
		if got[event] != times {
			o.t.Errorf("fault %d has %d times %q, want %d:\n%s", n, got[event], event, times, story)
		}
	}
}

// byLead is who leads, by telephone.
func byLead() message.Actor { return message.Actor{Who: "wang", Role: "lead", Way: "test"} }

// tries are the pages of a contract, each with what became of it by each way.
func (o *office) tries(number string) []string {
	o.t.Helper()
	pages, err := o.Store.PagesOf(o.t.Context(), number)
	if err != nil {
		o.t.Fatal(err)
	}
	var told []string
	for _, p := range pages {
		var ways []string
		for _, try := range p.Tries {
			way := fmt.Sprintf("%s %s", try.Way, try.Outcome)
			if try.Outcome == paging.GaveUp && try.Number == 1 {
				way += " at once, " + try.Reason
			}
			ways = append(ways, way)
		}
		told = append(told, fmt.Sprintf("%s to %s: %s", p.Kind, p.To, strings.Join(ways, ", ")))
	}
	return told
}
