package offsite_test

import (
	"context"
	"io"

	"lvyue/internal/operator"
	"lvyue/internal/suite"
)

const secret = "the provider's"

// client asks systems over HTTP. Spoil, if there is one, stands between it and the files that a system gives.
type client struct {
	operator.Client

	spoil func(from suite.Mark, body io.ReadCloser) io.ReadCloser
}

// asking is a client without a fault.
func asking() client { return client{Client: operator.Client{Scheme: "http", Secret: secret}} }

// Files are spoilt on the way.
func (c client) Files(ctx context.Context, host, contract string, from suite.Mark) (suite.Stream, error) {
	s, err := c.Client.Files(ctx, host, contract, from)
	if err == nil && c.spoil != nil {
		s.ReadCloser = c.spoil(from, s.ReadCloser)
	}
	return s, err
}
