package oncall

import (
	"time"
	_ "time/tzdata" // the same zones on every machine that has none

	"lvyue/internal/workday"
)

// Zone is a time zone by its name in the IANA database, such as Europe/Berlin; empty is Asia/Shanghai.
type Zone string

// location is the zone's rules. A zone that nobody knows counts as Shanghai; Rota.Check refuses it before.
func (z Zone) location() *time.Location {
	if location, err := time.LoadLocation(string(z)); err == nil && z != "" {
		return location
	}
	return workday.Shanghai
}

// known tells whether there is such a zone. "Local" is none: it depends on the machine.
func (z Zone) known() bool {
	_, err := time.LoadLocation(string(z))
	return err == nil && z != "Local"
}

// instant is when clocks in the zone show the time of day, so many days after a day. Where they are changed:
//   - a time that they skip is the instant at which they are put forward;
//   - of a time that they show twice, the first one counts.
//
// It is given in Shanghai time, as all instants are.
func instant(d workday.Date, days int, at TimeOfDay, zone *time.Location) time.Time {
	const day = 24 * time.Hour
	shown := time.Date(d.Year(), d.Month(), d.Day()+days, 0, int(at), 0, 0, time.UTC)
	early, late := asUntil(shown, shown.Add(-day), zone), asUntil(shown, shown.Add(day), zone)
	switch {
	case shows(early, shown):
		return early.In(workday.Shanghai)
	case shows(late, shown):
		return late.In(workday.Shanghai)
	default:
		forward, _ := early.ZoneBounds()
		return forward.In(workday.Shanghai)
	}
}

// asUntil is when clocks would show a time if they went as they do at another instant.
func asUntil(shown, as time.Time, zone *time.Location) time.Time {
	_, offset := as.In(zone).Zone()
	return shown.Add(-time.Duration(offset) * time.Second).In(zone)
}

// shows tells whether clocks really show that time then.
func shows(t, shown time.Time) bool {
	_, offset := t.Zone()
	return t.Add(time.Duration(offset) * time.Second).Equal(shown)
}
