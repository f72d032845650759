package rehearsal

import (
	"os"
	"path/filepath"
	"time"

	"lvyue/internal/contract"
	"lvyue/internal/message"
	"lvyue/internal/oncall"
	"lvyue/internal/refusal"
	"lvyue/internal/suite"
	"lvyue/internal/workday"
)

// Scenario is a contract life to play: the form, what happens when, and where the clock stops.
type Scenario struct {
	Form contract.Form
	// Notices of the State Council are known from the start, beside the embedded ones.
	Notices []workday.Notice
	// Events stand in the order of play; their instants never fall.
	Events []Event
	// Rota is who is on call; nil for nobody, so that the account manager is paged.
	Rota *oncall.Rota
	// DeployTakes is how long the simulated vendor takes to make a system usable. Default: no time.
	DeployTakes time.Duration
	// OldSystem is the customer's own one, from which data is moved (§3.7). Default: one of 64 bits if the form says that the
	// customer ran on its own servers, else none.
	OldSystem *OldSystem
	// Until is where the clock stops, that instant included. Zero: at destruction, else 30 days after the last
	// event or due day.
	Until time.Time
}

// Event is one thing that happens: an act of a person, or the publication of a notice.
type Event struct {
	// Line of the scenario's file, from 1.
	Line int
	At   time.Time
	Do   string
	// ID is the act's business id, "event-<place from 1>" unless the scenario gives one. A repeated id rehearses
	// the resending of a command.
	ID    string
	Actor message.Actor
	// Act is what is done, if Do is not its name; Fault the fault to which it is done, 0 for the contract.
	Act   message.ActName
	Fault int
	// Body is the act's body as package message has it; nil for a publication.
	Body any
	// Notice is what publish-calendar publishes; nil for an act.
	Notice *workday.Notice
	// To is when a worker that is down serves again; zero for other events.
	To time.Time
	// Form is the form that the act signs: the contract's, or the changed one of an amendment; nil for other acts.
	Form *contract.Form
}

// Load reads the scenario in the file at path. A file that cannot be read is the bad input "no_scenario"; the
// other errors are those of Parse.
func Load(path string) (Scenario, error) {
	data, err := readFile(path)
	if err != nil {
		why := unreadable(err)
		return Scenario{}, refusal.BadInput("no_scenario",
			"读不了剧本文件 "+path+"："+why.ZH, "cannot read the scenario "+path+": "+why.EN)
	}
	return Parse(data, filepath.Dir(path))
}

// Parse reads a scenario (YAML); files that it names lie relative to dir. It is strict: everything that is
// wrong, in the scenario or in a form or notice that it names, comes back in one refusal "bad_scenario", each
// with its line. What the rules of the contract forbid is not wrong: that is for the engine to refuse.
func Parse(data []byte, dir string) (Scenario, error) {
	r := &reading{dir: dir}
	s := readScenario(r.root(data))
	if err := r.refusal(); err != nil {
		return Scenario{}, err
	}
	return s, nil
}

func readScenario(e *entry) Scenario {
	s := Scenario{Form: readForm(e.need("contract")), Notices: readNotices(e.may("notices"))}
	s.Rota = readRota(e.may("rota"))
	s.Events = readEvents(e.need("events"), s.Form)
	if cloud, given := e.may("cloud").entry(); given {
		s.DeployTakes = cloud.may("deploy_takes").duration()
		s.OldSystem = readOldSystem(cloud.may("old_system"))
		cloud.close()
	}
	if in := s.Form.MigrationIn; s.OldSystem == nil && in != nil && in.FromOwnServers {
		s.OldSystem = &OldSystem{Host: oldSystem, Bits: suite.Bits64}
	}
	s.Until = e.may("until").instant()
	e.close()
	return s
}

// readEvents reads the events in order. An instant before the one above it is wrong: a play has one direction.
func readEvents(v value, form contract.Form) []Event {
	nodes := v.items()
	if v.node != nil && len(nodes) == 0 {
		v.wrong("至少要有一个事件", "needs at least one event")
	}
	events, last := make([]Event, 0, len(nodes)), time.Time{}
	for i, node := range nodes {
		e, ok := node.entry()
		if !ok {
			continue
		}
		event := readEvent(e, i+1, form)
		if event.At.Before(last) && !event.At.IsZero() {
			e.need("at").wrong("早于上一个事件", "is before the event above it")
		}
		if event.At.After(last) {
			last = event.At
		}
		events = append(events, event)
	}
	return events
}

// readFile reads a file of up to 1 MB. Devices and directories are no scenarios.
func readFile(path string) ([]byte, error) {
	info, err := os.Stat(path)
	switch {
	case err != nil:
		return nil, err //nolint:wrapcheck // it names the operation and the path
	case !info.Mode().IsRegular():
		return nil, &os.PathError{Op: "read", Path: path, Err: os.ErrInvalid}
	case info.Size() > maxFile:
		return nil, &os.PathError{Op: "read", Path: path, Err: errTooLarge}
	}
	return os.ReadFile(path) //nolint:gosec,wrapcheck // the path is the user's own; the error names it
}
