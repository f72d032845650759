package warning_test

import (
	"fmt"
	"math"
	"math/rand/v2"
	"testing"
	"time"

	"lvyue/internal/hosting"
	"lvyue/internal/sizing"
	"lvyue/internal/warning"
)

const (
	day  = 24 * time.Hour
	look = 6 * time.Hour
)

var (
	begin    = time.Date(2026, 3, 2, 1, 0, 0, 0, time.UTC)
	server   = hosting.Resource{Kind: hosting.Server, ID: "i-1"}
	database = hosting.Resource{Kind: hosting.Database, ID: "rm-1"}
	disk     = hosting.Gauge{Kind: hosting.Server, Resource: "i-1", Device: "/dev/vdb1", Metric: hosting.Storage}
	memory   = hosting.Gauge{Kind: hosting.Server, Resource: "i-1", Metric: hosting.Memory}
	cpu      = hosting.Gauge{Kind: hosting.Server, Resource: "i-1", Metric: hosting.CPU}
	stored   = hosting.Gauge{Kind: hosting.Database, Resource: "rm-1", Metric: hosting.Storage}
	users    = hosting.Gauge{Kind: hosting.Database, Resource: "rm-1", Metric: hosting.Connections}
)

// watch looks at one gauge again and again, and keeps what a database would.
type watch struct {
	hosting.Gauge

	levels []sizing.Level
	kept   map[string]warning.Warning
	at     time.Time
	told   []string // "near", "urgent" …, with the level, as people were told
	opened int
}

func watching(g hosting.Gauge) *watch {
	return &watch{Gauge: g, kept: map[string]warning.Warning{}, at: begin}
}

// sees looks at the next level, so long after the one before; a level below 0 is no data.
func (w *watch) sees(after time.Duration, percent float64) {
	w.at = w.at.Add(after)
	l := warning.Look{At: w.at, UsableAt: begin, There: []hosting.Resource{server, database}}
	if percent < 0 {
		l.Silent = []hosting.Gauge{w.Gauge}
	} else {
		w.levels = append(w.levels, sizing.Level{At: w.at, Percent: percent})
	}
	w.judges(l)
}

func (w *watch) judges(l warning.Look) {
	if len(w.levels) > 0 {
		l.Series = []warning.Series{{Gauge: w.Gauge, Levels: w.levels}}
	}
	for _, before := range w.kept {
		l.Before = append(l.Before, before)
	}
	for _, after := range l.Judge() {
		if after.OpenedAt.Equal(l.At) {
			w.opened++
		}
		if after.Tells(l.At) {
			w.told = append(w.told, fmt.Sprintf("%s %d", after.What, after.Class))
		}
		w.kept[fmt.Sprint(after.Gauge, after.What, after.OpenedAt)] = after
	}
}

// open are the warnings that stand.
func (w *watch) open() (all []warning.Warning) {
	for _, k := range w.kept {
		if k.Open() {
			all = append(all, k)
		}
	}
	return all
}

// §3.6: each limit, from both sides.
func TestJudge_WarnsFromItsLimitOn(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		gauge  hosting.Gauge
		levels []float64
		want   warning.Class
	}{
		{disk, []float64{79.99}, 0},
		{disk, []float64{80}, warning.Near},
		{disk, []float64{89.99}, warning.Near},
		{disk, []float64{90}, warning.Urgent},
		{disk, []float64{94.99}, warning.Urgent},
		{disk, []float64{95}, warning.Critical},
		{stored, []float64{79.99}, 0},
		{stored, []float64{80}, warning.Near},
		{memory, []float64{89.99}, 0},
		{memory, []float64{90}, warning.Near},
		{memory, []float64{95}, warning.Urgent},
		{cpu, []float64{100}, 0}, // for one look it may be busy
		{cpu, []float64{85, 85}, warning.Near},
		{cpu, []float64{84.99, 100}, 0},
		{cpu, []float64{100, 84.99}, 0},
		{cpu, []float64{100, 100}, warning.Critical},
		{users, []float64{79.99}, 0},
		{users, []float64{80}, warning.Near},
		{hosting.Gauge{Kind: hosting.Server, Resource: "i-1", Metric: "load"}, []float64{100}, 0}, // not judged
	} {
		w := watching(tt.gauge)
		for _, percent := range tt.levels {
			w.sees(look, percent)
		}
		got := warning.Calm
		for _, o := range w.open() {
			got = o.Class
		}
		if got != tt.want {
			t.Errorf("%s %s at %v: class %d, want %d", tt.gauge.Kind, tt.gauge.Metric, tt.levels, got, tt.want)
		}
	}
}

// §3.6: what would be full within 30 days is warned of at any level; memory is not, since it does not fill up.
func TestJudge_WarnsAheadOfTheLimit(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		gauge  hosting.Gauge
		perDay float64
		want   string
	}{
		// From 40 % on, on the fourth day at 40+3g: (60-3g)/g days are left.
		{disk, 1.81, "[]"},         // 30.1 days
		{disk, 1.82, "[high 1]"},   // 29.97 days
		{disk, 3.33, "[high 1]"},   // 15.01 days
		{disk, 3.34, "[high 2]"},   // 14.96 days
		{stored, 5.8, "[high 3]"},  // 7.3 days
		{memory, 10, "[]"},         // 70 %, and that is all that matters
		{disk, -5, "[]"},           // it empties
		{disk, 30, "[high 3]"},     // it hurries: 70 % on the second day
		{stored, 18.9, "[high 3]"}, // 58.9 % on the second day, 77.8 % on the third
	} {
		w := watching(tt.gauge)
		for n := range 4 {
			if percent := 40 + tt.perDay*float64(n); percent < 80 || len(w.told) == 0 {
				w.sees(day, percent)
			}
		}
		if got := fmt.Sprint(w.told); got != tt.want {
			t.Errorf("%s %s with %v a day: told %s, want %s", tt.gauge.Kind, tt.gauge.Metric, tt.perDay, got, tt.want)
		}
	}
}

// §3.6: a warning closes only when its reason has been gone for a day, and by a margin.
func TestJudge_ClosesLateAndDoesNotFlap(t *testing.T) {
	t.Parallel()
	w := watching(memory)
	w.sees(look, 90)
	for _, percent := range []float64{85, 85.5, 89.9, 84.9, 84.9, 84.9, 85, 84.9, 84.9, 84.9} {
		w.sees(look, percent)
		if len(w.open()) != 1 {
			t.Fatalf("closed at %v %%", percent)
		}
	}
	w.sees(look, 84.9) // the fourth in a row
	if len(w.open()) != 0 || w.opened != 1 {
		t.Errorf("open %d, opened %d", len(w.open()), w.opened)
	}
}

// No storms: people are told once, again when it grows worse, and else every seven days.
func TestJudge_TellsOnceAndAgainWhenItGrowsWorse(t *testing.T) {
	t.Parallel()
	w := watching(memory)
	for _, tt := range []struct {
		after   time.Duration
		percent float64
		told    int
	}{
		{look, 90, 1},
		{look, 91, 1},
		{look, 95, 2},                         // urgent now
		{look, 91, 2},                         // better
		{look, 95, 2},                         // as bad as they know
		{7*day - 2*look - time.Second, 95, 2}, // not quite a week since they were told
		{time.Second, 95, 3},
		{look, 97.5, 4}, // critical
	} {
		if w.sees(tt.after, tt.percent); len(w.told) != tt.told {
			t.Fatalf("at %v %%: told %v, want %d", tt.percent, w.told, tt.told)
		}
	}
}

// What comes back soon after it was closed opens again, but is not told again before a week is over.
func TestJudge_WhatComesBackSoonIsNotTold(t *testing.T) {
	t.Parallel()
	w := watching(memory)
	w.sees(look, 90)
	for range 4 {
		w.sees(look, 50)
	}
	w.sees(look, 90)
	if len(w.told) != 1 || len(w.open()) != 1 || w.opened != 2 {
		t.Errorf("told %v, open %v", w.told, w.open())
	}
	w.sees(look, 95)
	if len(w.told) != 2 {
		t.Errorf("a worse one is not told: %v", w.told)
	}
}

// §3.6: missing data is itself an alarm, and 0 % is none.
func TestJudge_SilenceIsAnAlarm(t *testing.T) {
	t.Parallel()
	w := watching(memory)
	w.sees(time.Hour, -1) // usable for an hour
	if len(w.told) != 0 {
		t.Errorf("told %v after an hour", w.told)
	}
	w.sees(time.Second, -1)
	w.sees(look, 0)
	if len(w.open()) != 0 || fmt.Sprint(w.told) != "[silent 1]" {
		t.Errorf("told %v, open %v", w.told, w.open())
	}
	for range 13 { // three days and more
		w.sees(look, -1)
	}
	if fmt.Sprint(w.told) != "[silent 1 silent 2 silent 3]" {
		t.Errorf("told %v", w.told)
	}
}

// A last point that the vendor goes on repeating is no news after an hour.
func TestJudge_AnOldPointIsNoPoint(t *testing.T) {
	t.Parallel()
	for age, want := range map[time.Duration]int{time.Hour: 0, time.Hour + time.Second: 1} {
		w := watching(memory)
		w.levels = []sizing.Level{{At: begin.Add(day - age), Percent: 99}}
		w.judges(warning.Look{At: begin.Add(day), UsableAt: begin, There: []hosting.Resource{server}})
		silent := 0
		for _, o := range w.open() {
			if o.What == warning.Silent {
				silent++
				if !o.Since.Equal(begin.Add(day - age)) {
					t.Errorf("silent since %s", o.Since)
				}
			}
		}
		if silent != want || len(w.open()) != 1 {
			t.Errorf("%s old: %+v", age, w.open())
		}
	}
}

// While nothing is known, what was known to be bad stays so.
func TestJudge_ASilenceEndsNoWarning(t *testing.T) {
	t.Parallel()
	w := watching(memory)
	w.sees(look, 95)
	for range 8 {
		w.sees(look, -1)
	}
	if len(w.open()) != 2 {
		t.Errorf("open %+v", w.open())
	}
}

// A server without its agent is silent once for all its disks, and what is gone is silent for good.
func TestJudge_OneSilenceForAllDisks(t *testing.T) {
	t.Parallel()
	root := disk
	root.Device = "/dev/vda1"
	levels := []sizing.Level{{At: begin, Percent: 50}}
	l := warning.Look{
		At: begin.Add(day), There: []hosting.Resource{server},
		Silent: []hosting.Gauge{{Kind: hosting.Server, Resource: "i-1", Metric: hosting.Storage}},
		Series: []warning.Series{{Gauge: root, Levels: levels}, {Gauge: disk, Levels: levels}},
	}
	after := l.Judge()
	if len(after) != 1 || after[0].Device != "" || !after[0].Since.Equal(begin) {
		t.Errorf("got %+v", after)
	}
	l.Silent = nil // it answers, of no disk alone
	if after := l.Judge(); len(after) != 2 {
		t.Errorf("two disks that are gone give %+v", after)
	}
	l.There, l.Before = nil, after
	if after := l.Judge(); len(after) != 1 || after[0].Open() {
		t.Errorf("the server is gone: %+v", after)
	}
}

// §3.6: whatever its slope, what grows is warned of before it is full, once, and the warning stays.
func TestJudge_WhatGrowsIsWarnedOfBeforeItIsFull(t *testing.T) {
	t.Parallel()
	random := rand.New(rand.NewPCG(3, 6))
	for range 200 {
		perDay := 0.1 * math.Pow(500, random.Float64()) // 0.1 to 50 points a day
		percent := random.Float64() * 79
		noise := min(perDay/4, 1)
		w := watching(disk)
		first := -1
		var full int
		for n := 0; ; n++ {
			level := percent + perDay*float64(n) + noise*(random.Float64()-0.5)
			if level >= 100 {
				full = n
				break
			}
			w.levels = w.levels[max(len(w.levels)-20, 0):] // more than is remembered
			w.sees(day, max(level, 0))
			if first < 0 && len(w.told) > 0 {
				first = n
			}
		}
		if full >= 2 && first < 0 {
			t.Errorf("from %.1f with %.2f a day: full on day %d without a warning", percent, perDay, full)
		}
		if w.opened > 1 {
			t.Errorf("from %.1f with %.2f a day: opened %d times", percent, perDay, w.opened)
		}
		// Once the trend is known it is a month ahead, unless there was no month.
		if left := (100 - percent - perDay*float64(max(first, 0))) / perDay; first > 5 && left < 20 {
			t.Errorf("from %.1f with %.2f a day: warned on day %d, %.1f days ahead", percent, perDay, first, left)
		}
	}
}

// No flapping: a level that wavers about its limit opens one warning, and none of it is told twice in a week.
func TestJudge_WaveringOpensOneWarning(t *testing.T) {
	t.Parallel()
	random := rand.New(rand.NewPCG(7, 7))
	for range 30 {
		for _, g := range []hosting.Gauge{disk, memory, users} {
			limit := map[hosting.Metric]float64{hosting.Storage: 80, hosting.Memory: 90, hosting.Connections: 80}[g.Metric]
			w := watching(g)
			for range 28 { // a week
				w.sees(look, limit+4*(random.Float64()-0.5))
			}
			if w.opened != 1 || len(w.told) != 1 {
				t.Errorf("%s %s: opened %d times, told %v", g.Kind, g.Metric, w.opened, w.told)
			}
		}
	}
}

func TestSuggest_OnlyWhatACustomerBuys(t *testing.T) {
	t.Parallel()
	plan := hosting.Plan{Nodes: 1, Shape: hosting.Shape{ServerType: "ecs.g7.16xlarge", ServerDiskGB: 500, DatabaseClass: "mysql.x4.medium.2c", DatabaseGB: 200}}
	root := disk
	root.Device = "/dev/vda1"
	for _, tt := range []struct {
		name string
		w    warning.Warning
		want string
	}{
		{"a data disk", warning.Warning{Gauge: disk, What: warning.High, Percent: 80, Grows: true, PerDay: 1, Days: 20}, "1300 GB, 0 nodes"},
		{"one that does not grow", warning.Warning{Gauge: disk, What: warning.High, Percent: 84, PerDay: -5}, "600 GB, 0 nodes"},
		{"a system disk", warning.Warning{Gauge: root, What: warning.High, Percent: 80}, "nothing"},
		{"a silence", warning.Warning{Gauge: disk, What: warning.Silent}, "nothing"},
		{"the largest server", warning.Warning{Gauge: cpu, What: warning.High, Percent: 95}, "500 GB, 2 nodes"}, // §3.5
	} {
		got := "nothing"
		if g, helps := tt.w.Suggest(plan); helps {
			got = fmt.Sprintf("%d GB, %d nodes", g.To.ServerDiskGB, g.Nodes)
		}
		if got != tt.want {
			t.Errorf("%s: %s, want %s", tt.name, got, tt.want)
		}
	}
}
