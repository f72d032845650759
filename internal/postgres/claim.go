package postgres

import (
	"context"
	_ "embed" // the statements
	"errors"
	"fmt"
	"strings"

	"github.com/jackc/pgx/v5"

	"lvyue/internal/ledger"
	"lvyue/internal/money"
	"lvyue/internal/refusal"
	"lvyue/internal/workday"
)

//go:embed query/next_claim.sql
var nextClaim string

//go:embed query/find_claim.sql
var findClaim string

//go:embed query/insert_claim.sql
var insertClaim string

//go:embed query/find_compensation.sql
var findCompensation string

//go:embed query/insert_compensation.sql
var insertCompensation string

//go:embed query/share_books.sql
var shareBooks string

//go:embed query/insert_compensation_payout.sql
var insertCompensationPayout string

// Claim is what a customer claims for loss (§7.3). ID is the business id; On the day of the claim; Document the SHA-256
// of its paper in hex, or empty.
type Claim struct {
	ID       string
	Contract string
	Clause   string
	Amount   money.CNY
	On       workday.Date
	Matter   string
	Document string
	By       string
}

// RecordClaim keeps a claim in full, and gives its number in the contract. The same under its ID again changes nothing;
// another under it is the refusal "id_used_otherwise". Without a contract it is "unknown_contract".
func (s *Store) RecordClaim(ctx context.Context, c Claim) (int, error) {
	if _, err := s.form(ctx, selectForm, c.Contract); err != nil {
		return 0, err
	}
	n := 0
	err := s.change(ctx, func(tx pgx.Tx) error {
		if err := beAlone(ctx, tx, "claim "+c.Contract); err != nil {
			return err
		}
		if err := tx.QueryRow(ctx, nextClaim, of(c.Contract)).Scan(&n); err != nil {
			return fmt.Errorf("number it: %w", err)
		}
		known, err := repeated(ctx, tx, findClaim, c.ID, pgx.StrictNamedArgs{
			"id": c.ID, "contract": c.Contract, "clause": c.Clause, "amount": c.Amount, "on": c.On,
		})
		if err != nil || known > 0 {
			n = known
			return err
		}
		_, err = tx.Exec(ctx, insertClaim, pgx.StrictNamedArgs{
			"contract": c.Contract, "n": n, "id": c.ID, "clause": c.Clause, "amount": c.Amount, "on": c.On, "matter": c.Matter,
			"document": c.Document, "by": strings.TrimSpace(c.By),
		})
		return err //nolint:wrapcheck // trouble does
	})
	return n, trouble("record a claim of "+c.Contract, ruled(err))
}

// repeated finds the number under which a business id stands already, 0 if it does not.
func repeated(ctx context.Context, tx pgx.Tx, find, id string, args pgx.StrictNamedArgs) (int, error) {
	var n int
	var same bool
	err := tx.QueryRow(ctx, find, args).Scan(&n, &same)
	switch {
	case errors.Is(err, pgx.ErrNoRows):
		return 0, nil
	case err != nil:
		return 0, fmt.Errorf("look for it: %w", err)
	case !same:
		return 0, usedOtherwise(id)
	default:
		return n, nil
	}
}

// Compensation is what becomes payable on a claim, on the word of By, who is another person than the one who recorded the
// claim (§7.3).
type Compensation struct {
	ID       string
	Contract string
	Claim    int
	Amount   money.CNY
	On       workday.Date
	By       string
}

// Compensate makes an amount payable on a claim, books it, and gives its number on the claim. Refusals of §7.3:
// "unknown_claim", "same_person", "over_claim" for more than was claimed and, on claims under §7.1 and §7.2, "over_cap"
// for more than all service fees received; "month_closed" for a day in a closed month.
func (s *Store) Compensate(ctx context.Context, c Compensation) (int, error) {
	n := 0
	err := s.change(ctx, func(tx pgx.Tx) error {
		if err := beAlone(ctx, tx, "liability "+c.Contract); err != nil {
			return err
		}
		known, err := repeated(ctx, tx, findCompensation, c.ID, pgx.StrictNamedArgs{
			"id": c.ID, "contract": c.Contract, "claim": c.Claim, "amount": c.Amount,
		})
		if n = known; err != nil || known > 0 {
			return err
		}
		err = tx.QueryRow(ctx, insertCompensation, pgx.StrictNamedArgs{
			"contract": c.Contract, "claim": c.Claim, "id": c.ID, "amount": c.Amount, "on": c.On, "by": strings.TrimSpace(c.By),
		}).Scan(&n)
		if errors.Is(err, pgx.ErrNoRows) {
			return unknownClaim(c.Claim)
		}
		if err != nil {
			return fmt.Errorf("write it: %w", err)
		}
		return postNow(ctx, tx, posting{
			key: compensationKey(c.Contract, c.Claim, n), document: "compensation", contract: c.Contract, on: c.On, actor: c.By,
			entries: []ledger.Entry{
				{Account: ledger.Loss, Own: true, Amount: c.Amount}, {Account: ledger.Payable, Own: true, Amount: c.Amount.Neg()},
			},
		})
	})
	return n, trouble("compensate "+c.Contract, ruled(err))
}

func compensationKey(contract string, claim, n int) string {
	return fmt.Sprintf("%s/claim/%d/compensation/%d", contract, claim, n)
}

func unknownClaim(n int) *refusal.Refusal {
	return refusal.Rule("unknown_claim", "7.3", fmt.Sprintf("没有第 %d 号索赔。", n), fmt.Sprintf("there is no claim %d", n))
}

// Payout is money that went out for compensation. Line is the bank line if it was imported, else 0.
type Payout struct {
	Contract           string
	Claim, N           int
	On                 workday.Date
	Reference, Account string
	Line               int64
	By                 string
}

// PayCompensation records that compensation was paid, once and whole: "unknown_compensation" if there is none, or it is
// paid already.
func (s *Store) PayCompensation(ctx context.Context, p Payout) error {
	err := s.change(ctx, func(tx pgx.Tx) error {
		if _, err := tx.Exec(ctx, shareBooks); err != nil {
			return fmt.Errorf("share the books: %w", err)
		}
		var amount money.CNY
		err := tx.QueryRow(ctx, insertCompensationPayout, pgx.StrictNamedArgs{
			"contract": p.Contract, "claim": p.Claim, "n": p.N, "on": p.On, "line": p.Line, "account": p.Account,
			"reference": p.Reference, "by": p.By,
		}).Scan(&amount)
		if errors.Is(err, pgx.ErrNoRows) {
			return refusal.Rule("unknown_compensation", "7.3", "没有这笔未付的赔偿。", "there is no such compensation to be paid")
		}
		if err != nil {
			return fmt.Errorf("write it: %w", err)
		}
		return postNow(ctx, tx, posting{
			key: compensationKey(p.Contract, p.Claim, p.N) + "/payout", document: "compensation-payout", contract: p.Contract,
			on: p.On, actor: p.By, entries: []ledger.Entry{
				{Account: ledger.Payable, Own: true, Amount: amount}, {Account: ledger.Unexplained, Amount: amount.Neg()},
			},
		})
	})
	return trouble("pay compensation of "+p.Contract, ruled(err))
}

// posting is a posting by itself.
type posting struct {
	key, document, contract string
	on                      workday.Date
	actor                   string
	entries                 []ledger.Entry
}

func postNow(ctx context.Context, tx pgx.Tx, p posting) error {
	batch := &pgx.Batch{}
	queuePosting(batch, p.key, p.document, p.contract, p.on, p.actor, p.entries)
	if err := tx.SendBatch(ctx, batch).Close(); err != nil {
		return fmt.Errorf("post %s: %w", p.key, err)
	}
	return nil
}
