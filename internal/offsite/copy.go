package offsite

import (
	"cmp"
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"io"
	"reflect"

	"filippo.io/age"

	"lvyue/internal/backup"
	"lvyue/internal/refusal"
	"lvyue/internal/suite"
)

// copying is one copy in the making.
type copying struct {
	*Vault
	backup.Order

	key   *age.X25519Identity
	state *state
}

// Copy makes the copy of the day, or goes on with it, and gives it when it has been read back; a copy that is there already is
// given as it is.
func (v *Vault) Copy(ctx context.Context, o backup.Order) (backup.Copy, error) {
	if done, err := v.copied(ctx, o); err == nil || !absent(err) {
		return done, err
	}
	key, err := v.key(ctx, o.Contract)
	if err != nil {
		return backup.Copy{}, err
	}
	c := copying{Vault: v, Order: o, key: key}
	if c.state, err = v.state(ctx, o.Contract, o.Day, key.Recipient().String()); err != nil {
		return backup.Copy{}, err
	}
	m, failed := c.make(ctx)
	if failed == nil {
		failed = v.writeManifest(ctx, m)
	}
	// Whoever made the same copy at the same time may have been faster; then that one is the copy.
	done, err := v.copied(ctx, o)
	if err != nil {
		return backup.Copy{}, fmt.Errorf("copy %s: %w", o.Contract, errors.Join(cmp.Or(failed, err), c.beginAnew(ctx, failed)))
	}
	return done, c.tidy(ctx)
}

// copied is the copy that there is.
func (v *Vault) copied(ctx context.Context, o backup.Order) (backup.Copy, error) {
	m, digest, err := v.Manifest(ctx, o.Contract, o.Day)
	if err != nil {
		return backup.Copy{}, err
	}
	return backup.Copy{
		Contract: m.Contract, Day: m.Day, TakenAt: m.TakenAt, VerifiedAt: m.VerifiedAt, Bytes: m.Database.Bytes + m.Files.Bytes,
		Objects: len(m.Parts()) + 1, SHA256: digest, Key: m.Key,
	}, nil
}

// absent tells whether there is no copy.
func absent(err error) bool {
	no, is := refusal.As(err)
	return is && no.Code == "no_copy"
}

// make takes what is not taken yet, and reads everything back.
func (c *copying) make(ctx context.Context) (backup.Manifest, error) {
	if err := c.begin(ctx); err != nil {
		return backup.Manifest{}, err
	}
	err := c.take(ctx, "database", &c.state.Database, c.systems.Database)
	if err == nil {
		err = c.take(ctx, "files", &c.state.Files, c.systems.Files)
	}
	if err != nil {
		return backup.Manifest{}, err
	}
	after, err := c.systems.Counts(ctx, c.Host, c.Contract)
	if err != nil {
		return backup.Manifest{}, err
	}
	return c.readBack(ctx, reflect.DeepEqual(after, c.state.Counts))
}

// begin counts, before anything is read.
func (c *copying) begin(ctx context.Context) error {
	if !c.state.TakenAt.IsZero() {
		return nil
	}
	c.state.TakenAt = c.now()
	is, err := c.systems.Describe(ctx, c.Host, c.Contract)
	if err != nil {
		return err
	}
	c.state.Products = is.Products
	c.state.Counts, err = c.systems.Counts(ctx, c.Host, c.Contract)
	return err
}

// opener reads a content of a system from a mark on.
type opener func(ctx context.Context, host, contract string, from suite.Mark) (suite.Stream, error)

// take takes what is missing of a content, part by part. If the content has changed since the parts that there are, none of
// them counts.
func (c *copying) take(ctx context.Context, what string, h *half, open opener) error {
	if h.Done {
		return nil
	}
	s, err := c.goOn(ctx, h, open)
	if err != nil {
		return err
	}
	defer s.Close()
	for left := h.Size - h.bytes(); left > 0; left = h.Size - h.bytes() {
		if err := c.takePart(ctx, what, h, io.LimitReader(s, min(left, c.part))); err != nil {
			return err
		}
	}
	h.Done = true
	return c.keepState(ctx, c.Contract, c.Day, c.state)
}

// goOn opens the content where its last part ends.
func (c *copying) goOn(ctx context.Context, h *half, open opener) (suite.Stream, error) {
	s, err := open(ctx, c.Host, c.Contract, suite.Mark{At: h.bytes(), Version: h.Version})
	if errors.Is(err, suite.ErrChanged) {
		*h = half{}
		s, err = open(ctx, c.Host, c.Contract, suite.Mark{})
	}
	if err != nil {
		return suite.Stream{}, err
	}
	h.Size, h.Version = s.Size, s.Version
	return s, nil
}

// errShort is a system that gives fewer bytes than it said.
var errShort = errors.New("the system gave less than it said")

// takePart writes one part, provided that the contract still has its key: a copy that outlives the destruction must not add to
// what was destroyed (§7.2).
func (c *copying) takePart(ctx context.Context, what string, h *half, plain io.Reader) error {
	if there, err := c.keys.Exists(ctx, keyName(c.Contract)); err != nil || !there {
		return errors.Join(errNoKey, err)
	}
	want := min(h.Size-h.bytes(), c.part)
	name := fmt.Sprintf("%s%s-%04d-%s.age", folder(c.Contract, c.Day), what, len(h.Parts)+1, rand.Text())
	p, err := c.seal(ctx, name, plain, c.key.Recipient())
	if err != nil {
		return err
	}
	if p.Bytes != want {
		return errors.Join(errShort, c.copies.Delete(ctx, name))
	}
	h.Parts = append(h.Parts, p)
	return c.keepState(ctx, c.Contract, c.Day, c.state)
}

// readBack reads the copy with the key as it is kept, not with the one in memory.
func (c *copying) readBack(ctx context.Context, still bool) (backup.Manifest, error) {
	key, err := c.knownKey(ctx, c.Contract)
	if err != nil {
		return backup.Manifest{}, err
	}
	m := backup.Manifest{
		Contract: c.Contract, Day: c.Day, TakenAt: c.state.TakenAt, Key: key.Recipient().String(), Products: c.state.Products,
		Counts: c.state.Counts, Still: still,
	}
	m.Database, err = c.whole(ctx, c.state.Database, key)
	if err == nil {
		m.Files, err = c.whole(ctx, c.state.Files, key)
	}
	m.VerifiedAt = c.now()
	return m, err
}

// whole is the content of the parts, as they are read back.
func (c *copying) whole(ctx context.Context, h half, key age.Identity) (backup.Content, error) {
	content, all := backup.Content{Parts: h.Parts}, newSum()
	err := c.pour(ctx, content, key, all)
	content.Bytes, content.SHA256 = all.bytes, all.hex()
	return content, err
}

// beginAnew forgets the half-done copy if it is not what was written, so that the next try takes everything again.
func (c *copying) beginAnew(ctx context.Context, why error) error {
	if !backup.Useless(why) {
		return nil
	}
	return c.keepState(ctx, c.Contract, c.Day, &state{})
}

// tidy deletes what the copy does not need: its state, parts of tries that were given up. Others who make the same copy give
// it up when they find the manifest.
func (c *copying) tidy(ctx context.Context) error {
	m, _, err := c.Manifest(ctx, c.Contract, c.Day)
	if err != nil {
		return err
	}
	needed := map[string]bool{folder(c.Contract, c.Day) + manifestName: true}
	for _, p := range m.Parts() {
		needed[p.Object] = true
	}
	all, err := list(ctx, c.copies, folder(c.Contract, c.Day))
	if err != nil {
		return err
	}
	for _, o := range all {
		if needed[o.name] {
			continue
		}
		if err := remove(ctx, c.copies, o.name); err != nil {
			return err
		}
	}
	return nil
}
