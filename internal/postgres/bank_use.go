package postgres

import (
	"context"
	_ "embed" // the statements
	"encoding/json"
	"errors"
	"fmt"

	"github.com/jackc/pgx/v5"

	"lvyue/internal/message"
	"lvyue/internal/money"
	"lvyue/internal/refusal"
)

//go:embed query/bank_received.sql
var selectBankReceived string

//go:embed query/bank_refundable.sql
var selectBankRefundable string

// use is what an act does with money of a line.
type use interface {
	// amount is how much of the line the act takes, with the line's sign; a refusal if it cannot have it.
	amount(ctx context.Context, tx pgx.Tx, contract string, l bankLine) (money.CNY, error)
	// again is the amount that the act would take as a repetition of one that took that much.
	again(amount money.CNY) money.CNY
	// body is the act's body with what the line tells.
	body(l bankLine, amount money.CNY) (json.RawMessage, error)
}

// useOf reads what an act does with money.
func useOf(a message.Act) (use, error) {
	var u use
	switch a.Name {
	case message.Pay:
		u = &paying{}
	case message.Reverse:
		u = &reversing{}
	case message.PayRefund:
		u = &refunding{}
	default:
		return nil, refusal.Rule("not_of_a_line", "", "该操作与银行流水无关。", "this act is not about money of a bank line")
	}
	if json.Unmarshal(a.Body, u) != nil {
		return nil, unreadable()
	}
	return u, nil
}

// paying takes money that came in (§5.4).
type paying struct{ message.Payment }

func (p *paying) amount(_ context.Context, _ pgx.Tx, _ string, l bankLine) (money.CNY, error) {
	switch {
	case p.Amount.IsNegative():
		return money.CNY{}, refusal.BadInput("bad_payment", "金额须大于零。", "the amount must be more than zero",
			refusal.Wrong("amount", "须大于零", "must be more than zero"))
	case l.Amount.IsNegative():
		return money.CNY{}, wentTheOtherWay(l)
	case !l.Left.IsPositive() || l.Left.Less(p.Amount):
		return money.CNY{}, lineUsed(l)
	case p.Amount.IsZero():
		return l.Left, nil
	default:
		return p.Amount, nil
	}
}

func (p *paying) again(amount money.CNY) money.CNY {
	if p.Amount.IsZero() {
		return amount
	}
	return p.Amount
}

func (p *paying) body(l bankLine, amount money.CNY) (json.RawMessage, error) {
	return written(message.Payment{Amount: amount, On: l.BookedOn, Reference: l.Reference, Account: l.Account, Line: l.ID})
}

// reversing explains money that went out as a receipt that the bank took back (§5.4).
type reversing struct{ message.Return }

func (r *reversing) amount(ctx context.Context, tx pgx.Tx, contract string, l bankLine) (money.CNY, error) {
	return wholeLine(l, refusal.Rule("unknown_receipt", "5.4",
		"没有流水号为 "+r.Reference+" 且仍计入的收款。", "there is no receipt "+r.Reference+" that counts"),
		tx.QueryRow(ctx, selectBankReceived, pgx.StrictNamedArgs{"contract": contract, "reference": r.Reference}))
}

func (*reversing) again(amount money.CNY) money.CNY { return amount }

func (r *reversing) body(l bankLine, _ money.CNY) (json.RawMessage, error) {
	told := r.Return
	told.BankReference, told.Line = l.Reference, l.ID
	if told.On.IsZero() {
		told.On = l.BookedOn
	}
	return written(told)
}

// refunding explains money that went out as the payout of a refund (§1.4, §5.4).
type refunding struct{ message.RefundStep }

func (r *refunding) amount(ctx context.Context, tx pgx.Tx, contract string, l bankLine) (money.CNY, error) {
	return wholeLine(l, refusal.Rule("unknown_refund", "1.4",
		"没有未付的退款 "+r.Refund+"。", "there is no refund "+r.Refund+" that is still to be paid"),
		tx.QueryRow(ctx, selectBankRefundable, pgx.StrictNamedArgs{"contract": contract, "refund": r.Refund}))
}

func (*refunding) again(amount money.CNY) money.CNY { return amount }

func (r *refunding) body(l bankLine, _ money.CNY) (json.RawMessage, error) {
	told := r.RefundStep
	told.Reference, told.Account, told.Line = l.Reference, l.Account, l.ID
	if told.On.IsZero() {
		told.On = l.BookedOn
	}
	return written(told)
}

// wholeLine is a line that went out whole for the amount that a row tells of; without a row, none is refused.
func wholeLine(l bankLine, none *refusal.Refusal, row pgx.Row) (money.CNY, error) {
	var amount money.CNY
	err := row.Scan(&amount)
	switch {
	case errors.Is(err, pgx.ErrNoRows):
		return money.CNY{}, none
	case err != nil:
		return money.CNY{}, fmt.Errorf("look at the amount: %w", err)
	case l.Amount.IsPositive():
		return money.CNY{}, wentTheOtherWay(l)
	case !l.Amount.Equal(amount.Neg()):
		return money.CNY{}, refusal.Rule("line_amount", "5.4",
			fmt.Sprintf("银行流水 %d 付出 %s 元，应为 %s 元。", l.ID, l.Amount.Neg(), amount),
			fmt.Sprintf("bank line %d paid out %s CNY, and %s CNY is what it should be", l.ID, l.Amount.Neg(), amount))
	case !l.Left.Equal(l.Amount):
		return money.CNY{}, lineUsed(l)
	default:
		return l.Amount, nil
	}
}

func written(body any) (json.RawMessage, error) {
	text, err := json.Marshal(body)
	if err != nil {
		return nil, fmt.Errorf("write the act: %w", err)
	}
	return text, nil
}
