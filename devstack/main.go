// Devstack runs what Lvyue stands on, Temporal with its Web UI and PostgreSQL, on one machine without any
// set-up: in the foreground (serve), in the background with a worker (up, down), or to show a contract's
// whole life (demo).
package main

import (
	"context"
	"os"
	"os/signal"
	"syscall"

	"lvyue/devstack/command"
)

func main() { os.Exit(run()) }

func run() int {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	// A second Ctrl-C ends a program that does not stop by itself.
	context.AfterFunc(ctx, stop)
	return command.Run(ctx, command.Console{Out: os.Stdout, Err: os.Stderr, Lang: command.Language()}, os.Args[1:])
}
