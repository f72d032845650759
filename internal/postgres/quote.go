package postgres

import (
	"context"
	_ "embed" // the statements
	"fmt"

	"github.com/jackc/pgx/v5"

	"lvyue/internal/message"
)

//go:embed query/insert_quote.sql
var insertQuote string

// keepQuote keeps a price of the cloud vendor as evidence, once, byte for byte: an expansion is charged by it (§5.7).
func keepQuote(ctx context.Context, tx pgx.Tx, number string, p message.Price) error {
	_, err := tx.Exec(ctx, insertQuote, pgx.StrictNamedArgs{
		"contract": number, "answer": p.Answer, "total": p.Amount, "fetched_at": p.FetchedAt, "valid_until": p.ValidUntil,
	})
	if err != nil {
		return fmt.Errorf("keep the quote: %w", err)
	}
	return nil
}
