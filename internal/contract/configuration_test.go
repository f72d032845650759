package contract_test

import (
	"reflect"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"lvyue/internal/contract"
)

// agreed is a configuration to compare with; each call gives a fresh one.
func agreed() contract.Configuration {
	return contract.Configuration{
		Products: []contract.Product{"OA", "PB"},
		Load: contract.Load{
			Users: 300, Employees: 500, DiskGB: 500, DatabaseGB: 100,
			ByProduct: map[contract.Product]contract.ProductLoad{
				"OA": {Users: 300, Concurrent: 120}, "PB": {Users: 80, Concurrent: 20},
			},
		},
	}
}

// §5.8: any figure or product asked for beyond the agreed one is growth; less of another does not make up.
func TestExceeds_AnyFigureOrProductIsGrowth(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name string
		ask  func(*contract.Configuration)
		want []string
	}{
		{"the same", func(*contract.Configuration) {}, nil},
		{"one user more", func(c *contract.Configuration) { c.Load.Users++ }, []string{"load.users"}},
		{"one user less", func(c *contract.Configuration) { c.Load.Users-- }, nil},
		{"one employee more", func(c *contract.Configuration) { c.Load.Employees++ }, []string{"load.employees"}},
		{"one G of disk more", func(c *contract.Configuration) { c.Load.DiskGB++ }, []string{"load.disk_gb"}},
		{"one G of database more", func(c *contract.Configuration) { c.Load.DatabaseGB++ }, []string{"load.database_gb"}},
		{"one G of disk more, half the database", func(c *contract.Configuration) {
			c.Load.DiskGB++
			c.Load.DatabaseGB /= 2
		}, []string{"load.disk_gb"}},
		{"one user of a product more", func(c *contract.Configuration) {
			c.Load.ByProduct["PB"] = contract.ProductLoad{Users: 81, Concurrent: 20}
		}, []string{"load.by_product.PB.users"}},
		{"one concurrent user more", func(c *contract.Configuration) {
			c.Load.ByProduct["OA"] = contract.ProductLoad{Users: 200, Concurrent: 121}
		}, []string{"load.by_product.OA.concurrent"}},
		{"a product less", func(c *contract.Configuration) {
			c.Products = c.Products[:1]
			delete(c.Load.ByProduct, "PB")
		}, nil},
		{"one product for another", func(c *contract.Configuration) {
			c.Products = []contract.Product{"OA", "TC"}
			delete(c.Load.ByProduct, "PB")
			c.Load.ByProduct["TC"] = contract.ProductLoad{Users: 1, Concurrent: 1}
		}, []string{"products.TC"}},
		{"the products in another order", func(c *contract.Configuration) {
			c.Products = []contract.Product{"PB", "OA"}
		}, nil},
		{"everything more", func(c *contract.Configuration) {
			c.Products = append(c.Products, "HR")
			c.Load.Users, c.Load.DiskGB = 400, 501
			c.Load.ByProduct["OA"] = contract.ProductLoad{Users: 400, Concurrent: 400}
		}, []string{
			"products.HR", "load.users", "load.disk_gb", "load.by_product.OA.users", "load.by_product.OA.concurrent",
		}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			asked := agreed()
			tt.ask(&asked)
			grew, got := asked.Exceeds(agreed())
			if grew != (len(tt.want) > 0) || !reflect.DeepEqual(got, tt.want) {
				t.Errorf("Exceeds = %v %v, want %v", grew, got, tt.want)
			}
		})
	}
}

// §5.8: who asks for the larger of two different configurations asks for more, so of two that differ in
// their figures at least one exceeds the other, and none exceeds itself.
func TestExceeds_IsTrueOneWayOrTheOther(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		draw := func(name string) contract.Configuration {
			c := agreed()
			c.Load.Users = rapid.IntRange(300, 303).Draw(t, name+" users")
			c.Load.DiskGB = rapid.IntRange(500, 503).Draw(t, name+" disk")
			return c
		}
		a, b := draw("a"), draw("b")
		over, _ := a.Exceeds(b)
		under, _ := b.Exceeds(a)
		if same := reflect.DeepEqual(a, b); same == (over || under) {
			t.Fatalf("same %v, but a exceeds b %v and b exceeds a %v", same, over, under)
		}
	})
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
