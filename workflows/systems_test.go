package workflows_test

import (
	"context"
	"io"
	"net/http"
	"net/url"

	"lvyue/internal/hosting"
	"lvyue/internal/operator"
	"lvyue/internal/suite"
)

// providers is the secret from which the tokens of all systems follow.
const providers = "the provider's secret"

// systems are the running systems of a story, behind the vendor's simulator. Spoil, if there is one, stands between the engine
// and the files that a system gives. Holds, if there is one, keeps a system from counting until it returns; taken,
// one from giving its database.
type systems struct {
	operator.Client

	holds func()
	taken func(host string)
	spoil func(host string, body io.ReadCloser) io.ReadCloser
}

func systemsBehind(proxy string) systems {
	through := func(*http.Request) (*url.URL, error) { return url.Parse(proxy) }
	return systems{Client: operator.Client{Scheme: "http", Secret: providers, Transport: &http.Transport{Proxy: through}}}
}

func (s systems) Files(ctx context.Context, host, contract string, from suite.Mark) (suite.Stream, error) {
	stream, err := s.Client.Files(ctx, host, contract, from)
	if err == nil && s.spoil != nil {
		stream.ReadCloser = s.spoil(host, stream.ReadCloser)
	}
	return stream, err
}

func (s systems) Database(ctx context.Context, host, contract string, from suite.Mark) (suite.Stream, error) {
	if s.taken != nil {
		s.taken(host)
	}
	return s.Client.Database(ctx, host, contract, from)
}

func (s systems) Counts(ctx context.Context, host, contract string) (suite.Counts, error) {
	if s.holds != nil {
		s.holds()
	}
	return s.Client.Counts(ctx, host, contract)
}

// answering are the systems as a deployment asks them.
type answering struct{ systems systems }

func (a answering) Describe(ctx context.Context, contract, host string) (suite.Description, error) {
	return a.systems.Describe(ctx, host, contract)
}

func (a answering) TestMessage(ctx context.Context, contract, host string, m suite.Message) (suite.Sent, error) {
	return a.systems.TestMessage(ctx, host, contract, m)
}

// Measure finds every system large enough.
func (answering) Measure(_ context.Context, plan hosting.Plan, _ string) (hosting.Acceptance, error) {
	return hosting.Acceptance{Users: plan.Users, Carried: plan.Users, Passed: true, Result: []byte(`{}`)}, nil
}
