package postgres

import (
	"context"
	"github.com/jackc/pgx/v5"

	"lvyue/internal/message"
	"lvyue/internal/workday"
)

// Filter chooses contracts: by phase ("" for all), and by having an open duty due at most DueWithin calendar
// days after Today (nil for all; what is overdue is within).
type Filter struct {
	Phase     message.Phase
	DueWithin *int
	Today     workday.Date
}

// Line is a contract and its open duty that is due first, nil if none is.
type Line struct {
	message.ContractRow

	NextDuty *message.Obligation `json:"next_duty"`
}

// List gives the contracts that pass the filter, the most urgent first.
func (s *Store) List(ctx context.Context, f Filter) ([]Line, error) {
	var before *string
	if f.DueWithin != nil {
		before = day(f.Today.AddDays(*f.DueWithin))
	}
	rows, err := s.pool.Query(ctx, `
		SELECT `+contractColumns+`, d.* FROM contract c LEFT JOIN LATERAL (
			SELECT `+obligationColumns+` FROM obligation o
			WHERE o.contract = c.number AND o.status IN ('pending', 'overdue', 'frozen')
			ORDER BY o.due_at NULLS LAST, o.id LIMIT 1) d ON true
		WHERE ($1 = '' OR c.phase = $1) AND ($2::date IS NULL OR d.due_on::date <= $2)
		ORDER BY d.due_at NULLS LAST, c.number`, f.Phase, before)
	if err != nil {
		return nil, explain("list the contracts", err)
	}
	lines, err := pgx.CollectRows(rows, scanLine)
	if err != nil {
		return nil, explain("list the contracts", err)
	}
	return lines, nil
}

func scanLine(row pgx.CollectableRow) (Line, error) {
	var l Line
	var o message.Obligation
	var id, clause, owedBy, rule, calendar, status, attention *string
	var provisional *bool
	err := row.Scan(append(contractTargets(&l.ContractRow),
		&id, &clause, &owedBy, timeOf(&o.OpenedAt), &rule, dateOf(&o.From), dateOf(&o.Named), dateOf(&o.DueOn),
		timeOf(&o.DueAt), &provisional, &calendar, &status, timeOf(&o.SettledAt), timeOf(&o.ClosedAt), &attention, &o.Moved)...)
	if err != nil || id == nil {
		return l, err
	}
	o.ID, o.Clause, o.OwedBy, o.Rule, o.Calendar = *id, *clause, message.Side(*owedBy), *rule, *calendar
	o.Status, o.Provisional, o.Attention = message.Status(*status), *provisional, *attention
	l.NextDuty = &o
	return l, nil
}

// Live gives the numbers of the contracts whose data is not destroyed yet.
func (s *Store) Live(ctx context.Context) ([]string, error) {
	rows, err := s.pool.Query(ctx, `
		SELECT f.contract FROM form f LEFT JOIN contract c ON c.number = f.contract
		WHERE c.phase IS DISTINCT FROM $1 ORDER BY 1`, message.Destroyed)
	if err != nil {
		return nil, explain("list the live contracts", err)
	}
	numbers, err := pgx.CollectRows(rows, pgx.RowTo[string])
	if err != nil {
		return nil, explain("list the live contracts", err)
	}
	return numbers, nil
}
