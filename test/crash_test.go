package test

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"sync"
	"testing"

	"lvyue/internal/rehearsal"
	"lvyue/internal/testkit"
)

// The worker is killed with SIGKILL at a call to the cloud, once that took effect and before its answer arrives; another
// worker takes over. So it is at every call of a whole life, one of each day in each life, and nothing of the report changes:
// one set of resources, one charge, nothing left.
//
// Two calls of each work are tried, one and two thirds into it; with LVYUE_SOAK, all.
func TestWorker_KilledAtAnyCallToTheCloudItOrdersOnce_3_2_5_7_7_2(t *testing.T) {
	t.Parallel()
	calm, worker := undisturbed(t), build(t, t.TempDir(), "worker")
	sideBySide(t, fatalCalls(t, calm.calls.days()), func(fatal map[string]int) string {
		return fmt.Sprint(fatal)
	}, func(t *testing.T, fatal map[string]int) {
		v := &victim{program: worker, log: filepath.Join(t.TempDir(), "log"), fatal: fatal, calls: map[string]int{}}
		w := wholly{each: v.call}
		if err := w.live(t, rehearsal.Options{Worker: v.begin}); err != nil {
			t.Fatalf("%v\n%s", err, endOf(v.log))
		}
		if v.died != len(fatal) {
			t.Errorf("it was killed %d times, want %d", v.died, len(fatal))
		}
		w.came(t, calm)
	})
}

// fatalCalls are, for each life, the call of each day at which the worker dies, from 1.
func fatalCalls(t *testing.T, days map[string]int) []map[string]int {
	t.Helper()
	if testkit.Soak(t) == 0 {
		return []map[string]int{eachDay(days, thirds(1)), eachDay(days, thirds(2))}
	}
	var lives []map[string]int
	for n := range slices.Max(slices.Collect(maps.Values(days))) {
		lives = append(lives, eachDay(days, func(int) int { return n + 1 }))
	}
	return lives
}

// thirds leaves out the days on which a work only looks whether it can go on.
func thirds(n int) func(calls int) int {
	const many = 20
	return func(calls int) int {
		if calls < many {
			return 0
		}
		return calls * n / 3
	}
}

// eachDay leaves out the days that have no such call.
func eachDay(days map[string]int, choose func(calls int) int) map[string]int {
	chosen := map[string]int{}
	for day, calls := range days {
		if n := choose(calls); 0 < n && n <= calls {
			chosen[day] = n
		}
	}
	return chosen
}

// victim is a worker process that is killed at given calls to the cloud, and replaced at once.
type victim struct {
	program, log string
	fatal        map[string]int // by day, the call at which it dies, from 1

	mu     sync.Mutex
	start  func() error // starts the next worker; nil when the play is over
	worker *exec.Cmd
	calls  map[string]int
	died   int
}

// begin starts the first worker; stop ends the last.
func (v *victim) begin(env map[string]string) (stop func(), err error) {
	log, err := os.Create(v.log)
	if err != nil {
		return nil, err
	}
	v.mu.Lock()
	defer v.mu.Unlock()
	v.start = func() error {
		v.worker = workerProcess(context.Background(), v.program, env, log)
		return v.worker.Start()
	}
	return func() {
		v.mu.Lock()
		defer v.mu.Unlock()
		_ = v.kill()
		v.start = nil
		log.Close()
	}, v.start()
}

// call counts a call, and kills the worker that waits for its answer if that is fatal.
func (v *victim) call(c call) error {
	v.mu.Lock()
	defer v.mu.Unlock()
	v.calls[c.day()]++
	if v.start == nil || v.calls[c.day()] != v.fatal[c.day()] {
		return nil
	}
	v.died++
	return errors.Join(v.kill(), v.start())
}

// kill returns when the process is no more: it has read nothing since.
func (v *victim) kill() error {
	err := v.worker.Process.Kill() // SIGKILL
	_ = v.worker.Wait()            // says that it was killed
	return err
}
