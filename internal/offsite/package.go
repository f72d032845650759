package offsite

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"reflect"
	"strings"

	"gocloud.dev/blob"

	"lvyue/internal/failure"
	"lvyue/internal/handover"
	"lvyue/internal/hosting"
	"lvyue/internal/suite"
)

// Packages is a store of what customers take along when they leave the cloud (§3.8): whole, in the clear, readable without us.
// Any number of goroutines and processes may use it at once. Memory is bounded whatever the size of the data.
type Packages struct {
	bucket  *blob.Bucket
	place   string
	systems Systems
}

// OpenPackages opens the store at a URL, such as file:///mnt/handover; folders are made if they are not there. Engine keeps
// several engines in one store apart. A store that cannot be opened is the failure "bad_export_store".
func OpenPackages(ctx context.Context, address, engine string, systems Systems) (*Packages, error) {
	bucket, place, err := openStore(ctx, address, engine)
	if err != nil {
		return nil, failure.New("bad_export_store", errors.Unwrap(err),
			"迁出数据包的存储无法使用：LVYUE_EXPORT_URL 须为云外的地址，例如 file:///mnt/handover",
			"the store of the packages cannot be used: LVYUE_EXPORT_URL must be a place outside the cloud, such as file:///mnt/handover")
	}
	return &Packages{bucket: bucket, place: place, systems: systems}, nil
}

// Close lets go of the store.
func (p *Packages) Close() error {
	return p.bucket.Close() //nolint:wrapcheck // it says what
}

// Export writes the package that is ordered and reads it back; one that is there and whole is given as it is. The manifest is
// written last, so that there is no half of a package.
func (p *Packages) Export(ctx context.Context, o handover.Order) (handover.Package, error) {
	done, err := p.Verify(ctx, o.Folder)
	if err == nil || !missing(err) {
		return done, err
	}
	m, err := p.begin(ctx, o)
	if err != nil {
		return handover.Package{}, err
	}
	if err := p.fill(ctx, o, &m); err != nil {
		return handover.Package{}, err
	}
	text, err := json.MarshalIndent(m, "", "  ")
	if err != nil {
		return handover.Package{}, fmt.Errorf("write the manifest of %s: %w", o.Folder, err)
	}
	if _, err := p.put(ctx, o.Folder, handover.ManifestFile, bytes.NewReader(append(text, '\n'))); err != nil {
		return handover.Package{}, err
	}
	return p.Verify(ctx, o.Folder)
}

// begin describes and counts, before anything is read.
func (p *Packages) begin(ctx context.Context, o handover.Order) (handover.Manifest, error) {
	is, err := p.systems.Describe(ctx, o.Host, o.Contract)
	if err != nil {
		return handover.Manifest{}, err
	}
	counts, err := p.systems.Counts(ctx, o.Host, o.Contract)
	return handover.Manifest{
		Format: handover.Format, Contract: o.Contract, Folder: o.Folder, TakenAt: o.TakenAt, Final: o.Final,
		Products: is.Products, Settings: is.Settings, Bits: is.Bits, Counts: counts,
	}, err
}

// fill writes the data and what explains it.
func (p *Packages) fill(ctx context.Context, o handover.Order, m *handover.Manifest) error {
	for _, c := range []struct {
		name string
		open opener
	}{{handover.DatabaseFile, p.systems.Database}, {handover.FilesFile, p.systems.Files}} {
		object, err := p.take(ctx, o, c.name, c.open)
		if err != nil {
			return err
		}
		m.Objects = append(m.Objects, object)
	}
	after, err := p.systems.Counts(ctx, o.Host, o.Contract)
	if err != nil {
		return err
	}
	m.Still = reflect.DeepEqual(after, m.Counts)
	if err := lastWord(o, *m); err != nil {
		return err
	}
	return p.explain(ctx, m)
}

// explain writes beside the data how it is loaded.
func (p *Packages) explain(ctx context.Context, m *handover.Manifest) error {
	data := *m
	for _, text := range []struct{ lang, name string }{{"en", handover.ReadMeFile}, {"zh", handover.ReadMeZHFile}} {
		object, err := p.put(ctx, m.Folder, text.name, strings.NewReader(handover.ReadMe(text.lang, data)))
		if err != nil {
			return err
		}
		m.Objects = append(m.Objects, object)
	}
	return nil
}

// errMoved is a system that was to stand still and did not, or gave other files than it counts.
var errMoved = errors.New("the system did not stand still while its last package was taken")

// lastWord: a final package is what the system counts, to the byte.
func lastWord(o handover.Order, m handover.Manifest) error {
	files := m.Objects[len(m.Objects)-1]
	if o.Final && (!m.Still || files.SHA256 != m.Counts.Files.SHA256) {
		return errMoved
	}
	return nil
}

// take takes one content of the system, of just as many bytes as it says.
func (p *Packages) take(ctx context.Context, o handover.Order, name string, open opener) (handover.Object, error) {
	s, err := open(ctx, o.Host, o.Contract, suite.Mark{})
	if err != nil {
		return handover.Object{}, err
	}
	defer s.Close()
	object, err := p.put(ctx, o.Folder, name, s)
	if err == nil && object.Bytes != s.Size {
		err = errShort
	}
	return object, err
}

// put writes an object, or nothing.
func (p *Packages) put(ctx context.Context, folder, name string, content io.Reader) (handover.Object, error) {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	key := folder + "/" + name
	w, err := p.bucket.NewWriter(ctx, key, &blob.WriterOptions{ContentType: contentType(name), BeforeWrite: private})
	if err != nil {
		return handover.Object{}, fmt.Errorf("begin %s: %w", key, err)
	}
	all := newSum()
	if _, err := io.Copy(io.MultiWriter(w, all), content); err != nil {
		cancel()      // so that Close keeps nothing
		_ = w.Close() // it says the same
		return handover.Object{}, fmt.Errorf("write %s: %w", key, err)
	}
	if err := w.Close(); err != nil {
		return handover.Object{}, fmt.Errorf("finish %s: %w", key, err)
	}
	return handover.Object{Name: name, Bytes: all.bytes, SHA256: all.hex()}, nil
}

func contentType(name string) string {
	switch {
	case strings.HasSuffix(name, ".json"):
		return "application/json"
	case strings.HasSuffix(name, ".tar"):
		return "application/x-tar"
	default:
		return "text/plain; charset=utf-8"
	}
}

// Verify reads a package back from the store and compares every object with its manifest. Without a manifest the error says
// that there is none; an object that is not what was written is handover.ErrAltered.
func (p *Packages) Verify(ctx context.Context, folder string) (handover.Package, error) {
	text, err := p.bucket.ReadAll(ctx, folder+"/"+handover.ManifestFile)
	if err != nil {
		return handover.Package{}, fmt.Errorf("read the manifest of %s: %w", folder, err)
	}
	all := newSum()
	done := handover.Package{Place: p.place}
	if _, err := all.Write(text); err != nil || json.Unmarshal(text, &done.Manifest) != nil {
		return handover.Package{}, fmt.Errorf("%w: the manifest of %s", handover.ErrAltered, folder)
	}
	done.SHA256 = all.hex()
	for _, want := range done.Manifest.Objects {
		if err := p.compare(ctx, folder, want); err != nil {
			return handover.Package{}, err
		}
	}
	return done, nil
}

func (p *Packages) compare(ctx context.Context, folder string, want handover.Object) error {
	key := folder + "/" + want.Name
	r, err := p.bucket.NewReader(ctx, key, nil)
	if missing(err) {
		return fmt.Errorf("%w: %s is gone", handover.ErrAltered, key)
	}
	if err != nil {
		return fmt.Errorf("read %s: %w", key, err)
	}
	defer r.Close()
	all := newSum()
	if _, err := io.Copy(all, r); err != nil {
		return fmt.Errorf("read %s: %w", key, err)
	}
	if all.bytes != want.Bytes || all.hex() != want.SHA256 {
		return fmt.Errorf("%w: %s", handover.ErrAltered, key)
	}
	return nil
}

// Destroy deletes every package of a contract, whole and half: after the acceptance the customer has its own (§7.2: no backup is
// kept). It gives what is left. It may be repeated.
func (p *Packages) Destroy(ctx context.Context, contract string) ([]hosting.Resource, error) {
	all, err := list(ctx, p.bucket, contract+"/")
	if err != nil {
		return nil, err
	}
	for _, o := range all {
		if err := remove(ctx, p.bucket, o.name); err != nil {
			return nil, err
		}
	}
	return p.Left(ctx, contract)
}

// Left lists the packages that there are of a contract, also half ones (§7.2). Region is the store.
func (p *Packages) Left(ctx context.Context, contract string) ([]hosting.Resource, error) {
	all, err := list(ctx, p.bucket, contract+"/")
	if err != nil {
		return nil, err
	}
	var left []hosting.Resource
	for _, o := range all {
		name, _, _ := strings.Cut(strings.TrimPrefix(o.name, contract+"/"), "/")
		if id := contract + "/" + name; !hosting.Has(left, id) {
			left = append(left, hosting.Resource{Kind: hosting.HandedOver, ID: id, Region: p.place})
		}
	}
	return left, nil
}
