package aliyunsim

import (
	"errors"
	"net/http"
	"slices"
	"strconv"
	"strings"

	"github.com/shopspring/decimal"

	"lvyue/internal/hosting"
)

// billing answers as the vendor's billing does: what it refuses comes with status 200, Success false and a code in the body.
func billing(do operation) operation {
	return func(s *state, c call) (answer, error) {
		body, err := do(s, c)
		if no, ok := errors.AsType[*refusal](err); ok {
			return answer{"Success": false, "Code": no.code, "Message": no.message}, nil
		}
		if err == nil {
			body = answer{"Success": true, "Code": "Success", "Message": "Successful!", "Data": body}
		}
		return body, err
	}
}

// subscriptionPrice knows one case: what an existing disk of a server that is paid ahead costs when it grows.
func subscriptionPrice(s *state, c call) (answer, error) {
	if c.text("ProductCode") != "ecs" || c.text("SubscriptionType") != "Subscription" || c.text("OrderType") != "Upgrade" {
		return nil, refuse(http.StatusOK, "InvalidParameter.NotSimulated", "Only the upgrade of a subscription of ecs is simulated.")
	}
	const module = "ModuleList.1."
	if c.text(module+"ModuleCode") != "DataDisk" || c.text(module+"ModuleStatus") != "2" || c.gives("ModuleList.2.") {
		return nil, refuse(http.StatusOK, "InvalidParameter.NotSimulated", "Only one changed DataDisk is simulated.")
	}
	t, ok := s.Things[c.text(module+"Tag")]
	if !ok || t.Kind != hosting.Disk || t.Instance != c.text("InstanceId") || !t.paid(c.now) {
		return nil, refuse(http.StatusOK, "PRICE.PRICING_PLAN_RESULT_NOT_FOUND", "There is no such disk that is paid ahead.")
	}
	config := map[string]string{}
	for part := range strings.SplitSeq(c.text(module+"Config"), ",") {
		key, value, _ := strings.Cut(part, ":")
		config[key] = value
	}
	gb, err := strconv.Atoi(config["DataDisk.Size"])
	if err != nil || config["DataDisk.Category"] != t.Volume.Category || config["DataDisk.PerformanceLevel"] != t.Volume.level() {
		return nil, refuse(http.StatusOK, "PRICE.PRICING_PLAN_RESULT_NOT_FOUND", "The configuration is not complete.")
	}
	q, err := s.tariff.upgrade(t.Volume.price(), diskPrice(t.Volume.Category, t.Volume.Level, gb), t.Subscription.left(c.now))
	return q.answer(), err
}

// accountBalance is written as text, as the vendor does, with a comma at the thousands.
func accountBalance(s *state, _ call) (answer, error) {
	return answer{
		"AvailableAmount": thousands(s.Balance), "AvailableCashAmount": thousands(s.Balance), "CreditAmount": "0.00",
		"MybankCreditAmount": "0.00", "Currency": s.tariff.Currency,
	}, nil
}

func thousands(d decimal.Decimal) string {
	whole, fen, _ := strings.Cut(d.Abs().StringFixed(2), ".")
	for n := len(whole) - 3; n > 0; n -= 3 {
		whole = whole[:n] + "," + whole[n:]
	}
	return either(d.IsNegative(), "-", "") + whole + "." + fen
}

// SetBalance sets what the account has, "-12.50" for a debt.
func (s *Server) SetBalance(amount string) error {
	balance, err := decimal.NewFromString(amount)
	if err != nil {
		return err //nolint:wrapcheck // it names the text
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.state.Balance = balance
	return nil
}

// Balance is what the account has now, in yuan.
func (s *Server) Balance() string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.state.Balance.StringFixed(2)
}

// Unpaid counts the orders that wait for money.
func (s *Server) Unpaid() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return len(s.state.orders("Unpaid"))
}

// queryOrders gives the orders since CreateTimeStart, newest last, without what they are for: only their details tell.
func queryOrders(s *state, c call) (answer, error) {
	orders := slices.DeleteFunc(s.orders(c.text("PaymentStatus")), func(p purchase) bool {
		return instant(p.At) < c.text("CreateTimeStart")
	})
	size, number := max(c.number("PageSize"), 1), max(c.number("PageNum"), 1)
	from := min((number-1)*size, len(orders))
	list := []answer{}
	for _, p := range orders[from:min(from+size, len(orders))] {
		list = append(list, p.answer())
	}
	return answer{"PageNum": number, "PageSize": size, "TotalCount": len(orders), "OrderList": answer{"Order": list}}, nil
}

func orderDetail(s *state, c call) (answer, error) {
	p, err := s.order(c)
	if err != nil {
		return nil, err
	}
	detail := p.answer()
	detail["InstanceIDs"] = `["` + strings.Join(p.For, `","`) + `"]`
	return answer{"TotalCount": 1, "OrderList": answer{"Order": []answer{detail}}}, nil
}

// cancelOrder cancels what is not paid.
func cancelOrder(s *state, c call) (answer, error) {
	p, err := s.order(c)
	if err != nil {
		return nil, err
	}
	if p.Status != "Unpaid" {
		return nil, refuse(http.StatusOK, "OrderStatusInvalid", "The order %s is not unpaid.", p.ID)
	}
	p.Status = "Cancelled"
	return answer{"HostId": "aliyunsim"}, nil
}

func (s *state) order(c call) (*purchase, error) {
	for _, p := range s.Purchases {
		if p.ID == c.text("OrderId") {
			return p, nil
		}
	}
	return nil, refuse(http.StatusOK, "OrderNotExist", "The order %q does not exist.", c.text("OrderId"))
}

// orders are those with a payment status, all for "".
func (s *state) orders(status string) []purchase {
	var found []purchase
	for _, p := range s.Purchases {
		if status == "" || p.Status == status {
			found = append(found, *p)
		}
	}
	return found
}
