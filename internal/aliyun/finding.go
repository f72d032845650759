package aliyun

import (
	"errors"
	"slices"
	"strings"
	"time"

	"lvyue/internal/refusal"
)

// findings are several errors told at once.
type findings []*Error

// joined gives all errors as one, nil for none. Those that are no *Error are told as they are.
func joined(errs ...error) error {
	var all findings
	for _, err := range errs {
		if several, ok := errors.AsType[findings](err); ok {
			all = append(all, several...)
		} else if e, ok := errors.AsType[*Error](err); ok {
			all = append(all, e)
		} else if err != nil {
			return errors.Join(errs...)
		}
	}
	switch len(all) {
	case 0:
		return nil
	case 1:
		return all[0]
	}
	return all
}

func (f findings) Error() string { return f.each(func(e *Error) string { return e.Error() }, "; ") }

func (f findings) each(say func(*Error) string, between string) string {
	said := make([]string, 0, len(f))
	for _, e := range f {
		said = append(said, say(e))
	}
	return strings.Join(said, between)
}

// Unwrap gives each of the errors.
func (f findings) Unwrap() []error {
	var errs []error
	for _, e := range f {
		errs = append(errs, e)
	}
	return errs
}

// Permanent reports whether one of them is: then looking again will find that one again.
func (f findings) Permanent() bool { return slices.ContainsFunc(f, (*Error).Permanent) }

// RetryAfter is the longest of the waits asked for.
func (f findings) RetryAfter() time.Duration {
	var longest time.Duration
	for _, e := range f {
		longest = max(longest, e.RetryAfter())
	}
	return longest
}

// Refusal tells a person all of them, under the code of the first that is permanent.
func (f findings) Refusal() *refusal.Refusal {
	first := f[max(0, slices.IndexFunc(f, (*Error).Permanent))].Refusal()
	return refusal.Rule(first.Code, "3.2",
		f.each(func(e *Error) string { return e.Refusal().ZH }, "；"), f.each(func(e *Error) string { return e.Refusal().EN }, "; "))
}
