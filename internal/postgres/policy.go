package postgres

import (
	"context"
	_ "embed" // the statements

	"github.com/jackc/pgx/v5"

	"lvyue/internal/ledger"
)

//go:embed query/insert_policy.sql
var insertPolicy string

// SetPolicy makes a decision of finance rule what is written from now on: the rate of VAT, how revenue is earned, and
// whether the refund of §1.4 holds it back. What stands already stays.
func (s *Store) SetPolicy(ctx context.Context, p ledger.Policy, by string) error {
	_, err := s.pool.Exec(ctx, insertPolicy, pgx.StrictNamedArgs{
		"rate": p.Rate.String(), "grain": string(p.Grain), "refund_right": string(p.RefundRight), "by": by,
	})
	return trouble("set the policy of the books", err)
}

// Policy is what rules now.
func (s *Store) Policy(ctx context.Context) (ledger.Policy, error) {
	rows, err := collect(ctx, s.pool, selectPolicy, nil, pgx.RowToStructByName[policyRow])
	if err != nil {
		return ledger.Policy{}, trouble("read the policy of the books", err)
	}
	return policyOf(rows)
}
