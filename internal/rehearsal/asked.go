package rehearsal

import (
	"fmt"
	"maps"
	"slices"

	"go.yaml.in/yaml/v3"

	"lvyue/internal/contract"
)

// readAsked reads what an offer asks for in the next year: products, load, or both, as in the form. What is
// left out is as in the form. Nil when nothing is asked for.
func readAsked(e *entry, form contract.Form) *contract.Configuration {
	products, load := e.may("products"), e.may("load")
	switch {
	case products.node == nil && load.node == nil:
		return nil
	case load.node == nil:
		asked := contract.Configuration{Products: readProducts(products), Load: form.Load}
		asked.Load.ByProduct = only(asked.Load.ByProduct, asked.Products)
		return &asked
	case products.node == nil:
		products.node = &yaml.Node{}
		if err := products.node.Encode(form.Products); err != nil {
			e.r.note(e.line, e.path, err.Error(), err.Error())
			return nil
		}
	}
	return readBoth(e, products.node, load.node)
}

// readBoth reads products and load, each held against the other.
func readBoth(e *entry, products, load *yaml.Node) *contract.Configuration {
	whole := value{r: e.r, path: e.path, node: &yaml.Node{Kind: yaml.MappingNode, Line: e.line, Content: []*yaml.Node{
		name("products"), products, name("load"), load,
	}}}
	data, ok := whole.content(marshal)
	if !ok {
		return nil
	}
	asked, err := contract.ParseConfiguration(data)
	if err != nil {
		whole.faults(fmt.Errorf("read what is asked for: %w", err))
	}
	return &asked
}

func name(s string) *yaml.Node { return &yaml.Node{Kind: yaml.ScalarNode, Value: s} }

// readProducts reads products that are asked for under the same load standard.
func readProducts(v value) []contract.Product {
	var products []contract.Product
	for _, item := range v.items() {
		p := contract.Product(item.text())
		switch {
		case p == "":
		case !p.Known():
			item.wrong("没有这个产品", "is not one of the ten products")
		case slices.Contains(products, p):
			item.wrong("列了两次", "is listed twice")
		default:
			products = append(products, p)
		}
	}
	if len(v.items()) == 0 {
		v.wrong("至少要有一个产品", "needs at least one product")
	}
	return products
}

// only keeps the rows of products that are asked for. A product new to the contract has no row yet.
func only(rows map[contract.Product]contract.ProductLoad, products []contract.Product,
) map[contract.Product]contract.ProductLoad {
	rows = maps.Clone(rows)
	maps.DeleteFunc(rows, func(p contract.Product, _ contract.ProductLoad) bool { return !slices.Contains(products, p) })
	return rows
}
