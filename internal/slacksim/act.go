package slacksim

import (
	"context"
	"errors"
	"fmt"
	"slices"
)

// ErrCannot is that a person cannot do that: they are deactivated, do not see it, or it is not there.
var ErrCannot = errors.New("nobody could do that in Slack")

func cannot(format string, words ...any) error {
	return fmt.Errorf("%w: %w", ErrCannot, fmt.Errorf(format, words...))
}

// actor is somebody who can do things.
func (w *workspace) actor(id string) (*User, error) {
	u, err := w.user(id)
	if err != nil || u.Deleted || u.IsBot {
		return nil, cannot("%s is no active person", id)
	}
	return u, nil
}

// prepare makes what is handed over while the workspace is locked.
func (s *Server) prepare(write func(*workspace) (Delivery, error)) (Delivery, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return write(s.work)
}

// Click does what a button, a choice or an overflow menu of a message is for; chosen is the value of the option. It returns once
// the app has acknowledged or failed to: the error is the Delivery's. A confirmation dialog is confirmed. An action id that
// several blocks have is named "block/action".
func (s *Server) Click(ctx context.Context, user, channel, ts, actionID string, chosen ...string) (Delivery, error) {
	d, err := s.prepare(func(w *workspace) (Delivery, error) { return w.click(user, channel, ts, actionID, chosen, false) })
	if err != nil {
		return d, err
	}
	d = s.deliver(ctx, d)
	return d, d.Err
}

// ClickStale clicks on a button that an edit has since taken away, in a client that has not seen the edit: the newest earlier
// version of the message that has it counts. The payload has the message as it is now, as Slack's has.
func (s *Server) ClickStale(ctx context.Context, user, channel, ts, actionID string, chosen ...string) (Delivery, error) {
	d, err := s.prepare(func(w *workspace) (Delivery, error) { return w.click(user, channel, ts, actionID, chosen, true) })
	if err != nil {
		return d, err
	}
	d = s.deliver(ctx, d)
	return d, d.Err
}

func (w *workspace) click(user, channel, ts, actionID string, chosen []string, stale bool) (Delivery, error) {
	u, err := w.actor(user)
	if err != nil {
		return Delivery{}, err
	}
	m, err := w.seen(user, channel, ts)
	if err != nil {
		return Delivery{}, err
	}
	blocks, attachment := m.with(actionID)
	if stale {
		for _, before := range slices.Backward(m.before) {
			if blocks, attachment = before.with(actionID); blocks != nil {
				break
			}
		}
	}
	payload, err := w.clickOn(u, m, blocks, attachment, actionID, chosen)
	if err != nil {
		return Delivery{}, cannot("%w", err)
	}
	return parcel("interactive", payload)
}

// seen finds a message that a user sees: one of a channel that is public or theirs, or an ephemeral one for them.
func (w *workspace) seen(user, channel, ts string) (*Message, error) {
	for _, m := range w.notes {
		if m.Channel == channel && m.TS == ts && m.For == user {
			return m, nil
		}
	}
	c, err := w.channel(channel)
	if err != nil || c.kind() != "channels" && !c.has(user) {
		return nil, cannot("%s does not see %s", user, channel)
	}
	m, err := w.message(channel, ts)
	if err != nil {
		return nil, cannot("%s has no message %s", channel, ts)
	}
	return m, nil
}

// with are the blocks that have the action, and the number of the attachment that they are in, 0 for none.
func (m *Message) with(actionID string) ([]Block, int) {
	if _, found := find(m.Blocks, actionID); found {
		return m.Blocks, 0
	}
	for _, a := range m.Attachments {
		if _, found := find(a.Blocks, actionID); found {
			return a.Blocks, a.ID
		}
	}
	return nil, 0
}

// ClickView does the same in a modal or a home tab. Other inputs of the view keep what is in them.
func (s *Server) ClickView(ctx context.Context, user, view, actionID string, chosen ...string) (Delivery, error) {
	d, err := s.prepare(func(w *workspace) (Delivery, error) { return w.clickView(user, view, actionID, chosen) })
	if err != nil {
		return d, err
	}
	d = s.deliver(ctx, d)
	return d, d.Err
}

func (w *workspace) clickView(user, view, actionID string, chosen []string) (Delivery, error) {
	u, err := w.actor(user)
	if err != nil {
		return Delivery{}, err
	}
	v := w.findView(view, "")
	if v == nil || v.User != user {
		return Delivery{}, cannot("%s does not see view %s", user, view)
	}
	p, found := find(v.Blocks, actionID)
	if !found {
		return Delivery{}, cannot("view %s has nothing with action id %s", view, actionID)
	}
	done, err := w.action(p, chosen)
	if err != nil {
		return Delivery{}, cannot("%w", err)
	}
	if state, has := entered(p.element, chosen); has {
		v.State.Values[word(p.block, "block_id")][word(p.element, "action_id")] = state
	}
	payload := envelopeOf("block_actions", u)
	payload["container"] = answer{"type": "view", "view_id": v.ID}
	payload["trigger_id"], payload["view"], payload["actions"] = w.newTrigger(u.ID, v.ID), v.clone(), []answer{done}
	return parcel("interactive", payload)
}

// Command types a slash command, "/fault list", in a channel that the user is in; "" is the direct message with the app. What the app
// acknowledges with is shown: to the user alone, or to all with "in_channel".
func (s *Server) Command(ctx context.Context, user, channel, text string) (Delivery, error) {
	d, err := s.prepare(func(w *workspace) (Delivery, error) {
		u, err := w.actor(user)
		if err != nil {
			return Delivery{}, err
		}
		c := w.direct(u)
		if channel != "" {
			c, err = w.channel(channel)
		}
		if err != nil || !c.has(user) {
			return Delivery{}, cannot("%s is not in %s", user, channel)
		}
		return w.command(u, c, text)
	})
	if err != nil {
		return d, err
	}
	d = s.deliver(ctx, d)
	if d.Err == nil && d.Answer != nil {
		d.Err = s.locked(func(w *workspace) error { return w.answerCommand(d) })
	}
	return d, d.Err
}

// OpenHome opens the app's home tab, which the app is told of every time.
func (s *Server) OpenHome(ctx context.Context, user string) (Delivery, error) {
	event, err := s.opening(user)
	if err != nil {
		return Delivery{}, err
	}
	return s.Emit(ctx, event)
}

func (s *Server) opening(user string) (map[string]any, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	u, err := s.work.actor(user)
	if err != nil {
		return nil, err
	}
	event := map[string]any{"type": "app_home_opened", "user": user, "channel": s.work.direct(u).ID, "tab": "home"}
	if home := s.work.homes[user]; home != nil {
		event["view"] = home.clone()
	}
	s.touch()
	return event, nil
}
