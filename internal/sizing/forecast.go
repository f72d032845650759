package sizing

import (
	"slices"
	"time"
)

// Level is how much was in use at an instant, in percent of what there is.
type Level struct {
	At      time.Time
	Percent float64
}

// Forecast is how a series of levels goes on. Known is false while there is too little of it to say. PerDay is its growth
// in points of a percent; Days is how long it takes from the last level until everything is used, if it grows.
type Forecast struct {
	Known  bool
	PerDay float64
	Days   float64
}

// Grows tells whether it will ever be full. Growth that would take more than ten years is none.
func (f Forecast) Grows() bool { return f.Known && f.PerDay > 100/(10*365.0) }

// Before tells whether everything is used within so long.
func (f Forecast) Before(lead time.Duration) bool { return f.Grows() && f.Days < days(lead) }

// Project forecasts from levels in the order of time, which must reach over at least that long (§3.6).
//
// The growth is the median of the slopes between all pairs of levels (Theil–Sen). Least squares would follow every
// leap: one night of temporary files, or one measurement gone wrong, moves it by much; of these levels almost a third may
// be wrong before the median moves. What was before a lasting fall, as after a clean-up or when the disk itself has grown,
// says nothing about the time after it and is left out.
func Project(levels []Level, least time.Duration) Forecast {
	levels = sinceFall(levels)
	if len(levels) < 2 || levels[len(levels)-1].At.Sub(levels[0].At) < least {
		return Forecast{}
	}
	last := levels[len(levels)-1]
	perDay := slope(levels)
	f := Forecast{Known: true, PerDay: perDay}
	if f.Grows() {
		f.Days = max(100-at(levels, perDay, last.At), 0) / perDay
	}
	return f
}

// slope is the median growth a day over all pairs.
func slope(levels []Level) float64 {
	var slopes []float64
	for i, a := range levels {
		for _, b := range levels[i+1:] {
			if between := days(b.At.Sub(a.At)); between > 0 {
				slopes = append(slopes, (b.Percent-a.Percent)/between)
			}
		}
	}
	return median(slopes)
}

// at is the level that the line shows at an instant: as many levels lie above the line as below it.
func at(levels []Level, perDay float64, when time.Time) float64 {
	moved := make([]float64, len(levels))
	for i, l := range levels {
		moved[i] = l.Percent + perDay*days(when.Sub(l.At))
	}
	return median(moved)
}

// fall is how many points two levels must be under the two before them: one alone may have gone wrong.
const fall = 10

// sinceFall leaves out what was before the last lasting fall.
func sinceFall(levels []Level) []Level {
	for i := len(levels) - 2; i >= 2; i-- {
		before, then := min(levels[i-2].Percent, levels[i-1].Percent), max(levels[i].Percent, levels[i+1].Percent)
		if before-then > fall {
			return levels[i:]
		}
	}
	return levels
}

// median is 0 of nothing.
func median(values []float64) float64 {
	if len(values) == 0 {
		return 0
	}
	slices.Sort(values)
	middle := len(values) / 2
	if len(values)%2 == 1 {
		return values[middle]
	}
	return (values[middle-1] + values[middle]) / 2
}

func days(d time.Duration) float64 { return d.Hours() / 24 }
