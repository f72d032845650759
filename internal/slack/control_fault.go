package slack

import (
	"lvyue/internal/message"
)

// faultControls are those of faults (§3.11–3.13, §4).
func faultControls() map[string]control {
	return map[string]control{
		ActAcknowledge: {label: "响应 Acknowledge", level: engineers, act: saying(message.Acknowledge)},
		ActEscalate: {label: "升级 Escalate", level: engineers, act: func(a about, _ values) (message.ActName, any) {
			return message.Escalate, message.Words{Rung: a.Rung}
		}},
		ActLift:         {label: "解除 Lift", level: leads, act: saying(message.LiftMajeure)},
		ActConfirm:      {label: "确认关闭 Confirm", level: anybody, act: saying(message.ConfirmFault)},
		ActProgress:     {label: "发布进展 Post update", level: engineers, modal: wordsModal("发布进展", "Post progress"), act: saying(message.Progress)},
		ActResolve:      {label: "已解决 Resolve", level: engineers, modal: wordsModal("已解决", "Resolved"), act: saying(message.Resolve)},
		ActExplain:      {label: "说明原因 Explain", level: managers, modal: wordsModal("说明超时原因", "Explain"), act: saying(message.Explain)},
		ActWaive:        {label: "豁免 Waive", level: engineers, modal: waiverModal(), do: askWaiver},
		ActPlan:         {label: "提交方案 Submit plan", level: engineers, modal: planModal(), act: plans},
		ActForceMajeure: {label: "不可抗力 Force majeure", level: leads, modal: majeureModal(), act: marks},
		ActHandOver: {label: "移交 Hand over", level: engineers, modal: handOverModal(), act: func(_ about, in values) (message.ActName, any) {
			return message.HandOver, message.Handing{To: in.text("to")}
		}},
		ActNotAFault: {label: "非故障 Not a fault", level: leads, modal: wordsModal("不是故障", "Not a fault"), act: classifying(true)},
		ActAFault:    {label: "是故障 It is a fault", level: leads, modal: wordsModal("是故障", "A fault after all"), act: classifying(false)},
		ActReopen: {label: "重新打开 Reopen", level: anybody, modal: reopenModal(), ofContract: true, act: func(a about, in values) (message.ActName, any) {
			return message.Reopen, message.FaultReport{Reporter: in.text("reporter"), Text: in.text("text"), Reopens: a.Fault}
		}},
		ActReport: {label: "报告故障 Report a fault", level: anybody, modal: newFaultModal(), ofContract: true, act: reports},
	}
}

// saying is an act that carries words alone, or none.
func saying(name message.ActName) func(about, values) (message.ActName, any) {
	return func(_ about, in values) (message.ActName, any) { return name, message.Words{Text: in.text("text")} }
}

func plans(_ about, in values) (message.ActName, any) {
	return message.Plan, message.FaultPlan{Cause: in.text("cause"), Steps: in.text("steps"), WorksBy: in.moment("works_by")}
}

func marks(_ about, in values) (message.ActName, any) {
	return message.ForceMajeure, message.Majeure{
		Kind: message.MajeureKind(in.text("kind")), Evidence: joined(in.text("evidence"), in.text("note")),
	}
}

// joined is evidence with a note under it, which the clause does not ask for.
func joined(evidence, note string) string {
	if note == "" {
		return evidence
	}
	return evidence + "\n" + note
}

func classifying(request bool) func(about, values) (message.ActName, any) {
	return func(_ about, in values) (message.ActName, any) {
		return message.Classify, message.Classification{Request: request, Text: in.text("text")}
	}
}

func reports(_ about, in values) (message.ActName, any) {
	return message.ReportFault, message.FaultReport{
		Called: message.Called{CalledAt: in.moment("called_at")}, Reporter: in.text("reporter"), System: in.text("system"), Text: in.text("text"),
		Separate: in.text("as") == separateFault, Request: in.text("as") == noFault,
	}
}
