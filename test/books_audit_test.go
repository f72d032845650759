package test

import (
	"context"
	"log/slog"
	"strings"
	"sync"
	"testing"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"
	"go.temporal.io/sdk/client"

	"lvyue/activities"
	"lvyue/internal/engine"
	"lvyue/internal/message"
	"lvyue/internal/postgres"
	"lvyue/workflows"
)

// Every night the books are audited on the real server; finance is told of what does not hold, and the result is kept.
func TestBooksAudit_RunsEveryNightAndTellsFinance(t *testing.T) {
	t.Parallel()
	night, err := world.client.ScheduleClient().GetHandle(t.Context(), engine.BooksAuditSchedule).Describe(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if hours := night.Schedule.Spec.Calendars[0].Hour; len(hours) != 1 || hours[0].Start != 18 {
		t.Errorf("the audit starts at %v UTC, want 18: 02:00 in Shanghai", hours)
	}
	store := scratch(t)
	told := &page{}
	audit := nightly(t, store, told)
	if failed := audit(); failed != 0 || told.text() != "" {
		t.Errorf("%d invariants fail in empty books; told %s", failed, told.text())
	}
	loseANumber(t, store)
	if failed := audit(); failed == 0 || !strings.Contains(told.text(), `"to":"finance"`) {
		t.Errorf("%d invariants fail with a number lost; told %s", failed, told.text())
	}
}

// scratch is a store in a schema of its own.
func scratch(t *testing.T) *postgres.Store {
	t.Helper()
	store, err := postgres.Open(t.Context(), world.DatabaseURL(), "audit_"+strings.ReplaceAll(uuid.NewString(), "-", ""))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := store.Drop(context.WithoutCancel(t.Context())); err != nil {
			t.Error(err)
		}
		store.Close()
	})
	if err := store.Migrate(t.Context()); err != nil {
		t.Fatal(err)
	}
	return store
}

// nightly serves the audit as a worker does, and gives a function that runs it once.
func nightly(t *testing.T, store *postgres.Store, told *page) func() (failed int) {
	t.Helper()
	queue := "audit-" + uuid.NewString()
	w := engine.NewWorker(world.client, queue, func(err error) { t.Error(err) })
	workflows.Register(w)
	w.RegisterActivity(&activities.Books{Store: store, Log: slog.New(slog.NewJSONHandler(told, nil))})
	if err := w.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(w.Stop)
	return func() (failed int) {
		run, err := world.client.ExecuteWorkflow(t.Context(), client.StartWorkflowOptions{TaskQueue: queue}, message.BooksAuditWorkflow)
		if err == nil {
			err = run.Get(t.Context(), &failed)
		}
		if err != nil {
			t.Fatal(err)
		}
		return failed
	}
}

// loseANumber takes a number of a series that no invoice bears.
func loseANumber(t *testing.T, store *postgres.Store) {
	t.Helper()
	c, err := pgx.Connect(t.Context(), world.DatabaseURL())
	if err != nil {
		t.Fatal(err)
	}
	defer c.Close(context.WithoutCancel(t.Context()))
	if _, err := c.Exec(t.Context(), "INSERT INTO "+pgx.Identifier{store.Schema(), "series"}.Sanitize()+" VALUES ('INV', 2026, 1)"); err != nil {
		t.Fatal(err)
	}
}

// page is what was written, by whomever at once.
type page struct {
	sync.Mutex

	written strings.Builder
}

func (p *page) Write(text []byte) (int, error) {
	p.Lock()
	defer p.Unlock()
	return p.written.Write(text)
}

func (p *page) text() string {
	p.Lock()
	defer p.Unlock()
	return p.written.String()
}
