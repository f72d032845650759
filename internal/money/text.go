package money

import (
	"database/sql/driver"
	"errors"
	"fmt"
	"regexp"

	"github.com/shopspring/decimal"

	"lvyue/internal/refusal"
)

// An amount as people write it has at most sixteen digits before the point, so that it fits numeric(18,2).
// Sums of such amounts travel between programs and may be longer.
var (
	typed    = regexp.MustCompile(`^-?[0-9]{1,16}(\.[0-9]{1,2})?$`)
	carried  = regexp.MustCompile(`^-?[0-9]{1,32}(\.[0-9]{1,2})?$`)
	tooExact = regexp.MustCompile(`^-?[0-9]+\.[0-9]{3,}$`)
)

// Parse reads an amount of yuan such as "120000", "120000.5" or "-0.01". Spaces, commas, exponents, a plus
// sign and signs of currency are refused, and so is a third decimal, even a zero: an amount is never rounded
// on its way in. The refusal's code is "bad_amount".
func Parse(s string) (CNY, error) { return read(s, typed) }

// read is Parse for text of the given form.
func read(s string, form *regexp.Regexp) (CNY, error) {
	if tooExact.MatchString(s) {
		return CNY{}, refusal.BadInput("bad_amount",
			"金额最多两位小数（精确到分），系统不做四舍五入", "an amount has at most two decimals and is never rounded")
	}
	if !form.MatchString(s) {
		return CNY{}, refusal.BadInput("bad_amount",
			"金额只写数字和小数点，小数点前最多十六位，例如 120000.00",
			"an amount is digits and a point, at most sixteen digits before it, such as 120000.00")
	}
	d, err := decimal.NewFromString(s)
	if err != nil {
		return CNY{}, fmt.Errorf("read amount: %w", err)
	}
	return canonical(d), nil
}

// MustParse is Parse for constants and tests; it panics where Parse refuses.
func MustParse(s string) CNY {
	c, err := Parse(s)
	if err != nil {
		panic(err)
	}
	return c
}

// String is the amount in figures with exactly two decimals: "120000.00", "-0.01".
func (c CNY) String() string { return c.amount.StringFixed(decimals) }

// MarshalText is String; JSON therefore carries an amount as a string, never as a number.
func (c CNY) MarshalText() ([]byte, error) { return []byte(c.String()), nil }

// UnmarshalText is Parse, but takes up to 32 digits before the point, since sums come this way too.
// encoding/json refuses a JSON number before it gets here.
func (c *CNY) UnmarshalText(text []byte) error {
	parsed, err := read(string(text), carried)
	if err != nil {
		return err
	}
	*c = parsed
	return nil
}

// Value implements driver.Valuer: the figures, for a numeric column.
func (c CNY) Value() (driver.Value, error) { return c.String(), nil }

// errNotStored reports a value that no column for amounts can have held.
var errNotStored = errors.New("not an amount from the database")

// Scan implements sql.Scanner for a numeric column. The database may write an amount with other trailing
// zeros ("5", "5.0000"); a part of a fen and NULL are errors.
func (c *CNY) Scan(src any) error {
	text, ok := src.(string)
	if !ok {
		return fmt.Errorf("%w: it is %T", errNotStored, src)
	}
	d, err := decimal.NewFromString(text)
	if err != nil {
		return fmt.Errorf("amount from the database: %w", err)
	}
	amount, exact := exactly(d)
	if !exact {
		return fmt.Errorf("%w: it has a part of a fen: %s", errNotStored, text)
	}
	*c = amount
	return nil
}
