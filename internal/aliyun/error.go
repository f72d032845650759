package aliyun

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"

	vendor "github.com/aliyun/alibaba-cloud-sdk-go/sdk/errors"

	"lvyue/internal/refusal"
)

// Error is a call that failed. Its text holds no credential, no signature and no URL, so it may be recorded.
type Error struct {
	// Action is the vendor's name of the operation, "RunInstances".
	Action string
	// Code, RequestID and HTTPStatus are the vendor's; empty and 0 when no answer came.
	Code, RequestID string
	HTTPStatus      int
	Message         string

	class class
	after time.Duration // what the vendor asks to wait
	cause error         // why no answer was waited for: context.Canceled or context.DeadlineExceeded
}

func (e *Error) Error() string {
	if e.Code == "" {
		return fmt.Sprintf("aliyun %s: %s", e.Action, e.Message)
	}
	return fmt.Sprintf("aliyun %s: %s (HTTP %d, request %s): %s", e.Action, e.Code, e.HTTPStatus, e.RequestID, e.Message)
}

// Unwrap gives context.Canceled or context.DeadlineExceeded when the call was given up, else nil.
func (e *Error) Unwrap() error { return e.cause }

// Permanent reports whether repeating the call is of no use before a person has acted. Throttling, failures of
// the vendor or the network, and resources that are not ready yet are not permanent; a 4xx code that nobody
// has classified is.
func (e *Error) Permanent() bool {
	return e.class == refused || e.class == noStock || e.class == noMoney || e.class == unclear
}

// longestWait bounds what the vendor may ask for, as its own command line does.
const longestWait = time.Minute

// RetryAfter is how long the vendor asks to wait before the call is repeated, at most a minute; 0 when it does not say:
// then the caller's own pauses hold. Source: the header x-acs-retry-after, in milliseconds.
func (e *Error) RetryAfter() time.Duration { return e.after }

// asked reads the header of a throttled answer.
func asked(headers http.Header) time.Duration {
	wait, err := strconv.Atoi(headers.Get("X-Acs-Retry-After"))
	if err != nil || wait < 0 {
		return 0
	}
	return min(time.Duration(wait)*time.Millisecond, longestWait)
}

// Refusal is what the person who must act is told; the vendor's own words are part of it.
func (e *Error) Refusal() *refusal.Refusal {
	switch e.class {
	case noStock:
		return refusal.Rule("aliyun_no_stock", "3.2", "阿里云在该可用区没有库存，请更换可用区或规格后重试："+e.Error(),
			"Aliyun has no stock in this zone; choose another zone or size and try again: "+e.Error())
	case noMoney:
		return refusal.Rule("aliyun_no_money", "3.2", "阿里云账户余额不足，请充值后重试："+e.Error(),
			"the Aliyun account lacks money; top it up and try again: "+e.Error())
	case refused:
		return refusal.Rule("aliyun_refused", "3.2", "阿里云拒绝了请求："+e.Error(), "Aliyun refused the request: "+e.Error())
	case unclear:
		return refusal.Rule("aliyun_unclear", "7.2", "须由人在控制台处理后重试："+e.Message,
			"a person must see to this in the console, then try again: "+e.Message)
	case transient, waiting, absent:
	}
	return refusal.Rule("aliyun_unavailable", "3.2", "阿里云暂时无法完成请求，系统会自动重试："+e.Error(),
		"Aliyun cannot do this at the moment; it will be tried again: "+e.Error())
}

// failure makes an *Error of whatever the library returned.
func (c *Cloud) failure(ctx context.Context, action string, err error) error {
	e := &Error{Action: action}
	var answered *vendor.ServerError
	var transport *url.Error
	switch {
	case errors.As(err, &answered):
		e.Code, e.RequestID, e.HTTPStatus = answered.ErrorCode(), answered.RequestId(), answered.HttpStatus()
		e.Message, _, _ = strings.Cut(answered.Message(), "server string to sign is:")
		e.class = classify(e.Code, e.HTTPStatus)
		if e.class == transient {
			e.after = asked(answered.RespHeaders)
		}
	case errors.As(err, &transport):
		e.Message, e.cause = transport.Err.Error(), ctx.Err() // without the URL, which carries the signature
	default:
		// What the library quotes of an answer that it cannot read may be a link to a backup.
		e.Message, _, _ = strings.Cut(err.Error(), ", error found in #")
		e.cause = ctx.Err()
	}
	e.Message = brief(c.secrets.redact(strings.TrimSpace(e.Message)))
	return e
}

// longestMessage is how much of a message is kept, in bytes: the library gives a whole page of HTML where one came.
const longestMessage = 1 << 10

func brief(text string) string {
	if len(text) <= longestMessage {
		return text
	}
	return strings.ToValidUTF8(text[:longestMessage], "") + "…"
}

// unnamed refuses to look for the resources of no contract: the vendor takes an empty tag value for any value,
// so such a destruction would be everybody's.
func unnamed(action string) error {
	return &Error{Action: action, Message: "the contract's number is missing", class: refused}
}

// is reports whether err is an answer of one of the classes.
func is(err error, classes ...class) bool {
	var e *Error
	if !errors.As(err, &e) {
		return false
	}
	return slices.Contains(classes, e.class)
}
