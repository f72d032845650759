package workflows_test

import (
	"io"
	"slices"
	"strings"
	"sync"

	"lvyue/internal/hosting"
	"lvyue/internal/message"
	"lvyue/internal/suite"
	"lvyue/internal/suitesim"
	"lvyue/internal/workday"
)

// oldHost is where the customer's own system answers.
const oldHost = "oa.old.example.com:8080"

// ownServer is a server of the customer's own.
type ownServer struct {
	sync.Mutex

	system *suitesim.System
	world  suitesim.Alone
}

// server64 stands at a host of the story, with the provider's products installed and the contract's token set.
func (s *story) server64(host string) *ownServer {
	s.t.Helper()
	own := &ownServer{system: suitesim.New(100), world: suitesim.Alone{Data: &suitesim.Database{}, Kept: &suitesim.Files{}, Disk: 100}}
	own.run(s, "suite token "+suite.Token(systemSecret, s.form.Number, "operator"), "suite database localhost 3306 old oa pw",
		"suite fetch oa 8.4.2", "suite migrate oa 8.4.2", "suite start oa 8.4.2")
	s.hosts[host] = suitesim.Site{System: own.system, World: own.world, Lock: own}
	return own
}

// run performs commands on the server.
func (o *ownServer) run(s *story, lines ...string) {
	s.t.Helper()
	o.Lock()
	defer o.Unlock()
	if out, exit := o.system.Run(strings.Join(lines, "\n")+"\n", o.world); exit != 0 {
		s.t.Fatalf("%v: exit %d, %s", lines, exit, out)
	}
}

// enters has a user of the old system write a document.
func (o *ownServer) enters(id, body string) deed {
	return happens(func(s *story) {
		o.Lock()
		defer o.Unlock()
		must(s.t, o.world.Data.Insert("oa_document", id, "title "+id, body))
	})
}

func (o *ownServer) frozen() bool {
	o.Lock()
	defer o.Unlock()
	return o.system.Frozen
}

// counts are what a system of the story counts.
func (s *story) counts(host string) suite.Counts {
	s.t.Helper()
	counts, err := s.systems.Counts(s.t.Context(), host, s.form.Number)
	must(s.t, err)
	return counts
}

// deployed is the host of the contract's own system.
func (s *story) deployed() string {
	s.t.Helper()
	found, err := s.cloud.Find(s.t.Context(), s.form.Number, "cn-beijing", nil)
	must(s.t, err)
	return hosting.Endpoint(found)
}

// isFrozen tells whether a system takes no changes.
func (s *story) isFrozen(host string) bool {
	s.t.Helper()
	is, err := s.systems.Describe(s.t.Context(), host, s.form.Number)
	must(s.t, err)
	return is.Frozen
}

// recorded counts the events of each kind about the moves.
func (s *story) recorded(what ...string) []string {
	s.t.Helper()
	timeline, err := s.store.Timeline(s.t.Context(), s.form.Number)
	must(s.t, err)
	var found []string
	for _, e := range timeline {
		if slices.Contains(what, e.What) {
			found = append(found, e.What+" "+e.Subject)
		}
	}
	return found
}

func movesIn(from, on string) deed {
	return deed{name: message.MigrateIn, who: "chen", body: message.MovingIn{From: from, AgreedOn: workday.MustDate(on)}}
}

func cutsOver(migration string) deed {
	return deed{name: message.CutOver, who: "chen", body: message.CuttingOver{Migration: migration}}
}

func movesOff(on string, final bool) deed {
	body := message.MovingOff{Final: final}
	if on != "" {
		body.AgreedOn = workday.MustDate(on)
	}
	return deed{name: message.MigrateOff, who: "chen", body: body}
}

func acceptsPackage(document string) deed {
	return deed{name: message.AcceptPackage, who: "customer", body: message.PackageAcceptance{By: message.Customer, Document: document}}
}

// untilTold keeps systems from counting until the act has its answer.
func (s *story) untilTold(act string) {
	told := make(chan struct{})
	s.heard[act] = told
	s.systems.holds = func() { <-told }
}

// paper is the hash of a written acceptance.
var paper = strings.Repeat("0123456789abcdef", 4)

// lossy swallows the last bytes of what the host's files are, while it is told to.
func lossy(host string, on func() bool) func(string, io.ReadCloser) io.ReadCloser {
	return func(from string, body io.ReadCloser) io.ReadCloser {
		if from != host || !on() {
			return body
		}
		whole, _ := io.ReadAll(body)
		spoilt := strings.Replace(string(whole), "attachment", "attachmemt", 1)
		return io.NopCloser(strings.NewReader(spoilt))
	}
}
