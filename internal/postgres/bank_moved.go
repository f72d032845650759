package postgres

import (
	"context"
	_ "embed" // the statements
	"errors"

	"github.com/jackc/pgx/v5"

	"lvyue/internal/money"
	"lvyue/internal/refusal"
)

//go:embed query/bank_refused.sql
var selectBankRefused string

//go:embed query/last_payment.sql
var selectLastPayment string

// BankedPayment is money of a bank line that is a contract's, or was. Key is that of the books; Moved says that it was moved
// away.
type BankedPayment struct {
	Key    string
	Line   int64
	Amount money.CNY
	Moved  bool
}

// LastPayment is the payment of a contract that came last under a reference; without one it is the refusal
// "unknown_receipt".
func (s *Store) LastPayment(ctx context.Context, number, reference string) (BankedPayment, error) {
	rows, err := s.pool.Query(ctx, selectLastPayment, pgx.StrictNamedArgs{"contract": number, "reference": reference})
	if err != nil {
		return BankedPayment{}, trouble("look for payment "+reference, err)
	}
	p, err := pgx.CollectExactlyOneRow(rows, pgx.RowToStructByName[BankedPayment])
	if errors.Is(err, pgx.ErrNoRows) {
		return BankedPayment{}, refusal.Rule("unknown_receipt", "5.4",
			"合同 "+number+" 没有流水号为 "+reference+" 的收款。", "contract "+number+" has no receipt "+reference)
	}
	return p, trouble("look for payment "+reference, err)
}

// RefusedMatches is how often a contract has refused money of a line: what was refused may be tried again.
func (s *Store) RefusedMatches(ctx context.Context, line int64, number string) (int, error) {
	var n int
	err := s.pool.QueryRow(ctx, selectBankRefused, pgx.StrictNamedArgs{"line": line, "contract": number}).Scan(&n)
	return n, trouble("look for refused matches", err)
}
