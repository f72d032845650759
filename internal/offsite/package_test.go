package offsite_test

import (
	"context"
	"encoding/json"
	"errors"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"lvyue/internal/handover"
	"lvyue/internal/offsite"
	"lvyue/internal/suite"
)

// packages are a store of packages in a folder.
func packages(t *testing.T, c offsite.Systems) (*offsite.Packages, string) {
	t.Helper()
	dir := t.TempDir()
	p, err := offsite.OpenPackages(t.Context(), "file://"+dir, "engine", c)
	must(t, err)
	t.Cleanup(func() { must(t, p.Close()) })
	return p, filepath.Join(dir, "engine", number, "migration-off-1")
}

func asked(s *system, final bool) handover.Order {
	return handover.Order{Contract: number, Host: s.host, Folder: handover.FolderOf(number, 1), TakenAt: night, Final: final}
}

// §3.8: the files alone are enough to check and to load the data, without us; a repeated order gives the package that there is.
func TestPackages_AreWholeWithoutUs(t *testing.T) {
	t.Parallel()
	s, fresh := running(t, number, 3200), running(t, number, 0)
	p, folder := packages(t, asking())
	made, err := p.Export(t.Context(), asked(s, true))
	must(t, err)
	before := stored(t, folder)
	again, err := p.Export(t.Context(), asked(s, true))
	must(t, err)
	if again.SHA256 != made.SHA256 || len(stored(t, folder)) != len(before) || len(before) != 5 {
		t.Errorf("made %+v again as %+v: %v", made, again, before)
	}
	for name, put := range map[string]func(context.Context, string, string, io.Reader, int64) error{
		handover.DatabaseFile: asking().PutDatabase, handover.FilesFile: asking().PutFiles,
	} {
		content, err := os.ReadFile(filepath.Join(folder, name))
		must(t, err)
		must(t, put(t.Context(), fresh.host, number, strings.NewReader(string(content)), int64(len(content))))
	}
	counts, err := asking().Counts(t.Context(), fresh.host, number)
	must(t, err)
	if differences := suite.Differences(made.Manifest.Counts, counts); len(differences) > 0 || counts.Rows() != 6 {
		t.Errorf("loaded elsewhere it differs: %v", differences)
	}
	for _, text := range []string{handover.ReadMeFile, handover.ReadMeZHFile} {
		check := exec.CommandContext(t.Context(), "sh", "-c", "grep -E '^[0-9a-f]{64}  ' "+text+" | sha256sum -c")
		check.Dir = folder
		if out, err := check.CombinedOutput(); err != nil || strings.Count(string(out), "OK") != 2 {
			t.Errorf("%s: %v %s", text, err, out)
		}
	}
	info, err := os.Stat(filepath.Join(folder, handover.DatabaseFile))
	must(t, err)
	if info.Mode().Perm() != 0o600 {
		t.Errorf("others may read it: %s", info.Mode())
	}
}

// §3.8: what was altered in the store is never taken for the package.
func TestPackages_ThatAreAlteredAreNone(t *testing.T) {
	t.Parallel()
	for name, spoil := range map[string]func(*testing.T, string){
		"a bit":  func(t *testing.T, f string) { t.Helper(); must(t, os.WriteFile(f, []byte("-- another"), 0o600)) },
		"gone":   func(t *testing.T, f string) { t.Helper(); must(t, os.Remove(f)) },
		"longer": func(t *testing.T, f string) { t.Helper(); appended(t, f) },
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := running(t, number, 1600)
			p, folder := packages(t, asking())
			_, err := p.Export(t.Context(), asked(s, false))
			must(t, err)
			spoil(t, filepath.Join(folder, handover.DatabaseFile))
			if _, err := p.Verify(t.Context(), handover.FolderOf(number, 1)); !errors.Is(err, handover.ErrAltered) {
				t.Errorf("got %v", err)
			}
			if _, err := p.Export(t.Context(), asked(s, false)); !errors.Is(err, handover.ErrAltered) {
				t.Errorf("the order is answered with %v", err)
			}
		})
	}
}

func appended(t *testing.T, name string) {
	t.Helper()
	f, err := os.OpenFile(name, os.O_APPEND|os.O_WRONLY, 0o600)
	must(t, err)
	_, err = f.WriteString(" ")
	must(t, errors.Join(err, f.Close()))
}

// §3.8: an interruption leaves no package, and the next try makes one; a final one is of a system that stands still.
func TestPackages_OfASystemThatBreaksOffOrMoves(t *testing.T) {
	t.Parallel()
	s := running(t, number, 3200)
	b := &breaking{after: 100, times: 1}
	p, folder := packages(t, client{asking().Client, b.spoil})
	if _, err := p.Export(t.Context(), asked(s, true)); !errors.Is(err, errBroken) {
		t.Fatalf("got %v", err)
	}
	if _, err := os.Stat(filepath.Join(folder, handover.ManifestFile)); !os.IsNotExist(err) {
		t.Error("half a package exists")
	}
	moves := func(_ suite.Mark, body io.ReadCloser) io.ReadCloser {
		s.add(t, "oa/new.txt", "meanwhile")
		return body
	}
	live, folder := packages(t, client{asking().Client, moves})
	if made, err := live.Export(t.Context(), asked(s, true)); err == nil {
		t.Errorf("a last word of a system that moves: %+v", made)
	}
	s.add(t, "oa/new.txt", "before")
	made, err := live.Export(t.Context(), asked(s, false))
	must(t, err)
	var m handover.Manifest
	text, err := os.ReadFile(filepath.Join(folder, handover.ManifestFile))
	must(t, err)
	must(t, json.Unmarshal(text, &m))
	if m.Still || made.Manifest.Still {
		t.Error("the system counted the same before and after, it is said")
	}
	_, err = p.Export(t.Context(), asked(s, true))
	must(t, err)
}

// §7.2: with the destruction no package is left with us, not even half of one; other contracts keep theirs.
func TestPackages_AreDestroyed(t *testing.T) {
	t.Parallel()
	s, other := running(t, number, 1600), running(t, "HT-10", 1600)
	p, _ := packages(t, asking())
	_, err := p.Export(t.Context(), asked(s, false))
	must(t, err)
	_, err = p.Export(t.Context(), handover.Order{Contract: "HT-10", Host: other.host, Folder: handover.FolderOf("HT-10", 1), TakenAt: night})
	must(t, err)
	left, err := p.Left(t.Context(), number)
	must(t, err)
	if len(left) != 1 || left[0].ID != "HT-1/migration-off-1" {
		t.Errorf("there are %+v", left)
	}
	for range 2 {
		if left, err = p.Destroy(t.Context(), number); err != nil || len(left) != 0 {
			t.Errorf("left %+v, %v", left, err)
		}
	}
	if _, err := p.Verify(t.Context(), handover.FolderOf("HT-10", 1)); err != nil {
		t.Errorf("another contract's package: %v", err)
	}
}
