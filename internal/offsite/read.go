package offsite

import (
	"context"
	"fmt"
	"io"

	"filippo.io/age"

	"lvyue/internal/backup"
	"lvyue/internal/workday"
)

// pour writes the plain text of a content, part after part.
func (v *Vault) pour(ctx context.Context, c backup.Content, key age.Identity, to io.Writer) error {
	for _, p := range c.Parts {
		if err := v.unseal(ctx, p, key, to); err != nil {
			return err
		}
	}
	return nil
}

// Check looks whether the manifest of a copy is still the one that was written. What its parts hold, only Verify tells.
func (v *Vault) Check(ctx context.Context, c backup.Copy) error {
	_, digest, err := v.Manifest(ctx, c.Contract, c.Day)
	if absent(err) || (err == nil && digest != c.SHA256) {
		return fmt.Errorf("%w: the manifest of %s of %s is gone or another", backup.ErrAltered, c.Contract, c.Day)
	}
	return err
}

// Verify reads a whole copy back, deciphers it and compares it with its manifest.
func (v *Vault) Verify(ctx context.Context, contract string, day workday.Date) (backup.Manifest, error) {
	m, _, err := v.Manifest(ctx, contract, day)
	if err != nil {
		return backup.Manifest{}, err
	}
	key, err := v.knownKey(ctx, contract)
	if err != nil {
		return backup.Manifest{}, err
	}
	for _, c := range []backup.Content{m.Database, m.Files} {
		all := newSum()
		if err := v.pour(ctx, c, key, all); err != nil {
			return backup.Manifest{}, err
		}
		if all.bytes != c.Bytes || all.hex() != c.SHA256 {
			return backup.Manifest{}, fmt.Errorf("%w: its parts are not the whole", backup.ErrAltered)
		}
	}
	return m, nil
}

// Target takes the data of a copy.
type Target interface {
	// TakeDatabase and TakeFiles replace what is there by what the reader gives, of that many bytes; a reader that fails leaves
	// it as it was.
	TakeDatabase(ctx context.Context, size int64, data io.Reader) error
	TakeFiles(ctx context.Context, size int64, data io.Reader) error
}

// Restore gives the data of a copy to a target. The whole copy is read once before, so that nothing is replaced by one that is
// damaged.
func (v *Vault) Restore(ctx context.Context, contract string, day workday.Date, into Target) (backup.Manifest, error) {
	m, err := v.Verify(ctx, contract, day)
	if err != nil {
		return backup.Manifest{}, err
	}
	key, err := v.knownKey(ctx, contract)
	if err != nil {
		return backup.Manifest{}, err
	}
	if err := v.give(ctx, m.Database, key, into.TakeDatabase); err != nil {
		return backup.Manifest{}, fmt.Errorf("restore the database of %s: %w", contract, err)
	}
	if err := v.give(ctx, m.Files, key, into.TakeFiles); err != nil {
		return backup.Manifest{}, fmt.Errorf("restore the files of %s: %w", contract, err)
	}
	return m, nil
}

func (v *Vault) give(ctx context.Context, c backup.Content, key age.Identity, take func(context.Context, int64, io.Reader) error) error {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel() // the pouring ends with it
	r, w := io.Pipe()
	poured := make(chan struct{})
	go func() {
		defer close(poured)
		w.CloseWithError(v.pour(ctx, c, key, w))
	}()
	err := take(ctx, c.Bytes, r)
	_ = r.Close() // a target that gives up lets the pouring end
	<-poured
	return err
}
