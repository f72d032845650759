package postgres

import (
	_ "embed" // the statements

	"github.com/jackc/pgx/v5"
)

//go:embed query/insert_quote.sql
var insertQuote string

// keepQuote keeps a price of the cloud vendor, of which the evidence tells, as that by which an expansion is charged
// (§5.7): once, byte for byte. It is kept when it is told, and again before it is charged, in case it could not be then.
func keepQuote(batch *pgx.Batch, number, sha256 string) {
	batch.Queue(insertQuote, pgx.StrictNamedArgs{"contract": number, "sha256": sha256})
}
