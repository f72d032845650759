package main

import (
	"context"

	"lvyue/activities"
	"lvyue/internal/config"
	"lvyue/internal/offsite"
	"lvyue/internal/systems"
)

// openMigration reaches the systems between which data moves (§3.7, §3.8), and the store of packages. Without a store a
// migration off waits for one.
func openMigration(ctx context.Context, settings config.Config, way systems.Way, schema string) (*activities.Migration, func() error, error) {
	moves := &activities.Migration{Systems: way.Client()}
	if settings.ExportURL == "" {
		return moves, func() error { return nil }, nil
	}
	store, err := offsite.OpenPackages(ctx, settings.ExportURL.Reveal(), schema, way.Client())
	if err != nil {
		return nil, nil, err
	}
	moves.Exports = store
	return moves, store.Close, nil
}
