package sheet

import (
	"strconv"
	"strings"
	"time"

	"github.com/xuri/excelize/v2"

	"lvyue/internal/money"
	"lvyue/internal/workday"
)

// exactDigits is how many digits of a number Excel keeps. The float64 nearest to a decimal of that length is
// written back as the same decimal, so up to here a float is exact.
const exactDigits = 15

// cell is value as a cell of a column of that kind, or false if the kind does not take it. nil is no cell.
func (s styles) cell(kind Kind, value any) (any, bool) {
	switch v := value.(type) {
	case nil:
		return nil, true
	case string:
		return s.text(v), kind == Text
	case money.CNY:
		return s.number(Amount, v.String()), kind == Amount
	case workday.Date:
		return s.day(v), kind == Day
	case time.Time:
		return s.instant(v), kind == Instant
	case int:
		return s.number(Count, strconv.Itoa(v)), kind == Count
	case int64:
		return s.number(Count, strconv.FormatInt(v, 10)), kind == Count
	case bool:
		return s.flag(v), kind == Flag
	default:
		return nil, false
	}
}

func (s styles) text(text string) any {
	if text == "" {
		return nil
	}
	return excelize.Cell{StyleID: s.of[Text], Value: plain(text)}
}

// number writes figures as a number where Excel keeps every digit, else as text.
func (s styles) number(kind Kind, figures string) any {
	number, err := strconv.ParseFloat(figures, 64)
	if err != nil || digits(figures) > exactDigits {
		return excelize.Cell{StyleID: s.longNumber, Value: figures}
	}
	return excelize.Cell{StyleID: s.of[kind], Value: number}
}

// digits counts the digits of figures behind leading zeros: 3 of -0.0120.
func digits(figures string) int {
	figures = strings.TrimLeft(figures, "-0.")
	return len(figures) - strings.Count(figures, ".")
}

func (s styles) day(day workday.Date) any {
	switch {
	case day.IsZero():
		return nil
	case counted(day):
		return excelize.Cell{StyleID: s.of[Day], Value: day.Start()}
	default:
		return excelize.Cell{StyleID: s.of[Text], Value: day.String()}
	}
}

// instant drops the part of a second: it is not shown, and Excel would round it up.
func (s styles) instant(t time.Time) any {
	switch {
	case t.IsZero():
		return nil
	case counted(workday.Of(t)):
		return excelize.Cell{StyleID: s.of[Instant], Value: time.Unix(t.Unix(), 0).In(workday.Shanghai)}
	default:
		return excelize.Cell{StyleID: s.of[Text], Value: t.In(workday.Shanghai).Format(time.DateTime)}
	}
}

func (s styles) flag(flag bool) any {
	if flag {
		return excelize.Cell{StyleID: s.of[Flag], Value: "是"}
	}
	return excelize.Cell{StyleID: s.of[Flag], Value: "否"}
}

// counted tells whether all programs count to that day alike. Excel has a 29 February 1900 that never was, others
// have not, and only from March on do they agree. A day beyond 9999 is no day.
func counted(day workday.Date) bool {
	return day.Year() > 1900 || day.Year() == 1900 && day.Month() > time.February
}
