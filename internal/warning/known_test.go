package warning_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"lvyue/internal/hosting"
	"lvyue/internal/warning"
)

func standing(contract string, what warning.What, class warning.Class, days float64) warning.Standing {
	w := warning.Warning{Gauge: disk, What: what, Class: class, Grows: days > 0, Days: days, Percent: 80}
	return warning.Standing{Contract: contract, Warning: w}
}

// The worst comes first: by class, then by the time that is left; a silence cannot wait, what does not grow can.
func TestWorst_SortsByWhatMustBeDoneFirst(t *testing.T) {
	t.Parallel()
	all := []warning.Standing{
		standing("still", warning.High, warning.Near, 0), standing("later", warning.High, warning.Near, 29), standing("sooner", warning.High, warning.Near, 20),
		standing("silent", warning.Silent, warning.Near, 0), standing("urgent", warning.High, warning.Urgent, 0), standing("critical", warning.High, warning.Critical, 90),
	}
	warning.Worst(all)
	var order []string
	for _, s := range all {
		order = append(order, s.Contract)
	}
	if got := fmt.Sprint(order); got != "[critical urgent silent sooner later still]" {
		t.Errorf("got %s", got)
	}
}

// A report counts all warnings, and carries the worst of them.
func TestReport_CarriesTheWorst(t *testing.T) {
	t.Parallel()
	var r warning.Report
	for n := range 201 {
		r.Add(warning.Looked{Contract: fmt.Sprintf("HT-%03d", n), Open: []warning.Warning{standing("", warning.High, warning.Near, float64(201-n)).Warning}})
	}
	r.Add(warning.Looked{Contract: "HT-blind", Blind: "no answer"})
	if r.Contracts != 202 || r.Standing != 201 || len(r.Open) != 200 || r.Open[0].Contract != "HT-200" || r.Open[199].Contract != "HT-001" || r.Blind["HT-blind"] != "no answer" {
		t.Errorf("got %d contracts, %d standing, %d open, %v", r.Contracts, r.Standing, len(r.Open), r.Blind)
	}
}

// A point that the vendor tells twice counts once, and every disk has a series of its own, in the order of time.
func TestOf_MakesOneSeriesAGauge(t *testing.T) {
	t.Parallel()
	root := disk
	root.Device = "/dev/vda1"
	point := func(g hosting.Gauge, after time.Duration, percent float64) hosting.Point {
		return hosting.Point{Gauge: g, At: begin.Add(after), Percent: percent}
	}
	all := warning.Of([]hosting.Point{
		point(disk, day, 2), point(root, 0, 9), point(disk, 0, 1), point(disk, day, 2), point(memory, 0, 5),
	})
	var told []string
	for _, s := range all {
		told = append(told, fmt.Sprint(s.Metric, s.Device))
		for _, l := range s.Levels {
			told = append(told, fmt.Sprint(l.Percent))
		}
	}
	if got := strings.Join(told, " "); got != "memory 5 storage/dev/vda1 9 storage/dev/vdb1 1 2" {
		t.Errorf("got %s", got)
	}
	if len(warning.Of(nil)) != 0 {
		t.Error("nothing makes a series")
	}
}

// §3.6: where there is no server at all, or no database, those on record are silent.
func TestLacking_TellsOfWhatIsNotThereAtAll(t *testing.T) {
	t.Parallel()
	k := warning.Known{Recorded: []hosting.Resource{server, database, {Kind: hosting.Disk, ID: "d-1"}}}
	for _, tt := range []struct {
		name  string
		there []hosting.Resource
		want  string
	}{
		{"all", []hosting.Resource{server, database}, ""},
		{"another server in its place", []hosting.Resource{{Kind: hosting.Server, ID: "i-2"}, database}, ""},
		{"no server", []hosting.Resource{database}, "i-1"},
		{"nothing", nil, "i-1 rm-1"},
	} {
		var silent []string
		for _, g := range k.Lacking(hosting.Measured{There: tt.there}).Silent {
			silent = append(silent, g.Resource)
		}
		if got := strings.Join(silent, " "); got != tt.want {
			t.Errorf("%s: silent are %q, want %q", tt.name, got, tt.want)
		}
	}
}
