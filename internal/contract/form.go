package contract

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
	doc := &document{}
	form := readForm(doc.root(data))
	if err := doc.refusal(); err != nil {
		return Form{}, err
	}
	return form, nil
}

func readForm(f field) Form {
	form := f.group(
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
			AccountManager:    form["account_manager"].text(),
			Products:          agreed.Products,
			Load:              agreed.Load,
			Fee:               fee,
			BaseConfiguration: form["base_configuration"].choices("wechat-work", "sms", "mail"),
			MigrationIn:       readMigrationIn(form["migration_in"]),
			Hosting:           readHosting(form["hosting"]),
			Language:          form["language"].choice("zh", "en"),
		},
		Capital: capital,
	}
}
