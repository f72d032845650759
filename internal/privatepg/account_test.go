//go:build unix

package privatepg

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// stranger may pass only what is open to everybody.
func stranger() *account { return &account{uid: 1<<31 - 7, gid: 1<<31 - 7} }

func TestPlace_StandsInWhereTheServersUserMayNotGo(t *testing.T) {
	t.Parallel()
	closed := closedFolder(t)
	wanted := filepath.Join(closed, "inner", "data")
	dir, err := place(Options{Dir: wanted}, stranger())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = os.Remove(filepath.Dir(dir)) }) // empty: nothing was started
	if !strings.HasPrefix(dir, "/var/tmp/lvyue-") {
		t.Errorf("data go to %s", dir)
	}
	again, err := place(Options{Dir: wanted}, stranger())
	if err != nil || again != dir {
		t.Errorf("the second time they go to %s, %v", again, err)
	}
}

func TestPlace_TakesTheWantedFolderForOurselves(t *testing.T) {
	t.Parallel()
	wanted := filepath.Join(closedFolder(t), "data")
	if dir, err := place(Options{Dir: wanted}, nil); err != nil || dir != wanted {
		t.Errorf("data go to %s, %v", dir, err)
	}
}

func TestAccount_MayEnterByThePermissionBits(t *testing.T) {
	t.Parallel()
	dir := closedFolder(t)
	for mode, want := range map[os.FileMode]bool{0o700: false, 0o710: false, 0o701: true} {
		if err := os.Chmod(dir, mode); err != nil {
			t.Fatal(err)
		}
		if got, err := stranger().mayEnter(filepath.Join(dir, "data")); err != nil || got != want {
			t.Errorf("mode %o: mayEnter = %v, %v", mode, got, err)
		}
	}
}

// closedFolder is closed to others and lies in the system's temporary folder.
func closedFolder(t *testing.T) string {
	t.Helper()
	dir, err := os.MkdirTemp("", "privatepg-closed-")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := os.RemoveAll(dir); err != nil {
			t.Error(err)
		}
	})
	return dir
}
