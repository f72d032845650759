// Package suitesim simulates the provider's products on one server (§3.1): the command `suite` that its image has, the
// products' pages, and the operator's paths of package suite. The cloud's simulator uses it for its servers, and a test uses
// it alone as a customer's own old server (§3.7). It opens no port and keeps no file of its own; the data stands apart from
// the system, since data outlives servers.
package suitesim

import (
	"golang.org/x/time/rate"
)

// System is the products on one server, all that is lost with it. It may be kept as JSON. Whoever shares one between
// goroutines guards it: a Site does so with its Lock.
type System struct {
	// Products are those fetched, by code in capitals, "OA".
	Products map[string]*Product `json:"products,omitempty"`
	// Settings are the tuned parameters, as `suite set` gave them.
	Settings map[string]string `json:"settings,omitempty"`
	// Token opens the operator's paths; while it is empty nothing does.
	Token string `json:"token,omitempty"`
	// Database is which database it uses; nil before `suite database`.
	Database *Binding `json:"database,omitempty"`
	// Bits is 32 or 64 (§3.7).
	Bits int `json:"bits"`
	// Frozen systems answer and take no changes.
	Frozen bool `json:"frozen,omitempty"`
	// DiskGB is the size of the file system on the data disk, which `suite grow` brings to the size of the disk.
	DiskGB int `json:"disk_gb"`
	// Joined is the private address of the node whose files it uses; empty for its own (§3.5).
	Joined string `json:"joined,omitempty"`
	// Broken are the interfaces of §3.3 that do not work here: "wechat-work", "sms", "mail". All others do.
	Broken []string `json:"broken,omitempty"`
	// Sent counts the test messages that went out.
	Sent int `json:"sent,omitempty"`
	// Carries is how many requests of users a second the server carries, in real time; 0 is any number. What comes beyond
	// it is answered 503.
	Carries int `json:"carries,omitempty"`

	bucket *rate.Limiter // of Carries
}

// Product is how far one product has come. A release is empty until its step was done.
type Product struct {
	Fetched  string `json:"fetched"`
	Migrated string `json:"migrated,omitempty"`
	Started  string `json:"started,omitempty"`
}

// Binding is an account of a database, as `suite database` names it.
type Binding struct {
	Host     string `json:"host"`
	Port     int    `json:"port"`
	Name     string `json:"name"`
	User     string `json:"user"`
	Password string `json:"password"`
}

// World is what a system finds around itself. All that it gives may be changed by the system.
type World interface {
	// Database is the database behind the account; nil while there is none or it refuses the account.
	Database(account Binding) *Database
	// Files are those on the data disk of the node at that private address; "" is the system's own. Nil if there is no such
	// node or it has no data disk.
	Files(address string) *Files
	// DiskGB is the present size of the system's own data disk.
	DiskGB() int
}

// New is the system of a fresh server, with a file system as large as its data disk.
func New(diskGB int) *System { return &System{Bits: 64, DiskGB: diskGB} }

// Alone is the world of a server by itself, a customer's own old one (§3.7): its database takes any account.
type Alone struct {
	Data *Database
	Kept *Files
	Disk int
}

// Database is the only one there is.
func (a Alone) Database(Binding) *Database { return a.Data }

// Files are its own; there are no other nodes.
func (a Alone) Files(address string) *Files {
	if address != "" {
		return nil
	}
	return a.Kept
}

// DiskGB is as it was given.
func (a Alone) DiskGB() int { return a.Disk }

// database is the system's own, nil while it has none that answers.
func (s *System) database(world World) *Database {
	if s.Database == nil {
		return nil
	}
	return world.Database(*s.Database)
}

// works reports whether the system has all that its products need.
func (s *System) works(world World) bool {
	return s.database(world) != nil && world.Files(s.Joined) != nil
}
