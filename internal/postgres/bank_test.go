package postgres_test

import (
	"crypto/sha256"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"

	"github.com/jackc/pgx/v5"

	"lvyue/internal/money"
	"lvyue/internal/postgres"
	"lvyue/internal/refusal"
	"lvyue/internal/statement"
	"lvyue/internal/testkit"
	"lvyue/internal/workday"
)

const ours = "6222-0001"

// moved is a line of a statement: `5 2025-10-09 100.00 R1 payer | memo`.
func moved(t *testing.T, text string) statement.Line {
	t.Helper()
	var l statement.Line
	var on, amount string
	words, memo, _ := strings.Cut(text, "|")
	fields := strings.Fields(words)
	if _, err := fmt.Sscan(strings.Join(fields[:4], " "), &l.Number, &on, &amount, &l.Reference); err != nil {
		t.Fatal(err)
	}
	l.On, l.Amount = workday.MustDate(on), money.MustParse(amount)
	l.Payer, l.Memo = strings.Join(fields[4:], " "), strings.TrimSpace(memo)
	return l
}

// file is a statement with these lines; its name is in its hash, as if it were in the file.
func file(t *testing.T, name string, lines ...string) statement.Statement {
	t.Helper()
	s := statement.Statement{Name: name, SHA256: fmt.Sprintf("%x", sha256.Sum256([]byte(name+strings.Join(lines, "\n"))))}
	for _, text := range lines {
		s.Lines = append(s.Lines, moved(t, text))
	}
	return s
}

func imported(t *testing.T, store *postgres.Store, s statement.Statement) postgres.Import {
	t.Helper()
	done, err := store.ImportStatement(t.Context(), ours, s, "lin", true)
	if err != nil {
		t.Fatal(err)
	}
	return done
}

// told is how many lines of an import are new, known and confirmed.
func told(i postgres.Import) string {
	return fmt.Sprintf("%d new %d known %d confirmed", len(i.New), len(i.Known), len(i.Confirmed))
}

func wantTold(t *testing.T, i postgres.Import, want string) {
	t.Helper()
	if got := told(i); got != want {
		t.Errorf("the import has %s, want %s", got, want)
	}
}

// wantFaults wants a refused statement with these wrong fields: `amount@3 date@5`.
func wantFaults(t *testing.T, err error, want string) {
	t.Helper()
	wantCode(t, err, "bad_statement")
	no, _ := refusal.As(err)
	var got []string
	if no != nil {
		for _, f := range no.Fields {
			got = append(got, fmt.Sprintf("%s@%d", f.Path, f.Line))
		}
	}
	if strings.Join(got, " ") != want {
		t.Errorf("wrong are %v, want %s", got, want)
	}
}

// sound wants every invariant of the books to hold.
func sound(t *testing.T, store *postgres.Store) {
	t.Helper()
	_, found, err := store.Audit(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range found {
		t.Errorf("%s does not hold: %s %v", f.Invariant, f.Sentence.EN, f.Rows)
	}
}

// balance is the sum of an account: of one contract, or of none for "".
func balance(t *testing.T, store *postgres.Store, account, contract string) string {
	t.Helper()
	return ask[string](t, store, `SELECT coalesce(sum(amount), 0)::numeric(18, 2)::text FROM ledger_entry
		WHERE account = $1 AND contract IS NOT DISTINCT FROM nullif($2, '')`, account, contract)
}

// rowsOf counts the rows of every table.
func rowsOf(t *testing.T, store *postgres.Store) map[string]int {
	t.Helper()
	c := superuser(t, store)
	rows, err := c.Query(t.Context(), "SELECT tablename FROM pg_tables WHERE schemaname = $1", store.Schema())
	if err != nil {
		t.Fatal(err)
	}
	tables, err := pgx.CollectRows(rows, pgx.RowTo[string])
	if err != nil {
		t.Fatal(err)
	}
	counts := map[string]int{}
	for _, table := range tables {
		counts[table] = ask[int](t, store, "SELECT count(*) FROM "+pgx.Identifier{table}.Sanitize())
	}
	return counts
}

func TestImport_EveryLineIsBookedOnTheBanksDay(t *testing.T) {
	t.Parallel()
	store := testkit.Postgres(t)
	done := imported(t, store, file(t, "october.csv", "2 2025-10-09 100.00 R1 甲方", "3 2025-10-10 -35.50 R2 某银行", "5 2025-10-11 0.01 R3"))
	wantTold(t, done, "3 new 0 known 0 confirmed")
	if !done.Committed || done.AlreadyImported || done.Lines != 3 || done.Account != ours || done.Name != "october.csv" {
		t.Errorf("the import is %+v", done)
	}
	for i, l := range done.New {
		lines := ask[int](t, store, "SELECT count(*) FROM bank_line WHERE id = $1 AND statement_line = $2 AND reference = $3 AND actor = 'lin'",
			l.IDs[0], l.Number, fmt.Sprint("R", i+1))
		if lines != 1 {
			t.Errorf("line %d is not bank line %v", l.Number, l.IDs)
		}
	}
	if bank, unapplied, out := balance(t, store, "1002", ""), balance(t, store, "2203", ""), balance(t, store, "1221", ""); bank != "64.51" || unapplied != "-100.01" || out != "35.50" {
		t.Errorf("the bank has %s, unapplied are %s, out went %s", bank, unapplied, out)
	}
	if on := ask[string](t, store, "SELECT effective_on::text FROM ledger_txn WHERE key = 'bank/'||$1||'/R2'", ours); on != "2025-10-10" {
		t.Errorf("R2 is booked on %s", on)
	}
	sound(t, store)
}

func TestImport_TheSameFileTwiceChangesNothingAndSaysSo(t *testing.T) {
	t.Parallel()
	store := testkit.Postgres(t)
	s := file(t, "october.csv", "2 2025-10-09 100.00 R1 甲方")
	imported(t, store, s)
	before := rowsOf(t, store)
	for _, commit := range []bool{true, false} {
		again, err := store.ImportStatement(t.Context(), " "+ours+" ", s, "wang", commit)
		if err != nil || !again.AlreadyImported {
			t.Errorf("again: %+v, %v", again, err)
		}
		wantTold(t, again, "0 new 0 known 0 confirmed")
	}
	_, err := store.ImportStatement(t.Context(), "another", s, "wang", true)
	wantFaults(t, err, "")
	if after := rowsOf(t, store); fmt.Sprint(after) != fmt.Sprint(before) {
		t.Errorf("rows were %v and are %v", before, after)
	}
	sound(t, store)
}

func TestImport_OverlappingFilesBringEachLineOnce(t *testing.T) {
	t.Parallel()
	store := testkit.Postgres(t)
	imported(t, store, file(t, "first.csv", "2 2025-10-09 100.00 R1 甲方", "3 2025-10-10 -35.50 R2 某银行"))
	second := imported(t, store, file(t, "second.csv", "2 2025-10-10 -35.50 R2 银行改名", "3 2025-10-11 7.00 R3"))
	wantTold(t, second, "1 new 1 known 0 confirmed")
	if second.Known[0].Reference != "R2" || second.New[0].Reference != "R3" {
		t.Errorf("the import is %+v", second)
	}
	if bank := balance(t, store, "1002", ""); bank != "71.50" {
		t.Errorf("the bank has %s", bank)
	}
	// The same reference on another account is another movement.
	other, err := store.ImportStatement(t.Context(), "other", file(t, "other.csv", "2 2025-10-09 100.00 R1 甲方"), "lin", true)
	if err != nil {
		t.Fatal(err)
	}
	wantTold(t, other, "1 new 0 known 0 confirmed")
	sound(t, store)
}

func TestImport_ALineThatContradictsTheBooksRefusesTheFileAndIsNamed(t *testing.T) {
	t.Parallel()
	store := testkit.Postgres(t)
	imported(t, store, file(t, "first.csv", "2 2025-10-09 100.00 R1 甲方", "3 2025-10-10 5.00 R2", "4 2025-10-10 6.00 R3"))
	before := rowsOf(t, store)
	wrong := file(t, "second.csv", "2 2025-10-09 7.00 R9", "3 2025-10-09 100.01 R1", "4 2025-10-11 5.00 R2", "6 2025-10-11 -6.00 R3", "7 2025-10-10 8.00 R8")
	for _, commit := range []bool{false, true} {
		done, err := store.ImportStatement(t.Context(), ours, wrong, "lin", commit)
		wantFaults(t, err, "amount@3 date@4 amount@6 date@6")
		if len(done.New) > 0 {
			t.Errorf("something was imported: %+v", done)
		}
	}
	if after := rowsOf(t, store); fmt.Sprint(after) != fmt.Sprint(before) {
		t.Errorf("rows were %v and are %v", before, after)
	}
	sound(t, store)
}

func TestImport_ADryRunWritesNothingAndSaysTheSame(t *testing.T) {
	t.Parallel()
	store := testkit.Postgres(t)
	desk := openDesk(t, store)
	desk.open("HT-1", "甲方科技有限公司", "100.00")
	desk.act(payment("typed", "HT-1", "R2"))
	imported(t, store, file(t, "first.csv", "2 2025-10-09 100.00 R1 甲方"))
	second := file(t, "second.csv", "2 2025-10-09 100.00 R1", "3 "+today(t, store)+" 1.00 R2", "4 2025-10-12 100.00 R4 甲方科技有限公司 | HT-1 首期")
	before := rowsOf(t, store)
	would, err := store.ImportStatement(t.Context(), ours, second, "lin", false)
	if err != nil {
		t.Fatal(err)
	}
	if after := rowsOf(t, store); fmt.Sprint(after) != fmt.Sprint(before) {
		t.Errorf("rows were %v and are %v", before, after)
	}
	wantTold(t, would, "1 new 1 known 1 confirmed")
	if would.Committed || len(would.New[0].IDs) != 0 || would.New[0].Suggestion != "HT-1" || len(would.Confirmed[0].IDs) != 1 {
		t.Errorf("the dry run gives %+v", would)
	}
	did := imported(t, store, second)
	if told(did) != told(would) || did.New[0].Suggestion != "HT-1" || len(did.New[0].IDs) != 1 {
		t.Errorf("the import gives %+v", did)
	}
	sound(t, store)
}

func TestImport_WhatPeopleEnteredIsConfirmed_AndNotBookedTwice(t *testing.T) {
	t.Parallel()
	store := testkit.Postgres(t)
	desk := openDesk(t, store)
	desk.open("HT-1", "甲方", "100.00")
	desk.open("HT-2", "乙方", "100.00")
	desk.pay("HT-1", "R1", "60.00", ours)
	desk.pay("HT-2", "R2", "7.00", "")
	desk.pay("HT-1", "R3", "9.00", "other")
	done := imported(t, store, file(t, "october.csv", "2 2025-10-09 60.00 R1", "3 2025-10-10 7.00 R2", "4 2025-10-10 9.00 R3"))
	wantTold(t, done, "1 new 0 known 2 confirmed") // R3 was entered for another account
	if bank := balance(t, store, "1002", ""); bank != "85.00" {
		t.Errorf("the bank has %s", bank)
	}
	if n := ask[int](t, store, "SELECT count(*) FROM bank_confirmation WHERE statement = $1", done.SHA256); n != 2 {
		t.Errorf("%d lines are confirmed", n)
	}
	again := imported(t, store, file(t, "again.csv", "2 2025-10-09 60.00 R1", "3 2025-10-10 7.00 R2"))
	wantTold(t, again, "0 new 2 known 0 confirmed")
	_, err := store.ImportStatement(t.Context(), ours, file(t, "wrong.csv", "2 2025-10-09 60.01 R1"), "lin", false)
	wantFaults(t, err, "amount@2")
	// What one account's statement has confirmed is another movement on another account.
	other, err := store.ImportStatement(t.Context(), "other", file(t, "other.csv", "2 2025-10-10 7.00 R2"), "lin", true)
	if err != nil {
		t.Fatal(err)
	}
	wantTold(t, other, "1 new 0 known 0 confirmed")
	sound(t, store)
}

func TestImport_OneTransferThatTwoContractsEnteredIsConfirmedByItsSum(t *testing.T) {
	t.Parallel()
	store := testkit.Postgres(t)
	desk := openDesk(t, store)
	for _, number := range []string{"HT-1", "HT-2", "HT-3"} {
		desk.open(number, "甲方"+number, "100.00")
	}
	desk.pay("HT-1", "R1", "60.00", ours)
	desk.pay("HT-2", "R1", "30.00", ours)
	_, err := store.ImportStatement(t.Context(), ours, file(t, "october.csv", "2 2025-10-09 100.00 R1"), "lin", true)
	wantFaults(t, err, "amount@2")
	if no, ok := refusal.As(err); !ok || !strings.Contains(no.Fields[0].EN, "90.00") || !strings.Contains(no.Fields[0].ZH, "90.00") {
		t.Errorf("the sum is not told: %v", err)
	}
	desk.pay("HT-3", "R1", "10.00", "")
	done := imported(t, store, file(t, "october.csv", "2 2025-10-09 100.00 R1"))
	wantTold(t, done, "0 new 0 known 1 confirmed")
	if bank := balance(t, store, "1002", ""); bank != "100.00" || len(done.Confirmed[0].IDs) != 3 {
		t.Errorf("the bank has %s; confirmed are %v", bank, done.Confirmed)
	}
	sound(t, store)
}

func TestImport_EnteredWithAnotherAmountIsRefusedWithItsLine(t *testing.T) {
	t.Parallel()
	store := testkit.Postgres(t)
	desk := openDesk(t, store)
	desk.open("HT-1", "甲方", "100.00")
	desk.pay("HT-1", "R1", "60.00", ours)
	desk.pay("HT-1", "R#HT-1#0", "3.00", "")
	_, err := store.ImportStatement(t.Context(), ours,
		file(t, "october.csv", "2 2025-10-09 1.00 R0", "3 2025-10-09 60.01 R1", "4 2025-10-09 -60.00 R#HT-1#0", "5 2025-10-09 5.00 R"), "lin", true)
	wantFaults(t, err, "amount@3 amount@4") // a bank's reference may look like a part of another
	sound(t, store)
}

func TestImport_InAClosedMonthALineIsBookedInTheFirstOpenOneAndKeepsItsDay(t *testing.T) {
	t.Parallel()
	store := testkit.Postgres(t)
	if err := asSuperuser(t, store, "INSERT INTO month_close (month, closed_by) VALUES ('2025-10-01', 'lin')"); err != nil {
		t.Fatal(err)
	}
	imported(t, store, file(t, "late.csv", "2 2025-10-31 100.00 R1", "3 2025-11-01 5.00 R2", "4 2025-11-02 -6.00 R3"))
	for reference, want := range map[string]string{"R1": "2025-10-31 2025-11-01", "R2": "2025-11-01 2025-11-01", "R3": "2025-11-02 2025-11-02"} {
		got := ask[string](t, store, `SELECT booked_on || ' ' || t.effective_on FROM bank_line AS l
			JOIN ledger_txn AS t ON t.key = 'bank/' || l.account || '/' || l.reference AND t.effective_on = l.effective_on
			WHERE l.reference = $1`, reference)
		if got != want {
			t.Errorf("%s has its day and is booked on %s, want %s", reference, got, want)
		}
	}
	sound(t, store)
}

func TestImport_TheAccountAndTheImporterAreRequired(t *testing.T) {
	t.Parallel()
	store := testkit.Postgres(t)
	for _, tt := range []struct{ account, by, wrong string }{
		{"", "", "account by"},
		{"  ", "lin", "account"},
		{ours, " ", "by"},
		{"62/22", "lin", "account"},
		{"62\n22", "lin", "account"},
		{strings.Repeat("账", 65), "lin", "account"},
		{strings.Repeat("账", 64), "lin", ""},
	} {
		_, err := store.ImportStatement(t.Context(), tt.account, file(t, "a.csv", "2 2025-10-09 1.00 R1"), tt.by, false)
		if tt.wrong == "" {
			if err != nil {
				t.Errorf("%q: %v", tt.account, err)
			}
			continue
		}
		wantCode(t, err, "bad_import")
		no, _ := refusal.As(err)
		var paths []string
		for _, f := range no.Fields {
			paths = append(paths, f.Path)
		}
		if strings.Join(paths, " ") != tt.wrong {
			t.Errorf("%q by %q: wrong are %v", tt.account, tt.by, paths)
		}
	}
}

func TestImport_OverlappingFilesAtOnceBringEachLineOnce(t *testing.T) {
	t.Parallel()
	store := testkit.Postgres(t)
	const files, lines = 8, 40
	var everyone sync.WaitGroup
	for f := range files {
		var all []string
		for l := range lines { // file f has the lines f*10 to f*10+39, every second file backwards
			all = append(all, fmt.Sprintf("%d 2025-10-09 1.00 R%d", l+2, f*10+l))
		}
		if f%2 == 1 {
			slices.Reverse(all)
		}
		s := file(t, fmt.Sprint(f, ".csv"), all...)
		desk := testkit.Open(t, store.Schema()) // every one a process of its own
		for range 2 {
			everyone.Go(func() {
				if _, err := desk.ImportStatement(t.Context(), ours, s, "lin", true); err != nil {
					t.Error(err)
				}
			})
		}
	}
	everyone.Wait()
	if bank, n := balance(t, store, "1002", ""), ask[int](t, store, "SELECT count(*) FROM bank_line"); bank != "110.00" || n != 110 {
		t.Errorf("the bank has %s in %d lines", bank, n)
	}
	sound(t, store)
}

func TestImport_BesidePeopleWhoEnterTheSameMoneyItIsBookedOnce(t *testing.T) {
	t.Parallel()
	store := testkit.Postgres(t)
	const contracts = 10
	desk := openDesk(t, store)
	var lines []string
	for i := range contracts {
		desk.open(fmt.Sprint("HT-", i), fmt.Sprint("甲方", i), "100.00")
		lines = append(lines, fmt.Sprintf("%d %s 1.00 R%d", i+2, today(t, store), i))
	}
	var everyone sync.WaitGroup
	for i := range contracts {
		clerk := openDesk(t, testkit.Open(t, store.Schema()))
		clerk.contracts = desk.contracts
		everyone.Go(func() { clerk.pay(fmt.Sprint("HT-", i), fmt.Sprint("R", i), "1.00", []string{"", ours}[i%2]) })
	}
	for f := range 3 {
		importer, s := testkit.Open(t, store.Schema()), file(t, fmt.Sprint(f, ".csv"), lines...)
		everyone.Go(func() {
			if _, err := importer.ImportStatement(t.Context(), ours, s, "lin", true); err != nil {
				t.Error(err)
			}
		})
	}
	everyone.Wait()
	if bank := balance(t, store, "1002", ""); bank != "10.00" {
		t.Errorf("the bank has %s", bank)
	}
	if n := ask[int](t, store, "SELECT count(*) FROM bank_line"); n != contracts {
		t.Errorf("%d lines", n)
	}
	sound(t, store)
}

func TestSureCredits_SuggestOnlyWhatIsSure(t *testing.T) {
	t.Parallel()
	store := testkit.Postgres(t)
	desk := openDesk(t, store)
	for _, c := range []struct{ number, customer, fee string }{
		{"HT-1", "甲方（中国）有限公司", "100.00"},
		{"HT-2", "乙方有限公司", "200.00"},
		{"HT-3", "乙方有限公司", "300.00"},
		{"HT-22", "丙方有限公司", "22.00"},
		{"HT-5", "丁方有限公司", "50.00"},
		{"HT-6", "戊方有限公司", "60.00"},
		{"HT-7", "己方有限公司", "70.00"},
	} {
		desk.open(c.number, c.customer, c.fee)
	}
	desk.end("HT-6")
	for _, tt := range []struct{ line, contract string }{
		{"100.00 A1 甲方(中国)有限公司", "HT-1"},          // alone, the amount of its invoice; brackets are written either way
		{"100.00 A2 甲方(中国)有限公司", ""},              // a second one like it
		{"100.01 A3 甲方(中国)有限公司", ""},              // not the amount of any invoice
		{"99.00 A4 甲方(中国)有限公司 | HT-1 首期", "HT-1"}, // named
		{"1.00 A5 甲方（中国）有限公司 | 合同ＨＴ－１，尾款", "HT-1"},
		{"100.00 A6 另一公司 | HT-1", ""}, // another payer
		{"200.00 B1 乙方有限公司", ""},      // two contracts
		{"200.00 B2 乙方有限公司 | HT-2", "HT-2"},
		{"500.00 B3 乙方有限公司 | HT-2、HT-3", ""}, // two are named
		{"200.00 B4 乙方有限公司 | HT-22", ""},     // another customer's is named
		{"200.00 B5 乙方有限公司 | HT-222", ""},
		{"200.00 B6 乙方有限公司 | HT-22 HT-2", ""},
		{"22.00 C1 丙方有限公司 | HT-5", ""},
		{"22.00 C2 丙方 有限公司 | (HT-22)", "HT-22"},
		{"60.00 D1 戊方有限公司 | HT-6", ""},  // its data is destroyed
		{"-50.00 E1 丁方有限公司 | HT-5", ""}, // money out
		{"50.00 E2", ""},
	} {
		s := file(t, tt.line, "2 2025-10-09 "+tt.line)
		would, err := store.ImportStatement(t.Context(), ours, s, "lin", false)
		if err != nil {
			t.Fatal(err)
		}
		want := tt.contract
		if strings.Contains(tt.line, "A2") { // alone in its file it would be sure
			want = "HT-1"
		}
		if got := would.New[0].Suggestion; got != want {
			t.Errorf("%s is suggested for %q, want %q", tt.line, got, want)
		}
		imported(t, store, s)
	}
	sure := func() string {
		t.Helper()
		credits, err := store.SureCredits(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		var got []string
		for _, c := range credits {
			got = append(got, c.Reference+":"+c.Contract)
		}
		return strings.Join(got, " ")
	}
	if got := sure(); got != "A1:HT-1 A4:HT-1 A5:HT-1 B2:HT-2 C2:HT-22" {
		t.Errorf("sure are %s", got)
	}
	// Money under way to the contract may pay the invoice, and what was matched once is a person's affair.
	desk.match("A4", "HT-1", "")
	if got := sure(); got != "A5:HT-1 B2:HT-2 C2:HT-22" {
		t.Errorf("sure are %s", got)
	}
	desk.refuse(desk.match("B2", "HT-2", "").ID)
	if got := sure(); got != "A5:HT-1 C2:HT-22" {
		t.Errorf("sure are %s", got)
	}
}

func TestImport_ALongFileIsOneStep(t *testing.T) {
	t.Parallel()
	store := testkit.Postgres(t)
	const many = 20_000
	s := statement.Statement{Name: "year.csv", SHA256: strings.Repeat("a", 64)}
	for i := range many {
		s.Lines = append(s.Lines, statement.Line{
			Number: i + 2, On: workday.MustDate("2025-01-01").AddDays(i % 300), Amount: money.MustParse(strconv.Itoa(i%1000 + 1)),
			Reference: fmt.Sprint("R", i), Payer: fmt.Sprintf("客户%d有限公司", i%500), Memo: fmt.Sprintf("合同 HT-%d 服务费", i%500),
		})
	}
	wantTold(t, imported(t, store, s), "20000 new 0 known 0 confirmed")
	s.SHA256 = strings.Repeat("b", 64)
	wantTold(t, imported(t, store, s), "0 new 20000 known 0 confirmed")
	if n := ask[int](t, store, "SELECT count(*) FROM ledger_entry"); n != 2*many {
		t.Errorf("%d entries", n)
	}
}
