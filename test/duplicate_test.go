package test

import (
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"
	"go.temporal.io/sdk/client"
	"golang.org/x/sync/errgroup"

	"lvyue/activities"
	"lvyue/internal/aliyunsim"
	"lvyue/internal/contract"
	"lvyue/internal/engine"
	"lvyue/internal/intake"
	"lvyue/internal/message"
	"lvyue/internal/postgres"
	"lvyue/internal/workday"
	"lvyue/workflows"
)

// Every act is delivered by five at once, then again, and all of them again in the next run of the contract:
// each has one effect, and the answer that it got first.
func TestAct_DeliveredAgainAndFiveAtOnceHasOneEffect(t *testing.T) {
	t.Parallel()
	d := openDesk(t, instant("2025-09-26 10:00"))
	form := acme(t)
	sign := func(by message.Side) message.Signature { return message.Signature{By: by, FormHash: form.Hash()} }
	acts := []struct {
		at   string
		name message.ActName
		body any
		code string
	}{
		{"2025-09-26 10:00", message.Sign, sign(message.Customer), ""},
		{"2025-09-26 10:01", message.Sign, sign(message.Customer), "already_signed"},
		{"2025-09-26 16:00", message.Sign, sign(message.Provider), ""},
		{"2025-10-09 09:00", message.Designate, message.Designation{DeployOn: workday.MustDate("2025-10-20")}, ""},
		{"2025-10-09 15:00", message.Pay, message.Payment{Amount: form.Fee, Reference: "R1"}, ""},
		{"2025-10-09 15:00", message.Pay, message.Payment{Amount: form.Fee, Reference: "R1"}, ""}, // known: nothing happens
		{"2026-09-22 11:00", message.Offer, message.Proposal{By: message.Provider, Fee: form.Fee}, ""},
		{"2026-09-22 11:00", message.Offer, message.Proposal{By: message.Provider, Fee: form.Fee.Add(form.Fee)}, "fee_rise_without_growth"},
		{"2026-09-28 11:00", message.Reply, message.Decision{Accept: true}, ""},
		{"2026-10-10 10:00", message.Pay, message.Payment{Amount: form.Fee, Reference: "R2"}, ""},
	}
	answers := map[string]string{} // by the id of the act
	for i, a := range acts {
		d.advance(t, form.Number, instant(a.at))
		act := d.act(t, form.Number, fmt.Sprintf("act-%d", i+1), a.name, instant(a.at), a.body)
		answer := d.five(t, act, &form)
		if code := codeIn(t, answer); code != a.code {
			t.Errorf("%s of %s was answered %q, want code %q", a.name, a.at, answer, a.code)
		}
		answers[act.ID] = answer
	}
	run := d.run(t, form.Number)
	d.advance(t, form.Number, instant("2026-10-20 00:00"))
	if d.run(t, form.Number) == run {
		t.Fatal("the contract did not go on in a new run")
	}
	before := d.evidence(t, form.Number)
	for i, a := range acts {
		act := d.act(t, form.Number, fmt.Sprintf("act-%d", i+1), a.name, instant(a.at), a.body)
		if again := d.five(t, act, &form); again != answers[act.ID] {
			t.Errorf("%s was answered\n\t%s\nand in the next run\n\t%s", act.ID, answers[act.ID], again)
		}
		if effects := strings.Count(before, " by "+act.ID+"\n"); a.code == "" && effects != 1 {
			t.Errorf("%s (%s) stands %d times in the evidence", act.ID, a.name, effects)
		}
	}
	if after := d.evidence(t, form.Number); after != before {
		t.Errorf("the evidence was\n%s\nand is\n%s", before, after)
	}
}

// An act that five deliver while the contract goes over into its next run is applied once, in one of them.
func TestAct_DeliveredWhileTheContractGoesOnInANewRunHasOneEffect(t *testing.T) {
	t.Parallel()
	const midnight = "2026-10-20 00:00" // the first year is over, the second was agreed
	d := openDesk(t, instant("2025-09-26 10:00"))
	form := acme(t)
	d.intoSecondYear(t, form)
	for i := range 5 {
		act := d.act(t, form.Number, fmt.Sprintf("late-%d", i), message.Pay, instant(midnight), message.Payment{
			Amount: form.Fee, Reference: fmt.Sprintf("LATE-%d", i),
		})
		var together errgroup.Group
		together.Go(func() error { return d.move(t, form.Number, instant(midnight).AddDate(i, 0, 0)) })
		together.Go(func() error {
			if answer := d.five(t, act, nil); codeIn(t, answer) != "" {
				return fmt.Errorf("%s: %s", act.ID, answer)
			}
			return nil
		})
		if err := together.Wait(); err != nil {
			t.Error(err)
		}
		if n := strings.Count(d.evidence(t, form.Number), " by "+act.ID+"\n"); n != 1 {
			t.Errorf("%s stands %d times in the evidence", act.ID, n)
		}
	}
}

// desk is an engine of its own: a schema, a worker, a vendor, and the way in. Its contracts are rehearsed, so
// that their clocks can be moved over years.
type desk struct {
	intake.Intake

	vendor *aliyunsim.Server
	schema string
}

// take takes one act in, and gives the code of its refusal, "" for a yes.
func (d desk) take(t *testing.T, number, id, at string, name message.ActName, body any, form *contract.Form) string {
	t.Helper()
	_, answer, err := d.Take(t.Context(), d.act(t, number, id, name, instant(at), body), form)
	if err != nil {
		t.Errorf("%s: %v", id, err)
	}
	if answer.Refusal == nil {
		return ""
	}
	return answer.Refusal.Code
}

// openDesk opens an engine whose contracts begin at the instant; a zero one leaves them to the real clock.
func openDesk(tb testing.TB, at time.Time) desk {
	tb.Helper()
	return openDeskBefore(tb, at, aliyunsim.Options{})
}

// openDeskBefore opens an engine before such a vendor.
func openDeskBefore(tb testing.TB, at time.Time, vendor aliyunsim.Options) desk {
	tb.Helper()
	d := deserted(tb, at)
	vendor.AccessKeyID, vendor.AccessKeySecret = "test", "untold"
	var err error
	if d.vendor, err = aliyunsim.Start(vendor); err != nil {
		tb.Fatal(err)
	}
	tb.Cleanup(func() { _ = d.vendor.Close() })
	hosting, outside := hands(tb, d.vendor, "test", "untold", d.Store, vendor.Clock)
	w := engine.NewWorker(d.Client, d.TaskQueue, func(err error) { tb.Error(err) })
	workflows.Register(w)
	activities.World{
		Evidence: &activities.Evidence{Store: d.Store}, Inbox: &activities.Inbox{Store: d.Store},
		Calendar: &activities.Calendar{Store: d.Store}, Hosting: hosting, Offsite: outside,
		Engine: &activities.Engine{Client: d.Client},
	}.Register(w)
	if err := w.Start(); err != nil {
		tb.Fatal(err)
	}
	tb.Cleanup(w.Stop)
	return d
}

// deserted is a desk without a worker.
func deserted(tb testing.TB, at time.Time) desk {
	tb.Helper()
	name := uuid.NewString()
	d := desk{Intake: intake.Intake{Client: world.client, TaskQueue: "test-" + name, Prefix: "test/" + name + "/"}}
	if !at.IsZero() {
		d.Rehearsal = &message.Clock{Now: at}
	}
	d.schema = "test_" + strings.ReplaceAll(name, "-", "_")
	d.Store = openSchema(tb, world.DatabaseURL(), d.schema)
	return d
}

func openSchema(tb testing.TB, database, schema string) *postgres.Store {
	tb.Helper()
	store, err := postgres.Open(tb.Context(), database, schema)
	if err != nil {
		tb.Fatal(err)
	}
	tb.Cleanup(store.Close)
	if err := store.Migrate(tb.Context()); err != nil {
		tb.Fatal(err)
	}
	return store
}

// act is what somebody sends; a zero instant leaves the moment of receipt to the inbox.
func (d desk) act(tb testing.TB, number, id string, name message.ActName, at time.Time, body any) message.Act {
	tb.Helper()
	text, err := json.Marshal(body)
	if err != nil {
		tb.Fatal(err)
	}
	return message.Act{
		ID: id, Name: name, Contract: number, Actor: message.Actor{Who: "chen", Way: "test"}, ReceivedAt: at, Body: text,
	}
}

// five take the same act in at once, then deliver it at once past the inbox, and get one answer.
func (d desk) five(t *testing.T, act message.Act, form *contract.Form) string {
	t.Helper()
	taken := atOnce(t, func() (message.Answer, error) {
		_, answer, err := d.Take(t.Context(), act, form)
		return answer, err
	})
	stored, _, err := d.Store.Submit(t.Context(), act)
	if err != nil {
		t.Error(err)
	}
	delivered := atOnce(t, func() (message.Answer, error) { return d.Deliver(t.Context(), stored) })
	if taken != delivered {
		t.Errorf("%s was answered\n\t%s\nand when delivered again\n\t%s", act.ID, taken, delivered)
	}
	return taken
}

// atOnce does the same five times at once, and gives the one answer of all.
func atOnce(t *testing.T, do func() (message.Answer, error)) string {
	t.Helper()
	const many = 5
	var all [many]string
	var together errgroup.Group
	for i := range many {
		together.Go(func() error {
			answer, err := do()
			if err != nil {
				return err
			}
			text, err := json.Marshal(answer)
			all[i] = string(text)
			return err
		})
	}
	if err := together.Wait(); err != nil {
		t.Error(err)
	}
	for _, one := range all {
		if one != all[0] {
			t.Errorf("five at once were answered\n\t%s", strings.Join(all[:], "\n\t"))
			break
		}
	}
	return all[0]
}

// codeIn is the code of the refusal in an answer; empty if it is none.
func codeIn(t *testing.T, answer string) string {
	t.Helper()
	var a message.Answer
	if err := json.Unmarshal([]byte(answer), &a); err != nil {
		t.Error(err)
	}
	if a.Refusal == nil {
		return ""
	}
	return a.Refusal.Code
}

// intoSecondYear takes a contract to the last day of its first year, the second one agreed and paid.
func (d desk) intoSecondYear(t *testing.T, form contract.Form) {
	t.Helper()
	for i, a := range []struct {
		at   string
		name message.ActName
		body any
	}{
		{"2025-09-26 10:00", message.Sign, message.Signature{By: message.Customer, FormHash: form.Hash()}},
		{"2025-09-26 16:00", message.Sign, message.Signature{By: message.Provider, FormHash: form.Hash()}},
		{"2025-10-09 09:00", message.Designate, message.Designation{DeployOn: workday.MustDate("2025-10-20")}},
		{"2025-10-09 15:00", message.Pay, message.Payment{Amount: form.Fee, Reference: "R1"}},
		{"2026-09-22 11:00", message.Offer, message.Proposal{By: message.Provider, Fee: form.Fee}},
		{"2026-09-28 11:00", message.Reply, message.Decision{Accept: true}},
	} {
		d.advance(t, form.Number, instant(a.at))
		act := d.act(t, form.Number, fmt.Sprintf("prepare-%d", i), a.name, instant(a.at), a.body)
		if _, answer, err := d.Take(t.Context(), act, &form); err != nil || answer.Refusal != nil {
			t.Fatalf("%s of %s: %+v, %v", a.name, a.at, answer, err)
		}
	}
}

// advance moves the clocks of a contract and of its works until all of that time is done. A contract that has
// not begun has no clock.
func (d desk) advance(t *testing.T, number string, to time.Time) {
	t.Helper()
	if _, err := d.Client.DescribeWorkflowExecution(t.Context(), d.id(number), ""); err != nil {
		return
	}
	if err := d.move(t, number, to); err != nil {
		t.Fatal(err)
	}
}

func (d desk) move(t *testing.T, number string, to time.Time) error {
	t.Helper()
	giveUp := time.Now().Add(time.Minute)
	for works := []string{}; ; {
		for _, id := range works {
			_, _ = d.push(t, id, to) // a work that is over has no clock
		}
		stands, err := d.push(t, d.id(number), to)
		if err == nil && len(stands.Works) == 0 && !stands.Busy {
			return nil
		}
		if works = stands.Works; time.Now().After(giveUp) {
			return errors.Join(err, fmt.Errorf("%s does not get to %v: %+v", number, to, stands))
		}
	}
}

func (d desk) push(t *testing.T, id string, to time.Time) (message.Advanced, error) {
	t.Helper()
	var stands message.Advanced
	sent, err := d.Client.UpdateWorkflow(t.Context(), client.UpdateWorkflowOptions{
		WorkflowID: id, UpdateName: message.AdvanceUpdate, Args: []any{to}, WaitForStage: client.WorkflowUpdateStageCompleted,
	})
	if err == nil {
		err = sent.Get(t.Context(), &stands)
	}
	return stands, err
}

func (d desk) id(number string) string { return message.ContractID(d.Prefix, number) }

// run is the id of the run that a contract is in.
func (d desk) run(t *testing.T, number string) string {
	t.Helper()
	described, err := d.Client.DescribeWorkflowExecution(t.Context(), d.id(number), "")
	if err != nil {
		t.Fatal(err)
	}
	return described.GetWorkflowExecutionInfo().GetExecution().GetRunId()
}

// evidence is the event log, a line an event, after its chain was found whole.
func (d desk) evidence(tb testing.TB, number string) string {
	tb.Helper()
	events, err := d.Store.Timeline(tb.Context(), number)
	if err != nil {
		tb.Fatal(err)
	}
	if chain, err := d.Store.Verify(tb.Context(), number); err != nil || !chain.Verified {
		tb.Errorf("the chain does not hold: %+v, %v", chain, err)
	}
	var lines strings.Builder
	for _, e := range events {
		fmt.Fprintf(&lines, "%s %s %s -> %s by %s\n", moment(e.At), e.What, e.Old, e.New, e.ActID)
	}
	return lines.String()
}

// acme is the form of testdata/acme.yaml.
func acme(tb testing.TB) contract.Form {
	tb.Helper()
	data, err := os.ReadFile("testdata/acme.yaml")
	if err != nil {
		tb.Fatal(err)
	}
	form, err := contract.ParseForm(data)
	if err != nil {
		tb.Fatal(err)
	}
	return form
}

// instant reads a civil time of Asia/Shanghai.
func instant(text string) time.Time {
	at, err := time.ParseInLocation("2006-01-02 15:04", text, workday.Shanghai)
	if err != nil {
		panic(err)
	}
	return at
}
