//go:build unix

package command

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"syscall"
	"time"

	"lvyue/devstack/process"
	"lvyue/devstack/stack"
	"lvyue/devstack/state"
	"lvyue/internal/refusal"
)

// errRunning means that another process serves the folder.
var errRunning = errors.New("a stack is running in this folder")

// serve runs the stack in the foreground until it is interrupted.
func serve(ctx context.Context, c Console, args []string) error {
	f, dir := flags(c, "serve")
	o := stack.Options{DatabaseURL: os.Getenv("DATABASE_URL")}
	f.StringVar((*string)(&o.Store), "store", string(stack.StoreFile), storeHelp(c))
	f.IntVar(&o.TemporalPort, "temporal-port", 0, c.help("默认 7233；被占用时任取空闲端口", "default: 7233, or any free port when taken"))
	f.IntVar(&o.UIPort, "ui-port", 0, c.help("默认 8233；被占用时任取空闲端口", "default: 8233, or any free port when taken"))
	f.BoolVar(&o.NoPostgres, "no-postgres", false, c.help("不启动 PostgreSQL", "start no PostgreSQL"))
	noUI := f.Bool("no-ui", false, c.help("不启动网页界面", "start no Web UI"))
	if err := parse(f, args); err != nil {
		return err
	}
	o.Dir, o.UI = *dir, !*noUI
	r, err := open(ctx, *dir, o)
	if errors.Is(err, errRunning) {
		return alreadyRunning(*dir)
	}
	if err != nil {
		return err
	}
	r.describe(c)
	return errors.Join(r.wait(ctx), r.close())
}

func alreadyRunning(dir string) error {
	return refusal.BadInput("stack_running",
		dir+" 里已有环境在运行；先用 devstack down 停止它。",
		"a stack is already running in "+dir+"; stop it with devstack down.")
}

// running is a stack that other programs can find through the folder's state file.
type running struct {
	dir   string
	stack *stack.Stack
	lock  *os.File
	log   *os.File
}

// open starts a stack in dir and tells where it is in dir's state file. It returns errRunning when another
// process already serves dir.
func open(ctx context.Context, dir string, o stack.Options) (*running, error) {
	if err := os.MkdirAll(dir, 0o755); err != nil { //nolint:gosec // PostgreSQL's user must pass
		return nil, fmt.Errorf("make the stack's folder: %w", err)
	}
	r := &running{dir: dir}
	err := r.start(ctx, o)
	switch {
	case err == nil:
		return r, nil
	case ctx.Err() != nil: // what failed is what was interrupted
		err = statusError(interrupted)
	}
	return nil, errors.Join(err, r.close())
}

func (r *running) start(ctx context.Context, o stack.Options) error {
	var err error
	if r.lock, err = hold(filepath.Join(r.dir, "devstack.lock")); err != nil {
		return err
	}
	if r.log, err = os.Create(filepath.Join(r.dir, "temporal.log")); err != nil {
		return fmt.Errorf("open Temporal's log: %w", err)
	}
	o.Log = slog.New(slog.NewTextHandler(r.log, &slog.HandlerOptions{Level: slog.LevelWarn}))
	o.UsualPorts = true
	if r.stack, err = stack.Start(ctx, o); err != nil {
		return err
	}
	return state.Write(r.dir, state.State{
		ID:                process.Self(),
		TemporalAddress:   r.stack.Address(),
		TemporalNamespace: stack.Namespace,
		UIURL:             r.stack.UIURL(),
		DatabaseURL:       r.stack.DatabaseURL(),
		StartedAt:         time.Now(),
	})
}

// wait returns when ctx ends, or with an error when the database is lost.
func (r *running) wait(ctx context.Context) error {
	select {
	case <-ctx.Done():
		return nil
	case <-r.stack.Lost():
		return errors.New("PostgreSQL ended by itself; the log beside its data tells why")
	}
}

// close stops the stack, then takes its state away and gives up the folder.
func (r *running) close() error {
	var errs []error
	if r.stack != nil {
		errs = append(errs, r.stack.Stop(), state.Remove(r.dir))
	}
	for _, f := range []*os.File{r.log, r.lock} {
		if f != nil {
			errs = append(errs, f.Close())
		}
	}
	return errors.Join(errs...)
}

// hold takes the lock that lasts as long as this process.
func hold(path string) (*os.File, error) {
	f, err := os.OpenFile(path, os.O_CREATE|os.O_RDWR, 0o600) //nolint:gosec // the stack's own folder
	if err != nil {
		return nil, fmt.Errorf("lock the stack's folder: %w", err)
	}
	if err := syscall.Flock(int(f.Fd()), syscall.LOCK_EX|syscall.LOCK_NB); err != nil {
		return nil, errors.Join(errRunning, f.Close())
	}
	return f, nil
}

// describe says where things are.
func (r *running) describe(c Console) {
	describe(c, r.stack.Address(), r.stack.UIURL())
}

func describe(c Console, address, ui string) {
	c.say(refusal.Text{ZH: "Temporal：%s（命名空间 %s）", EN: "Temporal: %s (namespace %s)"}, address, stack.Namespace)
	if ui != "" {
		c.say(refusal.Text{ZH: "网页界面：%s", EN: "Web UI:   %s"}, ui)
	}
}
