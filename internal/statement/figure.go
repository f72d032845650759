package statement

import (
	"regexp"
	"strings"

	"github.com/shopspring/decimal"
	"golang.org/x/text/width"

	"lvyue/internal/money"
	"lvyue/internal/refusal"
)

// An amount in figures, after full-width characters are made narrow: a sign before or behind it or brackets for a
// negative one, ¥, CNY or RMB before it, and commas between its thousands.
var (
	signed    = regexp.MustCompile(`(?i)^([+-]?)\s*(?:¥|cny|rmb)?\s*([+-]?)\s*([0-9][0-9,]*)(?:\.([0-9]+))?\s*(-?)$`)
	bracketed = regexp.MustCompile(`(?i)^\(\s*(?:¥|cny|rmb)?\s*([0-9][0-9,]*)(?:\.([0-9]+))?\s*\)$`)
	whole     = regexp.MustCompile(`^(?:[0-9]+|[0-9]{1,3}(?:,[0-9]{3})+)$`)
)

// figure reads an amount with its sign.
func figure(c cell) (money.CNY, *refusal.Text) {
	if c.empty() {
		return money.CNY{}, says("缺少金额", "the amount is missing")
	}
	if c.number {
		return number(c.text)
	}
	text := strings.TrimSpace(strings.ReplaceAll(width.Fold.String(c.text), "−", "-"))
	minus, yuan, fen := "", "", ""
	if m := bracketed.FindStringSubmatch(text); m != nil {
		minus, yuan, fen = "-", m[1], m[2]
	} else if m := signed.FindStringSubmatch(text); m != nil {
		minus, yuan, fen = m[1]+m[2]+m[5], m[3], m[4]
	}
	switch {
	case len(minus) > 1 || !whole.MatchString(yuan):
		return money.CNY{}, says(quoted(c.text)+" 不是金额；写作 1200.00、1,200.00、-1200.00 或 (1,200.00)",
			quoted(c.text)+" is not an amount: write 1200.00, 1,200.00, -1200.00 or (1,200.00)")
	case len(fen) > 2:
		return money.CNY{}, tooExact(c)
	case fen != "":
		fen = "." + fen
	}
	return amountOf(strings.TrimPrefix(minus, "+") + strings.ReplaceAll(yuan, ",", "") + fen)
}

// significant is how many digits of a number a spreadsheet is sure of.
const significant = 15

// number reads a number of a sheet. A spreadsheet keeps 0.1+0.2 as 0.30000000000000004; such a tail lies beyond
// the tenth decimal and beyond the digits that the spreadsheet is sure of, and is dropped. Any other part of a fen
// is refused, as everywhere.
func number(text string) (money.CNY, *refusal.Text) {
	exact, ok := decimalOf(text)
	if !ok {
		return money.CNY{}, says(quoted(text)+" 不是金额", quoted(text)+" is not an amount")
	}
	before := int32(len(exact.Abs().Truncate(0).String())) //nolint:gosec // a few hundred digits at most
	amount := exact
	if sure := significant - before; sure > 2 {
		amount = exact.Round(min(sure, 10))
	}
	if !amount.Equal(amount.Truncate(2)) {
		return money.CNY{}, tooExact(cell{text: text})
	}
	return amountOf(amount.StringFixed(2))
}

// decimalOf reads a number as XML has it, 120000.5 or 1.200005E5. A spreadsheet has no exponents above 308; more
// would only be there to fill the memory.
func decimalOf(text string) (decimal.Decimal, bool) {
	d, err := decimal.NewFromString(strings.TrimSpace(text))
	if err != nil || d.Exponent() > 400 || d.Exponent() < -400 || len(text) > 400 {
		return decimal.Decimal{}, false
	}
	return d, true
}

func tooExact(c cell) *refusal.Text {
	return says(quoted(c.text)+" 多于两位小数（精确到分），系统不做四舍五入",
		quoted(c.text)+" has more than two decimals; an amount is never rounded")
}

// amountOf passes on what money has to say.
func amountOf(figures string) (money.CNY, *refusal.Text) {
	amount, err := money.Parse(figures)
	if r, is := refusal.As(err); is {
		return money.CNY{}, &r.Text
	}
	if err != nil {
		return money.CNY{}, says(quoted(figures)+" 不是金额", quoted(figures)+" is not an amount")
	}
	return amount, nil
}
