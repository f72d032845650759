package postgres_test

import (
	"encoding/json"
	"fmt"
	"testing"
	"time"

	"lvyue/internal/hosting"
	"lvyue/internal/message"
	"lvyue/internal/money"
	"lvyue/internal/postgres"
	"lvyue/internal/refusal"
	"lvyue/internal/testkit"
	"lvyue/internal/warning"
	"lvyue/internal/workday"
)

var (
	sweep       = time.Date(2026, 3, 2, 10, 0, 0, 0, workday.Shanghai)
	dataDisk    = hosting.Gauge{Kind: hosting.Server, Resource: "i-1", Device: "/dev/vdb1", Metric: hosting.Storage}
	databaseCPU = hosting.Gauge{Kind: hosting.Database, Resource: "rm-1", Metric: hosting.CPU}
)

// watchedContract is a contract in that phase whose deployment has left a server.
func watchedContract(t *testing.T, store *postgres.Store, number string, phase message.Phase) {
	t.Helper()
	register(t, store, number)
	record(t, store, message.Record{Contract: number, Events: []message.Event{
		{Key: "c", What: "phase", Changed: message.Changed{Contract: &message.ContractRow{Number: number, Phase: phase}}},
		deployed("d", "i-1"),
	}})
}

func keep(t *testing.T, store *postgres.Store, at time.Time, points []hosting.Point, warnings ...warning.Warning) {
	t.Helper()
	if err := store.KeepLook(t.Context(), "HT-1", at, points, warnings); err != nil {
		t.Fatal(err)
	}
}

func measured(t *testing.T, store *postgres.Store, at time.Time) warning.Known {
	t.Helper()
	k, err := store.Measured(t.Context(), "HT-1", at)
	if err != nil {
		t.Fatal(err)
	}
	return k
}

func opened(class warning.Class) warning.Warning {
	return warning.Warning{
		Gauge: dataDisk, What: warning.High, Class: class, Percent: 81.25, Grows: true, PerDay: 0.75, Days: 25,
		OpenedAt: sweep, LookedAt: sweep, ToldAt: sweep, ToldClass: class,
		Growth: &warning.Growth{To: hosting.Shape{ServerDiskGB: 1090}, Amount: money.MustParse("12.34"), AnswerHash: "abc", PricedAt: sweep},
	}
}

// §3.6: what is known of a contract before it is measured.
func TestMeasured_TellsWhereAndSinceWhen(t *testing.T) {
	t.Parallel()
	store := testkit.Postgres(t)
	watchedContract(t, store, "HT-1", message.InService)
	got := measured(t, store, sweep)
	want := warning.Known{
		Number: "HT-1", Phase: message.InService, Regions: []string{"cn-shanghai"},
		Recorded: []hosting.Resource{{Kind: hosting.Server, ID: "i-1", Region: "cn-shanghai"}},
		UsableAt: time.Date(2025, 10, 9, 15, 0, 0, 0, workday.Shanghai), Points: []hosting.Point{},
	}
	if inJSON(t, got) != inJSON(t, want) {
		t.Errorf("got  %+v\nwant %+v", got, want)
	}
	register(t, store, "HT-FORM")
	form, err := store.Measured(t.Context(), "HT-FORM", sweep)
	if err != nil || form.Phase != message.Signing || len(form.Regions) != 1 || form.Regions[0] != example(t).Hosting.Region {
		t.Errorf("got %+v, %v", form, err)
	}
	if _, err = store.Measured(t.Context(), "HT-NONE", sweep); refusalCode(err) != "unknown_contract" {
		t.Errorf("an unknown contract gives %v", err)
	}
}

// §3.6: a look is kept once, however often it is taken, and none that is older than the last.
func TestKeepLook_TwiceIsOnce(t *testing.T) {
	t.Parallel()
	store := testkit.Postgres(t)
	watchedContract(t, store, "HT-1", message.InService)
	points := []hosting.Point{{Gauge: dataDisk, At: sweep.Add(-time.Minute), Percent: 81.25}, {Gauge: databaseCPU, At: sweep.Add(-5 * time.Minute), Percent: 0}}
	keep(t, store, sweep, points, opened(1))
	once := measured(t, store, sweep)
	if inJSON(t, once.Warnings) != inJSON(t, []warning.Warning{opened(1)}) || len(once.Points) != 2 || !once.LookedAt.Equal(sweep) {
		t.Errorf("kept %+v", once)
	}
	keep(t, store, sweep, []hosting.Point{{Gauge: dataDisk, At: sweep, Percent: 99}}, opened(3))
	keep(t, store, sweep.Add(-time.Hour), []hosting.Point{{Gauge: dataDisk, At: sweep.Add(-time.Hour), Percent: 99}}, opened(3))
	if again := measured(t, store, sweep); inJSON(t, again) != inJSON(t, once) {
		t.Errorf("got  %+v\nwant %+v", again, once)
	}
}

// The next look goes on with the warning that stands; the vendor's old point counts once.
func TestKeepLook_GoesOnAndCloses(t *testing.T) {
	t.Parallel()
	store := testkit.Postgres(t)
	watchedContract(t, store, "HT-1", message.InService)
	point := []hosting.Point{{Gauge: dataDisk, At: sweep, Percent: 81.25}}
	keep(t, store, sweep, point, opened(1))
	worse := opened(2)
	worse.LookedAt = sweep.Add(6 * time.Hour)
	keep(t, store, worse.LookedAt, point, worse)
	closed := worse
	closed.LookedAt, closed.ClosedAt = sweep.Add(12*time.Hour), sweep.Add(12*time.Hour)
	keep(t, store, closed.LookedAt, point, closed)
	again := opened(1)
	again.OpenedAt, again.LookedAt = sweep.Add(18*time.Hour), sweep.Add(18*time.Hour)
	keep(t, store, again.LookedAt, point, closed, again)
	got := measured(t, store, again.LookedAt)
	if inJSON(t, got.Warnings) != inJSON(t, []warning.Warning{closed, again}) || len(got.Points) != 1 {
		t.Errorf("got %+v", got)
	}
	if open := got.Opened(); inJSON(t, open) != inJSON(t, []warning.Warning{again}) {
		t.Errorf("open %+v", open)
	}
}

// No two warnings of a gauge stand at once, whatever a program thinks.
func TestKeepLook_OneOpenWarningAGauge(t *testing.T) {
	t.Parallel()
	store := testkit.Postgres(t)
	watchedContract(t, store, "HT-1", message.InService)
	second := opened(1)
	second.OpenedAt, second.LookedAt = sweep.Add(time.Hour), sweep.Add(time.Hour)
	if err := store.KeepLook(t.Context(), "HT-1", sweep.Add(time.Hour), nil, []warning.Warning{opened(1), second}); err == nil {
		t.Error("two stand at once")
	}
	if got := measured(t, store, sweep); !got.LookedAt.IsZero() || len(got.Warnings) != 0 {
		t.Errorf("half of it was kept: %+v", got)
	}
	wrong := hosting.Point{Gauge: dataDisk, At: sweep, Percent: 100.01}
	if err := store.KeepLook(t.Context(), "HT-1", sweep, []hosting.Point{wrong}, nil); err == nil {
		t.Error("more than everything is in use")
	}
}

// Points are kept for thirteen months, and looked at for two weeks.
func TestKeepLook_ForgetsOldPoints(t *testing.T) {
	t.Parallel()
	store := testkit.Postgres(t)
	watchedContract(t, store, "HT-1", message.InService)
	keep(t, store, sweep, []hosting.Point{{Gauge: dataDisk, At: sweep, Percent: 1}, {Gauge: dataDisk, At: sweep.Add(time.Second), Percent: 2}})
	for after, want := range map[time.Duration]int{0: 2, warning.Remembered: 1, warning.Remembered + time.Second: 0} {
		if got := measured(t, store, sweep.Add(after)); len(got.Points) != want {
			t.Errorf("after %s there are %d points, want %d", after, len(got.Points), want)
		}
	}
	keep(t, store, sweep.Add(warning.Kept), nil)
	if got := measured(t, store, sweep.Add(time.Hour)); len(got.Points) != 2 {
		t.Errorf("of what is thirteen months old there is %d left, want 2", len(got.Points))
	}
	keep(t, store, sweep.Add(warning.Kept+time.Second), nil)
	if got := measured(t, store, sweep.Add(time.Hour)); len(got.Points) != 1 {
		t.Errorf("of what is older there is %d left, want 1", len(got.Points))
	}
}

// §3.6: those in service are watched, page by page, and those that were while a warning stands.
func TestWatched_PagesOverContractsInService(t *testing.T) {
	t.Parallel()
	store := testkit.Postgres(t)
	for number, phase := range map[string]message.Phase{
		"HT-1": message.Ended, "HT-2": message.InService, "HT-3": message.Deploying, "HT-4": message.InService, "HT-5": message.InService, "HT-6": message.Destroyed,
	} {
		watchedContract(t, store, number, phase)
	}
	page := func(after string, want string) {
		t.Helper()
		if got, err := store.Watched(t.Context(), after, 2); err != nil || fmt.Sprint(got) != want {
			t.Errorf("after %q: %v, %v; want %s", after, got, err, want)
		}
	}
	page("", "[HT-2 HT-4]")
	page("HT-4", "[HT-5]")
	page("HT-5", "[]")
	keep(t, store, sweep, nil, opened(1))
	page("", "[HT-1 HT-2]")
}

// §3.6: a contract in service at which nobody has looked is told too.
func TestHealth_TellsWorstFirstAndWhatIsNotMeasured(t *testing.T) {
	t.Parallel()
	store := testkit.Postgres(t)
	for _, number := range []string{"HT-1", "HT-2"} {
		watchedContract(t, store, number, message.InService)
	}
	watchedContract(t, store, "HT-3", message.Ended)
	near, urgent := opened(1), opened(2)
	urgent.Gauge = databaseCPU
	keep(t, store, sweep, nil, near, urgent)
	h, err := store.Health(t.Context(), sweep.Add(warning.Overdue))
	if err != nil || h.Contracts != 2 || len(h.Open) != 2 || h.Open[0].Class != 2 || h.Open[1].Class != 1 || h.Well() {
		t.Fatalf("got %+v, %v", h, err)
	}
	if len(h.Unmeasured) != 1 || h.Unmeasured[0].Contract != "HT-2" || !h.Unmeasured[0].LookedAt.IsZero() {
		t.Errorf("not measured: %+v", h.Unmeasured)
	}
	if h, err = store.Health(t.Context(), sweep.Add(warning.Overdue+time.Second)); err != nil || len(h.Unmeasured) != 2 {
		t.Errorf("got %+v, %v", h, err)
	}
	usable := time.Date(2025, 10, 9, 15, 0, 0, 0, workday.Shanghai)
	if h, err = store.Health(t.Context(), usable.Add(warning.Overdue)); err != nil || len(h.Unmeasured) != 0 {
		t.Errorf("just usable: %+v, %v", h, err)
	}
}

// inJSON compares instants whatever their zone is called.
func inJSON(t *testing.T, v any) string {
	t.Helper()
	text, err := json.Marshal(v)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

// refusalCode is "" for what is no refusal.
func refusalCode(err error) string {
	if no, is := refusal.As(err); is {
		return no.Code
	}
	return ""
}
