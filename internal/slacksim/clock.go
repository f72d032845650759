package slacksim

import (
	"io"
	"net/http"
	"time"
)

// clockPath is where the simulator tells its time to whoever asks, as RFC 3339.
const clockPath = "/clock"

// now is the simulator's time: the clock's, and all that Advance added. The caller holds mu.
func (s *Server) now() time.Time { return s.options.Clock().Add(s.offset) }

// Now is the simulator's time.
func (s *Server) Now() time.Time {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.now()
}

// Advance moves the simulator's time on: what has to be acknowledged or used by then expires, and events that are due are
// sent again. It does not wait for them.
func (s *Server) Advance(by time.Duration) {
	s.mu.Lock()
	s.offset += by
	s.mu.Unlock()
	s.Tick()
}

// Tick looks at the clock, which somebody else has moved.
func (s *Server) Tick() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.expire()
	s.resend()
	s.publish()
	if s.outage() {
		s.cutSockets()
	}
	s.touch()
}

func (s *Server) serveClock(w http.ResponseWriter) {
	_, _ = io.WriteString(w, s.Now().Format(time.RFC3339Nano)) // who has gone away needs no time
}
