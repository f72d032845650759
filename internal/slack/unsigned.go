package slack

import (
	"context"
	"errors"
	"log/slog"
	"net"
	"net/http"
	"sync"
	"time"

	api "github.com/slack-go/slack"
	"golang.org/x/time/rate"

	"lvyue/internal/message"
)

// What is kept of requests that Slack has not signed: of one address the first few, then one now and then; so many addresses are told
// apart, and beyond them all others are one.
const (
	unsignedAtOnce = 10
	unsignedEvery  = 10 * time.Second
	mostAddresses  = 1000
)

// forgers are the addresses from which such requests came lately. The zero value knows none.
type forgers struct {
	mu sync.Mutex
	by map[string]*rate.Limiter
}

// heeds tells whether what an address has sent at an instant is still worth keeping.
func (s *forgers) heeds(address string, now time.Time) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.by == nil {
		s.by = map[string]*rate.Limiter{}
	}
	if _, known := s.by[address]; !known && len(s.by) >= mostAddresses {
		s.forget(now)
	}
	if _, known := s.by[address]; !known && len(s.by) >= mostAddresses {
		address = ""
	}
	if s.by[address] == nil {
		s.by[address] = rate.NewLimiter(rate.Every(unsignedEvery), unsignedAtOnce)
	}
	return s.by[address].AllowN(now, 1)
}

// forget lets go of those that have been quiet for long.
func (s *forgers) forget(now time.Time) {
	for address, l := range s.by {
		if l.TokensAt(now) >= unsignedAtOnce {
			delete(s.by, address)
		}
	}
}

// refuseUnsigned answers what Slack has not signed: 401, which is kept; from an address that does not stop, 429, and nothing more is
// made of it. Requests that are signed pass whatever came from their address, since they are looked at first.
func (h *Handler) refuseUnsigned(w http.ResponseWriter, r *http.Request, why error) {
	address, _, err := net.SplitHostPort(r.RemoteAddr)
	if err != nil {
		address = r.RemoteAddr
	}
	if !h.unsigned.heeds(address, time.Now()) {
		http.Error(w, "too many requests that Slack has not signed", http.StatusTooManyRequests)
		return
	}
	h.warn(r.Context(), "a request that Slack has not signed was turned away",
		slog.String("path", r.URL.Path), slog.String("address", address), slog.Any("why", why))
	ctx, cancel := context.WithTimeout(context.WithoutCancel(r.Context()), ackWithin)
	defer cancel()
	if err := h.Books.KeepAttempt(ctx, message.Attempt{What: r.URL.Path + " from " + address, Reason: unsignedReason(why)}); err != nil {
		h.warn(ctx, "a refused request was not kept", slog.String("address", address), slog.Any("error", err))
	}
	http.Error(w, "not signed by Slack", http.StatusUnauthorized)
}

// unsignedReason is the code by which it is kept.
func unsignedReason(why error) string {
	switch {
	case errors.Is(why, errQuery):
		return "unsigned_query"
	case errors.Is(why, api.ErrMissingHeaders):
		return "signature_missing"
	case errors.Is(why, api.ErrExpiredTimestamp):
		return "signature_expired"
	default:
		return "signature_bad"
	}
}
