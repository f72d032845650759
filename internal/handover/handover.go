// Package handover names the package of all data that a customer takes along when it leaves the cloud (§3.8): what is in it,
// and how it is loaded without us. Nouns only: no store, no clock.
package handover

import (
	"errors"
	"fmt"
	"time"

	"lvyue/internal/suite"
)

// Format is the version of the package's layout.
const Format = 1

// The objects of a package. The manifest is written last: without it there is no package.
const (
	DatabaseFile = "database.sql"
	FilesFile    = "files.tar"
	ReadMeFile   = "README.txt"
	ReadMeZHFile = "README.zh.txt"
	ManifestFile = "manifest.json"
)

// ErrAltered is a package that is not what was written: an object is gone, longer, shorter, or has one bit that differs.
var ErrAltered = errors.New("the package is altered")

// Order asks for the package of a contract's system. Two orders for one folder ask for the same package.
type Order struct {
	Contract string `json:"contract"`
	// Host is where the system answers.
	Host string `json:"host"`
	// Folder is the package's place in the store, "HT-2025-001/migration-off-1".
	Folder string `json:"folder"`
	// TakenAt is when the package was asked for.
	TakenAt time.Time `json:"taken_at"`
	// Final: the system is frozen, and the package holds just what it counts.
	Final bool `json:"final,omitempty"`
}

// FolderOf is the place of the n-th package of a contract, from 1.
func FolderOf(contract string, n int) string { return fmt.Sprintf("%s/migration-off-%d", contract, n) }

// Manifest tells what the package holds, for whoever loads it without us.
type Manifest struct {
	Format   int       `json:"format"`
	Contract string    `json:"contract"`
	Folder   string    `json:"folder"`
	TakenAt  time.Time `json:"taken_at"`
	Final    bool      `json:"final"`
	// Products must be installed in just these releases where the package is loaded (§3.8: the same version).
	Products []suite.Installed `json:"products"`
	Settings map[string]string `json:"settings,omitempty"`
	Bits     int               `json:"bits"`
	// Counts are the system's own, from before the first byte was read. Still: after the last one they were the same, so that
	// a system into which the package is loaded counts the same.
	Counts  suite.Counts `json:"counts"`
	Still   bool         `json:"still"`
	Objects []Object     `json:"objects"`
}

// Object is one file of the package. SHA256 is in hex.
type Object struct {
	Name   string `json:"name"`
	Bytes  int64  `json:"bytes"`
	SHA256 string `json:"sha256"`
}

// Package is one that was written and read back, as the evidence keeps it. Place is the store, SHA256 that of the manifest's
// text, so that nobody can put another package in its place.
type Package struct {
	Manifest Manifest `json:"manifest"`
	Place    string   `json:"place"`
	SHA256   string   `json:"sha256"`
}

// Bytes are of all objects but the manifest.
func (p Package) Bytes() int64 {
	var n int64
	for _, o := range p.Manifest.Objects {
		n += o.Bytes
	}
	return n
}
