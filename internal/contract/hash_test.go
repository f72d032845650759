package contract_test

import (
	"testing"

	"go.yaml.in/yaml/v3"
)

// §7.4: a signature stays under the form it was given for, so the hash of a form may never change.
func TestHash_OfTheExampleIsForEver(t *testing.T) {
	t.Parallel()
	const want = "31cb51ecccb82ddd58ea372043c41db7dd77b272ce84b3bfbb243b659625fe6e"
	if got := mustParse(t, example(t)).Hash(); got != want {
		t.Errorf("hash is %s, want %s", got, want)
	}
}

func TestHash_IgnoresHowTheFormIsWritten(t *testing.T) {
	t.Parallel()
	want := mustParse(t, example(t)).Hash()
	tests := map[string][]string{
		"comments":              {"# §2.1", "# other words"},
		"order of products":     {"[OA, PB, HR, CRM]", "[CRM, HR, PB, OA]"},
		"order of rows":         {"    OA: {users: 300, concurrent: 120}\n", "", "60, concurrent: 30}\n", "60, concurrent: 30}\n    OA: {concurrent: 120, users: 300}\n"},
		"order of interfaces":   {"[wechat-work, sms, mail]", "[mail, sms, wechat-work]"},
		"order of fields":       {"language: zh\n", "", "number: HT-2025-001\n", "language: zh\nnumber: HT-2025-001\n"},
		"quotes":                {"number: HT-2025-001", `number: "HT-2025-001"`},
		"decimals of the fee":   {`"120000.00"`, "120000"},
		"spelling in capitals":  {"壹拾贰万元整", "壹拾贰万圆正"},
		"block instead of flow": {"hosting: {region: cn-beijing}", "hosting:\n  region: cn-beijing"},
	}
	for name, pairs := range tests {
		if got := mustParse(t, changed(t, pairs...)).Hash(); got != want {
			t.Errorf("%s changes the hash", name)
		}
	}
}

func TestHash_ChangesWithEveryTerm(t *testing.T) {
	t.Parallel()
	changes := map[string][]string{
		"number":         {"HT-2025-001", "HT-2025-002"},
		"customer":       {"name: 远山商贸", "name: 近山商贸"},
		"representative": {"王敏", "王明"},
		"telephone":      {"010-62000002", "010-62000003"},
		"administrator":  {"赵倩", "赵前"},
		"e-mail":         {"liming@", "li.ming@"},
		"order of administrators": {
			`李明, phone: "13900000001", email: liming`, `赵倩, phone: "13900000002", email: zhaoqian`,
			`赵倩, phone: "13900000002", email: zhaoqian@example.com}` + "\naccount", `李明, phone: "13900000001", email: liming@example.com}` + "\naccount",
		},
		"manager":    {"chen", "wang"},
		"products":   {"[OA, PB, HR, CRM]", "[OA, PB, HR]", "    CRM: {users: 60, concurrent: 30}\n", ""},
		"users":      {"users: 300\n", "users: 301\n"},
		"disk":       {"disk_gb: 500", "disk_gb: 501"},
		"concurrent": {"concurrent: 30", "concurrent: 29"},
		"fee":        {`"120000.00"`, "120000.01", "壹拾贰万元整", "壹拾贰万元零壹分"},
		"interfaces": {"[wechat-work, sms, mail]", "[wechat-work, sms]"},
		"migration":  {"bits: 32", "bits: 64"},
		"region":     {"cn-beijing", "cn-shanghai"},
		"language":   {"language: zh", "language: en"},
	}
	seen := map[string]string{mustParse(t, example(t)).Hash(): "nothing"}
	for name, pairs := range changes {
		hash := mustParse(t, changed(t, pairs...)).Hash()
		if other, taken := seen[hash]; taken {
			t.Errorf("a change of %s hashes like a change of %s", name, other)
		}
		seen[hash] = name
	}
}

func TestHash_SurvivesAnotherWriter(t *testing.T) {
	t.Parallel()
	var plain map[string]any
	if err := yaml.Unmarshal([]byte(example(t)), &plain); err != nil {
		t.Fatal(err)
	}
	rewritten, err := yaml.Marshal(plain)
	if err != nil {
		t.Fatal(err)
	}
	if mustParse(t, string(rewritten)).Hash() != mustParse(t, example(t)).Hash() {
		t.Errorf("the hash changed with the order of keys in\n%s", rewritten)
	}
}
