package activities

import (
	"context"
	"log/slog"
	"strings"

	"lvyue/internal/ledger"
)

// BookStore keeps the books.
type BookStore interface {
	// BlueFapiao tells whether a blue fapiao stands, not taken back by red ones, for one of these fees.
	BlueFapiao(ctx context.Context, contract string, obligations []string) (bool, error)
	// NightlyAudit checks every invariant of the books, keeps the result, and gives those that fail.
	NightlyAudit(ctx context.Context) ([]ledger.Finding, error)
}

// Books asks the books.
type Books struct {
	Store BookStore
	Log   *slog.Logger
}

// FapiaoQuestion asks for blue fapiao of these fees of a contract.
type FapiaoQuestion struct {
	Contract    string   `json:"contract"`
	Obligations []string `json:"obligations"`
}

// BlueFapiao tells whether a red fapiao must be confirmed before these fees are paid back (§1.4).
func (b *Books) BlueFapiao(ctx context.Context, q FapiaoQuestion) (bool, error) {
	return b.Store.BlueFapiao(ctx, q.Contract, q.Obligations)
}

// Audit checks the books and tells finance, at the level of an error, which invariants do not hold.
func (b *Books) Audit(ctx context.Context) (int, error) {
	found, err := b.Store.NightlyAudit(ctx)
	if err != nil || len(found) == 0 {
		return 0, err
	}
	names := make([]string, len(found))
	for i, f := range found {
		names[i] = f.Invariant + " " + f.Sentence.EN
	}
	b.Log.ErrorContext(ctx, "the books do not hold; run `starter books audit`", "to", "finance", "failed", strings.Join(names, "; "))
	return len(found), nil
}
