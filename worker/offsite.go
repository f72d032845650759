package main

import (
	"context"
	"log/slog"
	"net"
	"net/http"
	"net/url"

	"lvyue/activities"
	"lvyue/internal/config"
	"lvyue/internal/offsite"
	"lvyue/internal/operator"
	"lvyue/internal/postgres"
)

// openOffsite reaches the stores of the copies outside the cloud (§3.9). Without them no worker serves real contracts.
func openOffsite(
	ctx context.Context, settings config.Config, store *postgres.Store, log *slog.Logger,
) (*activities.Offsite, func() error, error) {
	if err := settings.Backup.Check(settings.Vendors.Cloud); err != nil {
		return nil, nil, err
	}
	vault, err := offsite.Open(ctx, offsite.Options{
		Copies: settings.Backup.CopiesURL.Reveal(), Keys: settings.Backup.KeysURL.Reveal(), Engine: store.Schema(),
	}, systems(settings.Vendors))
	if err != nil {
		return nil, nil, err
	}
	return &activities.Offsite{Vault: vault, Store: store, Drills: drills(settings), Log: log}, vault.Close, nil
}

// systems are the customers' running systems. Those of the simulator are reached through it.
func systems(vendors config.Vendors) operator.Client {
	c := operator.Client{Secret: suiteSecret(vendors)}
	if vendors.Cloud == config.AliyunSim {
		c.Scheme = "http"
		c.Transport = &http.Transport{Proxy: func(r *http.Request) (*url.URL, error) {
			if ip := net.ParseIP(r.URL.Hostname()); ip != nil && ip.IsLoopback() {
				return nil, nil //nolint:nilnil // the net/http way to say: directly
			}
			return url.Parse(vendors.SimulatorURL)
		}}
	}
	return c
}

// suiteSecret is what the tokens of all systems follow from; those of the simulator need no real one.
func suiteSecret(vendors config.Vendors) string {
	if vendors.SystemSecret == "" && vendors.Cloud == config.AliyunSim {
		return simulatorKey
	}
	return vendors.SystemSecret.Reveal()
}

// drills are the systems into which copies are restored for proof; nil if there are none.
func drills(settings config.Config) activities.DrillSystems {
	switch {
	case settings.Backup.DrillHost != "":
		return oneSystem(settings.Backup.DrillHost)
	case settings.Vendors.Cloud == config.AliyunSim:
		return freshSystems{suiteSecret(settings.Vendors)}
	default:
		return nil
	}
}
