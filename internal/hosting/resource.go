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

// The kinds that a deployment is not counted by, and that may outlive the server they served: each goes on costing
// money and holding data until it is destroyed for itself (§7.2).
const (
	Disk           Kind = "disk"
	Snapshot       Kind = "snapshot"
	Image          Kind = "image"
	SnapshotPolicy Kind = "snapshot-policy"
	EIP            Kind = "eip"
	// NetworkInterface is one that somebody made in the contract's network: it holds no data, and keeps the network.
	NetworkInterface Kind = "eni"
)

// The kinds that make servers a system which its users reach.
const (
	// Record is a name in the vendor's DNS that leads to the system.
	Record Kind = "dns-record"
	// LoadBalancer spreads the users of a cluster over its servers (§3.5).
	LoadBalancer Kind = "slb"
	// System is the enabled products on one server, installed and answering. It goes with its server: no destruction
	// looks for it.
	System Kind = "system"
)

// The kinds that are kept outside the cloud, and must be gone with it (§3.9, §7.2).
const (
	// OffsiteCopy is all that is stored of one day's copy, half-done ones too; its id is "NUMBER/2026-03-02".
	OffsiteCopy Kind = "offsite-copy"
	// HandedOver is a package of all data, made for a customer that leaves (§3.8); its id is "NUMBER/migration-off-1".
	HandedOver Kind = "export-package"
	// BackupKey opens all copies of its contract, and nothing else does.
	BackupKey Kind = "backup-key"
)

// Kinds lists what every complete deployment has, in the order of creation.
func Kinds() []Kind {
	return []Kind{VPC, VSwitch, SecurityGroup, Server, Database}
}

// EveryKind lists all kinds that a destruction must find gone, in the order in which each can be found.
func EveryKind() []Kind {
	return append(Kinds(), LoadBalancer, EIP, Record, NetworkInterface, SnapshotPolicy, Disk, Snapshot, Image, Backup)
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
	// Address is where it is reached: the IP address of an EIP or a load balancer, the name of a DNS record. Empty for all
	// others.
	Address string `json:"address,omitempty"`
	// FoundBy is how a destruction came upon it: by ByTag, ByRecord or ByRelation. Empty elsewhere.
	FoundBy string `json:"found_by,omitempty"`
}

// Tagged is a resource with the contract's number on its tag, which is empty where the tag or its value is. A kept
// database backup bears no tag; it is counted to the contract whose name its database had.
type Tagged struct {
	Contract string `json:"contract"`
	Resource
}

// The ways in which a destruction finds what a contract has: the contract's tag on it, our own record of its id, and
// what it hangs on or was made from.
const (
	ByTag      = "tag"
	ByRecord   = "record"
	ByRelation = "relation"
)

// Both are the known resources with those of found that are not among them.
func Both(known, found []Resource) []Resource {
	both := slices.Clone(known)
	for _, f := range found {
		if !Has(both, f.ID) {
			both = append(both, f)
		}
	}
	return both
}

// InCloud are those of the pieces that the vendor has.
func InCloud(pieces []Resource) []Resource {
	return slices.DeleteFunc(slices.Clone(pieces), func(r Resource) bool {
		return r.Kind != System && !slices.Contains(EveryKind(), r.Kind)
	})
}

// Has reports whether a piece of that id is among the pieces.
func Has(pieces []Resource, id string) bool {
	return slices.ContainsFunc(pieces, func(r Resource) bool { return r.ID == id })
}

// Installed is the Status of a System whose installation ended well, until it was asked whether it works.
const Installed = "Installed"

// Ready reports whether the pieces are a whole deployment that runs: of every kind at least one, and all of them usable.
func Ready(pieces []Resource) bool { return complete(pieces, Kinds()) }

// Answering reports whether the pieces are a whole deployment whose users can reach the system: Ready, with the enabled
// products installed and an address that leads to them (§3.2). What is left before it "became usable" (§5.5) is the load
// acceptance.
func Answering(pieces []Resource) bool { return complete(pieces, append(Kinds(), EIP, System)) }

func complete(pieces []Resource, kinds []Kind) bool {
	for _, kind := range kinds {
		if !slices.ContainsFunc(pieces, func(r Resource) bool { return r.Kind == kind }) {
			return false
		}
	}
	return !slices.ContainsFunc(pieces, func(r Resource) bool { return !r.Usable })
}

// Endpoint is where users reach the system: the name in the DNS, else the load balancer's address, else the first server's;
// empty while there is none.
func Endpoint(pieces []Resource) string {
	for _, kind := range []Kind{Record, LoadBalancer, EIP} {
		for _, r := range pieces {
			if r.Kind == kind && r.Address != "" {
				return r.Address
			}
		}
	}
	return ""
}
