package operator

import (
	"context"
	"net/http"
	"sync"

	"lvyue/internal/hosting"
	"lvyue/internal/suite"
)

// Describe asks what a contract's system is.
func (c Client) Describe(ctx context.Context, host, contract string) (suite.Description, error) {
	var described suite.Description
	err := c.exchange(ctx, request{method: http.MethodGet, host: host, contract: contract, path: suite.Describe}, nil, &described)
	return described, err
}

// Counts asks for what two systems with the same data agree on.
func (c Client) Counts(ctx context.Context, host, contract string) (suite.Counts, error) {
	var counts suite.Counts
	err := c.exchange(ctx, request{method: http.MethodGet, host: host, contract: contract, path: suite.Count}, nil, &counts)
	return counts, err
}

// Freeze lets the system take no changes, or take them again. It may be repeated.
func (c Client) Freeze(ctx context.Context, host, contract string, frozen bool) error {
	var is suite.Frozen
	r := request{method: http.MethodPut, host: host, contract: contract, path: suite.Freeze}
	if err := c.exchange(ctx, r, suite.Frozen{Frozen: frozen}, &is); err != nil {
		return err
	}
	if is.Frozen != frozen {
		return r.unreadable("it did not do as it was told")
	}
	return nil
}

// TestMessage sends one test message through an interface of §3.3. A repeated one is sent again. An interface that does not
// work is an Error with Status 409.
func (c Client) TestMessage(ctx context.Context, host, contract string, m suite.Message) (suite.Sent, error) {
	var sent suite.Sent
	err := c.exchange(ctx, request{method: http.MethodPost, host: host, contract: contract, path: suite.Test}, m, &sent)
	return sent, err
}

// Healthy asks each product whether it works and gives the codes of those that did not answer 200, in the order of the
// products. The error is of the context alone.
func (c Client) Healthy(ctx context.Context, host string, products []hosting.Product) (silent []string, err error) {
	works := make([]bool, len(products))
	var all sync.WaitGroup
	for i, p := range products {
		all.Go(func() { works[i] = c.works(ctx, host, p) })
	}
	all.Wait()
	for i, p := range products {
		if !works[i] {
			silent = append(silent, p.Code)
		}
	}
	return silent, ctx.Err()
}

func (c Client) works(ctx context.Context, host string, p hosting.Product) bool {
	answer, err := c.ask(ctx, request{method: http.MethodGet, host: host, path: p.Health, public: true})
	if err != nil {
		return false
	}
	return answer.Body.Close() == nil && answer.StatusCode == http.StatusOK
}
