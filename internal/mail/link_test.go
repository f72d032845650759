package mail_test

import (
	"bytes"
	"context"
	"io"
	"log/slog"
	"mime/quotedprintable"
	"net/http"
	"net/http/httptest"
	netmail "net/mail"
	"regexp"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"lvyue/internal/linkpage"
	"lvyue/internal/mail"
	"lvyue/internal/message"
	"lvyue/internal/paging"
	"lvyue/internal/refusal"
	"lvyue/internal/testkit"
)

func TestMain(m *testing.M) { testkit.Main(m) }

// byMail reaches everybody by mail alone.
type byMail struct{}

// Addresses are a mail address each.
func (byMail) Addresses(_ context.Context, people []string) (map[string][]paging.Address, error) {
	all := map[string][]paging.Address{}
	for _, person := range people {
		all[person] = []paging.Address{{Way: paging.Email, Room: person + "@example.com"}}
	}
	return all, nil
}

// Leads are nobody.
func (byMail) Leads(context.Context) ([]string, error) { return nil, nil }

// §4.2: the link of a page that comes by mail leads to the desk's own address: looking at it does nothing, however often a mail
// program does so, and pressing it acts once, as the one who was paged. Neither link nor secret is logged.
func TestSend_TheLinkOfAPageActsAtTheDesksAddress_4_2(t *testing.T) { //nolint:paralleltest // it listens to the log
	var log bytes.Buffer
	before := slog.Default()
	slog.SetDefault(slog.New(slog.NewTextHandler(&log, &slog.HandlerOptions{Level: slog.LevelDebug})))
	t.Cleanup(func() { slog.SetDefault(before) })
	store := testkit.Spoiled(t)
	var acted atomic.Int32
	keys := paging.Keys{New: "hush-hush"}
	desk := httptest.NewTLSServer(linkpage.Handler{
		Keys: keys, Used: store, Now: store.Now,
		Act: func(_ context.Context, l paging.Link) (refusal.Text, error) {
			if acted.Add(1); l.Person != "zhang" || l.Contract != "HT-1" || l.Fault != 7 || l.Act != paging.Acknowledge {
				t.Errorf("acts on %+v", l)
			}
			return refusal.Text{ZH: "已响应", EN: "acknowledged"}, nil
		},
	})
	t.Cleanup(desk.Close)
	url := linkInMail(t, store, paging.Links{Keys: keys, Desk: desk.URL})
	ask := func(method string) (int, string) {
		request, err := http.NewRequestWithContext(t.Context(), method, url, nil)
		if err != nil {
			t.Fatal(err)
		}
		answer, err := desk.Client().Do(request)
		if err != nil {
			t.Fatal(err)
		}
		defer answer.Body.Close()
		body, _ := io.ReadAll(answer.Body)
		return answer.StatusCode, string(body)
	}
	for range 3 {
		if status, body := ask(http.MethodGet); status != http.StatusOK || !strings.Contains(body, "F-0007") || acted.Load() != 0 {
			t.Errorf("a look: %d, acted %d times, %s", status, acted.Load(), body)
		}
	}
	if status, body := ask(http.MethodPost); status != http.StatusOK || !strings.Contains(body, "已响应") {
		t.Errorf("a press: %d %s", status, body)
	}
	for _, method := range []string{http.MethodPost, http.MethodGet} {
		if status, body := ask(method); status != http.StatusForbidden || !strings.Contains(body, "used already") || acted.Load() != 1 {
			t.Errorf("once more: %d, acted %d times, %s", status, acted.Load(), body)
		}
	}
	if _, token, _ := strings.Cut(url, "/a/"); strings.Contains(log.String(), token) || strings.Contains(log.String(), "hush") {
		t.Errorf("the log holds %s", log.String())
	}
}

// linkInMail sends the first page of a fault by mail, and gives the link in it.
func linkInMail(t *testing.T, store paging.Store, links paging.Links) string {
	t.Helper()
	s := start(t, true)
	channel, err := mail.New(s.settings())
	if err != nil {
		t.Fatal(err)
	}
	now := time.Now()
	page := message.Page{Key: "p", At: now, Kind: message.FirstPage, Contract: "HT-1", Fault: 7, Rung: "first", To: "zhang"}
	if err := store.Enqueue(t.Context(), []message.Page{page}); err != nil {
		t.Fatal(err)
	}
	sender := paging.Sender{Store: store, People: byMail{}, Lines: []paging.Line{{Channel: channel}}, Link: links.Of}
	if _, err := sender.Deliver(t.Context(), now); err != nil || len(s.taken) != 1 {
		t.Fatalf("%d mails (%v)", len(s.taken), err)
	}
	read, err := netmail.ReadMessage(strings.NewReader(s.taken[0]))
	if err != nil {
		t.Fatal(err)
	}
	body, err := io.ReadAll(quotedprintable.NewReader(read.Body))
	if err != nil {
		t.Fatal(err)
	}
	url := regexp.MustCompile(regexp.QuoteMeta(links.Desk) + `/a/\S+`).FindString(string(body))
	if url == "" {
		t.Fatalf("no link in %s", body)
	}
	return url
}
