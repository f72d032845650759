package postgres

import (
	"context"
	_ "embed" // the statements
	"fmt"

	"github.com/jackc/pgx/v5"

	"lvyue/internal/ledger"
	"lvyue/internal/refusal"
)

//go:embed query/blue_fapiao.sql
var selectBlueFapiao string

//go:embed query/insert_fapiao.sql
var insertFapiao string

//go:embed query/find_fapiao.sql
var findFapiao string

// BlueFapiao tells whether a blue 数电票 stands, not taken back by red ones, for one of these fees of a contract.
func (s *Store) BlueFapiao(ctx context.Context, contract string, obligations []string) (bool, error) {
	var stands bool
	err := s.pool.QueryRow(ctx, selectBlueFapiao, pgx.StrictNamedArgs{
		"contract": contract, "obligations": obligations,
	}).Scan(&stands)
	return stands, trouble("look for fapiao of "+contract, err)
}

// RecordFapiao keeps a 数电票 that was issued for an invoice, and gives the contract and the obligation that the invoice is
// for. The same again changes nothing; another under its number is the refusal "fapiao_known". An invoice that is not
// there is "unknown_invoice"; one that the fapiao would exceed, "over_invoice"; a red one beyond its blue one,
// "over_blue".
func (s *Store) RecordFapiao(ctx context.Context, f ledger.Fapiao, by string) (contract, obligation string, err error) {
	err = s.change(ctx, func(tx pgx.Tx) error {
		if err := beAlone(ctx, tx, "fapiao number "+f.Number); err != nil {
			return err
		}
		args := pgx.StrictNamedArgs{
			"number": f.Number, "kind": f.Kind, "invoice": f.Invoice, "red_of": f.RedOf, "gross": f.Gross, "net": f.Net,
			"issued_on": f.IssuedOn,
		}
		var same bool
		find := func() error { return tx.QueryRow(ctx, findFapiao, args).Scan(&contract, &obligation, &same) }
		if err := find(); err == nil && same {
			return nil
		} else if err == nil {
			return refusal.Rule("fapiao_known", "5.3", "该数电票号码已登记，内容不同。", "another fapiao stands under this number")
		}
		_, err := tx.Exec(ctx, insertFapiao, pgx.StrictNamedArgs{
			"number": f.Number, "kind": f.Kind, "invoice": f.Invoice, "red_of": f.RedOf, "confirmation": f.Confirmation,
			"issued_on": f.IssuedOn, "buyer": f.Buyer, "buyer_tax_no": f.BuyerTaxNo, "seller": f.Seller,
			"seller_tax_no": f.SellerTaxNo, "item": f.Item, "tax_code": f.TaxCode, "vat_rate": f.Rate.String(), "net": f.Net,
			"tax": f.Tax, "gross": f.Gross, "file_sha256": f.FileSHA256, "by": by,
		})
		if state(err, noSuchRow) {
			return refusal.Rule("unknown_invoice", "5.3", "没有账单 "+f.Invoice+"，或没有蓝字票 "+f.RedOf+"。",
				"there is no invoice "+f.Invoice+", or no blue fapiao "+f.RedOf)
		}
		if err != nil {
			return fmt.Errorf("write it: %w", err)
		}
		return find()
	})
	return contract, obligation, trouble("record fapiao "+f.Number, ruled(err))
}
