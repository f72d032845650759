package slacksim

// Sockets counts the app's open sockets, half-open ones included.
func (s *Server) Sockets() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return len(s.link.sockets)
}

// The reasons that Slack gives before it closes a socket.
const (
	// Warning comes some ten seconds before; the socket works on.
	Warning = "warning"
	// RefreshRequested is for a socket that has lived long enough.
	RefreshRequested = "refresh_requested"
	// LinkDisabled is that somebody switched Socket Mode off.
	LinkDisabled = "link_disabled"
)

// Disconnect tells all sockets why they will be closed. The vendor's client closes them itself.
func (s *Server) Disconnect(reason string) {
	for _, k := range s.open() {
		_ = k.write(answer{"type": "disconnect", "reason": reason, "debug_info": answer{"host": "slacksim"}}) // a dead one needs no word
	}
}

// KillSockets cuts all connections without a word.
func (s *Server) KillSockets() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.cutSockets()
}

// HalfOpen leaves the sockets that are open now standing, but nothing passes any more: no pings, no envelopes, no
// acknowledgements. New sockets are well.
func (s *Server) HalfOpen() {
	for _, k := range s.open() {
		k.mute.Do(func() { close(k.deaf) })
	}
}

func (s *Server) open() []*socket {
	s.mu.Lock()
	defer s.mu.Unlock()
	return append([]*socket(nil), s.link.sockets...)
}

// cutSockets is KillSockets for who holds mu.
func (s *Server) cutSockets() {
	for _, k := range s.link.sockets {
		k.close()
	}
}
