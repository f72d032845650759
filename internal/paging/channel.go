// Package paging brings pages to people though a way to them is down (§4.2): which way is tried when, what is tried again,
// when the fall-backs begin, how a storm becomes one message. It never sleeps and reads no clock: each look is given its
// moment. It knows no vendor: Slack, mail and the robots are channels that it is handed.
package paging

import (
	"cmp"
	"context"
	"errors"
	"time"

	"lvyue/internal/message"
	"lvyue/internal/refusal"
)

// Way is a kind of channel to people.
type Way string

// The ways to people.
const (
	Slack    Way = "slack"
	Email    Way = "email"
	DingTalk Way = "dingtalk"
	WeCom    Way = "wecom"
	Webhook  Way = "webhook"
)

// Name is the way in words.
func (w Way) Name() refusal.Text {
	switch w {
	case Slack:
		return refusal.Text{ZH: "Slack", EN: "Slack"}
	case Email:
		return refusal.Text{ZH: "邮件", EN: "mail"}
	case DingTalk:
		return refusal.Text{ZH: "钉钉", EN: "DingTalk"}
	case WeCom:
		return refusal.Text{ZH: "企业微信", EN: "WeCom"}
	default:
		return refusal.Text{ZH: string(w), EN: string(w)}
	}
}

// Address is how a person is reached by one way. Room is where the message is written, and what takes one message a second at
// most: a Slack channel or user, a mail address, or empty where a robot has one room only. Mention is whom the message calls
// by name there, such as a mobile number; empty where the room is the person's own.
type Address struct {
	Way     Way
	Room    string
	Mention string
}

// Envelope is one message to one room. Key names it for the vendor: the same page by the same way has the same one, also after
// a crash. Again tells that it may have been taken already: a channel that can looks for Key (Slack keeps it as metadata)
// before it writes a second time; one that cannot writes again, since twice is better than never.
//
// Earlier is the reference of a message that is to be written over; empty asks for a new one. A channel that finds it gone
// writes a new one. Count is how many pages it tells of, more than Pages in a long storm.
type Envelope struct {
	Key      string
	Room     string
	Mentions []string
	Pages    []message.Page
	Count    int
	Link     string // to act without Slack; empty where there is nothing to press
	Earlier  string
	Again    bool
}

// Channel writes messages by one way. Send gives the vendor's reference of the message. What its errors say is kept and
// logged only if they are a SendError, or tell RetryAfter and Permanent as it does: such texts hold no URL, token or password.
type Channel interface {
	Way() Way
	Send(ctx context.Context, e Envelope) (reference string, err error)
}

// Line is a channel in use. Every is the least time between two messages to one room, a second if zero. Edits tells that
// messages can be written over.
type Line struct {
	Channel

	Every time.Duration
	Edits bool
}

func (l Line) every() time.Duration { return max(l.Every, time.Second) }

// SendError is why a message was not taken. Reason is a few words for people and tables, without secrets. Wait is how long the
// vendor asks to be left alone, Final that no repetition can help.
type SendError struct {
	Reason string
	Wait   time.Duration
	Final  bool
}

// Error is the reason.
func (e *SendError) Error() string { return e.Reason }

// RetryAfter is how long the vendor asks to be left alone; zero if it does not say.
func (e *SendError) RetryAfter() time.Duration { return e.Wait }

// Permanent tells that no repetition can help.
func (e *SendError) Permanent() bool { return e.Final }

// trouble is what an error of a channel tells.
type trouble interface {
	error
	RetryAfter() time.Duration
	Permanent() bool
}

// reason is what may be written down of an error, in one short line. The text of one that promises nothing may quote a URL, so
// it is not taken.
func reason(err error) string {
	var told trouble
	switch {
	case errors.As(err, &told):
		return cmp.Or(short(told.Error()), "no reason given")
	case errors.Is(err, context.DeadlineExceeded):
		return "no answer in time"
	case errors.Is(err, context.Canceled):
		return "interrupted"
	default:
		return "not sent, for a reason that may not be written down"
	}
}
