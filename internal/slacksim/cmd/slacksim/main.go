// Slacksim serves one simulated Slack workspace until it is stopped, so that the app can be used in a browser, and be
// tried by other programs, without Slack.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"os/signal"
	"syscall"

	"lvyue/internal/slacksim"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	err := run(ctx, os.Args[1:], os.Stdout)
	stop()
	if err != nil && !errors.Is(err, flag.ErrHelp) {
		fmt.Fprintln(os.Stderr, "error: "+err.Error())
		os.Exit(1)
	}
}

// settings are what the command line says.
type settings struct {
	options          slacksim.Options
	state, log, team string
}

// run serves until ctx ends. It prints the address as soon as it can be called.
func run(ctx context.Context, args []string, out io.Writer) error {
	set, err := read(args)
	if err != nil {
		return err
	}
	if err := set.people(); err != nil {
		return err
	}
	if set.log == "" {
		return set.serve(ctx, out)
	}
	log, err := os.OpenFile(set.log, os.O_APPEND|os.O_CREATE|os.O_WRONLY, 0o600)
	if err != nil {
		return fmt.Errorf("open the log: %w", err)
	}
	set.options.Log = log
	return errors.Join(set.serve(ctx, out), log.Close())
}

func (set *settings) serve(ctx context.Context, out io.Writer) error {
	kept, err := credentials(set.state)
	if err != nil {
		return err
	}
	set.options.BotToken, set.options.AppToken, set.options.SigningSecret = kept.BotToken, kept.AppToken, kept.SigningSecret
	server, err := slacksim.Start(set.options) //nolint:contextcheck // it serves until it is closed
	if err != nil {
		return err
	}
	kept.APIURL = server.APIURL()
	err = kept.write(set.state)
	if err == nil {
		_, err = fmt.Fprintln(out, server.URL())
	}
	if err == nil {
		<-ctx.Done()
	}
	return errors.Join(err, server.Close())
}

// read takes the settings from the command line.
func read(args []string) (settings, error) {
	var set settings
	flags := flag.NewFlagSet("slacksim", flag.ContinueOnError)
	flags.StringVar(&set.options.Listen, "listen", "127.0.0.1:8700", "`address` to serve on")
	flags.StringVar(&set.options.RequestURL, "request-url", "", "`address` where the app takes Slack's requests over HTTP; none: Socket Mode")
	flags.StringVar(&set.state, "state", "", "`file` of JSON with the tokens and the signing secret, made if it is not there; none: the simulator's usual ones")
	flags.StringVar(&set.team, "users", "", "`file` of JSON with the users and channels; none: a small team")
	flags.StringVar(&set.log, "log", "", "`file` to which every call is added as a line of JSON; none: no log")
	switch err := flags.Parse(args); {
	case err != nil:
		return set, fmt.Errorf("read the command line: %w", err)
	case flags.NArg() > 0:
		return set, fmt.Errorf("read the command line: %q is too much", flags.Arg(0))
	}
	return set, nil
}
