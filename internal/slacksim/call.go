package slacksim

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"strconv"
	"strings"
)

// answer is the body of an answer.
type answer = map[string]any

// largestCall is how much of a request's body is read.
const largestCall = 1 << 20

// call is one request to the Web API. Arguments that came as JSON values are kept as their JSON, as forms have them.
type call struct {
	method string
	token  string
	args   map[string]string
}

func (c call) text(name string) string { return c.args[name] }

func (c call) has(name string) bool {
	_, given := c.args[name]
	return given
}

func (c call) is(name string) bool {
	yes, _ := strconv.ParseBool(c.args[name])
	return yes
}

// need is the argument, or the refusal that Slack has for a call without it.
func (c call) need(name string) (string, error) {
	if c.args[name] == "" {
		return "", &refusal{code: "invalid_arguments", messages: []string{"[ERROR] missing required field: " + name}}
	}
	return c.args[name], nil
}

// readCall reads a request of either kind: a form, or JSON with a token in the header.
func readCall(r *http.Request) (call, error) {
	c := call{method: strings.TrimPrefix(r.URL.Path, "/api/"), args: map[string]string{}}
	bearer, _ := strings.CutPrefix(r.Header.Get("Authorization"), "Bearer ")
	c.token = bearer
	if strings.HasPrefix(r.Header.Get("Content-Type"), "application/json") {
		return c, c.readJSON(r.Body)
	}
	r.Body = http.MaxBytesReader(nil, r.Body, largestCall)
	if err := r.ParseForm(); err != nil {
		return c, refuse("invalid_form_data")
	}
	for name := range r.Form {
		c.args[name] = r.Form.Get(name)
	}
	if c.token == "" {
		c.token = r.PostForm.Get("token") // never from the query
	}
	delete(c.args, "token")
	return c, nil
}

func (c call) readJSON(body io.Reader) error {
	text, err := io.ReadAll(io.LimitReader(body, largestCall))
	if err != nil {
		return fmt.Errorf("read the request: %w", err)
	}
	given := map[string]json.RawMessage{}
	if len(bytes.TrimSpace(text)) > 0 && json.Unmarshal(text, &given) != nil {
		return refuse("invalid_json")
	}
	for name, value := range given {
		var plain string
		if json.Unmarshal(value, &plain) != nil {
			plain = string(value)
		}
		if string(value) != "null" {
			c.args[name] = plain
		}
	}
	return nil
}

// refusal is an answer that says no: Slack gives it with status 200.
type refusal struct {
	code             string
	messages         []string // response_metadata.messages
	needed, provided string   // for missing_scope
}

func (r *refusal) Error() string { return "slack: " + r.code }

func refuse(code string) *refusal { return &refusal{code: code} }

// body is the answer on the wire.
func (r *refusal) body() answer {
	told := answer{"ok": false, "error": r.code}
	if len(r.messages) > 0 {
		told["response_metadata"] = answer{"messages": r.messages}
	}
	if r.needed != "" {
		told["needed"], told["provided"] = r.needed, r.provided
	}
	return told
}

// codeOf is Slack's word for an error, "" for none.
func codeOf(err error) string {
	if err == nil {
		return ""
	}
	if no, ok := errors.AsType[*refusal](err); ok {
		return no.code
	}
	return "internal_error"
}

// told is the body for a result.
func told(body answer, err error) answer {
	if err == nil {
		body["ok"] = true
		return body
	}
	if no, ok := errors.AsType[*refusal](err); ok {
		return no.body()
	}
	return refuse("internal_error").body()
}
