package slack

import (
	"cmp"
	"slices"

	api "github.com/slack-go/slack"

	"lvyue/internal/message"
)

// row is the few buttons of a card: the first is what should be done, the others what may; the rest waits in a menu.
type row struct{ buttons, more []string }

// rowOf is what may be done to a fault as it stands. What is closed has nothing to press.
func rowOf(f message.FaultRow) row {
	switch {
	case f.AwaitsApproval && working(f):
		return row{[]string{ActForceMajeure, ActPlan}, []string{ActHandOver, ActEscalate, ActResolve}}
	case breached(f):
		return row{[]string{ActPlan, ActExplain}, append(acknowledging(f), ActEscalate, ActForceMajeure, ActResolve, ActWaive)}
	}
	switch f.State {
	case message.FaultOpen:
		return row{[]string{ActAcknowledge, ActPlan}, []string{ActEscalate, ActForceMajeure, ActNotAFault}}
	case message.FaultAcknowledged:
		return row{[]string{ActPlan, ActHandOver}, []string{ActResolve, ActEscalate, ActForceMajeure, ActNotAFault}}
	case message.FaultPlanned:
		return row{[]string{ActResolve, ActPlan}, append(explaining(f), ActProgress, ActHandOver, ActForceMajeure)}
	case message.FaultMajeure:
		return row{[]string{ActProgress, ActLift, ActResolve}, []string{ActPlan, ActHandOver}}
	case message.FaultResolved:
		return row{[]string{ActConfirm, ActReopen}, explaining(f)}
	case message.FaultReported:
		return row{[]string{ActConfirm}, []string{ActNotAFault}}
	case message.FaultRequest:
		return row{nil, reconsidering(f)}
	default:
		return row{}
	}
}

// acknowledging: who takes a fault up whose hour has passed, or hands it over, finds that in the menu.
func acknowledging(f message.FaultRow) []string {
	if f.State == message.FaultOpen {
		return []string{ActAcknowledge}
	}
	return []string{ActHandOver}
}

// explaining: a missed hour can be explained, and let go by the customer, for as long as it stands.
func explaining(f message.FaultRow) []string {
	if f.SLA == message.SLABreached && f.State != message.FaultClosed && f.State != message.FaultRequest {
		return []string{ActExplain, ActWaive}
	}
	return nil
}

// reconsidering: what an administrator has called a wish may turn out to be a fault (§4.3).
func reconsidering(f message.FaultRow) []string {
	if f.Administrator {
		return []string{ActAFault}
	}
	return nil
}

// label is what the button says on this card otherwise than on others.
func label(f message.FaultRow, action string) string {
	switch {
	case action == ActPlan && !f.PlanAt.IsZero():
		return "更新方案 Update plan"
	case action == ActForceMajeure && f.AwaitsApproval:
		return "确认不可抗力 Approve"
	case action == ActConfirm && f.State == message.FaultReported:
		return "管理员确认 Take up"
	default:
		return ""
	}
}

// faultActions is the row of buttons of a fault's card; nil if there is nothing to press.
func faultActions(contract string, f message.FaultRow) api.Block {
	r, value := rowOf(f), Value(contract, f)
	return r.block(BlockID(contract, f), value, func(action string) string { return label(f, action) })
}

// block draws the row. What a button says beside what the table of controls says, label tells; empty: nothing.
func (r row) block(id, value string, label func(action string) string) api.Block {
	all := controls()
	says := func(action string) *api.TextBlockObject { return plain(cmp.Or(label(action), all[action].label)) }
	var elements []api.BlockElement
	for i, action := range r.buttons {
		b := api.NewButtonBlockElement(action, value, says(action))
		if i == 0 {
			b = b.WithStyle(api.StylePrimary)
		}
		elements = append(elements, b)
	}
	var choices []*api.OptionBlockObject
	for _, action := range r.more {
		choices = append(choices, api.NewOptionBlockObject(action+"|"+value, says(action), nil))
	}
	if len(choices) > 0 {
		elements = append(elements, api.NewOverflowBlockElement(ActMore, choices...))
	}
	if len(elements) == 0 {
		return nil
	}
	return api.NewActionBlock(id, elements...)
}

// pageRow is what somebody who is paged can do about it at once.
func pageRow(kind message.PageKind) row {
	switch kind {
	case message.FirstPage, message.RepeatedPage, message.EscalationPage, message.ReopenedPage:
		return row{[]string{ActAcknowledge, ActPlan}, []string{ActEscalate, ActForceMajeure, ActNotAFault}}
	case message.WarningPage:
		return row{[]string{ActPlan, ActEscalate}, nil}
	case message.BreachPage:
		return row{[]string{ActPlan, ActExplain}, nil}
	case message.ApprovalPage:
		return row{[]string{ActForceMajeure}, nil}
	case message.ProgressPage:
		return row{[]string{ActProgress, ActResolve}, nil}
	case message.ResolvedPage:
		return row{[]string{ActConfirm, ActReopen}, nil}
	case message.ForwardedPage:
		return row{[]string{ActConfirm}, []string{ActNotAFault}}
	default:
		return row{}
	}
}

// pageActions is the row of buttons of a page; nil if there is nothing to press.
func pageActions(p message.Page) api.Block {
	r := pageRow(p.Kind)
	if p.Fault == 0 || p.Contract == "" {
		return nil
	}
	if p.Kind == message.ForwardedPage && p.Detail == string(message.FaultRequest) {
		return nil // a wish: the parties agree about it (§4.3)
	}
	known := message.FaultRow{Fault: p.Fault, Rung: p.Rung}
	return r.block(BlockID(p.Contract, known), Value(p.Contract, known), func(action string) string {
		if action == ActForceMajeure && !slices.Contains(r.more, action) {
			return "确认不可抗力 Approve"
		}
		if action == ActConfirm && p.Kind == message.ForwardedPage {
			return "管理员确认 Take up"
		}
		return ""
	})
}
