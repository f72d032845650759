// Package evidence is the chain in which the events of a contract are kept, so that nobody can change, drop or slip in
// one of them without its showing. It reads no database: whoever has the links can check them.
package evidence

import (
	"crypto/sha256"
	"encoding/hex"
)

// Link is one event in its place in a contract's chain. Seq counts from 1. Event is the event's JSON, byte for byte as it
// was hashed: that of message.Event without spaces, times in +08:00.
type Link struct {
	Seq      int64  `json:"seq"`
	Event    string `json:"event"`
	Previous string `json:"previous"`
	Hash     string `json:"hash"`
}

// Hash is the hash of an event, in lower-case hex:
//
//	hash(n) = SHA-256( hash(n−1) in hex ‖ the event's JSON in UTF-8 )
//	hash(0) = SHA-256( the contract's number, in UTF-8 )
//
// Place and contract are covered through hash(n−1); the wall time of recording is not. PostgreSQL computes the same in
// the constraint "chained".
func Hash(previous, event string) string {
	sum := sha256.Sum256([]byte(previous + event))
	return hex.EncodeToString(sum[:])
}

// Root is hash(0) of a contract.
func Root(number string) string { return Hash("", number) }

// Broken is the place of the first link that does not hold, 0 if all do. A tail that was cut off does not show here:
// the hash of the last link must be known from elsewhere.
func Broken(number string, links []Link) int64 {
	hash, last := Root(number), int64(0)
	for _, l := range links {
		last++
		if l.Seq != last || l.Previous != hash || l.Hash != Hash(hash, l.Event) {
			return last
		}
		hash = l.Hash
	}
	return 0
}
