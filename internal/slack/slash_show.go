package slack

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"lvyue/internal/message"
	"lvyue/internal/oncall"
	"lvyue/internal/refusal"
	"lvyue/internal/words"
)

// opened are the faults that are not closed: what is due first stands first, what has no deadline last.
func opened(faults []message.FaultOf) []message.FaultOf {
	var open []message.FaultOf
	for _, f := range faults {
		if !f.Ended() {
			open = append(open, f)
		}
	}
	slices.SortStableFunc(open, func(a, b message.FaultOf) int {
		if a.DeadlineAt.IsZero() != b.DeadlineAt.IsZero() {
			if a.DeadlineAt.IsZero() {
				return 1
			}
			return -1
		}
		return a.DeadlineAt.Compare(b.DeadlineAt)
	})
	return open
}

func openList(faults []message.FaultOf, now time.Time) string {
	open := opened(faults)
	if len(open) == 0 {
		return "✅ 没有未关闭的故障\nNo open faults"
	}
	all := []string{fmt.Sprintf("未关闭的故障 %d 件 / open faults: %d", len(open), len(open))}
	for _, f := range open[:min(len(open), mostListed)] {
		all = append(all, "• "+faultLine(f, now))
	}
	if more := len(open) - mostListed; more > 0 {
		all = append(all, fmt.Sprintf("… 另有 %d 件 / and %d more", more, more))
	}
	return strings.Join(all, "\n")
}

// faultLine is a fault in a line: where it stands, and how long there is until its plan is due.
func faultLine(f message.FaultOf, now time.Time) string {
	state := faultStateName(f.State)
	parts := []string{f.Contract + faultName(f.Fault), state.ZH + " " + state.EN}
	if f.System != "" {
		parts = append(parts, f.System)
	}
	if waitsForPlan(f) {
		t := left(f.DeadlineAt, now)
		parts = append(parts, "方案截止 plan due "+atClock(f.DeadlineAt)+"（"+t.ZH+" "+t.EN+"）")
	}
	if f.SLA == message.SLABreached {
		parts = append(parts, "⛔ 超时 SLA breached")
	}
	if f.Owner != "" {
		parts = append(parts, f.Owner)
	}
	return strings.Join(parts, " · ")
}

func waitsForPlan(f message.FaultOf) bool {
	return !f.DeadlineAt.IsZero() && f.PlanAt.IsZero() && (f.State == message.FaultOpen || f.State == message.FaultAcknowledged)
}

func faultStateName(s message.FaultState) refusal.Text {
	t, known := map[message.FaultState]refusal.Text{
		message.FaultReported:     {ZH: "待管理员确认", EN: "awaiting the administrator"},
		message.FaultOpen:         {ZH: "待响应", EN: "awaiting response"},
		message.FaultAcknowledged: {ZH: "处理中", EN: "acknowledged"},
		message.FaultPlanned:      {ZH: "已出方案", EN: "planned"},
		message.FaultMajeure:      {ZH: "不可抗力", EN: "force majeure"},
		message.FaultResolved:     {ZH: "已解决，待确认", EN: "resolved, awaiting confirmation"},
		message.FaultClosed:       {ZH: "已关闭", EN: "closed"},
		message.FaultRequest:      {ZH: "需求", EN: "request"},
	}[s]
	if !known {
		return refusal.Text{ZH: string(s), EN: string(s)}
	}
	return t
}

// shownFaults are those of a number: of one contract if it is named, else of all.
func shownFaults(faults []message.FaultOf, asked []string, now time.Time) (string, error) {
	contract := ""
	if len(asked) == 2 {
		contract, asked = asked[0], asked[1:]
	}
	n := 0
	if len(asked) == 1 {
		number := strings.TrimPrefix(strings.TrimPrefix(strings.ToLower(asked[0]), "f-"), "fault/")
		n, _ = strconv.Atoi(number)
	}
	if n <= 0 {
		return "", refusal.BadInput("usage", "用法：/fault show [合同] N，例如 /fault show 12", "usage: /fault show [contract] N, such as /fault show 12")
	}
	var all []string
	for _, f := range faults {
		if f.Fault == n && (contract == "" || f.Contract == contract) {
			all = append(all, faultPage(f, now))
		}
	}
	if len(all) == 0 {
		return "", unknownFault(contract, n)
	}
	return strings.Join(all[:min(len(all), mostListed)], "\n\n"), nil
}

// faultPage is all that a fault's row tells.
func faultPage(f message.FaultOf, now time.Time) string {
	all := []string{faultLine(f, now)}
	for _, fact := range []struct {
		name string
		at   time.Time
		who  string
	}{
		{"报障 reported", f.ReportedAt, ""},
		{"响应 acknowledged", f.ResponseAt, f.RespondedBy},
		{"方案 plan", f.PlanAt, f.PlannedBy},
		{"超时 breached", f.BreachedAt, ""},
		{"不可抗力 force majeure", f.MajeureAt, string(f.MajeureKind)},
		{"解除 lifted", f.LiftedAt, ""},
		{"解决 resolved", f.ResolvedAt, ""},
		{"关闭 closed", f.ClosedAt, ""},
	} {
		if !fact.at.IsZero() {
			all = append(all, strings.TrimSpace("  "+fact.name+"："+atClock(fact.at)+" "+fact.who))
		}
	}
	return strings.Join(all, "\n")
}

// dutyRoster says who is on call, and where nobody is.
func dutyRoster(rota oncall.Rota, now time.Time) string {
	all := []string{"值班 On call"}
	for _, s := range onDuty(rota, now) {
		all = append(all, "• "+shiftLine(rota, s))
	}
	return strings.Join(append(all, gapLines(rota, now)...), "\n")
}

func shiftLine(rota oncall.Rota, s oncall.Shift) string {
	person, _ := rota.Person(s.Person)
	who := strings.TrimSpace(person.Name + " (" + s.Person + ")")
	if s.Why != "" {
		why := words.Why(s.Why)
		who = "⚠️ 无人 nobody：" + why.ZH + " " + why.EN
	}
	until := ""
	if !s.To.IsZero() {
		until = "，至 until " + atClock(s.To)
	}
	return s.Rotation + "：" + who + until
}

// gapLines are the times ahead for which nobody is found.
func gapLines(rota oncall.Rota, now time.Time) []string {
	var all []string
	for _, g := range rota.Gaps(now, now.Add(shiftsAhead)) {
		why := words.Why(g.Why)
		span := ""
		if !g.From.IsZero() {
			span += " " + atClock(g.From)
		}
		if !g.To.IsZero() {
			span += " – " + atClock(g.To)
		}
		all = append(all, "⚠️ 空档 gap："+g.Target+span+"（"+why.ZH+" "+why.EN+"）")
	}
	return all[:min(len(all), mostListed)]
}

// shiftsAhead is how far the desk looks for shifts and gaps.
const shiftsAhead = 7 * 24 * time.Hour

// onDuty are the shifts of all rotations at an instant.
func onDuty(rota oncall.Rota, now time.Time) []oncall.Shift {
	var all []oncall.Shift
	for _, r := range rota.Rotations {
		all = append(all, rota.OnCall(r.Name, now))
	}
	return all
}
