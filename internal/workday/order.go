package workday

import (
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"time"
)

// byIssue orders notices as they were issued, so that a later one overrules an earlier one, in whatever order they
// came in. Notices equal in all four are one notice, see sameNotice.
func byIssue(a, b Notice) int {
	return cmp.Or(
		issued(a).Compare(issued(b)),
		cmp.Compare(a.Year, b.Year),
		cmp.Compare(a.Number, b.Number),
		cmp.Compare(a.Amends, b.Amends),
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
	content, last := make([]byte, 0, 2*len(c.marks)), 0
	for _, m := range c.marks {
		content = append(content, byte(m))
	}
	for _, n := range c.notices {
		content = fmt.Appendf(content, "%d|%s|%s|%v\n", n.Year, n.Number, n.Amends, n.effect())
		last = max(last, n.Year)
	}
	sum := sha256.Sum256(content)
	return fmt.Sprintf("%d-%s", last, hex.EncodeToString(sum[:shown]))
}
