package cli

import (
	"github.com/spf13/cobra"

	"lvyue/internal/message"
)

func ackFaultCommand(s *session) *cobra.Command {
	return s.saying(message.Acknowledge, false, "ack", "响应：有人接手（§4.2）", "acknowledge: a person has it (§4.2)",
		"fault ack HT-2025-001 1 --by zhang")
}

func progressCommand(s *session) *cobra.Command {
	return s.saying(message.Progress, true, "progress", "已向客户通报进展（§3.12）", "the customer was told how it goes (§3.12)",
		`fault progress HT-2025-001 1 --by zhang --text "云厂商预计 14:00 恢复"`)
}

func liftCommand(s *session) *cobra.Command {
	return s.saying(message.LiftMajeure, false, "lift", "不可抗力已过，时限继续（§3.12）", "force majeure is over; the hour goes on (§3.12)",
		"fault lift HT-2025-001 1 --by wang")
}

func resolveCommand(s *session) *cobra.Command {
	return s.saying(message.Resolve, true, "resolve", "系统已恢复，待管理员确认（§3.11）", "the system works again; an administrator may confirm it (§3.11)",
		`fault resolve HT-2025-001 1 --by zhang --text "磁盘已扩容"`)
}

func confirmFaultCommand(s *session) *cobra.Command {
	return s.saying(message.ConfirmFault, false, "confirm", "系统管理员确认恢复，或受理他人所报（§3.13）",
		"an administrator confirms that it works, or takes up what another has reported (§3.13)",
		"fault confirm HT-2025-001 1 --by 李明")
}

func explainFaultCommand(s *session) *cobra.Command {
	return s.saying(message.Explain, true, "explain", "说明为何超时（§3.11）", "say why the hour was missed (§3.11)",
		`fault explain HT-2025-001 1 --by wang --text "值班手机无信号"`)
}

func waiveFaultCommand(s *session) *cobra.Command {
	return s.saying(message.WaiveFault, true, "waive", "甲方书面豁免超时（§6.4）", "the customer lets a missed hour go, in writing (§6.4)",
		`fault waive HT-2025-001 1 --by chen --text "甲方 11 月 4 日邮件"`)
}

func planFaultCommand(s *session) *cobra.Command {
	var f saying
	var cause, steps, worksBy string
	c := s.actCommand("plan NUMBER N", "提交解决方案：原因、步骤、预计恢复（§3.11）", "hand in the plan: cause, steps, when it will work (§3.11)",
		`fault plan HT-2025-001 1 --by zhang --cause "磁盘写满" --steps "清理日志并扩容" --works-by "2025-11-03 12:30"`,
		wants(2, 2), func(in *input, args []string) act {
			return in.toFault(message.Plan, f.by, args).with(message.FaultPlan{
				Called: in.called(f.called), Cause: in.required("cause", cause), Steps: in.required("steps", steps),
				WorksBy: in.optionalInstant("works-by", worksBy),
			})
		})
	flags := c.Flags()
	flags.StringVar(&cause, "cause", "", s.say("判断的原因", "what is thought to be the cause"))
	flags.StringVar(&steps, "steps", "", s.say("处理步骤", "what is done"))
	flags.StringVar(&worksBy, "works-by", "", s.say("预计恢复时刻（可不填）", "when it will work again, if anybody can say"))
	s.person(c, &f.by)
	s.called(c, &f.called)
	return c
}

func kinds() []string {
	return []string{
		string(message.Earthquake), string(message.Fire), string(message.Telecom), string(message.CloudVendor), string(message.PublicOrder),
	}
}

func majeureCommand(s *session) *cobra.Command {
	var f saying
	var kind, evidence string
	c := s.actCommand("force-majeure NUMBER N", "标记不可抗力，附证明；一小时的后段（通常 45 分钟起）须第二人复核（§3.12）",
		"mark force majeure, with evidence; late in the hour (usually from 45 minutes on) a second person approves it (§3.12)",
		`fault force-majeure HT-2025-001 1 --by wang --kind cloud-vendor --evidence "工单 7H2K91"`,
		wants(2, 2), func(in *input, args []string) act {
			return in.toFault(message.ForceMajeure, f.by, args).with(message.Majeure{
				Called: in.called(f.called), Kind: message.MajeureKind(in.choice("kind", kind, kinds()...)),
				Evidence: in.evidence("evidence", evidence),
			})
		})
	c.Flags().StringVar(&kind, "kind", "", "earthquake | fire | telecom | cloud-vendor | policy")
	suggest(c, "kind", kinds()...)
	c.Flags().StringVar(&evidence, "evidence", "", s.say("证明：文件（留名称和指纹），或文字如工单号", "what shows it: a file (name and hash are kept), or words such as a ticket's number"))
	s.person(c, &f.by)
	s.called(c, &f.called)
	return c
}

func handOverCommand(s *session) *cobra.Command {
	var by, to string
	c := s.actCommand("hand-over NUMBER N", "移交给另一人（§4.2）", "hand it over to another person (§4.2)",
		"fault hand-over HT-2025-001 1 --by zhang --to wu",
		wants(2, 2), func(in *input, args []string) act {
			return in.toFault(message.HandOver, by, args).with(message.Handing{To: in.required("to", to)})
		})
	c.Flags().StringVar(&to, "to", "", s.say("交给谁", "who takes it"))
	s.person(c, &by)
	return c
}

func escalateCommand(s *session) *cobra.Command {
	var by, text, rung string
	c := s.actCommand("escalate NUMBER N", "立即呼叫下一级（§4.2）", "call the next rung of the ladder at once (§4.2)",
		"fault escalate HT-2025-001 1 --by zhang",
		wants(2, 2), func(in *input, args []string) act {
			return in.toFault(message.Escalate, by, args).with(message.Words{Text: text, Rung: rung})
		})
	c.Flags().StringVar(&text, "text", "", s.say("说明", "what there is to say"))
	c.Flags().StringVar(&rung, "rung", "", s.say("所见的最近一级；已再升级则不重复呼叫", "the rung that was seen last: if it has climbed since, nobody is called twice"))
	s.person(c, &by)
	return c
}

func classifyCommand(s *session) *cobra.Command {
	var f saying
	var as, text string
	c := s.actCommand("classify NUMBER N", "定性：故障或需求；转为故障之时起计一小时（§4.3）", "a fault, or a request; the hour runs from when it is found a fault (§4.3)",
		"fault classify HT-2025-001 1 --as request --by zhang",
		wants(2, 2), func(in *input, args []string) act {
			return in.toFault(message.Classify, f.by, args).with(message.Classification{
				Called: in.called(f.called), Request: in.choice("as", as, "fault", "request") == "request", Text: text,
			})
		})
	c.Flags().StringVar(&as, "as", "", s.say("fault（故障）或 request（需求）", "fault or request"))
	suggest(c, "as", "fault", "request")
	c.Flags().StringVar(&text, "text", "", s.say("说明", "what there is to say"))
	s.person(c, &f.by)
	s.called(c, &f.called)
	return c
}
