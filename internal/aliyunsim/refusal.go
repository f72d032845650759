package aliyunsim

import (
	"fmt"
	"net/http"
	"time"
)

// refusal is a "no" as the vendor words it: an HTTP status, a code for machines and a sentence.
type refusal struct {
	status        int
	code, message string
	retryAfter    time.Duration // 0: not said
	numeric       bool          // the code goes out as a JSON number
}

func (r *refusal) Error() string { return r.code + ": " + r.message }

// refuse makes a refusal; the message is formatted as by fmt.Sprintf.
func refuse(status int, code, format string, args ...any) error {
	return &refusal{status: status, code: code, message: fmt.Sprintf(format, args...)}
}

func invalid(format string, args ...any) error {
	return refuse(http.StatusBadRequest, "InvalidParameter", format, args...)
}

func missing(name string) error {
	return refuse(http.StatusBadRequest, "MissingParameter",
		"The input parameter %q that is mandatory for processing this request is not supplied.", name)
}
