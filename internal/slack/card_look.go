package slack

import (
	"lvyue/internal/message"
	"lvyue/internal/refusal"
)

// The colours of the bars.
const (
	red    = "#d64545"
	dark   = "#8c1d18"
	amber  = "#e08a1e"
	yellow = "#d9b310"
	blue   = "#2f6fb3"
	grey   = "#8a8f98"
	green  = "#2e9e5b"
	violet = "#7a5aa6"
)

// look is how a card shows at a glance where its fault stands.
type look struct {
	sign, color string
	name        refusal.Text
}

// breached tells whether the hour is missed and there is still no plan.
func breached(f message.FaultRow) bool {
	return f.SLA == message.SLABreached && f.PlanAt.IsZero() && working(f)
}

func working(f message.FaultRow) bool {
	return f.State == message.FaultOpen || f.State == message.FaultAcknowledged
}

func lookOf(f message.FaultRow) look {
	switch {
	case f.AwaitsApproval && f.State != message.FaultMajeure:
		return look{"✋", violet, refusal.Text{ZH: "不可抗力待第二人确认", EN: "force majeure awaits a second person"}}
	case breached(f):
		return look{"⛔", dark, refusal.Text{ZH: "超时", EN: "SLA breached"}}
	}
	switch f.State {
	case message.FaultOpen:
		return look{"🔴", red, refusal.Text{ZH: "待响应", EN: "awaiting response"}}
	case message.FaultAcknowledged:
		return look{"🟠", amber, refusal.Text{ZH: "处理中", EN: "in hand"}}
	case message.FaultPlanned:
		return look{"🔵", blue, refusal.Text{ZH: "已出方案", EN: "planned"}}
	case message.FaultMajeure:
		return look{"⚪", grey, refusal.Text{ZH: "不可抗力", EN: "force majeure"}}
	case message.FaultResolved:
		return look{"🟢", green, refusal.Text{ZH: "已解决，待确认", EN: "resolved, awaiting confirmation"}}
	case message.FaultClosed:
		return look{"✅", green, refusal.Text{ZH: "已关闭", EN: "closed"}}
	case message.FaultRequest:
		return look{"📝", violet, refusal.Text{ZH: "非故障，转为需求", EN: "a request, no fault"}}
	default:
		return look{"🟡", yellow, refusal.Text{ZH: "待管理员确认", EN: "awaiting the administrator"}}
	}
}

// majeure is what a case of §3.12 is called.
func majeure(kind message.MajeureKind) refusal.Text {
	named := map[message.MajeureKind]refusal.Text{
		message.Earthquake:  {ZH: "地震等自然灾害", EN: "natural disaster"},
		message.Fire:        {ZH: "火灾", EN: "fire"},
		message.Telecom:     {ZH: "电信故障", EN: "telecom failure"},
		message.CloudVendor: {ZH: "云厂商故障", EN: "cloud vendor"},
		message.PublicOrder: {ZH: "政策或公共秩序", EN: "policy or public order"},
	}
	if text, known := named[kind]; known {
		return text
	}
	return refusal.Text{ZH: string(kind), EN: string(kind)}
}

// sign and pageColor are how a page shows at a glance why somebody is paged.
func sign(kind message.PageKind) string {
	switch kind {
	case message.WarningPage:
		return "⏳"
	case message.BreachPage:
		return "⛔"
	case message.ProgressPage:
		return "⚪"
	case message.ApprovalPage:
		return "✋"
	case message.ResolvedPage:
		return "🟢"
	case message.ForwardedPage:
		return "🟡"
	case message.CorrectionPage:
		return "🔵"
	case message.GapPage, message.WatchdogPage, message.TroublePage:
		return "⚠️"
	default:
		return "🔴"
	}
}

func pageColor(kind message.PageKind) string {
	colors := map[string]string{"⏳": amber, "⛔": dark, "⚪": grey, "✋": violet, "🟢": green, "🟡": yellow, "🔵": blue, "⚠️": amber}
	if color, known := colors[sign(kind)]; known {
		return color
	}
	return red
}
