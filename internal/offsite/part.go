package offsite

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"hash"
	"io"

	"filippo.io/age"
	"gocloud.dev/blob"

	"lvyue/internal/backup"
)

// sum counts and hashes what is written to it.
type sum struct {
	hash  hash.Hash
	bytes int64
}

func newSum() *sum { return &sum{hash: sha256.New()} }

// Write never fails.
func (s *sum) Write(p []byte) (int, error) {
	s.bytes += int64(len(p))
	return s.hash.Write(p) //nolint:wrapcheck // a hash has no errors
}

func (s *sum) hex() string { return hex.EncodeToString(s.hash.Sum(nil)) }

// seal enciphers what plain gives into one object. If it fails, there is no object.
func (v *Vault) seal(ctx context.Context, name string, plain io.Reader, to age.Recipient) (backup.Part, error) {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	object, err := v.copies.NewWriter(ctx, name, &blob.WriterOptions{ContentType: "application/octet-stream", BeforeWrite: private})
	if err != nil {
		return backup.Part{}, fmt.Errorf("begin %s: %w", name, err)
	}
	inner, outer := newSum(), newSum()
	if err := encipher(io.MultiWriter(object, outer), io.TeeReader(plain, inner), to); err != nil {
		cancel()           // so that Close keeps nothing
		_ = object.Close() // it says that it was given up
		return backup.Part{}, fmt.Errorf("write %s: %w", name, err)
	}
	if err := object.Close(); err != nil {
		return backup.Part{}, fmt.Errorf("finish %s: %w", name, err)
	}
	return backup.Part{Object: name, Bytes: inner.bytes, SHA256: inner.hex(), CipherBytes: outer.bytes, CipherSHA256: outer.hex()}, nil
}

func encipher(to io.Writer, plain io.Reader, recipient age.Recipient) error {
	w, err := age.Encrypt(to, recipient)
	if err != nil {
		return fmt.Errorf("encipher: %w", err)
	}
	if _, err := io.Copy(w, plain); err != nil {
		return err //nolint:wrapcheck // the caller says where
	}
	return w.Close() //nolint:wrapcheck // the caller says where
}

// unseal deciphers a part into plain, and compares everything that is known of it. What has been written to plain before an
// error is a beginning of the true text.
func (v *Vault) unseal(ctx context.Context, p backup.Part, key age.Identity, plain io.Writer) error {
	object, err := v.copies.NewReader(ctx, p.Object, nil)
	if missing(err) {
		return fmt.Errorf("%w: %s is gone", backup.ErrAltered, p.Object)
	}
	if err != nil {
		return fmt.Errorf("read %s: %w", p.Object, err)
	}
	defer object.Close()
	inner, outer := newSum(), newSum()
	cipher := io.TeeReader(object, outer)
	failed := decipher(io.MultiWriter(plain, inner), cipher, key)
	if _, err := io.Copy(io.Discard, cipher); err != nil {
		return fmt.Errorf("read %s: %w", p.Object, err)
	}
	switch {
	case outer.bytes != p.CipherBytes || outer.hex() != p.CipherSHA256:
		return fmt.Errorf("%w: %s", backup.ErrAltered, p.Object)
	case noMatch(failed):
		return fmt.Errorf("%w: %s", backup.ErrUnreadable, p.Object)
	case failed != nil:
		return fmt.Errorf("read %s: %w", p.Object, failed)
	case inner.bytes != p.Bytes || inner.hex() != p.SHA256:
		return fmt.Errorf("%w: %s", backup.ErrAltered, p.Object)
	default:
		return nil
	}
}

func decipher(plain io.Writer, cipher io.Reader, key age.Identity) error {
	r, err := age.Decrypt(cipher, key)
	if err != nil {
		return err //nolint:wrapcheck // the caller says where
	}
	_, err = io.Copy(plain, r)
	return err //nolint:wrapcheck // the caller says where
}

func noMatch(err error) bool {
	_, is := errors.AsType[*age.NoIdentityMatchError](err)
	return is
}
