// Package cli holds the commands of `starter`. Every command reads what was typed, asks one thing of the
// engine or of the calendar, and answers once: as text for people, or with --json as one document. The rules
// of the contract are not here.
package cli

import (
	"context"
	"io"
	"os"
	"path/filepath"

	isatty "github.com/mattn/go-isatty"
	"go.temporal.io/sdk/contrib/envconfig"

	"lvyue/internal/config"
	"lvyue/internal/terminal"
)

// Program is what a process gives to a command.
type Program struct {
	Out, Err io.Writer
	Env      config.Env
	// Dir is the working directory, Home the folder of the program itself; the local stack is looked for in the one
	// and above, then in the other and above.
	Dir, Home string
	// Terminal says that Out is a terminal, where colours help; Watching, that Err is one, where progress does.
	Terminal, Watching bool
	// Columns is how wide the terminal at Out is; 0 when it is none.
	Columns int
}

// Process is the running process.
func Process() Program {
	terminal.Narrow()
	dir, err := os.Getwd()
	if err != nil {
		dir = "."
	}
	program, err := os.Executable()
	if err != nil {
		program = dir
	}
	isTerminal := func(f *os.File) bool { return isatty.IsTerminal(f.Fd()) || isatty.IsCygwinTerminal(f.Fd()) }
	return Program{
		Out: os.Stdout, Err: os.Stderr, Env: envconfig.EnvLookupOS, Dir: dir, Home: filepath.Dir(program),
		Terminal: isTerminal(os.Stdout), Watching: isTerminal(os.Stderr), Columns: terminal.Columns(os.Stdout),
	}
}

// Exit statuses.
const (
	exitDone    = 0
	exitFailed  = 1 // something does not work
	exitInput   = 2 // what was typed is wrong
	exitRefused = 3 // a rule of the contract says no
)

// Run performs one command and returns its exit status: 0 done, 2 what was typed is wrong, 3 a rule of the
// contract refuses, 1 anything else. The answer goes to p.Out; an error goes to p.Err as `error: <sentence>`
// and, with --json, also to p.Out as the error document. args leave out the program's name.
func Run(ctx context.Context, args []string, p Program) int {
	s := newSession(p, args)
	defer s.close()
	root := rootCommand(s) //nolint:contextcheck // cobra hands the context on
	root.SetArgs(args)
	if err := root.ExecuteContext(ctx); err != nil {
		return s.report(err)
	}
	return exitDone
}
