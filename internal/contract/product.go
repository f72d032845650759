package contract

import (
	"slices"

	"lvyue/internal/refusal"
)

// Product is the code of one of the ten products, such as "OA" (§1.1). Codes are in capital letters.
type Product string

// CatalogueEntry is what there is to know about a product in order to deploy it. Every product can be
// deployed alone: none needs another product.
type CatalogueEntry struct {
	Code Product      `json:"code"`
	Name refusal.Text `json:"name"`
	// Subsystems are the parts that the contract names for the product; most have none.
	Subsystems []refusal.Text `json:"subsystems,omitempty"`
	// Needs names the services that must run beside the product.
	Needs []string `json:"needs"`
	// Release is the one that a new deployment gets.
	Release string `json:"release"`
	// Install is run on the machine, one command after the other; each may be repeated.
	Install []string `json:"install"`
	// Health is a path that answers 200 once the product is ready for use (§3.2).
	Health string `json:"health"`
}

// Known reports whether p is in the catalogue.
func (p Product) Known() bool {
	_, known := p.Entry()
	return known
}

// Entry is p's entry in the catalogue, if it has one.
func (p Product) Entry() (CatalogueEntry, bool) {
	catalogue := Catalogue()
	i := slices.IndexFunc(catalogue, func(e CatalogueEntry) bool { return e.Code == p })
	if i < 0 {
		return CatalogueEntry{}, false
	}
	return catalogue[i], true
}
