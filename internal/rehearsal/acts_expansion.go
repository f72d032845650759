package rehearsal

import (
	"lvyue/internal/contract"
	"lvyue/internal/message"
)

// readAsk reads what is asked for in mid-year.
func readAsk(e *entry, form contract.Form, event *Event) { event.Body = growth(e, form, event) }

func growth(e *entry, form contract.Form, event *Event) message.Growth {
	person(e, form, event)
	body := message.Growth{
		DiskGB: int(e.may("disk_gb").count(1)), DatabaseGB: int(e.may("database_gb").count(1)), Nodes: int(e.may("nodes").count(1)),
	}
	if asked := readAsked(e, form); asked != nil {
		body.Load = &asked.Load
	}
	return body
}

// readGrowth reads what is asked for, and its price. Valid_until is the last day on which it holds.
func readGrowth(e *entry, form contract.Form, event *Event) {
	body := growth(e, form, event)
	body.Price = message.Price{Amount: e.need("price").amount(), Answer: []byte(e.need("answer").text())}
	if day := e.need("valid_until").day(); !day.IsZero() {
		body.Price.ValidUntil = day.End()
	}
	event.Body = body
}

func readAcceptance(e *entry, form contract.Form, event *Event) {
	person(e, form, event)
	event.Body = message.Acceptance{Amount: e.need("price").amount()}
}

func readCarriedOut(e *entry, form contract.Form, event *Event) {
	person(e, form, event)
	event.Body = message.CarriedOut{
		Expansion: e.need("expansion").text(), On: e.may("on").day(), Evidence: e.need("evidence").text(),
	}
}
