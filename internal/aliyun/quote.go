package aliyun

import (
	"bytes"
	"context"
	"time"

	"github.com/shopspring/decimal"

	"lvyue/internal/hosting"
	"lvyue/internal/money"
	"lvyue/internal/refusal"
)

// Quote is what the vendor publishes for a growth from g.At, zero for now, to the end of the term (§5.7): the list price by the hour of the
// new size less that of the old, for what is pay-as-you-go; what the vendor asks for an upgrade, for what somebody turned into a
// subscription. It prices what is still to grow. Nothing to grow, a term that is over and a price in another currency are
// refused. The load balancer of a cluster, public addresses and traffic are not in it: what they cost follows from their use. It
// orders nothing.
func (c *Cloud) Quote(ctx context.Context, g hosting.Growth) (hosting.Price, error) {
	g.From = g.From.Placed()
	s, now := site{c, g.From.Region}, g.At
	if now.IsZero() {
		now = c.now()
	}
	if g.From.Contract == "" {
		return hosting.Price{}, unnamed("Quote")
	}
	if !now.Before(g.Until) {
		return hosting.Price{}, refusal.Rule("expansion_after_term", "5.7", "服务期已结束，没有剩余期限可以计价",
			"the term is over; no rest of it can be priced")
	}
	have, err := s.extent(ctx, g)
	if err != nil {
		return hosting.Price{}, err
	}
	todo := have.lacking(g)
	grow := append(todo.each(), have.nodes(g)...)
	switch {
	case todo.busy:
		return hosting.Price{}, &Error{Action: "Quote", Message: "a database is changing", class: waiting}
	case len(grow) == 0:
		return hosting.Price{}, refusal.Rule("nothing_grows", "5.7", "没有任何配置比现在更大，无需扩容",
			"nothing asked for is more than there is")
	}
	return s.priceOf(ctx, grow, hoursTo(g.Until, now), now)
}

// priceOf asks for each price and adds them up.
func (s site) priceOf(ctx context.Context, grow []priced, hours int64, now time.Time) (hosting.Price, error) {
	price := hosting.Price{At: now}
	var list, trade []decimal.Decimal
	var answers [][]byte
	for _, step := range grow {
		l, err := step.price(ctx, s, hours)
		if err != nil {
			return hosting.Price{}, err
		}
		part := step.part()
		part.RequestID = l.requestID
		price.Parts = append(price.Parts, part)
		list, trade, answers = append(list, l.list), append(trade, l.trade), append(answers, l.answers...)
	}
	price.Answer = append(bytes.Join(answers, []byte("\n")), '\n')
	err := sumUp(&price, list, trade)
	return price, err
}

// sumUp rounds the exact prices of the parts to the whole. One below nothing is for a person: nobody is charged it.
func sumUp(price *hosting.Price, list, trade []decimal.Decimal) error {
	var amounts, trades []money.CNY
	var err error
	if price.Amount, amounts, err = toFen(list); err != nil {
		return err
	}
	if price.Trade, trades, err = toFen(trade); err != nil {
		return err
	}
	for i := range price.Parts {
		price.Parts[i].Amount, price.Parts[i].Trade = amounts[i], trades[i]
	}
	if price.Amount.IsNegative() {
		return puzzling("Quote", "the larger size costs less than the smaller one: "+price.Amount.String()+" CNY")
	}
	return nil
}
