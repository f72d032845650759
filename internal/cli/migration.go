package cli

import (
	"strings"

	"github.com/spf13/cobra"

	"lvyue/internal/contract"
	"lvyue/internal/message"
)

// migrationCommand groups the moves of a customer's data: onto the cloud (§3.7) and off it (§3.8).
func migrationCommand(s *session) *cobra.Command {
	group := &cobra.Command{
		Use:     "migration",
		Short:   s.say("数据迁入（§3.7）与迁出（§3.8）", "move a customer's data onto the cloud (§3.7) and off it (§3.8)"),
		Example: "  starter migration in HT-2025-001 --from oa.old.example.com --agreed-on 2025-11-28",
	}
	group.AddCommand(migrateInCommand(s), cutOverCommand(s), migrateOffCommand(s), acceptMigrationCommand(s), showMigrationCommand(s))
	group.RunE = s.choose(group)
	return group
}

func migrateInCommand(s *session) *cobra.Command {
	var from, on, by string
	c := s.actCommand("in NUMBER", "预演迁入：云上数据被旧系统的数据替换，旧系统不变（§3.7）",
		"rehearse a migration in: the old system's data replaces that on the cloud; nothing of the old one changes (§3.7)",
		"migration in HT-2025-001 --from oa.old.example.com --agreed-on 2025-11-28",
		wants(1, 1), func(in *input, args []string) act {
			body := message.MovingIn{From: in.required("from", from), AgreedOn: in.date("agreed-on", on)}
			if no := contract.RefuseHost("from", body.From); body.From != "" && no != nil {
				in.note("from", no)
			}
			return act{name: message.MigrateIn, contract: in.number(args[0]), who: by, body: body}
		})
	c.Flags().StringVar(&from, "from", "", s.say("甲方旧系统的主机名或 IP（可带端口）", "the host of the customer's old system (with its port, if need be)"))
	c.Flags().StringVar(&on, "agreed-on", "", s.say("约定完成日", "the day agreed on"))
	s.person(c, &by)
	return c
}

func cutOverCommand(s *session) *cobra.Command {
	var migration, by string
	c := s.actCommand("cut-over NUMBER", "切换：旧系统停止接受修改，数据最后一次复制（§3.7）",
		"cut over: the old system takes no changes any more, its data is copied for the last time (§3.7)",
		"migration cut-over HT-2025-001",
		wants(1, 1), func(in *input, args []string) act {
			return act{name: message.CutOver, contract: in.number(args[0]), who: by, body: message.CuttingOver{
				Migration: in.required("migration", migration),
			}}
		})
	c.Flags().StringVar(&migration, "migration", "migration-in/1", s.say("哪一次迁入", "which migration"))
	s.person(c, &by)
	return c
}

func migrateOffCommand(s *session) *cobra.Command {
	var on, by string
	var final bool
	c := s.actCommand("off NUMBER", "导出全部数据到云外，免费（§3.8）；--final 先停止修改，导出最终包",
		"make a package of all data outside the cloud, free of charge (§3.8); with --final the system is frozen first",
		"migration off HT-2025-001 --agreed-on 2026-03-31",
		wants(1, 1), func(in *input, args []string) act {
			return act{name: message.MigrateOff, contract: in.number(args[0]), who: by, body: message.MovingOff{
				AgreedOn: in.optionalDate("agreed-on", on), Final: final,
			}}
		})
	c.Flags().StringVar(&on, "agreed-on", "", s.say("约定完成日（首次必填）", "the day agreed on (needed the first time)"))
	c.Flags().BoolVar(&final, "final", false, s.say("最终包：系统停止接受修改", "the last word: the system takes no changes any more"))
	s.person(c, &by)
	return c
}

func acceptMigrationCommand(s *session) *cobra.Command {
	var document, by string
	c := s.actCommand("accept NUMBER", "登记甲方对最终数据包的书面验收（§3.8）", "record the customer's written acceptance of the final package (§3.8)",
		"migration accept HT-2025-001 --document acceptance.pdf --by customer",
		wants(1, 1), func(in *input, args []string) act {
			side := message.Side(in.choice("by", by, string(message.Customer)))
			return act{name: message.AcceptPackage, contract: in.number(args[0]), side: side, body: message.PackageAcceptance{
				By: side, Document: hash(in.file("document", document)),
			}}
		})
	c.Flags().StringVar(&document, "document", "", s.say("书面验收（文件；只记录其指纹）", "the written acceptance (a file; its hash is kept)"))
	c.Flags().StringVar(&by, "by", "customer", s.say("验收方：customer", "who accepts: customer"))
	suggest(c, "by", string(message.Customer))
	return c
}

// isMove tells whether an event or a duty is about a move of data.
func isMove(subject string) bool { return strings.HasPrefix(subject, "migration-") }
