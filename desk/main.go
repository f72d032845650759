// Desk calls people when a fault comes, and takes in what they do in Slack and by links (§4). It needs no worker: what is done
// while none serves is stored with its moment. Any number of desks may run beside each other, on one database.
package main

import (
	"context"
	"fmt"
	"log/slog"
	"os"
	"os/signal"
	"syscall"

	"go.temporal.io/sdk/contrib/envconfig"

	"lvyue/internal/config"
	"lvyue/internal/failure"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	err := run(ctx)
	stop()
	if err != nil {
		fmt.Fprintln(os.Stderr, "error: "+failure.Sentence(err, config.Language(envconfig.EnvLookupOS)))
		os.Exit(1)
	}
}

// run serves until ctx ends.
func run(ctx context.Context) error {
	dir, err := os.Getwd()
	if err != nil {
		return fmt.Errorf("find the working directory: %w", err)
	}
	settings, err := config.Load(config.Flags{}, envconfig.EnvLookupOS, dir)
	if err != nil {
		return err
	}
	return serve(ctx, settings, slog.New(slog.NewJSONHandler(os.Stderr, nil)))
}
