package offsite

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"

	"filippo.io/age"
	"gocloud.dev/blob"
	"gocloud.dev/gcerrors"
)

// errNoKey is a contract without a key: before its first copy, and after the destruction.
var errNoKey = errors.New("the contract has no key")

// keyName is where the key of a contract lies: an identity file as the tool age reads it.
func keyName(contract string) string { return contract + "/identity.txt" }

// key gives the contract's key. The first time one is made.
func (v *Vault) key(ctx context.Context, contract string) (*age.X25519Identity, error) {
	key, err := v.knownKey(ctx, contract)
	if !errors.Is(err, errNoKey) {
		return key, err
	}
	made, err := age.GenerateX25519Identity()
	if err != nil {
		return nil, fmt.Errorf("make a key: %w", err)
	}
	text := fmt.Sprintf("# %s\n# public key: %s\n%s\n", contract, made.Recipient(), made)
	err = write(ctx, v.keys, keyName(contract), []byte(text), true)
	if err != nil && gcerrors.Code(err) != gcerrors.FailedPrecondition { // somebody else's came first
		return nil, fmt.Errorf("keep the key of %s: %w", contract, err)
	}
	return v.knownKey(ctx, contract)
}

// knownKey is the key that there is.
func (v *Vault) knownKey(ctx context.Context, contract string) (*age.X25519Identity, error) {
	text, err := v.keys.ReadAll(ctx, keyName(contract))
	if gcerrors.Code(err) == gcerrors.NotFound {
		return nil, errNoKey
	}
	if err != nil {
		return nil, fmt.Errorf("read the key of %s: %w", contract, err)
	}
	identities, err := age.ParseIdentities(bytes.NewReader(text))
	if err != nil || len(identities) != 1 {
		return nil, fmt.Errorf("the key of %s cannot be read", contract) // the cause may quote it
	}
	key, is := identities[0].(*age.X25519Identity)
	if !is {
		return nil, fmt.Errorf("the key of %s is none of ours", contract)
	}
	return key, nil
}

// write writes a small object whole; first only if there is none yet.
func write(ctx context.Context, to *blob.Bucket, name string, content []byte, first bool) error {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	w, err := to.NewWriter(ctx, name, &blob.WriterOptions{ContentType: "text/plain", BeforeWrite: private, IfNotExist: first})
	if err != nil {
		return err //nolint:wrapcheck // the caller says what
	}
	if _, err := io.Copy(w, bytes.NewReader(content)); err != nil {
		cancel() // so that nothing is kept
		return errors.Join(err, w.Close())
	}
	return w.Close() //nolint:wrapcheck // the caller says what
}
