package aliyunsim

import (
	"math"
	"time"

	"lvyue/internal/hosting"
)

// Course is how a share, in percent, goes with the simulator's clock. What it gives is told as it is, also the -1 and the
// values above 100 with which the vendor's monitoring fills gaps; NaN is that there is no point at all.
type Course func(at time.Time) float64

// Steady is the same share at any time.
func Steady(percent float64) Course { return func(time.Time) float64 { return percent } }

// Rising is base at from, and perDay points more with every day; never below 0 nor above 100.
func Rising(from time.Time, base, perDay float64) Course {
	return func(at time.Time) float64 {
		return min(max(base+perDay*at.Sub(from).Hours()/24, 0), 100)
	}
}

// Load is how much of a server or a database is in use. A nil course is a quiet one. Of a server, Storage is by device,
// "/dev/vdb1", and has no Connections; of a database, Storage has one course under "".
type Load struct {
	CPU, Memory, Connections Course
	Storage                  map[string]Course
}

// SetLoad says how a server or a database is used from now on. It is forgotten with the process.
func (s *Server) SetLoad(id string, load Load) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.state.loads == nil {
		s.state.loads = map[string]Load{}
	}
	s.state.loads[id] = load
}

// SetAgent says whether the monitoring agent runs on a server, as it does once it is installed. Without it the vendor knows
// nothing of memory and disks.
func (s *Server) SetAgent(id string, runs bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.contents.Lock()
	defer s.contents.Unlock()
	if t, there := s.state.Things[id]; there && t.Kind == hosting.Server {
		t.Agent = runs
	}
}

// The devices of a server's system disk and of its first data disk, as Linux calls their partitions.
const (
	systemDevice = "/dev/vda1"
	dataDevice   = "/dev/vdb1"
)

// quiet is how things are used of which nobody has said anything.
func quiet(kind hosting.Kind) Load {
	if kind == hosting.Database {
		return Load{CPU: Steady(9), Memory: Steady(52), Connections: Steady(6), Storage: map[string]Course{"": Steady(27)}}
	}
	return Load{CPU: Steady(12), Memory: Steady(41), Storage: map[string]Course{systemDevice: Steady(23), dataDevice: Steady(31)}}
}

// load is how a thing is used.
func (s *state) load(t *thing) Load {
	set, plain := s.loads[t.ID], quiet(t.Kind)
	for _, c := range []struct{ set, plain *Course }{
		{&set.CPU, &plain.CPU}, {&set.Memory, &plain.Memory}, {&set.Connections, &plain.Connections},
	} {
		if *c.set == nil {
			*c.set = *c.plain
		}
	}
	if set.Storage == nil {
		set.Storage = plain.Storage
	}
	return set
}

// shows reads a course; false where there is no point.
func (c Course) shows(at time.Time) (float64, bool) {
	if c == nil {
		return 0, false
	}
	percent := c(at)
	return math.Round(percent*100) / 100, !math.IsNaN(percent)
}
