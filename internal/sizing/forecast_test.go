package sizing_test

import (
	"math"
	"testing"
	"time"

	"lvyue/internal/sizing"
)

const day = 24 * time.Hour

var monday = time.Date(2026, 3, 2, 9, 0, 0, 0, time.UTC)

// daily are levels a day apart.
func daily(percents ...float64) []sizing.Level {
	levels := make([]sizing.Level, len(percents))
	for i, p := range percents {
		levels[i] = sizing.Level{At: monday.Add(time.Duration(i) * day), Percent: p}
	}
	return levels
}

func TestProject_TellsWhenEverythingIsUsed(t *testing.T) { // §3.6
	t.Parallel()
	for _, tt := range []struct {
		name   string
		levels []sizing.Level
		known  bool
		perDay float64
		days   float64
		grows  bool
	}{
		{"nothing", nil, false, 0, 0, false},
		{"one level", daily(50), false, 0, 0, false},
		{"less than three days", daily(50, 51, 52), false, 0, 0, false},
		{"three days", daily(50, 51, 52, 53), true, 1, 47, true},
		{"steady", daily(50, 50, 50, 50), true, 0, 0, false},
		{"falling", daily(53, 52, 51, 50), true, -1, 0, false},
		{"ten years are no growth", daily(50, 50.02, 50.04, 50.06), true, 0.02, 0, false},
		{"full", daily(97, 98, 99, 100), true, 1, 0, true},
		{"one night of temporary files", daily(50, 51, 90, 53, 54, 55, 56), true, 1, 44, true},
		{"one measurement gone wrong", daily(50, 51, 52, 0, 54, 55, 56), true, 1, 44, true},
		{"after the disk has grown", daily(80, 82, 84, 42, 43, 44, 45), true, 1, 55, true},
		{"just after it has grown", daily(80, 82, 84, 42, 43, 44), false, 0, 0, false},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			f := sizing.Project(tt.levels, 3*day)
			if f.Known != tt.known || math.Abs(f.PerDay-tt.perDay) > 1e-9 || math.Abs(f.Days-tt.days) > 1e-9 || f.Grows() != tt.grows {
				t.Errorf("got %+v, grows %v", f, f.Grows())
			}
		})
	}
}

func TestForecast_BeforeIsSoonerThanTheLead(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		sizing.Forecast
		want bool
	}{
		{sizing.Forecast{Known: true, PerDay: 1, Days: 29.99}, true},
		{sizing.Forecast{Known: true, PerDay: 1, Days: 30}, false},
		{sizing.Forecast{Known: true, PerDay: 0}, false},
		{sizing.Forecast{Known: true, PerDay: -1}, false},
		{sizing.Forecast{}, false},
	} {
		if got := tt.Before(30 * day); got != tt.want {
			t.Errorf("%+v: %v", tt.Forecast, got)
		}
	}
}

// At one instant there may be two levels, as when a look is repeated: nothing is divided by no time.
func TestProject_TwoLevelsAtOneInstant(t *testing.T) {
	t.Parallel()
	levels := append(daily(50, 51, 52, 53), sizing.Level{At: monday.Add(3 * day), Percent: 53})
	if f := sizing.Project(levels, 3*day); math.Abs(f.PerDay-1) > 1e-9 || math.IsNaN(f.Days) || math.IsInf(f.Days, 0) {
		t.Errorf("got %+v", f)
	}
}
