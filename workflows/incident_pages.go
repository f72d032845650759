package workflows

import (
	"fmt"
	"slices"

	"go.temporal.io/sdk/workflow"

	"lvyue/activities"
	"lvyue/internal/incident"
	"lvyue/internal/message"
	"lvyue/internal/refusal"
)

// firstWord calls the first people, or, of what has no clock, whoever looks after the contract.
func (c *care) firstWord(ctx workflow.Context) {
	if call, found := incident.NextCall(&c.Incident, c.cause.at); found {
		c.climb(ctx, call)
		return
	}
	c.send(message.ForwardedPage, "", c.AccountManager, string(c.State))
}

// climb calls the people of a rung.
func (c *care) climb(ctx workflow.Context, call incident.Call) {
	c.Climbed, c.Rung = call.After, call.Name
	c.missed(call.Missed)
	var desk *activities.Desk
	rungs := append([]message.Rung{call.Rung}, c.above(call.Rung)...)
	reached := ask[message.Reached](ctx, desk.Whom, activities.Call{Rungs: rungs, At: c.cause.at})
	for _, target := range reached.Silent {
		c.note("nobody-on-call", target)
	}
	if len(reached.People) == 0 {
		reached.People = []string{c.AccountManager}
	}
	for _, who := range reached.People {
		c.send(call.Kind, call.Name, who, "")
	}
}

// missed tells of rungs that nobody could page in time.
func (c *care) missed(rungs []string) {
	for _, name := range rungs {
		c.note("rung-missed", name)
	}
}

// reach pages whoever such a call names, now, but for one; if that is nobody, the account manager.
func (c *care) reach(ctx workflow.Context, to []string, kind message.PageKind, but string) {
	var desk *activities.Desk
	rung := message.Rung{Name: c.Rung, To: to, Kind: kind}
	people := ask[message.Reached](ctx, desk.Whom, activities.Call{Rungs: []message.Rung{rung}, At: c.cause.at}).People
	people = slices.DeleteFunc(people, func(who string) bool { return who == but })
	if len(people) == 0 {
		people = []string{c.AccountManager}
	}
	for _, who := range people {
		c.send(kind, "", who, "")
	}
}

func (c *care) above(r message.Rung) []message.Rung {
	i := slices.IndexFunc(c.Terms.Ladder, func(other message.Rung) bool { return other.After > r.After })
	if i < 0 {
		return nil
	}
	return c.Terms.Ladder[i:]
}

func (c *care) note(what, now string) {
	c.noted = append(c.noted, message.Event{What: what, Clause: "4.2", Subject: message.FaultID(c.N), New: now})
}

// send has a page written with the step. Its key counts the pages of the fault.
func (c *care) send(kind message.PageKind, rung, to, detail string) {
	c.Pages++
	page := message.Page{
		Key: fmt.Sprintf("%s/%s/page/%d", c.Contract, message.FaultID(c.N), c.Pages), At: c.cause.at, Kind: kind,
		Contract: c.Contract, Fault: c.N, Rung: rung, To: to, Deadline: c.DeadlineAt, Detail: detail,
	}
	c.noted = append(c.noted, message.Event{
		What: "page", Clause: "4.2", Subject: message.FaultID(c.N), New: page.Key, Changed: message.Changed{Page: &page},
	})
}

// correct tells those who were told of a breach that it was none.
func (c *care) correct(ctx workflow.Context, was message.SLA) {
	if was != message.SLABreached || c.SLA != message.SLAMet && c.SLA != message.SLAChanged {
		return
	}
	c.reach(ctx, []string{"lead", "manager"}, message.CorrectionPage, "")
}

func (c *care) orManager(who string) string {
	if who == "" {
		return c.AccountManager
	}
	return who
}

// receipt is the answer to a report: at once, with the number and the hour (§4.2).
func (c *care) receipt() refusal.Text {
	id := message.FaultID(c.N)
	switch c.State {
	case message.FaultRequest:
		return refusal.Text{ZH: "已登记 " + id + "：非故障，由双方协商。", EN: id + " is registered as a request; the parties agree about it"}
	case message.FaultReported:
		return refusal.Text{
			ZH: "已登记 " + id + "。本服务只面向系统管理员，已转交；由系统管理员确认后受理。",
			EN: id + " is registered. Faults are reported by a system administrator: it is forwarded, and is looked after once one takes it up",
		}
	default:
		until := c.DeadlineAt.In(c.ReportedAt.Location()).Format("15:04:05")
		return refusal.Text{
			ZH: "已受理 " + id + "，解决方案不迟于 " + until + " 提交。", EN: id + " is taken up; there will be a plan by " + until,
		}
	}
}
