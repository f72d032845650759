package operator

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"slices"
	"strings"

	"lvyue/internal/refusal"
	"lvyue/internal/suite"
)

// Error is a request that a system did not fulfil. Its text holds no token, so it may be recorded.
type Error struct {
	Host, Path string
	// Status is that of the answer; 0 when none came, or it could not be read.
	Status  int
	Message string

	permanent bool
	cause     error
}

func (e *Error) Error() string {
	if e.Status == 0 {
		return fmt.Sprintf("the system at %s did not answer %s: %s", e.Host, e.Path, e.Message)
	}
	return fmt.Sprintf("the system at %s answered %s with HTTP %d: %s", e.Host, e.Path, e.Status, e.Message)
}

// Unwrap is why no answer came, context.Canceled for instance; nil when one came.
func (e *Error) Unwrap() error { return e.cause }

// Permanent reports whether repeating the request is of no use before a person has acted. A system that does not answer, is
// overloaded, or cannot do it now (409) may do it later.
func (e *Error) Permanent() bool { return e.permanent }

// Refusal is what the person who must act is told.
func (e *Error) Refusal() *refusal.Refusal {
	if e.permanent {
		return refusal.Rule("system_refused", "3.2", "客户系统拒绝了请求："+e.Error(), "the customer's system refused the request: "+e.Error())
	}
	return refusal.Rule("system_unavailable", "3.2", "客户系统暂时无法完成请求，系统会自动重试："+e.Error(),
		"the customer's system cannot do this at the moment; it will be tried again: "+e.Error())
}

// impossible is a request that is never sent.
func (r request) impossible(why string) error {
	return &Error{Host: fmt.Sprintf("%q", r.host), Path: r.path, Message: why, permanent: true}
}

// unreadable is an answer of which nothing can be made.
func (r request) unreadable(why string) error {
	return &Error{Host: r.host, Path: r.path, Message: why}
}

// unanswered is a request whose answer never came, or broke off.
func (r request) unanswered(ctx context.Context, err error) error {
	if transport, ok := errors.AsType[*url.Error](err); ok {
		err = transport.Err
	}
	if errors.Is(context.Cause(ctx), errSilent) {
		err = errSilent
	}
	return &Error{Host: r.host, Path: r.path, Message: err.Error(), cause: err}
}

// refusal reads why a system refused. Its words are bounded, and the token is taken out of them.
func (c Client) refusal(r request, answer *http.Response) error {
	text, err := io.ReadAll(io.LimitReader(answer.Body, 4<<10))
	var said struct {
		Error string `json:"error"`
	}
	if err != nil || json.Unmarshal(text, &said) != nil || said.Error == "" {
		said.Error = http.StatusText(answer.StatusCode)
	}
	message := strings.ReplaceAll(said.Error, suite.Token(c.Secret, r.contract, "operator"), "***")
	if runes := []rune(message); len(runes) > mostOfMessage {
		message = string(runes[:mostOfMessage]) + "…"
	}
	return &Error{Host: r.host, Path: r.path, Status: answer.StatusCode, Message: message, permanent: final(answer.StatusCode)}
}

// mostOfMessage is how many characters of a system's words are kept.
const mostOfMessage = 300

// final reports whether a status will be the same next time: the 3xx and 4xx but for those that speak of the moment.
func final(status int) bool {
	passing := []int{http.StatusRequestTimeout, http.StatusConflict, http.StatusTooEarly, http.StatusTooManyRequests}
	return status < http.StatusInternalServerError && !slices.Contains(passing, status)
}
