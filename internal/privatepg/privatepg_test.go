//go:build unix

package privatepg_test

import (
	"context"
	"net/url"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"

	"lvyue/internal/privatepg"
)

func TestStart_GivesAnEmptyDatabaseAndLeavesNothingBehind(t *testing.T) {
	t.Parallel()
	s := start(t, privatepg.Options{Ephemeral: true})
	if got := query(t, s, "SELECT current_database() || ' ' || current_setting('server_encoding') || ' ' || current_setting('fsync')"); got != "lvyue UTF8 off" {
		t.Errorf("database, encoding, fsync = %q", got)
	}
	for range 2 { // the second stop does nothing more
		if err := s.Stop(); err != nil {
			t.Fatal(err)
		}
	}
	if _, err := os.Stat(filepath.Dir(s.Dir())); !os.IsNotExist(err) {
		t.Errorf("%s is still there: %v", filepath.Dir(s.Dir()), err)
	}
}

//nolint:paralleltest // measures a time
func TestStart_KeepsDataAndComesBackWithinTwoSeconds(t *testing.T) {
	dir := folder(t)
	first := start(t, privatepg.Options{Dir: dir})
	query(t, first, "CREATE TABLE kept (n int); INSERT INTO kept VALUES (7)")
	if err := first.Stop(); err != nil {
		t.Fatal(err)
	}
	began := time.Now()
	second := start(t, privatepg.Options{Dir: dir})
	if took := time.Since(began); took > 2*time.Second {
		t.Errorf("second start took %v", took)
	}
	if got := query(t, second, "SELECT n::text || ' ' || current_setting('fsync') FROM kept"); got != "7 on" {
		t.Errorf("kept row and fsync = %q", got)
	}
}

// Who knows its address finds it there again after it was killed.
func TestStart_ComesBackWhereItWasAfterItWasKilled(t *testing.T) {
	t.Parallel()
	dir := folder(t)
	first := start(t, privatepg.Options{Dir: dir})
	query(t, first, "CREATE TABLE kept (n int); INSERT INTO kept VALUES (7)")
	address, err := url.Parse(first.URL())
	if err != nil {
		t.Fatal(err)
	}
	port, err := strconv.Atoi(address.Port())
	if err != nil {
		t.Fatal(err)
	}
	if err := syscall.Kill(first.PID(), syscall.SIGKILL); err != nil {
		t.Fatal(err)
	}
	<-first.Done()
	if err := first.Stop(); err != nil {
		t.Fatal(err)
	}
	second := start(t, privatepg.Options{Dir: dir, Port: port})
	if second.URL() != first.URL() {
		t.Error("it is not where it was")
	}
	if got := query(t, second, "SELECT n::text FROM kept"); got != "7" {
		t.Errorf("kept %q", got)
	}
}

func TestStart_RefusesAFolderInUse(t *testing.T) {
	t.Parallel()
	dir := folder(t)
	start(t, privatepg.Options{Dir: dir, Ephemeral: true})
	if _, err := privatepg.Start(t.Context(), privatepg.Options{Dir: dir}); err == nil || !strings.Contains(err.Error(), "in use") {
		t.Errorf("second server on one folder: %v", err)
	}
}

func TestStart_SurvivesAPidFileThatNamesAnotherProgram(t *testing.T) {
	t.Parallel()
	dir := folder(t)
	if err := start(t, privatepg.Options{Dir: dir}).Stop(); err != nil {
		t.Fatal(err)
	}
	stale := "1\n" + dir + "\n1\n1\n\n\n\nready\n"
	if err := os.WriteFile(filepath.Join(dir, "postmaster.pid"), []byte(stale), 0o600); err != nil {
		t.Fatal(err)
	}
	start(t, privatepg.Options{Dir: dir})
}

func TestStart_WantsAFolderForDataThatStay(t *testing.T) {
	t.Parallel()
	if _, err := privatepg.Start(t.Context(), privatepg.Options{}); err == nil {
		t.Error("started without a folder")
	}
}

func TestServer_KeepsItsPasswordFromOthers(t *testing.T) {
	t.Parallel()
	s := start(t, privatepg.Options{Ephemeral: true})
	wrong := strings.Replace(s.URL(), privatepg.User+":", privatepg.User+":x", 1)
	if conn, err := pgx.Connect(t.Context(), wrong); err == nil {
		t.Error("a wrong password was accepted", conn.Close(t.Context()))
	}
	info, err := os.Stat(filepath.Join(s.Dir(), "lvyue.password"))
	if err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("password file: %v, %v", info, err)
	}
}

func TestServer_SaysWhenItHasEnded(t *testing.T) {
	t.Parallel()
	s := start(t, privatepg.Options{Ephemeral: true})
	select {
	case <-s.Done():
		t.Fatal("done before its end")
	default:
	}
	if err := s.Stop(); err != nil {
		t.Fatal(err)
	}
	<-s.Done()
}

func start(t *testing.T, o privatepg.Options) *privatepg.Server {
	t.Helper()
	s, err := privatepg.Start(t.Context(), o)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := s.Stop(); err != nil {
			t.Error(err)
		}
	})
	return s
}

// folder is a data folder that an unprivileged server may enter; t.TempDir is closed to others.
func folder(t *testing.T) string {
	t.Helper()
	parent, err := os.MkdirTemp("", "privatepg-test-")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := os.RemoveAll(parent); err != nil {
			t.Error(err)
		}
	})
	if err := os.Chmod(parent, 0o711); err != nil {
		t.Fatal(err)
	}
	return filepath.Join(parent, "data")
}

// query runs SQL and gives the first column of its last row, if any.
func query(t *testing.T, s *privatepg.Server, sql string) string {
	t.Helper()
	ctx := context.WithoutCancel(t.Context())
	conn, err := pgx.Connect(ctx, s.URL())
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close(ctx)
	results, err := conn.PgConn().Exec(ctx, sql).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	last := results[len(results)-1]
	if len(last.Rows) == 0 {
		return ""
	}
	return string(last.Rows[0][0])
}
