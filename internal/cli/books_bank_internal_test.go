package cli

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/spf13/cobra"
	"go.temporal.io/api/serviceerror"
	"go.temporal.io/sdk/client"

	"lvyue/internal/config"
	"lvyue/internal/contract"
	"lvyue/internal/ledger"
	"lvyue/internal/message"
	"lvyue/internal/money"
	"lvyue/internal/postgres"
	"lvyue/internal/refusal"
	"lvyue/internal/testkit"
	"lvyue/internal/workday"
)

// bank is a finance department: books, and an engine that answers acts about money as the contracts do.
type bank struct {
	client.Client

	t     *testing.T
	store *postgres.Store

	sync.Mutex

	away  bool
	money map[string]*message.Money
	steps int
}

func openBank(t *testing.T) *bank {
	t.Helper()
	b := &bank{t: t, store: testkit.Postgres(t), money: map[string]*message.Money{}}
	b.open("HT-1", "甲方有限公司")
	b.open("HT-2", "乙方有限公司")
	return b
}

// open registers a contract whose customer owes a fee of 100.00.
func (b *bank) open(number, customer string) {
	b.t.Helper()
	data, err := os.ReadFile("../../examples/first-contract/first-contract.yaml")
	if err != nil {
		b.t.Fatal(err)
	}
	form, err := contract.ParseForm(data)
	if err != nil {
		b.t.Fatal(err)
	}
	form.Number, form.Customer.Name = number, customer
	if err := b.store.RegisterForm(b.t.Context(), form); err != nil {
		b.t.Fatal(err)
	}
	fee := money.MustParse("100.00")
	b.money[number] = &message.Money{Buyer: customer, Seller: "乙方", Charges: []message.Charge{{
		Obligation: "first-payment", Kind: message.AnnualFee, Year: 1, Amount: fee, DueOn: workday.MustDate("2025-10-10"),
	}}}
	b.record(message.Act{Contract: number}, nil, message.Changed{})
}

// UpdateWorkflow answers an act.
func (b *bank) UpdateWorkflow(_ context.Context, o client.UpdateWorkflowOptions) (client.WorkflowUpdateHandle, error) {
	b.Lock()
	defer b.Unlock()
	if b.away {
		return nil, serviceerror.NewUnavailable("away")
	}
	act, _ := o.Args[0].(message.Act)
	m := b.money[act.Contract]
	no, changed := judge(m, act)
	answer := message.Answer{Text: refusal.Text{ZH: "好", EN: "done"}, Refusal: no}
	if no != nil {
		answer.Text = no.Text
		_, err := b.store.Answer(b.t.Context(), act.ID, answer)
		return handle{answer: answer}, err
	}
	b.record(act, &answer, changed)
	return handle{answer: answer}, nil
}

func judge(m *message.Money, act message.Act) (*refusal.Refusal, message.Changed) {
	var paid message.Payment
	var back message.Return
	_, _ = json.Unmarshal(act.Body, &paid), json.Unmarshal(act.Body, &back)
	switch act.Name {
	case message.Pay:
		if no := ledger.RefuseReceipt(m.Receipts, act.ReceivedAt, paid); no != nil {
			return no, message.Changed{}
		}
		r := ledger.NewReceipt(act.ReceivedAt, paid)
		if i := indexOf(m, r.Reference); i >= 0 { // it comes back
			m.Receipts = slices.Clone(m.Receipts)
			m.Receipts[i] = r
			return nil, message.Changed{ReceiptChange: &r}
		}
		m.Receipts = append(m.Receipts, r)
		return nil, message.Changed{Receipt: &r}
	case message.MoveReceipt, message.Reverse:
		if no := ledger.RefuseReturn(m.Receipts, act.ReceivedAt, back); no != nil {
			return no, message.Changed{}
		}
		why := message.Reversed
		if act.Name == message.MoveReceipt {
			why = message.Moved
		}
		gone := ledger.NewGone(act.ReceivedAt, act.Actor.Who, back, why)
		m.Receipts = slices.Clone(m.Receipts)
		i := indexOf(m, back.Reference)
		m.Receipts[i].Gone = &gone
		r := m.Receipts[i]
		return nil, message.Changed{ReceiptChange: &r}
	default: // kept back or applied again
		held := act.Name == message.Unapply
		if no := ledger.RefuseKeeping(m.Receipts, back.Reference, !held); no != nil {
			return no, message.Changed{}
		}
		m.Receipts = slices.Clone(m.Receipts)
		i := indexOf(m, back.Reference)
		m.Receipts[i].Held = held
		r := m.Receipts[i]
		return nil, message.Changed{ReceiptChange: &r}
	}
}

func indexOf(m *message.Money, reference string) int {
	return slices.IndexFunc(m.Receipts, func(r message.Receipt) bool { return r.Reference == reference })
}

func (b *bank) record(act message.Act, answer *message.Answer, changed message.Changed) {
	b.t.Helper()
	m := b.money[act.Contract]
	m.Applied = ledger.Spread([]string{"first-payment"}, []ledger.Claim{{Amount: m.Charges[0].Amount}}, ledger.Counting(m.Receipts))
	now, at := *m, act.ReceivedAt
	if at.IsZero() {
		at = workday.MustDate("2025-09-26").Start()
	}
	received, unapplied := ledger.Received(m.Receipts), ledger.Received(m.Receipts)
	for _, applied := range m.Applied {
		unapplied = unapplied.Sub(applied.Amount)
	}
	row := message.ContractRow{
		Number: act.Contract, Customer: m.Buyer, Provider: m.Seller, AccountManager: "chen", Language: "zh",
		Phase: message.AwaitingPayment, Fee: m.Charges[0].Amount, Received: received, Unapplied: unapplied,
	}
	b.steps++
	err := b.store.Record(b.t.Context(), message.Record{Contract: act.Contract, ActID: act.ID, Answer: answer, Events: []message.Event{
		{Key: fmt.Sprint(b.steps, " what"), At: at, What: "told", Changed: changed},
		{Key: fmt.Sprint(b.steps, " row"), At: at, What: "contract", Changed: message.Changed{Contract: &row}},
		{Key: fmt.Sprint(b.steps, " money"), At: at, What: "money", Actor: act.Actor, Changed: message.Changed{Money: &now}},
	}})
	if err != nil {
		b.t.Error(err)
	}
}

// noSetting is an environment without variables.
type noSetting struct{}

func (noSetting) LookupEnv(string) (string, bool) { return "", false }
func (noSetting) Environ() []string               { return nil }

// handle is the answer to an update.
type handle struct {
	client.WorkflowUpdateHandle

	answer message.Answer
}

// Get gives the answer.
func (h handle) Get(_ context.Context, to any) error {
	*to.(*message.Answer) = h.answer
	return nil
}

// starter runs one command of finance.
func (b *bank) starter(line string) (out, complaint string, status int) {
	b.t.Helper()
	var stdout, stderr bytes.Buffer
	args := strings.Fields(line)
	s := newSession(Program{Out: &stdout, Err: &stderr, Env: noSetting{}}, args)
	s.store, s.client, s.loaded = b.store, b, &config.Config{}
	if err := bankRoot(s, args).ExecuteContext(b.t.Context()); err != nil {
		status = s.report(err)
	}
	return stdout.String(), stderr.String(), status
}

// bankRoot is the root with the commands of this part of finance alone.
func bankRoot(s *session, args []string) *cobra.Command {
	root := rootCommand(s)
	for _, c := range root.Commands() {
		if c.Name() == "books" {
			root.RemoveCommand(c)
		}
	}
	books := &cobra.Command{Use: "books"}
	books.AddCommand(bankActs(s)...)
	root.AddCommand(books)
	root.SetArgs(args)
	return root
}

// does runs a command that must succeed, and decodes its document.
func does[T any](b *bank, line string) T {
	b.t.Helper()
	out, complaint, status := b.starter(line + " --json")
	var document T
	if err := json.Unmarshal([]byte(out), &document); err != nil || status != 0 {
		b.t.Fatalf("%s: status %d, %s%s (%v)", line, status, out, complaint, err)
	}
	return document
}

// refuses runs a command that must fail, and gives the code and the wrong fields.
func (b *bank) refuses(line string) string {
	b.t.Helper()
	out, _, status := b.starter(line + " --json")
	var document errorDocument
	if err := json.Unmarshal([]byte(out), &document); err != nil || status == 0 {
		b.t.Fatalf("%s: status %d, %s (%v)", line, status, out, err)
	}
	told := []string{strconv.Itoa(status), document.Error.Code}
	for _, f := range document.Error.Fields {
		told = append(told, f.Path)
		if f.Line > 0 {
			told[len(told)-1] += fmt.Sprintf("@%d", f.Line)
		}
	}
	return strings.Join(told, " ")
}

// statement is a file with these lines below the header.
func (b *bank) statement(lines ...string) string {
	b.t.Helper()
	name := filepath.Join(b.t.TempDir(), "october.csv")
	text := "交易日期,交易金额,流水号,对方户名,对方账号,摘要\n" + strings.Join(lines, "\n") + "\n"
	if err := os.WriteFile(name, []byte(text), 0o600); err != nil {
		b.t.Fatal(err)
	}
	return name
}

// imports writes a statement into the books and gives its bank lines by their references.
func (b *bank) imports(lines ...string) map[string]int64 {
	b.t.Helper()
	d := does[statementDocument](b, "books import "+b.statement(lines...)+" --account 6222 --by lin --commit")
	ids := map[string]int64{}
	for _, l := range d.New {
		ids[l.Reference] = l.BankLines[0]
	}
	return ids
}

func TestBooksImport_ADryRunShowsWhatWouldHappenAndHowToDoIt(t *testing.T) {
	t.Parallel()
	b := openBank(t)
	does[actDocument](b, "pay HT-1 --amount 5 --reference R3 --account 6222")
	name := b.statement("2025-10-09,100.00,R1,乙方有限公司,62,首期", "2025-10-10,-35.50,R2,某银行,,手续费", "2025-10-10,5.00,R3,,,")
	command := "books import " + name + " --account 6222 --by lin"
	d := does[statementDocument](b, command)
	if d.Committed || d.Lines != 3 || d.Counts != (statementCounts{New: 2, Confirmed: 1}) || d.New[0].Suggestion != "HT-2" || d.New[0].Line != 2 ||
		d.File != "october.csv" || len(d.Confirmed[0].BankLines) != 1 || len(d.New[0].BankLines) != 0 || len(d.Known) != 0 {
		t.Errorf("the dry run says %+v", d)
	}
	for lang, want := range map[string][]string{
		"en": {"A dry run: nothing was written", "2 new, 0 known, 1 confirm", "HT-2", "-35.50", "to write it: starter " + command + " --commit"},
		"zh": {"预演，没有写入任何内容", "新增 2，已知 0，确认手工登记 1", "建议合同", "写入：starter " + command + " --commit"},
	} {
		out, complaint, status := b.starter(command + " --lang " + lang)
		for _, w := range want {
			if status != 0 || !strings.Contains(out, w) {
				t.Errorf("status %d, without %q: %s%s", status, w, out, complaint)
			}
		}
	}
	if out, _, _ := b.starter(command + " --commit --lang en"); !strings.Contains(out, "✓ imported october.csv") || !strings.Contains(out, "books match --auto --by lin") {
		t.Errorf("the import says %s", out)
	}
	if out, _, _ := b.starter(command + " --commit --lang en"); !strings.Contains(out, "this file was imported before") {
		t.Errorf("the second import says %s", out)
	}
	if d := does[statementDocument](b, command); !d.AlreadyImported || d.New == nil {
		t.Errorf("the second import says %+v", d)
	}
}

func TestBooksImport_ALongFileIsSummarised(t *testing.T) {
	t.Parallel()
	b := openBank(t)
	var lines []string
	for i := range 25 {
		lines = append(lines, fmt.Sprintf("2025-10-09,1.00,R%02d,某公司,,", i))
	}
	out, _, _ := b.starter("books import " + b.statement(lines...) + " --account 6222 --by lin --lang en")
	if !strings.Contains(out, "R19") || strings.Contains(out, "R20") || !strings.Contains(out, "… and 5 more") || !strings.Contains(out, "25 new") {
		t.Errorf("the page is %s", out)
	}
}

func TestBooksImport_EveryMistakeIsNamedAtOnce(t *testing.T) {
	t.Parallel()
	b := openBank(t)
	bad := b.statement("2025-02-30,1.00,R1,,,", "2025-10-09,x,R2,,,", "2025-10-09,1.00,R1,,,")
	if got := b.refuses("books import " + bad); got != "2 bad_input account by date@2 amount@3 reference@4" {
		t.Errorf("refused with %s", got)
	}
	if got := b.refuses("books import nowhere.csv --by lin"); got != "2 bad_input account FILE" {
		t.Errorf("refused with %s", got)
	}
	if got := b.refuses("books import --by lin"); got != "2 usage" {
		t.Errorf("refused with %s", got)
	}
	b.imports("2025-10-09,1.00,R1,,,", "2025-10-09,2.00,R2,,,")
	other := b.statement("2025-10-09,1.00,R0,,,", "2025-10-10,1.00,R1,,,", "2025-10-09,2.01,R2,,,")
	if got := b.refuses("books import " + other + " --account 6222 --by lin --commit"); got != "2 bad_statement date@3 amount@4" {
		t.Errorf("refused with %s", got)
	}
	_, complaint, _ := b.starter("books import " + other + " --account 6222 --by lin --lang zh")
	if !strings.Contains(complaint, "第 3 行 date") || !strings.Contains(complaint, "第 4 行 amount") {
		t.Errorf("people read %s", complaint)
	}
}

func TestBooksMatch_GivesALineToAContractOnce(t *testing.T) {
	t.Parallel()
	b := openBank(t)
	line := b.imports("2025-10-09,100.00,R1,甲方有限公司,,")["R1"]
	command := fmt.Sprintf("books match %d HT-1 --amount 60 --by lin", line)
	d := does[actDocument](b, command)
	if d.ID != fmt.Sprintf("bank/%d/HT-1/1", line) || d.By != "lin" || d.Act != message.Pay || d.Message == "" {
		t.Errorf("matched %+v", d)
	}
	if again := does[actDocument](b, command); !reflect.DeepEqual(again, d) {
		t.Errorf("again: %+v, first %+v", again, d)
	}
	if got := b.refuses(fmt.Sprintf("books match %d HT-2 --amount 40.01 --by lin", line)); got != "3 line_used" {
		t.Errorf("refused with %s", got)
	}
	if rest := does[actDocument](b, fmt.Sprintf("books match %d HT-2 --by lin --id mine", line)); rest.ID != "mine" {
		t.Errorf("matched %+v", rest)
	}
	_, complaint, _ := b.starter(fmt.Sprintf("books match %d HT-2 --amount 1 --by lin --lang en", line))
	if !strings.Contains(complaint, "§5.4 bank line") || !strings.Contains(complaint, "0.00 CNY is left") {
		t.Errorf("people read %s", complaint)
	}
}

func TestBooksMatch_EveryMistakeIsNamedAtOnce(t *testing.T) {
	t.Parallel()
	b := openBank(t)
	for command, want := range map[string]string{
		"books match":                                 "2 bad_input by LINE NUMBER",
		"books match 1":                               "2 bad_input by NUMBER",
		"books match x HT_1 --amount 0":               "2 bad_input by amount LINE NUMBER",
		"books match 0 HT-1 --by lin":                 "2 bad_count LINE",
		"books match 1 HT-1 --auto --amount 1 --id a": "2 bad_input by LINE amount id",
		"books match 1 HT-1 --by lin":                 "3 unknown_line",
		"books match 1 HT-9 --by lin":                 "3 unknown_contract",
		"books move HT_1 R HT_2":                      "2 bad_input NUMBER TO reason by",
		"books move HT-1 R HT-1 --by lin --reason x":  "2 bad_move TO",
		"books move HT-1 R HT-2 --by lin --reason x":  "3 unknown_receipt",
		"books move HT-1 R HT-9 --by lin --reason x":  "3 unknown_contract",
		"books unapply HT_1 R":                        "2 bad_input NUMBER by reason",
		"books unapply HT-1 R --by lin --reason x":    "3 unknown_receipt",
		"books apply HT_1 R":                          "2 bad_input NUMBER by",
		"pay HT-1 --line 7 --bank-reference x":        "2 bad_input bank-reference line amount reference",
		"pay HT_1 --reverse R --amount 1 --reference x --account y --line 0 --bank-reference z --on x": "2 bad_input amount reference account bank-reference line NUMBER on",
		"pay HT-1 --reverse R":          "3 unknown_receipt",
		"pay HT-1 --reverse R --line 9": "3 unknown_line",
	} {
		if got := b.refuses(command); got != want {
			t.Errorf("%s: refused with %s, want %s", command, got, want)
		}
	}
}

func TestBooksMatch_AutoMatchesWhatIsSureAndListsTheAnswers(t *testing.T) {
	t.Parallel()
	b := openBank(t)
	lines := b.imports("2025-10-09,100.00,R1,甲方有限公司,,", "2025-10-09,40.00,R2,乙方有限公司,,HT-2 首期", "2025-10-09,7.00,R3,乙方有限公司,,", "2025-10-10,30.00,R2b,乙方有限公司,,HT-2")
	does[actDocument](b, "pay HT-2 --amount 1 --reference R2b --account other") // so that R2b is refused
	d := does[sureDocument](b, "books match --auto --by lin")
	var got []string
	for _, l := range d.Matched {
		got = append(got, fmt.Sprint(l.Reference, " ", l.BankLine == lines[l.Reference], " ", l.Contract, " ", l.Amount, " ", l.Refused))
	}
	if told := strings.Join(got, "; "); told != "R1 true HT-1 100.00 ; R2 true HT-2 40.00 ; R2b true HT-2 30.00 reference_reused" {
		t.Errorf("matched %s", told)
	}
	if d := does[sureDocument](b, "books match --auto --by lin"); d.Matched == nil || len(d.Matched) != 0 {
		t.Errorf("matched again %+v", d)
	}
	if out, _, status := b.starter("books match --auto --by lin --lang en"); status != 0 || !strings.Contains(out, "no bank line is sure") {
		t.Errorf("people read %s", out)
	}
}

func TestBooksMatch_AutoStopsWhereTheEngineIsAway(t *testing.T) {
	t.Parallel()
	b := openBank(t)
	b.imports("2025-10-09,100.00,R1,甲方有限公司,,", "2025-10-09,40.00,R2,乙方有限公司,,HT-2 首期")
	b.away = true
	out, complaint, status := b.starter("books match --auto --by lin --wait 2s --lang en")
	if status != 0 || !strings.Contains(out, "R1") || strings.Contains(out, "R2") || !strings.Contains(out, "1 more were left") {
		t.Errorf("status %d, %s%s", status, out, complaint)
	}
	b.away = false
	if d := does[sureDocument](b, "books match --auto --by lin"); len(d.Matched) != 1 || d.Matched[0].Reference != "R2" { // the relay brings R1
		t.Errorf("matched %+v", d)
	}
}

func TestBooksMove_MovesMoneyToTheContractThatItWasFor(t *testing.T) {
	t.Parallel()
	b := openBank(t)
	line := b.imports("2025-10-09,100.00,R1,乙方有限公司,,")["R1"]
	does[actDocument](b, fmt.Sprintf("books match %d HT-1 --by lin", line))
	command := "books move HT-1 R1 HT-2 --by lin --reason wrong"
	want := movedDocument{Contract: "HT-1", Reference: "R1", To: "HT-2", Amount: money.MustParse("100.00"), BankLine: line, Message: "done"}
	for range 2 { // the second time everything is done already
		if d := does[movedDocument](b, command+" --lang en"); fmt.Sprint(d) != fmt.Sprint(want) {
			t.Errorf("moved %+v", d)
		}
	}
	if p, err := b.store.LastPayment(t.Context(), "HT-2", "R1"); err != nil || p.Moved || p.Line != line {
		t.Errorf("the payment is %+v, %v", p, err)
	}
	out, _, status := b.starter("books move HT-2 R1 HT-1 --by lin --reason back --lang en")
	if status != 0 || !strings.Contains(out, "receipt R1 (100.00 CNY) is moved from HT-2 to HT-1: done") {
		t.Errorf("status %d, %s", status, out)
	}
}

func TestBooksMove_CutShortItGoesOnWhereItStopped(t *testing.T) {
	t.Parallel()
	b := openBank(t)
	line := b.imports("2025-10-09,100.00,R1,乙方有限公司,,")["R1"]
	does[actDocument](b, fmt.Sprintf("books match %d HT-1 --by lin", line))
	command := "books move HT-1 R1 HT-2 --by lin --reason wrong --lang en"
	b.away = true
	_, complaint, status := b.starter(command + " --wait 20ms")
	if status != 1 || !strings.Contains(complaint, "The same command again") {
		t.Errorf("status %d, %s", status, complaint)
	}
	b.away = false
	if d := does[movedDocument](b, command); d.BankLine != line {
		t.Errorf("moved %+v", d)
	}
	if n := len(b.money["HT-2"].Receipts); n != 1 {
		t.Errorf("%d receipts", n)
	}
}

func TestBooksMove_RefusedByTheOtherContractTheMoneyIsUnappliedAndNotLost(t *testing.T) {
	t.Parallel()
	b := openBank(t)
	line := b.imports("2025-10-09,100.00,R1,乙方有限公司,,")["R1"]
	does[actDocument](b, fmt.Sprintf("books match %d HT-1 --by lin", line))
	does[actDocument](b, "pay HT-2 --amount 1 --reference R1 --account other")
	_, complaint, status := b.starter("books move HT-1 R1 HT-2 --by lin --reason wrong --lang en")
	if status != 3 || !strings.Contains(complaint, fmt.Sprintf("unapplied cash, on bank line %d; nothing is lost", line)) {
		t.Errorf("status %d, %s", status, complaint)
	}
	if d := does[actDocument](b, fmt.Sprintf("books match %d HT-1 --by lin", line)); d.ID != fmt.Sprintf("bank/%d/HT-1/2", line) {
		t.Errorf("matched %+v", d)
	}
}

func TestBooksUnapply_KeepsAReceiptOffUntilItIsAppliedAgain(t *testing.T) {
	t.Parallel()
	b := openBank(t)
	does[actDocument](b, "pay HT-1 --amount 100 --reference R1")
	for _, command := range []string{"books unapply HT-1 R1 --by lin --reason x", "books apply HT-1 R1 --by lin"} {
		if d := does[actDocument](b, command); d.By != "lin" {
			t.Errorf("%s: %+v", command, d)
		}
		if got := b.refuses(command); got != "3 nothing_to_do" {
			t.Errorf("%s again: %s", command, got)
		}
	}
}

func TestPay_AReceiptThatTheBankTookBackIsReversed_WithOrWithoutItsLine(t *testing.T) {
	t.Parallel()
	b := openBank(t)
	does[actDocument](b, "pay HT-1 --amount 100 --reference R1")
	if d := does[actDocument](b, "pay HT-1 --reverse R1 --bank-reference B1"); d.Act != message.Reverse || d.By != "chen" {
		t.Errorf("reversed %+v", d)
	}
	gone := b.money["HT-1"].Receipts[0].Gone
	if gone == nil || gone.Reference != "B1" || gone.On != workday.Of(time.Now()) {
		t.Errorf("gone is %+v", gone)
	}
	does[actDocument](b, "pay HT-1 --amount 60 --reference R2 --on 2025-10-08")
	line := b.imports("2025-10-09,-60.00,B2,甲方有限公司,,", "2025-10-09,-59.00,B3,甲方有限公司,,")
	if got := b.refuses(fmt.Sprintf("pay HT-1 --reverse R2 --line %d", line["B3"])); got != "3 line_amount" {
		t.Errorf("refused with %s", got)
	}
	if d := does[actDocument](b, fmt.Sprintf("pay HT-1 --reverse R2 --line %d", line["B2"])); d.ID != fmt.Sprintf("bank/%d/HT-1/1", line["B2"]) {
		t.Errorf("reversed %+v", d)
	}
	gone = b.money["HT-1"].Receipts[1].Gone
	if gone == nil || gone.Reference != "B2" || gone.Line != line["B2"] || gone.On.String() != "2025-10-09" {
		t.Errorf("gone is %+v", gone)
	}
}

func TestBankActs_HaveAnExampleInBothLanguages(t *testing.T) {
	t.Parallel()
	for _, lang := range []string{"zh", "en"} {
		for _, c := range bankActs(&session{lang: lang}) {
			if !strings.HasPrefix(c.Example, "  starter books "+c.Name()) || c.Short == "" {
				t.Errorf("%s (%s) lacks an example or a line about it", c.Name(), lang)
			}
		}
	}
}
