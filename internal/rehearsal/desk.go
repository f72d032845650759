package rehearsal

import (
	"context"
	"fmt"
	"net"
	"net/http"
	"slices"
	"time"

	"lvyue/internal/desk"
	"lvyue/internal/message"
	"lvyue/internal/oncall"
	"lvyue/internal/paging"
	"lvyue/internal/refusal"
	"lvyue/internal/robot"
	"lvyue/internal/slack"
	"lvyue/internal/slacksim"
)

// startChat gives the people of the rota a simulated Slack, with a robot behind it, as the desk would reach them. Both follow the
// rehearsal's clock.
func (s *stage) startChat(ctx context.Context) error {
	rota := s.Scenario.Rota
	if rota == nil {
		return nil
	}
	chat, err := slacksim.Start(slacksim.Options{Clock: s.clock.now, Users: members(*rota)}) //nolint:contextcheck // it serves until it is closed
	if err != nil {
		return fmt.Errorf("start the simulated Slack: %w", err)
	}
	s.chat = chat
	s.later(func(context.Context) error { return chat.Close() })
	url, err := s.startRobot(ctx)
	if err != nil {
		return err
	}
	app := slack.Config{BotToken: chat.BotToken(), Team: slacksim.TeamID, URL: chat.APIURL()}
	s.sender = &paging.Sender{
		Store: s.store,
		People: desk.Rota{
			Store: s.store, Ways: []paging.Way{paging.Webhook}, Public: []paging.Address{{Way: paging.Webhook}},
		},
		Lines: []paging.Line{
			{Channel: slack.NewChannel(app), Edits: true},
			{Channel: robot.Webhook(url, s.secret, &http.Client{Timeout: time.Second}, s.clock.now)},
		},
	}
	return nil
}

func members(rota oncall.Rota) []slacksim.User {
	var all []slacksim.User
	for _, p := range rota.People {
		if p.Slack != "" {
			all = append(all, slacksim.User{ID: p.Slack, Name: p.ID, RealName: p.Name, Email: p.Email})
		}
	}
	return all
}

// startRobot serves a group whose robot takes everything.
func (s *stage) startRobot(ctx context.Context) (string, error) {
	var listening net.ListenConfig
	listener, err := listening.Listen(ctx, "tcp", "127.0.0.1:0")
	if err != nil {
		return "", fmt.Errorf("start the robot: %w", err)
	}
	server := &http.Server{Handler: http.HandlerFunc(func(http.ResponseWriter, *http.Request) {}), ReadHeaderTimeout: time.Second}
	go func() { _ = server.Serve(listener) }() // it ends when it is closed
	s.later(func(context.Context) error { return server.Close() })
	return "http://" + listener.Addr().String(), nil
}

// send has the desk look once.
func (p *play) send(ctx context.Context) (err error) {
	if p.sender == nil {
		return nil
	}
	if p.pagesAt, err = p.sender.Deliver(ctx, p.now); err != nil {
		return fmt.Errorf("send the pages: %w", err)
	}
	return nil
}

// watch is what the desk does while no worker serves: it sends what is left, and calls people for what is late.
func (p *play) watch(ctx context.Context) error {
	if p.sender == nil {
		return nil
	}
	overdue := desk.Overdue{Store: p.store, Rota: desk.Rota{Store: p.store}}
	dog := paging.Watchdog{Overdue: overdue, Store: p.store, People: p.sender.People}
	if err := dog.Look(ctx, p.now); err != nil {
		return fmt.Errorf("watch: %w", err)
	}
	if err := p.send(ctx); err != nil {
		return err
	}
	faults, err := p.store.Faults(ctx, p.Scenario.Form.Number)
	if err != nil {
		return fmt.Errorf("look for late faults: %w", err)
	}
	for _, k := range p.kept {
		p.pagesAt = earliest(p.pagesAt, p.after(k.act.ReceivedAt.Add(paging.Grace+time.Second)))
	}
	for _, f := range faults {
		if f.State != message.FaultClosed && !f.DueAt.IsZero() {
			p.pagesAt = earliest(p.pagesAt, p.after(f.DueAt.Add(paging.Grace+time.Second)))
		}
	}
	return nil
}

// loseChat takes Slack away until an instant.
func (p *play) loseChat(event Event) error {
	p.tell(Step{At: event.At, Tone: Bad, What: refusal.Text{ZH: "Slack 中断", EN: "Slack is away"}})
	if p.chat == nil {
		return nil
	}
	p.away = append(p.away, slacksim.Outage(event.At, event.To))
	return p.chat.SetFaults(slices.Clone(p.away)...)
}
