package backup

import "errors"

// ErrAltered is a copy that is not what was written: an object is gone, longer, shorter, or has one bit that differs.
var ErrAltered = errors.New("the copy is altered")

// ErrUnreadable is a copy that the contract's key does not open.
var ErrUnreadable = errors.New("the contract's key does not open the copy")

// Useless tells whether an error is of the copy itself: no repetition makes it good.
func Useless(err error) bool { return errors.Is(err, ErrAltered) || errors.Is(err, ErrUnreadable) }
