package aliyunsim

import (
	"fmt"
	"net/http"
)

// fault is a refusal as the vendor words it: an HTTP status, a code for machines and a sentence.
type fault struct {
	status        int
	code, message string
}

func (f *fault) Error() string { return f.code + ": " + f.message }

// refuse makes a fault; the message is formatted as by fmt.Sprintf.
func refuse(status int, code, format string, args ...any) error {
	return &fault{status: status, code: code, message: fmt.Sprintf(format, args...)}
}

func invalid(format string, args ...any) error {
	return refuse(http.StatusBadRequest, "InvalidParameter", format, args...)
}

func missing(name string) error {
	return refuse(http.StatusBadRequest, "MissingParameter",
		"The input parameter %q that is mandatory for processing this request is not supplied.", name)
}
