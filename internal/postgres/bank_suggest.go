package postgres

import (
	"context"
	_ "embed" // the statements
	"fmt"

	"github.com/jackc/pgx/v5"

	"lvyue/internal/money"
	"lvyue/internal/workday"
)

//go:embed query/bank_suggest.sql
var selectBankSuggestions string

//go:embed query/bank_untouched.sql
var selectBankUntouched string

// BankCredit is money that came in. Contract is the one that it is for.
type BankCredit struct {
	Line      int64 // the bank line
	Account   string
	Reference string
	On        workday.Date // the bank's day
	Amount    money.CNY
	Payer     string
	Memo      string
	Contract  string
}

// SureCredits gives the money that nobody has matched to any contract yet and whose contract is sure, by day and line. Sure
// is either: the payer is the contract's customer, and its number, and no other contract's, stands in the memo or
// beside the payer's name. Or: no contract is named, the payer is the customer of this contract only, exactly one
// invoice of it asks for just this amount, and nothing is under way to it; of two such credits the first.
func (s *Store) SureCredits(ctx context.Context) ([]BankCredit, error) {
	var sure []BankCredit
	err := s.look(ctx, func(tx pgx.Tx) error {
		if err := inBulk(ctx, tx); err != nil {
			return err
		}
		all, err := collect(ctx, tx, selectBankUntouched, nil, pgx.RowToStructByName[BankCredit])
		if err != nil {
			return err
		}
		contracts, err := suggestions(ctx, tx, all)
		if err != nil {
			return err
		}
		sure = nil
		for i, c := range all {
			if c.Contract = contracts[i]; c.Contract != "" {
				sure = append(sure, c)
			}
		}
		return nil
	})
	return sure, trouble("look for unmatched money", err)
}

// suggest names the contracts of the new lines, where they are sure.
func (i *Import) suggest(ctx context.Context, tx pgx.Tx) error {
	credits := make([]BankCredit, len(i.New))
	for n, l := range i.New {
		credits[n] = BankCredit{Amount: l.Amount, Payer: l.Payer, Memo: l.Memo}
	}
	contracts, err := suggestions(ctx, tx, credits)
	for n, number := range contracts {
		i.New[n].Suggestion = number
	}
	return err
}

// suggestions gives the sure contracts by the places of their credits.
func suggestions(ctx context.Context, tx pgx.Tx, credits []BankCredit) (map[int]string, error) {
	n := len(credits)
	places, amounts, payers, memos := make([]int, n), make([]string, n), make([]string, n), make([]string, n)
	for i, c := range credits {
		places[i], amounts[i], payers[i], memos[i] = i, c.Amount.String(), c.Payer, c.Memo
	}
	type suggestion struct {
		N        int
		Contract string
	}
	rows, err := collect(ctx, tx, selectBankSuggestions, pgx.StrictNamedArgs{
		"ns": places, "amounts": amounts, "payers": payers, "memos": memos,
	}, pgx.RowToStructByName[suggestion])
	if err != nil {
		return nil, fmt.Errorf("look for their contracts: %w", err)
	}
	contracts := make(map[int]string, len(rows))
	for _, r := range rows {
		contracts[r.N] = r.Contract
	}
	return contracts, nil
}

// inBulk is for statements over arrays of any length: the server would take them for far dearer than they are, and
// compile them for longer than they run.
func inBulk(ctx context.Context, tx pgx.Tx) error {
	if _, err := tx.Exec(ctx, "SET LOCAL jit = off"); err != nil {
		return fmt.Errorf("set up: %w", err)
	}
	return nil
}
