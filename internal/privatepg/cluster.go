//go:build unix

package privatepg

import (
	"bytes"
	"context"
	"crypto/rand"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
)

// passwordFile lies in the data folder, readable by its owner alone.
const passwordFile = "lvyue.password"

// cluster is a data folder and what is needed to run a server on it.
type cluster struct {
	dir       string
	bin       binaries
	account   *account
	port      int // 0 for any free one
	ephemeral bool
}

// prepare makes the cluster if there is none. It is made beside the folder and moved into place, so that a
// start that was cut short leaves no half-made data folder.
func (c cluster) prepare(ctx context.Context) error {
	if _, err := os.Stat(filepath.Join(c.dir, "PG_VERSION")); err == nil {
		return nil
	}
	making := c.dir + ".new"
	if err := os.RemoveAll(making); err != nil {
		return fmt.Errorf("clear a start cut short: %w", err)
	}
	if err := os.Mkdir(making, 0o700); err != nil {
		return fmt.Errorf("make the data folder: %w", err)
	}
	if err := c.account.own(making); err != nil {
		return err
	}
	if err := c.initialise(ctx, making); err != nil {
		return err
	}
	// An empty folder that was there already is fine; rename refuses any other.
	if err := os.Rename(making, c.dir); err != nil {
		return fmt.Errorf("move the new cluster into place: %w", err)
	}
	return nil
}

// initialise runs initdb and creates our database in the server's single-user mode, which needs no port.
func (c cluster) initialise(ctx context.Context, dir string) error {
	password := rand.Text()
	// initdb wants an empty folder, so the password waits beside it until the cluster is made.
	pwfile := dir + ".password"
	defer os.Remove(pwfile)
	if err := c.write(pwfile, password); err != nil {
		return err
	}
	args := []string{"-D", dir, "-U", User, "-A", "scram-sha-256", "--pwfile", pwfile, "-E", "UTF8", "--locale=C", "--no-instructions"}
	if c.ephemeral {
		args = append(args, "--no-sync")
	}
	if err := c.run(ctx, "", "initdb", args...); err != nil {
		return err
	}
	if err := c.run(ctx, "CREATE DATABASE "+Database+"\n", "postgres", "--single", "-D", dir, "postgres"); err != nil {
		return err
	}
	return c.write(filepath.Join(dir, passwordFile), password)
}

func (c cluster) write(path, text string) error {
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		return fmt.Errorf("keep the password: %w", err)
	}
	return c.account.own(path)
}

// run runs one of PostgreSQL's programs to its end; what it said is in the error.
func (c cluster) run(ctx context.Context, stdin, name string, args ...string) error {
	cmd := exec.CommandContext(ctx, c.bin.path(name), args...) //nolint:gosec // PostgreSQL's own
	c.settle(cmd)
	cmd.Stdin = strings.NewReader(stdin)
	out, err := cmd.CombinedOutput()
	if err != nil {
		return fmt.Errorf("%s: %w: %s", name, err, bytes.TrimSpace(out))
	}
	return nil
}

// settle gives a child process the account, a folder that it may be in, plain English messages (they are
// read here) and a process group of its own: Ctrl-C in the terminal must not end the database before its
// users.
func (c cluster) settle(cmd *exec.Cmd) {
	cmd.Dir = "/"
	cmd.Env = []string{"LC_ALL=C", "TZ=UTC", "PATH=" + os.Getenv("PATH")}
	cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true, Credential: c.account.credential()}
}

// password reads what initialise kept.
func (c cluster) password() (string, error) {
	text, err := fs.ReadFile(os.DirFS(c.dir), passwordFile)
	if err != nil {
		return "", fmt.Errorf("%s was not made by this program: %w", c.dir, err)
	}
	return string(text), nil
}
