package slacksim

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"time"
)

// Why something that was handed to the app failed.
var (
	// ErrNotAcknowledged: three seconds went by without an answer.
	ErrNotAcknowledged = errors.New("the app did not acknowledge within three seconds")
	// ErrNoSocket: the app has no socket open, and no request URL either.
	ErrNoSocket = errors.New("the app has no socket open")
	// ErrUnreachable: no connection to the app's request URL came about, or it was cut.
	ErrUnreachable = errors.New("the app cannot be reached")
	// ErrRejected: the app answered with another status than 200.
	ErrRejected = errors.New("the app answered with an error")
	// ErrBadAnswer: the app acknowledged with something that Slack cannot use.
	ErrBadAnswer = errors.New("the app's answer cannot be used")
	// ErrOutage: Slack is away, so nothing was handed to anybody.
	ErrOutage = errors.New("there is no Slack now")
)

// Delivery is one thing that was handed to the app, and what became of it.
type Delivery struct {
	// Number counts from 1.
	Number int
	// ID is the envelope's id in Socket Mode, and the event's id for events over HTTP.
	ID string
	// Kind is "interactive", "slash_commands" or "events_api", as envelopes call it; Type is "block_actions",
	// "view_submission", "view_closed", "/fault" or the event's type.
	Kind, Type string
	// Payload is the JSON of what was handed over; of a command, its fields.
	Payload json.RawMessage
	// Attempt is 0 for the first try, and counts what Slack sent again.
	Attempt int
	// Status is the HTTP status, 200 for an acknowledged envelope, 0 where nothing came back.
	Status int
	// Answer is what the app acknowledged with, nil for nothing.
	Answer json.RawMessage
	// Errors are the app's words beside inputs, by block id, where it refused a submission.
	Errors map[string]string
	// At is when it was handed over; Took, in the simulator's time, until the app's answer.
	At   time.Time
	Took time.Duration
	// Err is why it failed: one of the errors above, wrapped. Nil: it was acknowledged.
	Err error

	noRetry bool
	reason  string     // why it comes again
	retried bool       // it comes again where it fails
	form    url.Values // of a command
}

// Field is a value in the payload by its path, "actions.0.value"; "" where there is none.
func (d *Delivery) Field(path string) string { return fieldOf(d.Payload, path) }

// deliver hands one thing to the app over whichever transport it uses, and waits for the acknowledgement. The caller does
// not hold mu.
func (s *Server) deliver(ctx context.Context, d Delivery) Delivery {
	ctx, cancel := context.WithCancelCause(ctx)
	defer cancel(nil)
	timer := time.AfterFunc(s.options.AckWithin, func() { cancel(ErrNotAcknowledged) })
	defer timer.Stop()
	s.mu.Lock()
	d.At = s.now()
	waiting := s.post.wait(d.At.Add(ackWithin), cancel)
	address, away := s.requestURL, s.outage()
	s.mu.Unlock()
	switch {
	case away:
		d.Err = ErrOutage
	case address != "":
		s.handHTTP(ctx, address, &d)
	default:
		s.handSocket(ctx, &d)
	}
	if cause := context.Cause(ctx); cause != nil && d.Err != nil {
		d.Err = cause
	}
	return s.delivered(d, waiting)
}

// delivered puts the delivery on record. An answer that came too late is none.
func (s *Server) delivered(d Delivery, waiting int) Delivery {
	s.mu.Lock()
	defer s.mu.Unlock()
	delete(s.post.waiting, waiting)
	d.Took = s.now().Sub(d.At)
	if d.Err == nil && d.Took > ackWithin {
		d.Err = ErrNotAcknowledged
	}
	if d.Err != nil {
		d.Err = fmt.Errorf("%s %s: %w", d.Kind, d.Type, d.Err)
	}
	d.Number = len(s.post.made) + 1
	s.post.made = append(s.post.made, d)
	s.plan(d)
	s.touch()
	return d
}

// post is what was handed to the app, what is on its way, and what has to be sent again.
type post struct {
	made    []Delivery
	waiting map[int]wait
	serial  int
	again   []again
	later   *time.Timer
}

// wait is a delivery on its way: after the deadline it is given up.
type wait struct {
	until  time.Time
	giveUp context.CancelCauseFunc
}

func (p *post) wait(until time.Time, giveUp context.CancelCauseFunc) int {
	if p.waiting == nil {
		p.waiting = map[int]wait{}
	}
	p.serial++
	p.waiting[p.serial] = wait{until: until, giveUp: giveUp}
	return p.serial
}

// expire gives up what had to be acknowledged by now. The caller holds mu.
func (s *Server) expire() {
	for _, w := range s.post.waiting {
		if s.now().After(w.until) {
			w.giveUp(ErrNotAcknowledged)
		}
	}
}

// Deliveries are all that was handed to the app and has ended, the first one first.
func (s *Server) Deliveries() []Delivery {
	s.mu.Lock()
	defer s.mu.Unlock()
	return append([]Delivery(nil), s.post.made...)
}

// Redeliver hands the same thing over once more: over HTTP newly signed, over Socket Mode in an envelope with another id.
// What it says is the same to the letter, as when a person's click reaches Slack's servers twice.
func (s *Server) Redeliver(ctx context.Context, d Delivery) (Delivery, error) {
	again := Delivery{Kind: d.Kind, Type: d.Type, Payload: d.Payload, form: d.form, Attempt: d.Attempt}
	done := s.deliver(ctx, again)
	return done, done.Err
}

// bodyOf is the delivery as the body of an HTTP request, and its content type.
func (d *Delivery) bodyOf() (string, string) {
	const form = "application/x-www-form-urlencoded"
	switch d.Kind {
	case "events_api":
		return string(d.Payload), "application/json"
	case "slash_commands":
		return d.form.Encode(), form
	default:
		return url.Values{"payload": {string(d.Payload)}}.Encode(), form
	}
}

// accept reads the app's answer over HTTP.
func (d *Delivery) accept(status int, header http.Header, body []byte) {
	d.Status, d.noRetry = status, header.Get("X-Slack-No-Retry") == "1"
	if status != http.StatusOK {
		d.Err = fmt.Errorf("%w: %d", ErrRejected, status)
		return
	}
	d.Answer = jsonOr(body)
}

// jsonOr is the body where it is JSON, and a JSON string of it where it is not; nil for nothing.
func jsonOr(body []byte) json.RawMessage {
	if len(body) == 0 {
		return nil
	}
	if json.Valid(body) {
		return body
	}
	text, _ := json.Marshal(string(body)) //nolint:errchkjson // a string always has a JSON
	return text
}
