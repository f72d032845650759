package postgres_test

import (
	"context"
	"errors"
	"reflect"
	"strings"
	"testing"
	"time"

	"lvyue/internal/message"
	"lvyue/internal/paging"
	"lvyue/internal/testkit"
	"lvyue/internal/workday"
)

var pagedAt = time.Date(2026, time.March, 2, 10, 0, 0, 0, workday.Shanghai)

func firstPage(key string) message.Page {
	return message.Page{
		Key: key, At: pagedAt, Kind: message.FirstPage, Contract: "HT-1", Fault: 1, Rung: "primary", To: "zhang",
		Deadline: pagedAt.Add(time.Hour), Detail: "primary on call",
	}
}

// delivery is the first try of pages in one message.
func delivery(room string, pages ...message.Page) paging.Delivery {
	d := paging.Delivery{
		Way:      paging.Slack,
		Envelope: paging.Envelope{Key: pages[0].Key + "/slack", Room: room, Pages: pages, Count: len(pages)},
	}
	for _, p := range pages {
		d.Tries = append(d.Tries, paging.Try{Key: p.Key, Way: paging.Slack, Number: 1, Room: room, Message: d.Key, BeganAt: pagedAt})
	}
	return d
}

// §4.2: a page comes out of the outbox as it went in, first pages first, once however often it was written, and all of a batch
// or none.
func TestPages_AreWrittenOnce_WholeOrNot(t *testing.T) {
	t.Parallel()
	store := testkit.Spoiled(t)
	first, bare := firstPage("b"), message.Page{Key: "a", At: pagedAt, Kind: message.GapPage, To: "lead"}
	later := firstPage("later")
	later.At = pagedAt.Add(time.Minute)
	must(t, store.Enqueue(t.Context(), []message.Page{bare, first, later}))
	again := first
	again.To = "li"
	must(t, store.Enqueue(t.Context(), []message.Page{again}))
	broken := firstPage("c")
	broken.To = ""
	if err := store.Enqueue(t.Context(), []message.Page{firstPage("d"), broken}); err == nil {
		t.Error("a page for nobody is kept")
	}
	must(t, store.Enqueue(t.Context(), nil))
	board, err := store.PageBoard(t.Context(), pagedAt, 10)
	must(t, err)
	if len(board.Open) != 2 || board.Open[0].Page != first || board.Open[1].Page != bare || !board.NextAt.Equal(later.At) {
		t.Errorf("the board is %+v", board)
	}
}

// §4.2: of many who begin the same try one makes it, and a room takes one message until it is free.
func TestPages_ATryIsBegunByOne(t *testing.T) {
	t.Parallel()
	store := testkit.Spoiled(t)
	must(t, store.Enqueue(t.Context(), []message.Page{firstPage("a"), firstPage("b"), firstPage("c")}))
	begin := func(now time.Time, all ...paging.Delivery) []paging.Delivery {
		t.Helper()
		begun, err := store.BeginTries(t.Context(), now, paging.Decision{Deliveries: all})
		must(t, err)
		return begun
	}
	if begun := begin(pagedAt, delivery("U1", firstPage("a"))); len(begun) != 1 {
		t.Errorf("began %+v", begun)
	}
	if begun := begin(pagedAt, delivery("U1", firstPage("b"))); len(begun) != 0 {
		t.Errorf("two messages at once for one room: %+v", begun)
	}
	if begun := begin(pagedAt.Add(time.Second), delivery("U1", firstPage("b"))); len(begun) != 0 {
		t.Errorf("a second one while nobody knows what became of the first: %+v", begun)
	}
	later := pagedAt.Add(paging.Lease)
	begun := begin(later, delivery("U1", firstPage("a"), firstPage("b")), delivery("U2", firstPage("a")))
	if len(begun) != 1 || len(begun[0].Tries) != 1 || begun[0].Tries[0].Key != "b" || begun[0].Count != 1 || begun[0].Pages[0].Key != "b" {
		t.Errorf("began %+v", begun)
	}
	tries := []paging.Try{delivery("U1", firstPage("a")).Tries[0], begun[0].Tries[0]}
	for i := range tries {
		tries[i].EndedAt, tries[i].Outcome, tries[i].Reason, tries[i].RetryAt = later, paging.Failed, "HTTP 429", later.Add(time.Minute)
	}
	must(t, store.EndTries(t.Context(), tries, []paging.Room{{Way: paging.Slack, Room: "U1", FreeAt: later.Add(time.Minute)}}))
	changed := tries[0]
	changed.Outcome, changed.Reason = paging.Sent, ""
	must(t, store.EndTries(t.Context(), []paging.Try{changed}, nil)) // the first word counts
	board, err := store.PageBoard(t.Context(), later, 10)
	must(t, err)
	if len(board.Open) != 3 || len(board.Open[0].Tries) != 1 || board.Open[0].Tries[0].Outcome != paging.Failed ||
		!board.Open[0].Tries[0].RetryAt.Equal(later.Add(time.Minute)) || len(board.Rooms) != 1 {
		t.Errorf("the board is %+v", board)
	}
	_, err = store.BeginTries(t.Context(), later, paging.Decision{Settled: []string{"a", "b"}})
	must(t, err)
	if board, err = store.PageBoard(t.Context(), later, 10); err != nil || len(board.Open) != 1 || board.Open[0].Key != "c" {
		t.Errorf("the board is %+v (%v)", board, err)
	}
}

// §4.2: whoever comes too late for a try does not hold the room that nobody writes to.
func TestPages_ARoomIsHeldByWhoSendsAlone(t *testing.T) {
	t.Parallel()
	store := testkit.Spoiled(t)
	must(t, store.Enqueue(t.Context(), []message.Page{firstPage("a"), firstPage("b")}))
	for _, tt := range []struct {
		d    paging.Delivery
		sent int
	}{{delivery("U1", firstPage("a")), 1}, {delivery("U2", firstPage("a")), 0}, {delivery("U2", firstPage("b")), 1}} {
		begun, err := store.BeginTries(t.Context(), pagedAt, paging.Decision{Deliveries: []paging.Delivery{tt.d}})
		must(t, err)
		if len(begun) != tt.sent {
			t.Errorf("of %s to %s began %+v", tt.d.Key, tt.d.Room, begun)
		}
	}
}

// §4.2: what is written of pages stands, for every role.
func TestPages_AreAppendOnly(t *testing.T) {
	t.Parallel()
	store := testkit.Spoiled(t)
	p := firstPage("a")
	must(t, store.Enqueue(t.Context(), []message.Page{p}))
	d := delivery("U1", p)
	_, err := store.BeginTries(t.Context(), pagedAt, paging.Decision{Settled: []string{"a"}, Deliveries: []paging.Delivery{d}})
	must(t, err)
	d.Tries[0].EndedAt, d.Tries[0].Outcome = pagedAt, paging.Sent
	must(t, store.EndTries(t.Context(), d.Tries, nil))
	_, err = store.UseLink(t.Context(), paging.Link{Person: "zhang", Act: "ack"}, pagedAt, func(context.Context) error { return nil })
	must(t, err)
	statements := []string{"UPDATE page SET kind = 'x'", "UPDATE page SET settled_at = NULL", "UPDATE page SET settled_at = now()"}
	for _, table := range []string{"page", "page_try", "page_try_end", "page_link_use"} {
		statements = append(statements, "DELETE FROM "+table, "TRUNCATE "+table, "TRUNCATE "+table+" CASCADE",
			"SET session_replication_role = replica; DELETE FROM "+table)
	}
	for table, column := range map[string]string{"page_try": "room", "page_try_end": "reason", "page_link_use": "person"} {
		statements = append(statements, "UPDATE "+table+" SET "+column+" = ''", "UPDATE "+table+" SET "+column+" = '' WHERE false")
	}
	for _, statement := range statements {
		wantAppendOnly(t, asSuperuser(t, store, statement), statement)
		if err := asSuperuser(t, store, "SET SESSION AUTHORIZATION lvyue_app;"+statement); err == nil {
			t.Errorf("the product may: %s", statement)
		}
	}
	if n := ask[int](t, store, "SELECT count(*)::int FROM page JOIN page_try USING (key) JOIN page_try_end USING (key) WHERE settled_at IS NOT NULL"); n != 1 {
		t.Errorf("%d rows are left", n)
	}
}

// §4.2: a link whose act failed is not used; one whose act went well is, once.
func TestLinks_AreUsedWithTheirAct(t *testing.T) {
	t.Parallel()
	store := testkit.Spoiled(t)
	link := paging.Link{Person: "zhang", Contract: "HT-1", Fault: 1, Act: paging.Acknowledge, Until: pagedAt.Unix()}
	gone := errors.New("the server is gone")
	use := func(err error) []any {
		first, got := store.UseLink(t.Context(), link, pagedAt, func(context.Context) error { return err })
		used, asked := store.LinkUsed(t.Context(), link)
		must(t, asked)
		return []any{first && got == nil, errors.Is(got, gone), used}
	}
	for _, tt := range []struct {
		act  error
		want []any
	}{
		{gone, []any{false, true, false}}, {nil, []any{true, false, true}}, {nil, []any{false, false, true}}, {gone, []any{false, false, true}},
	} {
		if got := use(tt.act); !reflect.DeepEqual(got, tt.want) {
			t.Errorf("first, failed, used: %v, want %v", got, tt.want)
		}
	}
	if id := ask[string](t, store, "SELECT id FROM page_link_use"); id != link.ID() || strings.Contains(id, ".") {
		t.Errorf("kept as %s", id)
	}
}

func TestNow_IsTheServersClock(t *testing.T) {
	t.Parallel()
	store := testkit.Spoiled(t)
	first, err := store.Now(t.Context())
	must(t, err)
	if second, err := store.Now(t.Context()); err != nil || first.IsZero() || second.Before(first) {
		t.Errorf("%s, then %s (%v)", first, second, err)
	}
}
