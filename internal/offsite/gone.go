package offsite

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"maps"
	"path"
	"slices"
	"strings"

	"gocloud.dev/blob"

	"lvyue/internal/hosting"
	"lvyue/internal/workday"
)

// object is one object of a store.
type object struct {
	name  string
	bytes int64
}

// list gives every object whose name begins so. A listing that others disturb by deleting meanwhile is begun again.
func list(ctx context.Context, in *blob.Bucket, prefix string) ([]object, error) {
	const tries = 10
	var all []object
	var err error
	for range tries {
		if all, err = listOnce(ctx, in, prefix); !missing(err) {
			break
		}
	}
	if err != nil {
		return nil, fmt.Errorf("list %s: %w", prefix, err)
	}
	return all, nil
}

func listOnce(ctx context.Context, in *blob.Bucket, prefix string) ([]object, error) {
	var all []object
	for list := in.List(&blob.ListOptions{Prefix: prefix}); ; {
		next, err := list.Next(ctx)
		if errors.Is(err, io.EOF) {
			return all, nil
		}
		if err != nil {
			return nil, err //nolint:wrapcheck // list says what
		}
		all = append(all, object{next.Key, next.Size})
	}
}

// remove deletes an object; one that is gone already is no error.
func remove(ctx context.Context, from *blob.Bucket, name string) error {
	if err := from.Delete(ctx, name); err != nil && !missing(err) {
		return fmt.Errorf("delete %s: %w", name, err)
	}
	return nil
}

// Forget deletes a copy whole. The manifest goes first, so that no half of it is ever taken for a copy.
func (v *Vault) Forget(ctx context.Context, contract string, day workday.Date) error {
	return v.clear(ctx, folder(contract, day))
}

// DropHalves deletes what is there of copies before a day that were begun and never finished.
func (v *Vault) DropHalves(ctx context.Context, contract string, before workday.Date) error {
	all, err := list(ctx, v.copies, contract+"/")
	if err != nil {
		return err
	}
	whole := map[string]bool{}
	for _, o := range all {
		if rank(o) == 0 {
			whole[path.Dir(o.name)] = true
		}
	}
	for _, o := range all {
		if whole[path.Dir(o.name)] || path.Dir(o.name)+"/" >= folder(contract, before) {
			continue
		}
		if err := remove(ctx, v.copies, o.name); err != nil {
			return err
		}
	}
	return nil
}

// clear deletes all objects whose names begin so, manifests before all others.
func (v *Vault) clear(ctx context.Context, prefix string) error {
	all, err := list(ctx, v.copies, prefix)
	if err != nil {
		return err
	}
	slices.SortStableFunc(all, func(a, b object) int { return cmp.Compare(rank(a), rank(b)) })
	for _, o := range all {
		if err := remove(ctx, v.copies, o.name); err != nil {
			return err
		}
	}
	return nil
}

// rank is when an object is deleted.
func rank(o object) int {
	if strings.HasSuffix(o.name, "/"+manifestName) {
		return 0
	}
	return 1
}

// Destroy deletes every copy of a contract, whole and half, and what was written of one that was interrupted; then its key,
// without which also a copy that somebody kept aside cannot be read (§7.2). It gives what is left. It may be repeated.
func (v *Vault) Destroy(ctx context.Context, contract string) ([]hosting.Resource, error) {
	if err := v.clear(ctx, contract+"/"); err != nil {
		return nil, err
	}
	keys, err := list(ctx, v.keys, contract+"/")
	if err != nil {
		return nil, err
	}
	for _, o := range keys {
		if err := remove(ctx, v.keys, o.name); err != nil {
			return nil, err
		}
	}
	return v.Left(ctx, contract)
}

// Left lists what there is of a contract: each copy, also a half one, and the key (§7.2). Region is the store.
func (v *Vault) Left(ctx context.Context, contract string) ([]hosting.Resource, error) {
	copies, err := list(ctx, v.copies, contract+"/")
	if err != nil {
		return nil, err
	}
	left := v.byDay(contract, copies)
	keys, err := list(ctx, v.keys, contract+"/")
	for _, o := range keys {
		left = append(left, hosting.Resource{Kind: hosting.BackupKey, ID: o.name, Region: v.keyPlace})
	}
	return left, err
}

// byDay makes one resource of all objects of a day.
func (v *Vault) byDay(contract string, objects []object) []hosting.Resource {
	count, bytes := map[string]int{}, map[string]int64{}
	for _, o := range objects {
		day, _, _ := strings.Cut(strings.TrimPrefix(o.name, contract+"/"), "/")
		count[day]++
		bytes[day] += o.bytes
	}
	var copies []hosting.Resource
	for _, day := range slices.Sorted(maps.Keys(count)) {
		copies = append(copies, hosting.Resource{
			Kind: hosting.OffsiteCopy, ID: contract + "/" + day, Region: v.place,
			Status: fmt.Sprintf("%d objects, %d bytes", count[day], bytes[day]),
		})
	}
	return copies
}
