package slack

import (
	"maps"

	"lvyue/internal/message"
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
	ActReport       = "fault.new"
	ActMore         = "fault.more"

	ActConfirmDestruction = "contract.confirm-destruction"
	ActHold               = "contract.hold"
	ActReleaseHold        = "contract.release-hold"
	ActOffer              = "contract.offer"
	ActDecline            = "contract.decline"
	ActAcceptQuote        = "contract.accept-quote"
	ActRetry              = "contract.retry"
)

// faultForm is the callback of the shortcut, which opens the form for a report.
const faultForm = "fault_new"

// control is something to press: what it says, who may press it, what is asked first (nil: nothing), and which act it is. An act of
// the contract is addressed to the contract, though it tells of a fault.
type control struct {
	label      string
	level      level
	modal      *modal
	ofContract bool
	act        func(a about, in values) (message.ActName, any)
}

// controls are all of them, by their action id. What stands on cards and what is done when it is pressed come from here alone.
func controls() map[string]control {
	all := faultControls()
	all[faultForm] = all[ActReport]
	maps.Copy(all, contractControls())
	return all
}
