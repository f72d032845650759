package cli

import (
	"errors"
	"io/fs"
	"os"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"

	"lvyue/internal/money"
	"lvyue/internal/refusal"
	"lvyue/internal/workday"
)

// maxFile is the largest file read, in bytes.
const maxFile = 64 << 20

// input reads what was typed and remembers everything that is wrong with it.
type input struct{ wrong []*refusal.Refusal }

// err is nil if all was right; one mistake keeps its own code, several are the bad input "bad_input".
func (in *input) err() error {
	switch len(in.wrong) {
	case 0:
		return nil
	case 1:
		return in.wrong[0]
	}
	var fields []refusal.Field
	for _, r := range in.wrong {
		fields = append(fields, r.Fields...)
	}
	return refusal.BadInput("bad_input", "输入有误，请改正下列各项", "the input has mistakes; correct these fields", fields...)
}

// fail notes a mistake in the field path.
func (in *input) fail(code, path, zh, en string) {
	in.wrong = append(in.wrong, refusal.BadInput(code, path+"："+zh, path+": "+en, refusal.Wrong(path, zh, en)))
}

// note keeps err, found in the field path; a refusal keeps its code.
func (in *input) note(path string, err error) {
	if err == nil {
		return
	}
	r, is := refusal.As(err)
	if !is {
		in.fail("bad_input", path, err.Error(), err.Error())
		return
	}
	if len(r.Fields) > 0 {
		in.wrong = append(in.wrong, r)
		return
	}
	in.fail(r.Code, path, r.ZH, r.EN)
}

// required is text that must be there.
func (in *input) required(path, typed string) string {
	if strings.TrimSpace(typed) == "" {
		in.fail("missing", path, "必须填写", "must be given")
	}
	return strings.TrimSpace(typed)
}

// date is a day that must be there.
func (in *input) date(path, typed string) workday.Date {
	if in.required(path, typed) == "" {
		return workday.Date{}
	}
	return in.optionalDate(path, typed)
}

// optionalDate is a day, or none if nothing was typed.
func (in *input) optionalDate(path, typed string) workday.Date {
	if typed == "" {
		return workday.Date{}
	}
	d, err := workday.ParseDate(typed)
	in.note(path, err)
	return d
}

// moment is an instant, or none if nothing was typed. of says which instant of a day is meant where only that was typed; a time
// without an offset is one in Shanghai.
func (in *input) moment(path, typed string, of func(workday.Date) time.Time) time.Time {
	if typed == "" {
		return time.Time{}
	}
	if day, err := workday.ParseDate(typed); err == nil {
		return of(day)
	}
	for _, layout := range []string{time.RFC3339, "2006-01-02T15:04", time.DateTime} {
		if at, err := time.ParseInLocation(layout, typed, workday.Shanghai); err == nil {
			return at.In(workday.Shanghai)
		}
	}
	in.fail("bad_instant", path, "须为日期或带时区的时刻，例如 2026-04-02T18:00:00+08:00",
		"must be a day, or an instant with its offset such as 2026-04-02T18:00:00+08:00")
	return time.Time{}
}

// amount is money that must be there.
func (in *input) amount(path, typed string) money.CNY {
	if in.required(path, typed) == "" {
		return money.CNY{}
	}
	a, err := money.Parse(typed)
	in.note(path, err)
	return a
}

// positive is an amount above zero.
func (in *input) positive(path, typed string) money.CNY {
	before := len(in.wrong)
	a := in.amount(path, typed)
	if len(in.wrong) == before && !a.IsPositive() {
		in.fail("bad_amount", path, "必须大于零", "must be more than zero")
	}
	return a
}

var wholeNumber = regexp.MustCompile(`^[0-9]{1,9}$`)

// count is a whole number of at least least.
func (in *input) count(path, typed string, least int) int {
	n, err := strconv.Atoi(typed)
	if err != nil || !wholeNumber.MatchString(typed) || n < least {
		from := strconv.Itoa(least)
		in.fail("bad_count", path, "必须是不小于 "+from+" 的整数", "must be a whole number of at least "+from)
	}
	return n
}

// upTo is a whole number from 1 to most.
func (in *input) upTo(path, typed string, most int) int {
	n := in.count(path, typed, 1)
	if n > most {
		in.fail("bad_count", path, "最多 "+strconv.Itoa(most), "must be at most "+strconv.Itoa(most))
	}
	return n
}

// choice is one of the options.
func (in *input) choice(path, typed string, options ...string) string {
	switch {
	case slices.Contains(options, typed):
	case len(options) == 1:
		in.fail("bad_choice", path, "必须是 "+options[0], "must be "+options[0])
	default:
		in.fail("bad_choice", path, "必须是 "+strings.Join(options, "、")+" 之一", "must be one of "+strings.Join(options, ", "))
	}
	return typed
}

var contractNumber = regexp.MustCompile(`^[A-Za-z0-9][A-Za-z0-9-]{0,63}$`)

// number is the number of a contract.
func (in *input) number(typed string) string {
	if !contractNumber.MatchString(typed) {
		in.fail("bad_number", "NUMBER", "合同编号只能含字母、数字和连字符，最多 64 个",
			"a contract's number has letters, digits and hyphens only, at most 64")
	}
	return typed
}

// file is the content of a file that must be there, at most 64 MB; nil if it cannot be read.
func (in *input) file(path, name string) []byte {
	if in.required(path, name) == "" {
		return nil
	}
	info, err := os.Stat(name)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		in.fail("bad_file", path, "没有文件 "+name, "there is no file "+name)
		return nil
	case err == nil && info.IsDir():
		in.fail("bad_file", path, name+" 是目录，不是文件", name+" is a folder, not a file")
		return nil
	case err == nil && info.Size() > maxFile:
		in.fail("bad_file", path, "文件 "+name+" 超过 64 MB", "the file "+name+" is over 64 MB")
		return nil
	}
	data, err := os.ReadFile(name) //nolint:gosec // the caller names the file
	if err != nil {
		in.fail("bad_file", path, "文件 "+name+" 无法读取", "the file "+name+" cannot be read")
		return nil
	}
	return data
}
