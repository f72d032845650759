package slacksim

import (
	"cmp"
	"maps"
	"net/url"
	"slices"
	"time"
)

// homePlace is the place of the home tab in the page's address.
const homePlace = "home"

// sight is the workspace as one user sees it, copied so that it can be drawn in peace.
type sight struct {
	Me                *User
	Users             []*User
	Channels, Directs []spot
	Place             *Channel // nil on the home tab
	Title, At         string
	Messages          []*card
	Thread            []*card
	ThreadTS          string
	Home, Modal       *View
	Trouble           string
	Now               string
	Connected         string
	names             map[string]string
}

// spot is one place in the list on the left.
type spot struct {
	ID, Name string
	Private  bool
	Here     bool
	Archived bool
}

// card is a message as it is drawn.
type card struct {
	Message

	Author, Initial, Hue, Time string
	App, Alone                 bool
	Sight                      *sight
}

// sight looks at the workspace as the query says: as somebody, at some place.
func (s *Server) sight(query url.Values) *sight {
	s.mu.Lock()
	defer s.mu.Unlock()
	v := &sight{names: map[string]string{}, ThreadTS: query.Get("thread"), Trouble: query.Get("trouble"), At: query.Get("at")}
	v.Now = s.now().In(beijing()).Format(time.DateTime)
	v.Connected = s.connection()
	for _, u := range s.work.users {
		copied := *u
		copied.RealName = cmp.Or(u.RealName, u.Name)
		v.names[u.ID] = copied.RealName
		if !u.IsBot && !u.Deleted {
			v.Users = append(v.Users, &copied)
		}
		if u.ID == query.Get("as") {
			v.Me = &copied
		}
	}
	if len(v.Users) == 0 {
		v.Me = &User{RealName: "nobody"}
		return v
	}
	if v.Me == nil {
		v.Me = v.Users[0]
	}
	v.look(s.work)
	return v
}

// connection says how the app is reached. The caller holds mu.
func (s *Server) connection() string {
	switch {
	case s.outage():
		return "Slack is away"
	case s.requestURL != "":
		return "HTTP"
	case len(s.link.sockets) > 0:
		return "Socket Mode"
	default:
		return "app not connected"
	}
}

// look collects the places that the user sees, and what is at the one where they are.
func (v *sight) look(w *workspace) {
	w.direct(v.Me)
	for _, c := range w.channels {
		name := c.Name
		switch {
		case c.User == v.Me.ID:
			name = v.names[BotUser]
			v.Directs = append(v.Directs, spot{c.ID, name, true, v.At == c.ID, c.Archived})
		case c.User != "" || c.Private && !c.has(v.Me.ID):
			continue
		default:
			v.Channels = append(v.Channels, spot{c.ID, name, c.Private, v.At == c.ID, c.Archived})
		}
		v.names[c.ID] = name
		if v.Place == nil && (v.At == "" && c.has(v.Me.ID) || v.At == c.ID) {
			copied := *c
			v.Place, v.Title = &copied, name
		}
	}
	if v.Place != nil {
		v.At = v.Place.ID
		for i := range v.Channels {
			v.Channels[i].Here = v.Channels[i].ID == v.At
		}
		v.read(w)
	}
	if v.Place == nil {
		v.ThreadTS = "" // a thread is part of a place
	}
	v.Home, v.Modal = copyOf(w.homes[v.Me.ID]), nil
	if stack := w.stacks[v.Me.ID]; len(stack) > 0 {
		v.Modal = copyOf(stack[len(stack)-1])
		v.Modal.State.Values = maps.Clone(v.Modal.State.Values)
	}
}

func copyOf(view *View) *View {
	if view == nil {
		return nil
	}
	copied := view.clone()
	return &copied
}

// read collects the messages of the place, in the order of their stamps, with those that only the user sees.
func (v *sight) read(w *workspace) {
	all := slices.Clone(w.messages[v.At])
	for _, m := range w.notes {
		if m.Channel == v.At && m.For == v.Me.ID {
			all = append(all, m)
		}
	}
	slices.SortStableFunc(all, func(a, b *Message) int { return cmp.Compare(a.TS, b.TS) })
	for _, m := range all {
		if m.inChannel() && (m.For == "" || m.ThreadTS == "") {
			v.Messages = append(v.Messages, v.card(m))
		}
		if v.ThreadTS != "" && (m.TS == v.ThreadTS || m.ThreadTS == v.ThreadTS) {
			v.Thread = append(v.Thread, v.card(m))
		}
	}
}

func (v *sight) card(m *Message) *card {
	name := cmp.Or(v.names[m.User], m.User)
	c := &card{Message: m.clone(), Author: name, App: m.BotID != "", Alone: m.For != "", Sight: v}
	c.Initial = string([]rune(name)[:1])
	hues := []string{"#4a7ab5", "#2f8f83", "#a8653a", "#7a5aa6", "#5b8c3a", "#b0506f"}
	sum := 0
	for _, r := range m.User {
		sum += int(r)
	}
	c.Hue = hues[sum%len(hues)]
	c.Time = clockTime(m.TS)
	return c
}

// clockTime is the time of day of a stamp, in Beijing.
func clockTime(ts string) string {
	seconds, err := time.ParseDuration(cmp.Or(ts, "0") + "s")
	if err != nil {
		return ""
	}
	return time.Unix(0, 0).Add(seconds).In(beijing()).Format("15:04")
}
