package paging_test

import (
	"strings"
	"testing"
	"time"

	"lvyue/internal/message"
	"lvyue/internal/paging"
)

// §4.2: a link is opened by who signed it, by the secret of before during a rotation, by nobody else, and not after its time.
func TestKeys_OpenOnlyWhatTheySigned(t *testing.T) {
	t.Parallel()
	link := paging.Link{Person: "zhang", Contract: "HT-1", Fault: 1, Act: paging.Acknowledge, Until: reported.Unix()}
	token := paging.Keys{New: "one"}.Token(link)
	body, signature, _ := strings.Cut(token, ".")
	other := paging.Keys{New: "one"}.Token(paging.Link{Person: "li", Contract: "HT-1", Fault: 1, Act: paging.Acknowledge, Until: reported.Unix()})
	otherBody, _, _ := strings.Cut(other, ".")
	for _, tt := range []struct {
		name  string
		keys  paging.Keys
		token string
		after time.Duration
		code  string
	}{
		{"the same secret", paging.Keys{New: "one"}, token, 0, ""},
		{"a rotation", paging.Keys{New: "two", Old: "one"}, token, 0, ""},
		{"after it", paging.Keys{New: "two"}, token, 0, "bad_link"},
		{"no secret", paging.Keys{}, token, 0, "bad_link"},
		{"expired", paging.Keys{New: "one"}, token, time.Second, "link_expired"},
		{"another's body", paging.Keys{New: "one"}, otherBody + "." + signature, 0, "bad_link"},
		{"no signature", paging.Keys{New: "one"}, body + ".", 0, "bad_link"},
		{"a cut one", paging.Keys{New: "one"}, token[:len(token)-2], 0, "bad_link"},
		{"nothing", paging.Keys{New: "one"}, "", 0, "bad_link"},
		{"garbage", paging.Keys{New: "one"}, "%%.%%", 0, "bad_link"},
	} {
		got, err := tt.keys.Open(tt.token, reported.Add(tt.after))
		if code(err) != tt.code || tt.code == "" && got != link {
			t.Errorf("%s: %+v, %v", tt.name, got, err)
		}
	}
}

// §4.2: a page has one link however often it is sent, if there is a desk that answers it.
func TestLinks_OfAPageAreOne(t *testing.T) {
	t.Parallel()
	links := paging.Links{Keys: paging.Keys{New: "one"}, Desk: "https://desk.example.com/"}
	p := page(message.FirstPage, 1, "zhang", 0)
	url := links.Of(p)
	if url != links.Of(p) || !strings.HasPrefix(url, "https://desk.example.com/a/") || strings.ContainsAny(url, "?&=") {
		t.Errorf("the link is %s", url)
	}
	for _, none := range []paging.Links{{}, {Desk: links.Desk}, {Keys: links.Keys}} {
		if none.Of(p) != "" {
			t.Errorf("a link without an answer: %s", none.Of(p))
		}
	}
	d := newDesk(t)
	d.Link = links.Of
	d.enqueue(p, page(message.ResolvedPage, 1, "zhang", 1))
	d.run(10)
	if got := d.slack.took; len(got) != 2 || got[0].Link != url || got[1].Link != "" {
		t.Errorf("sent %+v", got)
	}
}
