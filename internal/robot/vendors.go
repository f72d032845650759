package robot

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"net/http"
	"strconv"
	"time"

	"lvyue/internal/message"
	"lvyue/internal/paging"
	"lvyue/internal/refusal"
)

// Every is the least time between two messages of DingTalk's and WeCom's robots: they take twenty a minute.
const Every = 3 * time.Second

// What DingTalk's robot takes: 20,000 bytes of text. WeCom's takes 2,048.
const (
	mostDingTalk = 20000
	mostWeCom    = 2048
)

// busy is DingTalk's and WeCom's "the system is busy"; after too many messages they want to be left alone for so long.
const (
	busy         = -1
	tooFastDing  = 130101
	tooFastWeCom = 45009
	waitDing     = 10 * time.Minute
	waitWeCom    = time.Minute
)

// text is a message as both vendors take it, but for how they call people.
type text struct {
	Type string `json:"msgtype"`
	Text words  `json:"text"`
	At   *at    `json:"at,omitempty"` // DingTalk's
}

type words struct {
	Content string   `json:"content"`
	Mobiles []string `json:"mentioned_mobile_list,omitempty"` // WeCom's
}

type at struct {
	Mobiles []string `json:"atMobiles"`
}

// DingTalk is a robot of a DingTalk group. url has its token; secret is what it signs with, and both are secrets. A mention is a
// mobile number.
func DingTalk(url, secret string, client *http.Client, now func() time.Time) *Robot {
	return newRobot(kind{
		way: paging.DingTalk, url: url,
		body: func(e paging.Envelope) any {
			return text{Type: "text", Text: words{Content: e.Body(mostDingTalk)}, At: &at{append([]string{}, e.Mentions...)}}
		},
		sign: func(r *http.Request, _ paging.Envelope, _ []byte, at time.Time) { signDingTalk(r, secret, at) },
		read: codes{busy: 0, tooFastDing: waitDing}.read,
	}, client, now)
}

// signDingTalk puts the moment in milliseconds and the signature of it into the query.
func signDingTalk(r *http.Request, secret string, at time.Time) {
	if secret == "" {
		return
	}
	moment := strconv.FormatInt(at.UnixMilli(), 10)
	query := r.URL.Query()
	query.Set("timestamp", moment)
	query.Set("sign", base64.StdEncoding.EncodeToString(mac(secret, moment+"\n"+secret)))
	r.URL.RawQuery = query.Encode()
}

// WeCom is a robot of a WeCom group. url has its key, which is the only secret. A mention is a mobile number.
func WeCom(url string, client *http.Client, now func() time.Time) *Robot {
	return newRobot(kind{
		way: paging.WeCom, url: url,
		body: func(e paging.Envelope) any {
			return text{Type: "text", Text: words{Content: e.Body(mostWeCom), Mobiles: e.Mentions}}
		},
		sign: func(*http.Request, paging.Envelope, []byte, time.Time) {},
		read: codes{busy: 0, tooFastWeCom: waitWeCom}.read,
	}, client, now)
}

// Call is what a webhook is posted. Key is the same for a message that is sent again, as it may be after a crash: take it once.
type Call struct {
	Key      string         `json:"key"`
	Mentions []string       `json:"mentions,omitempty"`
	Count    int            `json:"count"`
	Subject  string         `json:"subject"`
	Text     refusal.Text   `json:"text"` // of the first page
	Link     string         `json:"link,omitempty"`
	Pages    []message.Page `json:"pages"` // the first few of Count
}

// The headers of a webhook's request. Signature is "sha256=" and, in hex, the HMAC-SHA-256 under the shared secret of the
// timestamp (seconds since 1970), a full stop and the body. The receiver compares it, and refuses what is older than he likes.
const (
	HeaderKey       = "X-Lvyue-Key"
	HeaderTimestamp = "X-Lvyue-Timestamp"
	HeaderSignature = "X-Lvyue-Signature"
)

// Webhook is any receiver that takes a Call and answers 2xx.
func Webhook(url, secret string, client *http.Client, now func() time.Time) *Robot {
	return newRobot(kind{
		way: paging.Webhook, url: url,
		body: func(e paging.Envelope) any {
			return Call{
				Key: e.Key, Mentions: e.Mentions, Count: e.Count, Subject: e.Subject(), Text: paging.Text(e.Pages[0]),
				Link: e.Link, Pages: e.Pages,
			}
		},
		sign: func(r *http.Request, e paging.Envelope, body []byte, at time.Time) {
			moment := strconv.FormatInt(at.Unix(), 10)
			r.Header.Set(HeaderKey, e.Key)
			r.Header.Set(HeaderTimestamp, moment)
			r.Header.Set(HeaderSignature, "sha256="+hex.EncodeToString(mac(secret, moment+"."+string(body))))
		},
		read: func([]byte) (string, error) { return "", nil },
	}, client, now)
}

// mac is the HMAC-SHA-256 of a text.
func mac(secret, text string) []byte {
	sum := hmac.New(sha256.New, []byte(secret))
	sum.Write([]byte(text))
	return sum.Sum(nil)
}
