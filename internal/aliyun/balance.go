package aliyun

import (
	"context"
	"encoding/json"
	"fmt"
	"strings"

	"github.com/aliyun/alibaba-cloud-sdk-go/sdk/requests"
	"github.com/aliyun/alibaba-cloud-sdk-go/sdk/responses"
	"github.com/aliyun/alibaba-cloud-sdk-go/services/bssopenapi"
	"github.com/shopspring/decimal"

	"lvyue/internal/hosting"
	"lvyue/internal/money"
)

// bill asks the vendor's billing, which says no with status 200.
func (s site) bill(ctx context.Context, request requests.AcsRequest, response responses.AcsResponse) error {
	if err := s.do(ctx, s.region, request, response); err != nil {
		return err
	}
	var said struct {
		Success   bool   `json:"Success"`
		Code      string `json:"Code"`
		Message   string `json:"Message"`
		RequestID string `json:"RequestId"`
	}
	if err := json.Unmarshal(response.GetHttpContentBytes(), &said); err != nil {
		return &Error{Action: request.GetActionName(), Message: "the answer cannot be read: " + err.Error()}
	}
	if said.Success {
		return nil
	}
	return &Error{
		Action: request.GetActionName(), Code: said.Code, RequestID: said.RequestID, HTTPStatus: response.GetHttpStatus(),
		Message: brief(s.secrets.redact(said.Message)), class: classify(said.Code, response.GetHttpStatus()),
	}
}

// Balance is what the account can pay with now, credit included; below 0.00 it is in debt. An account in another currency is
// refused.
func (c *Cloud) Balance(ctx context.Context) (money.CNY, error) {
	s := site{c, hosting.DefaultRegion}
	request, response := bssopenapi.CreateQueryAccountBalanceRequest(), bssopenapi.CreateQueryAccountBalanceResponse()
	if err := s.bill(ctx, request, response); err != nil {
		return money.CNY{}, err
	}
	if currency := response.Data.Currency; currency != "CNY" {
		return money.CNY{}, &Error{Action: request.GetActionName(), Message: "the account is kept in " + currency + ", not in CNY", class: refused}
	}
	// The vendor writes a comma at the thousands, and may write parts of a fen: they are left off, so that it is never more.
	exact, err := decimal.NewFromString(strings.ReplaceAll(response.Data.AvailableAmount, ",", ""))
	if err != nil {
		return money.CNY{}, &Error{Action: request.GetActionName(), Message: fmt.Sprintf("the balance %q cannot be read", response.Data.AvailableAmount)}
	}
	return money.Parse(exact.RoundFloor(2).StringFixed(2))
}

// ListPrice is what the vendor publishes for one month of a whole deployment: every server with its disks and the database, by
// the hour, rounded once to the fen. Addresses and traffic are not in it.
func (c *Cloud) ListPrice(ctx context.Context, plan hosting.Plan) (money.CNY, error) {
	plan = plan.Placed()
	s := site{c, plan.Region}
	server, err := s.hourlyServer(ctx, plan.ServerType, plan.ServerDiskGB)
	if err != nil {
		return money.CNY{}, err
	}
	database, err := s.hourlyDatabase(ctx, ours(), plan.DatabaseClass, plan.DatabaseGB)
	if err != nil {
		return money.CNY{}, err
	}
	hour := server.list.Mul(decimal.NewFromInt(int64(max(plan.Nodes, 1)))).Add(database.list)
	month, _, err := toFen([]decimal.Decimal{hour.Mul(decimal.NewFromInt(monthHours))})
	return month, err
}

// Affords refuses, for a person to top the account up, while the balance is below the list price of the plan's first month.
func (c *Cloud) Affords(ctx context.Context, plan hosting.Plan) error {
	month, err := c.ListPrice(ctx, plan)
	if err != nil {
		return err
	}
	return c.covers(ctx, "Affords", month)
}

// covers refuses while the balance is below an amount.
func (c *Cloud) covers(ctx context.Context, action string, amount money.CNY) error {
	balance, err := c.Balance(ctx)
	if err != nil || !balance.Less(amount) {
		return err
	}
	return &Error{Action: action, Message: "the account has " + balance.String() + " CNY, " + amount.String() + " CNY are needed", class: noMoney}
}
