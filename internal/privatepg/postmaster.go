//go:build unix

package privatepg

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strconv"
	"strings"
	"syscall"
	"time"
)

const (
	// look is how often a file or a process is looked at while waiting for it.
	look = 5 * time.Millisecond
	// patience is how long a start or an orderly shutdown may take. Recovery after a crash is the longest.
	patience = 60 * time.Second
	// attempts at finding a port that nobody takes between our looking and PostgreSQL's listening.
	attempts = 5
)

// errPortTaken means that the port was taken by somebody else in the meantime.
var errPortTaken = errors.New("the port was taken")

// postmaster is PostgreSQL's main process. Done is closed when it is gone.
type postmaster struct {
	cmd  *exec.Cmd
	done chan struct{}
}

// launch starts the server on its port, or on a free one, and waits until it takes connections.
func (c cluster) launch(ctx context.Context) (postmaster, int, error) {
	if c.port != 0 {
		p, err := c.launchOn(ctx, c.port)
		return p, c.port, err
	}
	var err error
	for range attempts {
		var port int
		if port, err = freePort(ctx); err != nil {
			return postmaster{}, 0, err
		}
		var p postmaster
		if p, err = c.launchOn(ctx, port); err == nil {
			return p, port, nil
		}
		if !errors.Is(err, errPortTaken) {
			break
		}
	}
	return postmaster{}, 0, err
}

func (c cluster) launchOn(ctx context.Context, port int) (postmaster, error) {
	p, err := c.spawn(port)
	if err != nil {
		return postmaster{}, err
	}
	ctx, cancel := context.WithTimeout(ctx, patience)
	defer cancel()
	if err := p.await(ctx, c.dir); err != nil {
		return postmaster{}, errors.Join(c.explain(err), p.end())
	}
	return p, nil
}

// spawn starts the process from a thread that lives as long as the process does: on Linux the kernel ends
// the child when the thread that started it dies, not when the whole program does.
func (c cluster) spawn(port int) (postmaster, error) {
	log, err := os.Create(c.logPath())
	if err != nil {
		return postmaster{}, fmt.Errorf("open PostgreSQL's log: %w", err)
	}
	cmd := exec.Command(c.bin.path("postgres"), c.settings(port)...) //nolint:gosec,noctx // outlives the start's context
	c.settle(cmd)
	diesWithUs(cmd.SysProcAttr)
	cmd.Stdout, cmd.Stderr = log, log
	p := postmaster{cmd: cmd, done: make(chan struct{})}
	started := make(chan error)
	go func() {
		runtime.LockOSThread()
		defer close(p.done)
		err := cmd.Start()
		started <- errors.Join(err, log.Close())
		if err == nil {
			_ = cmd.Wait() // how it ended is in its log; that it ended is what done says
		}
	}()
	if err := <-started; err != nil {
		return postmaster{}, fmt.Errorf("start postgres: %w", err)
	}
	return p, nil
}

func (c cluster) logPath() string { return c.dir + ".log" }

// settings keep the server to this machine and, when the data are thrown away, off the disk.
func (c cluster) settings(port int) []string {
	args := []string{
		"-D", c.dir, "-p", strconv.Itoa(port),
		"--listen_addresses=127.0.0.1", "--unix_socket_directories=", "--max_connections=500",
		"--timezone=UTC", "--log_timezone=UTC", "--lc_messages=C",
	}
	if c.ephemeral {
		args = append(args, "--fsync=off", "--synchronous_commit=off", "--full_page_writes=off")
	}
	return args
}

// await waits until the postmaster says in its pid file that it is ready; the eighth line holds its status
// (PostgreSQL source, miscadmin.h, LOCK_FILE_LINE_PM_STATUS).
func (p postmaster) await(ctx context.Context, dir string) error {
	ticker := time.NewTicker(look)
	defer ticker.Stop()
	for {
		select {
		case <-ctx.Done():
			return fmt.Errorf("not ready: %w", ctx.Err())
		case <-p.done:
			return errors.New("it ended at once")
		case <-ticker.C:
			lines := pidFile(dir)
			if len(lines) >= 8 && lines[0] == strconv.Itoa(p.cmd.Process.Pid) && strings.TrimSpace(lines[7]) == "ready" {
				return nil
			}
		}
	}
}

// explain adds what PostgreSQL said last.
func (c cluster) explain(err error) error {
	said, readErr := os.ReadFile(c.logPath())
	if readErr != nil {
		return errors.Join(err, readErr)
	}
	if bytes.Contains(said, []byte("could not create any TCP/IP sockets")) {
		return fmt.Errorf("%w: %w", err, errPortTaken)
	}
	const last = 2000
	said = bytes.TrimSpace(said[max(0, len(said)-last):])
	return fmt.Errorf("%w: %s", err, said)
}

// end asks for a fast shutdown, then, out of patience, for an immediate one, and waits.
func (p postmaster) end() error {
	for _, signal := range []os.Signal{syscall.SIGINT, syscall.SIGQUIT, os.Kill} {
		if err := p.cmd.Process.Signal(signal); err != nil && !errors.Is(err, os.ErrProcessDone) {
			return fmt.Errorf("stop PostgreSQL: %w", err)
		}
		select {
		case <-p.done:
			return nil
		case <-time.After(patience / 4):
		}
	}
	return errors.New("stop PostgreSQL: it does not end")
}

// freePort is a port that was free a moment ago.
func freePort(ctx context.Context) (int, error) {
	l, err := new(net.ListenConfig).Listen(ctx, "tcp4", "127.0.0.1:0")
	if err != nil {
		return 0, fmt.Errorf("find a free port: %w", err)
	}
	defer l.Close()
	addr, ok := l.Addr().(*net.TCPAddr)
	if !ok {
		return 0, fmt.Errorf("find a free port: odd address %s", l.Addr())
	}
	return addr.Port, nil
}

// pidFile gives the lines of the folder's postmaster.pid; none when there is no such file.
func pidFile(dir string) []string {
	text, err := os.ReadFile(filepath.Join(dir, "postmaster.pid")) //nolint:gosec // our own data folder
	if err != nil {
		return nil
	}
	return strings.Split(string(text), "\n")
}
