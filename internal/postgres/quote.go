package postgres

import (
	"context"
	"crypto/sha256"
	_ "embed" // the statements
	"encoding/hex"
	"time"

	"github.com/jackc/pgx/v5"

	"lvyue/internal/money"
)

//go:embed query/insert_quote.sql
var insertQuote string

// Quote is a price of the cloud vendor for a contract (§5.7). Answer is what the vendor said, byte for byte; Total is CNY,
// VAT included, for the whole rest of the term.
type Quote struct {
	Contract              string
	Published             bool // a list price, the only kind that may be charged on
	Answer                []byte
	Total                 money.CNY
	FetchedAt, ValidUntil time.Time
}

// KeepQuote keeps a price as evidence, once, and gives the SHA-256 of the answer in hex: an expansion is charged by it.
func (s *Store) KeepQuote(ctx context.Context, q Quote) (string, error) {
	kind := "discounted"
	if q.Published {
		kind = "published-list"
	}
	_, err := s.pool.Exec(ctx, insertQuote, pgx.StrictNamedArgs{
		"contract": q.Contract, "kind": kind, "answer": q.Answer, "total": q.Total, "fetched_at": q.FetchedAt,
		"valid_until": q.ValidUntil,
	})
	sum := sha256.Sum256(q.Answer)
	return hex.EncodeToString(sum[:]), trouble("keep a quote for "+q.Contract, err)
}
