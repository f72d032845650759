package workflows

import (
	"fmt"
	"regexp"
	"slices"
	"strings"

	"go.temporal.io/sdk/workflow"

	"lvyue/internal/message"
	"lvyue/internal/refusal"
)

// obligationID is the form of every obligation that this engine opens.
var obligationID = regexp.MustCompile(`^(first-payment|deployment|destruction|(renewal-talks|renewal-fee|expansion|expansion-fee|migration-in|migration-off|refund)/[1-9][0-9]*|fault/[1-9][0-9]*/(response|plan))$`)

// mayDispute (§6.1): a side names the obligations in dispute, also such as are still to come; of faults, those that were reported.
func mayDispute(p *performance, _ done, c message.Complaint) *refusal.Refusal {
	if c.By != message.Customer && c.By != message.Provider {
		return unknownSide()
	}
	var wrong []refusal.Field
	for i, id := range c.Obligations {
		if !obligationID.MatchString(id) || isFault(id) && (faultOf(id) < 1 || faultOf(id) > p.Faulted) {
			wrong = append(wrong, refusal.Wrong(fmt.Sprintf("obligations[%d]", i), "没有义务 "+id, "there is no obligation "+id))
		}
	}
	switch {
	case len(wrong) > 0 || len(c.Obligations) == 0:
		return refusal.BadInput("unknown_obligation", "争议须指明义务。", "a dispute must name obligations", wrong...)
	case slices.Contains(c.Obligations, destruction) && len(p.Confirmed) >= twoPersons:
		return underWay()
	default:
		return nil
	}
}

func dispute(ctx workflow.Context, p *performance, _ done, c message.Complaint) refusal.Text {
	p.Disputes = append(p.Disputes, message.DisputeState{Complaint: c, Open: true})
	p.stopWorks(ctx, func(duty string) bool { // §6.3: nothing irreversible goes on
		return strings.HasPrefix(duty, expansions) && p.disputed(duty)
	})
	n := len(p.Disputes)
	p.noteDispute("disputed", n)
	return refusal.Text{
		ZH: fmt.Sprintf("争议 %d 已记录；所列义务中未了结的冻结，其余照常履行。", n),
		EN: fmt.Sprintf("dispute %d recorded; of the named obligations those that are open freeze, all else goes on", n),
	}
}

// maySettleDispute (§6.2): an open dispute ends, by agreement or award; without a number, the latest.
func maySettleDispute(p *performance, _ done, s message.Settlement) *refusal.Refusal {
	if p.openDispute(s.Dispute) == 0 {
		return refusal.Rule("no_open_dispute", "6.2", "没有这项未决争议。", "there is no such open dispute")
	}
	return nil
}

func settleDispute(_ workflow.Context, p *performance, _ done, s message.Settlement) refusal.Text {
	i := p.openDispute(s.Dispute)
	d := &p.Disputes[i-1]
	d.Open, d.Outcome = false, s.Outcome
	p.noteDispute("dispute-settled", i)
	return refusal.Text{ZH: "争议已了结。", EN: "the dispute is settled"}
}

// openDispute is the number of the open dispute that is meant: the latest for 0; 0 if there is none.
func (p *performance) openDispute(n int) int {
	for i := len(p.Disputes); i > 0; i-- {
		if p.Disputes[i-1].Open && (n == 0 || n == i) {
			return i
		}
	}
	return 0
}

func (p *performance) disputed(id string) bool { return slices.Contains(p.inDispute(), id) }

// inDispute are the obligations that open disputes name.
func (p *performance) inDispute() []string {
	var ids []string
	for _, d := range p.Disputes {
		if d.Open {
			ids = append(ids, d.Obligations...)
		}
	}
	slices.Sort(ids)
	return slices.Compact(ids)
}

// freeze (§6.3, §7.2) closes every step: what an open dispute names, and a destruction that is held, is frozen
// from its first instant on; what is free again goes on where its due day stands, which nothing has moved.
func (p *performance) freeze() {
	for i := range p.Obligations {
		o := &p.Obligations[i]
		frozen := p.disputed(o.ID) || (o.ID == destruction && p.HeldBy != "")
		switch {
		case frozen && o.Open():
			o.Status = message.Frozen
		case o.Status == message.Frozen:
			p.thaw(o)
		}
	}
}

func (p *performance) thaw(o *message.Obligation) {
	o.Status = message.Pending
	if late := !o.DueAt.IsZero() && !o.DueAt.After(p.cause.at); late && !o.Provisional {
		o.Status = message.Overdue
		p.tell(o.ID, "overdue")
	}
}

// mayWaive: who is owed a duty may let it go; a person says so.
func mayWaive(p *performance, _ done, w message.Waiver) *refusal.Refusal {
	o := p.find(w.Obligation)
	switch {
	case o == nil:
		return refusal.Rule("unknown_obligation", "6.4", "没有义务 "+w.Obligation+"。", "there is no obligation "+w.Obligation)
	case !o.Open():
		return refusal.Rule("not_open", "6.4", "该义务已了结。", "this obligation is closed already")
	case isMigration(w.Obligation):
		return p.refuseMoving()
	default:
		return nil
	}
}

// waive lets a duty go. What money it had goes where else it is owed.
func waive(ctx workflow.Context, p *performance, _ done, w message.Waiver) refusal.Text {
	p.drop(p.find(w.Obligation), message.Waived)
	p.dropRefund(w.Obligation)
	p.settleFees(ctx)
	if strings.HasPrefix(w.Obligation, migrationsOff) {
		p.letGoAgain()
	}
	return refusal.Text{ZH: w.Obligation + " 已豁免。", EN: w.Obligation + " is waived"}
}
