package cli

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"lvyue/internal/failure"
	"lvyue/internal/refusal"
)

// errorDocument is the one shape of an error for --json.
type errorDocument struct {
	Error errorBody `json:"error"`
}

type errorBody struct {
	Code    string       `json:"code"`
	Message string       `json:"message"`
	Clause  string       `json:"clause"`
	Fields  []fieldError `json:"fields"`
}

type fieldError struct {
	Path    string `json:"path"`
	Line    int    `json:"line,omitempty"`
	Message string `json:"message"`
}

// report tells of err on standard error, and with --json as a document too. It returns the exit status.
func (s *session) report(err error) int {
	body, sentence, status := s.describe(err)
	fmt.Fprintln(s.program.Err, "error: "+sentence)
	if s.json {
		if s.document(errorDocument{Error: body}) != nil {
			return exitFailed
		}
	}
	return status
}

func (s *session) describe(err error) (body errorBody, sentence string, status int) {
	if r, is := refusal.As(err); is {
		return s.describeRefusal(r)
	}
	code, sentence := "failed", err.Error()
	if f, is := failure.As(err); is {
		code, sentence = f.Code, f.In(s.lang)
	} else if errors.Is(err, context.Canceled) {
		code, sentence = "interrupted", s.say("已中断", "interrupted")
	}
	return errorBody{Code: code, Message: sentence, Fields: []fieldError{}}, sentence, exitFailed
}

func (s *session) describeRefusal(r *refusal.Refusal) (body errorBody, sentence string, status int) {
	fields := make([]fieldError, len(r.Fields))
	for i, f := range r.Fields {
		fields[i] = fieldError{Path: f.Path, Line: f.Line, Message: f.In(s.lang)}
	}
	status = exitRefused
	if r.Input {
		status = exitInput
	}
	return errorBody{Code: r.Code, Message: r.In(s.lang), Clause: r.Clause, Fields: fields}, s.sentence(r), status
}

// sentence is the refusal for people: its clause in front, then each wrong field with its line.
func (s *session) sentence(r *refusal.Refusal) string {
	text := r.In(s.lang)
	if r.Clause != "" {
		text = "§" + r.Clause + " " + text
	}
	for _, f := range r.Fields {
		if f.Path != "" && strings.HasPrefix(strings.TrimLeft(text, "-"), f.Path) { // the sentence is about this field alone
			continue
		}
		text += "\n  " + s.place(f) + f.In(s.lang)
	}
	return text
}

// place is where a field stands: its line, unless the field says it itself, and its path.
func (s *session) place(f refusal.Field) string {
	line, path := "", ""
	if f.Line > 0 && !strings.HasPrefix(f.EN, fmt.Sprintf("line %d:", f.Line)) {
		line = fmt.Sprintf(s.say("第 %d 行 ", "line %d: "), f.Line)
	}
	if f.Path != "" {
		path = f.Path + ": "
	}
	return line + path
}
