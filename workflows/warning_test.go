package workflows_test

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"go.temporal.io/sdk/converter"
	sdklog "go.temporal.io/sdk/log"
	"go.temporal.io/sdk/testsuite"
	sdkworkflow "go.temporal.io/sdk/workflow"

	"lvyue/activities"
	"lvyue/internal/aliyunsim"
	"lvyue/internal/hosting"
	"lvyue/internal/message"
	"lvyue/internal/warning"
	"lvyue/internal/workday"
	"lvyue/workflows"
)

// watched is a contract in service whose servers and databases are looked at.
type watched struct {
	*story

	server, database string
}

func inService(t *testing.T) *watched {
	t.Helper()
	s := begin(t, "2025-09-26 09:00", soon)
	s.comesIntoService()
	s.until("2025-11-01 09:00")
	w := &watched{story: s}
	found, err := s.client("untold").Find(t.Context(), s.form.Number, s.form.Hosting.Region, nil)
	must(t, err)
	for _, r := range found {
		switch r.Kind {
		case hosting.Server:
			w.server = r.ID
		case hosting.Database:
			w.database = r.ID
		}
	}
	return w
}

// told is a line of the log that is for a person.
type told struct {
	To      string          `json:"to"`
	Level   string          `json:"level"`
	Msg     string          `json:"msg"`
	Kind    string          `json:"kind"`
	Metric  string          `json:"metric"`
	Percent float64         `json:"percent"`
	Days    int             `json:"days_to_full"`
	Growth  *warning.Growth `json:"growth"`
}

// sweeps runs the early warning at an instant, and gives its report and what people were told.
func (w *watched) sweeps(at time.Time) (warning.Report, []told) {
	w.t.Helper()
	w.stand(at)
	suite := &testsuite.WorkflowTestSuite{}
	suite.SetLogger(sdklog.NewStructuredLogger(slog.New(slog.DiscardHandler)))
	env := suite.NewTestWorkflowEnvironment()
	env.SetStartTime(at)
	var lines bytes.Buffer
	env.RegisterActivity(&activities.Warning{Cloud: w.client("untold"), Store: w.store, Log: slog.New(slog.NewJSONHandler(&lines, nil))})
	env.ExecuteWorkflow(workflows.EarlyWarning, warning.Watching{})
	var r warning.Report
	must(w.t, env.GetWorkflowResult(&r))
	var heard []told
	for line := range strings.Lines(lines.String()) {
		var t told
		must(w.t, json.Unmarshal([]byte(line), &t))
		if t.To != "" {
			heard = append(heard, t)
		}
	}
	return r, heard
}

// §3.6: a disk that fills over weeks is warned of once, ahead of the limit, with what would help.
func TestEarlyWarning_ADiskThatFillsIsWarnedOfAheadOfItsLimit(t *testing.T) {
	t.Parallel()
	w := inService(t)
	from := w.now()
	w.account.SetLoad(w.server, aliyunsim.Load{Storage: map[string]aliyunsim.Course{
		"/dev/vda1": aliyunsim.Steady(20), "/dev/vdb1": aliyunsim.Rising(from, 50, 1),
	}})
	var heard []told
	for day := range 27 { // until it is 76 % full
		r, now := w.sweeps(from.AddDate(0, 0, day))
		if heard = append(heard, now...); r.Standing != len(heard) || r.Contracts != 1 || len(r.Blind) != 0 {
			t.Fatalf("day %d: %+v, told %+v", day, r, heard)
		}
	}
	if len(heard) != 1 {
		t.Fatalf("told %+v", heard)
	}
	got := heard[0]
	if got.To != "account-manager" || got.Level != "WARN" || got.Metric != "storage" || got.Percent > 72 || got.Days != 29 {
		t.Errorf("told %+v", got)
	}
	if got.Growth == nil || got.Growth.To.ServerDiskGB < 2*w.form.Load.DiskGB || got.Growth.To.Short {
		t.Errorf("suggested %+v", got.Growth)
	}
	known, err := w.store.Measured(t.Context(), w.form.Number, w.now())
	must(t, err)
	if open := known.Opened(); len(open) != 1 || open[0].Device != "/dev/vdb1" || open[0].Growth == nil || known.Last != workday.MustDate("2026-10-19") {
		t.Errorf("the year ends %s, kept %+v", known.Last, known.Warnings)
	}
	if r, now := w.sweeps(from.AddDate(0, 0, 42)); len(now) != 1 || now[0].Level != "ERROR" || now[0].To != "on-call" || r.Open[0].Class < warning.Urgent {
		t.Errorf("when it is nearly full: %+v, told %+v", r, now)
	}
}

// §3.6: missing data is an alarm, and over when there is data again.
func TestEarlyWarning_AMissingAgentIsAnAlarm(t *testing.T) {
	t.Parallel()
	w := inService(t)
	at := w.now()
	if r, heard := w.sweeps(at); r.Standing != 0 || len(heard) != 0 {
		t.Fatalf("a healthy system: %+v, told %+v", r, heard)
	}
	w.account.SetAgent(w.server, false)
	r, heard := w.sweeps(at.Add(6 * time.Hour))
	if r.Standing != 2 || len(heard) != 2 || heard[0].To != "on-call" || heard[0].Level != "ERROR" || heard[0].Kind != "ecs" {
		t.Errorf("without its agent: %+v, told %+v", r, heard)
	}
	if r, heard := w.sweeps(at.Add(12 * time.Hour)); r.Standing != 2 || len(heard) != 0 {
		t.Errorf("still without: %+v, told %+v", r, heard)
	}
	w.account.SetAgent(w.server, true)
	if r, heard := w.sweeps(at.Add(18 * time.Hour)); r.Standing != 0 || len(heard) != 0 {
		t.Errorf("with it again: %+v, told %+v", r, heard)
	}
}

// §3.6: run twice for the same instant, it changes nothing and tells nobody again.
func TestEarlyWarning_RunTwiceIsOnce(t *testing.T) {
	t.Parallel()
	w := inService(t)
	w.account.SetLoad(w.database, aliyunsim.Load{Memory: aliyunsim.Steady(96), Connections: aliyunsim.Steady(-1)})
	at := w.now()
	first, heard := w.sweeps(at)
	known, err := w.store.Measured(t.Context(), w.form.Number, at)
	must(t, err)
	if len(heard) != 2 || first.Standing != 2 {
		t.Fatalf("told %+v, %+v", heard, first)
	}
	again, heard := w.sweeps(at)
	after, err := w.store.Measured(t.Context(), w.form.Number, at)
	must(t, err)
	if len(heard) != 0 || again.Standing != 2 || again.Contracts != 1 || inJSON(t, known) != inJSON(t, after) {
		t.Errorf("told %+v\nfirst %+v\nagain %+v", heard, first, again)
	}
}

func inJSON(t *testing.T, v any) string {
	t.Helper()
	text, err := json.Marshal(v)
	must(t, err)
	return string(text)
}

// What is no longer in service needs no warning.
func TestEarlyWarning_TheEndClosesIt(t *testing.T) {
	t.Parallel()
	w := inService(t)
	w.account.SetLoad(w.server, aliyunsim.Load{Memory: aliyunsim.Steady(96)})
	if r, _ := w.sweeps(w.now()); r.Standing != 1 {
		t.Fatalf("got %+v", r)
	}
	w.at("2026-03-02 10:00", terminates("2026-03-02", message.Agreement))
	w.until("2026-03-03 09:00")
	if r, heard := w.sweeps(w.now()); r.Standing != 0 || r.Contracts != 1 || len(heard) != 0 {
		t.Errorf("after the end: %+v, told %+v", r, heard)
	}
	if r, _ := w.sweeps(w.now().Add(time.Hour)); r.Contracts != 0 {
		t.Errorf("it is still looked at: %+v", r)
	}
}

// §3.6: a server and a database that are not there at all tell nothing, and that is told.
func TestEarlyWarning_WhatIsGoneIsSilent(t *testing.T) {
	t.Parallel()
	w := inService(t)
	if r, _ := w.sweeps(w.now()); r.Standing != 0 {
		t.Fatalf("got %+v", r)
	}
	w.destroysBehindItsBack()
	if r, heard := w.sweeps(w.now().Add(6 * time.Hour)); r.Standing != len(heard) || len(heard) < 2 || heard[0].To != "on-call" {
		t.Errorf("got %+v, told %+v", r, heard)
	}
}

// many are contracts without end, so that nothing need be measured.
type many struct {
	activities.WarningStore

	numbers []string
	guard   sync.Mutex
	looked  map[string]time.Time
}

func (m *many) Watched(_ context.Context, after string, most int) ([]string, error) {
	i, found := slices.BinarySearch(m.numbers, after)
	if found {
		i++
	}
	return m.numbers[i:min(i+most, len(m.numbers))], nil
}

func (m *many) Measured(_ context.Context, number string, _ time.Time) (warning.Known, error) {
	return warning.Known{Number: number, Phase: message.Ended}, nil
}

func (m *many) KeepLook(_ context.Context, number string, at time.Time, _ []hosting.Point, _ []warning.Warning) error {
	m.guard.Lock()
	defer m.guard.Unlock()
	m.looked[number] = at
	return nil
}

// However many contracts there are, each is looked at once, for the instant at which the sweep began.
func TestEarlyWarning_LooksAtEveryContractOnce(t *testing.T) {
	t.Parallel()
	begun := instant(t, "2026-03-02 10:00")
	for _, count := range []int{0, 1, 19, 20, 21, 499, 500, 501} {
		m := &many{looked: map[string]time.Time{}}
		for n := range count {
			m.numbers = append(m.numbers, fmt.Sprintf("HT-%04d", n))
		}
		var r warning.Report
		var input warning.Watching
		for runs := 1; ; runs++ {
			suite := &testsuite.WorkflowTestSuite{}
			suite.SetLogger(sdklog.NewStructuredLogger(slog.New(slog.DiscardHandler)))
			env := suite.NewTestWorkflowEnvironment()
			env.SetStartTime(begun.Add(time.Duration(runs-1) * time.Minute))
			env.SetTestTimeout(time.Minute)
			env.RegisterActivity(&activities.Warning{Store: m, Log: slog.New(slog.DiscardHandler)})
			env.ExecuteWorkflow(workflows.EarlyWarning, input)
			if fresh, goesOn := errors.AsType[*sdkworkflow.ContinueAsNewError](env.GetWorkflowError()); goesOn {
				input = warning.Watching{}
				must(t, converter.GetDefaultDataConverter().FromPayloads(fresh.Input, &input))
				continue
			}
			must(t, env.GetWorkflowResult(&r))
			if want := count/500 + 1; runs != want {
				t.Errorf("%d contracts take %d runs, want %d", count, runs, want)
			}
			break
		}
		if r.Contracts != count || len(m.looked) != count || !r.At.Equal(begun) || len(r.Blind) != 0 {
			t.Errorf("%d contracts: looked at %d, %+v", count, len(m.looked), r)
		}
		for number, at := range m.looked {
			if !at.Equal(begun) {
				t.Errorf("%s was looked at for %s", number, at)
			}
		}
	}
}

// A vendor that does not answer is told of, and closes nothing.
func TestEarlyWarning_ABlindLookIsTold(t *testing.T) {
	t.Parallel()
	w := inService(t)
	must(t, w.account.SetFaults(aliyunsim.Fault{Operation: "cms DescribeMetricLast", Every: 1, Trouble: aliyunsim.Unavailable}))
	r, heard := w.sweeps(w.now())
	if len(r.Blind) != 1 || r.Contracts != 1 || len(heard) != 1 || heard[0].To != "on-call" || heard[0].Msg != "a contract cannot be measured" {
		t.Errorf("got %+v, told %+v", r, heard)
	}
	must(t, w.account.SetFaults())
	if r, heard := w.sweeps(w.now()); len(r.Blind) != 0 || len(heard) != 0 {
		t.Errorf("once it answers: %+v, told %+v", r, heard)
	}
}
