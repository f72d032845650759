package postgres_test

import (
	"context"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"

	"lvyue/internal/failure"
	"lvyue/internal/message"
	"lvyue/internal/testkit"
)

// §4.2: whoever sends pages is woken when somebody else has written some, and not by those of another engine.
func TestHearPages_RingsWhenAPageIsWritten_4_2(t *testing.T) {
	t.Parallel()
	store, other := testkit.Spoiled(t), testkit.Spoiled(t)
	ctx, stop := context.WithCancel(t.Context())
	rings, ended := make(chan struct{}, 9), make(chan error, 1)
	go func() { ended <- store.HearPages(ctx, func() { rings <- struct{}{} }) }()
	<-rings // it listens
	must(t, other.Enqueue(t.Context(), []message.Page{firstPage("a")}))
	must(t, testkit.Open(t, store.Schema()).Enqueue(t.Context(), []message.Page{firstPage("a"), firstPage("b")}))
	select {
	case <-rings:
	case <-time.After(10 * time.Second):
		t.Fatal("nobody rings")
	}
	stop()
	if err := <-ended; err == nil || len(rings) > 0 {
		t.Errorf("%v, and %d rings too many", err, len(rings))
	}
}

// §4.2: a connection that breaks is told, so that whoever listens begins again.
func TestHearPages_TellsThatItHearsNoMore_4_2(t *testing.T) {
	t.Parallel()
	store := testkit.Spoiled(t)
	rings, ended := make(chan struct{}, 9), make(chan error, 1)
	go func() { ended <- store.HearPages(t.Context(), func() { rings <- struct{}{} }) }()
	<-rings
	conn, err := pgx.Connect(t.Context(), testkit.DatabaseURL(t))
	must(t, err)
	defer conn.Close(t.Context())
	_, err = conn.Exec(t.Context(), "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE query = $1",
		"LISTEN "+pgx.Identifier{store.Schema()}.Sanitize())
	must(t, err)
	if known, ok := failure.As(<-ended); !ok || known.Code != "database_interrupted" {
		t.Errorf("%v", known)
	}
}
