package contract

import (
	"regexp"

	"lvyue/internal/form"
	"lvyue/internal/money"
	"lvyue/internal/refusal"
)

var (
	numberForm = regexp.MustCompile(`^[A-Za-z0-9][A-Za-z0-9-]{0,63}$`)
	phoneForm  = regexp.MustCompile(`[0-9]{3}`)
	emailForm  = regexp.MustCompile(`^[^\s@]+@[^\s@.]+(\.[^\s@.]+)+$`)
	regionForm = regexp.MustCompile(`^[a-z]{2}(-[a-z0-9]+)+$`)
	hostForm   = regexp.MustCompile(`^([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,}$`)
)

// readNumber reads the contract's number, which becomes part of workflow ids.
func readNumber(f form.Field) string {
	return f.TextLike(numberForm, "须是 1 到 64 个字母、数字或连字符，不以连字符开头",
		"must be 1 to 64 letters, digits or hyphens, not starting with a hyphen")
}

func readPhone(f form.Field) string {
	return f.TextLike(phoneForm, "须是电话号码", "must be a telephone number")
}

func readParty(f form.Field) Party {
	party := f.Group([]string{"name", "legal_representative", "phone"})
	return Party{
		Name:                party["name"].Text(),
		LegalRepresentative: party["legal_representative"].Text(),
		Phone:               readPhone(party["phone"]),
	}
}

// readAdministrators reads the customer's contacts, at least one (§2.1).
func readAdministrators(f form.Field) []Administrator {
	if f.EmptyList() {
		f.Fail("至少要有一名系统管理员（§2.1）", "needs at least one administrator (§2.1)")
	}
	items := f.Items()
	people := make([]Administrator, 0, len(items))
	for _, item := range items {
		person := item.Group([]string{"name", "phone", "email"})
		people = append(people, Administrator{
			Name:  person["name"].Text(),
			Phone: readPhone(person["phone"]),
			Email: person["email"].TextLike(emailForm, "须是电子邮箱地址", "must be an e-mail address"),
		})
	}
	return people
}

// readFee reads the annual fee in figures and in words. If they differ somebody has to ask: the words never
// win (§5.3).
func readFee(f form.Field) (fee money.CNY, capital string) {
	form := f.Group([]string{"annual", "capital"})
	figures, _, known := readAmount(form["annual"], money.Parse)
	words, capital, worded := readAmount(form["capital"], money.ParseCapital)
	switch {
	case known && !figures.IsPositive():
		form["annual"].Fail("须大于 0.00", "must be more than 0.00")
	case known && worded && !figures.Equal(words):
		form["capital"].Fail("大写为 "+words.String()+"，与小写不一致；小写 "+figures.String()+" 的大写是 "+figures.Capital(),
			"is "+words.String()+" and not the figures' "+figures.String()+", which is "+figures.Capital())
	}
	return figures, capital
}

// readAmount reads an amount with parse; ok means that there is one.
func readAmount(f form.Field, parse func(string) (money.CNY, error)) (amount money.CNY, typed string, ok bool) {
	if typed = f.Text(); typed == "" {
		return money.CNY{}, "", false
	}
	amount, err := parse(typed)
	if wrong, refused := refusal.As(err); refused {
		f.Fail(wrong.ZH, wrong.EN)
	}
	return amount, typed, err == nil
}

// readMigrationIn reads what there is to move onto the cloud (§3.7); what ran on own servers had 32 or 64
// bits.
func readMigrationIn(f form.Field) *MigrationIn {
	if f.Absent() {
		return nil
	}
	form := f.Group([]string{"from_own_servers"}, "bits")
	migration := &MigrationIn{FromOwnServers: form["from_own_servers"].Truth()}
	bits := form["bits"]
	if bits.Absent() {
		if migration.FromOwnServers {
			f.Lacks("bits", "缺少这个字段", "is missing")
		}
		return migration
	}
	if migration.Bits = bits.Count(); migration.Bits != 0 && migration.Bits != 32 && migration.Bits != 64 {
		bits.Fail("只能是 32 或 64", "must be 32 or 64")
	}
	return migration
}

func readHosting(f form.Field) Hosting {
	if f.Absent() {
		return Hosting{}
	}
	form := f.Group(nil, "region", "host")
	return Hosting{
		Region: form["region"].TextLike(regionForm,
			"须是阿里云地域代码，例如 cn-beijing", "must be an Aliyun region id such as cn-beijing"),
		Host: form["host"].TextLike(hostForm,
			"须是小写的主机名，例如 oa.example.com", "must be a host name in lower case such as oa.example.com"),
	}
}
