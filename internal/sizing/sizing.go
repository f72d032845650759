// Package sizing turns the load standard of a contract (§1.3) into the shape of its deployment. Arithmetic
// over a table; no vendor is asked, no price is known.
package sizing

import "lvyue/internal/hosting"

// Load is the load standard in figures, taken from the form: the sums over the enabled products.
type Load struct {
	// Concurrent is how many users are expected to work at the same time.
	Concurrent int
	// DiskGB is the room for attachments and pictures.
	DiskGB int
	// DatabaseGB is the room for the database.
	DatabaseGB int
}

// step is one size on offer and the most concurrent users that it carries.
type step struct {
	concurrent             int
	serverType, databaseOf string
}

// steps are the sizes on offer, smallest first. A virtual core carries 50 concurrent users; that is our own
// estimate, to be corrected by load acceptance (§3.10). Cores and memory of the names are the vendor's: g7 and
// x4 have 4 GB to a core, from 2 cores ("large", "medium") to 64.
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
	sizes := steps()
	size := sizes[len(sizes)-1]
	short := load.Concurrent > size.concurrent || load.DiskGB > mostDisk || load.DatabaseGB > mostDatabase
	for _, s := range sizes {
		if load.Concurrent <= s.concurrent {
			size = s
			break
		}
	}
	return hosting.Shape{
		ServerType:    size.serverType,
		ServerDiskGB:  within(leastDisk, load.DiskGB, mostDisk),
		DatabaseClass: size.databaseOf,
		DatabaseGB:    within(leastDatabase, roundUp(load.DatabaseGB, databaseStep), mostDatabase),
		Short:         short,
	}
}

func within(least, n, most int) int { return min(max(least, n), most) }

func roundUp(n, step int) int { return (n + step - 1) / step * step }
