// Package failure is the shape of trouble that is nobody's mistake and no rule of the contract: a database
// that does not answer, a server that is not there. Its exit status is 1; the two kinds of "no" that a person
// causes are in package refusal.
package failure

import (
	"errors"

	"lvyue/internal/refusal"
)

// Failure is trouble with a stable code, a plain sentence that says what to do about it, and its cause. The
// cause is for logs; it is never part of the sentence, so that no address or secret in it reaches a terminal.
type Failure struct { //nolint:errname // it is what a person is told, beside a refusal
	Code string
	refusal.Text
	Cause error
}

// New describes trouble; cause may be nil.
func New(code string, cause error, zh, en string) *Failure {
	return &Failure{Code: code, Text: refusal.Text{ZH: zh, EN: en}, Cause: cause}
}

// Error is the English sentence.
func (f *Failure) Error() string { return f.EN }

// Unwrap is the cause.
func (f *Failure) Unwrap() error { return f.Cause }

// As finds the failure in err's chain.
func As(err error) (*Failure, bool) {
	var f *Failure
	ok := errors.As(err, &f)
	return f, ok
}
