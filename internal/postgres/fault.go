package postgres

import (
	"context"
	_ "embed" // the statements
	"fmt"
	"time"

	"github.com/jackc/pgx/v5"

	"lvyue/internal/message"
	"lvyue/internal/paging"
	"lvyue/internal/refusal"
)

//go:embed query/faults.sql
var selectFaults string

//go:embed query/late_faults.sql
var selectLateFaults string

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

// Late are the faults whose next step was due before now, and the reports received before now that nothing has taken up, the longest
// overdue first: what a watchdog outside the workflows looks for. Whom to tell, it says not.
func (s *Store) Late(ctx context.Context, now time.Time) ([]paging.Late, error) {
	rows, err := collect(ctx, s.pool, selectLateFaults, pgx.StrictNamedArgs{"now": now}, pgx.RowToStructByNameLax[paging.Late])
	return rows, trouble("look for late faults", err)
}
