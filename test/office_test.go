package test

import (
	"cmp"
	"fmt"
	"log/slog"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"
	"go.temporal.io/sdk/client"

	"lvyue/internal/contract"
	"lvyue/internal/intake"
	"lvyue/internal/message"
	"lvyue/internal/oncall"
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

	t            *testing.T
	at           place
	slack        *slacksim.Server
	transport    string
	worker, chat *service
}

// The transports.
const (
	overSockets = "sockets"
	overHTTP    = "http"
)

// over keeps a promise over both transports.
func over(t *testing.T, promise func(t *testing.T, o *office)) {
	t.Helper()
	for _, transport := range []string{overSockets, overHTTP} {
		t.Run(transport, func(t *testing.T) {
			t.Parallel()
			promise(t, openOffice(t, here(), transport, slacksim.Options{}))
		})
	}
}

// openOffice opens one with the usual team and the example's rota, unless the options name other people. The desk and the worker
// serve when it returns.
func openOffice(t *testing.T, at place, transport string, options slacksim.Options) *office {
	t.Helper()
	name := strings.ReplaceAll(uuid.NewString(), "-", "_")
	o := &office{t: t, at: at, transport: transport, desk: desk{schema: "test_" + name, Intake: intake.Intake{
		Client: at.client, TaskQueue: "test-" + name, Log: slog.New(slog.DiscardHandler),
	}}}
	o.Store = openSchema(t, at.database, o.schema)
	o.setRota("../examples/fault-desk/rota.yaml")
	o.openSlack(options)
	environment := []string{
		"TEMPORAL_ADDRESS=" + at.temporal, "DATABASE_URL=" + at.database, "LVYUE_SCHEMA=" + o.schema, "LVYUE_TASK_QUEUE=" + o.TaskQueue,
		"LVYUE_CLOUD=aliyunsim", "LANG=C",
	}
	o.worker = newService(t, "worker", environment)
	o.chat = newService(t, "desk", append(environment, o.chatSettings()...))
	o.worker.start(t)
	o.startDesk()
	return o
}

func (o *office) setRota(file string) {
	o.t.Helper()
	text, err := os.ReadFile(file)
	if err != nil {
		o.t.Fatal(err)
	}
	rota, err := oncall.ParseRota(text)
	if err == nil {
		_, _, err = o.Store.SetRota(o.t.Context(), rota, "chen")
	}
	if err != nil {
		o.t.Fatal(err)
	}
}

func (o *office) openSlack(options slacksim.Options) {
	o.t.Helper()
	var err error
	if options.Users == nil {
		if options.Users, options.Channels, err = slacksim.Team(nil); err != nil {
			o.t.Fatal(err)
		}
	}
	if o.slack, err = slacksim.Start(options); err != nil {
		o.t.Fatal(err)
	}
	o.t.Cleanup(func() {
		if err := o.slack.Close(); err != nil {
			o.t.Error(err)
		}
	})
}

func (o *office) chatSettings() []string {
	settings := []string{
		"LVYUE_CHAT=slack", "LVYUE_SLACK_API_URL=" + o.slack.APIURL(), "LVYUE_SLACK_BOT_TOKEN=" + o.slack.BotToken(),
		"LVYUE_SLACK_APP=" + slacksim.AppID, "LVYUE_SLACK_TEAM=" + slacksim.TeamID, "LVYUE_SLACK_CHANNEL=" + slacksim.OncallChannel,
		"LVYUE_DESK_LISTEN=127.0.0.1:0",
	}
	if o.transport == overHTTP {
		return append(settings, "LVYUE_SLACK_SIGNING_SECRET="+slacksim.DefaultSigningSecret)
	}
	return append(settings, "LVYUE_SLACK_APP_TOKEN="+o.slack.AppToken())
}

// startDesk starts the desk, the first or the next, and returns when Slack reaches it.
func (o *office) startDesk() {
	o.t.Helper()
	ready := o.chat.start(o.t)
	if o.transport == overHTTP {
		o.slack.SetRequestURL(frontOf(o.t, fmt.Sprint(ready["url"])))
		return
	}
	o.until("the desk's sockets are open", func() bool { return o.slack.Sockets() > 0 })
}

// until waits for something in Slack or elsewhere.
func (o *office) until(what string, holds func() bool) {
	o.t.Helper()
	const patience, between = 60 * time.Second, 20 * time.Millisecond
	for giveUp := time.Now().Add(patience); !holds(); time.Sleep(between) {
		if time.Now().After(giveUp) {
			o.t.Fatalf("it did not come about that %s\n%s%s", what, endOf(o.worker.log), endOf(o.chat.log))
		}
	}
}

// usable signs and pays a contract whose system has been usable since an instant, which is reported in the place of its deployment,
// lest that report its own; so a call of an hour ago has a system to be about. It gives the contract's number.
func (o *office) usable(since time.Time) string {
	o.t.Helper()
	form := acme(o.t)
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
