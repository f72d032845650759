package workday

import (
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"time"
)

// byIssue orders notices as they were issued, so that a later one overrules an earlier one; what is left equal is
// ordered by its text, to keep the order independent of how the notices came in.
func byIssue(a, b Notice) int {
	return cmp.Or(
		issued(a).Compare(issued(b)),
		cmp.Compare(a.Year, b.Year),
		cmp.Compare(a.Number, b.Number),
		cmp.Compare(a.Amends, b.Amends),
		cmp.Compare(fmt.Sprint(a.Days), fmt.Sprint(b.Days)),
	)
}

// issued is the day of publication. Where it is unknown an original notice counts as issued before its year and
// an amendment at the end of it.
func issued(n Notice) Date {
	switch {
	case !n.PublishedOn.IsZero():
		return n.PublishedOn
	case n.Amends == "":
		return dateOf(n.Year, time.January, 1)
	default:
		return dateOf(n.Year, time.December, 31)
	}
}

// digest is the version: a hash of every answer and of the notices' names. The answers are in it so that a change
// of the computed years, too, is a new version.
func (c *Calendar) digest() string {
	const shown = 6
	hash, last := sha256.New(), 0
	for _, m := range c.marks {
		hash.Write([]byte{byte(m)})
	}
	for _, n := range c.notices {
		fmt.Fprintf(hash, "%d|%s|%s|%v\n", n.Year, n.Number, n.Amends, n.Days)
		last = max(last, n.Year)
	}
	return fmt.Sprintf("%d-%s", last, hex.EncodeToString(hash.Sum(nil)[:shown]))
}
