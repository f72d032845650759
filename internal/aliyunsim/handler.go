package aliyunsim

import (
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"strings"
)

// handler answers requests one at a time, people who come without one with the status page or the time, who has a link to a
// backup's file with that, and users of the servers' systems in the systems' place.
func (s *Server) handler() http.Handler {
	table, known := readTable(), operations()
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if s.isProxied(r) {
			s.proxy(w, r)
			return
		}
		if isFile(r) {
			s.serveFile(w, r)
			return
		}
		unread := r.ParseForm() // what could be read is there all the same
		switch asked := r.Method == http.MethodGet && !r.Form.Has("Action"); {
		case asked && r.URL.Path == "/":
			s.servePage(w)
		case asked && r.URL.Path == clockPath:
			s.serveClock(w)
		default:
			s.serve(r, unread, table, known).write(w)
		}
	})
}

// serve answers one request and puts it on record, in the order in which requests took effect.
func (s *Server) serve(r *http.Request, unread error, table table, known map[string]operation) reply {
	s.mu.Lock()
	defer s.mu.Unlock()
	body, err := s.answer(r, unread, table, known)
	given := replyOf(body, err, requestID(r.Form.Get("SignatureNonce")))
	s.record.write(r.Form, given)
	return given
}

// answer admits, checks and performs one request.
func (s *Server) answer(r *http.Request, unread error, table table, known map[string]operation) (answer, error) {
	if r.Method != http.MethodGet && r.Method != http.MethodPost {
		return nil, refuse(http.StatusMethodNotAllowed, "UnsupportedHTTPMethod", "This http method is not supported.")
	}
	if unread != nil {
		return nil, invalid("The request cannot be read.")
	}
	if err := s.gate.admit(r.Method, r.Form); err != nil {
		return nil, err
	}
	name := product(r.Form.Get("Version")) + " " + r.Form.Get("Action")
	do, ok := known[name]
	if !ok {
		return nil, refuse(http.StatusNotFound, "InvalidAction.NotFound", "Specified api is not found: %s.", name)
	}
	trouble := s.faults.next(name)
	if err := trouble.before(); err != nil {
		return nil, s.deny(name, r.Form, err)
	}
	if err := table.check(name, r.Form); err != nil {
		return nil, err
	}
	body, err := s.perform(name, do, r.Form)
	if lost := trouble.after(); lost != nil {
		return nil, lost
	}
	return body, err
}

// perform does the operation, or repeats the answer of the same order; the state is on disk before the answer
// is given.
func (s *Server) perform(name string, do operation, params url.Values) (answer, error) {
	c := call{
		params: params, now: s.options.Clock(), delay: s.options.DeployTakes, early: s.options.ReleasesEarly,
		lag: s.options.Lag, commandTakes: s.options.CommandTakes, grow: s.options.GrowTakes, links: s.links(),
	}
	s.contents.Lock()
	defer s.contents.Unlock()
	token := c.text("ClientToken")
	switch {
	case strings.Contains(name, " Describe"), strings.Contains(name, " List"), strings.Contains(name, " Get"):
		return do(&s.state, c)
	case token == "":
		body, err := do(&s.state, c)
		return body, errors.Join(err, s.state.save(s.options.StateFile))
	}
	if len(token) > 64 {
		return nil, invalid("The ClientToken must be at most 64 characters long.")
	}
	key := name + " " + token
	if given, ok := s.state.Orders[key]; ok {
		return given.repeat(c)
	}
	body, err := do(&s.state, c)
	if err != nil {
		return nil, errors.Join(s.state.deny(key, c, err), s.state.save(s.options.StateFile))
	}
	text, err := json.Marshal(body)
	if err != nil {
		return nil, fmt.Errorf("keep the answer of %s: %w", name, err)
	}
	s.state.Orders[key] = order{Params: c.order(), Answer: text}
	return body, s.state.save(s.options.StateFile)
}

// deny keeps a refusal that came before the order was even looked at.
func (s *Server) deny(name string, params url.Values, err error) error {
	s.contents.Lock()
	defer s.contents.Unlock()
	if params.Get("ClientToken") == "" {
		return err
	}
	return s.state.deny(name+" "+params.Get("ClientToken"), call{params: params}, err)
}

// deny keeps a definite refusal, as the vendor does: the same token gets it again, also when there is stock by then.
func (s *state) deny(key string, c call, err error) error {
	if no, ok := errors.AsType[*refusal](err); ok && no.code == soldOut {
		s.Orders[key] = order{Params: c.order(), Status: no.status, Code: no.code, Message: no.message}
	}
	return err
}

// repeat gives the first answer again, provided that the same thing is ordered.
func (o order) repeat(c call) (answer, error) {
	if o.Params != c.order() {
		return nil, refuse(http.StatusBadRequest, "IdempotentParameterMismatch",
			"The request uses the same client token as a previous, but non-identical request.")
	}
	if o.Code != "" {
		return nil, refuse(o.Status, o.Code, "%s", o.Message)
	}
	var body answer
	if err := json.Unmarshal(o.Answer, &body); err != nil {
		return nil, fmt.Errorf("repeat an answer: %w", err)
	}
	return body, nil
}
