// Worker serves contracts: it performs their workflows, reaches the vendors for them, and relays what people
// did while no worker was there.
package main

import (
	"context"
	"fmt"
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
	return serve(ctx, settings)
}
