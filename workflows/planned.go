package workflows

import (
	"slices"
	"time"

	"lvyue/internal/contract"
	"lvyue/internal/hosting"
	"lvyue/internal/sizing"
)

// plan is what the contract asks for in the cloud: the enabled products (§1.2), and a shape that carries the load standard
// (§1.3). Each try at an order is another order to the vendor.
func (p *performance) plan(try int) hosting.Plan { return p.planFor(p.Terms.Load, try) }

func (p *performance) planFor(standard contract.Load, try int) hosting.Plan {
	load := p.sized(standard)
	shape := sizing.For(load)
	return hosting.Plan{
		Contract: p.Terms.Number, Region: p.Terms.Hosting.Region, Host: p.Terms.Hosting.Host, Attempt: try - 1,
		Products: p.products(), Users: load.Concurrent, Nodes: p.Nodes,
		Interfaces: p.Terms.BaseConfiguration, Contact: p.Terms.AccountManager, Shape: shape,
		Settings: sizing.Settings(shape, load.Concurrent),
	}
}

// sized is a load standard of this contract's products in the figures by which a deployment is sized.
func (p *performance) sized(load contract.Load) sizing.Load {
	return sizing.LoadOf(load, p.Terms.Products)
}

// products are the enabled ones, as the catalogue describes them (§1.1); once they are deployed, as they were then: another
// release of this program does not upgrade anybody.
func (p *performance) products() []hosting.Product {
	if p.Installed != nil {
		return p.Installed
	}
	var products []hosting.Product
	for _, entry := range contract.Catalogue() {
		if slices.Contains(p.Terms.Products, entry.Code) {
			products = append(products, hosting.Product{
				Code: string(entry.Code), Release: entry.Release, Install: entry.Install, Health: entry.Health,
			})
		}
	}
	return products
}

// growth is what a load standard makes of the deployment that carries another one, to the end of the
// running service year (§5.7).
func (p *performance) growth(before, load contract.Load, expansion int, at time.Time) hosting.Growth {
	year, _ := p.year()
	return hosting.Growth{
		From: p.planFor(before, 1), To: sizing.For(p.sized(load)), Nodes: load.Nodes, Number: expansion,
		At: at, Until: year.Last.End(), Known: p.Resources,
	}
}
