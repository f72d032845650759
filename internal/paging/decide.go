package paging

import (
	"cmp"
	"maps"
	"slices"
	"time"

	"lvyue/internal/message"
)

// Listed is how many pages a message for many names; the others are counted.
const Listed = 20

// due is one page that may go by one way now.
type due struct {
	attempt

	page message.Page
}

type place struct {
	way  Way
	room string
}

// looking gathers what a look at the board leads to.
type looking struct {
	Decision

	now   time.Time
	board Board
	lines map[Way]Line
	links func(message.Page) string
	due   map[place][]due
}

// decide says what is to be sent now: of each room one message, first pages first, all of a storm in one.
func (l *looking) decide(reach map[string][]Address) Decision {
	l.due, l.Next = map[place][]due{}, l.board.NextAt
	for _, p := range l.board.Open {
		if ways, known := reach[p.To]; known {
			l.consider(p, ways)
		}
	}
	for _, at := range slices.SortedFunc(maps.Keys(l.due), comparePlaces) {
		l.serve(at, l.due[at])
	}
	return l.Decision
}

func comparePlaces(a, b place) int {
	return cmp.Or(cmp.Compare(a.way, b.way), cmp.Compare(a.room, b.room))
}

func (l *looking) consider(p Standing, ways []Address) {
	left, settled := attempts(p, ways, l.now)
	if settled {
		l.Settled = append(l.Settled, p.Key)
		return
	}
	for _, a := range left {
		if a.next.After(l.now) {
			l.Next = sooner(l.Next, a.next)
			continue
		}
		at := place{a.Way, a.Room}
		l.due[at] = append(l.due[at], due{a, p.Page})
	}
}

// serve decides on the one message that a room takes now.
func (l *looking) serve(at place, waiting []due) {
	for _, r := range l.board.Rooms {
		if r.Way == at.way && r.Room == at.room && r.FreeAt.After(l.now) {
			l.Next = sooner(l.Next, r.FreeAt)
			return
		}
	}
	slices.SortStableFunc(waiting, compareDue)
	kind := waiting[0].page.Kind
	alike := slices.DeleteFunc(slices.Clone(waiting), func(d due) bool { return d.page.Kind != kind })
	burst := l.burst(at, kind)
	if burst.Message == "" && burst.Singles+len(alike) <= stormFrom {
		alike = alike[:1]
		l.Deliveries = append(l.Deliveries, l.single(alike[0]))
	} else {
		l.Deliveries = append(l.Deliveries, l.fold(at, alike, burst))
	}
	if len(waiting) > len(alike) {
		l.Next = sooner(l.Next, l.now.Add(l.lines[at.way].every()))
	}
}

func compareDue(a, b due) int {
	if isFirst(a.page) != isFirst(b.page) {
		if isFirst(a.page) {
			return -1
		}
		return 1
	}
	return cmp.Or(a.page.At.Compare(b.page.At), cmp.Compare(a.page.Key, b.page.Key))
}

func (l *looking) burst(at place, kind message.PageKind) Burst {
	for _, b := range l.board.Bursts {
		if b.Way == at.way && b.Room == at.room && b.Kind == kind {
			return b
		}
	}
	return Burst{}
}

func (l *looking) single(d due) Delivery {
	delivery := l.delivery([]due{d}, d.page.Key+"/"+string(d.Way))
	delivery.Pages, delivery.Count, delivery.Link = []message.Page{d.page}, 1, l.links(d.page)
	return delivery
}

// fold puts many pages into one message: the one of this minute is written over where that can be done. The room takes no other
// until it is known what became of it, so no older list is written over a newer one.
func (l *looking) fold(at place, many []due, burst Burst) Delivery {
	key, earlier := "fold/"+many[0].page.Key+"/"+string(at.way), ""
	if !l.lines[at.way].Edits {
		burst = Burst{}
	}
	if burst.Message != "" {
		key, earlier = burst.Message, burst.Reference
	}
	delivery := l.delivery(many, key)
	delivery.Earlier, delivery.Many = earlier, true
	delivery.Pages, delivery.Count = slices.Clone(burst.Pages), burst.Count+len(many)
	for _, d := range many {
		if len(delivery.Pages) < Listed {
			delivery.Pages = append(delivery.Pages, d.page)
		}
	}
	return delivery
}

func (l *looking) delivery(many []due, key string) Delivery {
	way, room := many[0].Way, many[0].Room
	d := Delivery{Way: way, Envelope: Envelope{Key: key, Room: room}}
	for _, one := range many {
		d.Again = d.Again || one.tries > 0
		if one.Mention != "" && !slices.Contains(d.Mentions, one.Mention) {
			d.Mentions = append(d.Mentions, one.Mention)
		}
		d.Tries = append(d.Tries, Try{Key: one.page.Key, Way: way, Number: one.tries + 1, Room: room, Message: key, BeganAt: l.now})
	}
	return d
}
