package postgres_test

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"

	"lvyue/internal/ledger"
	"lvyue/internal/message"
	"lvyue/internal/money"
	"lvyue/internal/postgres"
	"lvyue/internal/testkit"
	"lvyue/internal/workday"
)

// asked asks and gives the rows by the names of their columns, amounts and days as texts.
func asked(t *testing.T, store *postgres.Store, q postgres.Question) []map[string]string {
	t.Helper()
	var all []map[string]string
	err := store.Ask(t.Context(), q, func(a *postgres.Answer) error {
		for row := range a.Rows() {
			texts := map[string]string{}
			for i, c := range a.Columns {
				if row[i] != nil {
					texts[c.Name] = fmt.Sprint(row[i])
				}
			}
			all = append(all, texts)
		}
		return a.Err()
	})
	if err != nil {
		t.Fatalf("%s: %v", q.View, err)
	}
	return all
}

// columnOf gives amounts by another column.
func columnOf(rows []map[string]string, key, amount string) map[string]money.CNY {
	all := map[string]money.CNY{}
	for _, r := range rows {
		all[r[key]] = all[r[key]].Add(money.MustParse(r[amount]))
	}
	return all
}

func wantAmounts(t *testing.T, what string, got, want map[string]money.CNY) {
	t.Helper()
	if g, w := text(t, got), text(t, want); g != w {
		t.Errorf("%s\n got %s\nwant %s", what, g, w)
	}
}

// moments are the days on which anything was booked with the days before them, and the instants at which anything was:
// between the writing of a document and of its posting, a few microseconds later, they need not agree.
func moments(w world) (days, instants []string) {
	for _, p := range w.Postings {
		days = append(days, p.Day, workday.MustDate(p.Day).AddDays(-1).String())
		instants = append(instants, p.At)
	}
	slices.Sort(days)
	slices.Sort(instants)
	return slices.Compact(days), append(append(every(slices.Compact(instants), 5), w.Closings...), endOfTime)
}

const endOfTime = "9999"

func every(all []string, n int) []string {
	var some []string
	for i := 0; i < len(all); i += n {
		some = append(some, all[i])
	}
	return some
}

// at is the instant that a stamp of the world tells.
func at(t *testing.T, stamp string) time.Time {
	t.Helper()
	if stamp == endOfTime {
		return time.Time{}
	}
	instant, err := time.Parse("2006-01-02 15:04:05.000000", stamp)
	if err != nil {
		t.Fatal(err)
	}
	return instant
}

// What every view says of a day and an instant is what the documents say, counted one by one; so the sums are those of
// the ledger, too.
func TestQuestions_AnswerAsTheDocumentsDo_OnEveryDayAndAtEveryInstant(t *testing.T) {
	t.Parallel()
	store := twoYears(t)
	w := worldOf(t, store)
	days, instants := moments(w)
	for n, day := range append(every(days, 2), endOfTime) {
		for _, instant := range []string{instants[n%len(instants)], instants[len(instants)-1-n%len(instants)]} {
			s := seen{world: w, day: day, at: instant}
			q := postgres.Question{KnownAt: at(t, instant)}
			if day != endOfTime {
				q.AsOf = workday.MustDate(day)
			}
			answersAs(t, store, s, q)
		}
	}
}

func answersAs(t *testing.T, store *postgres.Store, s seen, q postgres.Question) {
	t.Helper()
	ask := func(view string, columns ...string) []map[string]string {
		q.View, q.Columns = view, columns
		return asked(t, store, q)
	}
	when := fmt.Sprintf("as of %s, known at %s: ", s.day, s.at)
	want := map[string]money.CNY{}
	balances := s.balances()
	for _, code := range []string{"1002", "1122", "1221", "2203", "2205", "2221", "2241", "6001", "6702", "6711"} {
		want[code] = balances[code]
	}
	wantAmounts(t, when+"trial balance", columnOf(ask("books_trial_balance", "account", "balance"), "account", "balance"), want)
	wantAmounts(t, when+"receivables", columnOf(ask("books_receivable", "number", "open"), "number", "open"), s.receivables())
	for _, r := range ask("books_receivable", "number", "due_on") {
		i := slices.IndexFunc(s.Invoices, func(i worldInvoice) bool { return i.Number == r["number"] })
		if due := s.due(s.Invoices[i].Key); r["due_on"] != due {
			t.Errorf("%s%s is due on %s, want %s", when, r["number"], r["due_on"], due)
		}
	}
	wantTotal(t, when+"aging", ask("books_aging", "total"), "total", balances[ledger.Receivable])
	invoices := map[string]money.CNY{}
	for _, i := range s.Invoices {
		if s.counts(i.written) {
			invoices[i.Number] = s.receivables()[i.Number]
		}
	}
	wantAmounts(t, when+"invoices", columnOf(ask("books_invoice", "number", "open"), "number", "open"), invoices)
	payments, lines := s.unapplied()
	unapplied, remaining := total(payments), map[string]money.CNY{}
	for _, l := range s.Lines {
		if left, known := lines[l.ID]; known {
			remaining[strconv.FormatInt(l.ID, 10)] = left
			if l.Amount.IsPositive() {
				unapplied = unapplied.Add(left)
			}
		}
	}
	wantAmounts(t, when+"bank lines", columnOf(ask("books_bank_line", "id", "remaining"), "id", "remaining"), remaining)
	wantTotal(t, when+"unapplied", ask("books_unapplied", "unapplied"), "unapplied", unapplied)
	planned, recognised := s.revenue()
	revenue := ask("books_revenue", "number", "month", "planned", "recognised", "deferred")
	wantTotal(t, when+"planned", revenue, "planned", total(planned))
	wantTotal(t, when+"recognised", revenue, "recognised", total(recognised))
	byMonth := map[string]money.CNY{}
	for key, net := range recognised {
		if !net.IsZero() {
			byMonth[key[1]] = byMonth[key[1]].Add(net)
		}
	}
	got := columnOf(revenue, "month", "recognised")
	for month, net := range got {
		if !net.Equal(byMonth[month]) {
			t.Errorf("%srevenue of %s is %s, want %s", when, month, net, byMonth[month])
		}
	}
	for _, account := range []string{"1122", "2203", "2205", "6001"} {
		q.Where = []postgres.Condition{{Column: "account", Is: postgres.Equal, Value: account}}
		if rows := ask("books_ledger", "account", "balance"); len(rows) > 0 && rows[len(rows)-1]["balance"] != balances[account].String() {
			t.Errorf("%sthe ledger of %s ends with %s, want %s", when, account, rows[len(rows)-1]["balance"], balances[account])
		}
	}
	q.Where = nil
	statements(t, when, s, ask("books_statement", "contract", "debit", "credit", "balance"))
}

func wantTotal(t *testing.T, what string, rows []map[string]string, column string, want money.CNY) {
	t.Helper()
	if got := total(columnOf(rows, "", column)); !got.Equal(want) {
		t.Errorf("%s: %s is %s, want %s", what, column, got, want)
	}
}

// statements end with what the customer owes, less what is with us.
func statements(t *testing.T, when string, s seen, rows []map[string]string) {
	t.Helper()
	last, moved := map[string]string{}, map[string]money.CNY{}
	for _, r := range rows {
		last[r["contract"]] = r["balance"]
		moved[r["contract"]] = moved[r["contract"]].Add(money.MustParse(r["debit"])).Sub(money.MustParse(r["credit"]))
	}
	payments, _ := s.unapplied()
	for number, balance := range last {
		want := money.CNY{}
		for _, i := range s.Invoices {
			if i.Contract == number && i.Credits == "" && s.counts(i.written) {
				want = want.Add(s.open(i))
			}
		}
		for key, left := range payments {
			if strings.HasPrefix(key, number+"/") {
				want = want.Sub(left)
			}
		}
		for _, a := range s.Allocations {
			if a.Contract == number && a.Refund != "" && s.counts(a.written) {
				want = want.Sub(a.Amount)
			}
		}
		for _, l := range s.Losses {
			if l.Contract == number && s.counts(l.written) {
				want = want.Sub(l.Amount)
			}
		}
		if number == "HT-A" { // all that was paid out went to this contract
			for _, o := range s.Payouts {
				if s.counts(o.written) {
					want = want.Add(o.Amount)
				}
			}
		}
		if balance != want.String() || !moved[number].Equal(want) {
			t.Errorf("%sthe statement of %s ends with %s and moved %s, want %s", when, number, balance, moved[number], want)
		}
	}
}

func TestAging_PutsEachInvoiceInItsColumn_OnBothSidesOfEachBoundary(t *testing.T) {
	t.Parallel()
	store := testkit.Postgres(t)
	if err := store.LayOutCalendar(t.Context()); err != nil {
		t.Fatal(err)
	}
	a := newTale(t, store, "HT-A")
	a.on("2025-09-26", a.signs("2025-09-26", "120000.00")) // due 2025-10-10
	columns := map[string]string{"not-due": "not_due", "1-30": "d1_30", "31-60": "d31_60", "61-90": "d61_90", "over-90": "over_90"}
	for _, tt := range []struct {
		day     string
		late    int
		working string
	}{
		{"2025-09-26", 0, "0"},
		{"2025-10-10", 0, "0"},
		{"2025-10-11", 1, "1"},
		{"2025-10-12", 2, "1"},
		{"2025-11-09", 30, ""},
		{"2025-11-10", 31, ""},
		{"2025-12-09", 60, ""},
		{"2025-12-10", 61, ""},
		{"2026-01-08", 90, ""},
		{"2026-01-09", 91, ""},
	} {
		q := postgres.Question{AsOf: workday.MustDate(tt.day), View: "books_receivable", Columns: []string{"days_late", "bucket", "working_days_late"}}
		rows := asked(t, store, q)
		bucket := ledger.Bucket(tt.late)
		if len(rows) != 1 || rows[0]["days_late"] != strconv.Itoa(tt.late) || rows[0]["bucket"] != bucket ||
			(tt.working != "" && rows[0]["working_days_late"] != tt.working) {
			t.Errorf("%s: %v, want %d days, %s, %s working days", tt.day, rows, tt.late, bucket, tt.working)
		}
		q.View, q.Columns = "books_aging", []string{columns[bucket], "total", "contract"}
		if rows := asked(t, store, q); len(rows) != 1 || rows[0][columns[bucket]] != "120000.00" || rows[0]["total"] != "120000.00" {
			t.Errorf("%s: the aging is %v", tt.day, rows)
		}
	}
}

// Finance's own tools read the views and nothing else.
func TestFinanceReadsTheViewsAndNothingElse(t *testing.T) {
	t.Parallel()
	store := twoYears(t)
	c := superuser(t, store)
	names := func(kind string) []string {
		rows, err := c.Query(t.Context(), `SELECT relname FROM pg_class WHERE relnamespace = current_schema()::regnamespace AND relkind = $1`, kind)
		if err != nil {
			t.Fatal(err)
		}
		all, err := pgx.CollectRows(rows, pgx.RowTo[string])
		if err != nil || len(all) == 0 {
			t.Fatal(all, err)
		}
		return all
	}
	views, tables := names("v"), names("r")
	as := func(role string) {
		if _, err := c.Exec(t.Context(), "RESET SESSION AUTHORIZATION; SET SESSION AUTHORIZATION "+role); err != nil {
			t.Fatal(err)
		}
	}
	for _, role := range []string{"lvyue_finance", "lvyue_app"} {
		as(role)
		for _, statement := range forEach("TABLE %s", views) {
			if _, err := c.Exec(t.Context(), statement); err != nil {
				t.Errorf("%s: %s: %v", role, statement, err)
			}
		}
	}
	as("lvyue_finance")
	both := slices.Concat(tables, views)
	for _, statement := range slices.Concat(
		[]string{"CREATE TABLE mine (n int)", "SELECT next_number('INV', 2026)", "SELECT fees_received('HT-A', 'infinity', 'infinity')"},
		forEach("TABLE %s", tables), forEach("INSERT INTO %s DEFAULT VALUES", both), forEach("DELETE FROM %s", both),
		forEach("TRUNCATE %s", tables),
	) {
		_, err := c.Exec(t.Context(), statement)
		if err == nil || !strings.Contains(err.Error(), "permission denied") && !strings.Contains(err.Error(), "view") {
			t.Errorf("finance: %s: %v", statement, err)
		}
	}
}

func forEach(format string, names []string) []string {
	all := make([]string, len(names))
	for i, name := range names {
		all[i] = fmt.Sprintf(format, name)
	}
	return all
}

func TestEveryColumnOfAQuestionSaysWhatItIs(t *testing.T) {
	t.Parallel()
	store := testkit.Postgres(t)
	silent := ask[string](t, store, `SELECT coalesce(string_agg(v.relname || '.' || coalesce(a.attname, ''), ', '), '')
		FROM pg_class AS v JOIN pg_attribute AS a ON a.attrelid = v.oid AND a.attnum > 0
		WHERE v.relnamespace = current_schema()::regnamespace AND v.relkind = 'v'
			AND (col_description(v.oid, a.attnum) IS NULL OR obj_description(v.oid) IS NULL)`)
	if silent != "" {
		t.Errorf("without a word: %s", silent)
	}
}

func TestAsk_RefusesWhatIsNotThere(t *testing.T) {
	t.Parallel()
	store, number := registered(t)
	condition := func(column string, value any) []postgres.Condition {
		return []postgres.Condition{{Column: column, Is: postgres.Equal, Value: value}}
	}
	for _, tt := range []struct {
		q    postgres.Question
		code string
	}{
		{postgres.Question{View: "books_statement", Columns: []string{"key"}, Where: condition("contract", "NO-SUCH")}, "unknown_contract"},
		{postgres.Question{View: "books_ledger", Columns: []string{"key"}, Where: condition("account", "9999")}, "unknown_account"},
	} {
		err := store.Ask(t.Context(), tt.q, func(*postgres.Answer) error { return nil })
		wantCode(t, err, tt.code)
	}
	if rows := asked(t, store, postgres.Question{View: "books_statement", Columns: []string{"key"}, Where: condition("contract", number)}); len(rows) > 0 {
		t.Errorf("a contract without money has %v", rows)
	}
	for _, q := range []postgres.Question{
		{View: "invoice", Columns: []string{"key"}},
		{View: "books_invoice"},
		{View: "books_invoice", Columns: []string{`key" FROM invoice; --`}},
		{View: "books_invoice", Columns: []string{"key"}, Where: []postgres.Condition{{Column: "key", Is: "IS NOT NULL OR key =", Value: ""}}},
	} {
		if err := store.Ask(t.Context(), q, func(*postgres.Answer) error { return nil }); err == nil {
			t.Errorf("answered: %+v", q)
		}
	}
}

// A question changes nothing for the one that is asked next on the same connection.
func TestAsk_LeavesNoSettingBehind(t *testing.T) {
	t.Parallel()
	store := testkit.Postgres(t)
	a := newTale(t, store, "HT-A")
	a.on("2025-09-26", a.signs("2025-09-26", "120000.00"))
	q := postgres.Question{View: "books_receivable", Columns: []string{"open"}, AsOf: workday.MustDate("2025-09-25")}
	for range 20 {
		before := asked(t, store, q)
		q.AsOf, q.KnownAt = workday.Date{}, time.Date(2020, 1, 1, 0, 0, 0, 0, time.UTC)
		unknown := asked(t, store, q)
		q.KnownAt = time.Time{}
		after := asked(t, store, q)
		q.AsOf = workday.MustDate("2025-09-25")
		if len(before) != 0 || len(unknown) != 0 || len(after) != 1 {
			t.Fatalf("%v, %v, %v", before, unknown, after)
		}
	}
}

func TestUnapplied_SuggestsTheContractThatALineIsFor(t *testing.T) {
	t.Parallel()
	store := testkit.Spoiled(t)
	for number, c := range map[string]struct{ customer, fee string }{
		"HT-1": {"远山商贸（北京）有限公司", "100.00"}, "HT-2": {"近水有限公司", "200.00"}, "HT-3": {"近水有限公司", "300.00"}, "HT-4": {"近水有限公司", "300.00"},
	} {
		l := newTale(t, store, number)
		l.row.Customer = c.customer
		l.on("2025-09-26", l.signs("2025-09-26", c.fee))
	}
	for _, tt := range []struct{ reference, amount, payer, memo, suggested, why string }{
		{"A", "1.00", "某人", "支付合同HT-1服务费", "HT-1", "number"},
		{"B", "100.00", "某人", "ht-1", "HT-1", "number-amount"},
		{"C HT-1", "5.00", "", "", "HT-1", "number"},
		{"D", "5.00", "某人", "HT-1、HT-2", "", "several"},
		{"E", "200.00", "某人", "HT-1、HT-2", "HT-2", "number-amount"},
		{"F", "5.00", "某人", "HT-12 HT-1-2 XHT-1", "", ""},
		{"G", "5.00", "远山商贸(北京) 有限公司", "", "HT-1", "payer"},
		{"H", "100.00", "远山商贸（北京）有限公司", "", "HT-1", "payer-amount"},
		{"I", "5.00", "近水有限公司", "", "", "several"},
		{"J", "200.00", "近水有限公司", "", "HT-2", "payer-amount"},
		{"K", "300.00", "近水有限公司", "", "", "several"},
		{"L", "300.00", "近水有限公司", "HT-4", "HT-4", "number-amount"},
		{"M", "200.00", "某人", "", "", ""},
	} {
		err := asSuperuser(t, store, fmt.Sprintf(`INSERT INTO bank_line (account, reference, booked_on, effective_on, amount, payer, payer_account, memo, actor)
			VALUES ('6222', '%s', '2025-10-01', '2025-10-01', %s, '%s', '', '%s', 'li')`, tt.reference, tt.amount, tt.payer, tt.memo))
		if err != nil {
			t.Fatal(err)
		}
		rows := asked(t, store, postgres.Question{
			View: "books_unapplied", Columns: []string{"what", "unapplied", "suggested", "why"},
			Where: []postgres.Condition{{Column: "reference", Is: postgres.Equal, Value: tt.reference}},
		})
		if len(rows) != 1 || rows[0]["what"] != "line" || rows[0]["unapplied"] != tt.amount || rows[0]["suggested"] != tt.suggested || rows[0]["why"] != tt.why {
			t.Errorf("%s: got %v, want %s because of %s", tt.reference, rows, tt.suggested, tt.why)
		}
	}
}

func TestUnapplied_TellsWhatIsKeptBack_AndSince(t *testing.T) {
	t.Parallel()
	store := testkit.Spoiled(t)
	a := newTale(t, store, "HT-A")
	a.on("2025-09-26", a.signs("2025-09-26", "100.00"))
	a.on("2025-10-01", a.came("R1", "130.00", "2025-10-01", 0))
	held := a.receipt("R1", func(r *message.Receipt) { r.Held = true })
	a.on("2025-10-05")
	record(t, store, message.Record{Contract: "HT-A", Events: []message.Event{{
		Key: "held", At: instantOn("2025-10-05"), What: "receipt-changed", Subject: "R1", Changed: held,
	}}})
	for day, want := range map[string]string{"2025-10-01": "30.00 false", "2025-10-04": "30.00 false", "2025-10-05": "130.00 true"} {
		rows := asked(t, store, postgres.Question{
			View: "books_unapplied", Columns: []string{"unapplied", "held"}, AsOf: workday.MustDate(day),
		})
		if len(rows) != 1 || rows[0]["unapplied"]+" "+rows[0]["held"] != want {
			t.Errorf("%s: %v, want %s", day, rows, want)
		}
	}
}

func TestRefunds_TellHowFarTheyHaveCome_1_4(t *testing.T) {
	t.Parallel()
	store := twoYears(t)
	for day, want := range map[string]string{
		"2025-10-01": "[]",
		"2025-10-02": "[refund/1 requested 15000.00]",
		"2025-10-03": "[refund/1 payable 15000.00]",
		"2025-10-09": "[refund/1 paid 0.00]",
		"2026-10-09": "[refund/1 paid 0.00]",
		"2026-10-10": "[refund/1 paid 0.00 refund/2 requested 0.00]",
		"2026-10-12": "[refund/1 paid 0.00 refund/2 waiting-red 130000.00]",
		"2026-10-21": "[refund/1 paid 0.00 refund/2 paid 0.00]",
	} {
		var got []string
		for _, r := range asked(t, store, postgres.Question{
			View: "books_refund", Columns: []string{"id", "state", "owed"}, AsOf: workday.MustDate(day), KnownAt: beforeRed(t, store, day),
		}) {
			got = append(got, r["id"]+" "+r["state"]+" "+r["owed"])
		}
		if fmt.Sprint(got) != want {
			t.Errorf("%s: %v, want %s", day, got, want)
		}
	}
}

// beforeRed is the instant before the red fapiao was confirmed, for the day on which it was waited for: a confirmation
// has no day of its own.
func beforeRed(t *testing.T, store *postgres.Store, day string) time.Time {
	t.Helper()
	if day != "2026-10-12" {
		return time.Time{}
	}
	return ask[time.Time](t, store, "SELECT recorded_at - interval '1 microsecond' FROM refund_red")
}

func TestLiability_ShowsTheCapAndWhatIsUsedOfIt_7_3(t *testing.T) {
	t.Parallel()
	store := twoYears(t)
	columns := []string{"fees_received", "cap", "claimed", "payable", "paid", "remaining", "claimed_3_1", "payable_3_1", "paid_3_1"}
	for day, want := range map[string]string{
		"2025-09-01": "[0.00 0.00 0.00 0.00 0.00 0.00 0.00 0.00 0.00]",
		"2026-10-25": "[253000.00 253000.00 0.00 0.00 0.00 253000.00 0.00 0.00 0.00]",
		"2026-10-26": "[253000.00 253000.00 200000.00 100000.00 0.00 153000.00 500000.00 400000.00 0.00]",
		"2026-10-28": "[253000.00 253000.00 200000.00 100000.00 100000.00 153000.00 500000.00 400000.00 400000.00]",
	} {
		rows := asked(t, store, postgres.Question{
			View: "books_liability", Columns: columns, AsOf: workday.MustDate(day),
			Where: []postgres.Condition{{Column: "contract", Is: postgres.Equal, Value: "HT-A"}},
		})
		var got []string
		for _, c := range columns {
			got = append(got, rows[0][c])
		}
		if len(rows) != 1 || fmt.Sprint(got) != want {
			t.Errorf("%s: %v, want %s", day, got, want)
		}
	}
	ceiling := ask[string](t, store, "SELECT fees_received('HT-A', '2026-10-28', 'infinity')::text")
	if ceiling != "253000.00" {
		t.Errorf("the rule of the database caps at %s", ceiling)
	}
}

func TestRenewals_SayWhetherTheFeeMayRise_5_8(t *testing.T) {
	t.Parallel()
	store := twoYears(t)
	for day, want := range map[string]string{
		"2026-08-17": "[]",
		"2026-08-18": "[HT-A may-not-rise 120000.00]",
		"2026-08-20": "[HT-A may-rise ]",
		"2026-08-24": "[HT-A agreed  HT-B agreed ]",
	} {
		var got []string
		for _, r := range asked(t, store, postgres.Question{
			View: "books_renewal", Columns: []string{"contract", "verdict", "ceiling"}, AsOf: workday.MustDate(day),
		}) {
			got = append(got, r["contract"]+" "+r["verdict"]+" "+r["ceiling"])
		}
		if fmt.Sprint(got) != want {
			t.Errorf("%s: %v, want %s", day, got, want)
		}
	}
}

func TestMonths_SayWhetherTheyAreClosed(t *testing.T) {
	t.Parallel()
	store := twoYears(t)
	for day, want := range map[string]string{
		"2025-10-30": "[2025-09-01 false 2025-10-01 false]",
		"2025-10-31": "[2025-09-01 true 2025-10-01 true]",
		"2025-11-29": "[2025-09-01 true 2025-10-01 true 2025-11-01 false]",
	} {
		var got []string
		for _, r := range asked(t, store, postgres.Question{
			View: "books_month", Columns: []string{"month", "closed", "debit", "credit"}, AsOf: workday.MustDate(day),
		}) {
			got = append(got, r["month"]+" "+r["closed"])
			if r["debit"] != r["credit"] {
				t.Errorf("%s: %v does not balance", day, r)
			}
		}
		if fmt.Sprint(got) != want {
			t.Errorf("%s: %v, want %s", day, got, want)
		}
	}
}
