package contract_test

import (
	"reflect"
	"strings"
	"testing"

	"lvyue/internal/contract"
)

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
