package slack_test

import (
	"context"
	"fmt"
	"testing"
	"time"

	"lvyue/internal/message"
	"lvyue/internal/paging"
	"lvyue/internal/slack"
	"lvyue/internal/slacksim"
)

// inSlack reaches everybody as Zhang, and in Slack alone.
type inSlack struct{}

func (inSlack) Addresses(_ context.Context, people []string) (map[string][]paging.Address, error) {
	all := map[string][]paging.Address{}
	for _, person := range people {
		all[person] = []paging.Address{{Way: paging.Slack, Room: zhangID}}
	}
	return all, nil
}

func (inSlack) Leads(context.Context) ([]string, error) { return nil, nil }

// sending is a sender of pages whose only way is Slack.
func (h *hall) sending() *paging.Sender {
	return &paging.Sender{Store: h.store, People: inSlack{}, Lines: []paging.Line{{Channel: slack.NewChannel(configOf(h.sim)), Edits: true}}}
}

func (h *hall) page(n int) {
	h.t.Helper()
	h.must(h.store.Enqueue(h.t.Context(), []message.Page{{
		Key: fmt.Sprintf("page/%d", n), At: ten, Kind: message.FirstPage, Contract: h.number, Fault: n, Rung: "primary", To: of(0), Deadline: ten.Add(time.Hour),
	}}))
}

// run delivers whenever the sender asks to be called, for so long after ten.
func (h *hall) run(s *paging.Sender, until time.Duration) {
	h.t.Helper()
	for {
		next, err := s.Deliver(h.t.Context(), h.clock.now())
		h.must(err)
		if next.IsZero() || next.After(ten.Add(until)) {
			return
		}
		h.clock.set(next)
	}
}

// §4.2: pages get to people through Slack, also through lost answers and a Slack that wants to be left alone; none comes twice.
func TestSender_EachPageComesOnceThroughSlack_4_2(t *testing.T) {
	t.Parallel()
	h := newHall(t)
	h.must(h.sim.SetFaults(
		slacksim.Fault{Method: "chat.postMessage", First: 1, Trouble: slacksim.Dropped},
		slacksim.Fault{Method: "chat.postMessage", Every: 3, Trouble: slacksim.Limited, Wait: 3 * time.Second},
	))
	for n := range 4 {
		h.page(n + 1)
	}
	h.run(h.sending(), 5*time.Minute)
	for n := range 4 {
		h.ExpectMessage(zhangID, fmt.Sprintf("F-%04d", n+1), "响应 Acknowledge")
	}
}
