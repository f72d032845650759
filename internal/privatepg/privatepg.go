//go:build unix

// Package privatepg runs a PostgreSQL of one's own from the binaries that the system already has: on a free
// port of 127.0.0.1, with a random password, in a folder that nobody else uses. The local stack keeps its
// data in one, and tests throw one away.
//
// It never installs or downloads anything, never touches the system's own clusters, and ends only the
// process that it started or that demonstrably runs on its own folder.
package privatepg

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/url"
	"os"
	"path/filepath"
	"strconv"
	"sync"
	"syscall"
)

// Database and user that every private server has from its first start. The user is a superuser.
const (
	Database = "lvyue"
	User     = "lvyue"
)

// ErrInUse means that another living process holds the data folder.
var ErrInUse = errors.New("the data folder is in use by another private PostgreSQL")

// Options say where the data live and how long.
type Options struct {
	// Dir is the data folder, made if absent; its parent must be writable. Empty means a new temporary
	// folder, and needs Ephemeral. Run as root, the folder is given to user postgres (else nobody), and when
	// that user may not enter one of the parents (a home folder such as /root), the data live in
	// /var/tmp/lvyue-<hash of Dir> instead, and Dir is a link to them; Server.Dir tells.
	Dir string

	// Port is where it listens on 127.0.0.1; 0 for any free port. One that is taken is an error.
	Port int

	// Ephemeral trades safety for speed: nothing is flushed to the disk, and Stop deletes the folder.
	Ephemeral bool
}

// Server is a running PostgreSQL. It ends with Stop, or with this process (at once on Linux; elsewhere the
// next Start on the same folder ends an orphan).
type Server struct {
	postmaster

	dir      string
	port     int
	password string
	lock     *os.File
	litter   []string // deleted in the end
	stopped  func() error
}

// Start makes the data folder if need be, starts PostgreSQL and returns when it takes connections: about
// 0.8 s the first time, 0.1 s later. When ctx ends before that, nothing stays behind but a finished folder.
// It refuses with code postgresql_missing when no usable binaries are found, and returns ErrInUse when
// another process has the folder.
func Start(ctx context.Context, o Options) (*Server, error) {
	account, err := serverAccount()
	if err != nil {
		return nil, err
	}
	dir, err := place(o, account)
	if err != nil {
		return nil, err
	}
	lock, err := hold(dir + ".lock")
	if err != nil {
		return nil, err
	}
	s := &Server{dir: dir, lock: lock, litter: litter(o, dir)}
	s.stopped = sync.OnceValue(func() error { return errors.Join(s.end(), s.release()) })
	if err := s.start(ctx, cluster{dir: dir, account: account, port: o.Port, ephemeral: o.Ephemeral}); err != nil {
		return nil, errors.Join(fmt.Errorf("start PostgreSQL in %s: %w", dir, err), s.release())
	}
	return s, nil
}

func (s *Server) start(ctx context.Context, c cluster) error {
	var err error
	if c.bin, err = findBinaries(ctx, s.dir); err != nil {
		return err
	}
	if err := c.prepare(ctx); err != nil {
		return err
	}
	if s.password, err = c.password(); err != nil {
		return err
	}
	if err := endOrphan(ctx, s.dir); err != nil {
		return err
	}
	s.postmaster, s.port, err = c.launch(ctx)
	return err
}

// URL reaches the server, password included: keep it out of logs.
func (s *Server) URL() string {
	u := url.URL{
		Scheme:   "postgres",
		User:     url.UserPassword(User, s.password),
		Host:     net.JoinHostPort("127.0.0.1", strconv.Itoa(s.port)),
		Path:     Database,
		RawQuery: "sslmode=disable",
	}
	return u.String()
}

// Dir is where the data really are; see Options.Dir.
func (s *Server) Dir() string { return s.dir }

// PID is the postmaster's process id.
func (s *Server) PID() int { return s.cmd.Process.Pid }

// Done is closed when the server has ended, asked to or not.
func (s *Server) Done() <-chan struct{} { return s.done }

// Stop ends every session, shuts the server down and waits until it is gone; a second call does nothing
// more. The data stay unless Ephemeral.
func (s *Server) Stop() error { return s.stopped() }

// release deletes what nobody will want again and gives up the folder.
func (s *Server) release() error {
	for _, path := range s.litter {
		if err := os.RemoveAll(path); err != nil {
			return fmt.Errorf("delete the throw-away database: %w", err)
		}
	}
	if err := s.lock.Close(); err != nil {
		return fmt.Errorf("give up the data folder: %w", err)
	}
	return nil
}

// litter is what an ephemeral server leaves: its data, log and lock, or the whole temporary folder.
func litter(o Options, dir string) []string {
	switch {
	case !o.Ephemeral:
		return nil
	case o.Dir == "":
		return []string{filepath.Dir(dir)}
	default:
		return []string{dir, dir + ".log", dir + ".lock"}
	}
}

// hold takes the lock that lasts as long as this process, so that two processes never fight over a folder
// and a postmaster found on a folder that we hold must be an orphan.
func hold(path string) (*os.File, error) {
	f, err := os.OpenFile(filepath.Clean(path), os.O_CREATE|os.O_RDWR, 0o600)
	if err != nil {
		return nil, fmt.Errorf("lock the data folder: %w", err)
	}
	if err := syscall.Flock(int(f.Fd()), syscall.LOCK_EX|syscall.LOCK_NB); err != nil {
		return nil, errors.Join(fmt.Errorf("%s: %w", path, ErrInUse), f.Close())
	}
	return f, nil
}
