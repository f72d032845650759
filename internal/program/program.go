// Package program is what the programs that serve have in common: how they begin, what they say when they cannot go on, and how
// they tell that they serve.
package program

import (
	"context"
	"encoding/json"
	"fmt"
	"os"
	"os/signal"
	"syscall"

	"go.temporal.io/sdk/contrib/envconfig"

	"lvyue/internal/config"
	"lvyue/internal/failure"
)

// Main serves with the settings of the environment until the process is interrupted or told to end. What goes wrong is said in the
// operator's language, and the exit status is 1.
func Main(serve func(context.Context, config.Config) error) {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	err := run(ctx, serve)
	stop()
	if err != nil {
		fmt.Fprintln(os.Stderr, "error: "+failure.Sentence(err, config.Language(envconfig.EnvLookupOS)))
		os.Exit(1)
	}
}

func run(ctx context.Context, serve func(context.Context, config.Config) error) error {
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

// TellReady writes a document into the file at path (LVYUE_READY_FILE) as long as ctx lasts: the program of that name serves.
// Whoever reads the file finds it whole or not at all. Without a path nothing is written.
func TellReady(ctx context.Context, name, path string, document any) error {
	if path == "" {
		<-ctx.Done()
		return nil
	}
	content, err := json.Marshal(document)
	if err != nil {
		return fmt.Errorf("write %s: %w", path, err)
	}
	part := path + ".part"
	const private = 0o600
	if err := os.WriteFile(part, content, private); err != nil {
		return fmt.Errorf("tell that the %s is ready: %w", name, err)
	}
	if err := os.Rename(part, path); err != nil {
		return fmt.Errorf("tell that the %s is ready: %w", name, err)
	}
	<-ctx.Done()
	return os.Remove(path) //nolint:wrapcheck // it names the file
}
