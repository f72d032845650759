package cli

import (
	"regexp"

	"github.com/spf13/cobra"

	"lvyue/internal/message"
)

func terminateCommand(s *session) *cobra.Command {
	var ground, on, document, by string
	c := s.actCommand("terminate NUMBER", "终止合同（§1.4、§7.2）", "end the contract (§1.4, §7.2)",
		"terminate HT-2025-001 --ground agreement --on 2027-03-01 --document agreement.pdf",
		wants(1, 1), func(in *input, args []string) act {
			body := message.Termination{
				Ground: message.Ground(in.choice("ground", ground, "expiry", "agreement", "load-shortfall", "breach", "award")),
				On:     in.date("on", on),
			}
			if document != "" {
				body.Document = hash(in.file("document", document))
			}
			return act{name: message.Terminate, contract: in.number(args[0]), who: by, body: body}
		})
	flags := c.Flags()
	flags.StringVar(&ground, "ground", "", "expiry | agreement | load-shortfall | breach | award")
	suggest(c, "ground", "expiry", "agreement", "load-shortfall", "breach", "award")
	flags.StringVar(&on, "on", "", s.say("最后一日", "the last day"))
	flags.StringVar(&document, "document", "", s.say("依据文件（只记录其指纹）", "the paper it rests on (its hash is kept)"))
	s.person(c, &by)
	return c
}

func confirmCommand(s *session) *cobra.Command {
	var by string
	c := s.actCommand("confirm NUMBER destruction", "确认销毁数据，须两人（§7.2）", "confirm the destruction of the data; two persons must (§7.2)",
		"confirm HT-2025-001 destruction --by chen",
		wants(2, 2), func(in *input, args []string) act {
			return act{
				name: message.Confirm, contract: in.number(args[0]), who: in.required("by", by),
				body: message.Confirmation{What: in.choice("WHAT", args[1], "destruction")},
			}
		})
	s.person(c, &by)
	return c
}

func holdCommand(s *session) *cobra.Command {
	return s.holding(message.Hold, "hold NUMBER", "法定保全：暂缓销毁数据（§7.2）", "put a legal hold on the destruction (§7.2)",
		`hold HT-2025-001 --by wang --reason "court order 2027-15"`)
}

func releaseHoldCommand(s *session) *cobra.Command {
	return s.holding(message.ReleaseHold, "release-hold NUMBER", "解除保全（§7.2）", "release the legal hold (§7.2)",
		`release-hold HT-2025-001 --by wang --reason "order lifted"`)
}

func (s *session) holding(name message.ActName, use, zh, en, example string) *cobra.Command {
	var by, reason string
	c := s.actCommand(use, zh, en, example, wants(1, 2), func(in *input, args []string) act {
		what := "destruction"
		if len(args) > 1 {
			what = in.choice("WHAT", args[1], what)
		}
		return act{
			name: name, contract: in.number(args[0]), who: in.required("by", by),
			body: message.Confirmation{What: what, Reason: in.required("reason", reason)},
		}
	})
	c.Flags().StringVar(&reason, "reason", "", s.say("理由", "why"))
	s.person(c, &by)
	return c
}

var workedAt = regexp.MustCompile(`^(deployment|destruction|(expansion|migration-in|migration-off)/[1-9][0-9]{0,8})$`)

// work is a duty that the engine works at by itself.
func (in *input) work(path, typed string) string {
	if !workedAt.MatchString(typed) {
		in.fail("bad_choice", path, "须是 deployment、destruction、expansion/N、migration-in/N 或 migration-off/N",
			"must be deployment, destruction, expansion/N, migration-in/N or migration-off/N")
	}
	return typed
}

func retryCommand(s *session) *cobra.Command {
	var by string
	c := s.actCommand("retry NUMBER DUTY", "重试等待处理的部署、扩容、迁移或销毁", "try a parked deployment, expansion, migration or destruction again",
		"retry HT-2025-001 deployment",
		wants(2, 2), func(in *input, args []string) act {
			return act{name: message.Retry, contract: in.number(args[0]), who: by, body: message.Again{
				Duty: in.work("DUTY", args[1]),
			}}
		})
	s.person(c, &by)
	return c
}
