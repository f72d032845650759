package postgres_test

import (
	"strings"
	"sync"
	"testing"
	"time"

	"lvyue/internal/message"
	"lvyue/internal/money"
	"lvyue/internal/postgres"
	"lvyue/internal/refusal"
	"lvyue/internal/testkit"
	"lvyue/internal/workday"
)

// signed is what one step of a contract leaves: an obligation opened, a year begun, money, a message.
func signed(number string) message.Record {
	at := time.Date(2025, 9, 26, 16, 0, 0, 0, workday.Shanghai)
	due := workday.MustDate("2025-10-10")
	changes := []message.Changed{
		{},
		{Contract: &message.ContractRow{
			Number: number, Customer: "远山商贸有限公司", Phase: message.AwaitingPayment, Effective: workday.MustDate("2025-09-26"),
			Fee: money.MustParse("120000.00"), Received: money.MustParse("0.01"), Unapplied: money.MustParse("0.01"),
		}},
		{Obligation: &message.Obligation{
			ID: "first-payment", Clause: "5.4", OwedBy: message.Customer, OpenedAt: at, Rule: "first-payment",
			From: workday.MustDate("2025-09-26"), DueOn: due, DueAt: due.End(), Status: message.Pending,
			Moved: []message.Move{{From: due, To: due, Notice: "2025"}},
		}},
		{Receipt: &message.Receipt{Reference: "R1", Amount: money.MustParse("0.01"), On: due, At: at}},
		{Year: &message.ServiceYear{Year: 1, First: due, Last: due, Fee: money.MustParse("120000.00")}},
		{Notice: &message.Notice{At: at, To: "account-manager", About: "first-payment", Kind: "opened"}},
	}
	r := message.Record{Contract: number}
	for i, c := range changes {
		r.Events = append(r.Events, message.Event{
			Key: "act 1 #" + string(rune('1'+i)), At: at, What: "sign", Clause: "5.1", Subject: number,
			Actor: message.Actor{Who: "chen", Way: "test"}, Changed: c,
		})
	}
	return r
}

func record(t *testing.T, store *postgres.Store, r message.Record) {
	t.Helper()
	if err := store.Record(t.Context(), r); err != nil {
		t.Fatal(err)
	}
}

func verified(t *testing.T, store *postgres.Store, number string) postgres.Chain {
	t.Helper()
	chain, err := store.Verify(t.Context(), number)
	if err != nil {
		t.Fatal(err)
	}
	return chain
}

func timeline(t *testing.T, store *postgres.Store, number string) []postgres.StoredEvent {
	t.Helper()
	events, err := store.Timeline(t.Context(), number)
	if err != nil {
		t.Fatal(err)
	}
	return events
}

func TestAStepRecordedTwentyTimesAtOnceStandsOnce(t *testing.T) {
	t.Parallel()
	store, number := registered(t)
	submit(t, store, payment("act-1", number, "R1"))
	var everyone sync.WaitGroup
	for i := range 20 {
		worker := testkit.Open(t, store.Schema()) // every one a process of its own
		step := signed(number)
		step.ActID, step.Answer = "act-1", &message.Answer{Text: refusal.Text{EN: string(rune('a' + i))}}
		everyone.Go(func() {
			if err := worker.Record(t.Context(), step); err != nil {
				t.Error(err)
			}
		})
	}
	everyone.Wait()
	if chain := verified(t, store, number); chain.Events != 6 || !chain.Verified {
		t.Errorf("the chain is %+v", chain)
	}
	first, err := store.Answered(t.Context(), "act-1")
	if err != nil {
		t.Fatal(err)
	}
	late := signed(number)
	late.ActID, late.Answer = "act-1", &message.Answer{Text: refusal.Text{EN: "late"}}
	record(t, store, late)
	if stands, err := store.Answered(t.Context(), "act-1"); err != nil || stands != first {
		t.Errorf("the answer %v became %v (%v)", first, stands, err)
	}
}

func TestAStepGoesOnWhereItWasCutShort(t *testing.T) {
	t.Parallel()
	store, number := registered(t)
	half := signed(number)
	half.Events = half.Events[:2]
	record(t, store, half)
	twice := signed(number)
	twice.Events = append(twice.Events, twice.Events...)
	record(t, store, twice)
	chain := verified(t, store, number)
	if events := timeline(t, store, number); chain.Events != 6 || len(events) != 6 || events[5].Hash != chain.Head {
		t.Errorf("the chain is %+v", chain)
	}
}

func TestAStepIsStoredWholeOrNotAtAll(t *testing.T) {
	t.Parallel()
	store, number := registered(t)
	submit(t, store, payment("act-1", number, "R1"))
	bad := signed(number)
	bad.Events[5].Changed.Contract = &message.ContractRow{Number: number, Phase: "no phase"}
	bad.ActID, bad.Answer = "act-1", &message.Answer{}
	if err := store.Record(t.Context(), bad); err == nil {
		t.Fatal("a phase that does not exist was stored")
	}
	if chain := verified(t, store, number); chain.Events != 0 || !chain.Verified {
		t.Errorf("the chain is %+v", chain)
	}
	if left := ask[int](t, store, "SELECT (SELECT count(*) FROM obligation) + (SELECT count(*) FROM inbox WHERE answer IS NOT NULL)"); left != 0 {
		t.Error("something was left behind")
	}
}

func TestARefusalIsRecordedWithoutAnEvent(t *testing.T) {
	t.Parallel()
	store, number := registered(t)
	register(t, store, "HT-OTHER")
	submit(t, store, payment("act-1", number, "R1"))
	no := refusal.Rule("not_owed", "5.4", "不欠", "not owed")
	refused := message.Record{Contract: "HT-OTHER", ActID: "act-1", Answer: &message.Answer{Text: no.Text, Refusal: no}}
	record(t, store, refused)
	if _, err := store.Answered(t.Context(), "act-1"); err == nil {
		t.Error("one contract answered an act on another")
	}
	refused.Contract = number
	record(t, store, refused)
	if got, err := store.Answered(t.Context(), "act-1"); err != nil || got.Refusal.Code != "not_owed" {
		t.Errorf("answered %v (%v)", got, err)
	}
	if chain := verified(t, store, number); chain.Events != 0 || !chain.Verified {
		t.Errorf("the chain is %+v", chain)
	}
}

func TestAnEventComesBackAsItWasRecorded(t *testing.T) {
	t.Parallel()
	store, number := registered(t)
	at := time.Date(2025, 10, 10, 15, 59, 59, 123_456_789, time.UTC)
	want := message.Event{
		Key: "act x #1", At: at, ReceivedAt: at, What: "pay", Clause: "5.4", Subject: "<远山> & \"co\"\n", Old: "pending", New: "met",
		Actor: message.Actor{Who: "陈", Role: "account-manager", Way: "cli"}, ActID: "x",
		Detail:  map[string]any{"b": "2", "a": []any{true, nil, "\u2028"}},
		Changed: message.Changed{Receipt: &message.Receipt{Reference: "R", Amount: money.MustParse("0.10"), On: workday.Of(at), At: at}},
	}
	record(t, store, message.Record{Contract: number, Events: []message.Event{want}})
	got := timeline(t, store, number)[0]
	inMicroseconds := time.Date(2025, 10, 10, 23, 59, 59, 123_456_000, workday.Shanghai)
	want.At, want.ReceivedAt = inMicroseconds, inMicroseconds
	want.Changed.Receipt.At = inMicroseconds
	gotJSON, wantJSON := text(t, got.Event), text(t, want)
	if gotJSON != wantJSON || !strings.Contains(gotJSON, `"at":"2025-10-10T23:59:59.123456+08:00"`) {
		t.Errorf("got  %s\nwant %s", gotJSON, wantJSON)
	}
	if got.At != inMicroseconds || got.Changed.Receipt.At != inMicroseconds || got.RecordedAt.Location() != workday.Shanghai {
		t.Errorf("times %v, %v, %v", got.At, got.Changed.Receipt.At, got.RecordedAt)
	}
	if chain := verified(t, store, number); !chain.Verified {
		t.Errorf("the chain is %+v", chain)
	}
}

// The formula of the chain, written by someone who has only psql.
func TestAnAuditorCanRecomputeTheChainInSQL(t *testing.T) {
	t.Parallel()
	store, number := registered(t)
	record(t, store, signed(number))
	head := ask[string](t, store, `
		WITH RECURSIVE chain (seq, hash) AS (
			SELECT 0::bigint, encode(sha256(convert_to($1, 'UTF8')), 'hex')
			UNION ALL
			SELECT e.seq, encode(sha256(convert_to(c.hash || e.event::text, 'UTF8')), 'hex')
			FROM chain c JOIN contract_event e ON e.seq = c.seq + 1
			WHERE e.contract = $1
		)
		SELECT hash FROM chain ORDER BY seq DESC LIMIT 1`, number)
	if chain := verified(t, store, number); chain.Head != head || chain.Events != 6 {
		t.Errorf("SQL says %s, the chain is %+v", head, chain)
	}
}

func TestTheSameEventsOfTwoContractsHaveDifferentChains(t *testing.T) {
	t.Parallel()
	store, number := registered(t)
	register(t, store, "HT-OTHER")
	events := signed(number).Events[:1]
	record(t, store, message.Record{Contract: number, Events: events})
	record(t, store, message.Record{Contract: "HT-OTHER", Events: events})
	if verified(t, store, number).Head == verified(t, store, "HT-OTHER").Head {
		t.Error("the evidence of one contract would pass for that of another")
	}
}

func TestAChangeBehindTheBackIsFound(t *testing.T) {
	t.Parallel()
	forged := `{"key":"x","at":"2025-01-01T00:00:00Z","what":"x"}`
	for name, tt := range map[string]struct {
		statement string
		brokenAt  int64
	}{
		"nothing":              {`SELECT 1`, 0},
		"an event's text":      {`UPDATE contract_event SET event = replace(event::text, 'chen', 'wang')::json WHERE seq = 1`, 1},
		"text and its hash":    {`UPDATE contract_event SET event = '` + forged + `', hash = encode(sha256(convert_to(prev || '` + forged + `', 'UTF8')), 'hex') WHERE seq = 2`, 3},
		"the last, with hash":  {`UPDATE contract_event SET event = '` + forged + `', hash = encode(sha256(convert_to(prev || '` + forged + `', 'UTF8')), 'hex') WHERE seq = 6`, 7},
		"a link":               {`UPDATE contract_event SET prev = repeat('0', 64) WHERE seq = 3`, 3},
		"a hash":               {`UPDATE contract_event SET hash = repeat('0', 64) WHERE seq = 4`, 4},
		"two in another order": {`UPDATE contract_event SET seq = 99 WHERE seq = 4; UPDATE contract_event SET seq = 4 WHERE seq = 5; UPDATE contract_event SET seq = 5 WHERE seq = 99`, 4},
		"the first taken out":  {`DELETE FROM contract_event WHERE seq = 1`, 1},
		"one taken out":        {`DELETE FROM contract_event WHERE seq = 2`, 2},
		"the tail cut off":     {`DELETE FROM contract_event WHERE seq >= 5`, 5},
		"the last cut off":     {`DELETE FROM contract_event WHERE seq = 6`, 6},
		"all of it":            {`DELETE FROM contract_event`, 1},
		"one slipped in":       {`INSERT INTO contract_event (contract, seq, event, prev, hash) SELECT contract, 7, '` + forged + `', hash, encode(sha256(convert_to(hash || '` + forged + `', 'UTF8')), 'hex') FROM contract_event WHERE seq = 6`, 7},
		"the head":             {`UPDATE contract_head SET hash = repeat('0', 64)`, 7},
		"the head's count":     {`UPDATE contract_head SET events = 4`, 5},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			store, number := registered(t)
			record(t, store, signed(number))
			behind := "ALTER TABLE contract_event DISABLE TRIGGER ALL; ALTER TABLE contract_event DROP CONSTRAINT chained;" + tt.statement
			if err := asSuperuser(t, store, behind); err != nil {
				t.Fatal(err)
			}
			if chain := verified(t, store, number); chain.Verified != (tt.brokenAt == 0) || chain.BrokenAt != tt.brokenAt {
				t.Errorf("the chain is %+v, want broken at %d", chain, tt.brokenAt)
			}
		})
	}
}
