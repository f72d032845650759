package aliyunsim

import (
	"net/http"
	"slices"
	"strconv"
	"time"

	"github.com/shopspring/decimal"
)

// purchase is one order that costs money at once.
type purchase struct {
	ID string `json:"id"`
	// For are the ids of what it is for.
	For     []string        `json:"for"`
	Product string          `json:"product"`
	Type    string          `json:"type"` // "New", "Upgrade", "Convert", in the vendor's words
	List    decimal.Decimal `json:"list"`
	Trade   decimal.Decimal `json:"trade"`
	// Status is the vendor's word: "Paid", "Unpaid", "Cancelled".
	Status string    `json:"status"`
	At     time.Time `json:"at"`
}

const firstOrder = 200_000_000_000_000

// buy places an order and pays it, as far as the balance goes: what cannot be paid stays an unpaid order.
func (s *state) buy(now time.Time, p purchase, q quoted) *purchase {
	p.ID, p.At, p.List, p.Trade, p.Status = strconv.Itoa(firstOrder+len(s.Purchases)+1), now, q.list, q.trade, "Unpaid"
	if !s.Balance.LessThan(q.trade) {
		s.Balance, p.Status = s.Balance.Sub(q.trade), "Paid"
	}
	s.Purchases = append(s.Purchases, &p)
	return &p
}

// pay is buy for the operations that refuse what is not paid. Unlike all else that they refuse, the order stays.
func (s *state) pay(now time.Time, p purchase, q quoted) (*purchase, error) {
	placed := s.buy(now, p, q)
	if placed.Status != "Paid" {
		return nil, noBalance()
	}
	return placed, nil
}

func noBalance() error {
	return refuse(http.StatusForbidden, "InvalidAccountStatus.NotEnoughBalance", "Your account does not have enough balance.")
}

// solvent refuses pay-as-you-go orders to an account in debt.
func (s *state) solvent() error {
	if s.Balance.IsNegative() {
		return noBalance()
	}
	return nil
}

// waits reports whether an unpaid order for the thing keeps it from being changed.
func (s *state) waits(id string) bool {
	return slices.ContainsFunc(s.orders("Unpaid"), func(p purchase) bool { return slices.Contains(p.For, id) })
}

func (p purchase) answer() answer {
	return answer{
		"OrderId": p.ID, "ProductCode": p.Product, "SubscriptionType": "Subscription", "OrderType": p.Type, "Currency": "CNY",
		"PretaxGrossAmount": p.List.StringFixed(2), "PretaxAmount": p.Trade.StringFixed(2), "PaymentStatus": p.Status,
		"CreateTime": instant(p.At),
	}
}

// number is the order's id where the vendor writes a number.
func (p purchase) number() int {
	n, _ := strconv.Atoi(p.ID)
	return n
}

// subscription is that a thing is paid ahead.
type subscription struct {
	Since time.Time `json:"since"`
	Until time.Time `json:"until"`
	// Paid is what our account paid for it.
	Paid decimal.Decimal `json:"paid"`
}

func (s *subscription) left(now time.Time) time.Duration { return max(0, s.Until.Sub(now)) }

// paid reports whether the thing is paid ahead and not expired.
func (t *thing) paid(now time.Time) bool {
	return t.Subscription != nil && now.Before(t.Subscription.Until)
}

// charge is the vendor's word for how the thing is paid; databases write the second half small.
func (t *thing) charge(ahead, after string) string {
	return either(t.Subscription != nil, ahead, after)
}

// expiry is when the thing's subscription ends, "" for none.
func (t *thing) expiry() string {
	if t.Subscription == nil {
		return ""
	}
	return instant(t.Subscription.Until)
}

// refund gives back the part of what was paid that is not used up, rounded down to the fen.
func (s *state) refund(paid *subscription, now time.Time) {
	left, whole := decimal.NewFromInt(int64(paid.left(now))), decimal.NewFromInt(int64(paid.Until.Sub(paid.Since)))
	s.Balance = s.Balance.Add(paid.Paid.Mul(left).Div(whole).Truncate(2))
}
