package slack_test

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	api "github.com/slack-go/slack"

	"lvyue/internal/contract"
	"lvyue/internal/intake"
	"lvyue/internal/message"
	"lvyue/internal/oncall"
	"lvyue/internal/postgres"
	"lvyue/internal/refusal"
	"lvyue/internal/slack"
	"lvyue/internal/slacksim"
	"lvyue/internal/testkit"
	"lvyue/internal/workday"
)

const (
	room    = "C0ONCALL"
	zhang   = "U0ZHANG" // oncall
	li      = "U0LI"    // oncall
	wang    = "U0WANG"  // lead
	zhao    = "U0ZHAO"  // manager
	chen    = "U0CHEN"  // account manager
	sun     = "U0SUN"   // sales
	guest   = "U0GUEST"
	foreign = "U0FOREIGN"
	left    = "U0LEFT"
	nobody  = "U0NOBODY"
	number  = "HT-2025-001"
)

// workspace are the members that Slack knows. Those who must be refused are on the rota too: it is not for want of that.
func workspace() []slacksim.User {
	users := []slacksim.User{
		{ID: guest, Name: "guest", IsRestricted: true},
		{ID: foreign, Name: "foreign", TeamID: slacksim.OtherTeam, IsStranger: true},
		{ID: left, Name: "left"},
		{ID: nobody, Name: "zhang", RealName: "张伟", Email: "zhang@example.com"},
	}
	for _, id := range []string{zhang, li, wang, zhao, chen, sun} {
		users = append(users, slacksim.User{ID: id, Name: strings.ToLower(id[2:])})
	}
	return users
}

// onRota is who the rota knows, and some more who may be on call.
func onRota(more int) oncall.Rota {
	person := func(member string, roles ...oncall.Role) oncall.Person {
		return oncall.Person{ID: strings.ToLower(member[2:]), Name: member, Slack: member, Roles: roles}
	}
	rota := oncall.Rota{
		People: []oncall.Person{
			person(zhang, oncall.Engineer), person(li, oncall.Engineer), person(wang, oncall.Lead, oncall.Engineer), person(zhao, oncall.Manager),
			person(chen, oncall.Finance), person(sun, oncall.Sales), person(guest, oncall.Manager), person(foreign, oncall.Manager),
			person(left, oncall.Manager),
			{ID: "gao", Name: "高工", Email: "gao@example.com", Roles: []oncall.Role{oncall.Engineer}}, // in Slack under no known account
		},
		Rotations: []oncall.Rotation{
			{Name: "primary", Weekday: "monday", At: 9 * 60, Since: workday.MustDate("2026-01-05"), People: []string{"zhang", "li"}},
			{Name: "secondary", Weekday: "monday", At: 9 * 60, Since: workday.MustDate("2026-01-05"), People: []string{"wang"}},
		},
		Ladder: oncall.DefaultLadder(),
	}
	rota.People[8].Inactive = true
	for i := range more {
		rota.People = append(rota.People, person(fmt.Sprintf("U0E%02d", i), oncall.Engineer))
	}
	return rota
}

// engine stands in for the workflows: like them it answers an act once under its id, and is slow or away when a test wants it so.
type engine struct {
	mu     sync.Mutex
	acts   map[string]message.Act
	told   map[string]message.Answer
	judge  func(message.Act) message.Answer
	gate   chan struct{} // nil: it answers at once
	called chan string
}

func (e *engine) Deliver(ctx context.Context, act message.Act) (message.Answer, error) {
	e.mu.Lock()
	gate := e.gate
	e.mu.Unlock()
	select {
	case e.called <- act.ID:
	default:
	}
	if gate != nil {
		select {
		case <-gate:
		case <-ctx.Done():
			return message.Answer{}, ctx.Err()
		}
	}
	e.mu.Lock()
	defer e.mu.Unlock()
	if answer, known := e.told[act.ID]; known {
		return answer, nil
	}
	answer := message.Answer{Text: refusal.Text{ZH: "好的 " + string(act.Name), EN: "done " + string(act.Name)}}
	if e.judge != nil {
		answer = e.judge(act)
	}
	e.acts[act.ID], e.told[act.ID] = act, answer
	return answer, nil
}

// effects are the acts that took effect.
func (e *engine) effects() []message.Act {
	e.mu.Lock()
	defer e.mu.Unlock()
	var all []message.Act
	for id, act := range e.acts {
		if e.told[id].Refusal == nil {
			all = append(all, act)
		}
	}
	return all
}

// hold keeps the engine from answering until the gate is closed.
func (e *engine) hold() chan struct{} {
	e.mu.Lock()
	defer e.mu.Unlock()
	e.gate = make(chan struct{})
	return e.gate
}

// desk is a fault desk behind one transport: the inbox and Slack's client are real, Slack is a simulator.
type desk struct {
	t      *testing.T
	s      *slacksim.Server
	h      *slack.Handler
	store  *postgres.Store
	engine *engine
	bot    *api.Client
	watch  *slacksim.Watch
	alarms chan string
	config slack.Config
	// books is the connection that the desk uses.
	books postgres.Workspace
}

// setting is what a test wants different.
type setting struct {
	more      int // engineers
	patience  time.Duration
	unwatched bool
	options   slacksim.Options
	config    func(*slack.Config)
}

// over keeps a promise over both transports.
func over(t *testing.T, set setting, test func(t *testing.T, d *desk)) {
	t.Helper()
	for _, name := range []string{"http", "socket"} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			test(t, open(t, set, name))
		})
	}
}

func open(t *testing.T, set setting, transport string) *desk {
	t.Helper()
	store := testkit.Spoiled(t)
	register(t, store)
	if _, _, err := store.SetRota(t.Context(), onRota(set.more), "chen"); err != nil {
		t.Fatal(err)
	}
	set.options.Users, set.options.PingEvery = workspace(), 50*time.Millisecond
	members := []string{slacksim.BotUser}
	for i := range set.more {
		set.options.Users = append(set.options.Users, slacksim.User{ID: fmt.Sprintf("U0E%02d", i), Name: fmt.Sprint("e", i)})
	}
	for _, u := range set.options.Users {
		members = append(members, u.ID)
	}
	set.options.Channels = []slacksim.Channel{{ID: room, Name: "oncall", Members: members}}
	s, err := slacksim.Start(set.options)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	})
	d := &desk{t: t, s: s, store: store, books: testkit.Open(t, store.Schema()).In(slacksim.TeamID), alarms: make(chan string, 100), engine: &engine{
		acts: map[string]message.Act{}, told: map[string]message.Answer{}, called: make(chan string, 1000),
	}}
	d.bot = api.New(s.BotToken(), api.OptionAPIURL(s.APIURL()))
	d.serve(set, transport)
	if !set.unwatched {
		d.watch = s.Watch(t)
	}
	return d
}

// serve runs the desk until the test ends.
func (d *desk) serve(set setting, transport string) {
	d.t.Helper()
	config := slack.Config{
		BotToken: d.s.BotToken(), AppToken: d.s.AppToken(), SigningSecrets: []string{"the new one", d.s.SigningSecret()},
		Team: slacksim.TeamID, App: slacksim.AppID, Channel: room, URL: d.s.APIURL(),
	}
	if set.config != nil {
		set.config(&config)
	}
	d.config = config
	d.h = slack.NewHandler(config, slack.Behind{
		Books: d.books, Inbox: intake.Intake{Store: d.books.Store}, Engine: d.engine, Patience: max(set.patience, time.Millisecond),
		PingWithin: time.Second, Alarm: func(_ context.Context, what string) { d.alarms <- what },
	})
	if set.patience == 0 {
		d.h.Patience = time.Minute
	}
	if transport == "http" {
		server := httptest.NewServer(threePaths(d.h))
		d.t.Cleanup(d.h.Close)
		d.t.Cleanup(server.Close)
		d.s.SetRequestURL(server.URL)
		return
	}
	ctx, stop := context.WithCancel(context.Background())
	done := make(chan struct{})
	d.t.Cleanup(func() { stop(); <-done; d.h.Close() })
	go func() {
		defer close(done)
		_ = d.h.Sockets(ctx)
	}()
	d.until(func() bool { return d.s.Sockets() == 2 })
}

// threePaths sends what the simulator posts to one address to the three that Slack would post it to.
func threePaths(h http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		body, _ := io.ReadAll(r.Body)
		r.Body = io.NopCloser(bytes.NewReader(body))
		switch {
		case strings.HasPrefix(r.Header.Get("Content-Type"), "application/json"):
			r.URL.Path = "/slack/events"
		case bytes.Contains(body, []byte("command=")):
			r.URL.Path = "/slack/commands"
		default:
			r.URL.Path = "/slack/interactions"
		}
		h.ServeHTTP(w, r)
	})
}

func register(t *testing.T, store *postgres.Store) {
	t.Helper()
	data, err := os.ReadFile("../../examples/first-contract/first-contract.yaml")
	if err != nil {
		t.Fatal(err)
	}
	form, err := contract.ParseForm(data)
	if err != nil {
		t.Fatal(err)
	}
	if err := store.RegisterForm(t.Context(), form); err != nil {
		t.Fatal(err)
	}
}

func (d *desk) until(holds func() bool) {
	d.t.Helper()
	ctx, cancel := context.WithTimeout(d.t.Context(), 20*time.Second)
	defer cancel()
	if err := d.s.WaitFor(ctx, holds); err != nil {
		d.t.Fatal(err)
	}
}

// fault keeps how a fault stands.
func (d *desk) fault(row message.FaultRow) {
	d.t.Helper()
	if row.SLA == "" {
		row.SLA = message.SLARunning
	}
	err := d.store.Record(d.t.Context(), message.Record{Contract: number, Events: []message.Event{{
		Key: fmt.Sprintf("fault %d rev %d", row.Fault, row.Rev), At: row.ReportedAt, What: "fault", Changed: message.Changed{Fault: &row},
	}}})
	if err != nil {
		d.t.Fatal(err)
	}
}

// openFault is a fault that waits, reported so long ago.
func (d *desk) openFault(n, rev int, ago time.Duration) message.FaultRow {
	d.t.Helper()
	now, err := d.store.Now(d.t.Context())
	if err != nil {
		d.t.Fatal(err)
	}
	at := now.Add(-ago)
	row := message.FaultRow{
		Fault: n, State: message.FaultOpen, SLA: message.SLARunning, System: "OA", ReportedAt: at, EnteredAt: at, ClockAt: at,
		DeadlineAt: at.Add(time.Hour), Rev: rev, Rung: "primary",
	}
	d.fault(row)
	return row
}

// card posts a message with one button, and gives its stamp.
func (d *desk) card(action, value string) string {
	d.t.Helper()
	button := api.NewButtonBlockElement(action, value, api.NewTextBlockObject("plain_text", action, false, false))
	_, ts, err := d.bot.PostMessage(room, api.MsgOptionText("卡片", false), api.MsgOptionBlocks(api.NewActionBlock("act", button)))
	if err != nil {
		d.t.Fatal(err)
	}
	if d.watch != nil {
		d.watch.ExpectMessage(room, "卡片")
	}
	return ts
}

// click presses a button on a card of its own.
func (d *desk) click(member, action, value string) slacksim.Delivery {
	d.t.Helper()
	delivery, err := d.s.Click(d.t.Context(), member, room, d.card(action, value), action)
	if err != nil {
		d.t.Fatal(err)
	}
	return delivery
}

// form presses a button and gives the form that opens.
func (d *desk) form(member, action, value string) slacksim.View {
	d.t.Helper()
	d.click(member, action, value)
	return d.watch.ExpectView(slacksim.Opened, member)
}

// fill presses a button, fills its form in and submits it.
func (d *desk) fill(member, action, value string, in slacksim.Values) slacksim.Delivery {
	d.t.Helper()
	delivery, err := d.s.Submit(d.t.Context(), d.form(member, action, value).ID, in)
	if err != nil {
		d.t.Fatal(err)
	}
	return delivery
}

// inbox are the acts that were stored, to the contract and to fault 1.
func (d *desk) inbox() []message.Act {
	d.t.Helper()
	var all []message.Act
	for _, fault := range []int{0, 1} {
		acts, err := d.store.Unapplied(d.t.Context(), number, fault, 0, time.Time{}, 1000)
		if err != nil {
			d.t.Fatal(err)
		}
		all = append(all, acts...)
	}
	return all
}

// only is the one act that was stored.
func (d *desk) only() message.Act {
	d.t.Helper()
	acts := d.inbox()
	if len(acts) != 1 {
		d.t.Fatalf("%d acts are stored: %+v", len(acts), acts)
	}
	return acts[0]
}

// attempts are those that were refused before the inbox.
func (d *desk) attempts() []message.Attempt {
	d.t.Helper()
	all, err := d.store.Attempts(d.t.Context(), time.Time{})
	if err != nil {
		d.t.Fatal(err)
	}
	return all
}

// fault is the value of a button of fault 1.
func fault(rev int, rung string) string {
	return number + "|1|" + strconv.Itoa(rev) + "|" + rung
}

// menu posts a message with one choice in an overflow menu.
func (d *desk) menu(value string) string {
	d.t.Helper()
	choice := api.NewOptionBlockObject(value, api.NewTextBlockObject("plain_text", "升级", false, false), nil)
	_, ts, err := d.bot.PostMessage(room, api.MsgOptionText("菜单", false),
		api.MsgOptionBlocks(api.NewActionBlock("act", api.NewOverflowBlockElement("fault.more", choice))))
	if err != nil {
		d.t.Fatal(err)
	}
	d.watch.ExpectMessage(room, "菜单")
	return ts
}
