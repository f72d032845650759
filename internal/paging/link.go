package paging

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"strings"
	"time"

	"lvyue/internal/message"
	"lvyue/internal/refusal"
)

// Acknowledge is the act of a link by which a person takes a fault (§4.2).
const Acknowledge = "ack"

// linkLasts is how long a link of a page may be pressed.
const linkLasts = 24 * time.Hour

// Link is the right to do one act once, without Slack. Person is who acts by it. Until is to the second.
type Link struct {
	Person   string `json:"p"`
	Contract string `json:"c"`
	Fault    int    `json:"f"`
	Act      string `json:"a"`
	Until    int64  `json:"u"` // seconds since 1970
}

// ID names the link: it is used once, whichever secret signed it.
func (l Link) ID() string {
	digest := sha256.Sum256([]byte(fmt.Sprintf("%q %q %d %q %d", l.Person, l.Contract, l.Fault, l.Act, l.Until)))
	return hex.EncodeToString(digest[:])
}

// Keys sign links. During a rotation Old is the secret of before: links signed with it still hold. An empty secret signs and
// opens nothing.
type Keys struct{ New, Old string }

// Token is the link, signed. It is the right itself: whoever holds it may act.
func (k Keys) Token(l Link) string {
	if k.New == "" {
		return ""
	}
	payload, err := json.Marshal(l)
	if err != nil {
		return "" // strings and numbers always can be written
	}
	return encode(payload) + "." + encode(sign(k.New, payload))
}

// Open reads a token at the moment now. One that we did not sign is the refusal "bad_link", one that is too old "link_expired".
func (k Keys) Open(token string, now time.Time) (Link, error) {
	body, signature, _ := strings.Cut(token, ".")
	payload, err := base64.RawURLEncoding.Strict().DecodeString(body)
	mac, wrong := base64.RawURLEncoding.Strict().DecodeString(signature)
	if err != nil || wrong != nil || !k.signed(payload, mac) {
		return Link{}, refusal.Rule("bad_link", "4.2", "此链接无效。", "This link is not valid.")
	}
	var l Link
	if err := json.Unmarshal(payload, &l); err != nil {
		return Link{}, refusal.Rule("bad_link", "4.2", "此链接无效。", "This link is not valid.")
	}
	if now.After(time.Unix(l.Until, 0)) {
		return Link{}, refusal.Rule("link_expired", "4.2", "此链接已过期。", "This link has expired.")
	}
	return l, nil
}

func (k Keys) signed(payload, mac []byte) bool {
	for _, secret := range []string{k.New, k.Old} {
		if secret != "" && hmac.Equal(mac, sign(secret, payload)) {
			return true
		}
	}
	return false
}

func sign(secret string, payload []byte) []byte {
	mac := hmac.New(sha256.New, []byte(secret))
	mac.Write([]byte("lvyue link 1\n")) // what is signed for another purpose is no link
	mac.Write(payload)
	return mac.Sum(nil)
}

func encode(data []byte) string { return base64.RawURLEncoding.EncodeToString(data) }

// Links makes the links of pages. Desk is where they are answered, such as https://desk.example.com.
type Links struct {
	Keys

	Desk string
}

// Of is the link by which the one who is paged takes the fault; the same for one page, however often it is sent. Without a desk
// or a secret there is none.
func (l Links) Of(p message.Page) string {
	token := l.Token(Link{
		Person: p.To, Contract: p.Contract, Fault: p.Fault, Act: Acknowledge, Until: p.At.Add(linkLasts).Unix(),
	})
	if l.Desk == "" || token == "" {
		return ""
	}
	return strings.TrimRight(l.Desk, "/") + "/a/" + token
}
