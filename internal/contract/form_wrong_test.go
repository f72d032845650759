package contract_test

import (
	"reflect"
	"strings"
	"testing"

	"lvyue/internal/contract"
	"lvyue/internal/refusal"
)

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
		"host no name":             {[]string{"{region: cn-beijing}", "{region: cn-beijing, host: OA}"}, "hosting.host: must be a host name in lower case such as oa.example.com"},
		"other language":           {[]string{"language: zh", "language: fr"}, "language: must be one of zh, en"},
		"unknown field":            {[]string{"hosting:", "hostings:"}, "hostings: is not a field of the form"},
		"unknown field in a group": {[]string{"cn-beijing", "cn-beijing, zone: a"}, "hosting.zone: is not a field of the form"},
		"merge key":                {[]string{"cn-beijing", "cn-beijing, <<: {}"}, `hosting."<<": is not a field of the form`},
		"field twice":              {[]string{"language: zh", "language: zh\nlanguage: en"}, "language: is given twice"},
		"list for a name":          {[]string{"language: zh", "language: zh\n[a]: b"}, `"": has a field whose name is not a word`},
		"alias of nothing": {
			[]string{"phone: \"010-62000002\"", "phone: *p"},
			"form: is not valid YAML; check indentation, colons and quotes: yaml: unknown anchor 'p' referenced",
		},
		"anchor":          {[]string{"account_manager: chen", "account_manager: &a chen"}, "account_manager: uses a YAML anchor or alias (& *); write the value out"},
		"own tag":         {[]string{"account_manager: chen", "account_manager: !person chen"}, "account_manager: must be text"},
		"second document": {[]string{"language: zh", "language: zh\n---\nnumber: B"}, "form: holds more than one document"},
		"space at an end": {[]string{"language: zh", "language: \" zh\""}, "language: must be one line of at most 200 characters, without spaces at its ends or invisible characters"},
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
		"language: zh", "lang: zh")
	_, err := contract.ParseForm([]byte(form))
	r, ok := refusal.As(err)
	if !ok {
		t.Fatal(err)
	}
	lines := strings.Split(form, "\n")
	want := map[string]string{
		"number": "number:", "load.disk_gb": "disk_gb:", "load.by_product.OA.concurrent": "OA:",
		"lang": "lang:", "language": "number:",
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

func TestParseForm_AliasBombIsRefusedQuickly(t *testing.T) {
	t.Parallel()
	var bomb strings.Builder
	bomb.WriteString("a: &a [" + strings.Repeat("x, ", 9) + "x]\n")
	for c := 'b'; c <= 'z'; c++ {
		prev := "*" + string(c-1)
		bomb.WriteString(string(c) + ": &" + string(c) + " [" + strings.Repeat(prev+", ", 9) + prev + "]\n")
	}
	if got := wrongFields(t, bomb.String()); len(got) < 26 {
		t.Errorf("only %d fields are refused", len(got))
	}
}

func TestParseForm_RefusesAnchorAndAlias(t *testing.T) {
	t.Parallel()
	const yaml = "uses a YAML anchor or alias (& *); write the value out"
	got := wrongFields(t, changed(t, "account_manager: chen", "account_manager: &a zh", "language: zh", "language: *a"))
	if want := []string{"account_manager: " + yaml, "language: " + yaml}; !reflect.DeepEqual(got, want) {
		t.Errorf("wrong fields are %q, want %q", got, want)
	}
}
