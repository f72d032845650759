// Aliyunsim serves one simulated Aliyun account until it is stopped, so that a worker, or the vendor's own command
// line, can be tried without money. It accepts only the key of LVYUE_ALIYUN_ACCESS_KEY_ID and
// LVYUE_ALIYUN_ACCESS_KEY_SECRET, the variables that a worker reads, too.
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

	"lvyue/internal/aliyunsim"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	err := run(ctx, os.Args[1:], os.Getenv, os.Stdout)
	stop()
	if err != nil && !errors.Is(err, flag.ErrHelp) {
		fmt.Fprintln(os.Stderr, "error: "+err.Error())
		os.Exit(1)
	}
}

// run serves until ctx ends. It prints the address as soon as it can be called.
func run(ctx context.Context, args []string, getenv func(string) string, out io.Writer) error {
	options, logFile, err := read(args, getenv)
	if err != nil {
		return err
	}
	if logFile == "" {
		return serve(ctx, options, out)
	}
	log, err := os.OpenFile(logFile, os.O_APPEND|os.O_CREATE|os.O_WRONLY, 0o600) //nolint:gosec // the operator names the file
	if err != nil {
		return fmt.Errorf("open the log: %w", err)
	}
	options.Log = log
	return errors.Join(serve(ctx, options, out), log.Close())
}

func serve(ctx context.Context, options aliyunsim.Options, out io.Writer) error {
	server, err := aliyunsim.Start(options) //nolint:contextcheck // it serves until it is closed
	if err != nil {
		return err
	}
	_, err = fmt.Fprintln(out, server.URL())
	if err == nil {
		<-ctx.Done()
	}
	return errors.Join(err, server.Close())
}

var errNoKey = errors.New("LVYUE_ALIYUN_ACCESS_KEY_ID and LVYUE_ALIYUN_ACCESS_KEY_SECRET must be set")

// read takes the options from the command line, and the key, which others could read there, from the environment.
func read(args []string, getenv func(string) string) (aliyunsim.Options, string, error) {
	options := aliyunsim.Options{
		AccessKeyID: getenv("LVYUE_ALIYUN_ACCESS_KEY_ID"), AccessKeySecret: getenv("LVYUE_ALIYUN_ACCESS_KEY_SECRET"),
	}
	flags := flag.NewFlagSet("aliyunsim", flag.ContinueOnError)
	flags.StringVar(&options.Listen, "listen", "127.0.0.1:8600", "`address` to serve on")
	flags.StringVar(&options.StateFile, "state", "", "`file` that keeps the account over restarts; none: it is forgotten")
	flags.DurationVar(&options.DeployTakes, "deploy-takes", 0, "`time` from a database's order until it runs")
	flags.DurationVar(&options.CommandTakes, "command-takes", 0, "`time` until the result of a command on a server is known")
	flags.DurationVar(&options.Lag, "lag", 0, "`time` that what was just made stays out of all lists")
	logFile := flags.String("log", "", "`file` to which every request is added as a line of JSON; none: no log")
	err := flags.Parse(args)
	switch {
	case err != nil:
		return options, "", fmt.Errorf("read the command line: %w", err)
	case flags.NArg() > 0:
		return options, "", fmt.Errorf("read the command line: %q is too much", flags.Arg(0))
	case options.AccessKeyID == "" || options.AccessKeySecret == "":
		return options, "", errNoKey
	}
	return options, *logFile, nil
}
