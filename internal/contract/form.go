package contract

import (
	"lvyue/internal/form"
	"lvyue/internal/refusal"
)

// Form is a contract form as it was filled in: the terms, and the fee in words beside them. The words say
// nothing that the terms do not, since a form where the two differ is refused (§5.3).
type Form struct {
	Terms

	// Capital is the annual fee in capital numerals, as written.
	Capital string
}

// ParseForm reads a filled-in form (YAML, UTF-8, at most 1 MB). It is strict: every field of the paper form
// must be there, and nothing else may be, so that a typing mistake never drops a clause. It checks the load
// standard against itself (§1.3), the enabled products (§1.2), that there is an administrator (§2.1), and
// that the fee in words is the fee in figures (§5.3). Everything wrong comes back in one refusal
// "bad_form", each field with its path and line. The form holds no dates: those belong to the signatures.
func ParseForm(data []byte) (Form, error) {
	var filled Form
	err := form.Read(data, func(f form.Field) []refusal.Field {
		filled = readForm(f)
		return nil
	})
	if err != nil {
		return Form{}, err
	}
	return filled, nil
}

func readForm(f form.Field) Form {
	form := f.Group(
		[]string{
			"number", "customer", "provider", "administrators", "account_manager",
			"products", "load", "fee", "language",
		},
		"base_configuration", "migration_in", "hosting")
	agreed := readConfiguration(form)
	fee, capital := readFee(form["fee"])
	return Form{
		Terms: Terms{
			Number:            readNumber(form["number"]),
			Customer:          readParty(form["customer"]),
			Provider:          readParty(form["provider"]),
			Administrators:    readAdministrators(form["administrators"]),
			AccountManager:    form["account_manager"].Text(),
			Products:          agreed.Products,
			Load:              agreed.Load,
			Fee:               fee,
			BaseConfiguration: form["base_configuration"].Choices("wechat-work", "sms", "mail"),
			MigrationIn:       readMigrationIn(form["migration_in"]),
			Hosting:           readHosting(form["hosting"]),
			Language:          form["language"].Choice("zh", "en"),
		},
		Capital: capital,
	}
}
