package postgres

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"

	"github.com/jackc/pgx/v5"

	"lvyue/internal/contract"
	"lvyue/internal/refusal"
)

// RegisterForm keeps the form of a contract, personal data included. The same form again is fine; another one
// under the same number is refused (other_form, §7.4).
func (s *Store) RegisterForm(ctx context.Context, f contract.Form) error {
	terms, err := json.Marshal(f.Terms)
	if err != nil {
		return fmt.Errorf("write form %s: %w", f.Number, err)
	}
	return s.inTx(ctx, "register the form", func(tx pgx.Tx) error {
		_, err := tx.Exec(ctx, `INSERT INTO form (contract, hash, form) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING`,
			f.Number, f.Hash(), terms)
		if err != nil {
			return err
		}
		var hash string
		if err := tx.QueryRow(ctx, `SELECT hash FROM form WHERE contract = $1`, f.Number).Scan(&hash); err != nil {
			return err
		}
		if hash != f.Hash() {
			return refusal.Rule("other_form", "7.4",
				"编号 "+f.Number+" 下已有内容不同的合同文本。", "another form stands under number "+f.Number+" already")
		}
		return nil
	})
}

// Form gives the form as it was registered; unknown_contract if there is none.
func (s *Store) Form(ctx context.Context, number string) (contract.Form, error) {
	var terms []byte
	err := s.pool.QueryRow(ctx, `SELECT form FROM form WHERE contract = $1`, number).Scan(&terms)
	if errors.Is(err, pgx.ErrNoRows) {
		return contract.Form{}, unknownContract(number)
	}
	if err != nil {
		return contract.Form{}, explain("read the form", err)
	}
	var f contract.Form
	if err := json.Unmarshal(terms, &f.Terms); err != nil {
		return f, fmt.Errorf("read form %s: %w", number, err)
	}
	f.Capital = f.Fee.Capital()
	return f, nil
}

func unknownContract(number string) *refusal.Refusal {
	return refusal.Rule("unknown_contract", "5.1", "没有编号为 "+number+" 的合同。", "there is no contract "+number)
}
