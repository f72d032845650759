package test

import (
	"testing"
	"time"

	"lvyue/activities"
	"lvyue/internal/aliyun"
	"lvyue/internal/aliyunsim"
	"lvyue/internal/offsite"
	"lvyue/internal/postgres"
	"lvyue/internal/systems"
)

// hands are what a worker in this process does in a simulated account with that key, and outside it.
func hands(tb testing.TB, vendor *aliyunsim.Server, id, secret string, store *postgres.Store, now func() time.Time) (*activities.Hosting, *activities.Offsite) {
	tb.Helper()
	cloud, err := aliyun.New(aliyun.Config{AccessKeyID: id, AccessKeySecret: secret, Endpoint: vendor.URL(), Secret: secret, Clock: now})
	if err != nil {
		tb.Fatal(err)
	}
	way, err := systems.Simulated(vendor.URL(), secret, 100*time.Millisecond)
	if err != nil {
		tb.Fatal(err)
	}
	vault, err := offsite.Open(tb.Context(), offsite.Options{Copies: "mem://", Keys: "mem://", Engine: store.Schema(), Now: now}, way.Client())
	if err != nil {
		tb.Fatal(err)
	}
	tb.Cleanup(func() { _ = vault.Close() })
	return way.Hosting(cloud, store), &activities.Offsite{Vault: vault, Store: store}
}
