package slack

import (
	"context"
	"maps"

	"lvyue/internal/message"
	"lvyue/internal/refusal"
)

// What people press: the action ids of buttons. ActMore is the menu at the end of a row, whose choices name one of the others
// (ParseChoice).
const (
	ActAcknowledge  = "fault.ack"
	ActPlan         = "fault.plan"
	ActForceMajeure = "fault.force-majeure"
	ActLift         = "fault.lift"
	ActProgress     = "fault.progress"
	ActHandOver     = "fault.hand-over"
	ActEscalate     = "fault.escalate"
	ActResolve      = "fault.resolve"
	ActConfirm      = "fault.confirm"
	ActReopen       = "fault.reopen"
	ActNotAFault    = "fault.not-a-fault"
	ActAFault       = "fault.a-fault"
	ActExplain      = "fault.explain"
	ActWaive        = "fault.waive"
	ActReport       = "fault.new"
	ActMore         = "fault.more"

	ActConfirmDestruction = "contract.confirm-destruction"
	ActHold               = "contract.hold"
	ActReleaseHold        = "contract.release-hold"
	ActOffer              = "contract.offer"
	ActCounterOffer       = "contract.counter-offer"
	ActAgree              = "contract.agree"
	ActDecline            = "contract.decline"
	ActAcceptQuote        = "contract.accept-quote"
	ActRetry              = "contract.retry"

	ActLink    = "link.ask"
	ActApprove = "approval.approve"
	ActRefuse  = "approval.refuse"
)

// faultForm is the callback of the shortcut, which opens the form for a report.
const faultForm = "fault_new"

// control is something to press: what it says, who may press it, what is asked first (nil: nothing), and what it does: an act for the
// engine, or something of the desk itself. An act of the contract is addressed to the contract, though it tells of a fault.
type control struct {
	label      string
	level      level
	modal      *modal
	ofContract bool
	act        func(a about, in values) (message.ActName, any)
	do         func(ctx context.Context, h *Handler, r request) *refusal.Refusal
}

// request is what somebody who may has asked for.
type request struct {
	deed
	about

	in    values
	actor message.Actor
}

// controls are all of them, by their action id. What stands on cards and what is done when it is pressed come from here alone.
func controls() map[string]control {
	all := faultControls()
	all[faultForm] = all[ActReport]
	maps.Copy(all, contractControls())
	maps.Copy(all, approvalControls())
	return all
}
