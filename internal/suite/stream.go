package suite

import (
	"errors"
	"io"
)

// Stream is a database or an archive of files on its way from a running system. Whoever gets one closes it.
type Stream struct {
	io.ReadCloser
	// Size is the whole's, in bytes, however much of it was read before.
	Size int64
	// Version tells one state of the data from another; it goes into the Mark.
	Version string
}

// Mark is how far a Stream was read; the zero value is its beginning.
type Mark struct {
	At      int64  `json:"at"`
	Version string `json:"version"`
}

// ErrChanged is that the data is no longer what it was when the mark was made: the rest would not fit, and all is read anew.
var ErrChanged = errors.New("the data has changed since it was read in part")
