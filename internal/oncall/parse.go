package oncall

import (
	"regexp"
	"strconv"

	"lvyue/internal/form"
	"lvyue/internal/message"
	"lvyue/internal/refusal"
	"lvyue/internal/workday"
)

var (
	wordForm   = regexp.MustCompile(`^[a-z][a-z0-9-]{0,31}$`)
	phoneForm  = regexp.MustCompile(`^\+?[0-9][0-9 -]{2,29}$`)
	mobileForm = regexp.MustCompile(`^(\+[0-9]{1,3}-)?[0-9]{6,15}$`)
	emailForm  = regexp.MustCompile(`^[^\s@]+@[^\s@.]+(\.[^\s@.]+)+$`)
	slackForm  = regexp.MustCompile(`^[UW][A-Z0-9]{5,20}$`)
	zoneForm   = regexp.MustCompile(`^[A-Za-z][A-Za-z0-9_+-]*(/[A-Za-z0-9_+-]+)*$`)
	timeForm   = regexp.MustCompile(`^([01][0-9]|2[0-3]):[0-5][0-9]$`)
	dayForm    = regexp.MustCompile(`^[0-9]{4}-[0-9]{2}-[0-9]{2}$`)
	minuteForm = regexp.MustCompile(`^(0|[1-9][0-9]{0,4})$`)
)

// ParseRota reads a filled-in rota form (YAML, at most 1 MB), strictly, and checks it. A form without a ladder has the
// DefaultLadder. Everything wrong comes back in one refusal "bad_form", each field with its path and line.
func ParseRota(data []byte) (Rota, error) {
	var read Rota
	err := form.Read(data, func(f form.Field) []refusal.Field {
		read = readRota(f)
		return read.Check()
	})
	if err != nil {
		return Rota{}, err
	}
	return read, nil
}

func readRota(f form.Field) Rota {
	group := f.Group([]string{"people", "rotations"}, "ladder", "policy")
	rota := Rota{Ladder: readLadder(group["ladder"]), Policy: readPolicy(group["policy"])}
	for _, item := range group["people"].Items() {
		rota.People = append(rota.People, readPerson(item))
	}
	for _, item := range group["rotations"].Items() {
		rota.Rotations = append(rota.Rotations, readRotation(item))
	}
	return rota
}

func readPerson(f form.Field) Person {
	person := f.Group([]string{"id", "name", "roles"}, "phone", "email", "slack", "mobile", "zone", "inactive", "away")
	p := Person{
		ID:     readWord(person["id"]),
		Name:   person["name"].Text(),
		Roles:  readRoles(person["roles"]),
		Phone:  person["phone"].TextLike(phoneForm, "须是电话号码", "must be a telephone number"),
		Email:  person["email"].TextLike(emailForm, "须是电子邮箱地址", "must be an e-mail address"),
		Slack:  person["slack"].TextLike(slackForm, "须是 Slack 成员编号，例如 U0123ABCD", "must be a Slack member id such as U0123ABCD"),
		Mobile: person["mobile"].TextLike(mobileForm, "须是手机号，例如 13900000001 或 +49-1700000000", "must be a mobile number such as 13900000001 or +49-1700000000"),
		Zone:   readZone(person["zone"]),
	}
	if !person["inactive"].Absent() {
		p.Inactive = person["inactive"].Truth()
	}
	if !person["away"].Absent() {
		p.Away = readAway(person["away"])
	}
	return p
}

func readRoles(f form.Field) []Role {
	words := make([]string, 0, len(Roles()))
	for _, role := range Roles() {
		words = append(words, string(role))
	}
	roles := []Role{}
	for _, word := range f.Choices(words...) {
		roles = append(roles, Role(word))
	}
	return roles
}

func readAway(f form.Field) []Away {
	var all []Away
	for _, item := range f.Items() {
		away := item.Group([]string{"first", "last"})
		all = append(all, Away{First: readDay(away["first"]), Last: readDay(away["last"])})
	}
	return all
}

func readRotation(f form.Field) Rotation {
	rotation := f.Group([]string{"name", "weekday", "at", "since", "people"}, "zone")
	r := Rotation{
		Name:    readWord(rotation["name"]),
		Zone:    readZone(rotation["zone"]),
		Weekday: rotation["weekday"].Choice(Weekdays()...),
		Since:   readDay(rotation["since"]),
		People:  readWords(rotation["people"]),
	}
	if at := rotation["at"].TextLike(timeForm, "须是 00:00 到 23:59 的时刻，例如 09:00", "must be a time from 00:00 to 23:59 such as 09:00"); at != "" {
		_ = r.At.UnmarshalText([]byte(at)) // it has the form
	}
	return r
}

// readLadder reads the ladder, which has a default.
func readLadder(f form.Field) Ladder {
	if f.Absent() {
		return DefaultLadder()
	}
	group := f.Group([]string{"rungs", "again"})
	var l Ladder
	for _, item := range group["rungs"].Items() {
		rung := item.Group([]string{"after_minutes", "name", "kind", "targets"})
		l.Rungs = append(l.Rungs, Rung{AfterMinutes: readMinutes(rung["after_minutes"]), Call: readCall(rung)})
	}
	again := group["again"].Group([]string{"every_minutes", "name", "kind", "targets"})
	l.Again = Again{EveryMinutes: readMinutes(again["every_minutes"]), Call: readCall(again)}
	return l
}

func readCall(group map[string]form.Field) Call {
	kinds := make([]string, 0, len(Kinds()))
	for _, kind := range Kinds() {
		kinds = append(kinds, string(kind))
	}
	return Call{
		Name: readWord(group["name"]), Kind: message.PageKind(group["kind"].Choice(kinds...)), Targets: readWords(group["targets"]),
	}
}

func readMinutes(f form.Field) int {
	n, _ := strconv.Atoi(f.TextLike(minuteForm, "须是分钟数", "must be a number of minutes")) // 0 for what is wrong
	return n
}

func readWord(f form.Field) string {
	return f.TextLike(wordForm, "须是小写英文、数字或连字符，以字母开头，最多 32 个", "must be at most 32 small letters, digits or hyphens, a letter first")
}

func readWords(f form.Field) []string {
	words := []string{}
	for _, item := range f.Items() {
		words = append(words, readWord(item))
	}
	return words
}

func readZone(f form.Field) Zone {
	return Zone(f.TextLike(zoneForm, "须是 IANA 时区，例如 Asia/Shanghai", "must be a zone of the IANA database such as Asia/Shanghai"))
}

func readDay(f form.Field) workday.Date {
	typed := f.TextLike(dayForm, "须是日期，例如 2026-03-02", "must be a day such as 2026-03-02")
	if typed == "" {
		return workday.Date{}
	}
	day, err := workday.ParseDate(typed)
	if err != nil {
		f.Fail("没有这一天", "there is no such day")
	}
	return day
}
