package contract_test

import (
	"os"
	"reflect"
	"strings"
	"testing"

	"lvyue/internal/contract"
	"lvyue/internal/money"
	"lvyue/internal/refusal"
)

// example is the form that the demonstration uses.
func example(tb testing.TB) string {
	tb.Helper()
	data, err := os.ReadFile("../../examples/first-contract/first-contract.yaml")
	if err != nil {
		tb.Fatal(err)
	}
	return string(data)
}

// changed is the example with each old text replaced by the new one behind it.
func changed(tb testing.TB, pairs ...string) string {
	tb.Helper()
	form := example(tb)
	for i := 0; i < len(pairs); i += 2 {
		if !strings.Contains(form, pairs[i]) {
			tb.Fatalf("the example has no %q", pairs[i])
		}
		form = strings.Replace(form, pairs[i], pairs[i+1], 1)
	}
	return form
}

func mustParse(tb testing.TB, form string) contract.Form {
	tb.Helper()
	f, err := contract.ParseForm([]byte(form))
	if err != nil {
		tb.Fatal(err)
	}
	return f
}

// wrongFields parses a form that must be refused, and gives path: English sentence of each wrong field.
func wrongFields(tb testing.TB, form string) []string {
	tb.Helper()
	_, err := contract.ParseForm([]byte(form))
	return fieldsOf(tb, err)
}

func fieldsOf(tb testing.TB, err error) []string {
	tb.Helper()
	r, ok := refusal.As(err)
	if !ok {
		tb.Fatalf("error is %v, want a refusal", err)
	}
	if r.Code != "bad_form" || !r.Input {
		tb.Errorf("refused as %s (input %v), want bad_form", r.Code, r.Input)
	}
	got := make([]string, 0, len(r.Fields))
	for _, f := range r.Fields {
		if f.ZH == "" || f.EN == "" || f.Path == "" {
			tb.Errorf("field %+v lacks a language or its path", f)
		}
		got = append(got, f.Path+": "+f.EN)
	}
	return got
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

func TestParseForm_ReadsAFormOfOneMegabyte(t *testing.T) {
	t.Parallel()
	form := example(t)
	mustParse(t, form+strings.Repeat("#", 1<<20-len(form)))
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
