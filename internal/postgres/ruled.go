package postgres

import (
	"errors"

	"github.com/jackc/pgx/v5/pgconn"

	"lvyue/internal/refusal"
)

// ruled turns what a constraint of the books refuses into the refusal that people read; other errors stay. The database
// is the last to say no, and says it also when two people ask at once.
func ruled(err error) error {
	var answered *pgconn.PgError
	if !errors.As(err, &answered) {
		return err
	}
	switch answered.ConstraintName {
	case "month_open":
		return monthClosed()
	case "two_persons":
		return refusal.Rule("same_person", "7.3", "须由另一人批准。", "a different person must approve it")
	case "claim_limit":
		return refusal.Rule("over_claim", "7.3", "赔偿合计将超过所主张的金额。", "more than was claimed would be payable")
	case "liability_cap":
		return refusal.Rule("over_cap", "7.3",
			"赔偿合计将超过已收服务费总额。", "more would be payable than all service fees received")
	case "within_line":
		return refusal.Rule("line_used", "5.4", "银行流水余额不足。", "not so much of the bank line is left")
	case "fapiao_invoice_limit":
		return refusal.Rule("over_invoice", "5.3", "数电票合计将超过账单金额，或为负数。", "the fapiao would total more than the invoice, or less than nothing")
	case "fapiao_red_limit":
		return refusal.Rule("over_blue", "1.4", "红字数电票须对应同一账单的蓝字票，且不超过其金额。",
			"a red fapiao takes back a blue one of the same invoice, and at most its amount")
	default:
		return err
	}
}
