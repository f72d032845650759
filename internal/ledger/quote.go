package ledger

import (
	"crypto/sha256"
	"encoding/hex"
	"slices"
	"time"

	"lvyue/internal/contract"
	"lvyue/internal/message"
	"lvyue/internal/money"
	"lvyue/internal/refusal"
)

// LongestAnswer is how much of the vendor's answer is kept as evidence, in bytes: its prices take a fraction of it.
const LongestAnswer = 16 << 10

// RefusePrice says why a price cannot be put before the customer (§5.7), nil if it can: an amount above zero, the
// vendor's whole answer, fetched by now and still valid (bad_price). Each
// quote has an answer of its own (answer_reused).
func RefusePrice(known []message.Quote, at time.Time, p message.Price) *refusal.Refusal {
	var wrong []refusal.Field
	note := func(is bool, path, zh, en string) {
		if is {
			wrong = append(wrong, refusal.Wrong("price."+path, zh, en))
		}
	}
	note(!p.Amount.IsPositive(), "amount", "须大于零", "must be more than zero")
	note(len(p.Answer) == 0, "answer", "缺少云厂商的原始答复", "the vendor's own answer is missing")
	note(len(p.Answer) > LongestAnswer, "answer", "最多 16 KB", "has at most 16 KB")
	note(p.FetchedAt.After(at), "fetched_at", "不得晚于收到之时", "lies in the future")
	note(!p.ValidUntil.Truncate(time.Microsecond).After(at), "valid_until", "须晚于收到之时", "has passed already")
	if len(wrong) > 0 {
		return refusal.BadInput("bad_price", "报价信息有误：", "this price cannot be recorded:", wrong...)
	}
	if slices.ContainsFunc(known, func(q message.Quote) bool { return q.Hash == HashOf(p.Answer) }) {
		return refusal.Rule("answer_reused", "5.7", "该原始答复已用于先前的报价，须重新询价。", "this answer of the vendor is behind an earlier quote; ask for a new one")
	}
	return nil
}

// NewQuote is a price that came at the instant, for that load standard and the rest of that service year.
func NewQuote(at time.Time, p message.Price, load contract.Load, year int) message.Quote {
	if p.FetchedAt.IsZero() {
		p.FetchedAt = at
	}
	return message.Quote{
		Hash: HashOf(p.Answer), Amount: p.Amount, Load: load, Year: year,
		FetchedAt: p.FetchedAt.Truncate(time.Microsecond), ValidUntil: p.ValidUntil.Truncate(time.Microsecond),
	}
}

// HashOf is the SHA-256 of the vendor's answer, in lower-case hex: by it an expansion names its price.
func HashOf(answer []byte) string {
	sum := sha256.Sum256(answer)
	return hex.EncodeToString(sum[:])
}

// RefuseAcceptance says why the quote on the table, nil if there is none, cannot be accepted at the instant and at that
// amount (§5.7): no_open_quote, quote_expired, quote_moved (another amount is on the table than was shown).
func RefuseAcceptance(q *message.Quote, at time.Time, amount money.CNY) *refusal.Refusal {
	switch {
	case q == nil:
		return refusal.Rule("no_open_quote", "5.7", "目前没有待接受的扩容报价。", "there is no open quote to accept")
	case !at.Before(q.ValidUntil):
		return refusal.Rule("quote_expired", "5.7", "该报价已过有效期，须重新询价。", "the quote holds no longer; ask for a new one")
	case !amount.Equal(q.Amount):
		return refusal.Rule("quote_moved", "5.7",
			"现行报价为 "+q.Amount.String()+" 元，与所接受的金额不符。", "the quote on the table is "+q.Amount.String()+" CNY, not the amount accepted")
	default:
		return nil
	}
}
