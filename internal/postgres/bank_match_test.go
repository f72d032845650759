package postgres_test

import (
	"errors"
	"fmt"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/jackc/pgx/v5/pgconn"

	"lvyue/internal/message"
	"lvyue/internal/money"
	"lvyue/internal/postgres"
	"lvyue/internal/refusal"
	"lvyue/internal/testkit"
)

// withLine is a desk with contracts HT-1 and HT-2, which owe 100.00 each, and a statement with these lines.
func withLine(t *testing.T, lines ...string) *desk {
	t.Helper()
	d := openDesk(t, testkit.Postgres(t))
	d.open("HT-1", "甲方有限公司", "100.00")
	d.open("HT-2", "乙方有限公司", "100.00")
	imported(t, d.store, file(t, "october.csv", lines...))
	return d
}

// left is what is left of a line, as a refused match of far too much tells it.
func (d *desk) left(reference string) string {
	d.t.Helper()
	_, _, err := d.store.Match(d.t.Context(), d.line(reference), d.matching("HT-1", "999999"))
	no, ok := refusal.As(err)
	if !ok || no.Code != "line_used" || no.Clause != "5.4" {
		d.t.Fatalf("got %v, want what is left of %s", err, reference)
	}
	of, left, _ := strings.Cut(no.EN, " CNY, of which ")
	if left, _, _ = strings.Cut(left, " "); of == "" || !strings.Contains(no.ZH, left) {
		d.t.Fatalf("not told: %v", no)
	}
	return left
}

func wantDone(t *testing.T, a message.Answer) {
	t.Helper()
	if a.Refusal != nil || a.EN != "done" {
		t.Errorf("answered %+v", a)
	}
}

func TestMatch_APartOfALinePaysAPartOfAnInvoice(t *testing.T) {
	t.Parallel()
	d := withLine(t, "2 2025-10-09 100.00 R1 甲方有限公司")
	wantDone(t, d.matched("HT-1", "60.00"))
	if left := d.left("R1"); left != "40.00" {
		t.Errorf("%s is left", left)
	}
	paid := ask[string](t, d.store, `SELECT received_on || ' ' || effective_on || ' ' || amount || ' ' || reference FROM payment WHERE contract = 'HT-1' AND line = $1`, d.line("R1"))
	if paid != "2025-10-09 2025-10-09 60.00 R1" {
		t.Errorf("the payment is %s", paid)
	}
	r := d.contracts["HT-1"].money.Receipts[0]
	if r.Account != ours || r.Line != d.line("R1") || r.On.String() != "2025-10-09" {
		t.Errorf("the receipt is %+v", r)
	}
	for place, want := range map[string]string{"1122 HT-1": "40.00", "2203 HT-1": "0.00", "2203 ": "-40.00", "1002 ": "100.00"} {
		account, contract, _ := strings.Cut(place, " ")
		if got := balance(t, d.store, account, contract); got != want {
			t.Errorf("%s stands at %s, want %s", place, got, want)
		}
	}
	sound(t, d.store)
}

func TestMatch_MoreThanIsOwedStaysTheContractsUnappliedCash(t *testing.T) {
	t.Parallel()
	d := withLine(t, "2 2025-10-09 150.00 R1 甲方有限公司")
	wantDone(t, d.matched("HT-1", ""))
	if over, owed := balance(t, d.store, "2203", "HT-1"), balance(t, d.store, "1122", "HT-1"); over != "-50.00" || owed != "0.00" {
		t.Errorf("unapplied are %s, owed %s", over, owed)
	}
	sound(t, d.store)
}

func TestMatch_OneTransferPaysTwoContracts(t *testing.T) {
	t.Parallel()
	d := withLine(t, "2 2025-10-09 170.00 R1 甲方有限公司")
	wantDone(t, d.matched("HT-1", "100.00"))
	wantDone(t, d.matched("HT-2", ""))
	if one, two, none := balance(t, d.store, "1122", "HT-1"), balance(t, d.store, "1122", "HT-2"), balance(t, d.store, "2203", ""); one != "0.00" || two != "30.00" || none != "0.00" {
		t.Errorf("owed are %s and %s, unapplied are %s", one, two, none)
	}
	if left := d.left("R1"); left != "0.00" {
		t.Errorf("%s is left", left)
	}
	_, _, err := d.store.Match(t.Context(), d.line("R1"), d.by("once-more", "HT-1", message.Pay, message.Payment{}))
	wantCode(t, err, "line_used")
	sound(t, d.store)
}

func TestMatch_MoneyOfAWrongPayerIsMovedToTheRightContract(t *testing.T) {
	t.Parallel()
	d := withLine(t, "2 2025-10-09 100.00 R1 乙方有限公司")
	wantDone(t, d.matched("HT-1", ""))
	p, err := d.store.LastPayment(t.Context(), "HT-1", "R1")
	if err != nil || p.Line != d.line("R1") || p.Moved || p.Amount.String() != "100.00" {
		t.Fatalf("the payment is %+v, %v", p, err)
	}
	wantDone(t, d.act(d.by("move", "HT-1", message.MoveReceipt, message.Return{Reference: "R1", To: "HT-2", Reason: "wrong payer"})))
	if left, none := d.left("R1"), balance(t, d.store, "2203", ""); left != "100.00" || none != "-100.00" {
		t.Errorf("%s is left, unapplied are %s", left, none)
	}
	if p, err := d.store.LastPayment(t.Context(), "HT-1", "R1"); err != nil || !p.Moved {
		t.Errorf("the payment is %+v, %v", p, err)
	}
	sound(t, d.store) // here the program may die: nothing is lost
	wantDone(t, d.matched("HT-2", "100.00"))
	if one, two := balance(t, d.store, "1122", "HT-1"), balance(t, d.store, "1122", "HT-2"); one != "100.00" || two != "0.00" {
		t.Errorf("owed are %s and %s", one, two)
	}
	// It was the first one's after all: the same match again is another act now.
	wantDone(t, d.act(d.by("back", "HT-2", message.MoveReceipt, message.Return{Reference: "R1", To: "HT-1"})))
	again := d.match("R1", "HT-1", "")
	wantDone(t, d.answer(again))
	if again.ID != fmt.Sprintf("bank/%d/HT-1/2", d.line("R1")) {
		t.Errorf("the act is %s", again.ID)
	}
	if p, err := d.store.LastPayment(t.Context(), "HT-1", "R1"); err != nil || p.Key != "HT-1/payment/R1/2" || p.Moved {
		t.Errorf("the payment is %+v, %v", p, err)
	}
	sound(t, d.store)
}

func TestLastPayment_WithoutOneItIsRefused(t *testing.T) {
	t.Parallel()
	d := withLine(t, "2 2025-10-09 100.00 R1")
	_, err := d.store.LastPayment(t.Context(), "HT-1", "R1")
	wantCode(t, err, "unknown_receipt")
}

func TestMatch_MoneyOfAnUnknownPayerStaysUnapplied(t *testing.T) {
	t.Parallel()
	d := withLine(t, "2 2025-10-09 100.00 R1 某公司", "3 2025-10-09 1.00 R2")
	if none := balance(t, d.store, "2203", ""); none != "-101.00" {
		t.Errorf("unapplied are %s", none)
	}
	if sure, err := d.store.SureCredits(t.Context()); err != nil || len(sure) > 0 {
		t.Errorf("sure are %v, %v", sure, err)
	}
	sound(t, d.store)
}

func TestMatch_UnappliedMoneyIsAppliedAgain(t *testing.T) {
	t.Parallel()
	d := withLine(t, "2 2025-10-09 100.00 R1 甲方有限公司")
	wantDone(t, d.matched("HT-1", ""))
	wantDone(t, d.act(d.by("off", "HT-1", message.Unapply, message.Keeping{Reference: "R1", Reason: "disputed"})))
	if owed, kept := balance(t, d.store, "1122", "HT-1"), balance(t, d.store, "2203", "HT-1"); owed != "100.00" || kept != "-100.00" {
		t.Errorf("owed is %s, unapplied are %s", owed, kept)
	}
	sound(t, d.store)
	wantDone(t, d.act(d.by("on", "HT-1", message.Apply, message.Keeping{Reference: "R1"})))
	if owed := balance(t, d.store, "1122", "HT-1"); owed != "0.00" {
		t.Errorf("owed is %s", owed)
	}
	sound(t, d.store)
}

func TestMatch_ARefusedActSetsTheMoneyFree(t *testing.T) {
	t.Parallel()
	d := withLine(t, "2 2025-10-09 100.00 R1 甲方有限公司")
	first := d.match("R1", "HT-1", "60.00")
	if left := d.left("R1"); left != "40.00" {
		t.Errorf("%s is left while the act is under way", left)
	}
	d.refuse(first.ID)
	if left := d.left("R1"); left != "100.00" {
		t.Errorf("%s is left", left)
	}
	second := d.match("R1", "HT-1", "60.00")
	if first.ID == second.ID || second.ID != fmt.Sprintf("bank/%d/HT-1/2", d.line("R1")) {
		t.Errorf("the acts are %s and %s", first.ID, second.ID)
	}
	wantDone(t, d.answer(second))
	sound(t, d.store)
}

func TestMatch_AFurtherPartOfALineHasAReferenceOfItsOwn(t *testing.T) { // §5.4
	t.Parallel()
	d := withLine(t, "2 2025-10-09 100.00 R1 甲方有限公司")
	wantDone(t, d.matched("HT-1", "60.00"))
	wantDone(t, d.matched("HT-1", "30.00"))
	wantDone(t, d.matched("HT-2", ""))
	if left := d.left("R1"); left != "0.00" {
		t.Errorf("%s is left", left)
	}
	got := ask[string](t, d.store, "SELECT string_agg(contract || ' ' || reference || ' ' || amount, ', ' ORDER BY key) FROM payment")
	if want := "HT-1 R1 60.00, HT-1 R1/2 30.00, HT-2 R1 10.00"; got != want {
		t.Errorf("the payments are %s, want %s", got, want)
	}
	sound(t, d.store)
}

func TestMatch_TheSameMatchAgainIsTheSameAct(t *testing.T) {
	t.Parallel()
	d := withLine(t, "2 2025-10-09 100.00 R1 甲方有限公司")
	first := d.match("R1", "HT-1", "")
	if want := fmt.Sprintf("bank/%d/HT-1/1", d.line("R1")); first.ID != want || first.Seq != 1 {
		t.Errorf("the act is %+v", first)
	}
	d.answer(first)
	for _, amount := range []string{"", "100.00"} {
		for _, id := range []string{"", first.ID} {
			a := d.matching("HT-1", amount)
			a.ID = id
			again, answer, err := d.store.Match(t.Context(), d.line("R1"), a)
			if err != nil || answer == nil || again.ID != first.ID || again.Seq != 1 || answer.EN != "done" {
				t.Errorf("again %q %q: %+v, %v, %v", amount, id, again, answer, err)
			}
		}
	}
	other := d.matching("HT-1", "99.00")
	other.ID = first.ID
	_, _, err := d.store.Match(t.Context(), d.line("R1"), other)
	wantCode(t, err, "id_used_otherwise")
	other.Contract = "HT-2"
	_, _, err = d.store.Match(t.Context(), d.line("R1"), other)
	wantCode(t, err, "line_used")
	if n := ask[int](t, d.store, "SELECT count(*) FROM bank_match"); n != 1 {
		t.Errorf("%d matches", n)
	}
	sound(t, d.store)
}

func TestMatch_AnIDStandsForOneAct(t *testing.T) {
	t.Parallel()
	d := withLine(t, "2 2025-10-09 100.00 R1", "3 2025-10-09 100.00 R2")
	a := d.matching("HT-1", "10.00")
	a.ID = "mine"
	if _, _, err := d.store.Match(t.Context(), d.line("R1"), a); err != nil {
		t.Fatal(err)
	}
	_, _, err := d.store.Match(t.Context(), d.line("R2"), a)
	wantCode(t, err, "id_used_otherwise")
	a.Contract = "HT-2"
	_, _, err = d.store.Match(t.Context(), d.line("R1"), a)
	wantCode(t, err, "id_used_otherwise")
	if left := d.left("R2"); left != "100.00" {
		t.Errorf("%s is left of R2", left)
	}
}

func TestMatch_RefusesWhatTheLineCannotBe(t *testing.T) {
	t.Parallel()
	d := withLine(t, "2 2025-10-09 100.00 R1", "3 2025-10-09 -100.00 R2", "4 2025-10-09 -60.00 R3")
	wantDone(t, d.matched("HT-1", ""))
	back := message.Return{Reference: "R1"}
	for _, tt := range []struct {
		line int64
		act  message.Act
		code string
	}{
		{d.line("R2") + 99, d.matching("HT-1", ""), "unknown_line"},
		{d.line("R1"), d.by("", "HT-9", message.Pay, message.Payment{}), "unknown_contract"},
		{d.line("R1"), d.matching("HT-2", "0.01"), "line_used"},
		{d.line("R1"), d.matching("HT-2", ""), "line_used"},
		{d.line("R1"), d.matching("HT-2", "-1.00"), "bad_payment"},
		{d.line("R2"), d.matching("HT-1", "100.00"), "wrong_line"},
		{d.line("R1"), d.by("", "HT-1", message.Reverse, back), "wrong_line"},
		{d.line("R3"), d.by("", "HT-1", message.Reverse, back), "line_amount"},
		{d.line("R2"), d.by("", "HT-2", message.Reverse, back), "unknown_receipt"},
		{d.line("R2"), d.by("", "HT-1", message.PayRefund, message.RefundStep{Refund: "refund/1"}), "unknown_refund"},
		{d.line("R1"), d.by("", "HT-1", message.Waive, message.Waiver{}), "not_of_a_line"},
		{d.line("R1"), message.Act{Name: message.Pay, Contract: "HT-1", Body: []byte("{")}, "unreadable_act"},
		{d.line("R1"), message.Act{Name: message.Pay, Contract: "HT-1", Body: []byte(`{"amount":"1.001"}`)}, "unreadable_act"},
	} {
		_, _, err := d.store.Match(t.Context(), tt.line, tt.act)
		wantCode(t, err, tt.code)
	}
	if n := ask[int](t, d.store, "SELECT count(*) FROM bank_match"); n != 1 {
		t.Errorf("%d matches", n)
	}
	sound(t, d.store)
}

func TestMatch_ALineThatWentOutExplainsAReversal(t *testing.T) {
	t.Parallel()
	d := withLine(t, "2 2025-10-09 100.00 R1 甲方有限公司", "3 2025-10-12 -100.00 B1", "4 2025-10-12 -100.00 B2")
	wantDone(t, d.matched("HT-1", ""))
	reverse := d.by("", "HT-1", message.Reverse, message.Return{Reference: "R1"})
	stored, answer, err := d.store.Match(t.Context(), d.line("B1"), reverse)
	if err != nil || answer != nil {
		t.Fatalf("answer %v, %v", answer, err)
	}
	if r := read[message.Return](t, stored); r.Line != d.line("B1") || r.BankReference != "B1" || r.On.String() != "2025-10-12" {
		t.Errorf("the act is %+v", r)
	}
	_, _, err = d.store.Match(t.Context(), d.line("B1"), d.by("twice", "HT-1", message.Reverse, message.Return{Reference: "R1"}))
	wantCode(t, err, "line_used") // set aside
	wantDone(t, d.answer(stored))
	again, answer, err := d.store.Match(t.Context(), d.line("B1"), reverse)
	if err != nil || answer == nil || again.ID != stored.ID {
		t.Errorf("again: %+v, %v, %v", again, answer, err)
	}
	_, _, err = d.store.Match(t.Context(), d.line("B2"), reverse)
	wantCode(t, err, "unknown_receipt") // it counts no more
	for place, want := range map[string]string{"1122 HT-1": "100.00", "2203 HT-1": "0.00", "2203 ": "0.00", "1221 ": "100.00", "1002 ": "-100.00"} {
		account, contract, _ := strings.Cut(place, " ")
		if got := balance(t, d.store, account, contract); got != want {
			t.Errorf("%s stands at %s, want %s", place, got, want)
		}
	}
	if left := d.left("R1"); left != "0.00" { // what the bank took back is nobody's
		t.Errorf("%s is left", left)
	}
	sound(t, d.store)
}

func TestMatch_ALineThatWentOutExplainsARefund(t *testing.T) {
	t.Parallel()
	day := today(t, testkit.Postgres(t)) // that of the approval
	d := withLine(t, "2 2025-10-09 150.00 R1 甲方有限公司", "3 "+day+" -50.00 B1", "4 "+day+" -49.99 B2")
	wantDone(t, d.matched("HT-1", ""))
	wantDone(t, d.act(d.by("ask", "HT-1", message.RequestRefund, message.RefundRequest{Reason: message.RefundOverpayment, Amount: money.MustParse("50.00")})))
	pay := d.by("", "HT-1", message.PayRefund, message.RefundStep{Refund: "refund/1"})
	_, _, err := d.store.Match(t.Context(), d.line("B2"), pay)
	wantCode(t, err, "line_amount")
	stored, answer, err := d.store.Match(t.Context(), d.line("B1"), pay)
	if err != nil || answer != nil {
		t.Fatalf("answer %v, %v", answer, err)
	}
	if s := read[message.RefundStep](t, stored); s.Line != d.line("B1") || s.Reference != "B1" || s.Account != ours || s.On.String() != day {
		t.Errorf("the act is %+v", s)
	}
	wantDone(t, d.answer(stored))
	if out, owed := balance(t, d.store, "1221", ""), balance(t, d.store, "2241", "HT-1"); out != "49.99" || owed != "0.00" {
		t.Errorf("unexplained are %s, payable %s", out, owed)
	}
	_, _, err = d.store.Match(t.Context(), d.line("B1"), d.by("other", "HT-1", message.PayRefund, message.RefundStep{Refund: "refund/1"}))
	wantCode(t, err, "unknown_refund") // it is paid
	sound(t, d.store)
}

func TestMatch_MoneyEnteredByHandComesFromTheLineAndIsNotMatchedAgain(t *testing.T) {
	t.Parallel()
	d := withLine(t, "2 2025-10-09 100.00 R1 甲方有限公司")
	wantDone(t, d.pay("HT-1", "R1", "70.00", ""))
	if left := d.left("R1"); left != "30.00" {
		t.Errorf("%s is left", left)
	}
	_, _, err := d.store.Match(t.Context(), d.line("R1"), d.matching("HT-2", "30.01"))
	wantCode(t, err, "line_used")
	wantDone(t, d.matched("HT-2", "30.00"))
	sound(t, d.store)
}

func TestMatch_OfFiftyWhoWantMoreThanThereIsOneGetsIt(t *testing.T) {
	t.Parallel()
	d := openDesk(t, testkit.Postgres(t))
	const people = 50
	for i := range people {
		d.open(fmt.Sprint("HT-", i), fmt.Sprint("甲方", i), "100.00")
	}
	imported(t, d.store, file(t, "october.csv", "2 2025-10-09 100.00 R1"))
	line := d.line("R1")
	acts := make([]message.Act, people)
	for i := range people {
		acts[i] = d.matching(fmt.Sprint("HT-", i), "80.00")
	}
	var got []message.Act
	var lock sync.Mutex
	var everyone sync.WaitGroup
	for i := range people {
		store := d.store
		if i%10 == 0 {
			store = testkit.Open(t, d.store.Schema()) // some are processes of their own
		}
		everyone.Go(func() {
			stored, _, err := store.Match(t.Context(), line, acts[i])
			if no, refused := refusal.As(err); refused && no.Code == "line_used" {
				return
			}
			if err != nil {
				t.Errorf("%d: %v", i, err)
			}
			lock.Lock()
			defer lock.Unlock()
			got = append(got, stored)
		})
	}
	everyone.Wait()
	if len(got) != 1 {
		t.Fatalf("%d got the money", len(got))
	}
	wantDone(t, d.answer(got[0]))
	if left := ask[int](t, d.store, "SELECT count(*) FROM inbox"); left != 1 {
		t.Errorf("%d acts are stored", left)
	}
	sound(t, d.store)
}

func TestMatch_OfTheSameMatchManyTimesAtOnceOneActStands(t *testing.T) {
	t.Parallel()
	d := withLine(t, "2 2025-10-09 100.00 R1")
	line, act := d.line("R1"), d.matching("HT-1", "")
	var everyone sync.WaitGroup
	for range 20 {
		everyone.Go(func() {
			if _, _, err := d.store.Match(t.Context(), line, act); err != nil {
				t.Error(err)
			}
		})
	}
	everyone.Wait()
	if n := ask[int](t, d.store, "SELECT count(*) FROM inbox JOIN bank_match ON act_id = inbox.id"); n != 1 {
		t.Errorf("%d acts are stored", n)
	}
	sound(t, d.store)
}

// The server undoes one of two transactions that wait for each other. Here it is the match, since it waits longer; it is
// begun again, and its caller does not notice.
func TestMatch_ADeadlockIsNotLeftToTheCaller(t *testing.T) {
	t.Parallel()
	d := withLine(t, "2 2025-10-09 100.00 R1")
	line, act := d.line("R1"), d.matching("HT-1", "")
	undone := 0
	for try := 0; undone == 0 && try < 5; try++ {
		undone += deadlock(t, d.store, func() error {
			_, _, err := d.store.Match(t.Context(), line, act)
			return err
		})
	}
	if undone == 0 {
		t.Error("the match was never undone")
	}
	sound(t, d.store)
}

// deadlock runs a match of R1 to HT-1 into another transaction, and tells whether the match was undone first.
func deadlock(t *testing.T, store *postgres.Store, match func() error) int {
	t.Helper()
	c := superuser(t, store)
	tx, err := c.Begin(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	defer tx.Rollback(t.Context())
	for _, statement := range []string{"SET LOCAL deadlock_timeout = '20s'", "SELECT pg_advisory_xact_lock(hashtextextended('bank R1', 0))"} {
		if _, err := tx.Exec(t.Context(), statement); err != nil {
			t.Fatal(err)
		}
	}
	done := make(chan error, 1)
	go func() { done <- match() }()
	until(t, store, `SELECT EXISTS (SELECT FROM pg_stat_activity WHERE application_name = 'lvyue' AND wait_event = 'advisory'
		AND $1 = ANY (pg_blocking_pids(pid)))`, int32(c.PgConn().PID()))
	began := time.Now()
	_, err = tx.Exec(t.Context(), "SELECT FROM contract_head WHERE contract = 'HT-1' FOR UPDATE")
	var undone *pgconn.PgError
	switch {
	case errors.As(err, &undone) && undone.Code == "40P01": // it was slow, and so undone itself
		_ = tx.Rollback(t.Context())
	case err != nil:
		t.Fatal(err)
	default:
		t.Logf("the match was undone after %v", time.Since(began))
		if err := tx.Commit(t.Context()); err != nil {
			t.Fatal(err)
		}
	}
	if err := <-done; err != nil {
		t.Errorf("the match failed: %v", err)
	}
	if undone == nil {
		return 1
	}
	return 0
}
