package slack_test

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"slices"
	"sync"
	"testing"
	"time"

	"lvyue/internal/contract"
	"lvyue/internal/message"
	"lvyue/internal/money"
	"lvyue/internal/oncall"
	"lvyue/internal/postgres"
	"lvyue/internal/slack"
	"lvyue/internal/slacksim"
	"lvyue/internal/testkit"
	"lvyue/internal/workday"
)

const (
	deskRoom = "C0ONCALL"
	zhangID  = "U0ZHANG"
	wangID   = "U0WANG"
)

// ten is the hour at which the faults of these tests are reported.
var ten = time.Date(2026, time.March, 2, 10, 0, 0, 0, workday.Shanghai)

// hand is a clock that a test moves.
type hand struct {
	sync.Mutex

	at time.Time
}

func (h *hand) now() time.Time {
	h.Lock()
	defer h.Unlock()
	return h.at
}

// tell is how the board asks for the time.
func (h *hand) tell(context.Context) (time.Time, error) {
	return h.now().Truncate(time.Microsecond), nil
}

func (h *hand) set(at time.Time) {
	h.Lock()
	defer h.Unlock()
	h.at = at
}

// hall is a workspace with the desk's channel, a real store that knows one contract, and a board between them.
type hall struct {
	*slacksim.Watch

	t      *testing.T
	sim    *slacksim.Server
	store  *postgres.Store
	board  *slack.Board
	clock  *hand
	number string
	events int
}

func serveWorkspace(t *testing.T, clock *hand) *slacksim.Server {
	t.Helper()
	s, err := slacksim.Start(slacksim.Options{
		Clock: clock.now,
		Users: []slacksim.User{{ID: zhangID, Name: "zhang", RealName: "张工"}, {ID: wangID, Name: "wang", RealName: "王主管"}},
		Channels: []slacksim.Channel{
			{ID: deskRoom, Name: "值班-oncall", Members: []string{slacksim.BotUser, zhangID, wangID}},
			{ID: "C0SECRET", Name: "board", Private: true},
		},
	})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	})
	return s
}

func configOf(s *slacksim.Server) slack.Config {
	return slack.Config{BotToken: s.BotToken(), Team: slacksim.TeamID, Channel: deskRoom, URL: s.APIURL()}
}

// newHall is one that fails on whatever is not expected there.
func newHall(t *testing.T) *hall {
	t.Helper()
	h := unwatched(t)
	h.Watch = h.sim.Watch(t)
	return h
}

func unwatched(t *testing.T) *hall {
	t.Helper()
	h := &hall{t: t, clock: &hand{at: ten}, store: testkit.Spoiled(t)}
	h.sim = serveWorkspace(t, h.clock)
	h.board = slack.NewBoard(configOf(h.sim), h.store, h.clock.tell)
	data, err := os.ReadFile("../../examples/first-contract/first-contract.yaml")
	h.must(err)
	form, err := contract.ParseForm(data)
	h.must(err)
	h.number = form.Number
	h.must(h.store.RegisterForm(t.Context(), form))
	h.change("contract", message.Changed{Contract: h.contractRow()})
	_, _, err = h.store.SetRota(t.Context(), staff(), "chen")
	h.must(err)
	return h
}

func (h *hall) must(err error) {
	h.t.Helper()
	if err != nil {
		h.t.Fatal(err)
	}
}

func (h *hall) contractRow() *message.ContractRow {
	return &message.ContractRow{
		Number: h.number, Customer: "远山商贸有限公司", Provider: "履约云服务", AccountManager: "chen", Language: "zh", Phase: message.InService,
		Fee: money.MustParse("120000.00"), Received: money.MustParse("0"), Unapplied: money.MustParse("0"), Quoted: money.MustParse("0"),
	}
}

// staff is the example's rota with two people in the workspace, and one in none.
func staff() oncall.Rota {
	rota, err := oncall.ParseRota(oncall.ExampleForm())
	if err != nil {
		panic(err)
	}
	for i := range rota.People {
		p := &rota.People[i]
		p.Away = nil
		switch i {
		case 0:
			p.Name, p.Slack = "张工", zhangID
		case 1:
			p.Name, p.Slack = "王主管", wangID
		case 3:
			p.Email, p.Slack = "mueller@example.com", ""
		}
	}
	return rota
}

// of is the id of the first or second of them.
func of(i int) string { return staff().People[i].ID }

// change records an event that changes rows.
func (h *hall) change(what string, c message.Changed) {
	h.t.Helper()
	h.record(message.Event{What: what, Subject: h.number, Changed: c})
}

func (h *hall) record(e message.Event) {
	h.t.Helper()
	h.events++
	e.Key, e.At = fmt.Sprintf("test %d", h.events), h.clock.now()
	h.must(h.store.Record(h.t.Context(), message.Record{Contract: h.number, Events: []message.Event{e}}))
}

// act puts an act into the inbox and its event into the evidence.
func (h *hall) act(who string, name message.ActName, fault int, body any) {
	h.t.Helper()
	data, err := json.Marshal(body)
	h.must(err)
	a := message.Act{
		ID: fmt.Sprintf("act %d", h.events), Name: name, Contract: h.number, Fault: fault, ReceivedAt: h.clock.now(), Body: data,
		Actor: message.Actor{Who: who, Way: "test"},
	}
	_, _, err = h.store.Submit(h.t.Context(), a)
	h.must(err)
	subject := h.number
	if fault > 0 {
		subject = message.FaultID(fault)
	}
	h.record(message.Event{What: string(name), Subject: subject, Actor: a.Actor, ActID: a.ID, Detail: json.RawMessage(data)})
}

// atTen is a fault as it is reported at ten.
func atTen(n int) message.FaultRow {
	return message.FaultRow{
		Fault: n, State: message.FaultOpen, SLA: message.SLARunning, System: "OA", Administrator: true, ReportedAt: ten, EnteredAt: ten,
		ClockAt: ten, DeadlineAt: ten.Add(time.Hour), Rung: "primary", Rev: 1,
	}
}

// report records that the customer reports a fault in such words.
func (h *hall) report(n int, text string) message.FaultRow {
	h.t.Helper()
	f := atTen(n)
	h.act("li", message.ReportFault, 0, message.FaultReport{Reporter: "李管理员", System: "OA", Text: text, Administrator: true})
	h.stands(f)
	return f
}

// stands records that a fault stands so.
func (h *hall) stands(f message.FaultRow) {
	h.t.Helper()
	h.record(message.Event{What: "fault", Subject: message.FaultID(f.Fault), Changed: message.Changed{Fault: &f}})
}

// at moves the clock to so long after ten.
func (h *hall) at(after time.Duration) { h.clock.set(ten.Add(after)) }

// look is one look of the board, a second later.
func (h *hall) look() error {
	h.clock.set(h.clock.now().Add(time.Second))
	return h.board.Refresh(h.t.Context())
}

// looks lets the board look so often, and must go well.
func (h *hall) looks(times int) {
	h.t.Helper()
	for range times {
		h.must(h.look())
	}
}

// posted is the one card that the board posts at its next look.
func (h *hall) posted(words ...string) slacksim.Message {
	h.t.Helper()
	h.looks(1)
	return h.ExpectMessage(deskRoom, words...)
}

// updated is the card as the board changes it at its next look.
func (h *hall) updated(ts string, words ...string) slacksim.Message {
	h.t.Helper()
	h.looks(1)
	return h.ExpectUpdate(deskRoom, ts, words...)
}

// button is something that can be pressed: its label and its value, or those of a choice in the menu.
type button struct{ action, label, value, style string }

func buttonsOf(m slacksim.Message) []button {
	var all []button
	for _, a := range m.Attachments {
		for _, b := range a.Blocks {
			elements, _ := b["elements"].([]any)
			for _, e := range elements {
				all = append(all, pressable(e.(slacksim.Block))...)
			}
		}
	}
	return all
}

func pressable(e slacksim.Block) []button {
	label := func(b slacksim.Block) string { return b["text"].(slacksim.Block)["text"].(string) }
	switch e["type"] {
	case "button":
		style, _ := e["style"].(string)
		return []button{{e["action_id"].(string), label(e), e["value"].(string), style}}
	case "overflow":
		var all []button
		for _, o := range e["options"].([]any) {
			option := o.(slacksim.Block)
			action, value, _ := slack.ParseChoice(option["value"].(string))
			all = append(all, button{"⋯ " + action, label(option), value, ""})
		}
		return all
	default:
		return nil
	}
}

// actions are the ids of all that can be pressed, those of the menu after "⋯ ".
func actions(m slacksim.Message) []string {
	var all []string
	for _, b := range buttonsOf(m) {
		all = append(all, b.action)
	}
	return all
}

func wantActions(t *testing.T, m slacksim.Message, want ...string) {
	t.Helper()
	if got := actions(m); !slices.Equal(got, want) {
		t.Errorf("buttons %q, want %q", got, want)
	}
}

// forgetful is a database that cannot keep what became of a card, as if the program ended before it could.
type forgetful struct {
	*postgres.Store
}

var errTorn = errors.New("the cable is torn")

func (forgetful) EndCard(context.Context, message.Card) error { return errTorn }
