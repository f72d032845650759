package postgres

import (
	"context"
	_ "embed" // the statements
	"strings"
	"time"

	"github.com/jackc/pgx/v5"

	"lvyue/internal/message"
)

//go:embed query/insert_slack_attempt.sql
var insertSlackAttempt string

//go:embed query/slack_attempts.sql
var selectSlackAttempts string

// longestWord is how many characters are kept of a word that somebody else's program has sent.
const longestWord = 200

// KeepAttempt keeps that somebody tried something at the desk in Slack and was refused. Its moment is the server's.
func (s *Store) KeepAttempt(ctx context.Context, a message.Attempt) error {
	_, err := s.pool.Exec(ctx, insertSlackAttempt, pgx.StrictNamedArgs{
		"team": word(a.Team), "member": word(a.Member), "person": word(a.Person), "what": word(a.What), "contract": word(a.Contract),
		"fault": max(a.Fault, 0), "reason": word(a.Reason), "acted_at": word(a.ActedAt),
	})
	return trouble("keep an attempt in Slack", err)
}

// Attempts are those since an instant (zero: all), the first one first.
func (s *Store) Attempts(ctx context.Context, since time.Time) ([]message.Attempt, error) {
	all, err := collect(ctx, s.pool, selectSlackAttempts, pgx.StrictNamedArgs{"since": since}, pgx.RowToStructByName[message.Attempt])
	return all, trouble("read the attempts in Slack", err)
}

// word is what can be kept of a word from outside, whatever is in it.
func word(text string) string {
	letters := []rune(strings.ReplaceAll(strings.ToValidUTF8(text, "?"), "\x00", "?"))
	return string(letters[:min(len(letters), longestWord)])
}
