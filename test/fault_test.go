package test

import (
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"lvyue/internal/rehearsal"
	"lvyue/internal/testkit"
)

// abreast rehearsals run side by side, each with a worker that is killed at least deaths times.
const abreast, deaths = 4, 6

// A worker is a process of its own here, with the vendors' simulators outside it. It is killed with SIGKILL at
// random moments through a whole life and started again at once: nothing of the report changes but its cost.
//
// LVYUE_SEED repeats a run; LVYUE_SOAK (a duration) goes on with new seeds for so long.
//
//nolint:tparallel // one round after another
func TestWorker_KilledAtAnyMomentItChangesNothing(t *testing.T) {
	t.Parallel()
	undisturbed := rehearse(t, "../examples/first-contract/scenario.yaml", nil)
	worker := build(t, t.TempDir(), "worker")
	for seed, until := testkit.Seed(t), time.Now().Add(testkit.Soak(t)); ; seed += abreast {
		var killed atomic.Int64
		t.Run("round", func(t *testing.T) {
			for i := range uint64(abreast) {
				t.Run(fmt.Sprintf("LVYUE_SEED=%d", seed+i), func(t *testing.T) {
					t.Parallel()
					m := &mortal{program: worker, log: filepath.Join(t.TempDir(), "log"), random: rand.New(rand.NewPCG(seed+i, 0))}
					got := rehearse(t, undisturbed.file, m.dieDuring(undisturbed.steps))
					t.Logf("killed %d times in %v", m.died, got.took)
					killed.Add(int64(m.died))
					same(t, got.report, undisturbed.report)
				})
			}
		})
		if least := int64(abreast * deaths); killed.Load() < least && !t.Failed() {
			t.Errorf("only %d kills, want %d", killed.Load(), least)
		}
		if t.Failed() || time.Now().After(until) {
			return
		}
	}
}

// outcome is a rehearsal that was played to its end: how many steps were recorded, and at how many instants.
type outcome struct {
	file     string
	report   rehearsal.Report
	steps    int
	instants map[time.Time]bool
	took     time.Duration
}

// rehearse plays a scenario with the given worker outside this process, nil for one inside.
func rehearse(tb testing.TB, file string, m *mortal) outcome {
	tb.Helper()
	scenario, err := rehearsal.Load(file)
	if err != nil {
		tb.Fatal(err)
	}
	played := outcome{file: file, instants: map[time.Time]bool{}}
	options := rehearsal.Options{Scenario: scenario, Client: world.client, DatabaseURL: world.DatabaseURL()}
	if m != nil {
		options.Worker = m.begin
	}
	options.Watch = func(step rehearsal.Step) {
		played.steps++
		played.instants[step.At.UTC()] = true
		if m != nil {
			m.see(played.steps)
		}
	}
	began := time.Now()
	played.report, err = rehearsal.Run(tb.Context(), options)
	if played.took = time.Since(began); err != nil {
		tb.Fatalf("%v\n%s", err, m.lastWords())
	}
	return played
}

// same fails on every line in which two reports differ. What a life cost on the server may differ, and the hash of its
// evidence, which has in it how long the pages took when the load was measured (§1.3).
func same(t *testing.T, got, want rehearsal.Report) {
	t.Helper()
	got.Cost, want.Cost = rehearsal.Cost{}, rehearsal.Cost{}
	got.Evidence.Head, want.Evidence.Head = "", ""
	compare(t, "the report's lines", reportLines(t, got), reportLines(t, want))
}

func reportLines(t *testing.T, r rehearsal.Report) []string {
	t.Helper()
	text, err := json.MarshalIndent(r, "", " ")
	if err != nil {
		t.Fatal(err)
	}
	return strings.Split(string(text), "\n")
}

// mortal is a worker process that is killed again and again.
type mortal struct {
	program, log string
	random       *rand.Rand
	fatal        map[int]bool // the steps after which it dies
	strike       chan struct{}
	died         int
}

// dieDuring draws the steps of a life after which the worker is killed, spread over all of it.
func (m *mortal) dieDuring(steps int) *mortal {
	m.fatal, m.strike = map[int]bool{}, make(chan struct{}, steps)
	for len(m.fatal) < deaths {
		m.fatal[1+m.random.IntN(steps-1)] = true
	}
	return m
}

// see is told of each step as it is recorded.
func (m *mortal) see(step int) {
	if m.fatal[step] {
		m.strike <- struct{}{}
	}
}

// begin starts the worker and the hand that kills it; stop ends both.
func (m *mortal) begin(env map[string]string) (stop func(), err error) {
	log, err := os.Create(m.log)
	if err != nil {
		return nil, err
	}
	start := func(ctx context.Context) *exec.Cmd {
		worker := workerProcess(ctx, m.program, env, log)
		if err = cmp.Or(err, worker.Start()); err != nil {
			fmt.Fprintln(log, err)
		}
		return worker
	}
	ctx, cancel := context.WithCancel(context.Background())
	first, ended := start(ctx), make(chan struct{})
	go func() {
		defer close(ended)
		m.haunt(ctx, first, start)
	}()
	return func() {
		cancel()
		<-ended
		log.Close()
	}, err
}

// workerProcess is a worker that is not started yet.
func workerProcess(ctx context.Context, program string, env map[string]string, log *os.File) *exec.Cmd {
	worker := exec.CommandContext(ctx, program)
	worker.Env = append(os.Environ(), "TEMPORAL_ADDRESS="+world.Address())
	for name, value := range env {
		worker.Env = append(worker.Env, name+"="+value)
	}
	worker.Stdout, worker.Stderr = log, log
	return worker
}

// haunt kills a while after each strike, sometimes again while the next worker is still starting.
func (m *mortal) haunt(ctx context.Context, worker *exec.Cmd, start func(context.Context) *exec.Cmd) {
	const work, startup = 100 * time.Millisecond, 500 * time.Millisecond
	for {
		select {
		case <-ctx.Done():
			_ = worker.Wait() // killed with ctx
			return
		case <-m.strike:
		}
		worker = m.kill(ctx, worker, work, start)
		if m.random.IntN(3) == 0 {
			worker = m.kill(ctx, worker, startup, start)
		}
	}
}

// kill lets at most so much time pass before it kills with SIGKILL, and starts the next worker.
func (m *mortal) kill(ctx context.Context, worker *exec.Cmd, within time.Duration, start func(context.Context) *exec.Cmd) *exec.Cmd {
	select {
	case <-ctx.Done():
		return worker
	case <-time.After(time.Duration(m.random.Int64N(int64(within)))):
	}
	_ = worker.Process.Kill() // SIGKILL
	_ = worker.Wait()
	m.died++
	return start(ctx)
}

// lastWords are what its workers logged last.
func (m *mortal) lastWords() string {
	if m == nil {
		return ""
	}
	return endOf(m.log)
}

func endOf(file string) string {
	const last = 4000
	text, _ := os.ReadFile(file)
	return string(text[max(0, len(text)-last):])
}

// build makes one of the product's programs in dir, and gives its path.
func build(tb testing.TB, dir, program string) string {
	tb.Helper()
	path := filepath.Join(dir, program)
	arguments := []string{"build", "-C", "..", "-buildvcs=false", "-o", path, "./" + program}
	if program == "devstack" {
		arguments = []string{"build", "-C", "../devstack", "-buildvcs=false", "-o", path, "."}
	}
	if said, err := exec.CommandContext(tb.Context(), "go", arguments...).CombinedOutput(); err != nil {
		tb.Fatalf("build the %s: %v\n%s", program, err, said)
	}
	return path
}
