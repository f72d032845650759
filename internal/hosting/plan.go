package hosting

import "cmp"

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
	Shape
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
