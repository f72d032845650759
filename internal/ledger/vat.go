package ledger

import (
	"fmt"

	"lvyue/internal/money"
	"lvyue/internal/refusal"
)

// Rate is a rate of value-added tax that a contract may name: 0, 1, 3, 6, 9 or 13 percent. The zero value is 0
// percent. Rates compare with ==. As text and JSON a rate is "0.06".
type Rate struct {
	percent int64
}

// ParseRate reads "0" or "0.00", "0.01", "0.03", "0.06", "0.09" and "0.13". All else is refused with the code
// "bad_rate", also other spellings of these numbers, such as "6%".
func ParseRate(text string) (Rate, error) {
	percent, known := map[string]int64{
		"0": 0, "0.00": 0, "0.01": 1, "0.03": 3, "0.06": 6, "0.09": 9, "0.13": 13,
	}[text]
	if !known {
		return Rate{}, refusal.BadInput("bad_rate",
			"增值税税率（征收率）只能是 0、0.01、0.03、0.06、0.09 或 0.13，例如 6% 写作 0.06",
			"a rate of VAT is 0, 0.01, 0.03, 0.06, 0.09 or 0.13; 6 percent is written 0.06")
	}
	return Rate{percent: percent}, nil
}

// String is the rate with two decimals: "0.06", and "0.00" for none.
func (r Rate) String() string { return fmt.Sprintf("0.%02d", r.percent) }

// Percent is the rate as an invoice prints it: "6%".
func (r Rate) Percent() string { return fmt.Sprintf("%d%%", r.percent) }

// MarshalText is String.
func (r Rate) MarshalText() ([]byte, error) { return []byte(r.String()), nil }

// UnmarshalText is ParseRate.
func (r *Rate) UnmarshalText(text []byte) error {
	parsed, err := ParseRate(string(text))
	if err != nil {
		return err
	}
	*r = parsed
	return nil
}

// SplitVAT parts an amount that includes tax (价税分离): net is gross ÷ (1 + rate) to the fen, half a fen away
// from zero, and tax is the rest. Only one of the two is rounded, so they always add up to gross. The parts of
// a credit note, a negative gross, are those of the amount it credits with the other sign.
func SplitVAT(gross money.CNY, r Rate) (net, tax money.CNY) {
	net = money.Part(gross, 100, 100+r.percent)
	return net, gross.Sub(net)
}
