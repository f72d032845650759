package aliyunsim

import (
	"crypto/hmac"
	"crypto/sha1" //nolint:gosec // the vendor's signature version 1.0 is HMAC-SHA1
	"encoding/base64"
	"maps"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"time"
)

// replayWindow is how long the vendor remembers a nonce; crowded is how many the gate remembers before it
// begins to forget older ones.
const (
	replayWindow = 15 * time.Minute
	crowded      = 10_000
)

// gate lets a request in when it is signed with the account's key (signature version 1.0) and its nonce is new.
// The timestamp must read as one, but is not compared with any clock: the client signs with the machine's time,
// the simulator lives in a rehearsal's.
type gate struct {
	keyID, secret string
	seen          map[string]time.Time
}

// admit refuses with the vendor's code for what is wrong with the request's identity.
func (g *gate) admit(method string, params url.Values) error {
	if params.Get("AccessKeyId") != g.keyID {
		return refuse(http.StatusNotFound, "InvalidAccessKeyId.NotFound", "Specified access key is not found.")
	}
	if params.Get("SignatureMethod") != "HMAC-SHA1" || params.Get("SignatureVersion") != "1.0" || params.Get("Signature") == "" {
		return refuse(http.StatusBadRequest, "IncompleteSignature", "The request signature does not conform to Aliyun standards.")
	}
	text := stringToSign(method, params)
	if !hmac.Equal([]byte(sign(g.secret, text)), []byte(params.Get("Signature"))) {
		return refuse(http.StatusBadRequest, "SignatureDoesNotMatch",
			"Specified signature is not matched with our calculation. server string to sign is:%s", text)
	}
	return g.once(params.Get("SignatureNonce"), params.Get("Timestamp"))
}

// once refuses a nonce that was seen before; age is measured from the request's own timestamp.
func (g *gate) once(nonce, timestamp string) error {
	at, err := time.Parse("2006-01-02T15:04:05Z", timestamp)
	if err != nil {
		return refuse(http.StatusBadRequest, "InvalidTimeStamp.Format", "Specified time stamp or date value is not well formatted.")
	}
	if _, used := g.seen[nonce]; used || nonce == "" {
		return refuse(http.StatusBadRequest, "SignatureNonceUsed", "Specified signature nonce was used already.")
	}
	if len(g.seen) >= crowded {
		maps.DeleteFunc(g.seen, func(_ string, seenAt time.Time) bool { return at.Sub(seenAt) > replayWindow })
	}
	g.seen[nonce] = at
	return nil
}

// stringToSign is the canonical form that both sides sign: every parameter but the signature, sorted and
// percent-encoded, encoded once more behind the method.
func stringToSign(method string, params url.Values) string {
	pairs := make([]string, 0, len(params))
	for name, values := range params {
		if name != "Signature" {
			pairs = append(pairs, percent(name)+"="+percent(values[0]))
		}
	}
	slices.Sort(pairs)
	return method + "&%2F&" + percent(strings.Join(pairs, "&"))
}

func sign(secret, text string) string {
	mac := hmac.New(sha1.New, []byte(secret+"&"))
	_, _ = mac.Write([]byte(text)) // a hash never fails to write
	return base64.StdEncoding.EncodeToString(mac.Sum(nil))
}

// percent encodes by RFC 3986, which differs from Go's query escaping in three characters.
func percent(s string) string {
	return strings.NewReplacer("+", "%20", "*", "%2A", "%7E", "~").Replace(url.QueryEscape(s))
}
