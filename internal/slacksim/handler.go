package slacksim

import (
	"encoding/json"
	"net/http"
	"strings"
)

// handler leads each request to the part of Slack that it is for.
func (s *Server) handler() http.Handler {
	mux := http.NewServeMux()
	mux.HandleFunc("/api/", s.serveCall)
	mux.HandleFunc("POST "+responsePath+"{id}", s.serveResponse)
	mux.HandleFunc("GET "+linkPath, s.serveLink)
	mux.HandleFunc("GET "+clockPath, func(w http.ResponseWriter, _ *http.Request) { s.serveClock(w) })
	s.addPages(mux)
	return mux
}

// serveCall answers one call of the Web API, in the order in which calls took effect.
func (s *Server) serveCall(w http.ResponseWriter, r *http.Request) {
	c, err := readCall(r)
	s.mu.Lock()
	trouble := s.faults.next(c.method, s.now())
	s.mu.Unlock()
	if trouble.before(w, r) {
		s.note(c, string(trouble.Trouble))
		return
	}
	var body answer
	if err == nil {
		body, err = s.perform(c)
	}
	s.note(c, codeOf(err))
	trouble.after()
	w.Header().Set("X-Oauth-Scopes", strings.Join(s.options.Scopes, ","))
	writeJSON(w, http.StatusOK, told(body, err))
}

// perform checks one call and does it.
func (s *Server) perform(c call) (answer, error) {
	m, known := methods()[c.method]
	if !known || m.do == nil && !m.byApp {
		return nil, refuse("unknown_method")
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if err := s.admit(m, c); err != nil {
		return nil, err
	}
	if m.byApp {
		return s.openLink()
	}
	defer s.touch()
	body, err := m.do(s.work, c)
	if err != nil {
		return nil, err
	}
	if c.method == "chat.scheduleMessage" {
		s.publish() // sets the alarm
	}
	return frozen(body)
}

// frozen is the answer as it is now, so that it can be written after the lock is gone.
func frozen(body answer) (answer, error) {
	text, err := json.Marshal(body)
	if err != nil {
		return nil, refuse("internal_error")
	}
	copied := answer{}
	if json.Unmarshal(text, &copied) != nil {
		return nil, refuse("internal_error")
	}
	return copied, nil
}

func writeJSON(w http.ResponseWriter, status int, body answer) {
	w.Header().Set("Content-Type", "application/json; charset=utf-8")
	w.WriteHeader(status)
	_ = json.NewEncoder(w).Encode(body) //nolint:errchkjson // who has gone away needs no answer
}

func (s *Server) note(c call, code string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.record.write(s.now(), c, code)
}
