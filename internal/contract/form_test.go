package contract_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"os"
	"reflect"
	"strings"
	"testing"

	"lvyue/internal/contract"
	"lvyue/internal/money"
	"lvyue/internal/refusal"
)

// example is the form that the demonstration uses.
func example(t testing.TB) string {
	t.Helper()
	data, err := os.ReadFile("../../examples/first-contract/first-contract.yaml")
	if err != nil {
		t.Fatal(err)
	}
	return string(data)
}

// changed is the example with each old text replaced by the new one behind it.
func changed(t testing.TB, pairs ...string) string {
	t.Helper()
	form := example(t)
	for i := 0; i < len(pairs); i += 2 {
		if !strings.Contains(form, pairs[i]) {
			t.Fatalf("the example has no %q", pairs[i])
		}
		form = strings.Replace(form, pairs[i], pairs[i+1], 1)
	}
	return form
}

// wrongFields parses a form that must be refused, and gives path: English sentence of each wrong field.
func wrongFields(t testing.TB, form string) []string {
	t.Helper()
	_, err := contract.ParseForm([]byte(form))
	return fieldsOf(t, err)
}

func fieldsOf(t testing.TB, err error) []string {
	t.Helper()
	r, ok := refusal.As(err)
	if !ok {
		t.Fatalf("error is %v, want a refusal", err)
	}
	if r.Code != "bad_form" || !r.Input {
		t.Errorf("refused as %s (input %v), want bad_form", r.Code, r.Input)
	}
	var got []string
	for _, f := range r.Fields {
		if f.ZH == "" || f.EN == "" || f.Path == "" {
			t.Errorf("field %+v lacks a language or its path", f)
		}
		got = append(got, f.Path+": "+f.EN)
	}
	return got
}

func mustParse(t testing.TB, form string) contract.Form {
	t.Helper()
	f, err := contract.ParseForm([]byte(form))
	if err != nil {
		t.Fatal(err)
	}
	return f
}

func TestParseForm_TakesEveryFieldOfTheForm(t *testing.T) {
	t.Parallel()
	want := contract.Terms{
		Number:   "HT-2025-001",
		Customer: contract.Party{Name: "远山商贸有限公司", LegalRepresentative: "张立", Phone: "010-62000001"},
		Provider: contract.Party{Name: "云桥软件有限公司", LegalRepresentative: "王敏", Phone: "010-62000002"},
		Administrators: []contract.Administrator{
			{Name: "李明", Phone: "13900000001", Email: "liming@example.com"},
			{Name: "赵倩", Phone: "13900000002", Email: "zhaoqian@example.com"},
		},
		AccountManager: "chen",
		Products:       []contract.Product{"OA", "PB", "HR", "CRM"},
		Load: contract.Load{
			Users: 300, Employees: 500, DiskGB: 500, DatabaseGB: 100,
			ByProduct: map[contract.Product]contract.ProductLoad{
				"OA": {Users: 300, Concurrent: 120}, "PB": {Users: 80, Concurrent: 20},
				"HR": {Users: 300, Concurrent: 60}, "CRM": {Users: 60, Concurrent: 30},
			},
		},
		Fee:               money.MustParse("120000.00"),
		BaseConfiguration: []string{"wechat-work", "sms", "mail"},
		MigrationIn:       &contract.MigrationIn{FromOwnServers: true, Bits: 32},
		Hosting:           contract.Hosting{Region: "cn-beijing"},
		Language:          "zh",
	}
	got := mustParse(t, example(t))
	if !reflect.DeepEqual(got.Terms, want) {
		t.Errorf("terms are\n%+v, want\n%+v", got.Terms, want)
	}
	if got.Capital != "壹拾贰万元整" {
		t.Errorf("capital is %s", got.Capital)
	}
}

func TestParseForm_TakesWhatIsAllowed(t *testing.T) {
	t.Parallel()
	tests := map[string][]string{
		"optional fields left out": {
			"base_configuration: [wechat-work, sms, mail] # §3.3\n", "",
			"migration_in: {from_own_servers: true, bits: 32} # §3.7\n", "",
			"hosting: {region: cn-beijing}\n", "",
		},
		"unquoted fee":               {`"120000.00"`, "120000.00"},
		"fee without decimals":       {`"120000.00"`, "120000"},
		"smallest fee":               {`"120000.00"`, "0.01", "壹拾贰万元整", "壹分"},
		"other spelling in capitals": {"壹拾贰万元整", "人民币壹拾贰萬圓正"},
		"concurrent equals users":    {"{users: 80, concurrent: 20}", "{users: 80, concurrent: 80}"},
		"smallest load":              {"{users: 80, concurrent: 20}", "{users: 1, concurrent: 1}"},
		"largest disk":               {"disk_gb: 500", "disk_gb: 999999999"},
		"number of 64 characters":    {"HT-2025-001", strings.Repeat("A", 64)},
		"number of digits":           {"HT-2025-001", "0123"},
		"number that looks a date":   {"HT-2025-001", "2025-01-01"},
		"phone without quotes":       {`"13900000001"`, "013900000001"},
		"64 bits":                    {"bits: 32", "bits: 64"},
		"no own servers":             {"{from_own_servers: true, bits: 32}", "{from_own_servers: false}"},
		"no interfaces":              {"[wechat-work, sms, mail]", "[]"},
		"no region":                  {"{region: cn-beijing}", "{}"},
		"English":                    {"language: zh", "language: en"},
	}
	for name, pairs := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			mustParse(t, changed(t, pairs...))
		})
	}
}

func TestParseForm_NamesTheWrongField(t *testing.T) {
	t.Parallel()
	const count = "must be a whole number from 1 to 999999999, without quotes"
	tests := map[string]struct {
		pairs []string
		want  string
	}{
		"§1.3 concurrent above users": {
			[]string{"concurrent: 120", "concurrent: 400"}, "load.by_product.OA.concurrent: 400 is more than its 300 users",
		},
		"§1.3 concurrent one above users": {
			[]string{"{users: 80, concurrent: 20}", "{users: 80, concurrent: 81}"},
			"load.by_product.PB.concurrent: 81 is more than its 80 users",
		},
		"§1.3 users above system users": {
			[]string{"PB: {users: 80", "PB: {users: 301"}, "load.by_product.PB.users: 301 is more than the 300 system users",
		},
		"§1.3 row missing": {
			[]string{"    PB: {users: 80, concurrent: 20}\n", ""},
			"load.by_product.PB: is missing: every enabled product needs its row",
		},
		"§1.3 row too many": {
			[]string{"[OA, PB, HR, CRM]", "[OA, PB, HR]"}, "load.by_product.CRM: is not one of the enabled products",
		},
		"§1.3 row twice":     {[]string{"    PB:", "    OA: {users: 1, concurrent: 1}\n    PB:"}, "load.by_product.OA: is given twice"},
		"§1.3 zero disk":     {[]string{"disk_gb: 500", "disk_gb: 0"}, "load.disk_gb: " + count},
		"§1.3 negative disk": {[]string{"disk_gb: 500", "disk_gb: -1"}, "load.disk_gb: " + count},
		"disk too large":     {[]string{"disk_gb: 500", "disk_gb: 1000000000"}, "load.disk_gb: " + count},
		"octal disk":         {[]string{"disk_gb: 500", "disk_gb: 0500"}, "load.disk_gb: " + count},
		"hexadecimal disk":   {[]string{"disk_gb: 500", "disk_gb: 0x1F"}, "load.disk_gb: " + count},
		"half a disk":        {[]string{"disk_gb: 500", "disk_gb: 0.5"}, "load.disk_gb: " + count},
		"quoted disk":        {[]string{"disk_gb: 500", `disk_gb: "500"`}, "load.disk_gb: " + count},
		"list of disks":      {[]string{"disk_gb: 500", "disk_gb: [500]"}, "load.disk_gb: " + count},
		"blank disk":         {[]string{"disk_gb: 500", "disk_gb:"}, "load.disk_gb: is blank"},
		"§1.2 unknown product": {
			[]string{"[OA, PB, HR, CRM]", "[OA, PB, HR, CRM, ERP]"},
			"products[4]: must be one of OA, TC, PB, HR, FM, CRM, DL, FRM, CCB, SCB",
		},
		"§1.2 product twice": {[]string{"[OA, PB, HR, CRM]", "[OA, PB, HR, CRM, OA]"}, "products[4]: OA is listed twice"},
		"§1.2 products no list": {
			[]string{"[OA, PB, HR, CRM]", "OA"}, "products: must be a list",
		},
		"§2.1 no administrator": {
			[]string{
				"# §2.1\n  - {name: 李明, phone: \"13900000001\", email: liming@example.com}\n" +
					"  - {name: 赵倩, phone: \"13900000002\", email: zhaoqian@example.com}", "[]",
			},
			"administrators: needs at least one administrator (§2.1)",
		},
		"bad e-mail":           {[]string{"liming@example.com", "liming"}, "administrators[0].email: must be an e-mail address"},
		"phone without digits": {[]string{`"010-62000001"`, "无"}, "customer.phone: must be a telephone number"},
		"§5.3 words differ": {
			[]string{"壹拾贰万元整", "壹拾万元整"},
			"fee.capital: is 100000.00 and not the figures' 120000.00, which is 壹拾贰万元整",
		},
		"§5.3 words are zero": {
			[]string{"壹拾贰万元整", "零元整"},
			"fee.capital: is 0.00 and not the figures' 120000.00, which is 壹拾贰万元整",
		},
		"zero fee":     {[]string{`"120000.00"`, "0.00", "壹拾贰万元整", "零元整"}, "fee.annual: must be more than 0.00"},
		"negative fee": {[]string{`"120000.00"`, "-120000.00"}, "fee.annual: must be more than 0.00"},
		"three decimals": {
			[]string{`"120000.00"`, `"120000.000"`}, "fee.annual: an amount has at most two decimals and is never rounded",
		},
		"fee with exponent": {
			[]string{`"120000.00"`, "1.2e5"},
			"fee.annual: an amount is digits and a point, at most sixteen digits before it, such as 120000.00",
		},
		"everyday numerals": {
			[]string{"壹拾贰万元整", "十二万元整"},
			"fee.capital: a capital amount has only 零壹贰叁肆伍陆柒捌玖拾佰仟万亿元角分整, such as 壹拾贰万元整",
		},
		"number with a space": {
			[]string{"HT-2025-001", "HT 2025"}, "number: must be 1 to 64 letters, digits or hyphens, not starting with a hyphen",
		},
		"number with a slash": {
			[]string{"HT-2025-001", "HT/2025"}, "number: must be 1 to 64 letters, digits or hyphens, not starting with a hyphen",
		},
		"number of 65 characters": {
			[]string{"HT-2025-001", strings.Repeat("A", 65)},
			"number: must be 1 to 64 letters, digits or hyphens, not starting with a hyphen",
		},
		"number like a flag": {
			[]string{"HT-2025-001", "-n"}, "number: must be 1 to 64 letters, digits or hyphens, not starting with a hyphen",
		},
		"name is a switch": {[]string{"account_manager: chen", "account_manager: true"}, "account_manager: must be text"},
		"name is a group":  {[]string{"account_manager: chen", "account_manager: {a: b}"}, "account_manager: must be text"},
		"name of spaces":   {[]string{"account_manager: chen", `account_manager: "  "`}, "account_manager: is blank"},
		"name with a hidden character": {
			[]string{"account_manager: chen", `account_manager: "ch\u202een"`},
			"account_manager: must be one line of at most 200 characters, without spaces at its ends or invisible characters",
		},
		"name too long": {
			[]string{"account_manager: chen", "account_manager: " + strings.Repeat("陈", 201)},
			"account_manager: must be one line of at most 200 characters, without spaces at its ends or invisible characters",
		},
		"party is text": {
			[]string{`{name: 云桥软件有限公司, legal_representative: 王敏, phone: "010-62000002"}`, "云桥"},
			"provider: must be a group of name: value",
		},
		"§3.3 unknown interface": {
			[]string{"[wechat-work, sms, mail]", "[fax]"}, "base_configuration[0]: must be one of wechat-work, sms, mail",
		},
		"§3.3 interface twice":     {[]string{"[wechat-work, sms, mail]", "[sms, sms]"}, "base_configuration[1]: sms is listed twice"},
		"§3.7 sixteen bits":        {[]string{"bits: 32", "bits: 16"}, "migration_in.bits: must be 32 or 64"},
		"§3.7 bits missing":        {[]string{", bits: 32", ""}, "migration_in.bits: is missing"},
		"§3.7 servers no switch":   {[]string{"from_own_servers: true", "from_own_servers: yes"}, "migration_in.from_own_servers: must be true or false"},
		"optional left blank":      {[]string{"hosting: {region: cn-beijing}", "hosting:"}, "hosting: is blank"},
		"region no id":             {[]string{"cn-beijing", "Beijing"}, "hosting.region: must be an Aliyun region id such as cn-beijing"},
		"other language":           {[]string{"language: zh", "language: fr"}, "language: must be one of zh, en"},
		"unknown field":            {[]string{"hosting:", "hostings:"}, "hostings: is not a field of the form"},
		"unknown field in a group": {[]string{"cn-beijing", "cn-beijing, zone: a"}, "hosting.zone: is not a field of the form"},
		"merge key":                {[]string{"cn-beijing", "cn-beijing, <<: {}"}, `hosting."<<": is not a field of the form`},
		"field twice":              {[]string{"language: zh", "language: zh\nlanguage: en"}, "language: is given twice"},
		"list for a name":          {[]string{"language: zh", "language: zh\n[a]: b"}, `"": has a field whose name is not a word`},
		"alias": {
			[]string{"phone: \"010-62000002\"", "phone: *p", "phone: \"010-62000001\"", "phone: \"010-62000001\""},
			"form: is not valid YAML; check indentation, colons and quotes: yaml: unknown anchor 'p' referenced",
		},
		"anchor":           {[]string{"account_manager: chen", "account_manager: &a chen"}, "account_manager: uses a YAML anchor or alias (& *); write the value out"},
		"own tag":          {[]string{"account_manager: chen", "account_manager: !person chen"}, "account_manager: must be text"},
		"second document":  {[]string{"language: zh", "language: zh\n---\nnumber: B"}, "form: holds more than one document"},
		"duplicate spaced": {[]string{"language: zh", "language: \" zh\""}, "language: must be one line of at most 200 characters, without spaces at its ends or invisible characters"},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			got := wrongFields(t, changed(t, tt.pairs...))
			if len(got) != 1 || got[0] != tt.want {
				t.Errorf("wrong fields are %q, want %q alone", got, tt.want)
			}
		})
	}
}

func TestParseForm_MissesNoField(t *testing.T) {
	t.Parallel()
	got := wrongFields(t, "{}")
	want := []string{
		"number", "customer", "provider", "administrators", "account_manager", "products", "load", "fee", "language",
	}
	for i, path := range want {
		want[i] = path + ": is missing"
	}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("wrong fields are %q, want %q", got, want)
	}
}

func TestParseForm_ReportsEveryWrongFieldAtOnceWithItsLine(t *testing.T) {
	t.Parallel()
	form := changed(t, "HT-2025-001", "HT 1", "concurrent: 120", "concurrent: 400", "disk_gb: 500", "disk_gb: 0",
		"language: zh", "langauge: zh")
	_, err := contract.ParseForm([]byte(form))
	r, ok := refusal.As(err)
	if !ok {
		t.Fatal(err)
	}
	lines := strings.Split(form, "\n")
	want := map[string]string{
		"number": "number:", "load.disk_gb": "disk_gb:", "load.by_product.OA.concurrent": "OA:",
		"langauge": "langauge:", "language": "number:",
	}
	for _, f := range r.Fields {
		if f.Line < 1 || !strings.Contains(lines[f.Line-1], want[f.Path]) || want[f.Path] == "" {
			t.Errorf("%s is said to stand in line %d: %s", f.Path, f.Line, lines[max(f.Line, 1)-1])
		}
		delete(want, f.Path)
	}
	if len(want) > 0 {
		t.Errorf("not reported: %v", want)
	}
}

func TestParseForm_RefusesWhatIsNoForm(t *testing.T) {
	t.Parallel()
	tests := map[string]string{
		"":                                   "form: is empty",
		"# only a comment":                   "form: is empty",
		"null":                               "form: is blank",
		"- a":                                "form: must be a group of name: value",
		"HT-2025-001":                        "form: must be a group of name: value",
		strings.Repeat("#", 1<<20+1):         "form: is larger than 1 MB",
		"a: [":                               "form: is not valid YAML; check indentation, colons and quotes: ",
		"number: A\n\tcustomer: B":           "form: is not valid YAML; check indentation, colons and quotes: ",
		"\x00":                               "form: is not valid YAML; check indentation, colons and quotes: ",
		strings.Repeat("[", 20_000):          "form: is not valid YAML; check indentation, colons and quotes: ",
		"a: &a [x,x]\nb: &b [*a,*a]\nc: [*b": "form: is not valid YAML; check indentation, colons and quotes: ",
	}
	for form, want := range tests {
		got := wrongFields(t, form)
		if len(got) != 1 || !strings.HasPrefix(got[0], want) {
			t.Errorf("%.40q: wrong fields are %.200q, want %q", form, got, want)
		}
	}
}

func TestParseForm_ReadsAFormOfOneMegabyte(t *testing.T) {
	t.Parallel()
	form := example(t)
	mustParse(t, form+strings.Repeat("#", 1<<20-len(form)))
}

func TestParseForm_AliasBombIsRefusedQuickly(t *testing.T) {
	t.Parallel()
	bomb := "a: &a [x, x, x, x, x, x, x, x, x]\n"
	for c := 'b'; c <= 'z'; c++ {
		prev := "*" + string(c-1)
		bomb += string(c) + ": &" + string(c) + " [" + strings.Repeat(prev+", ", 8) + prev + "]\n"
	}
	if got := wrongFields(t, bomb); len(got) < 26 {
		t.Errorf("only %d fields are refused", len(got))
	}
}

func TestBlankForm_NamesEveryBlankField(t *testing.T) {
	t.Parallel()
	got := wrongFields(t, string(contract.BlankForm()))
	want := []string{
		"number: is blank",
		"customer.name: is blank", "customer.legal_representative: is blank", "customer.phone: is blank",
		"provider.name: is blank", "provider.legal_representative: is blank", "provider.phone: is blank",
		"administrators[0].name: is blank", "administrators[0].phone: is blank", "administrators[0].email: is blank",
		"account_manager: is blank",
		"products: needs at least one product (§1.2)",
		"load.users: is blank", "load.employees: is blank", "load.disk_gb: is blank", "load.database_gb: is blank",
		"load.by_product: is blank",
		"fee.annual: is blank", "fee.capital: is blank",
		"language: is blank",
	}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("wrong fields are %q, want %q", got, want)
	}
}

func TestBlankForm_FilledInIsTheExample(t *testing.T) {
	t.Parallel()
	form := string(contract.BlankForm())
	fill := []string{
		"number:", " HT-2025-001",
		"  name:", " 远山商贸有限公司", "  legal_representative:", " 张立", "  phone:", ` "010-62000001"`,
		"  name:", " 云桥软件有限公司", "  legal_representative:", " 王敏", "  phone:", ` "010-62000002"`,
		"  - name:", " 李明", "    phone:", ` "13900000001"`, "    email:", " liming@example.com",
		"account_manager:", " chen", "products:", " [OA]\n#",
		"  users:", " 300", "  employees:", " 500", "  disk_gb:", " 500", "  database_gb:", " 100",
		"  by_product:", "\n    OA: {users: 300, concurrent: 120}",
		"  annual:", ` "120000.00"`, "  capital:", " 壹拾贰万元整", "language:", " zh",
	}
	filled := ""
	for i := 0; i < len(fill); i += 2 {
		before, after, found := strings.Cut(form, "\n"+fill[i])
		if !found {
			t.Fatalf("the blank form has no line %q after %q", fill[i], filled)
		}
		filled, form = filled+before+"\n"+fill[i]+fill[i+1], after
	}
	form = filled + form
	for _, optional := range []string{"base_configuration:", "migration_in:", "hosting:"} {
		form = strings.Replace(form, "\n# "+optional, "\n"+optional, 1)
	}
	got := mustParse(t, form)
	want := mustParse(t, changed(t,
		"  - {name: 赵倩, phone: \"13900000002\", email: zhaoqian@example.com}\n", "", "[OA, PB, HR, CRM]", "[OA]",
		"    PB: {users: 80, concurrent: 20}\n    HR: {users: 300, concurrent: 60}\n    CRM: {users: 60, concurrent: 30}\n", "",
		"bits: 32", "bits: 64"))
	if got.Hash() != want.Hash() {
		t.Errorf("the filled-in form says\n%+v, want\n%+v", got, want)
	}
}

func TestParseConfiguration_ChecksLikeTheForm(t *testing.T) {
	t.Parallel()
	const asked = `
products: [OA, TC]
load:
  users: 300
  employees: 500
  disk_gb: 800
  database_gb: 100
  by_product:
    OA: {users: 300, concurrent: 120}
    TC: {users: 10, concurrent: 5}
`
	got, err := contract.ParseConfiguration([]byte(asked))
	if err != nil || got.Load.DiskGB != 800 || !reflect.DeepEqual(got.Products, []contract.Product{"OA", "TC"}) {
		t.Errorf("configuration is %+v, %v", got, err)
	}
	_, err = contract.ParseConfiguration([]byte(strings.Replace(asked, "concurrent: 5", "concurrent: 11", 1) + "fee: 1\n"))
	want := []string{"load.by_product.TC.concurrent: 11 is more than its 10 users", "fee: is not a field of the form"}
	if wrong := fieldsOf(t, err); !reflect.DeepEqual(wrong, want) {
		t.Errorf("wrong fields are %q, want %q", wrong, want)
	}
}

func TestTerms_TravelInJSONUnderTheFormsNames(t *testing.T) {
	t.Parallel()
	terms := mustParse(t, example(t)).Terms
	data, err := json.Marshal(terms)
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Contains(data, []byte(`"fee":{"annual":"120000.00"}`)) {
		t.Errorf("JSON is %s", data)
	}
	var back contract.Terms
	if err := json.Unmarshal(data, &back); err != nil || !reflect.DeepEqual(back, terms) {
		t.Errorf("came back as %+v, %v", back, err)
	}
	if err := json.Unmarshal([]byte(`{"fee":{"annual":120000}}`), &back); err == nil {
		t.Error("a number was taken for an amount")
	}
	if typeErr := new(json.UnmarshalTypeError); !errors.As(json.Unmarshal([]byte(`{"number":1}`), &back), &typeErr) {
		t.Error("a number was taken for text")
	}
}

func FuzzParseForm(f *testing.F) {
	f.Add([]byte(example(f)))
	f.Add(contract.BlankForm())
	f.Add([]byte("a: &a [*a]"))
	f.Fuzz(func(t *testing.T, data []byte) {
		form, err := contract.ParseForm(data)
		if r, ok := refusal.As(err); err != nil && (!ok || len(r.Fields) == 0) {
			t.Fatalf("%v is no refusal with fields", err)
		}
		if err == nil && len(form.Hash()) != 64 {
			t.Fatalf("hash is %s", form.Hash())
		}
	})
}
