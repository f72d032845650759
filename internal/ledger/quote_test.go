package ledger_test

import (
	"bytes"
	"testing"
	"time"

	"lvyue/internal/contract"
	"lvyue/internal/ledger"
	"lvyue/internal/message"
	"lvyue/internal/money"
)

func price(change func(*message.Price)) message.Price {
	p := message.Price{
		Amount: money.MustParse("1234.56"), Answer: []byte("an answer"), FetchedAt: quotedAt, ValidUntil: quotedAt.Add(time.Minute),
	}
	change(&p)
	return p
}

var quotedAt = time.Date(2026, time.March, 2, 9, 0, 0, 0, time.UTC)

func TestAPriceIsWholeFetchedAndStillValid(t *testing.T) { // §5.7
	t.Parallel()
	for _, tt := range []struct {
		name   string
		change func(*message.Price)
		fields int
	}{
		{"whole", func(*message.Price) {}, 0},
		{"fetched now, as nobody says when", func(p *message.Price) { p.FetchedAt = time.Time{} }, 0},
		{"nothing", func(p *message.Price) { p.Amount = money.CNY{} }, 1},
		{"less than nothing", func(p *message.Price) { p.Amount = money.MustParse("-0.01") }, 1},
		{"no answer", func(p *message.Price) { p.Answer = nil }, 1},
		{"the longest answer", func(p *message.Price) { p.Answer = bytes.Repeat([]byte("a"), 16<<10) }, 0},
		{"a byte longer", func(p *message.Price) { p.Answer = bytes.Repeat([]byte("a"), 16<<10+1) }, 1},
		{"fetched a moment later", func(p *message.Price) { p.FetchedAt = quotedAt.Add(1) }, 1},
		{"valid until now", func(p *message.Price) { p.ValidUntil = quotedAt }, 1},
		{"valid for less than the store can tell", func(p *message.Price) { p.ValidUntil = quotedAt.Add(time.Microsecond - 1) }, 1},
		{"valid for a moment", func(p *message.Price) { p.ValidUntil = quotedAt.Add(time.Microsecond) }, 0},
		{"every field", func(p *message.Price) { *p = message.Price{FetchedAt: quotedAt.Add(1)} }, 4},
	} {
		no := ledger.RefusePrice(nil, quotedAt, price(tt.change))
		code, fields := "", 0
		if tt.fields > 0 {
			code = "bad_price"
		}
		if no != nil {
			fields = len(no.Fields)
		}
		wantCode(t, tt.name, no, code)
		if fields != tt.fields {
			t.Errorf("%s: %d fields are wrong, want %d", tt.name, fields, tt.fields)
		}
	}
}

func TestAnAnswerOfTheVendorIsBehindOneQuote(t *testing.T) { // §5.7
	t.Parallel()
	same := price(func(*message.Price) {})
	known := []message.Quote{ledger.NewQuote(quotedAt, same, contract.Load{}, 1)}
	for _, tt := range []struct {
		name   string
		change func(*message.Price)
		code   string
	}{
		{"said again", func(*message.Price) {}, "answer_reused"},
		{"with another amount", func(p *message.Price) { p.Amount = money.MustParse("1234.57") }, "answer_reused"},
		{"for longer", func(p *message.Price) { p.ValidUntil = quotedAt.Add(time.Hour) }, "answer_reused"},
		{"another answer", func(p *message.Price) { p.Answer = []byte("another") }, ""},
	} {
		wantCode(t, tt.name, ledger.RefusePrice(known, quotedAt, price(tt.change)), tt.code)
	}
}

func TestAQuoteIsAcceptedAtItsAmountWhileItHolds(t *testing.T) { // §5.7
	t.Parallel()
	q := ledger.NewQuote(quotedAt, price(func(p *message.Price) { p.FetchedAt = time.Time{} }), contract.Load{}, 1)
	if !q.FetchedAt.Equal(quotedAt) || len(q.Hash) != 64 {
		t.Errorf("the quote is %+v", q)
	}
	for _, tt := range []struct {
		name, amount string
		after        time.Duration
		quote        *message.Quote
		code         string
	}{
		{"at once", "1234.56", 0, &q, ""},
		{"in the last moment", "1234.56", time.Minute - 1, &q, ""},
		{"at the end", "1234.56", time.Minute, &q, "quote_expired"},
		{"a fen more", "1234.57", 0, &q, "quote_moved"},
		{"a fen less", "1234.55", 0, &q, "quote_moved"},
		{"none there", "1234.56", 0, nil, "no_open_quote"},
	} {
		wantCode(t, tt.name, ledger.RefuseAcceptance(tt.quote, quotedAt.Add(tt.after), money.MustParse(tt.amount)), tt.code)
	}
}
