// Package robot sends pages through robots that take one HTTP POST: DingTalk, WeCom, and anybody's own webhook (§4.2). What they
// have in common is here once; each robot adds how it is addressed and signed, and what its answers mean.
//
// github.com/nikoksr/notify was looked at and not taken: its DingTalk hides the vendor's errcode in text and its webhook the
// Retry-After, it has no WeCom robot, and without those nobody can tell what to retry, when, and what never.
package robot

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"strconv"
	"time"

	"lvyue/internal/paging"
)

// Robot is one robot, with one room of its own. It can write nothing over, and look for nothing that it has written.
type Robot struct {
	client *http.Client
	now    func() time.Time
	kind
}

// kind is what tells robots apart. Its URLs and secrets reach no error.
type kind struct {
	way paging.Way
	// body is what is posted.
	body func(paging.Envelope) any
	// sign completes a request at its moment, before it goes out.
	sign func(r *http.Request, e paging.Envelope, body []byte, at time.Time)
	// url is where to.
	url string
	// read takes an answer of status 200: the vendor's reference, or why it did not take the message.
	read func(body []byte) (string, error)
}

var _ paging.Channel = (*Robot)(nil)

// mostAnswer is as much as is read of an answer.
const mostAnswer = 64 << 10

// newRobot makes one. It follows no redirection: what it posts is for nobody else.
func newRobot(k kind, client *http.Client, now func() time.Time) *Robot {
	own := *client
	own.CheckRedirect = func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }
	return &Robot{client: &own, now: now, kind: k}
}

// Way is the robot's.
func (r *Robot) Way() paging.Way { return r.way }

// Send posts one message.
func (r *Robot) Send(ctx context.Context, e paging.Envelope) (string, error) {
	body, err := json.Marshal(r.body(e))
	if err != nil {
		return "", &paging.SendError{Reason: "the message cannot be written", Final: true}
	}
	request, err := http.NewRequestWithContext(ctx, http.MethodPost, r.url, bytes.NewReader(body))
	if err != nil {
		return "", &paging.SendError{Reason: "the robot's URL is none", Final: true}
	}
	request.Header.Set("Content-Type", "application/json; charset=utf-8")
	r.sign(request, e, body, r.now())
	answer, err := r.client.Do(request)
	if err != nil {
		return "", &paging.SendError{Reason: "the robot does not answer"} // the cause quotes the URL
	}
	defer func() { _ = answer.Body.Close() }()
	return r.answer(answer)
}

func (r *Robot) answer(answer *http.Response) (string, error) {
	if answer.StatusCode/100 != 2 {
		return "", r.refused(answer)
	}
	body, err := io.ReadAll(io.LimitReader(answer.Body, mostAnswer))
	if err != nil {
		return "", &paging.SendError{Reason: "the robot's answer breaks off"}
	}
	return r.read(body)
}

// refused tells what an answer other than 2xx means: 408, 429 and 5xx pass, the others do not.
func (r *Robot) refused(answer *http.Response) error {
	passes := answer.StatusCode == http.StatusRequestTimeout || answer.StatusCode == http.StatusTooManyRequests ||
		answer.StatusCode >= http.StatusInternalServerError
	return &paging.SendError{
		Reason: fmt.Sprintf("the robot answers HTTP %d", answer.StatusCode), Final: !passes,
		Wait: retryAfter(answer.Header.Get("Retry-After"), r.now()),
	}
}

// retryAfter reads the header of that name: seconds, or a moment (RFC 9110 §10.2.3). Anything else is zero.
func retryAfter(header string, now time.Time) time.Duration {
	if seconds, err := strconv.Atoi(header); err == nil {
		return max(0, time.Duration(seconds)*time.Second)
	}
	if at, err := http.ParseTime(header); err == nil {
		return max(0, at.Sub(now))
	}
	return 0
}

// errcode is how DingTalk and WeCom answer: HTTP 200, and an errcode that is 0 if they took the message.
type errcode struct {
	Code *int `json:"errcode"`
}

// codes tells of each errcode that passes for how long to leave the vendor alone. All others are final.
type codes map[int]time.Duration

func (c codes) read(body []byte) (string, error) {
	var answer errcode
	if err := json.Unmarshal(body, &answer); err != nil || answer.Code == nil {
		return "", &paging.SendError{Reason: "the robot's answer cannot be read"}
	}
	if *answer.Code == 0 {
		return "", nil
	}
	wait, passes := c[*answer.Code]
	return "", &paging.SendError{Reason: fmt.Sprintf("the robot answers errcode %d", *answer.Code), Final: !passes, Wait: wait}
}
