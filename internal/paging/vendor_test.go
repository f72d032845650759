package paging_test

import (
	"bytes"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"

	"lvyue/internal/message"
	"lvyue/internal/paging"
	"lvyue/internal/robot"
	"lvyue/internal/testkit"
)

// §4.2, a case to try: DingTalk answers HTTP 200 with errcode 130101, too fast. The next fall-back is tried, at once, and DingTalk
// left alone for as long as it wants.
func TestDeliver_DingTalkTooFastGoesToTheNextWay(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	asked, got := 0, 0
	ding := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		asked++
		_, _ = io.WriteString(w, `{"errcode":130101,"errmsg":"send too fast"}`)
	}))
	wecom := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		got++
		_, _ = io.WriteString(w, `{"errcode":0,"errmsg":"ok"}`)
	}))
	t.Cleanup(ding.Close)
	t.Cleanup(wecom.Close)
	clock := func() time.Time { return *d.now }
	d.Lines = []paging.Line{
		{Channel: robot.DingTalk(ding.URL, "hush", ding.Client(), clock), Every: robot.Every},
		{Channel: robot.WeCom(wecom.URL, wecom.Client(), clock), Every: robot.Every},
	}
	d.enqueue(page(message.FirstPage, 1, "zhang", 0))
	if _, err := d.Deliver(t.Context(), *d.now); err != nil {
		t.Fatal(err)
	}
	if asked != 1 || got != 1 {
		t.Errorf("at once: DingTalk was asked %d times, WeCom got %d", asked, got)
	}
	d.run(599)
	if asked != 1 || got != 1 {
		t.Errorf("in ten minutes: DingTalk was asked %d times, WeCom got %d", asked, got)
	}
}

// §4.2: the URL of a robot and what it signs with are in no error, no log and no row.
func TestDeliver_NoSecretIsWrittenAnywhere(t *testing.T) { //nolint:paralleltest // it listens to the log
	var log bytes.Buffer
	before := slog.Default()
	slog.SetDefault(slog.New(slog.NewTextHandler(&log, &slog.HandlerOptions{Level: slog.LevelDebug})))
	t.Cleanup(func() { slog.SetDefault(before) })
	d := newDesk(t)
	nobody := httptest.NewServer(http.NotFoundHandler())
	refusing := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		http.Error(w, r.URL.String(), http.StatusForbidden) // it says the secret back
	}))
	t.Cleanup(refusing.Close)
	nobody.Close()
	d.slack.answer = func(paging.Envelope, int) error { return fmt.Errorf("post https://hooks/hush: %w", errTorn) }
	d.Lines = []paging.Line{
		{Channel: d.slack},
		{Channel: robot.DingTalk(nobody.URL+"/?access_token=hush", "hush", http.DefaultClient, time.Now)},
		{Channel: robot.WeCom(refusing.URL+"/?key=hush", http.DefaultClient, time.Now)},
	}
	d.enqueue(page(message.FirstPage, 1, "zhang", 0))
	d.run(60)
	if rows := everything(t, d.store.Schema()); strings.Contains(rows, "hush") || !strings.Contains(rows, "HTTP 403") {
		t.Errorf("the tables hold %s", rows)
	}
	if strings.Contains(log.String(), "hush") {
		t.Errorf("the log holds %s", log.String())
	}
}

// everything is all that the outbox holds, as text.
func everything(t *testing.T, schema string) string {
	t.Helper()
	c, err := pgx.Connect(t.Context(), testkit.DatabaseURL(t))
	if err != nil {
		t.Fatal(err)
	}
	defer c.Close(t.Context())
	var all strings.Builder
	for _, table := range []string{"page", "page_try", "page_try_end", "page_room", "page_link_use"} {
		var rows string
		err := c.QueryRow(t.Context(), "SELECT coalesce(string_agg(t::text, E'\n'), '') FROM "+
			pgx.Identifier{schema, table}.Sanitize()+" AS t").Scan(&rows)
		if err != nil {
			t.Fatal(err)
		}
		all.WriteString(rows)
	}
	return all.String()
}
