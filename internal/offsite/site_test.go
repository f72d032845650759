package offsite_test

import (
	"fmt"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"lvyue/internal/backup"
	"lvyue/internal/hosting"
	"lvyue/internal/offsite"
	"lvyue/internal/suite"
	"lvyue/internal/suitesim"
	"lvyue/internal/workday"
)

const number = "HT-1"

var (
	today = workday.MustDate("2026-03-02")
	night = time.Date(2026, time.March, 2, 1, 0, 0, 0, workday.Shanghai)
	order = backup.Order{Contract: number, Day: today}
)

// system is a running system, reached over HTTP at host.
type system struct {
	sync.Mutex

	host  string
	data  *suitesim.Database
	files *suitesim.Files
}

// running starts a system of a contract; an empty one, or one with some documents and a file of that many bytes.
func running(t *testing.T, contract string, fileBytes int) *system {
	t.Helper()
	s := &system{data: &suitesim.Database{}, files: &suitesim.Files{}}
	world := suitesim.Alone{Data: s.data, Kept: s.files, Disk: 100}
	is := suitesim.New(100)
	script := "suite database db 3306 oa admin password\nsuite token " + suite.Token(secret, contract, "operator")
	if fileBytes > 0 {
		script += "\nsuite fetch oa 8.4.2\nsuite migrate oa 8.4.2\nsuite start oa 8.4.2"
	}
	if out, exit := is.Run(script, world); exit != 0 {
		t.Fatal(out)
	}
	if fileBytes > 0 {
		s.add(t, "oa/large.bin", strings.Repeat("0123456789abcde\n", fileBytes/16))
	}
	server := httptest.NewServer(suitesim.Site{System: is, World: world, Lock: s})
	t.Cleanup(server.Close)
	s.host = strings.TrimPrefix(server.URL, "http://")
	return s
}

// add is what a user does meanwhile.
func (s *system) add(t *testing.T, path, content string) {
	t.Helper()
	s.Lock()
	defer s.Unlock()
	if err := s.files.Add(path, []byte(content)); err != nil {
		t.Fatal(err)
	}
}

// place is a vault in folders.
type place struct {
	*offsite.Vault

	dir, keyDir string
}

func vault(t *testing.T, c offsite.Systems, part int64) place {
	t.Helper()
	dir := t.TempDir()
	p := place{dir: filepath.Join(dir, "copies"), keyDir: filepath.Join(dir, "keys")}
	p.Vault = p.open(t, c, part)
	return p
}

// open is another program at the same place.
func (p place) open(t *testing.T, c offsite.Systems, part int64) *offsite.Vault {
	t.Helper()
	v, err := offsite.Open(t.Context(), offsite.Options{
		Copies: "file://" + p.dir, Keys: "file://" + p.keyDir, Engine: "lvyue", PartBytes: part, Now: func() time.Time { return night },
	}, c)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { must(t, v.Close()) })
	return v
}

// stored are the files of a folder, by path from the engine's own.
func stored(t *testing.T, dir string) map[string]string {
	t.Helper()
	all := map[string]string{}
	must(t, filepath.WalkDir(dir, func(path string, d os.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		name, _ := filepath.Rel(filepath.Join(dir, "lvyue"), path)
		all[name] = path
		return nil
	}))
	return all
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// made makes the copy of a contract's system.
func (p place) made(t *testing.T, s *system, o backup.Order) backup.Copy {
	t.Helper()
	o.Host = s.host
	made, err := p.Copy(t.Context(), o)
	must(t, err)
	return made
}

// named are resources in one line.
func named(all []hosting.Resource) string {
	var names []string
	for _, r := range all {
		names = append(names, string(r.Kind)+" "+r.ID)
	}
	return fmt.Sprint(names)
}
