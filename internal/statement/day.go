package statement

import (
	"regexp"
	"strconv"
	"strings"
	"time"

	"golang.org/x/text/width"

	"lvyue/internal/refusal"
	"lvyue/internal/workday"
)

// compact is a day and a time of day in digits alone.
const compact = len("20251009140322")

// serial is a day number of a spreadsheet with five digits, 1927–2173; a smaller number in a column of dates is
// something else. Behind the point is the time of day.
var serial = regexp.MustCompile(`^([1-9][0-9]{4})(?:\.[0-9]+)?$`)

// day reads a day, in a sheet also as a day number counted from epoch. A time of day behind it must be one, and is
// dropped.
func day(c cell, epoch workday.Date) (workday.Date, *refusal.Text) {
	if c.empty() {
		return workday.Date{}, says("缺少日期", "the date is missing")
	}
	text := strings.TrimSpace(width.Fold.String(c.text))
	if c.number {
		if d, ok := decimalOf(text); ok {
			text = d.String() // 2.0251009E7
		}
		if m := serial.FindStringSubmatch(text); m != nil {
			days, _ := strconv.Atoi(m[1])
			return epoch.AddDays(days), nil
		}
	}
	written, hour := split(text)
	if t, err := time.Parse(layoutOf(written), written); err == nil && clock(hour) {
		if on, err := workday.NewDate(t.Date()); err == nil {
			return on, nil
		}
	}
	return workday.Date{}, says(quoted(c.text)+" 不是日历上有的日期；写作 2025-10-09、2025/10/9、20251009 或 2025年10月9日",
		quoted(c.text)+" is not a date that exists: write 2025-10-09, 2025/10/9, 20251009 or 2025年10月9日")
}

// split parts the day from the time of day.
func split(text string) (day, hour string) {
	if len(text) == compact && strings.Trim(text, "0123456789") == "" {
		return text[:8], text[8:]
	}
	if i := strings.IndexAny(text, " T\t\n"); i >= 0 {
		return text[:i], strings.TrimSpace(text[i+1:])
	}
	return text, ""
}

// layoutOf tells the form of a day by what follows the year.
func layoutOf(day string) string {
	switch {
	case strings.Contains(day, "-"):
		return "2006-1-2"
	case strings.Contains(day, "/"):
		return "2006/1/2"
	case strings.Contains(day, "年"):
		return "2006年1月2日"
	default:
		return "20060102"
	}
}

// clock reports whether the text is a time of day, or nothing.
func clock(hour string) bool {
	if hour == "" {
		return true
	}
	for _, layout := range []string{"15:04:05", "15:04", "150405"} {
		if _, err := time.Parse(layout, hour); err == nil {
			return true
		}
	}
	return false
}
