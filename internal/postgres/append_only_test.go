package postgres_test

import (
	"strings"
	"testing"

	"lvyue/internal/message"
	"lvyue/internal/testkit"
)

func TestTheEvidenceIsAppendOnly_ForTheOwnerToo(t *testing.T) {
	t.Parallel()
	store, number := registered(t)
	record(t, store, signed(number))
	submit(t, store, payment("open", number, "R1"))
	submit(t, store, payment("answered", number, "R2"))
	if _, err := store.Answer(t.Context(), "answered", message.Answer{}); err != nil {
		t.Fatal(err)
	}
	for _, table := range []string{"contract_event", "calendar_notice", "inbox"} {
		for _, statement := range []string{
			"DELETE FROM " + table, "DELETE FROM " + table + " WHERE false", "TRUNCATE " + table, "TRUNCATE " + table + " CASCADE",
			"SET session_replication_role = replica; DELETE FROM " + table,
		} {
			wantAppendOnly(t, asSuperuser(t, store, statement), statement)
		}
	}
	for _, statement := range []string{
		"UPDATE contract_event SET prev = ''",
		"UPDATE contract_event SET prev = '' WHERE false",
		"INSERT INTO contract_event (contract, seq, event, prev, hash) SELECT contract, seq, event, prev, hash FROM contract_event ON CONFLICT (contract, seq) DO UPDATE SET prev = ''",
		"UPDATE calendar_notice SET days = '[]'",
		"UPDATE inbox SET body = '{}'",
		"UPDATE inbox SET received_at = received_at - interval '1 day' WHERE id = 'open'",
		"UPDATE inbox SET answer = '{}', answered_at = now(), body = '1' WHERE id = 'open'",
		"UPDATE inbox SET answer = '{\"zh\": \"other\"}' WHERE id = 'answered'",
		"UPDATE inbox SET answer = NULL, answered_at = NULL WHERE id = 'answered'",
	} {
		wantAppendOnly(t, asSuperuser(t, store, statement), statement)
	}
	if chain := verified(t, store, number); !chain.Verified || chain.Events != 6 {
		t.Errorf("the chain is %+v", chain)
	}
}

func wantAppendOnly(t *testing.T, err error, statement string) {
	t.Helper()
	referenced := strings.HasPrefix(statement, "TRUNCATE") && !strings.HasSuffix(statement, "CASCADE")
	switch {
	case err != nil && strings.Contains(err.Error(), "append-only"):
	case err != nil && referenced && strings.Contains(err.Error(), "referenced in a foreign key"):
	default:
		t.Errorf("%s: %v", statement, err)
	}
}

// booksTables are all tables of the books but series, which only counts on.
func booksTables() []string {
	return []string{
		"account", "month_close", "ledger_txn", "ledger_entry", "books_policy", "price_quote", "booked_step", "invoice",
		"invoice_line", "invoice_due", "invoice_service", "bank_statement", "bank_line", "bank_confirmation", "bank_match",
		"payment", "payment_end", "refund", "refund_approval", "refund_red", "refund_payout", "allocation", "write_off",
		"revenue_schedule", "revenue", "fapiao", "claim", "compensation", "compensation_payout", "renewal_outlook", "audit_run",
	}
}

func TestTheBooksAreAppendOnly_ForEveryRole(t *testing.T) {
	t.Parallel()
	store, _ := registered(t)
	c := superuser(t, store)
	try := func(statements string) error { // what fails undoes its own settings
		_, err := c.Exec(t.Context(), statements)
		return err
	}
	for _, table := range booksTables() {
		var column string
		if err := c.QueryRow(t.Context(), `SELECT attname FROM pg_attribute
			WHERE attrelid = $1::text::regclass AND attnum > 0 AND attidentity = '' ORDER BY attnum LIMIT 1`, table).Scan(&column); err != nil {
			t.Fatal(err)
		}
		for _, statement := range []string{
			"UPDATE " + table + " SET " + column + " = " + column, "UPDATE " + table + " SET " + column + " = NULL WHERE false",
			"DELETE FROM " + table, "DELETE FROM " + table + " WHERE false", "TRUNCATE " + table, "TRUNCATE " + table + " CASCADE",
			"SET session_replication_role = replica; DELETE FROM " + table,
		} {
			wantAppendOnly(t, try(statement), statement)
			if err := try("SET SESSION AUTHORIZATION lvyue_app;" + statement); err == nil {
				t.Errorf("the product may: %s", statement)
			}
		}
	}
}

func TestASeriesOnlyCountsOn(t *testing.T) {
	t.Parallel()
	store, _ := registered(t)
	for _, good := range []string{"SELECT next_number('INV', 2026)", "SELECT next_number('INV', 2026)"} {
		if err := asSuperuser(t, store, "SET SESSION AUTHORIZATION lvyue_app;"+good); err != nil {
			t.Error(err)
		}
	}
	for _, bad := range []string{
		"UPDATE series SET last = last", "UPDATE series SET last = last + 2", "UPDATE series SET last = last - 1",
		"UPDATE series SET last = last + 1, year = year + 1", "INSERT INTO series VALUES ('INV', 2027, 2)",
		"DELETE FROM series", "TRUNCATE series",
	} {
		if err := asSuperuser(t, store, bad); err == nil {
			t.Errorf("allowed: %s", bad)
		}
	}
	if last := ask[int](t, store, "SELECT last FROM series"); last != 2 {
		t.Errorf("the last number is %d", last)
	}
}

func TestTheDatabaseRefusesABrokenLink(t *testing.T) {
	t.Parallel()
	store, number := registered(t)
	record(t, store, signed(number))
	err := asSuperuser(t, store, `INSERT INTO contract_event (contract, seq, event, prev, hash)
		SELECT contract, 7, '{"key":"x","at":"2025-01-01T00:00:00Z","what":"x"}', hash, hash FROM contract_event WHERE seq = 6`)
	if err == nil || !strings.Contains(err.Error(), "chained") {
		t.Errorf("got %v", err)
	}
}

func TestTheProductHasNoMoreRightsThanItNeeds(t *testing.T) {
	t.Parallel()
	store, number := registered(t)
	record(t, store, signed(number))
	submit(t, store, payment("act-1", number, "R1"))
	for _, statement := range []string{
		"UPDATE contract_event SET prev = ''", "DELETE FROM contract_event", "TRUNCATE contract_event",
		"UPDATE inbox SET body = '{}'", "DELETE FROM inbox", "UPDATE contract_form SET hash = ''", "DELETE FROM contract_form",
		"DELETE FROM contract_head", "UPDATE calendar_notice SET year = 1", "DELETE FROM calendar_notice",
		"TRUNCATE contract", "DROP TABLE contract", "ALTER TABLE contract_event DISABLE TRIGGER ALL", "CREATE TABLE mine (n int)",
		"INSERT INTO migration (name) VALUES ('x')", "CREATE OR REPLACE FUNCTION refuse_change() RETURNS trigger LANGUAGE sql AS ''",
		"SET session_replication_role = replica",
	} {
		if err := asSuperuser(t, store, "SET SESSION AUTHORIZATION lvyue_app;"+statement); err == nil {
			t.Errorf("allowed: %s", statement)
		}
	}
}

// What the product can do, it does as lvyue_app: without that role's right it cannot.
func TestTheProductWorksAsItsOwnRole(t *testing.T) {
	t.Parallel()
	store, number := registered(t)
	if err := asSuperuser(t, store, "REVOKE SELECT ON contract_form FROM lvyue_app"); err != nil {
		t.Fatal(err)
	}
	if _, err := store.Form(t.Context(), number); err == nil || !strings.Contains(err.Error(), "permission denied") {
		t.Errorf("the form was read: %v", err)
	}
}

func TestEnginesInOneDatabaseDoNotSeeEachOther(t *testing.T) {
	t.Parallel()
	_, number := registered(t)
	_, err := testkit.Postgres(t).Form(t.Context(), number)
	wantCode(t, err, "unknown_contract")
}

func TestAThirdDecimalIsAnError_NeverARounding(t *testing.T) {
	t.Parallel()
	store, number := registered(t)
	record(t, store, signed(number))
	for amount, good := range map[string]bool{
		"0.01": true, "-0.01": true, "99999999999999999999.99": true, "5": true,
		"0.001": false, "0.010": false, "'NaN'": false, "'Infinity'": false, "NULL": false,
	} {
		for _, column := range []string{"contract SET fee", "contract SET applied", "receipt SET amount", "service_year SET fee"} {
			if err := asSuperuser(t, store, "UPDATE "+column+" = "+amount); (err == nil) != good {
				t.Errorf("%s = %s: %v", column, amount, err)
			}
		}
	}
}
