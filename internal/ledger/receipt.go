package ledger

import (
	"slices"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"lvyue/internal/contract"
	"lvyue/internal/message"
	"lvyue/internal/refusal"
)

// RefuseReceipt says why money cannot be recorded beside the receipts known, nil if it can or already is: it must
// have an amount above zero and the bank's reference (bad_payment), a reference is one receipt
// (reference_reused), one that the bank took back does not come again (receipt_reversed) unless with another amount, which
// corrects a slip, and its day has come (future_day) and is not long ago (far_day). Whether anything is owed does not matter (§5.4, §5.6).
func RefuseReceipt(known []message.Receipt, receivedAt time.Time, p message.Payment) *refusal.Refusal {
	if wrong := wrongFields(p); len(wrong) > 0 {
		return refusal.BadInput("bad_payment", "收款信息有误：", "this receipt cannot be recorded:", wrong...)
	}
	r, ever := Told(known, p.Reference)
	switch {
	case ever && r.Gone != nil && r.Gone.Why == message.Reversed && r.Amount.Equal(p.Amount):
		return refusal.Rule("receipt_reversed", "5.4",
			"银行已退回该流水号的款项；再次到账应有新的流水号。",
			"the bank took the money of this reference back; money that comes again has a reference of its own")
	case !ever || r.Gone != nil:
		return refuseDay(receivedAt, p.On)
	case r.Amount.Equal(p.Amount):
		return nil
	default:
		return refusal.Rule("reference_reused", "5.4",
			"该流水号已登记，金额为 "+r.Amount.String()+"。",
			"this reference is recorded already, with the amount "+r.Amount.String())
	}
}

func wrongFields(p message.Payment) []refusal.Field {
	var wrong []refusal.Field
	if !p.Amount.IsPositive() {
		wrong = append(wrong, refusal.Wrong("amount", "金额须大于零", "must be more than zero"))
	}
	if p.Reference == "" {
		wrong = append(wrong, refusal.Wrong("reference", "缺少银行流水号", "the bank's reference is missing"))
	}
	return append(wrong, wrongNames(p.Reference, p.Account)...)
}

// longestName is how many characters a reference of a bank or the name of an account may have, as in statements.
const longestName = 64

// wrongNames says what is wrong with a reference of a bank and an account: they are too long, or hold signs that no
// bank prints; an account has no slash, which parts it from the reference in keys of the books.
func wrongNames(reference, account string) []refusal.Field {
	var wrong []refusal.Field
	if !named(reference) {
		wrong = append(wrong, refusal.Wrong("reference", "流水号最多 64 个字符，不含控制字符", "has at most 64 characters, no control characters"))
	}
	if !named(account) || strings.Contains(account, "/") {
		wrong = append(wrong, refusal.Wrong("account", "账户最多 64 个字符，不含斜杠和控制字符",
			"has at most 64 characters, no slash and no control characters"))
	}
	return wrong
}

func named(text string) bool {
	return utf8.ValidString(text) && utf8.RuneCountInString(text) <= longestName && !strings.ContainsFunc(text, unicode.IsControl)
}

// Recorded finds the receipt with that reference, if it counts.
func Recorded(known []message.Receipt, reference string) (message.Receipt, bool) {
	r, ever := Told(known, reference)
	return r, ever && r.Counts()
}

// Told finds the receipt with that reference, also one that counts no more.
func Told(known []message.Receipt, reference string) (message.Receipt, bool) {
	i := slices.IndexFunc(known, func(r message.Receipt) bool { return r.Reference == reference })
	if i < 0 {
		return message.Receipt{}, false
	}
	return known[i], true
}

// AlreadyRecorded is the answer to a receipt that is known with the same amount.
func AlreadyRecorded() refusal.Text {
	return refusal.Text{ZH: "该笔收款此前已登记，未作变更。", EN: "this receipt is already recorded; nothing has changed"}
}

// NewReceipt is the receipt of money, on the day and at the instant at which it counts.
func NewReceipt(receivedAt time.Time, p message.Payment) message.Receipt {
	on, at := contract.CountedOn(receivedAt, p.On)
	return message.Receipt{Reference: p.Reference, Amount: p.Amount, On: on, At: at, Account: p.Account, Line: p.Line}
}
