package aliyunsim

import (
	"crypto/sha256"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"strconv"
)

// reply is what goes back to a client.
type reply struct {
	status int // 0: the connection is closed without a word
	code   string
	header map[string]string
	body   []byte
}

// replyOf puts an answer, or why there is none, into the vendor's form.
func replyOf(body answer, err error, requestID string) reply {
	given := reply{status: http.StatusOK, header: map[string]string{"Content-Type": "application/json;charset=utf-8"}}
	var f *refusal
	switch {
	case errors.Is(err, errCut):
		return reply{}
	case errors.Is(err, errForeign):
		return reply{status: http.StatusOK, header: map[string]string{"Content-Type": "text/html"}, body: []byte(foreignPage)}
	case errors.As(err, &f):
		given.status, body = f.status, f.body()
	case err != nil: // the simulator's own trouble
		f = &refusal{status: http.StatusInternalServerError, code: "InternalError", message: err.Error()}
		given.status, body = f.status, f.body()
	}
	if f != nil {
		given.code = f.code
	}
	if f != nil && f.retryAfter > 0 {
		given.header["X-Acs-Retry-After"] = strconv.FormatInt(f.retryAfter.Milliseconds(), 10)
	}
	body["RequestId"] = requestID
	given.body, err = json.Marshal(body)
	if err != nil { // no answer holds anything that JSON does not
		given.status, given.code = http.StatusInternalServerError, "InternalError"
	}
	return given
}

// body is the vendor's error body.
func (r *refusal) body() answer {
	body := answer{"HostId": "aliyunsim", "Code": r.code, "Message": r.message}
	if r.numeric {
		body["Code"] = json.Number(r.code)
	}
	return body
}

// write sends the reply; a client that has gone away needs none.
func (r reply) write(w http.ResponseWriter) {
	if r.status == 0 {
		panic(http.ErrAbortHandler) // net/http's way to close a connection from within
	}
	for name, value := range r.header {
		w.Header().Set(name, value)
	}
	w.WriteHeader(r.status)
	_, _ = w.Write(r.body)
}

// requestID has the vendor's form and follows from the nonce, so that nothing here is random.
func requestID(nonce string) string {
	sum := sha256.Sum256([]byte(nonce))
	return fmt.Sprintf("%X-%X-%X-%X-%X", sum[:4], sum[4:6], sum[6:8], sum[8:10], sum[10:16])
}
