package slacksim

import (
	"fmt"
	"net/http"
	"strconv"
	"time"
)

// Trouble is one way in which a call goes wrong. Any of Slack's own error codes is one, too: Trouble("internal_error"),
// "fatal_error", "token_revoked", "account_inactive", "channel_not_found", "is_archived"; it is given with ok:false and status 200.
type Trouble string

// The troubles that are no codes of Slack's. All but Dropped and Slow keep the call from taking effect.
const (
	// Limited is 429 with a Retry-After of Fault.Wait.
	Limited Trouble = "429"
	// LimitedBare is 429 without the header.
	LimitedBare Trouble = "429 bare"
	// Broken is a 500 with a page in HTML.
	Broken Trouble = "500"
	// Slow is an answer that comes after Fault.Wait of the machine's time.
	Slow Trouble = "slow"
	// Dropped is that the connection is closed without an answer after the call has taken effect.
	Dropped Trouble = "dropped"
	// Unreachable is that the connection is closed without an answer, and nothing took effect.
	Unreachable Trouble = "unreachable"
)

// Fault makes calls of a method go wrong, by rule and not by chance: the same calls meet the same faults.
type Fault struct {
	// Method is "chat.postMessage", "response_url" for posts to such, "apps.connections.connect" for the socket itself, or
	// "*" for all.
	Method string
	// First lets the first N calls go wrong and no later one; Every, every Nth for as long as the fault is set. At most
	// one of them is given; neither means all. A call counts from when the fault is set, whatever else it meets.
	First, Every int
	// From and To bound the fault in the simulator's time: only calls at or after From and before To count. Zero is no bound.
	From, To time.Time
	// Trouble is what goes wrong.
	Trouble Trouble
	// Wait is how long Limited tells to wait, in whole seconds (default 30 s), and how long Slow takes (default 1 s).
	Wait time.Duration
}

func (f Fault) hits(count int) bool {
	return f.First == 0 && f.Every == 0 || count <= f.First || f.Every > 0 && count%f.Every == 0
}

func (f Fault) within(now time.Time) bool {
	return !now.Before(f.From) && (f.To.IsZero() || now.Before(f.To))
}

func (f Fault) check() error {
	_, known := methods()[f.Method]
	switch {
	case !known && f.Method != "*":
		return fmt.Errorf("fault in %q: there is no such method", f.Method)
	case f.Trouble == "":
		return fmt.Errorf("fault in %q: no trouble is given", f.Method)
	case f.First < 0 || f.Every < 0 || f.First > 0 && f.Every > 0:
		return fmt.Errorf("fault in %q: at most one of First and Every may be given, and it must be positive", f.Method)
	case !f.To.IsZero() && !f.From.Before(f.To):
		return fmt.Errorf("fault in %q: it ends before it begins", f.Method)
	}
	return nil
}

// faults are the rules in force, and how many calls each has counted.
type faults struct {
	rules  []Fault
	counts []int
}

// newFaults refuses a rule that could never be felt.
func newFaults(rules []Fault) (faults, error) {
	for _, f := range rules {
		if err := f.check(); err != nil {
			return faults{}, err
		}
	}
	return faults{rules: append([]Fault(nil), rules...), counts: make([]int, len(rules))}, nil
}

// next counts a call and gives the fault that it meets; where several meet, the first in order is felt and all count.
func (f *faults) next(method string, now time.Time) Fault {
	var felt Fault
	for i, rule := range f.rules {
		if rule.Method != "*" && rule.Method != method || !rule.within(now) {
			continue
		}
		f.counts[i]++
		if felt.Trouble == "" && rule.hits(f.counts[i]) {
			felt = rule
		}
	}
	return felt
}

// SetFaults puts these faults in the place of all that were in force, and counts from 0. None ends all faults. A rule
// that could never be felt is refused, and those in force stay.
func (s *Server) SetFaults(rules ...Fault) error {
	set, err := newFaults(rules)
	if err != nil {
		return err
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.faults = set
	s.await()
	return nil
}

// await cuts the sockets when an outage begins: now, or when the machine's time comes to it; Advance looks by itself. The caller
// holds mu.
func (s *Server) await() {
	if s.outage() {
		s.cutSockets()
	}
	for _, f := range s.faults.rules {
		if wait := f.From.Sub(s.now()); !f.From.IsZero() && wait > 0 {
			time.AfterFunc(wait, s.Tick)
		}
	}
}

// Outage is the fault of a Slack that is not there at all: no method answers, no socket holds, and nothing that people do
// reaches the app. To zero is an outage until SetFaults.
func Outage(from, to time.Time) Fault {
	return Fault{Method: "*", From: from, To: to, Trouble: Unreachable}
}

// outage reports whether all of Slack is away now. The caller holds mu.
func (s *Server) outage() bool {
	for _, f := range s.faults.rules {
		if f.Method == "*" && f.Trouble == Unreachable && f.First == 0 && f.Every == 0 && f.within(s.now()) {
			return true
		}
	}
	return false
}

// before writes what a call gets in place of taking effect; false where it takes effect.
func (f Fault) before(w http.ResponseWriter, r *http.Request) bool {
	switch f.Trouble {
	case "", Dropped:
		return false
	case Slow:
		timer := time.NewTimer(f.waits(time.Second))
		defer timer.Stop()
		select {
		case <-timer.C:
			return false
		case <-r.Context().Done():
			return true
		}
	case Limited:
		w.Header().Set("Retry-After", strconv.Itoa(int(f.waits(30*time.Second)/time.Second)))
		writeJSON(w, http.StatusTooManyRequests, refuse("ratelimited").body())
	case LimitedBare:
		writeJSON(w, http.StatusTooManyRequests, refuse("ratelimited").body())
	case Broken:
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		w.WriteHeader(http.StatusInternalServerError)
		_, _ = w.Write([]byte("<!DOCTYPE html><title>Server Error | Slack</title><p>Something went wrong.")) // nobody is owed it
	case Unreachable:
		panic(http.ErrAbortHandler) // net/http's own way to close a connection without an answer
	default:
		writeJSON(w, http.StatusOK, refuse(string(f.Trouble)).body())
	}
	return true
}

// after ends a call that has taken effect.
func (f Fault) after() {
	if f.Trouble == Dropped {
		panic(http.ErrAbortHandler)
	}
}

func (f Fault) waits(usual time.Duration) time.Duration {
	if f.Wait == 0 {
		return usual
	}
	return f.Wait
}
