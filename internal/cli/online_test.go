package cli_test

import (
	"strings"
	"testing"
)

func TestStarter_OnlineCommandsSayHowToStartAnEngine(t *testing.T) {
	t.Parallel()
	for _, command := range []string{"list", "show HT-1", "rebuild", "drift", "backup list", "backup run HT-1", "backup drill HT-1", "health", "health HT-1", "oncall show", "oncall cancel 1 --reason r --by b", "pay HT-1 --amount 1 --reference r"} {
		out, complaint, status := starter(t, append(strings.Fields(command), "--json")...)
		if code, _ := errorIn(t, out); status != 1 || code != "not_connected" || !strings.Contains(complaint, "make up") {
			t.Errorf("%s: status %d, %s %s", command, status, code, complaint)
		}
	}
}
