package cli

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"time"

	"lvyue/internal/workday"
)

// civil are the ways in which an instant in Shanghai is typed; fractions of a second may follow the seconds.
func civil() []string {
	return []string{time.DateTime, "2006-01-02T15:04:05", "2006-01-02 15:04", "2006-01-02T15:04"}
}

// optionalInstant is a moment to the microsecond, with its offset (RFC 3339) or as the clock in Shanghai shows it; none if
// nothing was typed. A year before 2000 is no moment of any contract.
func (in *input) optionalInstant(path, typed string) time.Time {
	if typed == "" {
		return time.Time{}
	}
	at, err := time.Parse(time.RFC3339, typed)
	for _, layout := range civil() {
		if err != nil {
			at, err = time.ParseInLocation(layout, typed, workday.Shanghai)
		}
	}
	if err != nil || at.Year() < 2000 {
		in.fail("bad_instant", path, "须为北京时间如 2025-11-03 10:00:05，或带时区的时刻如 2025-11-03T10:00:05+08:00",
			"must be Beijing time such as 2025-11-03 10:00:05, or an instant with its offset such as 2025-11-03T10:00:05+08:00")
		return time.Time{}
	}
	return at.Truncate(time.Microsecond).In(workday.Shanghai)
}

// evidence is what shows something: a file, of which name and hash are kept, or else the words themselves, such as the number of
// a ticket.
func (in *input) evidence(path, typed string) string {
	if in.required(path, typed) == "" {
		return ""
	}
	if _, err := os.Stat(typed); errors.Is(err, fs.ErrNotExist) || len(typed) > longestName {
		return typed
	}
	content := in.file(path, typed)
	return filepath.Base(typed) + " SHA-256 " + hash(content)
}

// longestName is how long the name of a file may be, in bytes; what is longer is words.
const longestName = 255
