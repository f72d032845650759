package slack

import (
	"context"
	"log/slog"
	"sync"
	"time"

	api "github.com/slack-go/slack"

	"lvyue/internal/contract"
	"lvyue/internal/message"
	"lvyue/internal/oncall"
	"lvyue/internal/refusal"
)

// Books is what the desk reads and keeps; internal/postgres has it.
type Books interface {
	Now(ctx context.Context) (time.Time, error)
	Rota(ctx context.Context) (oncall.Rota, error)
	// RulingForm and Contracts tell of a contract; Live numbers those that are not over.
	RulingForm(ctx context.Context, number string) (contract.Form, error)
	Contracts(ctx context.Context, number string) ([]message.ContractRow, error)
	Live(ctx context.Context) ([]string, error)
	// Faults are those of a contract, of all if it is empty.
	Faults(ctx context.Context, contract string) ([]message.FaultOf, error)
	// Offered is the offer of a contract that nobody has answered yet; nil if there is none.
	Offered(ctx context.Context, contract string) (*message.Proposal, error)
	NextDuties(ctx context.Context) ([]message.DutyOf, error)
	// KeepApproval keeps a word about a link or a waiver, or refuses it; Approval is the last one about the same thing, ApprovalOf that
	// of an ID.
	KeepApproval(ctx context.Context, a message.Approval) (message.Approval, error)
	Approval(ctx context.Context, of message.Approval) (message.Approval, error)
	ApprovalOf(ctx context.Context, id int64) (message.Approval, error)
	// KeepAttempt keeps what was refused before the inbox.
	KeepAttempt(ctx context.Context, a message.Attempt) error
}

// Inbox stores an act before anything is done with it, with the moment of its receipt; the answer is nil until it has one. A
// repeated id is the act as it was stored the first time. internal/intake has it.
type Inbox interface {
	Submit(ctx context.Context, act message.Act) (message.Act, *message.Answer, error)
}

// Engine takes a stored act to its contract, for as long as ctx lasts, and gives the answer. internal/intake has it.
type Engine interface {
	Deliver(ctx context.Context, act message.Act) (message.Answer, error)
}

// Behind is what stands behind the desk.
type Behind struct {
	Books  Books
	Inbox  Inbox
	Engine Engine
	// Log hears of trouble, nobody if nil. Alarm hears that Slack itself is lost to us: "app_uninstalled", "tokens_revoked",
	// "channel_archive", "socket"; nobody if nil.
	Log   *slog.Logger
	Alarm func(ctx context.Context, what string)
	// Patience is how long a person waits for the engine before they are told that the result will follow; zero: 2 s.
	Patience time.Duration
	// PingWithin is how long a socket may be without a sign of life; zero: 30 s.
	PingWithin time.Duration
}

// ackWithin is how long an interaction may take to be understood and stored: Slack gives the app 3 s. follow is how long the engine's
// answer is waited for: the address for it lives for half an hour.
const (
	ackWithin = 2500 * time.Millisecond
	follow    = 29 * time.Minute
)

// Handler is the desk behind both transports: HTTP (ServeHTTP) and Socket Mode (Sockets). Whatever somebody does is checked, stored,
// acknowledged, and only then taken to the engine; so a click keeps its moment whatever is down behind it.
type Handler struct {
	config Config
	client *api.Client
	Behind

	unsigned forgers
	over     chan struct{} // closed with the desk
	end      sync.Once
	jobs     sync.WaitGroup
}

// NewHandler makes a desk. Close it, after its transports have ended.
func NewHandler(config Config, behind Behind) *Handler {
	if behind.Patience == 0 {
		behind.Patience = 2 * time.Second
	}
	if behind.PingWithin == 0 {
		behind.PingWithin = 30 * time.Second
	}
	return &Handler{config: config, client: config.client(), Behind: behind, over: make(chan struct{})}
}

// Close ends what is still being told. Acts that have no answer yet stand in the inbox, and the relay takes them on.
func (h *Handler) Close() {
	h.end.Do(func() { close(h.over) })
	h.jobs.Wait()
}

// kind is what sort of thing somebody did.
type kind int

const (
	pressed kind = iota + 1
	submitted
	closed
	commanded
	shortcut
	homeOpened
	happened
)

// deed is what somebody did in Slack, by whichever transport it came.
type deed struct {
	kind               kind
	team, app          string
	member, memberTeam string
	// name is the action id, the callback id, the command, or the type of the event; value the button's, typed the command's words.
	name, value, typed string
	// channel and ts are the message that was clicked, at Slack's stamp of the click.
	channel, ts, at      string
	trigger, responseURL string
	view                 *api.View
}

// take does what a deed is for, and gives what it is acknowledged with: nil for nothing.
func (h *Handler) take(ctx context.Context, d deed) any {
	// A transport that breaks meanwhile takes nothing back of what is being stored.
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), ackWithin)
	defer cancel()
	switch d.kind {
	case pressed:
		h.press(ctx, d)
	case submitted:
		return h.submit(ctx, d)
	case commanded:
		return h.command(ctx, d)
	case shortcut:
		h.later(ctx, func(ctx context.Context) { h.ask(ctx, d, about{}) })
	case homeOpened:
		h.later(ctx, func(ctx context.Context) { h.home(ctx, d) })
	case happened:
		h.later(ctx, func(ctx context.Context) { h.lost(ctx, d) })
	case closed:
		// nobody wanted it after all
	}
	return nil
}

// later does something after the acknowledgement.
func (h *Handler) later(ctx context.Context, do func(context.Context)) {
	ctx, stop := h.untilClosed(context.WithoutCancel(ctx))
	h.jobs.Go(func() {
		defer stop()
		ctx, cancel := context.WithTimeout(ctx, follow)
		defer cancel()
		do(ctx)
	})
}

// untilClosed is a context that ends with the desk, too.
func (h *Handler) untilClosed(ctx context.Context) (context.Context, context.CancelFunc) {
	ctx, stop := context.WithCancel(ctx)
	h.jobs.Go(func() {
		select {
		case <-h.over:
			stop()
		case <-ctx.Done():
		}
	})
	return ctx, stop
}

// lost tells the operators that Slack does not serve us any more.
func (h *Handler) lost(ctx context.Context, d deed) {
	switch {
	case !h.ours(d) || d.name == "channel_archive" && d.channel != h.config.Channel:
	default:
		h.warn(ctx, "Slack is lost to the desk", slog.String("event", d.name))
		h.alarm(ctx, d.name)
	}
}

func (h *Handler) alarm(ctx context.Context, what string) {
	if h.Alarm != nil {
		h.Alarm(ctx, what)
	}
}

func (h *Handler) warn(ctx context.Context, text string, attrs ...slog.Attr) {
	if h.Log != nil {
		h.Log.LogAttrs(ctx, slog.LevelWarn, text, attrs...)
	}
}

// keep stores an act, and takes it to the engine after the acknowledgement. What comes back is why nothing was stored, in the words of
// whoever refuses, or nil.
func (h *Handler) keep(ctx context.Context, act message.Act, to listener, rev int) *refusal.Refusal {
	stored, answered, err := h.Inbox.Submit(ctx, act)
	if err != nil {
		if no, ok := refusal.As(err); ok {
			return no
		}
		h.warn(ctx, "an act from Slack was not stored", slog.String("act", act.ID), slog.Any("error", err))
		return unstored(err)
	}
	h.later(ctx, func(ctx context.Context) {
		stale := h.stale(ctx, stored, rev)
		if answered != nil {
			h.tell(ctx, to, answering(*answered)+stale)
			return
		}
		h.deliver(ctx, stored, to, stale)
	})
	return nil
}

// outcome is what came of a delivery.
type outcome struct {
	answer message.Answer
	err    error
}

// deliver takes a stored act to the engine and tells its answer. Whoever has to wait is told so once.
func (h *Handler) deliver(ctx context.Context, act message.Act, to listener, stale string) {
	come := make(chan outcome, 1)
	h.jobs.Go(func() {
		answer, err := h.Engine.Deliver(ctx, act)
		come <- outcome{answer, err}
	})
	patience := time.NewTimer(h.Patience)
	defer patience.Stop()
	var o outcome
	select {
	case o = <-come:
	case <-patience.C:
		h.tell(ctx, to, lines(wait())+stale)
		o = <-come
		stale = ""
	}
	if o.err != nil {
		h.warn(ctx, "an act from Slack waits for its answer", slog.String("act", act.ID), slog.Any("error", o.err))
		ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), patience1)
		defer cancel()
		h.tell(ctx, to, lines(waits()))
		return
	}
	h.tell(ctx, to, answering(o.answer)+stale)
}

// patience1 is how long a last word may take.
const patience1 = 2 * time.Second

// stale warns whoever clicked on a card that has changed since. It is a warning alone: the state of the fault decides.
func (h *Handler) stale(ctx context.Context, act message.Act, rev int) string {
	if act.Fault == 0 || rev == 0 {
		return ""
	}
	if f, no := h.fault(ctx, about{Contract: act.Contract, Fault: act.Fault}); no == nil && f.Rev > rev {
		return "\n" + lines(outdated())
	}
	return ""
}
