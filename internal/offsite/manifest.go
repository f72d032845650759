package offsite

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"

	"gocloud.dev/gcerrors"

	"lvyue/internal/backup"
	"lvyue/internal/workday"
)

// The names of a copy's objects beside its parts.
const (
	manifestName = "manifest.json"
	stateName    = "state.json"
)

// folder is what the names of all objects of a copy begin with.
func folder(contract string, day workday.Date) string { return contract + "/" + day.String() + "/" }

// signed is a manifest in its object, with the SHA-256 of its text.
type signed struct {
	Manifest json.RawMessage `json:"manifest"`
	SHA256   string          `json:"sha256"`
}

// writeManifest makes the copy exist, and gives the manifest's sum. Of those who make the same copy one succeeds.
func (v *Vault) writeManifest(ctx context.Context, m backup.Manifest) error {
	text, err := json.Marshal(m)
	if err != nil {
		return fmt.Errorf("write the manifest: %w", err)
	}
	object, err := json.Marshal(signed{Manifest: text, SHA256: digest(text)})
	if err != nil {
		return fmt.Errorf("write the manifest: %w", err)
	}
	err = write(ctx, v.copies, folder(m.Contract, m.Day)+manifestName, object, true)
	if err != nil && gcerrors.Code(err) != gcerrors.FailedPrecondition {
		return fmt.Errorf("write the manifest: %w", err)
	}
	return nil
}

// Manifest reads what a copy holds, and the SHA-256 of the manifest's text. Without a manifest it is the refusal "no_copy";
// one that is not as it was written is backup.ErrAltered.
func (v *Vault) Manifest(ctx context.Context, contract string, day workday.Date) (backup.Manifest, string, error) {
	name := folder(contract, day) + manifestName
	object, err := v.copies.ReadAll(ctx, name)
	if missing(err) {
		return backup.Manifest{}, "", backup.NoCopy(contract, day)
	}
	if err != nil {
		return backup.Manifest{}, "", fmt.Errorf("read %s: %w", name, err)
	}
	var s signed
	var m backup.Manifest
	if json.Unmarshal(object, &s) != nil || json.Unmarshal(s.Manifest, &m) != nil || !sameText(object, s) ||
		digest(s.Manifest) != s.SHA256 || m.Contract != contract || m.Day != day {
		return backup.Manifest{}, "", fmt.Errorf("%w: %s", backup.ErrAltered, name)
	}
	return m, s.SHA256, nil
}

// sameText tells whether the object is, byte for byte, as it is written here: JSON is read more kindly than it is written.
func sameText(object []byte, s signed) bool {
	again, err := json.Marshal(s)
	return err == nil && bytes.Equal(again, object)
}

func digest(text []byte) string {
	d := sha256.Sum256(text)
	return hex.EncodeToString(d[:])
}

func missing(err error) bool { return gcerrors.Code(err) == gcerrors.NotFound }
