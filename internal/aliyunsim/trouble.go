package aliyunsim

import (
	"errors"
	"net/http"
	"time"
)

// Trouble is one way in which a request goes wrong.
type Trouble string

// The troubles. All but Processing and Cut keep the request from taking effect.
const (
	// Throttled is 400 Throttling.User, with the vendor's header that says when to come again.
	Throttled Trouble = "throttled"
	// Unavailable is 503 ServiceUnavailable.
	Unavailable Trouble = "unavailable"
	// NoStock is 403 OperationDenied.NoStock.
	NoStock Trouble = "no stock"
	// LowBalance is 403 InvalidAccountStatus.NotEnoughBalance.
	LowBalance Trouble = "low balance"
	// NumericCode is a 500 whose Code is a JSON number, at which the vendor's Go client panics.
	NumericCode Trouble = "numeric code"
	// Foreign is 200 with a page in HTML, as from a proxy that answers in the vendor's place.
	Foreign Trouble = "foreign"
	// Forbidden is 403 Forbidden.RAM: the key lacks the permission.
	Forbidden Trouble = "forbidden"
	// OverQuota is 403 QuotaExceeded: the account may have no more of this.
	OverQuota Trouble = "over quota"
	// Processing is 403 LastTokenProcessing after the request has taken effect: what a client gets that repeats an order
	// while the first one is still on its way.
	Processing Trouble = "processing"
	// Cut is that the connection is closed without an answer after the request has taken effect.
	Cut Trouble = "cut"
)

var (
	errForeign = errors.New("a foreign page answers")
	errCut     = errors.New("the connection is cut")
)

const foreignPage = "<!DOCTYPE html><title>Sign in</title><p>Sign in to use this network."

// comeAgain is how long a throttled client is told to wait.
const comeAgain = 500 * time.Millisecond

// troubles gives what a client gets in place of an answer.
func troubles() map[Trouble]error {
	return map[Trouble]error{
		Throttled: &refusal{
			status: http.StatusBadRequest, code: "Throttling.User", retryAfter: comeAgain,
			message: "Request was denied due to user flow control.",
		},
		Unavailable: refuse(http.StatusServiceUnavailable, "ServiceUnavailable", "The request has failed due to a temporary failure of the server."),
		NoStock:     refuse(http.StatusForbidden, soldOut, "The requested resource is sold out in the specified zone."),
		LowBalance:  refuse(http.StatusForbidden, "InvalidAccountStatus.NotEnoughBalance", "Your account does not have enough balance."),
		NumericCode: &refusal{status: http.StatusInternalServerError, code: "500", numeric: true, message: "The request has failed."},
		Forbidden:   refuse(http.StatusForbidden, "Forbidden.RAM", "User not authorized to operate on the specified resource."),
		OverQuota:   refuse(http.StatusForbidden, "QuotaExceeded", "Your quota of the resource is used up."),
		Processing:  refuse(http.StatusForbidden, "LastTokenProcessing", "The last token request is processing."),
		Foreign:     errForeign,
		Cut:         errCut,
	}
}

// before is what a request meets in place of taking effect, nil for nothing.
func (t Trouble) before() error {
	if t == Cut || t == Processing {
		return nil
	}
	return troubles()[t]
}

// after is what becomes of a request's answer once it has taken effect, nil for nothing.
func (t Trouble) after() error {
	if t == Cut || t == Processing {
		return troubles()[t]
	}
	return nil
}
