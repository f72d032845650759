package cli

import (
	"context"
	"encoding/json"
	"fmt"
	"strings"
	"time"

	"github.com/spf13/cobra"
	"go.temporal.io/sdk/client"

	"lvyue/internal/config"
	"lvyue/internal/postgres"
	"lvyue/internal/refusal"
)

// session is one run of the program: how it was asked to answer, and what it has open.
type session struct {
	program Program
	lang    string
	json    bool
	flags   config.Flags
	wait    time.Duration

	// What was needed so far; nil before.
	loaded *config.Config
	store  *postgres.Store
	client client.Client
}

// newSession reads what must be known before the flags are parsed, since even a wrong flag is answered in
// the caller's language and form.
func newSession(p Program, args []string) *session {
	s := &session{program: p, lang: config.Language(p.Env)}
	for i, arg := range args {
		value, isLang := strings.CutPrefix(arg, "--lang=")
		switch {
		case arg == "--json" || arg == "--json=true":
			s.json = true
		case arg == "--lang" && i+1 < len(args):
			s.lang = args[i+1]
		case isLang:
			s.lang = value
		}
	}
	return s
}

// say is the sentence in the caller's language.
func (s *session) say(zh, en string) string { return refusal.Text{ZH: zh, EN: en}.In(s.lang) }

// reply is the answer of a command: a document for --json, and the same for people.
type reply struct {
	document any
	print    func(*paper)
}

// does turns a command into what cobra runs. The answer is written once and whole.
func (s *session) does(run func(ctx context.Context, args []string) (reply, error)) func(*cobra.Command, []string) error {
	return func(cmd *cobra.Command, args []string) error {
		if s.lang != "zh" && s.lang != "en" {
			return refusal.BadInput("bad_language", "--lang 只能是 zh 或 en", "--lang must be zh or en",
				refusal.Wrong("lang", "只能是 zh 或 en", "must be zh or en"))
		}
		r, err := run(cmd.Context(), args)
		if err != nil {
			return err
		}
		return s.answer(r)
	}
}

// shown shows what was found, and then refuses; the document, which is out with it, holds the refusal.
func (s *session) shown(no *refusal.Refusal, found func(*errorBody) reply) (reply, error) {
	body, _, _ := s.describe(no)
	if err := s.answer(found(&body)); err != nil {
		return reply{}, err
	}
	s.json = false // the document is out
	return reply{}, no
}

func (s *session) answer(r reply) error {
	if s.json {
		return s.document(r.document)
	}
	page := &paper{lang: s.lang, colour: s.program.Terminal, columns: s.program.Columns}
	r.print(page)
	if _, err := s.program.Out.Write(page.Bytes()); err != nil {
		return fmt.Errorf("write the answer: %w", err)
	}
	return nil
}

func (s *session) document(d any) error {
	encoder := json.NewEncoder(s.program.Out)
	encoder.SetEscapeHTML(false)
	if err := encoder.Encode(d); err != nil {
		return fmt.Errorf("write the answer: %w", err)
	}
	return nil
}
