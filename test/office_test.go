package test

import (
	"cmp"
	"log/slog"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"
	"go.temporal.io/sdk/client"

	"lvyue/internal/contract"
	"lvyue/internal/intake"
	"lvyue/internal/message"
	"lvyue/internal/slacksim"
)

// place is where the programs of an office find Temporal and PostgreSQL.
type place struct {
	temporal, database string
	client             client.Client
}

// here is the place that all tests share.
func here() place {
	return place{temporal: world.Address(), database: world.DatabaseURL(), client: world.client}
}

// office is a fault desk as a team runs it: the built worker and the built desk, before a real Temporal and a real PostgreSQL, and
// a simulated Slack that the vendor's client reaches by one of its transports. Its contracts live by the real clock.
type office struct {
	desk

	t            testing.TB
	at           place
	slack        *slacksim.Server
	receiver     *receiver // beside Slack, another way to people
	transport    string
	worker, chat *service
	url          string // of the desk's pages
}

// The transports.
const (
	overSockets = "sockets"
	overHTTP    = "http"
)

// over keeps a promise over both transports.
func over(t *testing.T, promise func(t *testing.T, o *office)) {
	t.Helper()
	overEach(t, func(t *testing.T, transport string) { promise(t, openOffice(t, here(), transport, slacksim.Options{})) })
}

// overEach is over for who opens the office.
func overEach(t *testing.T, promise func(t *testing.T, transport string)) {
	t.Helper()
	for _, transport := range []string{overSockets, overHTTP} {
		t.Run(transport, func(t *testing.T) {
			t.Parallel()
			promise(t, transport)
		})
	}
}

// openOffice opens one with the usual team and their rota, unless the options name other people; settings are more of the desk's.
// The desk and the worker serve when it returns.
func openOffice(tb testing.TB, at place, transport string, options slacksim.Options, settings ...string) *office {
	tb.Helper()
	o := openEngine(tb, at)
	o.transport = transport
	o.openSlack(options)
	o.openChat(settings...)
	return o
}

// openEngine opens an office without a desk, in which nobody is reached: the worker alone, with the usual team's rota.
func openEngine(tb testing.TB, at place) *office {
	tb.Helper()
	name := strings.ReplaceAll(uuid.NewString(), "-", "_")
	o := &office{t: tb, at: at, desk: desk{schema: "test_" + name, Intake: intake.Intake{
		Client: at.client, TaskQueue: "test-" + name, Log: slog.New(slog.DiscardHandler),
	}}}
	o.Store = openSchema(tb, at.database, o.schema)
	o.setRota(usualRota(tb))
	o.worker = newService(tb, "worker", []string{
		"TEMPORAL_ADDRESS=" + at.temporal, "DATABASE_URL=" + at.database, "LVYUE_SCHEMA=" + o.schema, "LVYUE_TASK_QUEUE=" + o.TaskQueue,
		"LVYUE_CLOUD=aliyunsim", "LANG=C",
	})
	o.worker.start(tb)
	return o
}

// until waits for something in Slack or elsewhere.
func (o *office) until(what string, holds func() bool) {
	o.t.Helper()
	const patience, between = 3 * time.Minute, 20 * time.Millisecond
	for giveUp := time.Now().Add(patience); !holds(); time.Sleep(between) {
		if time.Now().After(giveUp) {
			o.t.Fatalf("it did not come about that %s\n%s%s", what, o.worker.lastWords(), o.chat.lastWords())
		}
	}
}

// usable signs and pays a contract whose system has been usable since an instant, which is reported in the place of its deployment,
// lest that report its own; so a call of an hour ago has a system to be about. It gives the contract's number.
func (o *office) usable(since time.Time) string {
	o.t.Helper()
	return o.usableBy(acme(o.t), since)
}

// usableBy does so by a form of one's own, under another number.
func (o *office) usableBy(form contract.Form, since time.Time) string {
	o.t.Helper()
	form.Number = "HT-" + strings.ToUpper(uuid.NewString()[:8])
	o.sign(form, since.Add(-time.Hour))
	o.until("the deployment is ended", func() bool {
		return o.Client.TerminateWorkflow(o.t.Context(), message.ChildID(o.id(form.Number), "deployment", 1), "", "told of beside it") == nil
	})
	report := message.Report{Duty: "deployment", N: 1, At: since}
	if err := o.Client.SignalWorkflow(o.t.Context(), o.id(form.Number), "", message.ReportSignal, report); err != nil {
		o.t.Fatal(err)
	}
	o.until("the system is usable", func() bool { return strings.Contains(o.evidence(o.t, form.Number), "deployed") })
	return form.Number
}

// sign has both signatures and the payment received before the first of them is delivered: so nothing that was due between then and
// now, such as a reminder at nine in the morning, comes before them.
func (o *office) sign(form contract.Form, at time.Time) {
	o.t.Helper()
	signature := func(by message.Side) message.Signature { return message.Signature{By: by, FormHash: form.Hash()} }
	acts := []message.Act{
		o.act(o.t, form.Number, uuid.NewString(), message.Sign, at, signature(message.Customer)),
		o.act(o.t, form.Number, uuid.NewString(), message.Sign, at, signature(message.Provider)),
		o.act(o.t, form.Number, uuid.NewString(), message.Pay, at.Add(time.Minute), message.Payment{Amount: form.Fee, Reference: uuid.NewString()}),
	}
	for _, act := range acts {
		if _, _, err := o.Keep(o.t.Context(), act, &form); err != nil {
			o.t.Fatal(err)
		}
	}
	for _, act := range acts {
		o.do(act, &form)
	}
}

// do takes an act in, which must be granted.
func (o *office) do(act message.Act, form *contract.Form) {
	o.t.Helper()
	_, answer, err := o.Take(o.t.Context(), act, form)
	if err == nil && answer.Refusal != nil {
		err = answer.Refusal
	}
	if err != nil {
		o.t.Fatalf("%s: %v\n%s", act.Name, err, endOf(o.worker.log))
	}
}

// report reports a fault of a system by the contract's administrator, by telephone at an instant if one is given.
func (o *office) report(number, system string, called time.Time) {
	o.t.Helper()
	o.do(o.act(o.t, number, uuid.NewString(), message.ReportFault, time.Time{}, message.FaultReport{
		Called: message.Called{CalledAt: called}, Reporter: "李明", System: system, Text: cmp.Or(system, "全部") + " 打不开",
	}), nil)
}
