// Package offsite keeps copies of contracts' data outside the cloud (§3.9), in any store that package blob of gocloud.dev
// reaches. Every copy is enciphered with age to a key of its contract alone, which is kept in a store of its own: who has one
// of the two stores cannot read anything, and who destroys the key has destroyed every copy, also those kept aside (§7.2).
//
// An object of the store is written once, under a name that nobody else writes: whoever makes the same copy at the same time
// does no harm. Memory is bounded whatever the size of the data.
package offsite

import (
	"cmp"
	"context"
	"errors"
	"io"
	"time"

	"gocloud.dev/blob"

	"lvyue/internal/suite"
)

// Systems are the running systems of contracts, which are read while they work, and those into which copies are restored. Each
// is named by its host and the contract whose token it takes.
type Systems interface {
	Describe(ctx context.Context, host, contract string) (suite.Description, error)
	Counts(ctx context.Context, host, contract string) (suite.Counts, error)
	// Database and Files are read from a mark on; suite.ErrChanged if they are no longer what was marked.
	Database(ctx context.Context, host, contract string, from suite.Mark) (suite.Stream, error)
	Files(ctx context.Context, host, contract string, from suite.Mark) (suite.Stream, error)
	// PutDatabase and PutFiles replace what the system has by size bytes; what breaks off leaves it as it was.
	PutDatabase(ctx context.Context, host, contract string, dump io.Reader, size int64) error
	PutFiles(ctx context.Context, host, contract string, archive io.Reader, size int64) error
}

// defaultPart is how much plain text one object holds, in bytes: what an interruption costs, at most.
const defaultPart = 64 << 20

// Options say where a vault is.
type Options struct {
	// Copies and Keys are the URLs of two stores, such as file:///mnt/offsite/copies; neither is within the other. Folders are
	// made if they are not there. The only schemes in this build are file and mem.
	Copies, Keys string
	// Engine keeps several engines in one store apart; it begins the name of every object.
	Engine string
	// PartBytes is how much plain text one object holds; 0 means 64 MB.
	PartBytes int64
	// Now is the clock; nil means that of the machine.
	Now func() time.Time
}

// Vault is a place for copies, and one for keys. Any number of goroutines and processes may use it at once.
type Vault struct {
	copies, keys *blob.Bucket
	// place and keyPlace are the two as people may read them.
	place, keyPlace string
	part            int64
	now             func() time.Time
	systems         Systems
}

// Open opens both stores. Those that cannot be opened, or are not apart, are the failure "bad_backup_store".
func Open(ctx context.Context, o Options, systems Systems) (*Vault, error) {
	copies, place, err := openStore(ctx, o.Copies, o.Engine)
	if err != nil {
		return nil, err
	}
	keys, keyPlace, err := openStore(ctx, o.Keys, o.Engine)
	if err != nil {
		return nil, errors.Join(err, copies.Close())
	}
	if !apart(place, keyPlace) {
		return nil, errors.Join(badStore(o.Keys, nil), copies.Close(), keys.Close())
	}
	v := &Vault{
		copies: copies, keys: keys, place: place, keyPlace: keyPlace, part: cmp.Or(o.PartBytes, defaultPart), now: o.Now, systems: systems,
	}
	if v.now == nil {
		v.now = time.Now
	}
	return v, nil
}

// Close lets go of both stores.
func (v *Vault) Close() error {
	return errors.Join(v.copies.Close(), v.keys.Close())
}
