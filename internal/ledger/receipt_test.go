package ledger_test

import (
	"testing"
	"time"

	"lvyue/internal/ledger"
	"lvyue/internal/message"
	"lvyue/internal/money"
	"lvyue/internal/workday"
)

// noon is that of 2027-03-10 in Shanghai.
func noon() time.Time { return workday.MustDate("2027-03-10").Start().Add(12 * time.Hour) }

func TestMoneyIsTakenOnceAndAsTyped_5_4(t *testing.T) {
	t.Parallel()
	known := []message.Receipt{{Reference: "R1", Amount: money.MustParse("10.00")}}
	for name, tt := range map[string]struct {
		paid message.Payment
		code string
	}{
		"new money":                    {message.Payment{Amount: money.MustParse("0.01"), Reference: "R2"}, ""},
		"money of that day":            {message.Payment{Amount: money.MustParse("5"), Reference: "R2", On: workday.MustDate("2027-03-10")}, ""},
		"money of an earlier day":      {message.Payment{Amount: money.MustParse("5"), Reference: "R2", On: workday.MustDate("2027-03-09")}, ""},
		"money of tomorrow":            {message.Payment{Amount: money.MustParse("5"), Reference: "R2", On: workday.MustDate("2027-03-11")}, "future_day"},
		"the same again":               {message.Payment{Amount: money.MustParse("10.0"), Reference: "R1"}, ""},
		"the same again, of tomorrow":  {message.Payment{Amount: money.MustParse("10.0"), Reference: "R1", On: workday.MustDate("2027-03-11")}, ""},
		"the same with another amount": {message.Payment{Amount: money.MustParse("10.01"), Reference: "R1"}, "reference_reused"},
		"nothing":                      {message.Payment{Reference: "R2"}, "bad_payment"},
		"less than nothing":            {message.Payment{Amount: money.MustParse("-1"), Reference: "R2"}, "bad_payment"},
		"without the bank's reference": {message.Payment{Amount: money.MustParse("1")}, "bad_payment"},
	} {
		code := ""
		if no := ledger.RefuseReceipt(known, noon(), tt.paid); no != nil {
			code = no.Code
		}
		if code != tt.code {
			t.Errorf("%s: %q, want %q", name, code, tt.code)
		}
	}
}
