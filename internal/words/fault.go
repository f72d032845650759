package words

import (
	"lvyue/internal/message"
	"lvyue/internal/refusal"
)

// FaultState is where a fault stands (§3.11).
func FaultState(s message.FaultState) refusal.Text {
	return lookup(map[message.FaultState]refusal.Text{
		message.FaultReported:     {ZH: "待系统管理员确认", EN: "awaits an administrator"},
		message.FaultOpen:         {ZH: "待响应", EN: "open"},
		message.FaultAcknowledged: {ZH: "处理中", EN: "acknowledged"},
		message.FaultPlanned:      {ZH: "已出方案", EN: "planned"},
		message.FaultMajeure:      {ZH: "不可抗力", EN: "force majeure"},
		message.FaultResolved:     {ZH: "已解决，待确认", EN: "resolved"},
		message.FaultClosed:       {ZH: "已关闭", EN: "closed"},
		message.FaultRequest:      {ZH: "非故障（需求）", EN: "request"},
	}, s, itself(s))
}

// SLA is what has become of the hour's promise (§3.11).
func SLA(s message.SLA) refusal.Text {
	return lookup(map[message.SLA]refusal.Text{
		message.SLANone:     {ZH: "不计时", EN: "no clock"},
		message.SLARunning:  {ZH: "计时中", EN: "running"},
		message.SLAMet:      {ZH: "达标", EN: "met"},
		message.SLABreached: {ZH: "超时", EN: "breached"},
		message.SLAChanged:  {ZH: "职责变更", EN: "duty changed"},
		message.SLAWaived:   {ZH: "已豁免", EN: "waived"},
	}, s, itself(s))
}

// Majeure is a case of force majeure (§3.12).
func Majeure(k message.MajeureKind) refusal.Text {
	return lookup(map[message.MajeureKind]refusal.Text{
		message.Earthquake:  {ZH: "地震", EN: "earthquake"},
		message.Fire:        {ZH: "火灾", EN: "fire"},
		message.Telecom:     {ZH: "电信运营商", EN: "telecom operator"},
		message.CloudVendor: {ZH: "云厂商", EN: "cloud vendor"},
		message.PublicOrder: {ZH: "政策", EN: "policy"},
	}, k, itself(k))
}

// Page is why somebody was paged (§4.2).
func Page(k message.PageKind) refusal.Text {
	return lookup(map[message.PageKind]refusal.Text{
		message.FirstPage:      {ZH: "首次呼叫", EN: "first word"},
		message.RepeatedPage:   {ZH: "再次呼叫", EN: "called again"},
		message.EscalationPage: {ZH: "升级呼叫", EN: "escalation"},
		message.WarningPage:    {ZH: "即将超时", EN: "plan due soon"},
		message.BreachPage:     {ZH: "已超时", EN: "hour missed"},
		message.ProgressPage:   {ZH: "该通报进展", EN: "word is owed"},
		message.ApprovalPage:   {ZH: "请第二人复核", EN: "second person asked"},
		message.ResolvedPage:   {ZH: "已解决，请客户确认", EN: "resolved, to be confirmed"},
		message.ReopenedPage:   {ZH: "故障再现", EN: "there again"},
		message.ForwardedPage:  {ZH: "转交", EN: "forwarded"},
		message.GapPage:        {ZH: "无人值班", EN: "nobody on call"},
		message.WatchdogPage:   {ZH: "引擎迟滞", EN: "the engine is late"},
		message.CorrectionPage: {ZH: "更正：未超时", EN: "corrected: no breach"},
		message.TroublePage:    {ZH: "消息通道故障", EN: "messages fail"},
	}, k, itself(k))
}

// Rung is a step of the usual ladder (§4.2); one that somebody has named is its own name.
func Rung(name string) refusal.Text {
	return lookup(map[string]refusal.Text{
		"primary":       {ZH: "值班", EN: "primary"},
		"primary-again": {ZH: "值班（再次）", EN: "primary again"},
		"secondary":     {ZH: "副班", EN: "secondary"},
		"lead":          {ZH: "主管", EN: "lead"},
		"manager":       {ZH: "经理", EN: "manager"},
		"everyone":      {ZH: "全员", EN: "everyone"},
		"breach":        {ZH: "超时", EN: "breach"},
		"late":          {ZH: "超时后", EN: "late"},
	}, name, itself(name))
}

// reported is what was reported, and of which product.
func reported(m matter) refusal.Text {
	if m.System == "" {
		return itself(m.Text)
	}
	return refusal.Text{ZH: m.System + "：" + m.Text, EN: m.System + ": " + m.Text}
}

func planned(m matter) refusal.Text {
	return refusal.Text{ZH: "原因：" + m.Cause + "；步骤：" + m.Steps, EN: "cause: " + m.Cause + "; steps: " + m.Steps}
}

func majeure(m matter) refusal.Text {
	kind := Majeure(message.MajeureKind(m.Kind))
	return refusal.Text{ZH: kind.ZH + "：" + m.Evidence, EN: kind.EN + ": " + m.Evidence}
}

func classified(m matter) refusal.Text {
	text := refusal.Text{ZH: "是故障", EN: "a fault"}
	if m.Request {
		text = refusal.Text{ZH: "非故障", EN: "a request"}
	}
	if m.Text != "" {
		text.ZH, text.EN = text.ZH+"："+m.Text, text.EN+": "+m.Text
	}
	return text
}
