package cli_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/jedib0t/go-pretty/v6/text"
	"github.com/xuri/excelize/v2"

	"lvyue/internal/cli"
	"lvyue/internal/money"
	"lvyue/internal/postgres"
	"lvyue/internal/testkit"
)

// reply is the document of a question.
type reply struct {
	Question string            `json:"question"`
	AsOf     *string           `json:"as_of"`
	KnownAt  *string           `json:"known_at"`
	Rows     []map[string]any  `json:"rows"`
	Totals   map[string]string `json:"totals"`

	columns []string // in the order in which the rows have them
}

func replyTo(t *testing.T, ask asker, command string) reply {
	t.Helper()
	out, complaint, status := ask(append([]string{"books", "--json"}, strings.Fields(command)...)...)
	var r reply
	decoder := json.NewDecoder(strings.NewReader(out))
	if err := decoder.Decode(&r); err != nil || status != 0 || decoder.More() {
		t.Fatalf("%s: status %d, %s, %v in %s", command, status, complaint, err, out)
	}
	if len(r.Rows) > 0 {
		r.columns = keys(t, out)
	}
	return r
}

// keys are the keys of the first row, in their order.
func keys(t *testing.T, out string) []string {
	t.Helper()
	_, row, _ := strings.Cut(out, `"rows":[`)
	decoder := json.NewDecoder(strings.NewReader(row))
	var all []string
	for {
		token, err := decoder.Token()
		if err != nil {
			t.Fatal(err)
		}
		switch token {
		case json.Delim('{'):
			continue
		case json.Delim('}'):
			return all
		}
		all = append(all, token.(string))
		if _, err := decoder.Token(); err != nil {
			t.Fatal(err)
		}
	}
}

// commands are all questions, as one asks them.
var commands = []string{
	"receivables", "receivables --aging", "statement HT-2025-001", "statement HT-2025-002", "invoices", "invoices HT-2025-001",
	"invoice INV-2025-000001", "unapplied", "lines", "refunds", "refunds HT-2025-002", "fapiao", "trial-balance", "ledger 1122",
	"ledger 2203", "revenue", "revenue HT-2025-001", "months", "renewals --months 12", "liability", "liability HT-2025-001",
	"claims", "audits",
}

// TestBooks_Questions asks the same books everything.
func TestBooks_Questions(t *testing.T) {
	t.Parallel()
	store, ask := books(t)
	for promise, kept := range map[string]func(*testing.T, asker){
		"each question answers in both forms":      answersInBothForms,
		"totals tie to the trial balance":          totalsTie,
		"they say what finance asked":              saysWhatFinanceAsked,
		"known at a day is known at its end":       knownAtTheEndOfADay,
		"sheets hold the numbers of the documents": sheetsHoldTheNumbers,
		"an invoice is drawn":                      anInvoiceIsDrawn,
		"they fit the terminal":                    func(t *testing.T, _ asker) { fitsTheTerminal(t, store) },
	} {
		t.Run(promise, func(t *testing.T) {
			t.Parallel()
			kept(t, ask)
		})
	}
}

func answersInBothForms(t *testing.T, ask asker) {
	t.Helper()
	empty := map[string]bool{"fapiao": true, "refunds HT-2025-002": true, "audits": true}
	for _, command := range commands {
		r := replyTo(t, ask, command+" --as-of 2025-12-31")
		if name := strings.Fields(command)[0]; r.Question != name || r.AsOf == nil || *r.AsOf != "2025-12-31" || r.KnownAt != nil {
			t.Errorf("%s: %+v", command, r)
		}
		if (len(r.Rows) == 0) != empty[command] {
			t.Errorf("%s has %d rows", command, len(r.Rows))
		}
		for _, lang := range []string{"zh", "en"} {
			out, complaint, status := ask(append([]string{"books", "--lang", lang}, strings.Fields(command)...)...)
			if status != 0 || complaint != "" || strings.Contains(out, "✗") {
				t.Errorf("%s: status %d, %s\n%s", command, status, complaint, out)
			}
		}
	}
}

// What a question sums up is what the trial balance says, on every day, with whatever was known.
func totalsTie(t *testing.T, ask asker) {
	t.Helper()
	lines := replyTo(t, ask, "ledger 1122").Rows
	known := " --known-at " + lines[len(lines)/2]["recorded_at"].(string)
	for _, day := range []string{"2025-09-25", "2025-10-09", "2025-10-10", "2025-10-31", "2025-12-31"} {
		for _, at := range []string{"", known} {
			when := " --as-of " + day + at
			balance := map[string]money.CNY{}
			trial := replyTo(t, ask, "trial-balance"+when)
			for _, row := range trial.Rows {
				balance[row["account"].(string)] = money.MustParse(row["balance"].(string))
			}
			if trial.Totals["debit"] != trial.Totals["credit"] || trial.Totals["balance"] != "0.00" {
				t.Errorf("%s: the trial balance sums to %v", when, trial.Totals)
			}
			for _, tie := range []struct {
				question, column string
				want             money.CNY
			}{
				{"receivables", "open", balance["1122"]},
				{"receivables --aging", "total", balance["1122"]},
				{"invoices", "open", balance["1122"]},
				{"unapplied", "unapplied", balance["2203"].Neg()},
				{"lines", "amount", balance["1002"]},
				{"revenue", "recognised", balance["6001"].Neg()},
				{"revenue", "deferred", balance["2205"].Neg()},
				{"months", "revenue", balance["6001"].Neg()},
				{"months", "vat", balance["2221"].Neg()},
			} {
				if got := replyTo(t, ask, tie.question+when).Totals[tie.column]; got != tie.want.String() {
					t.Errorf("%s%s: %s is %s, want %s", tie.question, when, tie.column, got, tie.want)
				}
			}
		}
	}
}

func saysWhatFinanceAsked(t *testing.T, ask asker) {
	t.Helper()
	for _, tt := range []struct{ command, columns, want string }{
		{"receivables --as-of 2025-12-31", "contract due_on open days_late bucket", "HT-2025-002 2025-10-22 100000.00 70 61-90"},
		{"receivables --as-of 2025-10-22", "contract open days_late working_days_late bucket", "HT-2025-002 100000.00 0 0 not-due"},
		{"receivables --as-of 2025-10-23", "contract open days_late working_days_late bucket", "HT-2025-002 100000.00 1 1 1-30"},
		{"receivables --aging --as-of 2025-12-31", "contract d61_90 total", "HT-2025-002 100000.00 100000.00"},
		{
			"unapplied --as-of 2025-12-31", "what contract reference unapplied suggested why",
			"line <nil> ABC-8 100000.00 HT-2025-002 number-amount; payment HT-2025-001 ICBC-002 5000.00 <nil> <nil>",
		},
		{"refunds", "contract id amount state owed approved_by", "HT-2025-001 refund/1 1500.00 payable 1500.00 wang"},
		{"liability HT-2025-001", "cap claimed payable paid remaining", "120000.00 30000.00 12000.00 0.00 108000.00"},
		{"renewals --as-of 2026-07-12", "contract", "HT-2025-001"},
		{"renewals --as-of 2026-07-11", "contract", ""},
		{"renewals --as-of 2026-07-12 --months 2", "contract", ""},
		{"renewals --as-of 2026-10-31 --months 0", "contract last verdict ceiling", "HT-2025-001 2026-10-12 may-not-rise 120000.00"},
		{
			"revenue HT-2025-001 --as-of 2025-10-31", "month planned recognised",
			revenueOf("2025-10-01 5893.00 5893.00", "2025-11-01 9304.73 0.00"),
		},
		{"statement HT-2025-001", "effective_on document number about debit credit applied balance", strings.Join([]string{
			"2025-09-26 invoice INV-2025-000001 <nil> 120000.00 0.00 0.00 120000.00",
			"2025-10-09 payment ICBC-001 <nil> 0.00 100000.00 0.00 20000.00",
			"2025-10-09 allocation ICBC-001 INV-2025-000001 0.00 0.00 100000.00 20000.00",
			"2025-10-10 payment ICBC-002 <nil> 0.00 26500.00 0.00 -6500.00",
			"2025-10-10 allocation ICBC-002 INV-2025-000001 0.00 0.00 20000.00 -6500.00",
			"2025-11-04 allocation ICBC-002 refund/1 0.00 0.00 1500.00 -6500.00",
			"2025-12-08 compensation claim/1 <nil> 0.00 12000.00 0.00 -18500.00",
		}, "; ")},
	} {
		var rows []string
		for i, row := range replyTo(t, ask, tt.command).Rows {
			if strings.HasPrefix(tt.command, "revenue") && i > 1 {
				break
			}
			var cells []string
			for name := range strings.FieldsSeq(tt.columns) {
				cells = append(cells, fmt.Sprint(row[name]))
			}
			rows = append(rows, strings.Join(cells, " "))
		}
		if got := strings.Join(rows, "; "); got != tt.want {
			t.Errorf("%s\n got %s\nwant %s", tt.command, got, tt.want)
		}
	}
}

func revenueOf(months ...string) string { return strings.Join(months, "; ") }

// What was written down later is not in an answer about what was known before.
func knownAtTheEndOfADay(t *testing.T, ask asker) {
	t.Helper()
	for day, rows := range map[string]int{"2025-01-01": 0, "2999-12-31": 1} {
		r := replyTo(t, ask, "receivables --known-at "+day)
		if len(r.Rows) != rows || *r.KnownAt != day+"T23:59:59.999999+08:00" {
			t.Errorf("known at %s: %d rows at %s", day, len(r.Rows), *r.KnownAt)
		}
	}
}

func TestBooks_RefuseWhatIsNotThere(t *testing.T) {
	t.Parallel()
	ask := asking(t, testkit.Postgres(t))
	for command, want := range map[string]string{
		"statement HT-NONE":                       "3 unknown_contract",
		"invoices HT-NONE":                        "3 unknown_contract",
		"revenue HT-NONE":                         "3 unknown_contract",
		"liability HT-NONE":                       "3 unknown_contract",
		"fapiao HT-NONE":                          "3 unknown_contract",
		"invoice INV-2025-000001":                 "3 unknown_invoice",
		"ledger 9999":                             "2 unknown_account",
		"statement":                               "2 usage",
		"statement HT_1":                          "2 bad_number",
		"ledger":                                  "2 usage",
		"lines HT-2025-001":                       "2 usage",
		"lines --as-of 2025-02-30":                "2 impossible_date",
		"lines --known-at yesterday":              "2 bad_instant",
		"lines --as-of x --known-at 2025-01-01T8": "2 bad_input",
		"renewals --months -1":                    "2 bad_count",
		"lines --xlsx /nowhere/at/all.xlsx":       "2 bad_file",
	} {
		out, _, status := ask(append([]string{"books", "--json"}, strings.Fields(command)...)...)
		if got := fmt.Sprint(status, " ", refused(t, out)); got != want {
			t.Errorf("%s: %s, want %s", command, got, want)
		}
	}
}

func sheetsHoldTheNumbers(t *testing.T, ask asker) {
	t.Helper()
	for i, command := range commands {
		file := filepath.Join(t.TempDir(), fmt.Sprintf("%d.xlsx", i))
		r := replyTo(t, ask, command+" --xlsx "+file)
		book, err := excelize.OpenFile(file)
		if err != nil {
			t.Fatalf("%s: %v", command, err)
		}
		lines, err := book.GetRows(book.GetSheetName(0), excelize.Options{RawCellValue: true})
		if err != nil {
			t.Fatal(err)
		}
		want := len(r.Rows) + 2 // a title and a header
		if len(r.Totals) > 0 {
			want++
		}
		if len(lines) != want {
			t.Errorf("%s: %d lines, want %d", command, len(lines), want)
		}
		sameAmounts(t, command, lines[2:], r)
		if err := book.Close(); err != nil {
			t.Error(err)
		}
		if left, _ := filepath.Glob(filepath.Join(filepath.Dir(file), ".*")); len(left) > 0 {
			t.Errorf("%s left %v behind", command, left)
		}
	}
}

var figures = regexp.MustCompile(`^-?[0-9]+\.[0-9]{2}$`)

// sameAmounts compares every amount of the document with the cell in its place, and the sums with the last line.
func sameAmounts(t *testing.T, command string, lines [][]string, r reply) {
	t.Helper()
	for i, row := range r.Rows {
		for n, name := range r.columns {
			amount, is := row[name].(string)
			if !is || !figures.MatchString(amount) || name == "vat_rate" {
				continue
			}
			if n >= len(lines[i]) || !money.MustParse(lines[i][n]).Equal(money.MustParse(amount)) {
				t.Errorf("%s: row %d has %s %s, the sheet %v", command, i, name, amount, lines[i])
			}
		}
	}
	for n, name := range r.columns {
		if sum, is := r.Totals[name]; is && !money.MustParse(lines[len(r.Rows)][n]).Equal(money.MustParse(sum)) {
			t.Errorf("%s: the sum of %s is %s, the sheet has %v", command, name, sum, lines[len(r.Rows)])
		}
	}
}

func TestBooks_AFileThatCannotBeWrittenLeavesTheOldOne(t *testing.T) {
	t.Parallel()
	ask := asking(t, testkit.Postgres(t))
	file := filepath.Join(t.TempDir(), "ledger.xlsx")
	if err := os.WriteFile(file, []byte("old"), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, _, status := ask("books", "statement", "HT-NONE", "--xlsx", file); status != 3 {
		t.Errorf("status %d", status)
	}
	if old, err := os.ReadFile(file); err != nil || string(old) != "old" {
		t.Errorf("the file has %q (%v)", old, err)
	}
}

func anInvoiceIsDrawn(t *testing.T, ask asker) {
	t.Helper()
	file := filepath.Join(t.TempDir(), "invoice.html")
	out, complaint, status := ask("books", "invoice", "INV-2025-000002", "--html", file)
	page, err := os.ReadFile(file)
	if err != nil || status != 0 {
		t.Fatalf("status %d, %s %v", status, complaint, err)
	}
	for _, want := range []string{"INV-2025-000002", "HT-2025-002", "近水商贸有限公司", "壹拾贰万元整", "120,000.00", "20,000.00", "100,000.00", "6%", "2025年10月22日"} {
		if !bytes.Contains(page, []byte(want)) {
			t.Errorf("the page lacks %s", want)
		}
	}
	if !strings.Contains(out, file) {
		t.Errorf("got %s", out)
	}
}

func TestBooks_AuditShowsWhatDoesNotHold(t *testing.T) {
	t.Parallel()
	store := testkit.Spoiled(t)
	ask := asking(t, store)
	out, _, status := ask("books", "audit", "--lang", "en")
	if status != 0 || !strings.Contains(out, "checks hold") {
		t.Errorf("status %d: %s", status, out)
	}
	signedContract(t, store, "HT-2025-001", "远山商贸有限公司", "2025-09-26").pays("R1", "1.00", "2025-10-09")
	spoil(t, store, "DELETE FROM receipt")
	out, complaint, status := ask("books", "audit", "--json")
	var d struct {
		Checked int `json:"checked"`
		Failed  []struct {
			Invariant string           `json:"invariant"`
			Rows      []map[string]any `json:"rows"`
		} `json:"failed"`
		Error struct {
			Code string `json:"code"`
		} `json:"error"`
	}
	decoder := json.NewDecoder(strings.NewReader(out))
	if err := decoder.Decode(&d); err != nil || decoder.More() {
		t.Fatalf("%v in %s", err, out)
	}
	if balance, _, _ := ask("books", "trial-balance", "--lang", "en"); strings.Contains(balance, "⚠") {
		t.Errorf("a warning before the night: %s", balance)
	}
	if _, err := store.NightlyAudit(t.Context()); err != nil {
		t.Fatal(err)
	}
	warning := fmt.Sprintf("found %d checks broken", len(d.Failed))
	if balance, _, _ := ask("books", "trial-balance", "--lang", "en"); !strings.Contains(balance, "⚠ the nightly audit of ") || !strings.Contains(balance, warning) {
		t.Errorf("no warning that %s: %s", warning, balance)
	}
	if status != 3 || d.Error.Code != "audit_failed" || d.Checked == 0 || len(d.Failed) == 0 || len(d.Failed[0].Rows) == 0 ||
		!strings.HasPrefix(complaint, "error: ") {
		t.Errorf("status %d, %+v, %s", status, d, complaint)
	}
	out, _, status = ask("books", "audit", "--lang", "zh")
	if status != 3 || !strings.Contains(out, d.Failed[0].Invariant) || !strings.Contains(out, "HT-2025-001") {
		t.Errorf("status %d: %s", status, out)
	}
}

// On a terminal no line is longer than the terminal is wide, as far as words and amounts leave a choice.
func fitsTheTerminal(t *testing.T, store *postgres.Store) {
	t.Helper()
	for _, columns := range []int{80, 120} {
		for _, lang := range []string{"zh", "en"} {
			for _, command := range commands {
				var out, complaint bytes.Buffer
				args := append([]string{"books", "--lang", lang}, strings.Fields(command)...)
				status := cli.Run(t.Context(), args, cli.Program{
					Out: &out, Err: &complaint, Env: environmentOf(t, store), Dir: t.TempDir(), Terminal: true, Columns: columns,
				})
				if status != 0 {
					t.Errorf("%s: %s", command, complaint.String())
				}
				for line := range strings.Lines(out.String()) {
					if width := text.StringWidthWithoutEscSequences(strings.TrimRight(line, "\n")); width > columns {
						t.Errorf("%s in %d columns (%s): %d wide\n%s", command, columns, lang, width, out.String())
						break
					}
				}
			}
		}
	}
}
