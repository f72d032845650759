package rehearsal

import (
	"fmt"
	"regexp"
	"time"

	"lvyue/internal/workday"
)

// civil is how an instant is written: Asia/Shanghai time, the seconds and up to six decimals of them optional,
// the offset +08:00 as well. Six decimals are what PostgreSQL keeps.
var civil = regexp.MustCompile(`^(\d{4}-\d{2}-\d{2}T\d{2}:\d{2})(:\d{2}(?:\.\d{1,6})?)?(?:\+08:00)?$`)

// instant reads a moment of the years that the calendar covers.
func (v value) instant() time.Time {
	s, ok := v.scalar()
	if !ok {
		return time.Time{}
	}
	at, ok := parseInstant(s)
	if !ok {
		v.wrong(fmt.Sprintf("%q 不是时刻：须为北京时间，写作 2026-03-02T10:00", s),
			fmt.Sprintf("%q is not a moment: write Beijing time, as 2026-03-02T10:00", s))
		return time.Time{}
	}
	if _, err := workday.Embedded().AddWorkingDays(workday.Of(at), 1); err != nil {
		v.refused(err)
		return time.Time{}
	}
	return at
}

func parseInstant(s string) (time.Time, bool) {
	parts := civil.FindStringSubmatch(s)
	if parts == nil {
		return time.Time{}, false
	}
	seconds := parts[2]
	if seconds == "" {
		seconds = ":00"
	}
	at, err := time.ParseInLocation("2006-01-02T15:04:05.999999", parts[1]+seconds, workday.Shanghai)
	return at, err == nil
}
