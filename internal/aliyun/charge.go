package aliyun

import (
	"time"

	"github.com/shopspring/decimal"

	"lvyue/internal/money"
)

// monthHours is the month of a price that is published by the hour: a twelfth of 365 days.
const monthHours = 730

// hoursTo are the hours from now to the end of the term, begun ones whole (§5.7); 0 when it is over.
func hoursTo(until, now time.Time) int64 {
	return int64((max(0, until.Sub(now)) + time.Hour - 1) / time.Hour)
}

// toFen adds exact prices up and rounds once, at the end: to the fen, half a fen up (§5.7). This is the only place where a
// price is rounded. Each is what its price adds to the rounded sum, so that the parts come to the whole.
func toFen(exact []decimal.Decimal) (sum money.CNY, each []money.CNY, err error) {
	half := decimal.New(5, -1)
	var total decimal.Decimal
	for _, price := range exact {
		total = total.Add(price)
		sofar, err := money.Parse(total.Shift(2).Add(half).Floor().Shift(-2).StringFixed(2))
		if err != nil {
			return money.CNY{}, nil, err
		}
		each, sum = append(each, sofar.Sub(sum)), sofar
	}
	return sum, each, nil
}
