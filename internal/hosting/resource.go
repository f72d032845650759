// Package hosting names what a contract occupies in the cloud (§3.2, §7.2): the pieces of one deployment, and
// the plan from which they are created. Nouns only: no vendor, no clock, no arithmetic.
package hosting

import "slices"

// Kind is one sort of cloud resource. The values are written into evidence and never change.
type Kind string

// The kinds of a deployment.
const (
	VPC           Kind = "vpc"
	VSwitch       Kind = "vswitch"
	SecurityGroup Kind = "security-group"
	Server        Kind = "ecs"
	Database      Kind = "rds"
	// Backup is what the vendor keeps of a database after the database itself is gone. It is never created on
	// purpose; it is looked for after a destruction, because §7.2 keeps no backup.
	Backup Kind = "rds-backup"
)

// Kinds lists what every complete deployment has, in the order of creation.
func Kinds() []Kind {
	return []Kind{VPC, VSwitch, SecurityGroup, Server, Database}
}

// Resource is one piece as it was last looked at. It travels in messages and evidence, so its fields only grow.
type Resource struct {
	Kind   Kind   `json:"kind"`
	ID     string `json:"id"`
	Region string `json:"region"`
	// Status is the vendor's own word, for people to read: "Creating", "Running", "Available".
	Status string `json:"status,omitempty"`
	// Usable says that the piece does its work now.
	Usable bool `json:"usable,omitempty"`
}

// Ready reports whether the pieces make a whole deployment in use: of every kind at least one, and all of them
// usable. It is the moment at which the system "became usable" (§5.5).
func Ready(pieces []Resource) bool {
	for _, kind := range Kinds() {
		if !slices.ContainsFunc(pieces, func(r Resource) bool { return r.Kind == kind }) {
			return false
		}
	}
	return !slices.ContainsFunc(pieces, func(r Resource) bool { return !r.Usable })
}
