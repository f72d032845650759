package slacksim

import (
	"crypto/rand"
	"encoding/json"
	"io"
	"net/http"
	"time"
)

const responsePath = "/actions/" + TeamID + "/"

// response is a response_url: five uses within 30 minutes, in the place where something was done.
type response struct {
	channel, user string
	at            time.Time
	uses          int
	message       *Message // what was clicked; nil for a command
}

// newResponse makes a response_url for what a user does now, on a message or with a command.
func (w *workspace) newResponse(channel, user string, m *Message) string {
	id := rand.Text()
	w.responses[id] = &response{channel: channel, user: user, at: w.now(), message: m}
	return w.base + responsePath + id
}

// responseBody is what may be posted there, and what a command may be answered with.
type responseBody struct {
	Type            string          `json:"response_type"`
	Text            *string         `json:"text"`
	Blocks          json.RawMessage `json:"blocks"`
	Attachments     json.RawMessage `json:"attachments"`
	Metadata        json.RawMessage `json:"metadata"`
	ReplaceOriginal bool            `json:"replace_original"`
	DeleteOriginal  bool            `json:"delete_original"`
	ThreadTS        string          `json:"thread_ts"`
}

// serveResponse takes one post to a response_url. It needs no token: who knows the address may.
func (s *Server) serveResponse(w http.ResponseWriter, r *http.Request) {
	c := call{method: responseMethod, args: map[string]string{"id": r.PathValue("id")}}
	s.mu.Lock()
	trouble := s.faults.next(responseMethod, s.now())
	s.mu.Unlock()
	if trouble.before(w, r) {
		s.note(c, string(trouble.Trouble))
		return
	}
	text, err := io.ReadAll(io.LimitReader(r.Body, largestCall))
	var body responseBody
	if err != nil || json.Unmarshal(text, &body) != nil {
		err = refuse("invalid_payload")
	} else {
		err = s.locked(func(work *workspace) error { return work.respond(r.PathValue("id"), body) })
	}
	s.note(c, codeOf(err))
	trouble.after()
	if err != nil {
		writeJSON(w, http.StatusNotFound, told(nil, err))
		return
	}
	w.Header().Set("Content-Type", "text/plain; charset=utf-8")
	_, _ = io.WriteString(w, "ok") // who has gone away needs no answer
}

// respond uses the address once. A refused content is no use.
func (w *workspace) respond(id string, body responseBody) error {
	r, known := w.responses[id]
	switch {
	case !known, w.now().Sub(r.at) > responseLife:
		return refuse("expired_url")
	case r.uses >= responseUses:
		return refuse("used_url")
	}
	if err := w.place(r, body); err != nil {
		return err
	}
	r.uses++
	return nil
}

// place does what the body says: replaces or takes away what was clicked, or says something new.
func (w *workspace) place(r *response, body responseBody) error {
	if body.DeleteOriginal && r.message != nil {
		w.remove(r.message)
		return nil
	}
	said, err := w.read(body.call())
	if err != nil {
		return err
	}
	if body.ReplaceOriginal && r.message != nil {
		if said.blocks == nil {
			said.blocks = &[]Block{} // a replacement is all that is there
		}
		return w.change(r.message, said)
	}
	m := own(r.channel)
	said.dress(m)
	if m.empty() {
		return refuse("no_text")
	}
	m.ThreadTS = body.ThreadTS
	if body.Type == "in_channel" {
		w.add(m)
	} else {
		w.whisper(m, r.user)
	}
	return nil
}

// call is the content as arguments, which are read in one place.
func (b responseBody) call() call {
	c := call{args: map[string]string{}}
	if b.Text != nil {
		c.args["text"] = *b.Text
	}
	for name, value := range map[string]json.RawMessage{"blocks": b.Blocks, "attachments": b.Attachments, "metadata": b.Metadata} {
		if len(value) > 0 && string(value) != "null" {
			c.args[name] = string(value)
		}
	}
	return c
}
