//go:build unix && !linux

package privatepg

import (
	"context"
	"os/exec"
	"strconv"
	"strings"
	"syscall"
)

// diesWithUs can do nothing here: an orphan is ended by the next Start on its folder.
func diesWithUs(*syscall.SysProcAttr) {}

// arguments are those of process pid, none when it is gone. A folder with a blank in its name is not
// recognised, and PostgreSQL then refuses to start beside the orphan.
func arguments(ctx context.Context, pid int) []string {
	out, err := exec.CommandContext(ctx, "ps", "-o", "args=", "-p", strconv.Itoa(pid)).Output()
	if err != nil {
		return nil
	}
	return strings.Fields(string(out))
}
