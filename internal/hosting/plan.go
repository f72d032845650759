package hosting

import (
	"cmp"
	"slices"

	"lvyue/internal/suite"
)

// The place of a deployment whose contract names none: Beijing, where the parties arbitrate (§6.2).
const (
	DefaultRegion = "cn-beijing"
	// defaultZone is the suffix of the zone that a region's deployments go to when none is named.
	defaultZone = "-h"
)

// Plan is what one deployment creates. Two plans of the same contract and attempt must be equal: the vendor
// refuses to repeat an order with other figures.
type Plan struct {
	// Contract is the contract's number; every piece carries it as a tag.
	Contract string `json:"contract"`
	// Region and Zone are the vendor's names of the place; empty means DefaultRegion and its zone h.
	Region string `json:"region,omitempty"`
	Zone   string `json:"zone,omitempty"`
	// Attempt starts at 0 and is raised by a person after the vendor definitely refused an order (no stock): the
	// vendor answers a repeated order with its first answer, refusals too.
	Attempt int `json:"attempt,omitempty"`
	// Host is the name under which users reach the system, "oa.example.com"; empty: by its address alone.
	Host string `json:"host,omitempty"`
	// Products are installed, these and no others (§1.2).
	Products []Product `json:"products,omitempty"`
	// Users is the load standard in one figure (§1.3): how many work at the same time, over all products.
	Users int `json:"users,omitempty"`
	// Settings are the parameters to which the products are tuned (§3.10).
	Settings []Setting `json:"settings,omitempty"`
	// Interfaces are those of §3.3 through which Contact, the provider's account manager, gets a test message.
	Interfaces []string `json:"interfaces,omitempty"`
	Contact    string   `json:"contact,omitempty"`
	// Nodes is how many servers carry the system; 0 and 1 are a single one, more are a cluster (§3.5).
	Nodes int `json:"nodes,omitempty"`
	Shape
}

// Product is one enabled product, as the catalogue describes it (§1.1).
type Product struct {
	// Code is in capitals, "OA"; Release "8.4.2".
	Code    string `json:"code"`
	Release string `json:"release"`
	// Install are the commands that install it on a server, in order; each may run twice.
	Install []string `json:"install"`
	// Health is the path that answers 200 while the product works, "/oa/health".
	Health string `json:"health"`
}

// Setting is one parameter and why it has that value, for people to read.
type Setting struct {
	Name  string `json:"name"`
	Value string `json:"value"`
	Why   string `json:"why,omitempty"`
}

// Placed is the plan with its defaults filled in.
func (p Plan) Placed() Plan {
	p.Region = cmp.Or(p.Region, DefaultRegion)
	p.Zone = cmp.Or(p.Zone, p.Region+defaultZone)
	return p
}

// Shape is how large a deployment is.
type Shape struct {
	// ServerType is the vendor's instance type, "ecs.g7.xlarge".
	ServerType string `json:"server_type"`
	// ServerDiskGB holds the attachments and pictures, beside the system disk.
	ServerDiskGB int `json:"server_disk_gb"`
	// DatabaseClass is the vendor's class, "mysql.x4.large.2c".
	DatabaseClass string `json:"database_class"`
	DatabaseGB    int    `json:"database_gb"`
	// Short says that even the largest single server, class or disk is too small for the load: the deployment
	// needs a cluster (§3.5), which a person plans.
	Short bool `json:"short,omitempty"`
}

// Enables reports whether exactly the plan's products are installed, each in its release (§1.2).
func (p Plan) Enables(installed []suite.Installed) bool {
	if len(installed) != len(p.Products) {
		return false
	}
	for _, product := range p.Products {
		if !slices.Contains(installed, suite.Installed{Code: product.Code, Release: product.Release}) {
			return false
		}
	}
	return true
}
