package suitesim

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"strings"
	"sync"
	"time"
)

// Site is a system with its surroundings, as HTTP reaches it. It may be made for each request anew.
type Site struct {
	System *System
	World  World
	// Lock guards the system and all that World gives. No client is waited for under it.
	Lock sync.Locker
	// Changed is called under the lock after a request has changed something, to keep the new state; nil is nobody. Its error
	// is answered as 500.
	Changed func() error
}

// ServeHTTP answers the products' pages ("/oa/", "/oa/health") and the operator's paths.
func (s Site) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	most, serve := int64(mostOfPage), s.page
	if strings.HasPrefix(r.URL.Path, "/operator/") {
		most, serve = mostOfData, s.operate
		if !s.admits(r) {
			refuse(http.StatusUnauthorized, "the operator's token is missing or wrong").write(w, r)
			return
		}
	}
	body, err := io.ReadAll(http.MaxBytesReader(w, r.Body, most))
	if err != nil {
		refuse(http.StatusRequestEntityTooLarge, "the body is too long, or broke off").write(w, r)
		return
	}
	s.locked(serve, r, body).write(w, r)
}

// The most that a body may have: what a user enters, and a whole database.
const (
	mostOfPage = 64 << 10
	mostOfData = 64 << 20
)

// locked serves under the lock, and keeps what changed.
func (s Site) locked(serve func(*http.Request, []byte) answer, r *http.Request, body []byte) answer {
	s.Lock.Lock()
	defer s.Lock.Unlock()
	given := serve(r, body)
	if !given.changed || s.Changed == nil {
		return given
	}
	if err := s.Changed(); err != nil {
		return refuse(http.StatusInternalServerError, "what changed could not be kept")
	}
	return given
}

// answer is what goes back: content of that type, or an object as JSON, or nothing but the status.
type answer struct {
	status  int
	content []byte
	kind    string
	object  any
	changed bool
}

// refuse answers with {"error"}.
func refuse(status int, format string, values ...any) answer {
	return answer{status: status, object: map[string]string{"error": fmt.Sprintf(format, values...)}}
}

// write sends the answer. Content is sent in parts where a Range header asks for them; its ETag is its SHA-256, so that
// If-Range tells whether it is still the same.
func (a answer) write(w http.ResponseWriter, r *http.Request) {
	w.Header().Set("Cache-Control", "no-store")
	if a.content != nil {
		w.Header().Set("Content-Type", a.kind)
		w.Header().Set("ETag", `"`+sum(a.content)+`"`)
		http.ServeContent(w, r, "", time.Time{}, bytes.NewReader(a.content))
		return
	}
	if a.object == nil {
		w.WriteHeader(a.status)
		return
	}
	text, err := json.Marshal(a.object)
	if err != nil {
		http.Error(w, "the answer cannot be written", http.StatusInternalServerError)
		return
	}
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(a.status)
	_, _ = w.Write(text) // a client that went away needs no answer
}

// object answers 200 with it.
func object(o any) answer { return answer{status: http.StatusOK, object: o} }

// read decodes a body as one JSON value.
func read[T any](body []byte) (T, error) {
	var v T
	if err := json.Unmarshal(body, &v); err != nil {
		return v, errors.New("the body is not what is expected here")
	}
	return v, nil
}
