package backup_test

import (
	"testing"
	"time"

	"lvyue/internal/backup"
	"lvyue/internal/hosting"
	"lvyue/internal/message"
	"lvyue/internal/workday"
)

var taken = time.Date(2026, time.March, 2, 1, 0, 0, 0, workday.Shanghai)

// §3.9: 26 hours are no gap; a millisecond more is one, but for contracts to which no copy is owed.
func TestStanding_AGapIsAMillisecondMoreThan26Hours(t *testing.T) {
	t.Parallel()
	with := func(phase message.Phase) backup.Standing {
		return backup.Standing{Phase: phase, Since: taken.AddDate(-1, 0, 0), Newest: &backup.Copy{TakenAt: taken}}
	}
	for _, tt := range []struct {
		name  string
		s     backup.Standing
		after time.Duration
		want  bool
	}{
		{"exactly", with(message.InService), 26 * time.Hour, false},
		{"a millisecond more", with(message.InService), 26*time.Hour + time.Millisecond, true},
		{"without a copy, exactly", backup.Standing{Phase: message.InService, Since: taken}, 26 * time.Hour, false},
		{"without a copy", backup.Standing{Phase: message.InService, Since: taken}, 26*time.Hour + time.Millisecond, true},
		{"before the service", with(message.Deploying), 100 * time.Hour, false},
		{"after it", with(message.Ended), 100 * time.Hour, false},
		{"while it is destroyed", with(message.Destroying), 100 * time.Hour, false},
	} {
		if got := tt.s.Gap(taken.Add(tt.after)); got != tt.want {
			t.Errorf("%s: %v", tt.name, got)
		}
	}
}

// §3.9: a copy is restored for proof every thirty days, and after a drill that failed with the next copy.
func TestStanding_ADrillIsDueEveryThirtyDays(t *testing.T) {
	t.Parallel()
	day := workday.Of(taken)
	drilled := func(d workday.Date, differences ...backup.Difference) backup.Standing {
		return backup.Standing{
			Phase: message.InService, Newest: &backup.Copy{Day: day, TakenAt: taken},
			Drilled: &backup.Drill{Day: d, At: taken, Differences: differences},
		}
	}
	for _, tt := range []struct {
		name  string
		s     backup.Standing
		after time.Duration
		want  bool
	}{
		{"no copy", backup.Standing{Phase: message.InService}, 0, false},
		{"no drill", backup.Standing{Phase: message.InService, Newest: &backup.Copy{}}, 0, true},
		{"no service", backup.Standing{Phase: message.Ended, Newest: &backup.Copy{}}, 0, false},
		{"a moment before", drilled(day), 30*24*time.Hour - 1, false},
		{"thirty days", drilled(day), 30 * 24 * time.Hour, true},
		{"failed, with the same copy", drilled(day, backup.Difference{What: "files"}), time.Hour, false},
		{"failed, with an older copy", drilled(day.AddDays(-1), backup.Difference{What: "files"}), time.Hour, true},
	} {
		if got := tt.s.DrillDue(taken.Add(tt.after)); got != tt.want {
			t.Errorf("%s: %v", tt.name, got)
		}
	}
}

func TestDoor_IsTheNameThenTheBalancerThenTheAddress(t *testing.T) {
	t.Parallel()
	eip := hosting.Resource{Kind: hosting.EIP, Address: "203.0.113.7"}
	slb := hosting.Resource{Kind: hosting.LoadBalancer, Address: "203.0.113.8"}
	name := hosting.Resource{Kind: hosting.Record, Address: "oa.example.com"}
	for want, all := range map[string][]hosting.Resource{
		"oa.example.com": {eip, slb, name}, "203.0.113.8": {eip, slb, {Kind: hosting.Record}}, "203.0.113.7": {eip},
		"": {{Kind: hosting.Server, Address: "10.0.0.1"}},
	} {
		if got := backup.Door(all); got != want {
			t.Errorf("%v: %q, want %q", all, got, want)
		}
	}
}
