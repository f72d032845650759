package contract_test

import (
	"maps"
	"testing"

	"lvyue/internal/contract"
)

// §5.7: more of something, less of nothing, for the products that are there.
func TestRefuseExpansion_AsksForMoreOfSomethingAndLessOfNothing(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		name   string
		change func(*contract.Load)
		code   string
	}{
		{"the same", func(*contract.Load) {}, "nothing_to_expand"},
		{"a G of disk", func(l *contract.Load) { l.DiskGB++ }, ""},
		{"a G of database", func(l *contract.Load) { l.DatabaseGB++ }, ""},
		{"a user", func(l *contract.Load) { l.Users++ }, ""},
		{"more of a product's users than the system has", func(l *contract.Load) { row(l, "OA", 1, 0) }, "bad_load"},
		{"more at a time than the product has users", func(l *contract.Load) { row(l, "PB", 0, 61) }, "bad_load"},
		{"as many at a time as the product has users", func(l *contract.Load) { row(l, "PB", 0, 60) }, ""},
		{"one more at a time", func(l *contract.Load) { row(l, "PB", 0, 1) }, ""},
		{"more disk, less database", func(l *contract.Load) { l.DiskGB++; l.DatabaseGB-- }, "not_an_expansion"},
		{"less disk", func(l *contract.Load) { l.DiskGB-- }, "not_an_expansion"},
		{"less at a time", func(l *contract.Load) { l.DiskGB++; row(l, "PB", 0, -1) }, "not_an_expansion"},
		{"a product less", func(l *contract.Load) { l.DiskGB++; delete(l.ByProduct, "PB") }, "not_an_expansion"},
		{"a product more", func(l *contract.Load) { l.DiskGB++; row(l, "TC", 1, 1) }, "not_enabled"},
	} {
		asked := agreed().Load
		asked.ByProduct = maps.Clone(asked.ByProduct)
		tt.change(&asked)
		got := ""
		if no := contract.RefuseExpansion(agreed().Products, agreed().Load, asked); no != nil {
			got = no.Code
		}
		if got != tt.code {
			t.Errorf("%s: %q, want %q", tt.name, got, tt.code)
		}
	}
}

func row(l *contract.Load, p contract.Product, users, concurrent int) {
	r := l.ByProduct[p]
	l.ByProduct[p] = contract.ProductLoad{Users: r.Users + users, Concurrent: r.Concurrent + concurrent}
}

// §5.7: what was bought is what is more than before, and nothing else.
func TestAbove_HoldsWhatIsMore(t *testing.T) {
	t.Parallel()
	now := agreed().Load
	now.ByProduct = maps.Clone(now.ByProduct)
	now.DiskGB, now.Users = now.DiskGB+200, now.Users-1
	row(&now, "PB", 0, 5)
	bought := now.Above(agreed().Load)
	if bought.DiskGB != 700 || bought.Users != 0 || bought.DatabaseGB != 0 {
		t.Errorf("bought is %+v", bought)
	}
	if pb, oa := bought.ByProduct["PB"], bought.ByProduct["OA"]; pb.Concurrent != 25 || pb.Users != 0 || oa.Users != 0 {
		t.Errorf("of the products %+v", bought.ByProduct)
	}
}

// §5.8: what is asked for the next year is raised where it falls behind what was bought, and nowhere else.
func TestAtLeast_RaisesFigureByFigure(t *testing.T) {
	t.Parallel()
	asked, bought := agreed().Load, agreed().Load
	asked.ByProduct, bought.ByProduct = maps.Clone(asked.ByProduct), maps.Clone(bought.ByProduct)
	asked.Users += 10
	asked.DiskGB -= 100
	bought.DiskGB += 200
	row(&bought, "OA", 0, 5)
	row(&bought, "TC", 7, 7)
	delete(asked.ByProduct, "PB")
	raised := asked.AtLeast(bought)
	if raised.Users != asked.Users || raised.DiskGB != bought.DiskGB || raised.DatabaseGB != asked.DatabaseGB {
		t.Errorf("raised to %+v", raised)
	}
	if raised.ByProduct["OA"].Concurrent != bought.ByProduct["OA"].Concurrent || len(raised.ByProduct) != len(asked.ByProduct) {
		t.Errorf("the products are raised to %v", raised.ByProduct)
	}
	if asked.ByProduct["OA"] != agreed().Load.ByProduct["OA"] {
		t.Error("what was asked for has changed")
	}
}
