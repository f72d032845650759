package cli

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"os"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"go.temporal.io/sdk/client"

	"lvyue/internal/config"
	"lvyue/internal/contract"
	"lvyue/internal/incident"
	"lvyue/internal/message"
	"lvyue/internal/oncall"
	"lvyue/internal/postgres"
	"lvyue/internal/refusal"
	"lvyue/internal/testkit"
	"lvyue/internal/workday"
)

// desk is an engine that looks after the faults of HT-1 by the law of faults, and remembers the acts that came.
type desk struct {
	client.Client

	t     *testing.T
	store *postgres.Store

	sync.Mutex

	acts   []message.Act
	faults []*message.Incident
	steps  int
}

func openDesk(t *testing.T) *desk {
	t.Helper()
	d := &desk{t: t, store: testkit.Postgres(t)}
	data, err := os.ReadFile("../../examples/first-contract/first-contract.yaml")
	if err != nil {
		t.Fatal(err)
	}
	form, err := contract.ParseForm(data)
	if err != nil {
		t.Fatal(err)
	}
	form.Number = "HT-1"
	form.Administrators = []contract.Administrator{{Name: "李明", Phone: "13900000001"}, {Name: "周静", Phone: "13900000002"}}
	if err := d.store.RegisterForm(t.Context(), form); err != nil {
		t.Fatal(err)
	}
	row := message.ContractRow{Number: "HT-1", Customer: "甲方", Provider: "乙方", AccountManager: "chen", Language: "zh", FormHash: form.Hash(), Phase: message.InService, Fee: form.Fee}
	d.record(nil, message.Event{What: "contract", Subject: "HT-1", At: shanghaiAt("2025-10-13 10:00:00"), Changed: message.Changed{Contract: &row}})
	return d
}

// UpdateWorkflow answers an act; a report opens a fault.
func (d *desk) UpdateWorkflow(_ context.Context, o client.UpdateWorkflowOptions) (client.WorkflowUpdateHandle, error) {
	d.Lock()
	defer d.Unlock()
	act, _ := o.Args[0].(message.Act)
	d.acts = append(d.acts, act)
	answer := message.Answer{Text: refusal.Text{ZH: "好", EN: "done"}}
	if act.Name == message.ReportFault || act.Name == message.Reopen {
		var r message.FaultReport
		_ = json.Unmarshal(act.Body, &r)
		d.opens(&act, r, act.ReceivedAt)
	}
	_, err := d.store.Answer(d.t.Context(), act.ID, answer)
	return handle{answer: answer}, err
}

// opens begins a fault, by an act or without one.
func (d *desk) opens(act *message.Act, r message.FaultReport, received time.Time) *message.Incident {
	f := &message.Incident{N: len(d.faults) + 1, Terms: incident.Terms(oncall.DefaultLadder())}
	f.Fault = f.N
	d.faults = append(d.faults, f)
	if act == nil {
		detail, err := json.Marshal(r)
		if err != nil {
			d.t.Error(err)
		}
		act = &message.Act{ID: fmt.Sprint("r", f.N), Name: message.ReportFault, Actor: message.Actor{Who: r.Reporter, Way: "test"}, ReceivedAt: received, Body: detail}
	}
	d.takes(f, act, received, func() { incident.Begin(f, r, received) })
	return f
}

// takes records a step of a fault as its workflow does: the act, the promises, the state, the hour, the row.
func (d *desk) takes(f *message.Incident, act *message.Act, at time.Time, happen func(), noted ...message.Event) {
	was := f.FaultRow
	happen()
	id := message.FaultID(f.N)
	var events []message.Event
	if act != nil {
		subject := id
		if act.Fault == 0 {
			subject = "HT-1"
		}
		events = append(events, message.Event{
			What: string(act.Name), Subject: subject, Actor: act.Actor, ActID: act.ID, ReceivedAt: act.ReceivedAt, Detail: act.Body,
		})
	}
	events = append(events, noted...)
	for _, o := range f.Obligations {
		events = append(events, message.Event{What: string(o.Status), Clause: o.Clause, Subject: o.ID, Changed: message.Changed{Obligation: &o}})
	}
	if f.State != was.State {
		events = append(events, message.Event{What: string(f.State), Clause: "3.11", Subject: id, Old: string(was.State), New: string(f.State)})
	}
	row := f.FaultRow
	last := message.Event{What: "fault", Clause: "3.11", Subject: id, Changed: message.Changed{Fault: &row}}
	if f.SLA != was.SLA {
		last.What, last.Old, last.New = "sla", string(was.SLA), string(f.SLA)
	}
	events = append(events, last)
	for i := range events {
		events[i].At = at
	}
	d.record(act, events...)
}

func (d *desk) record(act *message.Act, events ...message.Event) {
	d.t.Helper()
	d.steps++
	cause := fmt.Sprint("step ", d.steps)
	if act != nil {
		cause = "act " + act.ID
	}
	for i := range events {
		events[i].Key = fmt.Sprintf("%s: %s %s %d", cause, events[i].What, events[i].Subject, i)
	}
	if err := d.store.Record(d.t.Context(), message.Record{Contract: "HT-1", Events: events}); err != nil {
		d.t.Error(err)
	}
}

// page is the event of a call.
func page(n int, at, to, rung string, kind message.PageKind) message.Event {
	p := message.Page{Key: fmt.Sprint("p", at, to), At: shanghaiAt(at), Kind: kind, Contract: "HT-1", Fault: n, Rung: rung, To: to}
	return message.Event{What: "page", Clause: "4.2", Subject: message.FaultID(n), New: p.Key, Changed: message.Changed{Page: &p}}
}

func shanghaiAt(text string) time.Time {
	at, err := time.ParseInLocation(time.DateTime, text, workday.Shanghai)
	if err != nil {
		panic(err)
	}
	return at
}

// starter runs one command; a word may have spaces.
func (d *desk) starter(args ...string) (out, complaint string, status int) {
	d.t.Helper()
	var stdout, stderr bytes.Buffer
	s := newSession(Program{Out: &stdout, Err: &stderr, Env: noSetting{}}, args)
	s.store, s.client, s.loaded = d.store, d, &config.Config{}
	root := rootCommand(s)
	root.SetArgs(args)
	if err := root.ExecuteContext(d.t.Context()); err != nil {
		status = s.report(err)
	}
	return stdout.String(), stderr.String(), status
}

// told decodes the document of a command that must succeed.
func told[T any](d *desk, args ...string) T {
	d.t.Helper()
	out, complaint, status := d.starter(append(args, "--json")...)
	var document T
	if err := json.Unmarshal([]byte(out), &document); err != nil || status != 0 {
		d.t.Fatalf("%v: status %d, %s%s (%v)", args, status, out, complaint, err)
	}
	return document
}

// refuses runs a command that must fail, and gives status, code and wrong fields.
func (d *desk) refuses(args ...string) string {
	d.t.Helper()
	out, _, status := d.starter(append(args, "--json")...)
	var document errorDocument
	if err := json.Unmarshal([]byte(out), &document); err != nil || status == 0 {
		d.t.Fatalf("%v: status %d, %s (%v)", args, status, out, err)
	}
	told := []string{strconv.Itoa(status), document.Error.Code}
	for _, f := range document.Error.Fields {
		told = append(told, f.Path)
	}
	return strings.Join(told, " ")
}

// last is the act that came last.
func (d *desk) last() message.Act { return slices.Clone(d.acts)[len(d.acts)-1] }

// reads runs a command in both languages and looks for what people must find.
func (d *desk) reads(want map[string][]string, args ...string) {
	d.t.Helper()
	for lang, sentences := range want {
		out, complaint, status := d.starter(append(args, "--lang", lang)...)
		for _, sentence := range sentences {
			if status != 0 || !strings.Contains(out, sentence) {
				d.t.Errorf("%v (%s): status %d, without %q in\n%s%s", args, lang, status, sentence, out, complaint)
			}
		}
	}
}
