package test

import (
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"slices"
	"sync"
	"testing"
	"time"

	"lvyue/internal/message"
	"lvyue/internal/robot"
)

// receiverSecret signs what the desk sends beside Slack; linksBegin is where its links say that the desk is.
const (
	receiverSecret = "receiver-secret"
	linksBegin     = "http://desk.invalid"
)

// receiver is a team's own webhook, by which the desk reaches people beside Slack.
type receiver struct {
	*httptest.Server

	mu    sync.Mutex
	heard []heardPage
}

// heardPage is a page as the webhook got it.
type heardPage struct {
	message.Page

	at time.Time
}

func openReceiver(tb testing.TB) *receiver {
	tb.Helper()
	r := &receiver{}
	r.Server = httptest.NewServer(r)
	tb.Cleanup(r.Close)
	return r
}

// ServeHTTP takes a call. What it lists again is heard once.
func (r *receiver) ServeHTTP(w http.ResponseWriter, request *http.Request) {
	var call robot.Call
	if err := json.NewDecoder(request.Body).Decode(&call); err != nil {
		w.WriteHeader(http.StatusBadRequest)
		return
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	for _, p := range call.Pages {
		if !slices.ContainsFunc(r.heard, func(h heardPage) bool { return h.Key == p.Key }) {
			r.heard = append(r.heard, heardPage{p, time.Now()})
		}
	}
}

// pages are those of a kind that were heard of a fault; 0 is for what is no fault's.
func (r *receiver) pages(kind message.PageKind, fault int) []heardPage {
	r.mu.Lock()
	defer r.mu.Unlock()
	var all []heardPage
	for _, h := range r.heard {
		if h.Kind == kind && h.Fault == fault {
			all = append(all, h)
		}
	}
	return all
}
