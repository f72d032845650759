// Package sizing turns the load standard of a contract (§1.3) into the shape of its deployment. Arithmetic
// over a table; no vendor is asked, no price is known.
package sizing

import (
	"lvyue/internal/contract"
	"lvyue/internal/hosting"
)

// Load is the load standard in figures, taken from the form: the sums over the enabled products.
type Load struct {
	// Concurrent is how many users are expected to work at the same time.
	Concurrent int
	// DiskGB is the room for attachments and pictures.
	DiskGB int
	// DatabaseGB is the room for the database.
	DatabaseGB int
}

// LoadOf is a load standard in the figures by which a deployment is sized.
func LoadOf(standard contract.Load, enabled []contract.Product) Load {
	load := Load{DiskGB: standard.DiskGB, DatabaseGB: standard.DatabaseGB}
	for _, product := range enabled {
		load.Concurrent += standard.ByProduct[product].Concurrent
	}
	return load
}

// step is one size on offer and the most concurrent users that it carries.
type step struct {
	concurrent             int
	serverType, databaseOf string
}

// What a size carries: perCore concurrent users to a virtual core, which is our own estimate, to be corrected by load
// acceptance (§3.10); the vendor's g7 and x4 have memoryPerCore GB to a core.
const (
	perCore       = 50
	memoryPerCore = 4
)

// cores are the virtual cores of a size, of the server and of the database.
func (s step) cores() int { return s.concurrent / perCore }

// memoryGB is the memory of a size, of the server and of the database.
func (s step) memoryGB() int { return s.cores() * memoryPerCore }

// steps are the sizes on offer, smallest first: from 2 cores ("large", "medium") to 64. The names are the vendor's.
func steps() []step {
	return []step{
		{100, "ecs.g7.large", "mysql.x4.medium.2c"},
		{200, "ecs.g7.xlarge", "mysql.x4.large.2c"},
		{400, "ecs.g7.2xlarge", "mysql.x4.xlarge.2c"},
		{800, "ecs.g7.4xlarge", "mysql.x4.2xlarge.2c"},
		{1600, "ecs.g7.8xlarge", "mysql.x4.4xlarge.2c"},
		{3200, "ecs.g7.16xlarge", "mysql.x4.8xlarge.2c"},
	}
}

// The vendor's bounds in GB: an ESSD PL1 data disk, and the storage of a MySQL database on ESSD, which is sold
// in steps of 5.
const (
	leastDisk, mostDisk         = 20, 32768
	leastDatabase, mostDatabase = 20, 32000
	databaseStep                = 5
)

// For gives the smallest shape that carries the load. A load beyond the largest size gets the largest, marked
// Short; it never fails, since a signed contract is owed whatever its size.
func For(load Load) hosting.Shape {
	size := sizeFor(load)
	short := load.Concurrent > size.concurrent || load.DiskGB > mostDisk || load.DatabaseGB > mostDatabase
	return hosting.Shape{
		ServerType:    size.serverType,
		ServerDiskGB:  within(leastDisk, load.DiskGB, mostDisk),
		DatabaseClass: size.databaseOf,
		DatabaseGB:    within(leastDatabase, roundUp(load.DatabaseGB, databaseStep), mostDatabase),
		Short:         short,
	}
}

// sizeFor is the smallest size that carries the users, or else the largest.
func sizeFor(load Load) step {
	sizes := steps()
	for _, s := range sizes {
		if load.Concurrent <= s.concurrent {
			return s
		}
	}
	return sizes[len(sizes)-1]
}

// sizeOf is the size of a server type, or else the smallest.
func sizeOf(serverType string) step {
	sizes := steps()
	for _, s := range sizes {
		if s.serverType == serverType {
			return s
		}
	}
	return sizes[0]
}

func within(least, n, most int) int { return min(max(least, n), most) }

func roundUp(n, step int) int { return (n + step - 1) / step * step }
