package words

import (
	"lvyue/internal/message"
	"lvyue/internal/oncall"
	"lvyue/internal/refusal"
)

// Why is the reason for which nobody is on duty, or answers.
func Why(w oncall.Why) refusal.Text {
	return lookup(map[oncall.Why]refusal.Text{
		oncall.NotBegun:   {ZH: "轮班尚未开始", EN: "the rotation has not begun"},
		oncall.Empty:      {ZH: "轮班无人", EN: "the rotation has no people"},
		oncall.Vacated:    {ZH: "指定无人当班", EN: "nobody, by an override"},
		oncall.Inactive:   {ZH: "已停用", EN: "inactive"},
		oncall.IsAway:     {ZH: "不在", EN: "away"},
		oncall.Unknown:    {ZH: "已不在值班表中", EN: "not on the rota any more"},
		oncall.NoChannel:  {ZH: "没有通知方式", EN: "no page gets there"},
		oncall.NobodyHas:  {ZH: "无人担任或都不在", EN: "nobody who has the role answers"},
		oncall.FallsOn:    {ZH: "无人应答，立即升到下一级", EN: "nobody answers; the next rung is paged at once"},
		oncall.LastResort: {ZH: "各级都无人：通知所有人", EN: "no rung is answered: everybody is paged"},
	}, w, itself(w))
}

// Approval says where stands what one person asks another to approve.
func Approval(s message.ApprovalState) refusal.Text {
	return lookup(map[message.ApprovalState]refusal.Text{
		message.AskedFor: {ZH: "待批准", EN: "pending"},
		message.Approved: {ZH: "已批准", EN: "approved"},
		message.Refused:  {ZH: "已拒绝", EN: "refused"},
		message.Revoked:  {ZH: "已撤销", EN: "revoked"},
	}, s, itself(s))
}
