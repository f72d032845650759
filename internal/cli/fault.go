package cli

import (
	"strings"

	"github.com/spf13/cobra"

	"lvyue/internal/message"
)

// faultCommand groups what people do about faults (§3.11–3.13, §4).
func faultCommand(s *session) *cobra.Command {
	group := &cobra.Command{
		Use:     "fault",
		Short:   s.say("故障：报障、响应、方案、不可抗力、确认（§3.11–3.13、§4）", "faults: report, answer, plan, force majeure, confirm (§3.11–3.13, §4)"),
		Example: `  starter fault report HT-2025-001 --by 李明 --system OA --text "无法登录"`,
	}
	group.AddCommand(
		reportFaultCommand(s), listFaultsCommand(s), showFaultCommand(s), ackFaultCommand(s), planFaultCommand(s),
		majeureCommand(s), progressCommand(s), liftCommand(s), handOverCommand(s), escalateCommand(s),
		resolveCommand(s), confirmFaultCommand(s), reopenCommand(s), classifyCommand(s), explainFaultCommand(s), waiveFaultCommand(s),
	)
	group.RunE = s.choose(group)
	return group
}

// toFault is the part of an act that says to which fault it is done.
func (in *input) toFault(name message.ActName, by string, args []string) act {
	return act{name: name, contract: in.number(args[0]), fault: in.fault("N", args[1]), who: by}
}

// with is the act with its body.
func (a act) with(body any) act {
	a.body = body
	return a
}

// fault is the number of a fault: 2, or fault/2 as the evidence calls it.
func (in *input) fault(path, typed string) int {
	return in.count(path, strings.TrimPrefix(typed, "fault/"), 1)
}

// isFault tells whether an event or a duty is about a fault.
func isFault(subject string) bool { return strings.HasPrefix(subject, "fault/") }

// saying are the flags of an act that is words, or a moment.
type saying struct{ by, text, called string }

// saying is a command whose act is Words about a fault; needed: without a text it is nothing.
func (s *session) saying(name message.ActName, needed bool, use, zh, en, example string) *cobra.Command {
	var f saying
	c := s.actCommand(use+" NUMBER N", zh, en, example, wants(2, 2), func(in *input, args []string) act {
		a := in.toFault(name, f.by, args)
		if needed {
			f.text = in.required("text", f.text)
		}
		return a.with(message.Words{Called: in.called(f.called), Text: f.text})
	})
	c.Flags().StringVar(&f.text, "text", "", s.say("说明", "what there is to say"))
	s.person(c, &f.by)
	s.called(c, &f.called)
	return c
}

// called is the flag that says when somebody telephoned (§4.1).
func (s *session) called(c *cobra.Command, called *string) {
	c.Flags().StringVar(called, "called-at", "", s.say("来电时刻（RFC 3339，或北京时间如 2025-11-03 10:00:05）：以来电为准，录入时刻照留",
		"when they telephoned (RFC 3339, or Beijing time as 2025-11-03 10:00:05): that moment counts, that of entry is kept"))
}

func (in *input) called(typed string) message.Called {
	return message.Called{CalledAt: in.optionalInstant("called-at", typed)}
}
