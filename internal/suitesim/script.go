package suitesim

import (
	"errors"
	"fmt"
	"strings"
)

// The exits of a shell.
const (
	exitFailed  = 1
	exitUsage   = 2
	exitUnknown = 127
)

// failure is a line of a script that failed.
type failure struct {
	exit int
	text string
}

func (f *failure) Error() string { return f.text }

func failed(format string, values ...any) error {
	return &failure{exit: exitFailed, text: "suite: " + fmt.Sprintf(format, values...)}
}

// Run performs a shell script of comments, `set -eu` and lines of `suite`, and stops at the first line that fails. It gives
// what the script printed and its exit status, 0 when all went well; every line may run twice. Passwords and tokens are
// never printed.
func (s *System) Run(script string, world World) (output string, exit int) {
	var printed strings.Builder
	for line := range strings.Lines(script) {
		said, err := s.line(strings.TrimSpace(line), world)
		if err != nil {
			printed.WriteString(err.Error() + "\n")
			return printed.String(), exitOf(err)
		}
		if said != "" {
			printed.WriteString(said + "\n")
		}
	}
	return printed.String(), 0
}

func exitOf(err error) int {
	if f, ok := errors.AsType[*failure](err); ok {
		return f.exit
	}
	return exitFailed
}

// line performs one line of a script.
func (s *System) line(line string, world World) (string, error) {
	if line == "" || strings.HasPrefix(line, "#") || line == "set -eu" {
		return "", nil
	}
	words := strings.Fields(line)
	if words[0] != "suite" {
		return "", &failure{exitUnknown, "sh: " + words[0] + ": command not found"}
	}
	if strings.ContainsAny(line, "'\"\\$`;&|<>(){}*?~") {
		return "", &failure{exitUsage, "sh: only plain words are understood here"}
	}
	return s.suite(words[1:], world)
}
