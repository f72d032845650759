// Starter is the command line of Lvyue.
package main

import (
	"context"
	"os"
	"os/signal"
	"syscall"

	"lvyue/internal/cli"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	status := cli.Run(ctx, os.Args[1:], cli.Process())
	stop()
	os.Exit(status)
}
