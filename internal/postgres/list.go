package postgres

import (
	"context"
	_ "embed" // the statements
	"slices"
	"strings"

	"github.com/jackc/pgx/v5"

	"lvyue/internal/message"
	"lvyue/internal/workday"
)

//go:embed query/next_duties.sql
var selectNextDuties string

//go:embed query/live.sql
var selectLive string

// Filter says which contracts to list. An empty Phase means every phase. DueWithin keeps those with a duty due at
// most so many days after Today, overdue ones included, ones in dispute (§6.3) not; nil keeps all.
type Filter struct {
	Phase     message.Phase
	DueWithin *int
	Today     workday.Date
}

// Line is a contract in a list. NextDuty is the open duty that comes due first; nil if nothing is owed.
type Line struct {
	message.ContractRow
	NextDuty *message.Obligation
}

// duty is an obligation with its contract.
type duty = message.DutyOf

// List gives contracts of which there is evidence: what comes due first stands first, then by number.
func (s *Store) List(ctx context.Context, f Filter) ([]Line, error) {
	var lines []Line
	err := s.look(ctx, func(tx pgx.Tx) error {
		rows, err := collect(ctx, tx, selectContracts, pgx.StrictNamedArgs{"number": "", "phase": f.Phase},
			pgx.RowToStructByName[message.ContractRow])
		if err != nil {
			return err
		}
		duties, err := collect(ctx, tx, selectNextDuties, nil, pgx.RowToStructByName[duty])
		lines = f.choose(rows, duties)
		return err
	})
	return lines, trouble("list contracts", err)
}

// choose joins contracts, in order of number, with their next duties.
func (f Filter) choose(rows []message.ContractRow, duties []duty) []Line {
	next := make(map[string]*message.Obligation, len(duties))
	for i := range duties {
		next[duties[i].Contract] = &duties[i].Obligation
	}
	var lines []Line
	for _, row := range rows {
		if line := (Line{ContractRow: row, NextDuty: next[row.Number]}); f.wants(line.NextDuty) {
			lines = append(lines, line)
		}
	}
	slices.SortStableFunc(lines, sooner)
	return lines
}

func (f Filter) wants(o *message.Obligation) bool {
	if f.DueWithin == nil {
		return true
	}
	dated := o != nil && !o.DueOn.IsZero() && o.Status != message.Frozen
	return dated && !o.DueOn.After(f.Today.AddDays(*f.DueWithin))
}

// sooner orders by the next due day; no day comes last.
func sooner(a, b Line) int {
	return strings.Compare(dueText(a.NextDuty), dueText(b.NextDuty))
}

func dueText(o *message.Obligation) string {
	if o == nil || o.DueOn.IsZero() {
		return "none" // after every digit
	}
	return o.DueOn.String()
}

// Live gives the numbers of all contracts that are not destroyed, also of those of which only the form is
// registered, so that none is forgotten whose first step is just being taken.
func (s *Store) Live(ctx context.Context) ([]string, error) {
	numbers, err := collect(ctx, s.pool, selectLive, nil, pgx.RowTo[string])
	return numbers, trouble("list the live contracts", err)
}

// Contracts are those of which there is evidence, by number; all of them, or the one of that number.
func (s *Store) Contracts(ctx context.Context, number string) ([]message.ContractRow, error) {
	rows, err := collect(ctx, s.pool, selectContracts, pgx.StrictNamedArgs{"number": number, "phase": ""},
		pgx.RowToStructByName[message.ContractRow])
	return rows, trouble("read the contracts", err)
}

// NextDuties are the open duties that come due first, one of each contract that owes any.
func (s *Store) NextDuties(ctx context.Context) ([]message.DutyOf, error) {
	duties, err := collect(ctx, s.pool, selectNextDuties, nil, pgx.RowToStructByName[message.DutyOf])
	return duties, trouble("read the next duties", err)
}
