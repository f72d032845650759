package postgres

import (
	"context"
	_ "embed" // the statements
	"errors"

	"github.com/jackc/pgx/v5"

	"lvyue/internal/message"
)

//go:embed query/last_money.sql
var selectLastMoney string

// Money is what the evidence said last of a contract's money; nothing if it never did.
func (s *Store) Money(ctx context.Context, number string) (message.Money, error) {
	var m message.Money
	err := s.pool.QueryRow(ctx, selectLastMoney, of(number)).Scan(&m)
	if errors.Is(err, pgx.ErrNoRows) {
		return message.Money{}, nil
	}
	return m, trouble("read the money of "+number, err)
}
