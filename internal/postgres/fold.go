package postgres

import (
	"context"
	_ "embed" // the statements
	"fmt"
	"maps"

	"github.com/jackc/pgx/v5"

	"lvyue/internal/message"
)

//go:embed query/fold_contract.sql
var foldContract string

//go:embed query/fold_obligation.sql
var foldObligation string

//go:embed query/fold_year.sql
var foldYear string

//go:embed query/fold_no_year.sql
var foldNoYear string

//go:embed query/fold_receipt.sql
var foldReceipt string

//go:embed query/fold_receipt_change.sql
var foldReceiptChange string

//go:embed query/fold_notice.sql
var foldNotice string

//go:embed query/fold_fault.sql
var foldFault string

//go:embed query/clear_read_tables.sql
var clearReadTables string

//go:embed query/evidenced.sql
var selectEvidenced string

// fold writes what the event seq of a contract changed into the read tables. Rebuild and Record both do so, and
// nothing else writes there.
func fold(batch *pgx.Batch, number string, seq int64, c message.Changed) {
	queue := func(sql string, row any, more pgx.StrictNamedArgs) {
		args := named(row)
		maps.Copy(args, more)
		batch.Queue(sql, args)
	}
	if c.Contract != nil {
		queue(foldContract, *c.Contract, nil)
	}
	if c.NoYear != 0 {
		batch.Queue(foldNoYear, pgx.StrictNamedArgs{"contract": number, "year": c.NoYear})
	}
	if c.Year != nil {
		queue(foldYear, *c.Year, of(number))
	}
	placed := pgx.StrictNamedArgs{"contract": number, "event_seq": seq}
	if c.Obligation != nil {
		queue(foldObligation, *c.Obligation, placed)
	}
	if c.Receipt != nil {
		queue(foldReceipt, *c.Receipt, placed)
	}
	if c.ReceiptChange != nil {
		queue(foldReceiptChange, *c.ReceiptChange, placed)
	}
	if c.Notice != nil {
		queue(foldNotice, *c.Notice, placed)
	}
	if c.Fault != nil {
		queue(foldFault, *c.Fault, placed)
	}
	if c.Page != nil {
		queue(insertPage, *c.Page, nil)
	}
}

// Rebuild makes the read tables again from the evidence, in one transaction, and counts the contracts. Whoever
// reads meanwhile sees the old rows; whoever records waits.
func (s *Store) Rebuild(ctx context.Context) (int, error) {
	var numbers []string
	err := s.change(ctx, func(tx pgx.Tx) error {
		if _, err := tx.Exec(ctx, clearReadTables); err != nil {
			return fmt.Errorf("empty the tables: %w", err)
		}
		var err error
		if numbers, err = collect(ctx, tx, selectEvidenced, nil, pgx.RowTo[string]); err != nil {
			return err
		}
		for _, number := range numbers {
			if err := refold(ctx, tx, number); err != nil {
				return fmt.Errorf("contract %s: %w", number, err)
			}
		}
		return nil
	})
	if err != nil {
		return 0, trouble("rebuild the read tables", err)
	}
	return len(numbers), nil
}

// refold folds all events of one contract.
func refold(ctx context.Context, tx pgx.Tx, number string) error {
	events, err := collect(ctx, tx, selectEvents, of(number), pgx.RowToStructByName[eventRow])
	if err != nil {
		return err
	}
	batch := &pgx.Batch{}
	for _, row := range events {
		e, err := unsealed(row.Text)
		if err != nil {
			return fmt.Errorf("event %d: %w", row.Seq, err)
		}
		fold(batch, number, row.Seq, e.Changed)
	}
	return tx.SendBatch(ctx, batch).Close() //nolint:wrapcheck // Rebuild names the contract
}
