package rehearsal

import (
	"lvyue/internal/contract"
	"lvyue/internal/message"
)

// reader reads the fields of one kind of event into it.
type reader func(*entry, contract.Form, *Event)

// readers are all kinds of events by their names. To add an act, add its line and its reader.
func readers() map[string]reader {
	return map[string]reader{
		publishCalendar:               readPublication,
		backUp:                        person,
		workerDown:                    readSpan,
		outage:                        readOutage,
		string(message.Sign):          readSignature,
		string(message.Pay):           readPayment,
		string(message.Designate):     readDesignation,
		string(message.Offer):         readProposal,
		string(message.Reply):         readDecision,
		string(message.AskQuote):      readAsk,
		string(message.Expand):        readGrowth,
		string(message.AcceptQuote):   readAcceptance,
		string(message.Expanded):      readCarriedOut,
		string(message.MigrateIn):     readMovingIn,
		string(message.CutOver):       readCuttingOver,
		string(message.MigrateOff):    readMovingOff,
		string(message.AcceptPackage): readPackageAcceptance,
		string(message.Shortfall):     readMeasurement,
		string(message.Terminate):     readTermination,
		string(message.Confirm):       readConfirmation,
		string(message.Hold):          readConfirmation,
		string(message.ReleaseHold):   readConfirmation,
		string(message.Waive):         readWaiver,
		string(message.Amend):         readAmendment,
		string(message.Dispute):       readComplaint,
		string(message.SettleDispute): readSettlement,
		string(message.ReportFault):   readReport,
		string(message.Acknowledge):   readWords,
		string(message.Plan):          readPlan,
		string(message.ForceMajeure):  readMajeure,
		string(message.LiftMajeure):   readWords,
		string(message.Progress):      readWords,
		string(message.HandOver):      readHanding,
		string(message.Escalate):      readWords,
		string(message.Resolve):       readWords,
		string(message.Reopen):        readReport,
		string(message.Classify):      readClassification,
		string(message.Explain):       readWords,
		string(message.Retry):         readAgain,
		string(message.Reverse):       readReturn,
		string(message.MoveReceipt):   readReturn,
		string(message.Unapply):       readKeeping,
		string(message.Apply):         readKeeping,
		string(message.RequestRefund): readRefundRequest,
		string(message.ApproveRefund): readRefundStep,
		string(message.ConfirmRed):    readRefundStep,
		string(message.PayRefund):     readRefundStep,
	}
}

func readSignature(e *entry, form contract.Form, event *Event) {
	event.Form = &form
	event.Body = message.Signature{
		By: side(e, event), On: e.may("on").day(), FormHash: form.Hash(), Signatory: e.may("signatory").text(),
		Authority: e.may("authority").oneOf("legal-representative", "authorised"), Sealed: e.may("sealed").truth(),
	}
}

func readPayment(e *entry, form contract.Form, event *Event) {
	person(e, form, event)
	event.Body = message.Payment{
		Amount: e.need("amount").amount(), On: e.may("on").day(),
		Reference: e.need("reference").text(), Account: e.may("account").text(),
	}
}

func readDesignation(e *entry, form contract.Form, event *Event) {
	person(e, form, event)
	event.Body = message.Designation{DeployOn: e.need("deploy_on").day()}
}

// readProposal: an offer by "customer" is a counter-offer; by anyone else, it is the provider's.
func readProposal(e *entry, form contract.Form, event *Event) {
	person(e, form, event)
	by := message.Provider
	if event.Actor.Who == string(message.Customer) {
		by = message.Customer
	}
	event.Body = message.Proposal{By: by, Fee: e.need("fee").amount(), Terms: readAsked(e, form)}
}

func readDecision(e *entry, form contract.Form, event *Event) {
	person(e, form, event)
	event.Body = message.Decision{Accept: e.need("accept").truth()}
}

func readMeasurement(e *entry, form contract.Form, event *Event) {
	person(e, form, event)
	event.Body = message.Measurement{
		Required: e.need("required").count(1), Measured: e.need("measured").count(0), Evidence: e.need("evidence").text(),
	}
}

func readTermination(e *entry, form contract.Form, event *Event) {
	person(e, form, event)
	ground := e.need("ground").oneOf(string(message.Expiry), string(message.Agreement), string(message.LoadShortfall),
		string(message.Breach), string(message.Award))
	event.Body = message.Termination{
		Ground: message.Ground(ground), On: e.need("on").day(), Document: e.may("document").text(),
	}
}

// readConfirmation reads confirm, of a fault too, hold and release-hold, which say what they are about in the same way.
func readConfirmation(e *entry, form contract.Form, event *Event) {
	if ofFault(e, "what", event) {
		readWords(e, form, event)
		event.Act = message.ConfirmFault
		return
	}
	person(e, form, event)
	event.Body = message.Confirmation{What: e.need("what").oneOf("destruction"), Reason: e.may("reason").text()}
}

func readWaiver(e *entry, form contract.Form, event *Event) {
	person(e, form, event)
	if ofFault(e, "obligation", event) {
		event.Act, event.Body = message.WaiveFault, message.Words{Text: e.may("reason").text()}
		return
	}
	event.Body = message.Waiver{Obligation: e.need("obligation").text(), Reason: e.may("reason").text()}
}

func readAmendment(e *entry, _ contract.Form, event *Event) {
	changed := readForm(e.need("form"))
	event.Form = &changed
	event.Body = message.Amendment{
		By: side(e, event), FormHash: changed.Hash(), Terms: changed.Public(), Document: e.may("document").text(),
	}
}

func readComplaint(e *entry, _ contract.Form, event *Event) {
	named := e.need("obligations")
	obligations := []string{}
	for _, item := range named.items() {
		obligations = append(obligations, item.text())
	}
	if named.node != nil && len(obligations) == 0 {
		named.wrong("须写明争议涉及的义务", "must name the obligations in dispute")
	}
	event.Body = message.Complaint{By: side(e, event), Obligations: obligations}
}

func readSettlement(e *entry, form contract.Form, event *Event) {
	person(e, form, event)
	event.Body = message.Settlement{
		Dispute: int(e.may("dispute").count(1)), Outcome: e.need("outcome").text(),
	}
}

func readAgain(e *entry, form contract.Form, event *Event) {
	person(e, form, event)
	event.Body = message.Again{Duty: e.need("duty").text()}
}

func readPublication(e *entry, form contract.Form, event *Event) {
	person(e, form, event)
	notice := readNotice(e.need("notice"))
	event.Notice = &notice
}
