package postgres

import (
	"context"
	_ "embed" // the statements
	"fmt"
	"strings"
	"time"

	"github.com/jackc/pgx/v5"

	"lvyue/internal/refusal"
	"lvyue/internal/workday"
)

//go:embed query/look_at.sql
var lookAt string

//go:embed query/named_by_question.sql
var selectNamed string

//go:embed query/balances_of.sql
var selectBalancesOf string

// Question asks one of the views books_*, each of which says in the database what its columns mean.
type Question struct {
	View    string
	Columns []string    // those wanted, in this order
	Where   []Condition // all of them hold
	// AsOf is the last day that counts, Asia/Shanghai; no day: every day does.
	AsOf workday.Date
	// KnownAt is the last instant of writing that counts; the zero time: every one does.
	KnownAt time.Time
	// Balances are accounts whose balances are wanted too, from the same state of the books.
	Balances []string
}

// Comparison is how a column stands to a value.
type Comparison string

// The comparisons that a question may make.
const (
	Equal  Comparison = "="
	AtMost Comparison = "<="
)

// Condition is what a row must fulfil.
type Condition struct {
	Column string
	Is     Comparison
	Value  any
}

// Ask answers a question from one state of the books; read takes the rows as they come, in the order of the view, and
// its error is given back. A contract that is not there is the refusal "unknown_contract"; an account of the ledger, the
// bad input "unknown_account".
func (s *Store) Ask(ctx context.Context, q Question, read func(*Answer) error) error {
	sql, args, err := q.statement()
	if err != nil {
		return err
	}
	err = s.look(ctx, func(tx pgx.Tx) error {
		if _, err := tx.Exec(ctx, lookAt, q.settings()); err != nil {
			return fmt.Errorf("set what counts: %w", err)
		}
		if err := q.know(ctx, tx); err != nil {
			return err
		}
		balances, err := q.balances(ctx, tx)
		if err != nil {
			return err
		}
		rows, err := tx.Query(ctx, sql, args)
		if err != nil {
			return fmt.Errorf("query: %w", err)
		}
		defer rows.Close()
		a, err := answerOf(rows, balances)
		if err != nil {
			return err
		}
		if err := read(a); err != nil {
			return err
		}
		return a.Err()
	})
	return trouble("ask "+q.View, err)
}

func (q Question) balances(ctx context.Context, tx pgx.Tx) ([]Balance, error) {
	if len(q.Balances) == 0 {
		return nil, nil
	}
	return collect(ctx, tx, selectBalancesOf, pgx.StrictNamedArgs{"accounts": q.Balances}, pgx.RowToStructByName[Balance])
}

// statement is made of names that the code knows, never of what was typed.
func (q Question) statement() (string, pgx.StrictNamedArgs, error) {
	order, known := orders()[q.View]
	if !known || len(q.Columns) == 0 {
		return "", nil, fmt.Errorf("there is no question %q of %d columns", q.View, len(q.Columns))
	}
	columns := make([]string, len(q.Columns))
	for i, name := range q.Columns {
		columns[i] = pgx.Identifier{name}.Sanitize()
	}
	args, conditions := pgx.StrictNamedArgs{}, []string{"true"}
	for i, c := range q.Where {
		if c.Is != Equal && c.Is != AtMost {
			return "", nil, fmt.Errorf("no question compares by %q", c.Is)
		}
		name := fmt.Sprintf("value%d", i)
		conditions = append(conditions, fmt.Sprintf("%s %s @%s", pgx.Identifier{c.Column}.Sanitize(), c.Is, name))
		args[name] = c.Value
	}
	return fmt.Sprintf("SELECT %s FROM %s WHERE %s ORDER BY %s",
		strings.Join(columns, ", "), q.View, strings.Join(conditions, " AND "), order), args, nil
}

func (q Question) settings() pgx.StrictNamedArgs {
	known := ""
	if !q.KnownAt.IsZero() {
		known = q.KnownAt.Format(time.RFC3339Nano)
	}
	return pgx.StrictNamedArgs{"as_of": q.AsOf.String(), "known_at": known}
}

// know finds out whether the contract or the account that the question is about is there.
func (q Question) know(ctx context.Context, tx pgx.Tx) error {
	number, account := q.about("contract"), ""
	if q.View == "books_ledger" {
		account = q.about("account")
	}
	if number+account == "" {
		return nil
	}
	var contractKnown, accountKnown bool
	err := tx.QueryRow(ctx, selectNamed, pgx.StrictNamedArgs{"contract": number, "account": account}).
		Scan(&contractKnown, &accountKnown)
	switch {
	case err != nil:
		return fmt.Errorf("look for what is asked about: %w", err)
	case !contractKnown:
		return unknownContract(number)
	case !accountKnown:
		return unknownAccount(account)
	default:
		return nil
	}
}

// about is the text that the column must equal; empty if none is asked for.
func (q Question) about(column string) string {
	for _, c := range q.Where {
		if text, is := c.Value.(string); is && c.Column == column && c.Is == Equal {
			return text
		}
	}
	return ""
}

func unknownAccount(code string) *refusal.Refusal {
	zh, en := "没有科目 "+code+"；科目见 starter books trial-balance", "there is no account "+code+"; starter books trial-balance lists them"
	return refusal.BadInput("unknown_account", zh, en, refusal.Wrong("ACCOUNT", zh, en))
}
