package rehearsal

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strings"

	"lvyue/internal/contract"
	"lvyue/internal/message"
)

// The events that are no acts: the State Council publishes a notice; the day's copy outside the cloud is made; no
// worker serves, or a vendor is away, for a while.
const (
	publishCalendar = "publish-calendar"
	backUp          = "back-up"
	workerDown      = "worker-down"
	outage          = "outage"
)

// way is how an act of a rehearsal comes in.
const way = "rehearsal"

// Roles of those who act.
const (
	partyRole   = "party"
	managerRole = "account-manager"
	personRole  = "person"
)

// readEvent reads the n-th event (from 1).
func readEvent(e *entry, n int, form contract.Form) Event {
	event := Event{Line: e.line, At: e.need("at").instant(), ID: fmt.Sprintf("event-%d", n)}
	if id := e.may("id"); id.node != nil {
		event.ID = id.text()
	}
	do := e.need("do")
	event.Do = do.text()
	read, known := readers()[event.Do]
	switch {
	case known:
		read(e, form, &event)
		e.close()
	case event.Do != "":
		names := slices.Sorted(maps.Keys(readers()))
		do.wrong(fmt.Sprintf("没有 %q 这种事件；可以写：%s", event.Do, strings.Join(names, "、")),
			fmt.Sprintf("no event is called %q; there are %s", event.Do, strings.Join(names, ", ")))
	}
	return event
}

// act is the name of what is done.
func (e Event) act() message.ActName { return cmp.Or(e.Act, message.ActName(e.Do)) }

// side reads who acts where that is one of the parties.
func side(e *entry, event *Event) message.Side {
	by := e.need("by").oneOf(string(message.Customer), string(message.Provider))
	event.Actor = message.Actor{Who: by, Role: partyRole, Way: way}
	return message.Side(by)
}

// person reads who acts where that is a person; by default the account manager that the form names.
func person(e *entry, form contract.Form, event *Event) {
	event.Actor = actor(e.may("by").text(), form)
}

// actor is who it is and in which role: a party by its own name, the account manager by default, or someone else.
func actor(who string, form contract.Form) message.Actor {
	switch who {
	case string(message.Customer), string(message.Provider):
		return message.Actor{Who: who, Role: partyRole, Way: way}
	case "", form.AccountManager:
		return message.Actor{Who: form.AccountManager, Role: managerRole, Way: way}
	default:
		return message.Actor{Who: who, Role: personRole, Way: way}
	}
}
