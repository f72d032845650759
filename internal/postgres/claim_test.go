package postgres_test

import (
	"context"
	"fmt"
	"sync/atomic"
	"testing"

	"lvyue/internal/money"
	"lvyue/internal/postgres"
	"lvyue/internal/refusal"
	"lvyue/internal/workday"
)

// paidFee is a contract that has received a fee of 100.00 and an overpayment of 50.00.
func paidFee(t *testing.T) (*postgres.Store, string) {
	t.Helper()
	store, number := booked(t)
	at := noon("2026-03-02")
	if err := store.Record(t.Context(), owing(number, at, "100.00", came("R1", "150.00", at))); err != nil {
		t.Fatal(err)
	}
	return store, number
}

func claimOf(t *testing.T, store *postgres.Store, number, clause, amount string) int {
	t.Helper()
	n, err := store.RecordClaim(t.Context(), postgres.Claim{
		ID: clause + " " + amount, Contract: number, Clause: clause, Amount: money.MustParse(amount),
		On: workday.MustDate("2026-04-01"), Matter: "a snapshot was left", By: "chen",
	})
	if err != nil {
		t.Fatal(err)
	}
	return n
}

func compensation(number string, claim int, amount, by, id string) postgres.Compensation {
	return postgres.Compensation{
		ID: id, Contract: number, Claim: claim, Amount: money.MustParse(amount), On: workday.MustDate("2026-04-02"), By: by,
	}
}

func TestClaims_AreKeptInFullAndPayableUpToTheFeesReceived(t *testing.T) { // §7.3
	t.Parallel()
	store, number := paidFee(t)
	claim := claimOf(t, store, number, "7.2", "500.00")
	for _, tt := range []struct{ id, amount, by, code string }{
		{"1", "60.00", "CHEN", "same_person"},
		{"2", "100.01", "wang", "over_cap"},
		{"3", "60.00", "wang", ""},
		{"4", "40.01", "wang", "over_cap"},
		{"5", "40.00", "wang", ""},
		{"6", "0.01", "wang", "over_cap"},
	} {
		_, err := store.Compensate(t.Context(), compensation(number, claim, tt.amount, tt.by, tt.id))
		if tt.code == "" && err != nil {
			t.Errorf("%s: %v", tt.amount, err)
		}
		if tt.code != "" {
			wantCode(t, err, tt.code)
		}
	}
	if payable := ask[string](t, store, "SELECT sum(amount)::text FROM ledger_entry WHERE account = '2241'"); payable != "-100.00" {
		t.Errorf("%s is payable", payable)
	}
}

func TestClaims_ForInfringementHaveNoCap(t *testing.T) { // §3.1 §7.3
	t.Parallel()
	store, number := paidFee(t)
	claim := claimOf(t, store, number, "3.1", "500.00")
	if _, err := store.Compensate(t.Context(), compensation(number, claim, "500.00", "wang", "all")); err != nil {
		t.Error(err)
	}
	_, err := store.Compensate(t.Context(), compensation(number, claim, "0.01", "wang", "more"))
	wantCode(t, err, "over_claim")
	capped := claimOf(t, store, number, "7.1", "100.00")
	if _, err := store.Compensate(t.Context(), compensation(number, capped, "100.00", "wang", "capped")); err != nil {
		t.Errorf("what has no cap used the cap up: %v", err)
	}
}

func TestClaims_SentAgainStandOnce(t *testing.T) { // §7.3
	t.Parallel()
	store, number := paidFee(t)
	first, again := claimOf(t, store, number, "7.2", "50.00"), claimOf(t, store, number, "7.2", "50.00")
	if first != 1 || again != 1 {
		t.Errorf("the claims are %d and %d", first, again)
	}
	_, err := store.RecordClaim(t.Context(), postgres.Claim{
		ID: "7.2 50.00", Contract: number, Clause: "7.2", Amount: money.MustParse("51.00"), On: workday.MustDate("2026-04-01"),
		Matter: "x", By: "chen",
	})
	wantCode(t, err, "id_used_otherwise")
	for range 2 {
		n, err := store.Compensate(t.Context(), compensation(number, 1, "20.00", "wang", "c"))
		if n != 1 || err != nil {
			t.Errorf("compensation %d, %v", n, err)
		}
	}
	_, err = store.RecordClaim(t.Context(), postgres.Claim{ID: "x", Contract: "NOPE", Clause: "7.2"})
	wantCode(t, err, "unknown_contract")
	_, err = store.Compensate(t.Context(), compensation(number, 9, "1.00", "wang", "d"))
	wantCode(t, err, "unknown_claim")
}

func TestClaims_ManyApprovalsAtOnceStayWithinTheCap(t *testing.T) { // §7.3
	t.Parallel()
	store, number := paidFee(t)
	claim := claimOf(t, store, number, "7.2", "5000.00")
	var approved atomic.Int32
	together(t, func(ctx context.Context, n int) error {
		_, err := store.Compensate(ctx, compensation(number, claim, "30.00", "wang", fmt.Sprintf("c%d", n)))
		if no, refused := refusal.As(err); refused && no.Code == "over_cap" {
			return nil
		}
		approved.Add(1)
		return err
	})
	if approved.Load() != 3 {
		t.Errorf("%d times 30.00 of 100.00 were approved", approved.Load())
	}
}

func TestCompensation_IsPaidOnce(t *testing.T) { // §7.3
	t.Parallel()
	store, number := paidFee(t)
	claim := claimOf(t, store, number, "7.2", "50.00")
	if _, err := store.Compensate(t.Context(), compensation(number, claim, "50.00", "wang", "c")); err != nil {
		t.Fatal(err)
	}
	payout := postgres.Payout{
		Contract: number, Claim: claim, N: 1, On: workday.MustDate("2026-04-03"), Reference: "OUT-1", By: "chen",
	}
	if err := store.PayCompensation(t.Context(), payout); err != nil {
		t.Fatal(err)
	}
	wantCode(t, store.PayCompensation(t.Context(), payout), "unknown_compensation")
	if owed := ask[string](t, store, "SELECT sum(amount)::text FROM ledger_entry WHERE account = '2241'"); owed != "0.00" {
		t.Errorf("%s is still payable", owed)
	}
}
