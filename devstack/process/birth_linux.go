package process

import (
	"bytes"
	"fmt"
	"os"
	"strings"
)

// birth is the boot and the clock tick since it at which process pid started (proc(5): stat, fields 3 and
// 22); empty when there is no such process or it has ended.
func birth(pid int) string {
	stat, err := os.ReadFile(fmt.Sprintf("/proc/%d/stat", pid))
	if err != nil {
		return ""
	}
	// The second field, the program's name in brackets, may itself hold blanks and brackets.
	_, rest, found := strings.Cut(string(stat[bytes.LastIndexByte(stat, ')')+1:]), " ")
	fields := strings.Fields(rest)
	const state, start = 0, 19
	if !found || len(fields) <= start || strings.ContainsAny(fields[state], "ZX") {
		return ""
	}
	boot, err := os.ReadFile("/proc/sys/kernel/random/boot_id")
	if err != nil {
		return ""
	}
	return strings.TrimSpace(string(boot)) + "/" + fields[start]
}
