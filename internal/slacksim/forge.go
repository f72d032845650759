package slacksim

import (
	"context"
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"time"
)

// Forgery is a way in which a request to the app's URL is not Slack's, or not as Slack sent it.
type Forgery string

// The forgeries. An app must answer all with 401 and do nothing, but for Replayed, which only deduplication can tell.
const (
	BadSecret Forgery = "bad secret" // signed with another secret
	Unsigned  Forgery = "unsigned"   // without the two headers
	Garbled   Forgery = "garbled"    // a signature that is no v0 and 32 bytes
	Old       Forgery = "old"        // well signed, six minutes ago
	Future    Forgery = "future"     // well signed, in six minutes
	Tampered  Forgery = "tampered"   // another body than was signed
	// Smuggled has the payload in the query, beside a body that is well signed and has none.
	Smuggled Forgery = "smuggled"
	// Replayed is well signed, and was sent before to the letter.
	Replayed Forgery = "replayed"
)

// Forgeries are all that an app must turn away.
func Forgeries() []Forgery {
	return []Forgery{BadSecret, Unsigned, Garbled, Old, Future, Tampered, Smuggled}
}

// Forge sends what was handed over once before to the app's request URL again, in the way of the forgery, and gives the HTTP status.
// ForgeClick has a click that was never delivered.
func (s *Server) Forge(ctx context.Context, forgery Forgery, d Delivery) (int, error) {
	s.mu.Lock()
	address := s.requestURL
	s.mu.Unlock()
	if address == "" {
		return 0, fmt.Errorf("forge a request: %w: the app has no request URL", ErrCannot)
	}
	request, err := s.forged(ctx, address, forgery, &d)
	if err != nil {
		return 0, err
	}
	s.send(request, &d)
	return d.Status, unlessRejected(d)
}

// ForgeClick is Forge for a click that Slack itself never sends.
func (s *Server) ForgeClick(ctx context.Context, forgery Forgery, user, channel, ts, actionID string, chosen ...string) (int, error) {
	d, err := s.prepare(func(w *workspace) (Delivery, error) { return w.click(user, channel, ts, actionID, chosen, false) })
	if err != nil {
		return 0, err
	}
	return s.Forge(ctx, forgery, d)
}

// unlessRejected is the error of a delivery whose rejection is what was wanted.
func unlessRejected(d Delivery) error {
	if d.Status != 0 {
		return nil
	}
	return d.Err
}

func (s *Server) forged(ctx context.Context, address string, forgery Forgery, d *Delivery) (*http.Request, error) {
	body, kind := d.bodyOf()
	sent, secret, at := body, s.options.SigningSecret, time.Now()
	switch forgery { //nolint:exhaustive // the others change the headers
	case BadSecret:
		secret += "x"
	case Old:
		at = at.Add(-6 * time.Minute)
	case Future:
		at = at.Add(6 * time.Minute)
	case Tampered:
		sent = body + "&extra=1"
	case Smuggled:
		address += "?" + url.Values{"payload": {string(d.Payload)}}.Encode()
		body, sent = "ssl_check=1", "ssl_check=1"
	}
	request, err := s.signedRequest(ctx, address, sent, kind)
	if err != nil {
		return nil, err
	}
	sign(request, secret, at, body)
	switch forgery { //nolint:exhaustive // the others are done
	case Unsigned:
		request.Header.Del("X-Slack-Signature")
		request.Header.Del("X-Slack-Request-Timestamp")
	case Garbled:
		request.Header.Set("X-Slack-Signature", "v0="+strings.Repeat("z", 64))
	}
	return request, nil
}

// VerifyURL asks the app to prove that the request URL is its own, as Slack does when somebody enters one.
func (s *Server) VerifyURL(ctx context.Context) error {
	const challenge = "3eZbrw1aBm2rZgRNFdxV2595E9CY3gmdALWMmHkvFXO7tYXAYM8P"
	d, err := parcel("events_api", answer{"type": "url_verification", "token": verificationToken, "challenge": challenge})
	if err != nil {
		return err
	}
	d = s.deliver(ctx, d)
	if d.Err != nil {
		return d.Err
	}
	if got := string(d.Answer); !strings.Contains(got, challenge) {
		return fmt.Errorf("%w: the challenge is not in %s", ErrBadAnswer, got)
	}
	return nil
}
