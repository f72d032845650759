package contract

import (
	"fmt"
	"slices"

	"lvyue/internal/form"
	"lvyue/internal/refusal"
)

// ParseConfiguration reads the terms that an offer for the next service year asks for (§5.6): products and
// load as in the form, with the same checks and the same refusal.
func ParseConfiguration(data []byte) (Configuration, error) {
	var asked Configuration
	err := form.Read(data, func(f form.Field) []refusal.Field {
		asked = readConfiguration(f.Group([]string{"products", "load"}))
		return nil
	})
	if err != nil {
		return Configuration{}, err
	}
	return asked, nil
}

// readConfiguration reads products and load, and holds them against each other.
func readConfiguration(form map[string]form.Field) Configuration {
	products := readProducts(form["products"])
	return Configuration{Products: products, Load: readLoad(form["load"], products)}
}

// readProducts reads the enabled products, at least one, none twice (§1.2).
func readProducts(f form.Field) []Product {
	if f.EmptyList() {
		f.Fail("至少要启用一个产品（§1.2）", "needs at least one product (§1.2)")
	}
	catalogue := Catalogue()
	codes := make([]string, 0, len(catalogue))
	for _, e := range catalogue {
		codes = append(codes, string(e.Code))
	}
	chosen := f.Choices(codes...)
	products := make([]Product, 0, len(chosen))
	for _, code := range chosen {
		products = append(products, Product(code))
	}
	return products
}

// readLoad reads the load standard for the products (§1.3).
func readLoad(f form.Field, products []Product) Load {
	form := f.Group([]string{"users", "employees", "disk_gb", "database_gb", "by_product"})
	users := form["users"].Count()
	return Load{
		Users:      users,
		Employees:  form["employees"].Count(),
		DiskGB:     form["disk_gb"].Count(),
		DatabaseGB: form["database_gb"].Count(),
		ByProduct:  readByProduct(form["by_product"], products, users),
	}
}

// readByProduct reads one row for each product and no other. Users are the system's users, 0 if unknown.
func readByProduct(f form.Field, products []Product, users int) map[Product]ProductLoad {
	rows, ok := f.Rows()
	loads := make(map[Product]ProductLoad, len(rows))
	for _, row := range rows {
		code := Product(row.Name)
		if len(products) > 0 && !slices.Contains(products, code) {
			row.Fail("不在启用的产品（products）之中", "is not one of the enabled products")
		}
		loads[code] = readProductLoad(row.Field, users)
	}
	for _, code := range products {
		if _, given := loads[code]; !given && ok {
			f.Lacks(string(code), "缺少这个产品的一行", "is missing: every enabled product needs its row")
		}
	}
	return loads
}

// readProductLoad reads one row: concurrent users ≤ the product's users ≤ the system's users (§1.3).
func readProductLoad(f form.Field, system int) ProductLoad {
	form := f.Group([]string{"users", "concurrent"})
	load := ProductLoad{Users: form["users"].Count(), Concurrent: form["concurrent"].Count()}
	if load.Users > system && system > 0 {
		form["users"].Fail(fmt.Sprintf("%d 多于系统用户总数 %d", load.Users, system),
			fmt.Sprintf("%d is more than the %d system users", load.Users, system))
	}
	if load.Concurrent > load.Users && load.Users > 0 {
		form["concurrent"].Fail(fmt.Sprintf("%d 多于该产品的用户总数 %d", load.Concurrent, load.Users),
			fmt.Sprintf("%d is more than its %d users", load.Concurrent, load.Users))
	}
	return load
}
