package rehearsal

import (
	"lvyue/internal/contract"
	"lvyue/internal/message"
)

// readReturn reads reverse and move, which end a receipt.
func readReturn(e *entry, form contract.Form, event *Event) {
	person(e, form, event)
	event.Body = message.Return{
		Reference: e.need("reference").text(), On: e.may("on").day(), BankReference: e.may("bank_reference").text(),
		To: e.may("to").text(), Reason: e.may("reason").text(),
	}
}

// readKeeping reads unapply and apply.
func readKeeping(e *entry, form contract.Form, event *Event) {
	person(e, form, event)
	event.Body = message.Keeping{Reference: e.need("reference").text(), Reason: e.may("reason").text()}
}

func readRefundRequest(e *entry, form contract.Form, event *Event) {
	person(e, form, event)
	body := message.RefundRequest{
		Reason: e.need("reason").oneOf(message.RefundOverpayment, message.RefundShortfall),
	}
	if amount := e.may("amount"); amount.node != nil {
		body.Amount = amount.amount()
	}
	event.Body = body
}

// readRefundStep reads approve-refund, confirm-red and pay-refund.
func readRefundStep(e *entry, form contract.Form, event *Event) {
	person(e, form, event)
	event.Body = message.RefundStep{
		Refund: e.need("refund").text(), Confirmation: e.may("confirmation").text(), On: e.may("on").day(),
		Reference: e.may("reference").text(), Account: e.may("account").text(),
	}
}
