// Package operator asks a running system of the provider's products (§3.1) by the paths of package suite: what it is, its
// data, a test message, whether its products answer. It asks once and decides nothing; it keeps no copy.
package operator

import (
	"bytes"
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"time"

	"lvyue/internal/suite"
)

// Client reaches systems by HTTP. A system is named by its host ("oa.example.com", "203.0.113.7", with a port if it is not
// the usual one) and by its contract, from which its token follows. It may be used by many at the same time.
type Client struct {
	// Transport is the way to the hosts; nil is Go's own.
	Transport http.RoundTripper
	// Scheme is "https", also when empty, or "http" for simulated systems.
	Scheme string
	// Secret is the provider's, from which the tokens follow (suite.Token).
	Secret string
	// Patience is how long a system may be silent: until it answers, and while data is on its way. 0 is 30 seconds.
	Patience time.Duration
}

const (
	usualPatience = 30 * time.Second
	// mostOfAnswer bounds an answer that is no data, in bytes.
	mostOfAnswer = 4 << 20
)

func (c Client) patience() time.Duration { return cmp.Or(c.Patience, usualPatience) }

// request is one request to one system.
type request struct {
	method, host, path string
	// contract gives the token, which a public page is asked without.
	contract string
	public   bool
	header   http.Header
	// body is sent; size is its length in bytes.
	body io.Reader
	size int64
}

// ask sends a request and gives an answer of 2xx, whose body the caller closes. The whole ends when the system has been
// silent too long.
func (c Client) ask(ctx context.Context, r request) (*http.Response, error) {
	ctx, quiet := listen(ctx, c.patience())
	out, err := c.prepare(ctx, r, quiet)
	if err != nil {
		quiet.end()
		return nil, err
	}
	answer, err := c.client().Do(out)
	if err != nil {
		quiet.end()
		return nil, r.unanswered(ctx, err)
	}
	quiet.timer.Stop()
	answer.Body = &incoming{answer.Body, quiet, func(err error) error { return r.unanswered(ctx, err) }}
	if answer.StatusCode < 200 || answer.StatusCode > 299 {
		defer answer.Body.Close()
		return nil, c.refusal(r, answer)
	}
	return answer, nil
}

// client follows no redirection: a token is for one host alone.
func (c Client) client() *http.Client {
	return &http.Client{
		Transport:     c.Transport,
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
	}
}

func (c Client) prepare(ctx context.Context, r request, quiet *quiet) (*http.Request, error) {
	if at, err := url.Parse("//" + r.host); err != nil || r.host == "" || at.Host != r.host {
		return nil, r.impossible("this is no host")
	}
	var body io.Reader
	if r.body != nil {
		body = &outgoing{r.body, quiet}
	}
	out, err := http.NewRequestWithContext(ctx, r.method, cmp.Or(c.Scheme, "https")+"://"+r.host+r.path, body)
	if err != nil {
		return nil, r.impossible("there is no such request")
	}
	if r.header != nil {
		out.Header = r.header
	}
	out.ContentLength = r.size
	if r.public {
		return out, nil
	}
	if c.Secret == "" || r.contract == "" {
		return nil, r.impossible("the provider's secret or the contract's number is missing")
	}
	out.Header.Set("Authorization", "Bearer "+suite.Token(c.Secret, r.contract, "operator"))
	return out, nil
}

// exchange sends an object as JSON, or nothing if it is nil, and reads the answer into the other.
func (c Client) exchange(ctx context.Context, r request, sent, got any) error {
	if sent != nil {
		text, err := json.Marshal(sent)
		if err != nil {
			return fmt.Errorf("ask %s: %w", r.host, err)
		}
		r.body, r.size = bytes.NewReader(text), int64(len(text))
		r.header = http.Header{"Content-Type": {"application/json"}}
	}
	answer, err := c.ask(ctx, r)
	if err != nil {
		return err
	}
	defer answer.Body.Close()
	text, err := io.ReadAll(io.LimitReader(answer.Body, mostOfAnswer+1))
	switch {
	case err != nil:
		return fmt.Errorf("read the answer: %w", err)
	case len(text) > mostOfAnswer:
		return r.unreadable("the answer is too long")
	case json.Unmarshal(text, got) != nil:
		return r.unreadable("the answer is not what was expected")
	}
	return nil
}
