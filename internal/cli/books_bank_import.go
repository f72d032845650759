package cli

import (
	"context"
	"path/filepath"
	"time"

	"github.com/spf13/cobra"

	"lvyue/internal/money"
	"lvyue/internal/postgres"
	"lvyue/internal/statement"
	"lvyue/internal/workday"
)

// statementDocument is what a statement is to the books. Committed is false for a dry run, which has written nothing.
type statementDocument struct {
	File            string          `json:"file"`
	SHA256          string          `json:"sha256"`
	Account         string          `json:"account"`
	Lines           int             `json:"lines"`
	Committed       bool            `json:"committed"`
	AlreadyImported bool            `json:"already_imported"`
	Counts          statementCounts `json:"counts"`
	New             []statementLine `json:"new"`
	Known           []statementLine `json:"known"`
	Confirmed       []statementLine `json:"confirmed"`
}

type statementCounts struct {
	New       int `json:"new"`
	Known     int `json:"known"`
	Confirmed int `json:"confirmed"`
}

// statementLine is a line of the file, as a person counts it. BankLines are the lines of the books: the one that was added,
// or those that people entered and the statement confirms.
type statementLine struct {
	Line       int          `json:"line"`
	On         workday.Date `json:"on"`
	Amount     money.CNY    `json:"amount"`
	Reference  string       `json:"reference"`
	Payer      string       `json:"payer"`
	Memo       string       `json:"memo"`
	Suggestion string       `json:"suggestion,omitempty"`
	BankLines  []int64      `json:"bank_lines,omitempty"`
}

func importStatementCommand(s *session) *cobra.Command {
	var account, by string
	var commit bool
	c := &cobra.Command{
		Use: "import FILE", Args: wants(1, 1),
		Short: s.say("导入银行对账单（CSV 或 XLSX）；不加 --commit 时只预演", "import a bank statement (CSV or XLSX); a dry run without --commit"),
		Example: "  starter books import 2025-10.csv --account 6222020200112233 --by lin\n" +
			"  starter books import 2025-10.csv --account 6222020200112233 --by lin --commit",
		RunE: s.does(func(ctx context.Context, args []string) (reply, error) {
			in := &input{}
			account, who := in.required("account", account), in.required("by", by)
			st := in.statement("FILE", args[0])
			if err := in.err(); err != nil {
				return reply{}, err
			}
			store, err := s.open(ctx)
			if err != nil {
				return reply{}, err
			}
			done, err := store.ImportStatement(ctx, account, st, who, commit)
			if err != nil {
				return reply{}, err
			}
			d := statementOf(done)
			return reply{document: d, print: func(p *paper) { p.bankImport(d, args[0], who) }}, nil
		}),
	}
	c.Flags().StringVar(&account, "account", "", s.say("对账单所属的银行账号", "the bank account of the statement"))
	c.Flags().BoolVar(&commit, "commit", false, s.say("写入账目", "write it to the books"))
	s.handler(c, &by)
	return c
}

// statement reads the statement in the file of that name. Nothing wrong in it goes unnamed.
func (in *input) statement(path, name string) statement.Statement {
	data := in.file(path, name)
	if data == nil {
		return statement.Statement{}
	}
	st, err := statement.Read(filepath.Base(name), data, workday.Of(time.Now()))
	in.note(path, err)
	return st
}

func statementOf(i postgres.Import) statementDocument {
	return statementDocument{
		File: i.Name, SHA256: i.SHA256, Account: i.Account, Lines: i.Lines, Committed: i.Committed, AlreadyImported: i.AlreadyImported,
		Counts: statementCounts{New: len(i.New), Known: len(i.Known), Confirmed: len(i.Confirmed)},
		New:    statementLines(i.New), Known: statementLines(i.Known), Confirmed: statementLines(i.Confirmed),
	}
}

func statementLines(all []postgres.ImportedLine) []statementLine {
	lines := make([]statementLine, len(all))
	for n, l := range all {
		lines[n] = statementLine{
			Line: l.Number, On: l.On, Amount: l.Amount, Reference: l.Reference, Payer: l.Payer, Memo: l.Memo,
			Suggestion: l.Suggestion, BankLines: l.IDs,
		}
	}
	return lines
}
