package rehearsal

import (
	"cmp"

	"lvyue/internal/contract"
	"lvyue/internal/ledger"
	"lvyue/internal/message"
)

// oldSystem is where a customer's own system stands when the scenario names no host.
const oldSystem = "old-system.example.com"

func readMovingIn(e *entry, form contract.Form, event *Event) {
	person(e, form, event)
	from := cmp.Or(e.may("from").text(), oldSystem)
	event.Body = message.MovingIn{From: from, AgreedOn: e.need("agreed_on").day()}
}

func readCuttingOver(e *entry, form contract.Form, event *Event) {
	person(e, form, event)
	event.Body = message.CuttingOver{Migration: cmp.Or(e.may("migration").text(), "migration-in/1")}
}

func readMovingOff(e *entry, form contract.Form, event *Event) {
	person(e, form, event)
	event.Body = message.MovingOff{AgreedOn: e.may("agreed_on").day(), Final: e.may("final").truth()}
}

// readPackageAcceptance: the document is a few words in the place of the paper.
func readPackageAcceptance(e *entry, form contract.Form, event *Event) {
	person(e, form, event)
	event.Body = message.PackageAcceptance{
		By: message.Side(event.Actor.Who), Document: ledger.HashOf([]byte(e.need("document").text())),
	}
}
