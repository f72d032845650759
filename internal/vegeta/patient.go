package vegeta

import (
	"context"
	"io"
	"net/http"
	"time"
)

// patient gives up a request after its time, and all of them when the measurement ends.
type patient struct {
	measurement context.Context //nolint:containedctx // the load tester makes requests without one
	transport   http.RoundTripper
	most        time.Duration
}

// RoundTrip sends the request; its time goes on until the body is closed.
func (p patient) RoundTrip(r *http.Request) (*http.Response, error) {
	ctx, end := context.WithTimeout(p.measurement, p.most)
	answer, err := p.transport.RoundTrip(r.WithContext(ctx))
	if err != nil {
		end()
		return nil, err //nolint:wrapcheck // http.Client says what was asked
	}
	answer.Body = body{answer.Body, end}
	return answer, nil
}

// body ends its request's time when it is closed.
type body struct {
	io.ReadCloser
	end context.CancelFunc
}

func (b body) Close() error {
	defer b.end()
	return b.ReadCloser.Close() //nolint:wrapcheck // it is the body's own
}
