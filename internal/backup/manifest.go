// Package backup names the copies of a contract's data that are kept outside the cloud (§3.9): what one holds, how long it is
// kept, when one is missing. Nouns and rules only: no store, no key, no clock.
package backup

import (
	"time"

	"lvyue/internal/suite"
	"lvyue/internal/workday"
)

// Manifest tells what a copy holds, for whoever reads it without us. It is written last: a copy without one does not exist.
// A contract has at most one copy a day.
type Manifest struct {
	Contract string `json:"contract"`
	// Day is the civil day for which the copy was made, and its id.
	Day workday.Date `json:"day"`
	// TakenAt is before the first byte was read: nothing in the copy is older than what the system held then.
	TakenAt time.Time `json:"taken_at"`
	// VerifiedAt is when the copy had been read back from the store, deciphered and compared.
	VerifiedAt time.Time `json:"verified_at"`
	// Key is the age recipient, "age1…": who holds its identity can read the copy, nobody else can.
	Key      string            `json:"key"`
	Products []suite.Installed `json:"products"`
	// Counts are the system's own, from before the first byte was read. Still: after the last one they were the same, so that
	// a system into which the copy is restored must count the same.
	Counts   suite.Counts `json:"counts"`
	Still    bool         `json:"still"`
	Database Content      `json:"database"`
	Files    Content      `json:"files"`
}

// Content is the database as text, or the tar of the files. The plain texts of its parts, one after the other, are the whole.
type Content struct {
	// Bytes and SHA256 (hex) are of the plain text.
	Bytes  int64  `json:"bytes"`
	SHA256 string `json:"sha256"`
	Parts  []Part `json:"parts"`
}

// Part is one object of the store, an age file by itself.
type Part struct {
	Object string `json:"object"`
	// Bytes and SHA256 are of the plain text, the others of the object. Sums are SHA-256 in hex.
	Bytes        int64  `json:"bytes"`
	SHA256       string `json:"sha256"`
	CipherBytes  int64  `json:"cipher_bytes"`
	CipherSHA256 string `json:"cipher_sha256"`
}

// Parts are all parts of the copy.
func (m Manifest) Parts() []Part {
	return append(append([]Part{}, m.Database.Parts...), m.Files.Parts...)
}

// Copy is a copy as the database knows it.
type Copy struct {
	Contract string       `json:"contract"`
	Day      workday.Date `json:"day"`
	TakenAt  time.Time    `json:"taken_at"`
	// VerifiedAt is when it was read back after it had been written.
	VerifiedAt time.Time `json:"verified_at"`
	// Bytes are of the plain text; Objects counts its parts and its manifest.
	Bytes   int64 `json:"bytes"`
	Objects int   `json:"objects"`
	// SHA256 is of the manifest as it is stored, in hex, so that nobody can put another copy in its place.
	SHA256 string `json:"sha256"`
	Key    string `json:"key"`
}
