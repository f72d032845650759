package aliyun

import (
	"context"
	"slices"
	"strings"
	"time"

	"github.com/aliyun/alibaba-cloud-sdk-go/sdk/requests"
	"github.com/aliyun/alibaba-cloud-sdk-go/services/bssopenapi"
)

// unpaidFor is how far back unpaid orders are looked for; the vendor itself lets them lapse sooner.
const unpaidFor = 72 * time.Hour

// buy places an order for a piece. Of what is paid ahead the vendor takes an order also when the money lacks, and lets it wait:
// such an order is cancelled, and the error is one for which a person tops the account up.
func (s site) buy(ctx context.Context, ahead bool, id string, place func() (order string, err error)) error {
	order, err := place()
	switch {
	case !ahead:
		return err
	case is(err, noMoney):
		if err := s.cancelUnpaid(ctx, []string{id}); err != nil {
			return err
		}
		return err
	case err != nil || order == "":
		return err
	}
	return s.settled(ctx, order, id)
}

// The vendor's words for what has become of an order.
const unpaid, paid = "Unpaid", "Paid"

// settled refuses an order that is not paid, and cancels it if it waits for money. One that was cancelled is what the vendor
// answers to a repeated order; one that it does not show yet is waited for.
func (s site) settled(ctx context.Context, order, id string) error {
	placed, err := s.order(ctx, order)
	if err != nil {
		return err
	}
	switch placed.PaymentStatus {
	case paid:
		return nil
	case unpaid:
		if err := s.cancel(ctx, order); err != nil {
			return err
		}
		return &Error{Action: "GetOrderDetail", Message: "order " + order + " for " + id + " was not paid, and is cancelled", class: noMoney}
	case "":
		return &Error{Action: "GetOrderDetail", Message: "order " + order + " for " + id + " is not shown yet", class: waiting}
	}
	return &Error{
		Action: "GetOrderDetail", class: refused,
		Message: "order " + order + " for " + id + " is " + placed.PaymentStatus + "; another try makes another order",
	}
}

// cancelUnpaid cancels the orders for more of these pieces that nobody paid: while one waits, the vendor takes no other.
func (s site) cancelUnpaid(ctx context.Context, ids []string) error {
	orders, err := pages(func(page int) ([]bssopenapi.Order, int, error) {
		request, response := bssopenapi.CreateQueryOrdersRequest(), bssopenapi.CreateQueryOrdersResponse()
		request.PageNum, request.PageSize = requests.NewInteger(page), requests.NewInteger(pageSize)
		request.PaymentStatus = unpaid
		request.CreateTimeStart = s.now().Add(-unpaidFor).UTC().Format("2006-01-02T15:04:05Z")
		err := s.bill(ctx, request, response)
		return response.Data.OrderList.Order, response.Data.TotalCount, err
	})
	if err != nil {
		return err
	}
	for _, o := range orders {
		if o.OrderType != "Upgrade" {
			continue // a person's, to renew for instance
		}
		detail, err := s.order(ctx, o.OrderId)
		if err != nil {
			return err
		}
		if !slices.ContainsFunc(ids, func(id string) bool { return strings.Contains(detail.InstanceIDs, id) }) {
			continue
		}
		if err := s.cancel(ctx, o.OrderId); err != nil {
			return err
		}
	}
	return nil
}

// order reads one order. One that the vendor does not know has no payment status.
func (s site) order(ctx context.Context, id string) (bssopenapi.Order, error) {
	request, response := bssopenapi.CreateGetOrderDetailRequest(), bssopenapi.CreateGetOrderDetailResponse()
	request.OrderId = id
	if err := s.bill(ctx, request, response); err != nil {
		return bssopenapi.Order{}, err
	}
	for _, o := range response.Data.OrderList.Order {
		return o, nil
	}
	return bssopenapi.Order{}, nil
}

func (s site) cancel(ctx context.Context, id string) error {
	request := bssopenapi.CreateCancelOrderRequest()
	request.OrderId = id
	return s.bill(ctx, request, bssopenapi.CreateCancelOrderResponse())
}
