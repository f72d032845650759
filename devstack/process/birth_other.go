//go:build unix && !linux

package process

import (
	"os/exec"
	"strconv"
	"strings"
)

// birth is the moment at which process pid started, as ps tells it; empty when there is no such process or
// it has ended.
func birth(pid int) string {
	out, err := exec.Command("ps", "-o", "state=,lstart=", "-p", strconv.Itoa(pid)).Output() //nolint:noctx // returns at once
	state, started, found := strings.Cut(strings.TrimSpace(string(out)), " ")
	if err != nil || !found || strings.HasPrefix(state, "Z") {
		return ""
	}
	return strings.TrimSpace(started)
}
