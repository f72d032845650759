package postgres

import (
	"context"
	_ "embed" // the statements
	"errors"
	"fmt"

	"github.com/jackc/pgx/v5"

	"lvyue/internal/money"
	"lvyue/internal/refusal"
	"lvyue/internal/workday"
)

//go:embed query/lock_bank_line.sql
var lockBankLine string

//go:embed query/bank_left.sql
var selectBankLeft string

// bankLine is a movement on an account. Left is what of it nobody has used: of money that went out, below zero.
type bankLine struct {
	ID        int64
	Account   string
	Reference string
	BookedOn  workday.Date
	Amount    money.CNY
	Left      money.CNY
}

// lockedLine locks a bank line until the end of the transaction; what is left is read behind the lock.
func lockedLine(ctx context.Context, tx pgx.Tx, id int64) (bankLine, error) {
	var l bankLine
	args := pgx.StrictNamedArgs{"line": id}
	err := tx.QueryRow(ctx, lockBankLine, args).Scan(&l.ID, &l.Account, &l.Reference, &l.BookedOn, &l.Amount, nil)
	switch {
	case errors.Is(err, pgx.ErrNoRows):
		return l, refusal.Rule("unknown_line", "",
			fmt.Sprintf("没有编号为 %d 的银行流水。", id), fmt.Sprintf("there is no bank line %d", id))
	case err != nil:
		return l, fmt.Errorf("lock bank line %d: %w", id, err)
	}
	if err := tx.QueryRow(ctx, selectBankLeft, args).Scan(&l.Left); err != nil {
		return l, fmt.Errorf("look at what is left of bank line %d: %w", id, err)
	}
	return l, nil
}

func wentTheOtherWay(l bankLine) *refusal.Refusal {
	if l.Amount.IsNegative() {
		return refusal.Rule("wrong_line", "5.4",
			fmt.Sprintf("银行流水 %d 是付出的款项（%s 元）。", l.ID, l.Amount),
			fmt.Sprintf("bank line %d is money that went out (%s CNY)", l.ID, l.Amount))
	}
	return refusal.Rule("wrong_line", "5.4",
		fmt.Sprintf("银行流水 %d 是收到的款项（%s 元）。", l.ID, l.Amount),
		fmt.Sprintf("bank line %d is money that came in (%s CNY)", l.ID, l.Amount))
}

func lineUsed(l bankLine) *refusal.Refusal {
	return refusal.Rule("line_used", "5.4",
		fmt.Sprintf("银行流水 %d 共 %s 元，仅余 %s 元可用。", l.ID, l.Amount, l.Left),
		fmt.Sprintf("bank line %d has %s CNY, of which %s CNY is left", l.ID, l.Amount, l.Left))
}
