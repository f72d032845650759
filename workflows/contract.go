// Package workflows performs contracts. It reads beside CONTRACT.md: one file per group of clauses, and here
// the whole life of a contract from signing to destruction. The rules of dates, money and rights are pure
// functions in internal/; a workflow only waits, asks and remembers.
package workflows

import (
	"go.temporal.io/sdk/workflow"

	"lvyue/internal/message"
)

// Contract performs one service contract: from the first signature it owes every duty on its day, lets people
// act, and ends when the customer's data is provably gone.
//
// Two things move it. Time: whatever comes due, in the order of the contract (see timetable). People: whatever
// they do (see acts). How the two are put in order, see course.
//
// A cancellation from outside is not an act of the contract and stops nothing (clauses.md, "Acts that only a
// person may do").
func Contract(ctx workflow.Context, in message.ContractInput) error {
	ctx, _ = workflow.NewDisconnectedContext(ctx)
	p := resume(ctx, in.State)
	if err := p.letIn(ctx); err != nil {
		return err
	}
	p.lookAfterWorks(ctx)
	for {
		p.catchUp(ctx)
		if !p.performed() && !p.leaves(ctx) {
			p.wait(ctx)
			continue
		}
		if p.everyoneAnswered(ctx) {
			return p.close(ctx)
		}
	}
}

// timetable is what the passing of time does, clause by clause. Where two moments fall on one instant, the one
// that stands first comes first: a contract that ends at midnight has no duty left to be late with.
func (p *performance) timetable() []moment {
	return inOrder(
		p.terminationDay(), // §1.4, §5.2, §6.2: the day that ends the contract
		p.yearEnds(),       // §5.1, §5.2: the next year, or the end
		p.lapses(),         // §5.1: no service year ever started
		p.serviceBegins(),  // §5.5: the first day of the first service year
		p.talksOpen(),      // §5.6: the fifteenth working day before the year's last
		p.dueDaysPass(),    // every duty that is counted in days
		p.reminders(),      // before and on the due days
		p.looks(),          // at works that have not reported
	)
}

// acts is what people do. Each names its clause, when it may be done at all, what it must satisfy, and what
// follows.
func (p *performance) acts() []act[*performance] {
	return []act[*performance]{
		on(message.Sign, "5.1", always, maySign, sign),
		on(message.Pay, "5.4", inForce, mayPay, pay),
		on(message.Reverse, "5.4", inForce, mayReturn, reverse),
		on(message.MoveReceipt, "5.4", inForce, mayMove, move),
		on(message.Unapply, "5.4", inForce, mayUnapply, unapply),
		on(message.Apply, "5.4", inForce, mayApply, apply),
		on(message.Book, "5.4", inForce, mayBook, book),
		on(message.Designate, "5.5", alive, mayDesignate, designate),
		on(message.Offer, "5.6", inForce, mayOffer, offer),
		on(message.Reply, "5.6", inForce, mayAnswer, answer),
		on(message.AskQuote, "5.7", alive, mayAskQuote, askQuote),
		on(message.Expand, "5.7", alive, mayExpand, expand),
		on(message.AcceptQuote, "5.7", alive, mayAcceptQuote, acceptQuote),
		on(message.Expanded, "5.7", inForce, mayFinishExpansion, finishExpansion),
		on(message.MigrateIn, "3.7", alive, mayMigrateIn, migrateIn),
		on(message.CutOver, "3.7", alive, mayCutOver, cutOver),
		on(message.MigrateOff, "3.8", undestroyed, mayMigrateOff, migrateOff),
		on(message.AcceptPackage, "3.8", undestroyed, mayAcceptPackage, acceptPackage),
		on(message.ReportFault, "3.11", undestroyed, mayReport, report),
		on(message.Reopen, "3.11", undestroyed, mayReopen, reopen),
		on(message.Shortfall, "1.4", alive, mayReportShortfall, reportShortfall),
		on(message.Terminate, "7.2", alive, mayTerminate, terminate),
		on(message.RequestRefund, "5.4", inForce, mayRequestRefund, requestRefund),
		on(message.ApproveRefund, "1.4", inForce, mayApproveRefund, approveRefund),
		on(message.ConfirmRed, "1.4", inForce, mayConfirmRed, confirmRed),
		on(message.PayRefund, "1.4", inForce, mayPayRefund, payRefund),
		on(message.Confirm, "7.2", undestroyed, mayConfirm, confirm),
		on(message.Hold, "7.2", undestroyed, mayHold, hold),
		on(message.ReleaseHold, "7.2", undestroyed, mayRelease, release),
		on(message.Waive, "6.4", inForce, mayWaive, waive),
		on(message.Amend, "6.4", alive, mayAmend, amend),
		on(message.Dispute, "6.3", inForce, mayDispute, dispute),
		on(message.SettleDispute, "6.2", inForce, maySettleDispute, settleDispute),
		on(message.Retry, "3.2", inForce, mayRetry, retry),
	}
}

// performed tells whether nothing is left: the data is gone, no money is owed, no notice of the calendar can
// change a judgement any more, and no fault waits for a dispute to be settled.
func (p *performance) performed() bool {
	return p.Phase == message.Destroyed && !p.any(message.Obligation.Open) && !p.any(message.Obligation.Unjudged) && !p.faultDisputed()
}
