package aliyun

import (
	"net/http"
	"sync"
	"testing"
	"time"

	"lvyue/internal/aliyunsim"
	"lvyue/internal/hosting"
)

const (
	testKey    = "LTAItestkey"
	testSecret = "test-secret-0123456789"
	testDomain = "example.com"
	// systemSecret is what the tokens of systems follow from.
	systemSecret = "system-secret-9876543210"
)

// bench is a simulated account with a clock that stands still, and the real client in front of it.
type bench struct {
	*Cloud
	sim  *aliyunsim.Server
	plan hosting.Plan

	mu  sync.Mutex
	now time.Time
}

func setup(t *testing.T, deployTakes time.Duration) *bench {
	t.Helper()
	return setupWith(t, aliyunsim.Options{DeployTakes: deployTakes})
}

func setupWith(t *testing.T, options aliyunsim.Options) *bench {
	t.Helper()
	b := &bench{now: time.Date(2025, 10, 9, 15, 0, 0, 0, time.UTC), plan: planOf("HT-2025-001")}
	options.Clock, options.AccessKeyID, options.AccessKeySecret = b.clock, testKey, testSecret
	sim, err := aliyunsim.Start(options)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := sim.Close(); err != nil {
			t.Error(err)
		}
	})
	b.sim, b.Cloud = sim, cloudAt(t, sim.URL(), nil)
	b.config.Clock = b.clock
	return b
}

func cloudAt(t *testing.T, endpoint string, transport http.RoundTripper) *Cloud {
	t.Helper()
	c, err := New(Config{
		AccessKeyID: testKey, AccessKeySecret: testSecret, Endpoint: endpoint, Transport: transport,
		Secret: systemSecret, Domain: testDomain,
	})
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func planOf(contract string) hosting.Plan {
	return hosting.Plan{Contract: contract, Shape: hosting.Shape{
		ServerType: "ecs.g7.large", ServerDiskGB: 500, DatabaseClass: "mysql.x4.medium.2c", DatabaseGB: 200,
	}}
}

func (b *bench) clock() time.Time {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.now
}

func (b *bench) advance(d time.Duration) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.now = b.now.Add(d)
}

func (b *bench) ensure(t *testing.T) []hosting.Resource {
	t.Helper()
	pieces, err := b.Ensure(t.Context(), b.plan)
	if err != nil {
		t.Fatal(err)
	}
	return pieces
}

// destroy looks as long as there is something new to keep in mind, as the workflow does.
func (b *bench) destroy(t *testing.T, known []hosting.Resource) []hosting.Resource {
	t.Helper()
	for {
		left, err := b.Destroy(t.Context(), b.plan.Contract, b.plan.Region, known)
		if err != nil {
			t.Fatal(err)
		}
		if standing(known).haveAll(left) {
			return left
		}
		known = hosting.Both(known, left)
	}
}

// destroyAll looks a few times more, for what must be taken off before it goes.
func (b *bench) destroyAll(t *testing.T, known []hosting.Resource) []hosting.Resource {
	t.Helper()
	left := b.destroy(t, known)
	for looks := 0; len(left) > 0 && looks < 5; looks++ {
		known = hosting.Both(known, left)
		left = b.destroy(t, known)
	}
	return left
}
