//go:build unix

package privatepg

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"os"
	"os/user"
	"path/filepath"
	"strconv"
	"syscall"
)

// account is the unprivileged user that PostgreSQL runs as when we are root, which it refuses to run as.
// A nil account means: as ourselves.
type account struct {
	uid, gid uint32
}

// serverAccount is nil unless we are root; then postgres or, without a postgres package, nobody.
func serverAccount() (*account, error) {
	if os.Getuid() != 0 {
		return nil, nil //nolint:nilnil // nil is a meaning of its own here: ourselves
	}
	for _, name := range []string{"postgres", "nobody"} {
		u, err := user.Lookup(name)
		if err != nil {
			continue
		}
		uid, uidErr := strconv.ParseUint(u.Uid, 10, 32)
		gid, gidErr := strconv.ParseUint(u.Gid, 10, 32)
		if err := errors.Join(uidErr, gidErr); err != nil {
			return nil, fmt.Errorf("user %s: %w", name, err)
		}
		return &account{uid: uint32(uid), gid: uint32(gid)}, nil
	}
	return nil, errors.New("PostgreSQL does not run as root, and there is neither a user postgres nor nobody")
}

// credential is what a child process needs to become the account.
func (a *account) credential() *syscall.Credential {
	if a == nil {
		return nil
	}
	return &syscall.Credential{Uid: a.uid, Gid: a.gid}
}

// own hands path over to the account.
func (a *account) own(path string) error {
	if a == nil {
		return nil
	}
	if err := os.Chown(path, int(a.uid), int(a.gid)); err != nil {
		return fmt.Errorf("hand over %s: %w", path, err)
	}
	return nil
}

// mayEnter says whether the account can pass through every parent of path, by the permission bits.
func (a *account) mayEnter(path string) (bool, error) {
	if a == nil {
		return true, nil
	}
	for dir := filepath.Dir(path); ; dir = filepath.Dir(dir) {
		info, err := os.Stat(dir)
		if err != nil {
			return false, fmt.Errorf("look at %s: %w", dir, err)
		}
		if !a.passes(info) {
			return false, nil
		}
		if dir == filepath.Dir(dir) {
			return true, nil
		}
	}
}

func (a *account) passes(info os.FileInfo) bool {
	stat, ok := info.Sys().(*syscall.Stat_t)
	if !ok {
		return false
	}
	switch {
	case stat.Uid == a.uid:
		return info.Mode()&0o100 != 0
	case stat.Gid == a.gid:
		return info.Mode()&0o010 != 0
	default:
		return info.Mode()&0o001 != 0
	}
}

// place settles the data folder: the wanted one or, where the account may not go, its stand-in under
// /var/tmp (see Options.Dir). The parent exists afterwards.
func place(o Options, a *account) (string, error) {
	if o.Dir == "" {
		return temporary(o, a)
	}
	dir, err := filepath.Abs(o.Dir)
	if err != nil {
		return "", fmt.Errorf("data folder %s: %w", o.Dir, err)
	}
	if err := os.MkdirAll(filepath.Dir(dir), 0o755); err != nil { //nolint:gosec // the account must pass
		return "", fmt.Errorf("make the data folder's parent: %w", err)
	}
	free, err := a.mayEnter(dir)
	if err != nil || free {
		return dir, err
	}
	there, err := standIn(dir)
	if err != nil {
		return "", err
	}
	// For people who look where the data should be; nothing depends on it.
	if err := os.Symlink(there, dir); err != nil && !os.IsExist(err) {
		return "", fmt.Errorf("link to the data folder: %w", err)
	}
	return there, nil
}

// temporary makes a folder of our own in the system's temporary folder; the data go inside it.
func temporary(o Options, a *account) (string, error) {
	if !o.Ephemeral {
		return "", errors.New("a private PostgreSQL that keeps its data needs a folder for them")
	}
	parent, err := os.MkdirTemp("", "lvyue-pg-")
	if err != nil {
		return "", fmt.Errorf("make a temporary folder: %w", err)
	}
	if err := os.Chmod(parent, 0o711); err != nil { //nolint:gosec // the account must pass
		return "", fmt.Errorf("open the temporary folder: %w", err)
	}
	dir := filepath.Join(parent, "data")
	if free, err := a.mayEnter(dir); err != nil || !free {
		return "", errors.Join(fmt.Errorf("PostgreSQL's user may not enter %s: set TMPDIR to a folder that it may", parent), err)
	}
	return dir, nil
}

// standIn is the folder under /var/tmp that stands for dir, always the same one. Anyone may write to
// /var/tmp, so a folder that is not ours is refused.
func standIn(dir string) (string, error) {
	sum := sha256.Sum256([]byte(dir))
	parent := filepath.Join("/var/tmp", "lvyue-"+hex.EncodeToString(sum[:6]))
	if err := os.Mkdir(parent, 0o711); err != nil && !os.IsExist(err) { //nolint:gosec // the account must pass
		return "", fmt.Errorf("make a stand-in for %s: %w", dir, err)
	}
	info, err := os.Lstat(parent)
	if err != nil {
		return "", fmt.Errorf("look at the stand-in for %s: %w", dir, err)
	}
	stat, ok := info.Sys().(*syscall.Stat_t)
	if !ok || !info.IsDir() || int(stat.Uid) != os.Getuid() {
		return "", fmt.Errorf("%s stands in for %s but belongs to somebody else: remove it", parent, dir)
	}
	return filepath.Join(parent, "data"), nil
}
