package slacksim

import "time"

// Kind is what happened to the workspace.
type Kind string

// The kinds. Each is something that people can see, but for GroupSet.
const (
	Posted    Kind = "posted"    // a message in a channel, a direct message or a thread
	Updated   Kind = "updated"   // a message was changed
	Deleted   Kind = "deleted"   // a message, or an ephemeral one, was taken away
	Whispered Kind = "whispered" // an ephemeral message
	Reacted   Kind = "reacted"
	Opened    Kind = "opened"    // a modal was opened or pushed
	Redrawn   Kind = "redrawn"   // a modal was changed by views.update or by an answer
	Published Kind = "published" // a home tab
	GroupSet  Kind = "group set" // a user group got other members
	Refused   Kind = "refused"   // a modal shows errors
)

// Happening is one change of the workspace, by whomever.
type Happening struct {
	// Number counts from 1.
	Number int
	At     time.Time
	Kind   Kind
	// Message is the message as it was then; nil for views and groups.
	Message *Message
	// View is the view as it was then; nil for messages and groups.
	View *View
	// Group and Members are a user group's.
	Group   string
	Members []string
}

// happen notes a change, with copies of what it is about.
func (w *workspace) happen(kind Kind, m *Message, v *View) {
	h := Happening{Kind: kind}
	if m != nil {
		copied := m.clone()
		h.Message = &copied
	}
	if v != nil {
		copied := v.clone()
		h.View = &copied
	}
	w.note(h)
}

func (w *workspace) note(h Happening) {
	h.Number, h.At = len(w.happened)+1, w.now()
	w.happened = append(w.happened, h)
}

// Happened are all changes so far, the first one first.
func (s *Server) Happened() []Happening {
	s.mu.Lock()
	defer s.mu.Unlock()
	return append([]Happening(nil), s.work.happened...)
}

// Messages are those of a channel in the order in which they were posted, answers in threads included, and deleted
// and ephemeral ones not.
func (s *Server) Messages(channel string) []Message {
	s.mu.Lock()
	defer s.mu.Unlock()
	var all []Message
	for _, m := range s.work.messages[channel] {
		all = append(all, m.clone())
	}
	return all
}

// Ephemerals are those that a user can see, oldest first.
func (s *Server) Ephemerals(user string) []Message {
	s.mu.Lock()
	defer s.mu.Unlock()
	var all []Message
	for _, m := range s.work.notes {
		if m.For == user {
			all = append(all, m.clone())
		}
	}
	return all
}

// Direct is the id of the direct message between the app and a user, "" where nobody has opened it.
func (s *Server) Direct(user string) string {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, c := range s.work.channels {
		if c.User == user {
			return c.ID
		}
	}
	return ""
}

// Group are the members of a user group.
func (s *Server) Group(id string) []string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return append([]string(nil), s.work.groups[id]...)
}
