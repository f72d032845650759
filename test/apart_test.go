package test

import (
	"os"
	"path/filepath"
	"strconv"
	"syscall"
	"testing"
	"time"

	"go.temporal.io/sdk/client"

	"lvyue/devstack/stack"
	"lvyue/internal/privatepg"
)

// apart is a place of one's own: its Temporal and its PostgreSQL keep their data, and can be killed and started again where they were.
type apart struct {
	place

	folder   string
	port     int
	postgres *privatepg.Server
	engine   *service
}

func openApart(t *testing.T) *apart {
	t.Helper()
	ports, err := stack.FreePorts(t.Context(), 2)
	if err != nil {
		t.Fatal(err)
	}
	a := &apart{folder: openFolder(t), port: ports[0]}
	a.startPostgres(t)
	t.Cleanup(func() {
		if err := a.postgres.Stop(); err != nil {
			t.Error(err)
		}
	})
	a.database, a.temporal = a.postgres.URL(), "127.0.0.1:"+strconv.Itoa(ports[1])
	dir := filepath.Join(a.folder, "temporal")
	a.engine = newService(t, "devstack", nil)
	a.engine.ready = filepath.Join(dir, "state.json")
	a.engine.arguments = []string{
		"serve", "--no-postgres", "--no-ui", "--store", "file", "--dir", dir, "--temporal-port", strconv.Itoa(ports[1]),
	}
	a.engine.start(t)
	if a.client, err = client.Dial(client.Options{HostPort: a.temporal, Logger: quiet()}); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(a.client.Close)
	return a
}

// openFolder makes one that PostgreSQL's user may enter, which t.TempDir forbids.
func openFolder(t *testing.T) string {
	t.Helper()
	folder, err := os.MkdirTemp("", "lvyue-apart-")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := os.RemoveAll(folder); err != nil {
			t.Error(err)
		}
	})
	if err := os.Chmod(folder, 0o711); err != nil {
		t.Fatal(err)
	}
	return folder
}

// startPostgres starts it, the first time or again. After a kill its sessions may still be on their way out, and hold the data.
func (a *apart) startPostgres(t *testing.T) {
	t.Helper()
	const patience, between = 30 * time.Second, 50 * time.Millisecond
	var err error
	for giveUp := time.Now().Add(patience); time.Now().Before(giveUp); time.Sleep(between) {
		a.postgres, err = privatepg.Start(t.Context(), privatepg.Options{Dir: filepath.Join(a.folder, "postgres"), Port: a.port})
		if err == nil {
			return
		}
	}
	t.Fatal(err)
}

// killPostgres ends its main process with SIGKILL; the sessions find that out by themselves.
func (a *apart) killPostgres(t *testing.T) {
	t.Helper()
	if err := syscall.Kill(a.postgres.PID(), syscall.SIGKILL); err != nil {
		t.Fatal(err)
	}
	<-a.postgres.Done()
	if err := a.postgres.Stop(); err != nil {
		t.Fatal(err)
	}
}
