package stack_test

import (
	"context"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"strconv"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"
	"go.temporal.io/sdk/client"
	"go.temporal.io/sdk/worker"
	"go.temporal.io/sdk/workflow"

	"lvyue/devstack/stack"
)

func TestStart_InMemoryWithTheUI(t *testing.T) {
	t.Parallel()
	s := start(t, stack.Options{NoPostgres: true, UI: true})
	greet(t, s, "in-memory")
	response, err := http.Get(s.UIURL() + "/namespaces/default/workflows")
	if err != nil {
		t.Fatal(err)
	}
	defer response.Body.Close()
	if response.StatusCode != http.StatusOK {
		t.Errorf("Web UI answers %s", response.Status)
	}
	if s.DatabaseURL() != "" {
		t.Error("a database that nobody asked for")
	}
}

func TestStart_TwoSideBySideShareNothing(t *testing.T) {
	t.Parallel()
	first, second := start(t, stack.Options{NoPostgres: true}), start(t, stack.Options{NoPostgres: true})
	greet(t, first, "mine")
	if known(t, second, "mine") {
		t.Error("a workflow of one stack is seen in the other")
	}
}

//nolint:paralleltest // measures a time
func TestStart_FileKeepsAWorkflowOverARestart(t *testing.T) {
	keepsAWorkflow(t, stack.Options{Dir: folder(t), Store: stack.StoreFile, NoPostgres: true})
}

//nolint:paralleltest // measures a time
func TestStart_PostgresKeepsAWorkflowOverARestart(t *testing.T) {
	keepsAWorkflow(t, stack.Options{Dir: folder(t), Store: stack.StorePostgres})
}

func keepsAWorkflow(t *testing.T, o stack.Options) {
	t.Helper()
	first := start(t, o)
	greet(t, first, "kept")
	if err := first.Stop(); err != nil {
		t.Fatal(err)
	}
	began := time.Now()
	second := start(t, o)
	if took := time.Since(began); took > 2*time.Second {
		t.Errorf("second start took %v", took)
	}
	if !known(t, second, "kept") {
		t.Error("the workflow is gone")
	}
	greet(t, second, "after the restart")
}

func TestStart_UsesTheDatabaseGiven(t *testing.T) {
	t.Parallel()
	owner := start(t, stack.Options{})
	guest := start(t, stack.Options{DatabaseURL: owner.DatabaseURL(), Store: stack.StorePostgres})
	if guest.DatabaseURL() != owner.DatabaseURL() {
		t.Error("another database than the one given")
	}
	greet(t, guest, "in a database given")
	if got := ask(t, guest.DatabaseURL(), "SELECT count(*) FROM pg_database WHERE datname LIKE 'temporal%'"); got != 2 {
		t.Errorf("%d databases of Temporal's, want 2", got)
	}
}

func TestStart_RefusesWhatItCannotDo(t *testing.T) {
	t.Parallel()
	taken := start(t, stack.Options{NoPostgres: true})
	for name, o := range map[string]stack.Options{
		"an unknown store":      {NoPostgres: true, Store: "tape"},
		"a file without folder": {NoPostgres: true, Store: stack.StoreFile},
		"a store without URL":   {NoPostgres: true, Store: stack.StorePostgres},
		"a URL of another kind": {DatabaseURL: "mysql://u:p@h/d", Store: stack.StorePostgres},
		"a port that is taken":  {NoPostgres: true, TemporalPort: port(t, taken.Address())},
	} {
		if s, err := stack.Start(t.Context(), o); err == nil {
			t.Errorf("%s: started", name)
			_ = s.Stop()
		}
	}
}

func TestStack_TimersAreExactToMilliseconds(t *testing.T) {
	t.Parallel()
	s := start(t, stack.Options{NoPostgres: true})
	c := dial(t, s)
	serve(t, c)
	began := time.Now()
	run, err := c.ExecuteWorkflow(t.Context(), client.StartWorkflowOptions{TaskQueue: "test"}, timers)
	if err != nil {
		t.Fatal(err)
	}
	if err := run.Get(t.Context(), nil); err != nil {
		t.Fatal(err)
	}
	if took := time.Since(began); took > 3*time.Second { // the server's default shift would make it ten
		t.Errorf("ten timers of a millisecond took %v", took)
	}
}

func timers(ctx workflow.Context) error {
	for range 10 {
		if err := workflow.Sleep(ctx, time.Millisecond); err != nil {
			return err
		}
	}
	return nil
}

func hello(workflow.Context) (string, error) { return "hello", nil }

func start(t *testing.T, o stack.Options) *stack.Stack {
	t.Helper()
	s, err := stack.Start(t.Context(), o)
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

func dial(t *testing.T, s *stack.Stack) client.Client {
	t.Helper()
	c, err := client.Dial(client.Options{HostPort: s.Address(), Namespace: stack.Namespace})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(c.Close)
	return c
}

func serve(t *testing.T, c client.Client) {
	t.Helper()
	w := worker.New(c, "test", worker.Options{})
	w.RegisterWorkflow(hello)
	w.RegisterWorkflow(timers)
	if err := w.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(w.Stop)
}

// greet runs a workflow to its end.
func greet(t *testing.T, s *stack.Stack, id string) {
	t.Helper()
	c, err := client.Dial(client.Options{HostPort: s.Address(), Namespace: stack.Namespace})
	if err != nil {
		t.Fatal(err)
	}
	defer c.Close()
	w := worker.New(c, "test", worker.Options{})
	w.RegisterWorkflow(hello)
	if err := w.Start(); err != nil {
		t.Fatal(err)
	}
	defer w.Stop()
	run, err := c.ExecuteWorkflow(t.Context(), client.StartWorkflowOptions{ID: id, TaskQueue: "test"}, hello)
	if err != nil {
		t.Fatal(err)
	}
	if err := run.Get(t.Context(), nil); err != nil {
		t.Fatal(err)
	}
}

func known(t *testing.T, s *stack.Stack, id string) bool {
	t.Helper()
	_, err := dial(t, s).DescribeWorkflowExecution(t.Context(), id, "")
	return err == nil
}

func ask(t *testing.T, url, sql string) (n int) {
	t.Helper()
	conn, err := pgx.Connect(t.Context(), url)
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close(context.Background())
	if err := conn.QueryRow(t.Context(), sql).Scan(&n); err != nil {
		t.Fatal(err)
	}
	return n
}

// folder is one that an unprivileged PostgreSQL may enter; t.TempDir is closed to others.
func folder(t *testing.T) string {
	t.Helper()
	dir, err := os.MkdirTemp("", "stack-test-")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := os.RemoveAll(dir); err != nil {
			t.Error(err)
		}
	})
	if err := os.Chmod(dir, 0o711); err != nil {
		t.Fatal(err)
	}
	return filepath.Join(dir, "data")
}

func port(t *testing.T, address string) int {
	t.Helper()
	_, text, err := net.SplitHostPort(address)
	if err != nil {
		t.Fatal(err)
	}
	n, err := strconv.Atoi(text)
	if err != nil {
		t.Fatal(err)
	}
	return n
}
