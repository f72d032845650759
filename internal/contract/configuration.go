package contract

import "slices"

// Configuration is what a fee was agreed for: the enabled products and the load standard. It is what §5.8
// compares.
type Configuration struct {
	Products []Product `json:"products"`
	Load     Load      `json:"load"`
}

// Configuration is the part of the terms that a fee pays for.
func (t Terms) Configuration() Configuration {
	return Configuration{Products: t.Products, Load: t.Load}
}

// Exceeds reports whether asked wants more than base in any capacity figure or product (§5.8), and names
// what grew by its path in the form, in the form's order. What is lower elsewhere does not make up for it. A
// product that base lacks is named once, as products.TC, without the figures of its row.
func (asked Configuration) Exceeds(base Configuration) (bool, []string) {
	var grown []string
	note := func(path string, more, than int) {
		if more > than {
			grown = append(grown, path)
		}
	}
	for _, p := range asked.Products {
		if !slices.Contains(base.Products, p) {
			grown = append(grown, "products."+string(p))
		}
	}
	note("load.users", asked.Load.Users, base.Load.Users)
	note("load.employees", asked.Load.Employees, base.Load.Employees)
	note("load.disk_gb", asked.Load.DiskGB, base.Load.DiskGB)
	note("load.database_gb", asked.Load.DatabaseGB, base.Load.DatabaseGB)
	note("load.nodes", asked.Load.Nodes, base.Load.Nodes)
	for _, p := range asked.Products {
		if slices.Contains(base.Products, p) {
			more, than := asked.Load.ByProduct[p], base.Load.ByProduct[p]
			note("load.by_product."+string(p)+".users", more.Users, than.Users)
			note("load.by_product."+string(p)+".concurrent", more.Concurrent, than.Concurrent)
		}
	}
	return len(grown) > 0, grown
}
