package hosting

import "time"

// Metric is what is measured of a server or a database, each as a share of what there is. The values are kept in the
// database and never change.
type Metric string

// The metrics.
const (
	// CPU is the mean of the last hour.
	CPU    Metric = "cpu"
	Memory Metric = "memory"
	// Storage is what is used of one of a server's disks, or of a database's storage.
	Storage Metric = "storage"
	// Connections is of those that a database allows.
	Connections Metric = "connections"
)

// Gauge is one thing that is measured again and again: the Metric of the server or database with the id Resource. Device
// is the disk as its server calls it, "/dev/vdb1"; empty for all others, and for a server that tells of no disk at all.
type Gauge struct {
	Kind     Kind   `json:"kind"`
	Resource string `json:"resource"`
	Device   string `json:"device,omitempty"`
	Metric   Metric `json:"metric"`
}

// Point is what a gauge showed at an instant: 0 to 100 percent.
type Point struct {
	Gauge

	At      time.Time `json:"at"`
	Percent float64   `json:"percent"`
}

// Look names whose servers and databases are measured, and when: At is the look's own instant.
type Look struct {
	Contract string     `json:"contract"`
	Region   string     `json:"region,omitempty"`
	At       time.Time  `json:"at"`
	Known    []Resource `json:"known,omitempty"`
}

// Measured is what a look saw of the servers and databases that are there: the last point of every gauge, which may be
// old, and the gauges of which the vendor has none. No point is never a point of 0 percent.
type Measured struct {
	There  []Resource `json:"there"`
	Points []Point    `json:"points"`
	Silent []Gauge    `json:"silent,omitempty"`
}
