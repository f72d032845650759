package privatepg

import (
	"context"
	"fmt"
	"os"
	"strings"
	"syscall"
)

// diesWithUs has the kernel ask the child for a fast shutdown when the thread that started it dies.
func diesWithUs(attr *syscall.SysProcAttr) { attr.Pdeathsig = syscall.SIGINT }

// arguments are those of process pid, none when it is gone or a zombie.
func arguments(_ context.Context, pid int) []string {
	text, err := os.ReadFile(fmt.Sprintf("/proc/%d/cmdline", pid))
	if err != nil {
		return nil
	}
	return strings.Split(strings.TrimRight(string(text), "\x00"), "\x00")
}
