//go:build unix

// Package command is the devstack program's commands as functions: serve, up, down and demo.
package command

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"strings"

	"lvyue/internal/refusal"
)

// Exit statuses, the same as the product's command line has.
const (
	ok = iota
	failed
	misused
)

// Interrupted is the status of a demo that was ended before its play was over, as shells report Ctrl-C.
const interrupted = 130

// Console is where a command speaks, and in which language: "zh" or "en".
type Console struct {
	Out, Err io.Writer
	Lang     string
}

// Language is the one that the environment asks for: "zh", or "en" for everything else.
func Language() string {
	for _, name := range []string{"LC_ALL", "LC_MESSAGES", "LANG"} {
		if value := os.Getenv(name); value != "" {
			if strings.HasPrefix(value, "zh") {
				return "zh"
			}
			return "en"
		}
	}
	return "en"
}

// say prints one sentence in the console's language.
func (c Console) say(t refusal.Text, args ...any) {
	fmt.Fprintf(c.Out, t.In(c.Lang)+"\n", args...)
}

// Run performs one command line and returns the exit status: 0 on success, 2 on bad usage or a machine that
// lacks something, 1 on any other failure.
func Run(ctx context.Context, c Console, args []string) int {
	commands := map[string]func(context.Context, Console, []string) error{
		"serve": serve, "up": up, "down": down, "demo": demo,
	}
	if len(args) == 0 {
		return c.fail(usage())
	}
	command, known := commands[args[0]]
	if !known {
		return c.fail(usage())
	}
	return c.fail(command(ctx, c, args[1:]))
}

func usage() error {
	return refusal.BadInput("usage",
		"用法：devstack serve|up|down|demo [--dir 目录]；加 --help 看每个命令的选项。",
		"usage: devstack serve|up|down|demo [--dir FOLDER]; --help tells each command's options.")
}

// fail says what went wrong, if anything, and gives the exit status.
func (c Console) fail(err error) int {
	var status statusError
	switch r, refused := refusal.As(err); {
	case err == nil || errors.Is(err, flag.ErrHelp):
		return ok
	case errors.As(err, &status):
		return int(status)
	case refused:
		fmt.Fprintln(c.Err, "error:", r.Sentence(c.Lang))
		return misused
	default:
		fmt.Fprintln(c.Err, "error:", err)
		return failed
	}
}

// statusError ends the program with a status of its own; what is to be said has been said.
type statusError int

// Error makes it an error.
func (s statusError) Error() string { return fmt.Sprintf("exit status %d", int(s)) }

// help is what --help says of a flag.
func (c Console) help(zh, en string) string { return refusal.Text{ZH: zh, EN: en}.In(c.Lang) }

func storeHelp(c Console) string {
	return c.help("Temporal 的存储：memory、file（SQLite）或 postgres", "where Temporal keeps its workflows: memory, file (SQLite) or postgres")
}

// flags makes a command's flags; every command works on one folder.
func flags(c Console, name string) (*flag.FlagSet, *string) {
	f := flag.NewFlagSet("devstack "+name, flag.ContinueOnError)
	f.SetOutput(c.Err)
	return f, f.String("dir", ".dev", c.help("数据、日志和状态所在的目录", "the folder of data, logs and state"))
}

// parse reads the flags; nothing may be left over.
func parse(f *flag.FlagSet, args []string) error {
	if err := f.Parse(args); err != nil {
		if errors.Is(err, flag.ErrHelp) {
			return err //nolint:wrapcheck // recognised by fail
		}
		return statusError(misused) // the flag package has said what is wrong
	}
	if f.NArg() > 0 {
		return usage()
	}
	return nil
}
