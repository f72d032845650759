package postgres

import (
	"context"
	_ "embed" // the statements
	"errors"
	"fmt"
	"time"

	"github.com/jackc/pgx/v5"

	"lvyue/internal/message"
	"lvyue/internal/refusal"
)

//go:embed query/faults.sql
var selectFaults string

//go:embed query/same_fault.sql
var selectSameFault string

// Fault is a contract's fault as it stands.
type Fault = message.FaultOf

// Faults are the faults of a contract in the order in which they were reported, requests among them; those of all contracts if
// contract is empty.
func (s *Store) Faults(ctx context.Context, contract string) ([]Fault, error) {
	faults, err := collect(ctx, s.pool, selectFaults, of(contract), pgx.RowToStructByName[Fault])
	return faults, trouble("read the faults", err)
}

// Fault is one fault; the refusal "unknown_fault" if there is none (§3.11).
func (s *Store) Fault(ctx context.Context, contract string, n int) (Fault, error) {
	faults, err := s.Faults(ctx, contract)
	if err != nil {
		return Fault{}, err
	}
	for _, f := range faults {
		if f.Fault == n {
			return f, nil
		}
	}
	id := message.FaultID(n)
	return Fault{}, refusal.Rule("unknown_fault", "3.11", fmt.Sprintf("合同 %s 没有 %s。", contract, id),
		fmt.Sprintf("contract %s has no %s", contract, id))
}

// SameFault is the number of the fault that a report of the same system joins: one that is looked after still and was reported
// after since; 0 if there is none.
func (s *Store) SameFault(ctx context.Context, contract, system string, since time.Time) (int, error) {
	var n int
	err := s.pool.QueryRow(ctx, selectSameFault, pgx.StrictNamedArgs{"contract": contract, "system": system, "since": since}).Scan(&n)
	if errors.Is(err, pgx.ErrNoRows) {
		return 0, nil
	}
	return n, trouble("look for a fault of the same system", err)
}
