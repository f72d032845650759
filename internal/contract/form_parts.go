package contract

import (
	"regexp"

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
func readNumber(f field) string {
	return f.textLike(numberForm, "须是 1 到 64 个字母、数字或连字符，不以连字符开头",
		"must be 1 to 64 letters, digits or hyphens, not starting with a hyphen")
}

func readPhone(f field) string {
	return f.textLike(phoneForm, "须是电话号码", "must be a telephone number")
}

func readParty(f field) Party {
	party := f.group([]string{"name", "legal_representative", "phone"})
	return Party{
		Name:                party["name"].text(),
		LegalRepresentative: party["legal_representative"].text(),
		Phone:               readPhone(party["phone"]),
	}
}

// readAdministrators reads the customer's contacts, at least one (§2.1).
func readAdministrators(f field) []Administrator {
	if f.emptyList() {
		f.fail("至少要有一名系统管理员（§2.1）", "needs at least one administrator (§2.1)")
	}
	items := f.items()
	people := make([]Administrator, 0, len(items))
	for _, item := range items {
		person := item.group([]string{"name", "phone", "email"})
		people = append(people, Administrator{
			Name:  person["name"].text(),
			Phone: readPhone(person["phone"]),
			Email: person["email"].textLike(emailForm, "须是电子邮箱地址", "must be an e-mail address"),
		})
	}
	return people
}

// readFee reads the annual fee in figures and in words. If they differ somebody has to ask: the words never
// win (§5.3).
func readFee(f field) (fee money.CNY, capital string) {
	form := f.group([]string{"annual", "capital"})
	figures, _, known := readAmount(form["annual"], money.Parse)
	words, capital, worded := readAmount(form["capital"], money.ParseCapital)
	switch {
	case known && !figures.IsPositive():
		form["annual"].fail("须大于 0.00", "must be more than 0.00")
	case known && worded && !figures.Equal(words):
		form["capital"].fail("大写为 "+words.String()+"，与小写不一致；小写 "+figures.String()+" 的大写是 "+figures.Capital(),
			"is "+words.String()+" and not the figures' "+figures.String()+", which is "+figures.Capital())
	}
	return figures, capital
}

// readAmount reads an amount with parse; ok means that there is one.
func readAmount(f field, parse func(string) (money.CNY, error)) (amount money.CNY, typed string, ok bool) {
	if typed = f.text(); typed == "" {
		return money.CNY{}, "", false
	}
	amount, err := parse(typed)
	if wrong, refused := refusal.As(err); refused {
		f.fail(wrong.ZH, wrong.EN)
	}
	return amount, typed, err == nil
}

// readMigrationIn reads what there is to move onto the cloud (§3.7); what ran on own servers had 32 or 64
// bits.
func readMigrationIn(f field) *MigrationIn {
	if f.node == nil {
		return nil
	}
	form := f.group([]string{"from_own_servers"}, "bits")
	migration := &MigrationIn{FromOwnServers: form["from_own_servers"].truth()}
	bits := form["bits"]
	if bits.node == nil {
		if migration.FromOwnServers {
			f.doc.note(bits.path, f.node.Line, "缺少这个字段", "is missing")
		}
		return migration
	}
	if migration.Bits = bits.count(); migration.Bits != 0 && migration.Bits != 32 && migration.Bits != 64 {
		bits.fail("只能是 32 或 64", "must be 32 or 64")
	}
	return migration
}

func readHosting(f field) Hosting {
	if f.node == nil {
		return Hosting{}
	}
	form := f.group(nil, "region", "host")
	return Hosting{
		Region: form["region"].textLike(regionForm,
			"须是阿里云地域代码，例如 cn-beijing", "must be an Aliyun region id such as cn-beijing"),
		Host: form["host"].textLike(hostForm,
			"须是小写的主机名，例如 oa.example.com", "must be a host name in lower case such as oa.example.com"),
	}
}
