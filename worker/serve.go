package main

import (
	"context"
	"errors"
	"fmt"
	"os"

	"go.temporal.io/sdk/client"
	"golang.org/x/sync/errgroup"

	"lvyue/activities"
	"lvyue/internal/config"
	"lvyue/internal/desk"
	"lvyue/internal/engine"
	"lvyue/internal/intake"
	"lvyue/internal/postgres"
	"lvyue/workflows"
)

// serve connects everything and performs contracts until ctx ends or the worker cannot go on.
func serve(ctx context.Context, settings config.Config) error {
	queue := engine.Queue(settings)
	vendor, err := openCloud(settings, queue) //nolint:contextcheck // the simulator lives until it is closed
	if err != nil {
		return err
	}
	store, err := postgres.OpenReady(ctx, settings.DatabaseURL.Reveal(), settings.Schema)
	if err != nil {
		return errors.Join(err, vendor.close())
	}
	logger := engine.Logger(os.Stderr)
	outside, closeOutside, err := openOffsite(ctx, settings, vendor.way, store, logger)
	if err != nil {
		store.Close()
		return errors.Join(err, vendor.close())
	}
	moves, closeMoves, err := openMigration(ctx, settings, vendor.way, store.Schema())
	if err != nil {
		store.Close()
		return errors.Join(err, closeOutside(), vendor.close())
	}
	outside.Packages = moves.Exports
	c, err := engine.Dial(ctx, settings, logger)
	if err != nil {
		store.Close()
		return errors.Join(err, closeMoves(), closeOutside(), vendor.close())
	}
	world := activities.World{
		Evidence: &activities.Evidence{Store: store},
		Inbox:    &activities.Inbox{Store: store},
		Calendar: &activities.Calendar{Store: store, Log: logger},
		Hosting:  vendor.way.Hosting(vendor.cloud, store),
		Books:    &activities.Books{Store: store, Log: logger},
		Drift:    &activities.Drift{Cloud: vendor.cloud, Store: store, Log: logger},
		Warning:  &activities.Warning{Cloud: vendor.cloud, Prices: vendor.cloud, Store: store, Log: logger},
		Offsite:  outside,
		Engine:   &activities.Engine{Client: c},

		Desk:      &activities.Desk{Rota: desk.Rota{Store: store}},
		Migration: moves,
	}
	door := intake.Intake{Store: store, Client: c, TaskQueue: queue, Log: logger}
	err = perform(ctx, settings, c, world, door)
	c.Close()
	store.Close()
	return errors.Join(err, closeMoves(), closeOutside(), vendor.close())
}

// perform runs the worker and the relay, and says when it serves. A rehearsal relays its acts itself.
func perform(ctx context.Context, settings config.Config, c client.Client, world activities.World, door intake.Intake) error {
	if err := engine.Prepare(ctx, c, settings.Temporal.Namespace, door.TaskQueue); err != nil {
		return err
	}
	fatal := make(chan error, 1)
	w := engine.NewWorker(c, door.TaskQueue, func(err error) { fatal <- err })
	workflows.Register(w)
	world.Register(w)
	if err := w.Start(); err != nil {
		return fmt.Errorf("start the worker: %w", err)
	}
	defer w.Stop()
	group, ctx := errgroup.WithContext(ctx)
	if !engine.Rehearsing(door.TaskQueue) {
		group.Go(func() error { return door.Relay(ctx) })
	}
	group.Go(func() error { return tellReady(ctx, settings.ReadyFile, c, door.TaskQueue) })
	group.Go(func() error {
		select {
		case err := <-fatal:
			return fmt.Errorf("the worker cannot go on: %w", err)
		case <-ctx.Done():
			return nil
		}
	})
	return group.Wait() //nolint:wrapcheck // each part wraps its own
}
