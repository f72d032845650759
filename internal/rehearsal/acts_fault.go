package rehearsal

import (
	"cmp"
	"strconv"
	"strings"

	"lvyue/internal/contract"
	"lvyue/internal/message"
)

// readReport reads report-fault and reopen (§3.11): by whom, by default the first administrator; with what, by default all of it.
func readReport(e *entry, form contract.Form, event *Event) {
	reporter := cmp.Or(e.may("by").text(), form.Administrators[0].Name)
	event.Actor = message.Actor{Who: reporter, Role: personRole, Way: way}
	report := message.FaultReport{
		Called: called(e), Reporter: reporter, System: e.may("system").text(), Text: cmp.Or(e.may("text").text(), event.Do),
		Request: e.may("request").truth(), Separate: e.may("separate").truth(),
	}
	if event.Do == string(message.Reopen) {
		report.Reopens = fault(e)
	}
	event.Body = report
}

func called(e *entry) message.Called { return message.Called{CalledAt: e.may("called_at").instant()} }

// fault is the number of the fault that an event is about; the first one, if it does not say.
func fault(e *entry) int { return int(max(e.may("fault").count(1), 1)) }

func readWords(e *entry, form contract.Form, event *Event) {
	person(e, form, event)
	event.Fault = cmp.Or(event.Fault, fault(e))
	event.Body = message.Words{Called: called(e), Text: cmp.Or(e.may("text").text(), event.Do), Rung: e.may("rung").text()}
}

func readPlan(e *entry, form contract.Form, event *Event) {
	person(e, form, event)
	event.Fault = fault(e)
	event.Body = message.FaultPlan{
		Called: called(e), Cause: e.need("cause").text(), Steps: e.need("steps").text(), WorksBy: e.may("works_by").instant(),
	}
}

func readMajeure(e *entry, form contract.Form, event *Event) {
	person(e, form, event)
	event.Fault = fault(e)
	event.Body = message.Majeure{
		Called: called(e), Kind: message.MajeureKind(e.need("kind").text()), Evidence: e.need("evidence").text(),
	}
}

func readHanding(e *entry, form contract.Form, event *Event) {
	person(e, form, event)
	event.Fault, event.Body = fault(e), message.Handing{To: e.need("to").text()}
}

func readClassification(e *entry, form contract.Form, event *Event) {
	person(e, form, event)
	event.Fault = fault(e)
	event.Body = message.Classification{Called: called(e), Request: e.need("request").truth(), Text: e.may("text").text()}
}

// ofFault tells whether a confirmation or a waiver is about a fault, and about which: by its number, or by the id of what
// it is about ("fault/2", "fault/2/plan").
func ofFault(e *entry, about string, event *Event) bool {
	if n := e.may("fault"); n.node != nil {
		event.Fault = int(n.count(1))
		return true
	}
	id, is := strings.CutPrefix(e.may(about).text(), "fault/")
	number, _, _ := strings.Cut(id, "/")
	n, err := strconv.Atoi(number)
	if event.Fault = n; !is || err != nil || strings.HasSuffix(id, "/response") {
		event.Fault = 0
	}
	return event.Fault > 0
}
