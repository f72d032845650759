package cli

import "github.com/spf13/cobra"

// booksCommand groups what finance asks of the books, and what it does.
func booksCommand(s *session) *cobra.Command {
	group := &cobra.Command{
		Use: "books", Args: cobra.ArbitraryArgs,
		Short:   s.say("账务：查询、导出、登记", "the books: ask, export, write down"),
		Example: "  starter books receivables --as-of 2026-03-31\n  starter books statement HT-2025-001 --xlsx statement.xlsx",
	}
	group.AddGroup(
		&cobra.Group{ID: "ask", Title: s.say("查询（均可 --as-of、--known-at、--json、--xlsx）：",
			"Ask (each takes --as-of, --known-at, --json, --xlsx):")},
		&cobra.Group{ID: "check", Title: s.say("检查：", "Check:")},
		&cobra.Group{ID: "act", Title: s.say("登记：", "Write down:")},
	)
	for _, q := range questions() {
		group.AddCommand(inGroup("ask", s.questionCommand(q)))
	}
	group.AddCommand(inGroup("ask", invoiceCommand(s)), inGroup("check", auditCommand(s)))
	for _, c := range booksActs(s) {
		group.AddCommand(inGroup("act", c))
	}
	group.RunE = s.choose(group)
	return group
}

func inGroup(id string, c *cobra.Command) *cobra.Command {
	c.GroupID = id
	return c
}
