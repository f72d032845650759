package postgres_test

import (
	"context"
	"reflect"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"

	"lvyue/internal/message"
	"lvyue/internal/money"
	"lvyue/internal/postgres"
	"lvyue/internal/testkit"
	"lvyue/internal/workday"
)

// signed is what one step of a contract leaves: an obligation opened, a year begun, money, a message.
func signed(number string) message.Record {
	at := time.Date(2025, 9, 26, 16, 0, 0, 0, workday.Shanghai)
	due := workday.MustDate("2025-10-10")
	return message.Record{Contract: number, Events: []message.Event{
		{Key: "act 1 #1", At: at, What: "sign", Clause: "5.1", Subject: number, Actor: message.Actor{Who: "chen", Way: "test"}},
		{Key: "act 1 #2", At: at, What: "phase", Subject: number, Changed: message.Changed{Contract: &message.ContractRow{
			Number: number, Customer: "远山商贸有限公司", Phase: message.AwaitingPayment, Effective: workday.MustDate("2025-09-26"),
			Fee: money.MustParse("120000.00"),
		}}},
		{Key: "act 1 #3", At: at, What: "opened", Clause: "5.4", Subject: "first-payment", Changed: message.Changed{Obligation: &message.Obligation{
			ID: "first-payment", Clause: "5.4", OwedBy: message.Customer, OpenedAt: at, DueOn: due, DueAt: due.End(), Status: message.Pending,
			Moved: []message.Move{{From: due, To: due, Notice: "2025"}},
		}}},
		{Key: "act 1 #4", At: at, What: "receipt", Changed: message.Changed{Receipt: &message.Receipt{
			Reference: "R1", Amount: money.MustParse("0.01"), On: due, At: at,
		}}},
		{Key: "act 1 #5", At: at, What: "service-year", Changed: message.Changed{Year: &message.ServiceYear{
			Year: 1, First: due, Last: due, Fee: money.MustParse("120000.00"),
		}}},
		{Key: "act 1 #6", At: at, What: "message", Changed: message.Changed{Notice: &message.Notice{At: at, To: "account-manager", About: "x", Kind: "opened"}}},
	}}
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

func TestAStepRecordedTwentyTimesAtOnceStandsOnce(t *testing.T) {
	t.Parallel()
	store, number := registered(t)
	var everyone sync.WaitGroup
	for range 20 {
		everyone.Go(func() {
			if err := store.Record(t.Context(), signed(number)); err != nil {
				t.Error(err)
			}
		})
	}
	everyone.Wait()
	if chain := verified(t, store, number); chain.Events != 6 || !chain.Verified {
		t.Errorf("the chain is %+v", chain)
	}
}

func TestReadTablesAreFoldedFromTheEvidence_AndFoldAgainToTheSame(t *testing.T) {
	t.Parallel()
	store, number := registered(t)
	record(t, store, signed(number))
	before, err := store.View(t.Context(), number)
	if err != nil {
		t.Fatal(err)
	}
	want := *signed(number).Events[2].Changed.Obligation
	if len(before.Obligations) != 1 || !reflect.DeepEqual(before.Obligations[0], want) {
		t.Errorf("obligations %+v, want %+v", before.Obligations, want)
	}
	if len(before.Years) != 1 || len(before.Receipts) != 1 || len(before.Notices) != 1 || before.Contract.Phase != message.AwaitingPayment {
		t.Errorf("the view is %+v", before)
	}
	if contracts, err := store.Rebuild(t.Context()); err != nil || contracts != 1 {
		t.Fatalf("rebuilt %d contracts (%v)", contracts, err)
	}
	after, err := store.View(t.Context(), number)
	if err != nil || !reflect.DeepEqual(before, after) {
		t.Errorf("rebuilt to %+v, was %+v (%v)", after, before, err)
	}
}

// asSuperuser changes the database behind the store's back.
func asSuperuser(t *testing.T, store *postgres.Store, statements string) error {
	t.Helper()
	ctx := context.Background()
	c, err := pgx.Connect(ctx, testkit.DatabaseURL(t))
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = c.Close(ctx) }()
	_, err = c.Exec(ctx, "SET search_path = "+pgx.Identifier{store.Schema()}.Sanitize()+";"+statements)
	return err
}

func TestTheEvidenceIsAppendOnly_ForTheOwnerToo(t *testing.T) {
	t.Parallel()
	store, number := registered(t)
	record(t, store, signed(number))
	for _, statement := range []string{
		"UPDATE contract_event SET prev = 'other'",
		"UPDATE contract_event SET prev = 'other' WHERE false",
		"SET session_replication_role = replica; DELETE FROM contract_event",
		"DELETE FROM contract_event",
		"TRUNCATE contract_event",
		"DELETE FROM inbox",
		"TRUNCATE inbox",
		"UPDATE calendar_notice SET days = '[]'",
		"DELETE FROM calendar_notice",
	} {
		err := asSuperuser(t, store, statement)
		if err == nil || !strings.Contains(err.Error(), "append-only") {
			t.Errorf("%s: %v", statement, err)
		}
	}
	if chain := verified(t, store, number); !chain.Verified {
		t.Errorf("the chain is %+v", chain)
	}
}

func TestAChangeBehindTheBackIsFound(t *testing.T) {
	t.Parallel()
	for name, tt := range map[string]struct {
		statement string
		brokenAt  int64
	}{
		"an event's text":        {`UPDATE contract_event SET event = replace(event::text, 'chen', 'wang')::json WHERE seq = 1`, 1},
		"a link":                 {`UPDATE contract_event SET prev = repeat('0', 64) WHERE seq = 3`, 3},
		"two in another order":   {`UPDATE contract_event SET seq = 99 WHERE seq = 4; UPDATE contract_event SET seq = 4 WHERE seq = 5; UPDATE contract_event SET seq = 5 WHERE seq = 99`, 4},
		"one slipped in":         {`INSERT INTO contract_event (contract, seq, event, prev, hash) SELECT contract, 7, '{"key":"x","at":"2025-01-01T00:00:00Z","what":"x"}', hash, hash FROM contract_event WHERE seq = 6`, 7},
		"an event taken out":     {`DELETE FROM contract_event WHERE seq = 2`, 2},
		"the tail cut off":       {`DELETE FROM contract_event WHERE seq >= 5`, 5},
		"all of it":              {`DELETE FROM contract_event`, 1},
		"a hash":                 {`UPDATE contract_event SET hash = repeat('0', 64) WHERE seq = 4`, 4},
		"the head that was kept": {`UPDATE contract_head SET hash = repeat('0', 64)`, 7},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			store, number := registered(t)
			record(t, store, signed(number))
			if err := asSuperuser(t, store, "ALTER TABLE contract_event DISABLE TRIGGER ALL; ALTER TABLE contract_event DROP CONSTRAINT chained;"+tt.statement); err != nil {
				t.Fatal(err)
			}
			if chain := verified(t, store, number); chain.Verified || chain.BrokenAt != tt.brokenAt {
				t.Errorf("the chain is %+v, want broken at %d", chain, tt.brokenAt)
			}
		})
	}
}

func TestAThirdDecimalIsAnError_NeverARounding(t *testing.T) {
	t.Parallel()
	store, number := registered(t)
	record(t, store, signed(number))
	if err := asSuperuser(t, store, "UPDATE contract SET fee = 0.01"); err != nil {
		t.Errorf("two decimals: %v", err)
	}
	if err := asSuperuser(t, store, "UPDATE contract SET fee = 0.001"); err == nil {
		t.Error("a third decimal was stored")
	}
}

func TestTheApplicationMayNotChangeTheEvidence(t *testing.T) {
	t.Parallel()
	store, _ := registered(t)
	for _, statement := range []string{
		"UPDATE contract_event SET prev = ''", "DELETE FROM contract_event", "TRUNCATE contract_event",
		"UPDATE inbox SET body = '{}'", "DELETE FROM contract_form", "DROP TABLE contract", "ALTER TABLE contract_event DISABLE TRIGGER ALL",
	} {
		if err := asSuperuser(t, store, "SET ROLE lvyue_app;"+statement); err == nil {
			t.Errorf("allowed: %s", statement)
		}
	}
}

func TestMigratingTwiceAndAtOnceIsTheSameAsOnce(t *testing.T) {
	t.Parallel()
	store := testkit.Postgres(t)
	var everyone sync.WaitGroup
	for range 4 {
		everyone.Go(func() {
			if err := store.Migrate(t.Context()); err != nil {
				t.Error(err)
			}
		})
	}
	everyone.Wait()
}

func TestAnImportedNoticeCountsAtOnce_AndTheSameAgainChangesNothing(t *testing.T) {
	t.Parallel()
	store := testkit.Postgres(t)
	calendar, err := store.Calendar(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	notice := workday.Notice{Year: 2027, Number: "test", Days: statutory2027()}
	for i, want := range []bool{true, false} {
		if added, err := store.ImportNotice(t.Context(), notice); err != nil || added != want {
			t.Errorf("import %d: added %v (%v)", i+1, added, err)
		}
	}
	after, err := store.Calendar(t.Context())
	if err != nil || after.Version() == calendar.Version() {
		t.Errorf("the calendar is still %s (%v)", after.Version(), err)
	}
}

// statutory2027 are the days of the law in 2027, with the weekend hits made good and nothing moved.
func statutory2027() []workday.NoticeDay {
	var days []workday.NoticeDay
	for _, d := range []string{
		"2027-01-01", "2027-02-05", "2027-02-06", "2027-02-07", "2027-02-08", "2027-02-09", "2027-02-10", "2027-04-05", "2027-05-01",
		"2027-05-02", "2027-05-03", "2027-05-04", "2027-06-09", "2027-09-15", "2027-10-01", "2027-10-02", "2027-10-03", "2027-10-04", "2027-10-05",
	} {
		days = append(days, workday.NoticeDay{Date: workday.MustDate(d), Name: "假日", Off: true})
	}
	return days
}

func TestADatabaseThatIsDownSaysSo_AndKeepsItsSecret(t *testing.T) {
	t.Parallel()
	store, err := postgres.Open(t.Context(), "postgres://lvyue:hush@127.0.0.1:1/none?connect_timeout=2", "")
	if err != nil {
		t.Fatal(err)
	}
	defer store.Close()
	_, _, err = store.Submit(t.Context(), payment("1", "HT", "R"))
	if err == nil || strings.Contains(err.Error(), "hush") || !strings.Contains(err.Error(), "does not answer") {
		t.Errorf("the error is %v", err)
	}
	if _, err := postgres.Open(t.Context(), "postgres://lvyue:hush@[::bad/none", ""); err == nil || strings.Contains(err.Error(), "hush") {
		t.Errorf("the error is %v", err)
	}
}
