package slacksim

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"time"
)

// retryAfter are the pauses before an event is sent again (Slack's documentation, "Events API: retries").
func retryAfter() []time.Duration { return []time.Duration{0, time.Minute, 5 * time.Minute} }

// again is an event that is to be sent once more.
type again struct {
	at    time.Time
	event Delivery
}

// ErrNotSubscribed is that the app has not asked for events of that type, so that it hears nothing.
var ErrNotSubscribed = errors.New("the app is not subscribed to such events")

// Emit hands an event to the app, if it is subscribed to its type. Where it is not acknowledged, it comes again at once, after a
// minute and after five more, unless the app says X-Slack-No-Retry; Emit itself returns after the first try. Its "event_ts"
// is added.
func (s *Server) Emit(ctx context.Context, event map[string]any) (Delivery, error) {
	kind := word(event, "type")
	if !slices.Contains(s.options.Events, kind) {
		return Delivery{}, fmt.Errorf("event %s: %w", kind, ErrNotSubscribed)
	}
	s.mu.Lock()
	d, err := s.work.event(event)
	s.mu.Unlock()
	if err != nil {
		return Delivery{}, err
	}
	d = s.deliver(ctx, d)
	return d, d.Err
}

// event wraps an event in its callback.
func (w *workspace) event(event map[string]any) (Delivery, error) {
	id := w.id("Ev")
	event["event_ts"] = stampText(w.now().UnixMicro())
	payload, err := json.Marshal(answer{
		"token": verificationToken, "team_id": TeamID, "context_team_id": TeamID, "api_app_id": AppID, "event": event, "type": "event_callback",
		"event_id": id, "event_time": w.now().Unix(), "is_ext_shared_channel": false, "event_context": "4-" + id,
		"authorizations": []answer{{
			"enterprise_id": nil, "team_id": TeamID, "user_id": BotUser, "is_bot": true, "is_enterprise_install": false,
		}},
	})
	if err != nil {
		return Delivery{}, fmt.Errorf("write an event: %w", err)
	}
	return Delivery{ID: id, Kind: "events_api", Type: word(event, "type"), Payload: payload, retried: true}, nil
}

// plan has a failed event sent again, unless it has come often enough or the app wants no more. The caller holds mu.
func (s *Server) plan(d Delivery) {
	pauses := retryAfter()
	if d.Err == nil || !d.retried || d.noRetry || d.Attempt >= len(pauses) {
		return
	}
	next := Delivery{
		ID: d.ID, Kind: d.Kind, Type: d.Type, Payload: d.Payload, Attempt: d.Attempt + 1, reason: reason(d.Err), retried: true,
	}
	s.post.again = append(s.post.again, again{at: s.now().Add(pauses[d.Attempt]), event: next})
	s.resend()
}

// resend sends what is due, each on its own, and sets the alarm for what is not. The caller holds mu.
func (s *Server) resend() {
	if s.life.Err() != nil {
		return
	}
	var left []again
	var soonest time.Duration
	for _, a := range s.post.again {
		wait := a.at.Sub(s.now())
		if wait <= 0 {
			s.jobs.Go(func() { s.deliver(s.life, a.event) }) // how it went is on record
			continue
		}
		left = append(left, a)
		if soonest == 0 || wait < soonest {
			soonest = wait
		}
	}
	s.post.again = left
	if s.post.later != nil {
		s.post.later.Stop()
	}
	if soonest > 0 {
		s.post.later = time.AfterFunc(soonest, s.Tick)
	}
}

// reason is Slack's word for a failure.
func reason(err error) string {
	switch {
	case errors.Is(err, ErrNotAcknowledged):
		return "timeout"
	case errors.Is(err, ErrRejected):
		return "http_error"
	case errors.Is(err, ErrUnreachable), errors.Is(err, ErrNoSocket):
		return "connection_failed"
	default:
		return "unknown_error"
	}
}
