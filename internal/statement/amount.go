package statement

import (
	"fmt"
	"strings"

	"lvyue/internal/money"
	"lvyue/internal/refusal"
)

// amount is the signed amount of a movement, or the column that is wrong and why.
func (h header) amount(r row) (money.CNY, role, *refusal.Text) {
	switch {
	case !h.has(roleAmount):
		return h.apart(r)
	case h.has(roleDirection):
		return h.directed(r)
	default:
		amount, problem := figure(h.cell(r, roleAmount))
		return nonzero(amount, roleAmount, problem)
	}
}

// directed reads an amount beside its direction. It has no sign of its own: in some banks a minus there takes a
// movement back, in others it only repeats the direction.
func (h header) directed(r row) (money.CNY, role, *refusal.Text) {
	amount, problem := figure(h.cell(r, roleAmount))
	if problem == nil && amount.IsNegative() {
		problem = says("另有借贷方向时，金额不得带负号", "beside a direction an amount has no minus")
	}
	if problem != nil {
		return money.CNY{}, roleAmount, problem
	}
	outward, problem := outward(h.cell(r, roleDirection))
	if problem != nil {
		return money.CNY{}, roleDirection, problem
	}
	if outward {
		amount = money.CNY{}.Sub(amount)
	}
	return nonzero(amount, roleAmount, nil)
}

// apart reads a credit and a debit from columns of their own, one of which is empty or zero.
func (h header) apart(r row) (money.CNY, role, *refusal.Text) {
	credit, problem := h.side(r, roleCredit)
	if problem != nil {
		return money.CNY{}, roleCredit, problem
	}
	debit, problem := h.side(r, roleDebit)
	if problem != nil {
		return money.CNY{}, roleDebit, problem
	}
	if !credit.IsZero() && !debit.IsZero() {
		return money.CNY{}, roleAmount, says("收入和支出不得同时有金额", "a line has either a credit or a debit, not both")
	}
	if h.cell(r, roleCredit).empty() && h.cell(r, roleDebit).empty() {
		return money.CNY{}, roleAmount, says("缺少金额", "the amount is missing")
	}
	amount := credit.Sub(debit)
	if problem := h.contradicted(r, amount); problem != nil {
		return money.CNY{}, roleDirection, problem
	}
	return nonzero(amount, roleAmount, nil)
}

// side is one of the two columns; like an amount beside a direction it has no sign of its own.
func (h header) side(r row, of role) (money.CNY, *refusal.Text) {
	c := h.cell(r, of)
	if c.empty() {
		return money.CNY{}, nil
	}
	amount, problem := figure(c)
	if problem == nil && amount.IsNegative() {
		problem = says("收入和支出分列时，金额不得带负号", "in a column of its own a credit or debit has no minus")
	}
	return amount, problem
}

// contradicted is what is wrong if a direction stands beside a credit or debit and is not the same.
func (h header) contradicted(r row, amount money.CNY) *refusal.Text {
	c := h.cell(r, roleDirection)
	if c.empty() {
		return nil
	}
	outward, problem := outward(c)
	if problem == nil && outward != amount.IsNegative() && !amount.IsZero() {
		problem = says("借贷方向与金额所在的列不符", "the direction is not that of the column with the amount")
	}
	return problem
}

// nonzero lets an amount through unless it is none.
func nonzero(amount money.CNY, of role, problem *refusal.Text) (money.CNY, role, *refusal.Text) {
	if problem == nil && amount.IsZero() {
		problem = says("金额为零", "an amount of zero")
	}
	return amount, of, problem
}

// outward reports whether the direction is that of money going out.
func outward(c cell) (bool, *refusal.Text) {
	switch plain(c.text) {
	case "贷", "贷方", "收", "收入", "c", "cr", "credit":
		return false, nil
	case "借", "借方", "支", "支出", "付", "d", "dr", "debit":
		return true, nil
	default:
		return false, says(quoted(c.text)+" 不是借贷方向，须为 贷/收/C 或 借/支/D",
			quoted(c.text)+" is not a direction: write 贷/收/C/credit or 借/支/D/debit")
	}
}

// foreign is what is wrong with a currency that is not the yuan. Banks also write it by its number, 156 or 01.
func foreign(c cell) *refusal.Text {
	currency := plain(c.text)
	switch currency {
	case "", "156", "01", "001", "1", "元", "¥":
		return nil
	}
	for _, yuan := range []string{"人民币", "cny", "rmb"} {
		if strings.Contains(currency, yuan) {
			return nil
		}
	}
	return says(fmt.Sprintf("币种 %s 不是人民币", quoted(c.text)), fmt.Sprintf("the currency %s is not CNY", quoted(c.text)))
}
