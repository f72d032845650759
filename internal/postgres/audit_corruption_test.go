package postgres_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/jackc/pgx/v5"

	"lvyue/internal/postgres"
)

// unguarded takes away what keeps the books right: triggers, also those that are ENABLE ALWAYS, and all constraints but
// primary keys. What is left is the audit.
const unguarded = `DO $$
DECLARE
	c record;
BEGIN
	FOR c IN SELECT oid::regclass AS name FROM pg_class WHERE relkind = 'r' AND relnamespace = current_schema()::regnamespace LOOP
		EXECUTE format('ALTER TABLE %s DISABLE TRIGGER ALL', c.name);
	END LOOP;
	FOR c IN SELECT conrelid::regclass AS name, conname FROM pg_constraint
		WHERE connamespace = current_schema()::regnamespace AND conrelid <> 0 AND contype IN ('c', 'f', 'u')
		ORDER BY contype = 'f' DESC LOOP
		EXECUTE format('ALTER TABLE %s DROP CONSTRAINT %I CASCADE', c.name, c.conname);
	END LOOP;
	FOR c IN SELECT contypid::regtype AS name, conname FROM pg_constraint
		WHERE connamespace = current_schema()::regnamespace AND contypid <> 0 LOOP
		EXECUTE format('ALTER DOMAIN %s DROP CONSTRAINT %I', c.name, c.conname);
	END LOOP;
END $$`

// first changes one row of a table.
func first(table, set, where string) string {
	return fmt.Sprintf("UPDATE %s SET %s WHERE ctid = (SELECT ctid FROM %[1]s WHERE %[3]s ORDER BY ctid LIMIT 1)", table, set, where)
}

// last is first from the other end.
func last(table, set, where string) string {
	return fmt.Sprintf("UPDATE %s SET %s WHERE ctid = (SELECT ctid FROM %[1]s WHERE %[3]s ORDER BY ctid DESC LIMIT 1)", table, set, where)
}

// without deletes one row.
func without(table, where string) string {
	return fmt.Sprintf("DELETE FROM %s WHERE ctid = (SELECT ctid FROM %[1]s WHERE %s ORDER BY ctid LIMIT 1)", table, where)
}

// each makes a statement of every word.
func each(statement func(string) string, words ...string) []string {
	var all []string
	for _, word := range words {
		all = append(all, statement(word))
	}
	return all
}

// entry changes one line of a posting of that kind on that account.
func entry(set, document, account string) string {
	return first("ledger_entry", set, fmt.Sprintf("account = '%s' AND txn IN (SELECT id FROM ledger_txn WHERE document = '%s')", account, document))
}

// onAccount changes the amount of one line of an account.
func onAccount(account string) string {
	return first("ledger_entry", "amount = amount + 0.01", "account = '"+account+"'")
}

// reversing posts what takes back the first invoice, with these amounts.
func reversing(amount string) string {
	return `WITH undone AS (
		INSERT INTO ledger_txn (key, document, contract, effective_on, actor, reverses)
		SELECT key || '/undone', document, contract, effective_on, actor, id FROM ledger_txn WHERE document = 'invoice' ORDER BY id LIMIT 1
		RETURNING id, reverses, recorded_at
	) INSERT INTO ledger_entry SELECT u.id, e.line, e.account, e.contract, ` + amount + `, e.effective_on, u.recorded_at
		FROM undone AS u JOIN ledger_entry AS e ON e.txn = u.reverses`
}

// twice doubles the lines of one posting of that kind.
func twice(document string) string {
	return `INSERT INTO ledger_entry SELECT txn, line + 2, account, contract, amount, effective_on, recorded_at
		FROM ledger_entry WHERE txn = (SELECT min(id) FROM ledger_txn WHERE document = '` + document + `')`
}

// corruptions are, of every invariant, what breaks it: each one alone must be found.
func corruptions() map[string][]string {
	all := map[string][]string{}
	for _, some := range []map[string][]string{
		ledgerCorruptions(), balanceCorruptions(), invoiceCorruptions(), cashCorruptions(), toldCorruptions(), refundCorruptions(),
		revenueCorruptions(), contractCorruptions(),
	} {
		for name, statements := range some {
			all[name] = append(all[name], statements...)
		}
	}
	return all
}

func ledgerCorruptions() map[string][]string {
	return map[string][]string{
		"I01_balanced":  {onAccount("2205")},
		"I02_two_lines": {"DELETE FROM ledger_entry WHERE txn = 1 AND line > 1", "DELETE FROM ledger_entry WHERE txn = 1"},
		"I03_lines_of_their_posting": {
			onTxn1("effective_on = effective_on + 1"), onTxn1("recorded_at = recorded_at + interval '1 second'"),
			onTxn1("contract = 'HT-B'"), without("ledger_txn", "document = 'bank-line'"),
		},
		"I04_accounts_of_contracts": {
			first("ledger_entry", "account = '9999'", "true"), first("ledger_entry", "contract = 'HT-A'", "account = '1002'"),
			first("ledger_entry", "contract = 'HT-A'", "account = '1221'"), first("ledger_entry", "contract = NULL", "account = '1122'"),
		},
		"I05_reversals_mirror": {
			reversing("-2 * e.amount"), reversing("-e.amount") + " AND line > 1",
			reversing("-e.amount") + "; UPDATE ledger_entry SET contract = 'HT-B' WHERE account = '2221' AND txn = (SELECT id FROM ledger_txn WHERE reverses > 0)",
		},
		"I06_closed_stays_closed": { // September was closed by the close of October
			first("ledger_txn", "recorded_at = recorded_at + interval '1 day'", "effective_on BETWEEN '2025-09-01' AND '2025-09-30'"),
			first("ledger_txn", "recorded_at = recorded_at + interval '1 day'", "effective_on BETWEEN '2026-10-01' AND '2026-10-31'"),
		},
		"I07_documents_posted": append(
			each(func(kind string) string { return without("ledger_txn", "document = '"+kind+"'") }, kinds()...),
			first("ledger_txn", "document = 'payment'", "document = 'invoice'"),
			first("ledger_txn", "contract = 'HT-B'", "document = 'revenue' AND contract = 'HT-A'"),
			first("ledger_txn", "contract = 'HT-B'", "document = 'bank-line'"),
		),
		"I08_postings_documented": append(
			each(func(table string) string { return without(table, "true") }, "invoice", "payment", "payment_end", "allocation", "write_off",
				"refund_payout", "bank_line", "revenue", "compensation", "compensation_payout"),
			without("invoice", "kind = 'credit-note'"), first("ledger_txn", "document = 'magic'", "true"),
		),
		"I09_posted_once": {`INSERT INTO ledger_txn (key, document, contract, effective_on, actor)
			SELECT key, document, contract, effective_on, actor FROM ledger_txn WHERE id = 1`},
		"I10_days_of_documents": {
			first("invoice", "issued_on = issued_on + 1", "true"), first("payment", "effective_on = effective_on - 1", "true"),
			first("payment_end", "ended_on = ended_on + 1", "true"), first("allocation", "effective_on = effective_on + 1", "true"),
			first("write_off", "effective_on = effective_on + 1", "true"), first("bank_line", "effective_on = effective_on + 1", "true"),
			first("compensation", "payable_on = payable_on + 1", "true"),
			first("ledger_txn", "effective_on = effective_on - 1", "document = 'revenue'"),
		},
		"I11_late_facts": {
			first("bank_line", "effective_on = booked_on + 1", "true"), first("bank_line", "effective_on = booked_on - 1", "true"),
			first("payment", "effective_on = received_on + 1", "true"), first("payment", "effective_on = '2026-11-01'", "true"),
			first("payment", "effective_on = '2026-10-01'", "true"),
			first("ledger_txn", "effective_on = effective_on + 1", "document = 'refund-payout'"),
			first("ledger_txn", "effective_on = effective_on + 1", "document = 'compensation-payout'"),
		},
		"I12_invoice_amounts": append(
			each(func(set string) string { return first("invoice", set, "true") }, "gross = gross + 0.01", "net = net + 0.01", "tax = tax + 0.01", "contract = 'X'"),
			last("invoice", "gross = gross - 0.01", "kind = 'credit-note'"), first("revenue_schedule", "net = net - 0.01", "at_once"),
			entry("account = '2205'", "credit-note", "6001"),
		),
		"I13_payment_amounts": {
			first("payment", "amount = amount + 0.01", "true"), first("payment", "contract = 'HT-B'", "contract = 'HT-A'"),
			first("payment_end", "why = 'moved'", "why = 'reversed'"), "UPDATE ledger_entry SET contract = NULL WHERE account = '2203'",
			entry("amount = -amount", "payment-end", "1221"),
		},
		"I14_applied_amounts": {
			first("allocation", "amount = amount + 0.01", "true"), first("allocation", "refund = 'refund/1'", "true"),
			first("write_off", "amount = amount + 0.01", "true"), entry("account = '2241'", "allocation", "1122"),
		},
		"I15_owed_back_amounts": {
			first("refund_payout", "amount = amount + 0.01", "true"), first("compensation", "amount = amount + 0.01", "true"),
			entry("amount = amount + 0.01", "compensation-payout", "2241"), entry("account = '1002'", "compensation-payout", "1221"),
		},
		"I16_bank_line_amounts": {first("bank_line", "amount = amount + 0.01", "true"), last("bank_line", "amount = -amount", "amount < 0")},
		"I17_revenue_amounts":   {first("revenue", "net = net + 0.01", "true"), entry("amount = -amount", "revenue", "2205"), twice("revenue")},
	}
}

func onTxn1(set string) string {
	return "UPDATE ledger_entry SET " + set + " WHERE (txn, line) = (SELECT txn, line FROM ledger_entry JOIN ledger_txn AS t ON id = txn WHERE t.contract = 'HT-A' ORDER BY 1, 2 LIMIT 1)"
}

// kinds are the documents that are posted.
func kinds() []string {
	return []string{
		"invoice", "credit-note", "payment", "payment-end", "allocation", "write-off", "refund-payout", "bank-line", "revenue", "compensation",
		"compensation-payout",
	}
}

func balanceCorruptions() map[string][]string {
	more := func(table, where string) string { return first(table, "amount = amount + 0.01", where) }
	return map[string][]string{
		"I18_receivables": {
			onAccount("1122"), first("invoice", "gross = gross + 0.01", "true"), more("allocation", "invoice <> ''"), more("write_off", "true"),
		},
		"I19_unapplied_of_contracts": {
			more("ledger_entry", "account = '2203' AND contract <> ''"), last("payment", "amount = amount + 0.01", "true"), more("allocation", "refund <> ''"),
			without("payment_end", "true"),
		},
		"I20_unapplied_of_nobody": {
			first("ledger_entry", "amount = amount + 0.01", "account = '2203' AND contract IS NULL"), more("bank_line", "amount > 0"),
			more("payment", "true"), without("payment_end", "why = 'moved'"),
		},
		"I21_bank": {onAccount("1002"), more("bank_line", "true"), more("bank_line", "amount < 0")},
		"I22_unexplained": {
			onAccount("1221"), more("bank_line", "amount < 0"), without("payment_end", "why = 'reversed'"), more("refund_payout", "true"),
			without("compensation_payout", "true"),
		},
		"I23_payables": {
			onAccount("2241"), more("allocation", "refund <> ''"), more("refund_payout", "true"), more("compensation", "true") + "; DELETE FROM compensation_payout",
			without("compensation_payout", "true"),
		},
		"I24_contract_liability": {
			onAccount("2205"), first("invoice", "net = net + 0.01", "true"), first("revenue_schedule", "net = net + 0.01", "at_once"),
			first("revenue", "net = net + 0.01", "true"),
		},
		"I25_liability_never_debit": {onAccount("2205"), "UPDATE ledger_entry SET amount = abs(amount) WHERE account = '2205'"},
		"I26_revenue": {
			onAccount("6001"), first("revenue", "net = net + 0.01", "true"), first("revenue_schedule", "net = net + 0.01", "at_once"),
		},
		"I27_vat":          {onAccount("2221"), last("invoice", "tax = tax + 0.01", "true")},
		"I28_waived":       {onAccount("6702"), more("write_off", "true")},
		"I29_compensation": {onAccount("6711"), more("compensation", "true")},
	}
}

func invoiceCorruptions() map[string][]string {
	invoice := func(set string) string { return first("invoice", set, "kind = 'invoice'") }
	note := func(set string) string { return first("invoice", set, "kind = 'credit-note'") }
	return map[string][]string{
		"I30_invoice_lines": {
			first("invoice_line", "gross = gross + 0.01", "true"), first("invoice_line", "net = net + 0.01", "true"),
			first("invoice_line", "tax = tax + 0.01", "true"), without("invoice_line", "true"), without("invoice", "true"),
			invoice("tax = tax + 0.01") + ";" + first("invoice_line", "tax = tax + 0.01", "true"),
		},
		"I31_vat_rule": {invoice("net = net + 0.01, tax = tax - 0.01"), invoice("vat_rate = 0.13")},
		"I32_credits_split_as_invoices": {
			note("net = net + 0.01, tax = tax - 0.01"), note("tax = tax + 0.01"), note("gross = gross / 2"),
		},
		"I33_credit_limits": {
			note("gross = gross - 0.01"), note("net = net - 0.01"), note("tax = tax - 0.01"), note("tax = 1"), note("credits = 'HT-A/none'"),
		},
		"I34_credit_notes_of_invoices": {
			note("reason = ''"), note("issued_on = '2000-01-01'"), note("contract = 'HT-A'"), note("charge = 'expansion'"), note("obligation = 'x'"),
			note("revision = 7"), note("service_year = 7"), note("vat_rate = 0.13"), note("buyer = 'x'"), note("seller = 'x'"),
			note("credits = key"), note("credits = NULL"), note("kind = 'invoice'"),
		},
		"I35_gapless": {
			"UPDATE series SET last = last + 1", without("series", "true"), without("invoice", "no = 1"), without("invoice", "no > 1"),
			last("invoice", "no = no + 1", "true"), last("invoice", "no = 1", "kind = 'invoice'"), invoice("no = 0"),
			"UPDATE invoice SET no = 1 WHERE no = 2 AND series = 'INV'",
			`INSERT INTO invoice SELECT (jsonb_populate_record(i, '{"key": "x"}')).* FROM invoice AS i WHERE number = 'INV-2025-000001'`,
		},
		"I36_numbers_tell": {
			invoice("number = 'INV-2025-1'"), invoice("year = 2024"), invoice("series = 'CN'"),
			invoice("series = 'CN', number = replace(number, 'INV', 'CN')"), note("issued_on = '2000-01-01'"),
		},
		"I37_capitals": {
			invoice("capital = ''"), invoice("capital = '一万元'"), note("capital = substr(capital, 2)"), invoice("capital = '负' || capital"),
			"UPDATE invoice SET capital = '壹元整' WHERE kind = 'invoice'",
			"UPDATE contract_form SET capital = ''", "INSERT INTO amended_form SELECT number, hash, terms, '' FROM contract_form",
		},
		"I38_one_open_revision": {note("gross = gross + 0.01"), last("invoice", "revision = 3", "revision = 2"), without("invoice", "revision = 1 AND obligation = 'first-payment' AND contract = 'HT-B'")},
		"I39_keys_tell": {
			invoice("key = 'X'"), invoice("key = 'X' || substr(key, 2)"), invoice("key = key || '9'"), invoice("key = key || 'x'"), note("key = 'X'"), note("key = key || '9'"),
			first("payment", "key = 'X'", "true"), first("payment", "key = key || '9'", "true"), without("payment", "key = 'HT-A/payment/R6/1'"),
		},
		"I40_steps_behind_money": {
			first("allocation", "key = 'HT-A/apply/1'", "true"), first("write_off", "key = 'HT-B/step/1'", "true"), "DELETE FROM booked_step",
			first("allocation", "key = 'HT-X' || substr(key, 5)", "true"),
		},
		"I41_due_days": {
			last("invoice_due", "due_on = due_on + 1", "true"), first("obligation", "due_on = due_on + 1", "true"), without("invoice_due", "true"),
		},
	}
}

func cashCorruptions() map[string][]string {
	more := func(table, where string) string { return first(table, "amount = amount + 1000000", where) }
	line := func(set, where string) string { return first("bank_line", set, where) }
	return map[string][]string{
		"I42_payment_limits": {
			more("allocation", "true"), first("allocation", "amount = -amount", "true"), first("payment", "amount = 0.01", "true"),
			"DELETE FROM payment",
			first("allocation", "amount = -amount", "refund = 'refund/1'"), // less than nothing to one, though not to all
		},
		"I43_invoice_limits": {
			more("allocation", "invoice <> ''"), first("allocation", "amount = -amount", "invoice LIKE '%/expansion-fee/1/1'"), more("write_off", "true"),
			first("write_off", "amount = -amount", "true"), first("invoice", "gross = 0.01", "kind = 'invoice'"),
		},
		"I44_one_contract": {
			first("allocation", "contract = 'X'", "invoice <> ''"), first("payment", "contract = 'X'", "true"), first("invoice", "contract = 'X'", "true"),
			first("allocation", "invoice = (SELECT key FROM invoice WHERE kind = 'credit-note' AND contract = 'HT-B' LIMIT 1)", "contract = 'HT-B'"),
			"DELETE FROM refund", first("allocation", "invoice = NULL", "invoice <> ''"), first("allocation", "refund = 'refund/1'", "contract = 'HT-A' AND invoice <> ''"),
			first("write_off", "contract = 'HT-A'", "true"), first("write_off", "invoice = 'X'", "true"),
		},
		"I45_ended_payments": {"INSERT INTO payment_end (payment, why, ended_on, actor) SELECT key, 'moved', effective_on, actor FROM payment WHERE reference = 'R1'"},
		"I46_one_live_payment": {
			"DELETE FROM payment_end WHERE payment = 'HT-A/payment/R6/1'",
			"INSERT INTO payment SELECT key || '/2', contract, reference, line, amount, received_on, effective_on, actor FROM payment WHERE reference = 'R1'",
		},
		"I47_bank_line_limits": {
			line("amount = 0.01", "amount > 0"), line("amount = -0.01", "reference = 'P1'"), line("amount = -0.01", "reference = 'QB1-back'"),
			line("amount = -0.01", "reference = 'C7.1'"), first("bank_match", "amount = 700", "act_id = 'waiting'") + "; UPDATE bank_line SET amount = 699 WHERE reference = 'X1'",
			// What the bank took back cannot be used again.
			"INSERT INTO payment SELECT 'x', 'HT-A', 'x', line, amount, received_on, effective_on, actor FROM payment WHERE reference = 'QB1'", "DELETE FROM bank_line",
		},
		"I48_bank_line_signs": each(func(reference string) string { return line("amount = -amount", "reference = '"+reference+"'") },
			"R1", "R2/reversed", "P1", "C7.1", "X1"),
		"I49_confirmations": {
			"DELETE FROM bank_statement", line("account = 'other'", "reference = 'R1'"), line("statement = 'x', statement_line = 1", "reference = 'R1'"),
			"DELETE FROM bank_line WHERE reference = 'R1'", "UPDATE bank_confirmation SET statement_line = 3",
			"UPDATE bank_confirmation SET line = (SELECT id FROM bank_line WHERE reference = 'X1')", line("statement_line = 3", "reference = 'X1'"),
			"UPDATE bank_statement SET lines = 3",
		},
		"I50_refused_matches": {
			`UPDATE contract_event SET event = (event::jsonb || '{"act_id": "refused"}')::json WHERE contract = 'HT-A' AND seq = 1`,
			"UPDATE bank_match SET contract = 'HT-B' WHERE act_id = 'renewal'", "DELETE FROM inbox WHERE id = 'renewal'",
		},
		"I51_receipts": {
			first("receipt", "amount = amount + 0.01", "gone IS NULL"), first("receipt", "credited_on = credited_on + 1", "gone IS NULL"),
			first("receipt", "line = 999", "reference = 'R5'"), without("receipt", "gone IS NULL"), first("receipt", "gone = NULL", "gone IS NOT NULL"),
			without("payment_end", "payment LIKE 'HT-A/payment/R2/%'"),
		},
		"I52_unapplied_agrees": {
			first("contract", "applied = applied + 0.01", "true"), first("receipt", "amount = amount + 0.01", "gone IS NULL"), "DELETE FROM contract",
			first("ledger_entry", "amount = amount + 0.01", "account = '2203' AND contract <> ''"),
		},
	}
}

// toldCorruptions part the books from the evidence.
func toldCorruptions() map[string][]string {
	return map[string][]string{
		"I53_told_charges": {
			last("invoice", "gross = gross + 0.01", "kind = 'invoice'"), last("invoice", "obligation = 'renewal-fee/9'", "kind = 'invoice'"),
			last("invoice", "gross = gross + 0.01", "reason = 'refund'"), last("invoice", "gross = gross + 0.01", "reason = 'void'"),
			without("invoice", "obligation = 'first-payment'"), "DELETE FROM contract_event WHERE what = 'money' AND contract = 'HT-A'",
		},
		"I54_told_applied": {
			last("allocation", "amount = amount + 0.01", "true"), first("allocation", "amount = amount + 0.01", "refund <> ''"),
			first("payment", "reference = 'other'", "reference = 'R1'"), "DELETE FROM allocation WHERE contract = 'HT-B'",
		},
		"I55_told_refunds": {
			first("refund", "amount = amount + 0.01", "true"), first("refund_approval", "approved_by = 'x'", "true"), without("refund", "true"),
			without("refund_approval", "true"), without("refund_red", "true"), without("refund_payout", "true"),
			first("refund_payout", "paid_on = paid_on + 1", "true"), "INSERT INTO refund SELECT contract, 'refund/9', reason, amount, requested_by, requested_on FROM refund LIMIT 1",
		},
	}
}

func refundCorruptions() map[string][]string {
	approval := func(set string) string { return first("refund_approval", set, "true") }
	return map[string][]string{
		"I56_refunds_approved": {
			approval("approved_by = requested_by"), approval("approved_by = ' Chen'"), approval("requested_by = 'x'"), "DELETE FROM refund",
		},
		"I57_refunds_paid_last": {
			"DELETE FROM refund_approval", approval("approved_on = '2030-01-01'"), "DELETE FROM refund_red",
			"UPDATE refund_red SET recorded_at = recorded_at + interval '1 day'", approval("red_wanted = true"),
		},
		"I58_refunds_paid_whole": {
			first("refund_payout", "amount = amount + 0.01", "true"), first("refund", "amount = amount + 0.01", "true"), "DELETE FROM refund",
			first("bank_line", "amount = amount + 0.01", "reference = 'P1'"), "DELETE FROM bank_line WHERE reference = 'P1'",
		},
		"I59_refund_of_fees_paid": {
			first("refund", "amount = 1000000", "reason = 'load-shortfall'"), "UPDATE refund SET recorded_at = '2000-01-01'",
			"DELETE FROM allocation",
		},
		"I60_refund_of_fees_credited": {
			last("invoice", "gross = gross + 0.01", "reason = 'refund'"),
			first("refund", "amount = amount + 0.01", "reason = 'load-shortfall'"),
		},
		"I61_refunds_backed": {
			without("allocation", "refund = 'refund/1'"), without("allocation", "refund = 'refund/2'"),
			"UPDATE refund_payout SET recorded_at = '2000-01-01'", first("refund_payout", "amount = amount + 0.01", "true"),
		},
		"I62_claim_limits":  {"UPDATE claim SET amount = 99999.99 WHERE n = 1", "DELETE FROM claim", "UPDATE compensation SET amount = 500000.01 WHERE claim = 2"},
		"I63_liability_cap": {"UPDATE claim SET clause = '7.2'", "UPDATE compensation SET amount = 1000000 WHERE claim = 1", "DELETE FROM allocation; DELETE FROM refund_approval", "UPDATE compensation SET recorded_at = '2000-01-01'"},
		"I64_compensation_approved": {
			first("compensation", "approved_by = 'CHEN '", "true"), first("compensation", "recorded_by = 'x'", "true"), "DELETE FROM claim",
		},
		"I65_compensation_paid_whole": {
			first("bank_line", "amount = amount + 0.01", "reference = 'C7.1'"), first("compensation", "amount = amount + 0.01", "true"),
			"DELETE FROM compensation", "DELETE FROM bank_line", "DELETE FROM compensation; DELETE FROM bank_line",
		},
	}
}

func revenueCorruptions() map[string][]string {
	planned := func(set string) string { return first("revenue_schedule", set, "cause = invoice") }
	red := func(set string) string { return first("fapiao", set, "gross < 0") }
	blue := func(set string) string { return first("fapiao", set, "gross > 0") }
	return map[string][]string{
		"I66_schedule_sums": {
			planned("net = net + 0.01"), first("revenue_schedule", "net = net - 0.01", "at_once"), without("invoice_service", "true"),
			last("invoice", "net = net + 0.01", "kind = 'credit-note'"), without("revenue_schedule", "true"),
		},
		"I67_schedule_months": {
			planned("month = '2025-08-01'"), planned("month = '2026-10-01'"), planned("month = '2030-01-01'"), "DELETE FROM invoice_service",
		},
		"I68_schedule_open_months": {planned("recorded_at = recorded_at + interval '1 day'"), last("revenue_schedule", "month = '2025-09-01'", "at_once")},
		"I69_revenue_recognised": {
			first("revenue", "net = net + 0.01", "true"), without("revenue", "true"), planned("net = net + 0.01"),
			last("revenue", "month = '2027-09-01'", "true"), first("revenue_schedule", "at_once = false", "at_once"),
		},
		"I70_months_in_order": {"UPDATE month_close SET closed_at = '2000-01-01' WHERE month = '2026-07-01'", "UPDATE month_close SET month = month + 1"},
		"I71_fapiao_totals": {
			blue("gross = 130000.01") + "; DELETE FROM fapiao WHERE gross < 0", red("gross = gross - 0.01"),
			"UPDATE fapiao SET invoice = (SELECT number FROM invoice WHERE kind = 'credit-note' LIMIT 1), gross = 0", "UPDATE fapiao SET invoice = 'x'",
		},
		"I72_red_fapiao": {
			red("red_of = 'x'"), red("red_of = NULL"), red("red_of = number"), red("gross = 1"), red("invoice = 'x'"), red("gross = gross - 0.01"),
			red("confirmation = NULL"), red("confirmation = ''"), "DELETE FROM fapiao WHERE gross > 0",
		},
		"I73_fapiao_figures": {blue("number = '1'"), blue("net = net + 0.01"), blue("tax = tax + 0.01"), red("net = 1000, tax = gross - 1000")},
		"I74_quotes_intact":  {"UPDATE price_quote SET answer = 'quotf'", "UPDATE price_quote SET sha256 = ''"},
		"I75_expansions_quoted": {
			"UPDATE price_quote SET kind = 'discounted'", "UPDATE price_quote SET contract = 'HT-B'", "UPDATE price_quote SET total = total + 0.01",
			"UPDATE price_quote SET fetched_at = fetched_at + interval '1 day'", "UPDATE price_quote SET valid_until = valid_until - interval '1 day'", "DELETE FROM price_quote",
			"UPDATE invoice SET quote = NULL", first("invoice", "issued_on = '2026-12-01'", "charge = 'expansion'"),
		},
	}
}

func contractCorruptions() map[string][]string {
	year := func(set, where string) string {
		return "UPDATE service_year SET " + set + " WHERE contract = 'HT-A' AND " + where
	}
	event := func(set string) string {
		return "UPDATE contract_event SET " + set + " WHERE contract = 'HT-A' AND seq = 2"
	}
	const noGrowth = "UPDATE renewal_outlook SET growth = ''"
	return map[string][]string{
		"I76_year_fees": {year("fee = fee + 0.01", "year = 1"), year("fee = fee + 0.01", "year = 2"), "UPDATE invoice SET obligation = 'x' WHERE obligation = 'renewal-fee/2'"},
		"I77_no_rise_without_growth": {
			noGrowth + "; UPDATE renewal_outlook SET offered = NULL", noGrowth + "; UPDATE renewal_outlook SET agreed = NULL",
			"UPDATE renewal_outlook SET agreed = 110000.01 WHERE contract = 'HT-B'",
		},
		"I78_first_fee_due": {
			"UPDATE obligation SET due_on = due_on + 1 WHERE rule = 'first-payment'", "UPDATE obligation SET due_on = due_on - 1 WHERE rule = 'first-payment'",
			// From that Friday on it is a Friday, and as many working days lie behind the Saturday after it.
			"UPDATE obligation SET counted_from = '2025-08-29', due_on = '2025-09-06' WHERE rule = 'first-payment'",
		},
		"I79_renewal_fee_due": {
			"UPDATE obligation SET due_on = due_on + 1 WHERE id = 'renewal-fee/2'", "UPDATE obligation SET due_on = NULL WHERE id = 'renewal-fee/2'", year("last = last - 1", "year = 1"),
		},
		"I80_years_tile": {
			year("year = 3", "year = 2"), year("first = first + 1", "year = 2"), year("last = last + 1", "year = 2"), year("last = last + 1", "year = 1"),
			"UPDATE contract SET start = start + 1", "DELETE FROM contract", "DELETE FROM service_year WHERE year = 1",
			"UPDATE service_year SET year = 2, last = '2027-09-07' WHERE contract = 'HT-B'",
		},
		"I81_events_intact": {event("event = replace(event::text, 'chen', 'wang')::json"), event("prev = repeat('0', 64)"), event("hash = repeat('0', 64)")},
		"I82_chain_unbroken": {
			event("prev = repeat('0', 64)"), event("hash = repeat('0', 64)"), event("seq = 999"),
			"UPDATE contract_event SET seq = seq + 1 WHERE (contract, seq) = (SELECT contract, max(seq) FROM contract_event GROUP BY contract LIMIT 1)", "DELETE FROM contract_event WHERE seq = 1", "DELETE FROM contract_event WHERE seq = 2", "UPDATE contract_event SET contract = 'HT-C' WHERE contract = 'HT-A'",
		},
		"I83_chain_ends": {
			"UPDATE contract_head SET events = events + 1", "UPDATE contract_head SET hash = repeat('0', 64)", "DELETE FROM contract_head",
			"DELETE FROM contract_event WHERE (contract, seq) = (SELECT contract, max(seq) FROM contract_event GROUP BY contract LIMIT 1)", "DELETE FROM contract_event",
			"UPDATE contract_event SET hash = repeat('0', 64)",
		},
		"I84_acts_numbered": {
			"UPDATE contract_head SET acts = acts + 1", "DELETE FROM inbox WHERE id = 'renewal'", "DELETE FROM inbox WHERE id = 'refused'", "DELETE FROM inbox",
			"UPDATE inbox SET seq = seq + 1", "UPDATE inbox SET seq = 3 WHERE seq = 2", "UPDATE inbox SET seq = 0 WHERE seq = 1 AND contract = 'HT-A'",
			"DELETE FROM contract_head",
		},
		"I85_money_booked": {
			without("booked_step", "true"), refusedBooking("max"), // nothing has made it good
			"INSERT INTO booked_step (contract, event_seq) VALUES ('HT-A', 1)", "DELETE FROM contract_event WHERE what = 'money'",
		},
		"I87_carried_forward": {"UPDATE carried_forward SET debit = debit + 0.01", "UPDATE carried_forward SET credit = credit - 0.01", "DELETE FROM carried_forward"},
		"I86_outlooks_kept":   {without("renewal_outlook", "true"), "UPDATE renewal_outlook SET event_seq = 1 WHERE contract = 'HT-B'", "DELETE FROM contract_event WHERE what = 'outlook'"},
	}
}

// refusedBooking is the first or the last event of HT-A that tells of money, refused by the books.
func refusedBooking(which string) string {
	return `WITH refused AS (
		DELETE FROM booked_step WHERE (contract, event_seq) = (SELECT contract, ` + which + `(event_seq) FROM booked_step WHERE contract = 'HT-A' GROUP BY contract)
		RETURNING contract, event_seq
	) INSERT INTO booking_trouble (contract, event_seq, trouble) SELECT contract, event_seq, 'x' FROM refused`
}

// innocent are changes that look like a corruption of an invariant and are none.
func innocent() map[string][]string {
	const later = "UPDATE obligation SET due_on = due_on + 1, "
	return map[string][]string{
		"I05_reversals_mirror":   {reversing("-e.amount")},
		"I41_due_days":           {"UPDATE invoice_due SET due_on = due_on + 1 WHERE invoice = 'HT-B/invoice/first-payment/1'"},
		"I47_bank_line_limits":   {"UPDATE inbox SET answer = '{}'; UPDATE bank_match SET amount = 1000000"},
		"I58_refunds_paid_whole": {first("bank_line", "amount = amount - 0.01", "reference = 'P1'")},
		"I59_refund_of_fees_paid": {
			"UPDATE refund SET amount = 1000000 WHERE reason = 'overpayment'", "UPDATE refund SET amount = 1000000 WHERE contract = 'HT-B'",
		},
		"I63_liability_cap":           {"UPDATE compensation SET amount = 1000000 WHERE claim = 2"},
		"I65_compensation_paid_whole": {first("bank_line", "amount = amount - 0.01", "reference = 'C7.1'")},
		"I85_money_booked":            {refusedBooking("min")},
		"I75_expansions_quoted": {
			// October was closed and the quote held to its end: the charge is booked in November.
			"UPDATE invoice SET issued_on = '2025-11-01', recorded_at = (SELECT min(closed_at) FROM month_close) + interval '1 second' WHERE charge = 'expansion'",
		},
		"I78_first_fee_due": {
			later + "provisional = true", later + "status = 'void'", later + "rule = ''", later + "id = id || '/x'", later + "calendar = 'old'",
			"UPDATE obligation SET due_on = due_on + 1; UPDATE calendar_day SET provisional = true WHERE day >= '2025-09-09'",
			"UPDATE obligation SET due_on = due_on + 1; UPDATE calendar_day SET provisional = true WHERE day < '2025-09-09'",
		},
	}
}

// breaks tells whether the invariant finds a corruption. The corruption is undone.
func breaks(t *testing.T, c *pgx.Conn, i postgres.Invariant, corruption string) bool {
	t.Helper()
	tx, err := c.Begin(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	defer tx.Rollback(t.Context())
	for statement := range strings.SplitSeq(corruption, "; ") {
		if tag, err := tx.Exec(t.Context(), statement); err != nil || tag.RowsAffected() == 0 {
			t.Errorf("%s: %s: %v, %v", i.Name, statement, tag, err)
			return true
		}
	}
	var found int
	sql := "SELECT count(*) FROM (" + strings.TrimSuffix(strings.TrimSpace(i.SQL), ";") + ") AS broken"
	if err := tx.QueryRow(t.Context(), sql).Scan(&found); err != nil {
		t.Fatal(err)
	}
	return found > 0
}

func TestEveryInvariantIsAbleToFail_AndRaisesNoFalseAlarm(t *testing.T) {
	t.Parallel()
	store := twoYears(t)
	c := superuser(t, store)
	if _, err := c.Exec(t.Context(), unguarded); err != nil {
		t.Fatal(err)
	}
	invariants, err := postgres.Invariants()
	if err != nil {
		t.Fatal(err)
	}
	all := corruptions()
	for _, i := range invariants {
		if len(all[i.Name]) == 0 {
			t.Errorf("nothing breaks %s", i.Name)
		}
		for _, corruption := range all[i.Name] {
			if !breaks(t, c, i, corruption) {
				t.Errorf("%s does not see: %s", i.Name, corruption)
			}
		}
		for _, change := range innocent()[i.Name] {
			if breaks(t, c, i, change) {
				t.Errorf("%s raises a false alarm after: %s", i.Name, change)
			}
		}
		delete(all, i.Name)
	}
	for name := range all {
		t.Errorf("there is no invariant %s", name)
	}
	if _, found, err := store.Audit(t.Context()); err != nil || len(found) > 0 {
		t.Errorf("left behind: %+v (%v)", found, err)
	}
}
