package workflows_test

import (
	"context"
	"io"
	"testing"

	"lvyue/internal/operator"
	"lvyue/internal/suite"
	"lvyue/internal/systems"
)

// wires lead to the running systems of a story, behind the vendor's simulator. Spoil, if there is one, stands between the engine
// and the files that a system gives. Holds, if there is one, keeps a system from counting until it returns; taken,
// one from giving its database.
type wires struct {
	operator.Client

	holds func()
	taken func(host string)
	spoil func(host string, body io.ReadCloser) io.ReadCloser
}

func wiresBehind(t *testing.T, proxy string) wires {
	t.Helper()
	way, err := systems.Simulated(proxy, systemSecret, measureFor)
	must(t, err)
	return wires{Client: way.Client()}
}

func (s wires) Files(ctx context.Context, host, contract string, from suite.Mark) (suite.Stream, error) {
	stream, err := s.Client.Files(ctx, host, contract, from)
	if err == nil && s.spoil != nil {
		stream.ReadCloser = s.spoil(host, stream.ReadCloser)
	}
	return stream, err
}

func (s wires) Database(ctx context.Context, host, contract string, from suite.Mark) (suite.Stream, error) {
	if s.taken != nil {
		s.taken(host)
	}
	return s.Client.Database(ctx, host, contract, from)
}

func (s wires) Counts(ctx context.Context, host, contract string) (suite.Counts, error) {
	if s.holds != nil {
		s.holds()
	}
	return s.Client.Counts(ctx, host, contract)
}
