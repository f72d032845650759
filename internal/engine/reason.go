package engine

import (
	"errors"

	"go.temporal.io/sdk/temporal"
)

// Reason is what a person reads about a workflow that failed: the sentence of the error that the activity made, else the whole.
func Reason(err error) string {
	if said, ok := errors.AsType[*temporal.ApplicationError](err); ok {
		return said.Message()
	}
	return err.Error()
}
