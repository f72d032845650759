package main

import (
	"context"

	"lvyue/activities"
	"lvyue/internal/config"
	"lvyue/internal/offsite"
)

// openMigration reaches the systems between which data moves (§3.7, §3.8), and the store of packages. Without a store a
// migration off waits for one.
func openMigration(ctx context.Context, settings config.Config, schema string) (*activities.Migration, func() error, error) {
	moves := &activities.Migration{Systems: systems(settings.Vendors)}
	if settings.ExportURL == "" {
		return moves, nothing, nil
	}
	store, err := offsite.OpenPackages(ctx, settings.ExportURL.Reveal(), schema, systems(settings.Vendors))
	if err != nil {
		return nil, nil, err
	}
	moves.Exports = store
	return moves, store.Close, nil
}
