package slacksim

import (
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io"
	"net/http"
	"strconv"
	"strings"
	"time"
)

// handHTTP posts a delivery to the app's request URL, signed.
func (s *Server) handHTTP(ctx context.Context, address string, d *Delivery) {
	body, kind := d.bodyOf()
	request, err := s.signedRequest(ctx, address, body, kind)
	if err != nil {
		d.Err = fmt.Errorf("%w: %w", ErrUnreachable, err)
		return
	}
	if d.Attempt > 0 {
		request.Header.Set("X-Slack-Retry-Num", strconv.Itoa(d.Attempt))
		request.Header.Set("X-Slack-Retry-Reason", strings.Replace(d.reason, "timeout", "http_timeout", 1))
	}
	s.send(request, d)
}

// send posts and reads the answer. Slack follows no redirects.
func (s *Server) send(request *http.Request, d *Delivery) {
	client := http.Client{CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
	response, err := client.Do(request) //nolint:gosec // the app itself says where it is
	if err != nil {
		d.Err = fmt.Errorf("%w: %w", ErrUnreachable, err)
		return
	}
	defer response.Body.Close()
	text, err := io.ReadAll(io.LimitReader(response.Body, largestCall))
	if err != nil {
		d.Err = fmt.Errorf("%w: %w", ErrUnreachable, err)
		return
	}
	d.accept(response.StatusCode, response.Header, text)
}

// signedRequest is a request as Slack sends it, signed for the machine's time.
func (s *Server) signedRequest(ctx context.Context, address, body, kind string) (*http.Request, error) {
	request, err := http.NewRequestWithContext(ctx, http.MethodPost, address, strings.NewReader(body))
	if err != nil {
		return nil, fmt.Errorf("reach the app: %w", err)
	}
	request.Header.Set("Content-Type", kind)
	request.Header.Set("User-Agent", "Slackbot 1.0 (+https://api.slack.com/robots)")
	sign(request, s.options.SigningSecret, time.Now(), body)
	return request, nil
}

// sign puts the two headers of version v0 on a request.
func sign(request *http.Request, secret string, at time.Time, body string) {
	stamp := strconv.FormatInt(at.Unix(), 10)
	mac := hmac.New(sha256.New, []byte(secret))
	_, _ = io.WriteString(mac, "v0:"+stamp+":"+body) // a hash takes everything
	request.Header.Set("X-Slack-Request-Timestamp", stamp)
	request.Header.Set("X-Slack-Signature", "v0="+hex.EncodeToString(mac.Sum(nil)))
}
