package postgres

import (
	"context"
	_ "embed" // the statements
	"errors"
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/jackc/pgx/v5"

	"lvyue/internal/refusal"
	"lvyue/internal/statement"
)

//go:embed query/bank_statement.sql
var selectBankStatement string

//go:embed query/insert_bank_statement.sql
var insertBankStatement string

//go:embed query/insert_bank_lines.sql
var insertBankLines string

//go:embed query/insert_bank_confirmations.sql
var insertBankConfirmations string

// longestAccount is how many characters the name of a bank account may have.
const longestAccount = 64

// Import is what a statement is, or would be, to the books. Each of its lines is in one of the three lists, in the order
// of the file; if AlreadyImported, the file was imported before and none is.
type Import struct {
	Account         string
	Name            string // of the file
	SHA256          string // of the file, in hex
	Lines           int    // in the file
	Committed       bool   // false: nothing was written
	AlreadyImported bool

	New       []ImportedLine // not known before
	Known     []ImportedLine // told by an earlier file
	Confirmed []ImportedLine // entered by people before
}

// ImportedLine is a line of a statement. Suggestion is the contract that a new credit is for, where that is sure, else
// empty. IDs are the bank lines of the books: the one of a new line once it is committed, those that people entered of a
// confirmed one, none of a known one.
type ImportedLine struct {
	statement.Line

	Suggestion string
	IDs        []int64
}

// ImportStatement adds the lines of a statement of one of the provider's accounts to the books, each once however often
// it is told, with its posting: on the bank's day, or on the first open one if its month is closed. Without commit it
// writes nothing, and gives what it would do.
//
// A file that was imported before changes nothing, and says so. Refusals, with nothing written: the bad input
// "bad_import" for an account that is empty, has a slash or is too long, or nobody who imports; the bad input
// "bad_statement", naming every such line, for a reference that is known with another amount or day, or that people
// have entered with other amounts, and for a file that was imported for another account.
func (s *Store) ImportStatement(ctx context.Context, account string, st statement.Statement, by string, commit bool) (Import, error) {
	account, by = strings.TrimSpace(account), strings.TrimSpace(by)
	if err := refuseImport(account, by); err != nil {
		return Import{}, err
	}
	run := s.look
	if commit {
		run = s.change
	}
	var done Import
	err := run(ctx, func(tx pgx.Tx) error {
		done = Import{Account: account, Name: st.Name, SHA256: st.SHA256, Lines: len(st.Lines), Committed: commit}
		return done.run(ctx, tx, st, by)
	})
	if err != nil {
		return Import{}, trouble("import "+st.Name, err)
	}
	return done, nil
}

func refuseImport(account, by string) error {
	var wrong []refusal.Field
	bad := !utf8.ValidString(account) || strings.ContainsFunc(account, func(r rune) bool { return r == '/' || unicode.IsControl(r) })
	if account == "" || bad || utf8.RuneCountInString(account) > longestAccount {
		wrong = append(wrong, refusal.Wrong("account", "须为银行账号：1 至 64 个字符，不含斜杠",
			"must be the bank account: 1 to 64 characters without a slash"))
	}
	if by == "" {
		wrong = append(wrong, refusal.Wrong("by", "必须填写经办人", "must name who imports"))
	}
	if len(wrong) == 0 {
		return nil
	}
	return refusal.BadInput("bad_import", "无法导入，请改正下列各项", "this cannot be imported; correct these", wrong...)
}

// run sorts the lines out and, unless it is a dry run, writes what is new.
//
// The books are locked from the first look to the commit: what is not known then, nobody enters by hand meanwhile, no
// other file brings it, and no month closes over it.
func (i *Import) run(ctx context.Context, tx pgx.Tx, st statement.Statement, by string) error {
	if err := inBulk(ctx, tx); err != nil {
		return err
	}
	if i.Committed {
		if _, err := tx.Exec(ctx, lockBooks); err != nil {
			return fmt.Errorf("lock the books: %w", err)
		}
	}
	if err := i.lookForFile(ctx, tx); err != nil || i.AlreadyImported {
		return err
	}
	known, err := knownUnder(ctx, tx, i.Account, st.Lines)
	if err != nil {
		return err
	}
	if err := i.sortOut(st.Lines, known); err != nil {
		return err
	}
	if err := i.suggest(ctx, tx); err != nil || !i.Committed {
		return err
	}
	return i.write(ctx, tx, by)
}

// lookForFile tells whether the file was imported before. One account's file is no other's.
func (i *Import) lookForFile(ctx context.Context, tx pgx.Tx) error {
	var account string
	err := tx.QueryRow(ctx, selectBankStatement, pgx.StrictNamedArgs{"sha256": i.SHA256}).Scan(&account)
	switch {
	case errors.Is(err, pgx.ErrNoRows):
		return nil
	case err != nil:
		return fmt.Errorf("look for the file: %w", err)
	case account != i.Account:
		return refusal.BadInput("bad_statement", "该文件此前已作为账户 "+account+" 的对账单导入。",
			"this file was imported before as a statement of the account "+account)
	default:
		i.AlreadyImported = true
		return nil
	}
}

// write enters the file, what is new in it, and what it confirms.
func (i *Import) write(ctx context.Context, tx pgx.Tx, by string) error {
	_, err := tx.Exec(ctx, insertBankStatement, pgx.StrictNamedArgs{
		"sha256": i.SHA256, "name": i.Name, "account": i.Account, "lines": i.Lines, "by": by,
	})
	if err != nil {
		return fmt.Errorf("enter the file: %w", err)
	}
	if err := i.writeNew(ctx, tx, by); err != nil {
		return fmt.Errorf("enter new lines: %w", err)
	}
	var lines []int64
	var numbers []int
	for _, l := range i.Confirmed {
		for _, id := range l.IDs {
			lines, numbers = append(lines, id), append(numbers, l.Number)
		}
	}
	_, err = tx.Exec(ctx, insertBankConfirmations, pgx.StrictNamedArgs{"sha256": i.SHA256, "lines": lines, "numbers": numbers})
	if err != nil {
		return fmt.Errorf("confirm lines: %w", err)
	}
	return nil
}

// writeNew enters the new lines with their postings in one statement, however many they are.
func (i *Import) writeNew(ctx context.Context, tx pgx.Tx, by string) error {
	args := columnsOf(i.New)
	args["account"], args["sha256"], args["by"] = i.Account, i.SHA256, by
	type entered struct {
		Number int
		ID     int64
	}
	rows, err := collect(ctx, tx, insertBankLines, args, pgx.RowToStructByName[entered])
	if err != nil {
		return err
	}
	ids := make(map[int]int64, len(rows))
	for _, r := range rows {
		ids[r.Number] = r.ID
	}
	for n := range i.New {
		i.New[n].IDs = []int64{ids[i.New[n].Number]}
	}
	return nil
}

// columnsOf turns lines into an array for each column.
func columnsOf(lines []ImportedLine) pgx.StrictNamedArgs {
	n := len(lines)
	numbers, references, days := make([]int, n), make([]string, n), make([]string, n)
	amounts, payers, payerAccounts, memos := make([]string, n), make([]string, n), make([]string, n), make([]string, n)
	for i, l := range lines {
		numbers[i], references[i], days[i], amounts[i] = l.Number, l.Reference, l.On.String(), l.Amount.String()
		payers[i], payerAccounts[i], memos[i] = l.Payer, l.PayerAccount, l.Memo
	}
	return pgx.StrictNamedArgs{
		"numbers": numbers, "references": references, "days": days, "amounts": amounts, "payers": payers,
		"payer_accounts": payerAccounts, "memos": memos,
	}
}
