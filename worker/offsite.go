package main

import (
	"context"
	"log/slog"

	"lvyue/activities"
	"lvyue/internal/config"
	"lvyue/internal/offsite"
	"lvyue/internal/postgres"
	"lvyue/internal/systems"
)

// openOffsite reaches the stores of the copies outside the cloud (§3.9). Without them no worker serves real contracts.
func openOffsite(
	ctx context.Context, settings config.Config, way systems.Way, store *postgres.Store, log *slog.Logger,
) (*activities.Offsite, func() error, error) {
	if err := settings.Backup.Check(settings.Vendors.Cloud); err != nil {
		return nil, nil, err
	}
	vault, err := offsite.Open(ctx, offsite.Options{
		Copies: settings.Backup.CopiesURL.Reveal(), Keys: settings.Backup.KeysURL.Reveal(), Engine: store.Schema(),
	}, way.Client())
	if err != nil {
		return nil, nil, err
	}
	return &activities.Offsite{Vault: vault, Store: store, Drills: drills(settings, way), Log: log}, vault.Close, nil
}

// drills are the systems into which copies are restored for proof; nil if there are none.
func drills(settings config.Config, way systems.Way) activities.DrillSystems {
	switch {
	case settings.Backup.DrillHost != "":
		return oneSystem(settings.Backup.DrillHost)
	case settings.Vendors.Cloud == config.AliyunSim:
		return freshSystems{way.Secret}
	default:
		return nil
	}
}
