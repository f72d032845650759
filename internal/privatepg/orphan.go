//go:build unix

package privatepg

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"syscall"
	"time"
)

// endOrphan deals with what an earlier server left in the folder that we now hold: a postmaster still on its
// way down is waited for, one that lost its parent is asked to go, and a pid file whose number now belongs
// to another program is removed, since PostgreSQL would take that program for a postmaster.
func endOrphan(ctx context.Context, dir string) error {
	lines := pidFile(dir)
	if len(lines) == 0 {
		return nil
	}
	pid, err := strconv.Atoi(lines[0])
	if err != nil || !serves(ctx, pid, dir) {
		return removePIDFile(dir)
	}
	if err := syscall.Kill(pid, syscall.SIGINT); err != nil && !errors.Is(err, syscall.ESRCH) {
		return fmt.Errorf("stop the orphan %d: %w", pid, err)
	}
	return awaitEnd(ctx, pid, dir)
}

func awaitEnd(ctx context.Context, pid int, dir string) error {
	ctx, cancel := context.WithTimeout(ctx, patience)
	defer cancel()
	ticker := time.NewTicker(look)
	defer ticker.Stop()
	for serves(ctx, pid, dir) {
		select {
		case <-ctx.Done():
			return fmt.Errorf("the orphan %d does not end: %w", pid, ctx.Err())
		case <-ticker.C:
		}
	}
	return removePIDFile(dir)
}

// serves says whether pid is a postmaster on dir: its arguments name the folder, as launch wrote them.
func serves(ctx context.Context, pid int, dir string) bool {
	args := arguments(ctx, pid)
	return slices.Contains(args, "-D") && slices.Contains(args, dir)
}

func removePIDFile(dir string) error {
	if err := os.Remove(filepath.Join(dir, "postmaster.pid")); err != nil && !os.IsNotExist(err) {
		return fmt.Errorf("remove a stale pid file: %w", err)
	}
	return nil
}
