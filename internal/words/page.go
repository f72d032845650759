package words

import (
	"lvyue/internal/message"
	"lvyue/internal/refusal"
)

// PageKind is why somebody is paged (§4.2).
func PageKind(k message.PageKind) refusal.Text {
	return lookup(map[message.PageKind]refusal.Text{
		message.FirstPage:      {ZH: "故障待响应", EN: "Fault awaiting response"},
		message.RepeatedPage:   {ZH: "故障仍无人响应", EN: "Fault still not acknowledged"},
		message.EscalationPage: {ZH: "故障升级", EN: "Fault escalated"},
		message.WarningPage:    {ZH: "方案即将到期，尚无方案", EN: "Plan due soon, none yet"},
		message.BreachPage:     {ZH: "超时：一小时内未提交方案", EN: "SLA breached: no plan within the hour"},
		message.ProgressPage:   {ZH: "须向客户通报进展", EN: "Progress owed to the customer"},
		message.ApprovalPage:   {ZH: "请第二人确认", EN: "A second person is asked to confirm"},
		message.ResolvedPage:   {ZH: "已解决，待管理员确认", EN: "Resolved, awaiting the administrator's confirmation"},
		message.ReopenedPage:   {ZH: "故障重新打开", EN: "Fault reopened"},
		message.ForwardedPage:  {ZH: "非管理员报障，已转交", EN: "Reported by somebody else than the administrator, forwarded"},
		message.GapPage:        {ZH: "无人值班", EN: "Nobody is on call"},
		message.WatchdogPage:   {ZH: "看门狗：故障步骤逾期未执行", EN: "Watchdog: a step of a fault is late"},
		message.CorrectionPage: {ZH: "更正：先前的超时通知不成立", EN: "Correction: the breach told of was none"},
		message.TroublePage:    {ZH: "消息通道故障", EN: "Messages do not get through"},
	}, k, itself(k))
}
