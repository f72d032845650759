package postgres

import (
	"context"
	_ "embed" // the statements
	"errors"
	"fmt"

	"github.com/jackc/pgx/v5"

	"lvyue/internal/contract"
	"lvyue/internal/refusal"
)

//go:embed query/insert_form.sql
var insertForm string

//go:embed query/insert_amended_form.sql
var insertAmendedForm string

//go:embed query/form.sql
var selectForm string

//go:embed query/ruling_form.sql
var selectRulingForm string

// formRow is a form as it is kept.
type formRow struct {
	Hash    string
	Terms   contract.Terms
	Capital string
}

// RegisterForm keeps the form, with the personal data in it, under its number (§7.4). The same form again is fine;
// another one under the number is the refusal "other_form". A form with characters that no text can hold is the
// bad input "bad_form".
func (s *Store) RegisterForm(ctx context.Context, f contract.Form) error {
	if err := s.keep(ctx, insertForm, f); err != nil {
		return err
	}
	known, err := s.form(ctx, selectForm, f.Number)
	if err != nil {
		return err
	}
	if known.Hash != f.Hash() {
		return refusal.Rule("other_form", "7.4",
			fmt.Sprintf("编号 %s 已登记了另一份内容不同的合同。", f.Number),
			fmt.Sprintf("another form is registered as contract %s already", f.Number))
	}
	return nil
}

// KeepAmendedForm keeps a changed form, with the personal data in it, before a side signs it (§6.4). Without a
// contract of that number it is the refusal "unknown_contract".
func (s *Store) KeepAmendedForm(ctx context.Context, f contract.Form) error {
	if _, err := s.form(ctx, selectForm, f.Number); err != nil {
		return err
	}
	return s.keep(ctx, insertAmendedForm, f)
}

func (s *Store) keep(ctx context.Context, insert string, f contract.Form) error {
	_, err := s.pool.Exec(ctx, insert, pgx.StrictNamedArgs{
		"number": f.Number, "hash": f.Hash(), "terms": f.Terms, "capital": f.Capital,
	})
	if state(err, badData) {
		return refusal.BadInput("bad_form", "表单含有无法保存的字符。", "the form has characters that cannot be stored")
	}
	return trouble("register form "+f.Number, err)
}

// Form is the form registered under the number; without one it is the refusal "unknown_contract".
func (s *Store) Form(ctx context.Context, number string) (contract.Form, error) {
	row, err := s.form(ctx, selectForm, number)
	return contract.Form{Terms: row.Terms, Capital: row.Capital}, err
}

// RulingForm is the form under which the contract stands now: the registered one, or the last amended one that both sides have
// signed (§6.4).
func (s *Store) RulingForm(ctx context.Context, number string) (contract.Form, error) {
	row, err := s.form(ctx, selectRulingForm, number)
	return contract.Form{Terms: row.Terms, Capital: row.Capital}, err
}

func (s *Store) form(ctx context.Context, query, number string) (formRow, error) {
	rows, err := s.pool.Query(ctx, query, pgx.StrictNamedArgs{"number": number})
	if err != nil {
		return formRow{}, trouble("read form "+number, err)
	}
	row, err := pgx.CollectExactlyOneRow(rows, pgx.RowToStructByName[formRow])
	if errors.Is(err, pgx.ErrNoRows) {
		return formRow{}, unknownContract(number)
	}
	return row, trouble("read form "+number, err)
}
