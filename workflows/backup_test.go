package workflows_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"go.temporal.io/sdk/converter"
	"go.temporal.io/sdk/testsuite"
	sdkworkflow "go.temporal.io/sdk/workflow"

	"lvyue/activities"
	"lvyue/internal/backup"
	"lvyue/internal/contract"
	"lvyue/internal/hosting"
	"lvyue/internal/message"
	"lvyue/internal/offsite"
	"lvyue/internal/operator"
	"lvyue/internal/postgres"
	"lvyue/internal/suite"
	"lvyue/internal/suitesim"
	"lvyue/internal/testkit"
	"lvyue/internal/workday"
	"lvyue/workflows"
)

// nights are the sweeps over some contracts, whose systems and stores are real.
type nights struct {
	t     *testing.T
	store *postgres.Store
	dir   string
	vault *offsite.Vault
	now   time.Time
	env   *testsuite.TestWorkflowEnvironment
	log   bytes.Buffer
}

const providersSecret = "the provider's"

func nightsFrom(t *testing.T, at string) *nights {
	t.Helper()
	n := &nights{t: t, store: testkit.Spoiled(t), dir: t.TempDir(), now: instantAt(t, at)}
	var err error
	n.vault, err = offsite.Open(t.Context(), offsite.Options{
		Copies: "file://" + n.dir + "/copies", Keys: "file://" + n.dir + "/keys", Engine: "lvyue", PartBytes: 1000, Now: n.clock,
	}, operator.Client{Scheme: "http", Secret: providersSecret})
	must(t, err)
	t.Cleanup(func() { must(t, n.vault.Close()) })
	return n
}

func instantAt(t *testing.T, text string) time.Time {
	t.Helper()
	at, err := time.ParseInLocation("2006-01-02 15:04", text, workday.Shanghai)
	must(t, err)
	return at
}

// clock is the machine's clock in the sweep.
func (n *nights) clock() time.Time {
	if n.env != nil {
		return n.env.Now()
	}
	return n.now
}

// serves puts a contract in a phase, reached at that host; "" for a deployment that left no address.
func (n *nights) serves(number string, phase message.Phase, host string) {
	n.t.Helper()
	data, err := os.ReadFile("../examples/first-contract/first-contract.yaml")
	must(n.t, err)
	form, err := contract.ParseForm(data)
	must(n.t, err)
	form.Number = number
	must(n.t, n.store.RegisterForm(n.t.Context(), form))
	n.phase(number, phase)
	must(n.t, n.store.Record(n.t.Context(), message.Record{Contract: number, Events: []message.Event{{
		Key: "deployed", At: n.now, What: "deployed", Detail: message.Report{
			Resources: []hosting.Resource{{Kind: hosting.EIP, ID: "eip-1", Address: host}},
		},
	}}}))
}

func (n *nights) phase(number string, phase message.Phase) {
	n.t.Helper()
	must(n.t, n.store.Record(n.t.Context(), message.Record{Contract: number, Events: []message.Event{{
		Key: string(phase), At: n.now, What: "phase", Changed: message.Changed{Contract: &message.ContractRow{
			Number: number, Phase: phase, Start: workday.Of(n.now),
		}},
	}}}))
}

// system starts a contract's system with a few documents, and gives its host.
func system(t *testing.T, token string, documents bool) string {
	t.Helper()
	world := suitesim.Alone{Data: &suitesim.Database{}, Kept: &suitesim.Files{}, Disk: 100}
	is := suitesim.New(100)
	script := "suite database db 3306 oa admin password\nsuite token " + token
	if documents {
		script += "\nsuite fetch oa 8.4.2\nsuite migrate oa 8.4.2\nsuite start oa 8.4.2"
	}
	if out, exit := is.Run(script, world); exit != 0 {
		t.Fatal(out)
	}
	server := httptest.NewServer(suitesim.Site{System: is, World: world, Lock: &sync.Mutex{}})
	t.Cleanup(server.Close)
	return strings.TrimPrefix(server.URL, "http://")
}

func systemOf(t *testing.T, number string) string {
	t.Helper()
	return system(t, suite.Token(providersSecret, number, "operator"), true)
}

// Ready gives an empty system for each drill.
func (n *nights) Ready(_ context.Context, number string) (host string, done func(), err error) {
	return system(n.t, suite.Token(providersSecret, number, "operator"), false), func() {}, nil
}

func (n *nights) offsite() *activities.Offsite {
	return &activities.Offsite{Vault: n.vault, Store: n.store, Drills: n, Log: slog.New(slog.NewJSONHandler(&n.log, nil))}
}

// sweep runs one night's sweep to its end, through all its runs, and gives its report and how many runs there were.
func (n *nights) sweep() (r backup.Report, runs int) {
	n.t.Helper()
	var in backup.Sweep
	for {
		runs++
		n.env = (&testsuite.WorkflowTestSuite{}).NewTestWorkflowEnvironment()
		n.env.SetStartTime(n.now)
		n.env.SetTestTimeout(time.Minute)
		n.env.RegisterActivity(n.offsite())
		n.env.RegisterWorkflow(workflows.Backup)
		n.env.ExecuteWorkflow(workflows.Backup, in)
		n.now = n.env.Now()
		err := n.env.GetWorkflowError()
		fresh, again := errors.AsType[*sdkworkflow.ContinueAsNewError](err)
		if !again {
			must(n.t, err)
			must(n.t, n.env.GetWorkflowResult(&r))
			return r, runs
		}
		in = backup.Sweep{}
		must(n.t, converter.GetDefaultDataConverter().FromPayloads(fresh.Input, &in))
	}
}

// §3.9: every night the data of every contract in service is copied, and of no other; what was never restored is restored for
// proof, and not again the night after.
func TestBackup_CopiesEveryContractInServiceOnceADay(t *testing.T) {
	t.Parallel()
	n := nightsFrom(t, "2026-03-02 01:00")
	for _, number := range []string{"A", "B"} {
		n.serves(number, message.InService, systemOf(t, number))
	}
	n.serves("C", message.Deploying, systemOf(t, "C"))
	n.serves("D", message.Destroying, systemOf(t, "D"))
	r, runs := n.sweep()
	if r.Copied != 2 || r.Failed != 0 || r.Drilled != 2 || len(r.Gaps) != 0 || runs != 2 || n.log.Len() != 0 {
		t.Errorf("the report is %+v after %d runs; %s", r, runs, n.log.String())
	}
	if again, _ := n.sweep(); again.Copied != 0 || again.Drilled != 0 {
		t.Errorf("a second sweep of the day did %+v", again)
	}
	n.now = instantAt(t, "2026-03-03 01:00")
	if next, _ := n.sweep(); next.Copied != 2 || next.Drilled != 0 || next.Day != workday.MustDate("2026-03-03") {
		t.Errorf("the next night did %+v", next)
	}
	for number, want := range map[string]int{"A": 2, "B": 2, "C": 0, "D": 0} {
		s, err := n.store.OffsiteStanding(t.Context(), number)
		must(t, err)
		if s.Copies != want || (want > 0 && (s.Drilled == nil || !s.Drilled.Same() || s.Drilled.Rows != 6)) {
			t.Errorf("%s stands so: %+v", number, s)
		}
	}
}

// §3.9: what fails is tried again every hour; one contract's trouble touches no other's copy; a gap is an alarm, and is kept.
func TestBackup_AGapIsAnAlarm(t *testing.T) {
	t.Parallel()
	n := nightsFrom(t, "2026-03-02 00:00")
	n.serves("A", message.InService, systemOf(t, "A"))
	n.serves("B", message.InService, "")
	n.now = instantAt(t, "2026-03-03 01:00") // B is in service for 25 hours
	r, runs := n.sweep()
	if r.Copied != 1 || r.Failed != 1 || len(r.Gaps) != 1 || r.Gaps[0].Contract != "B" || !r.Gaps[0].Newest.IsZero() {
		t.Errorf("the report is %+v", r)
	}
	if begun := instantAt(t, "2026-03-03 01:00"); n.now.Sub(begun) < 20*time.Hour || n.now.Sub(begun) > 23*time.Hour || runs < 20 {
		t.Errorf("it was tried in %d runs until %s", runs, n.now)
	}
	if !strings.Contains(n.log.String(), `"to":"on-call"`) || !strings.Contains(n.log.String(), "B since 2026-03-02 00:00:00") ||
		strings.Contains(n.log.String(), "A since") {
		t.Errorf("the log says %s", n.log.String())
	}
	isNew, err := n.store.KeepOffsiteGap(t.Context(), r.Gaps[0], n.now)
	if err != nil || isNew {
		t.Errorf("the gap was not kept: %v", err)
	}
}

// §3.9: a copy that somebody has deleted or altered in the store is no good one from the next sweep on.
func TestBackup_ACopyThatIsGoneIsNoGoodOne(t *testing.T) {
	t.Parallel()
	for what, spoil := range map[string]func(path string) error{
		"gone":    os.RemoveAll,
		"altered": func(path string) error { return os.WriteFile(path+"/manifest.json", []byte("{}"), 0o600) },
	} {
		t.Run(what, func(t *testing.T) {
			t.Parallel()
			n := nightsFrom(t, "2026-03-02 01:00")
			n.serves("A", message.InService, systemOf(t, "A"))
			n.sweep()
			n.now = instantAt(t, "2026-03-03 01:00")
			n.sweep()
			must(t, spoil(filepath.Join(n.dir, "copies", "lvyue", "A", "2026-03-03")))
			gaps, err := n.watch("2026-03-03 04:00")
			must(t, err)
			s, err := n.store.OffsiteStanding(t.Context(), "A")
			must(t, err)
			if len(gaps) != 1 || s.Newest.Day != workday.MustDate("2026-03-02") || !strings.Contains(n.log.String(), "is damaged") {
				t.Errorf("gaps %v, %+v; %s", gaps, s, n.log.String())
			}
		})
	}
}

// watch looks for gaps once.
func (n *nights) watch(at string) (gaps []backup.Gap, err error) {
	env := (&testsuite.WorkflowTestSuite{}).NewTestActivityEnvironment()
	o := n.offsite()
	env.RegisterActivity(o)
	value, err := env.ExecuteActivity(o.WatchCopies, instantAt(n.t, at))
	if err == nil {
		err = value.Get(&gaps)
	}
	return gaps, err
}

// §3.9: exactly 26 hours are none, a minute more is one; in WatchCopies as in the rule.
func TestBackup_TheAlarmComesAfter26Hours(t *testing.T) {
	t.Parallel()
	n := nightsFrom(t, "2026-03-02 01:00")
	n.serves("A", message.InService, systemOf(t, "A"))
	n.sweep()
	for at, want := range map[string]int{"2026-03-03 03:00": 0, "2026-03-03 03:01": 1} {
		if gaps, err := n.watch(at); err != nil || len(gaps) != want {
			t.Errorf("at %s there are %v, %v", at, gaps, err)
		}
	}
}

// §3.9: after some weeks there are the copies that the policy keeps, in the store as in the database.
func TestBackup_ForgetsWhatIsNoLongerKept(t *testing.T) {
	t.Parallel()
	n := nightsFrom(t, "2026-03-02 01:00")
	n.serves("A", message.InService, systemOf(t, "A"))
	begun := n.now
	for night := range 24 {
		n.now = begun.AddDate(0, 0, night)
		if r, _ := n.sweep(); r.Copied != 1 {
			t.Fatalf("night %d: %+v", night, r)
		}
	}
	copies, err := n.store.OffsiteCopies(t.Context(), "A")
	must(t, err)
	stored, err := os.ReadDir(filepath.Join(n.dir, "copies", "lvyue", "A"))
	must(t, err)
	var known, there []string
	for _, c := range copies {
		known = append(known, c.Day.String())
	}
	for _, folder := range stored {
		if inside, _ := os.ReadDir(filepath.Join(n.dir, "copies", "lvyue", "A", folder.Name())); len(inside) > 0 {
			there = append(there, folder.Name())
		}
	}
	want := "[2026-03-08 2026-03-15 2026-03-19 2026-03-20 2026-03-21 2026-03-22 2026-03-23 2026-03-24 2026-03-25]"
	if fmt.Sprint(known) != want || fmt.Sprint(there) != want {
		t.Errorf("known  %v\nstored %v\nwant   %s", known, there, want)
	}
}

// §3.9: an activity that runs twice, even at the same time, makes one copy.
func TestBackup_ACopyADayAlsoIfOrderedTwiceAtOnce(t *testing.T) {
	t.Parallel()
	n := nightsFrom(t, "2026-03-02 01:00")
	n.serves("A", message.InService, systemOf(t, "A"))
	made := make([]backup.Copy, 4)
	var all sync.WaitGroup
	for i := range made {
		all.Go(func() {
			env := (&testsuite.WorkflowTestSuite{}).NewTestActivityEnvironment()
			o := n.offsite()
			env.RegisterActivity(o)
			value, err := env.ExecuteActivity(o.CopyOffsite, backup.Order{Contract: "A", Day: workday.Of(n.now)})
			if err == nil {
				err = value.Get(&made[i])
			}
			if err != nil {
				t.Error(err)
			}
		})
	}
	all.Wait()
	copies, err := n.store.OffsiteCopies(t.Context(), "A")
	must(t, err)
	for _, m := range made {
		if len(copies) != 1 || m.SHA256 != copies[0].SHA256 {
			t.Errorf("made %+v, kept %+v", m, copies)
		}
	}
}

// §7.2: when a contract is destroyed, its copies and its key are gone, and no copy is made any more.
func TestBackup_NothingIsCopiedOfWhatIsDestroyed(t *testing.T) {
	t.Parallel()
	n := nightsFrom(t, "2026-03-02 01:00")
	n.serves("A", message.InService, systemOf(t, "A"))
	n.sweep()
	n.phase("A", message.Destroying)
	env := (&testsuite.WorkflowTestSuite{}).NewTestActivityEnvironment()
	o := n.offsite()
	env.RegisterActivity(o)
	for _, do := range []func(context.Context, string) ([]hosting.Resource, error){o.DestroyCopies, o.CopiesLeft} {
		var left []hosting.Resource
		value, err := env.ExecuteActivity(do, "A")
		must(t, err)
		must(t, value.Get(&left))
		if len(left) != 0 {
			t.Errorf("left %v", left)
		}
	}
	_, err := env.ExecuteActivity(o.CopyOffsite, backup.Order{Contract: "A", Day: workday.MustDate("2026-03-03")})
	if err == nil || !strings.Contains(err.Error(), "not in service") {
		t.Errorf("got %v", err)
	}
	s, err := n.store.OffsiteStanding(t.Context(), "A")
	if err != nil || s.Newest != nil || s.Copies != 0 {
		t.Errorf("it stands so: %+v, %v", s, err)
	}
	if left, err := n.vault.Left(t.Context(), "A"); err != nil || len(left) != 0 {
		t.Errorf("left %v, %v", left, err)
	}
}
