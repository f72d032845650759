package slacksim

import (
	"slices"
	"strconv"
	"time"
)

// farthest is how far ahead a message can be scheduled.
const farthest = 120 * 24 * time.Hour

// scheduled is a message that is to be posted later.
type scheduled struct {
	at      time.Time
	message *Message
}

// scheduleMessage keeps a message until its time; "post_at" is in Unix seconds.
func scheduleMessage(w *workspace, c call) (answer, error) {
	channel, err := w.target(c.text("channel"))
	if err != nil {
		return nil, err
	}
	said, err := w.read(c)
	if err != nil {
		return nil, err
	}
	m := own(channel.ID)
	said.dress(m)
	seconds, err := strconv.ParseInt(c.text("post_at"), 10, 64)
	at := time.Unix(seconds, 0)
	switch {
	case m.empty():
		return nil, refuse("no_text")
	case err != nil:
		return nil, refuse("invalid_time")
	case !at.After(w.now()):
		return nil, refuse("time_in_past")
	case at.Sub(w.now()) > farthest:
		return nil, refuse("time_too_far")
	}
	m.ThreadTS = c.text("thread_ts")
	w.scheduled = append(w.scheduled, scheduled{at: at, message: m})
	return answer{"channel": channel.ID, "scheduled_message_id": w.id("Q"), "post_at": seconds, "message": m.clone()}, nil
}

// publish posts what was scheduled for now or earlier, in the order of its times. The caller holds mu.
func (s *Server) publish() {
	slices.SortStableFunc(s.work.scheduled, func(a, b scheduled) int { return a.at.Compare(b.at) })
	for len(s.work.scheduled) > 0 && !s.work.scheduled[0].at.After(s.now()) {
		s.work.add(s.work.scheduled[0].message)
		s.work.scheduled = s.work.scheduled[1:]
	}
	if len(s.work.scheduled) > 0 && s.life.Err() == nil {
		time.AfterFunc(s.work.scheduled[0].at.Sub(s.now()), s.Tick)
	}
}
