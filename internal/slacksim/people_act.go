package slacksim

import (
	"context"
	"errors"
)

// Say posts what a person writes; thread is the ts that it answers, "" for none. The app hears of it only where Options.Events
// has "message"; the error then is of that delivery.
func (s *Server) Say(ctx context.Context, user, channel, thread, text string) (Message, error) {
	var posted Message
	err := s.locked(func(w *workspace) error {
		if _, err := w.actor(user); err != nil {
			return err
		}
		c, err := w.channel(channel)
		if err != nil || !c.has(user) || c.Archived {
			return cannot("%s cannot write in %s", user, channel)
		}
		posted = w.add(&Message{User: user, Team: TeamID, Text: text, Channel: channel, ThreadTS: thread}).clone()
		return nil
	})
	if err != nil {
		return posted, err
	}
	event := map[string]any{"type": "message", "channel": channel, "user": user, "text": text, "ts": posted.TS, "team": TeamID}
	if posted.ThreadTS != "" {
		event["thread_ts"] = posted.ThreadTS
	}
	return posted, s.heard(s.Emit(ctx, event))
}

// heard takes it well where the app has not asked for such events.
func (s *Server) heard(_ Delivery, err error) error {
	if errors.Is(err, ErrNotSubscribed) {
		return nil
	}
	return err
}

// Remove deletes a message as a person with the right to would.
func (s *Server) Remove(channel, ts string) error {
	return s.locked(func(w *workspace) error {
		m, err := w.message(channel, ts)
		if err != nil {
			return cannot("%s has no message %s", channel, ts)
		}
		w.remove(m)
		return nil
	})
}

// Archive closes a channel for good, and tells the app.
func (s *Server) Archive(ctx context.Context, user, channel string) error {
	err := s.locked(func(w *workspace) error {
		c, err := w.channel(channel)
		if err != nil {
			return cannot("there is no channel %s", channel)
		}
		c.Archived = true
		return nil
	})
	if err != nil {
		return err
	}
	return s.heard(s.Emit(ctx, map[string]any{"type": "channel_archive", "channel": channel, "user": user}))
}

// Revoke takes the app's tokens away: it is told, and every call gets token_revoked from now on.
func (s *Server) Revoke(ctx context.Context) error {
	return s.lose(ctx, "token_revoked", map[string]any{
		"type": "tokens_revoked", "tokens": map[string]any{"oauth": []string{}, "bot": []string{BotUser}},
	})
}

// Uninstall removes the app: it is told, and every call gets account_inactive from now on.
func (s *Server) Uninstall(ctx context.Context) error {
	return s.lose(ctx, "account_inactive", map[string]any{"type": "app_uninstalled"})
}

func (s *Server) lose(ctx context.Context, code string, event map[string]any) error {
	_ = s.locked(func(w *workspace) error {
		w.dead = code
		return nil
	})
	return s.heard(s.Emit(ctx, event))
}
