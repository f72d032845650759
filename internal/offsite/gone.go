package offsite

import (
	"context"
	"errors"
	"fmt"
	"io"
	"maps"
	"slices"
	"strings"

	"gocloud.dev/blob"

	"lvyue/internal/hosting"
	"lvyue/internal/workday"
)

// each calls do with the name and the bytes of every object whose name begins so.
func (v *Vault) each(ctx context.Context, prefix string, do func(name string, bytes int64) error) error {
	return every(ctx, v.copies, prefix, do)
}

func every(ctx context.Context, in *blob.Bucket, prefix string, do func(name string, bytes int64) error) error {
	list := in.List(&blob.ListOptions{Prefix: prefix})
	for {
		object, err := list.Next(ctx)
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return fmt.Errorf("list %s: %w", prefix, err)
		}
		if err := do(object.Key, object.Size); err != nil {
			return err
		}
	}
}

// remove deletes an object; one that is gone already is no error.
func (v *Vault) remove(ctx context.Context, name string) error {
	if err := v.copies.Delete(ctx, name); err != nil && !missing(err) {
		return fmt.Errorf("delete %s: %w", name, err)
	}
	return nil
}

// Forget deletes a copy whole. The manifest goes first, so that no half of it is ever taken for a copy.
func (v *Vault) Forget(ctx context.Context, contract string, day workday.Date) error {
	return v.clear(ctx, folder(contract, day))
}

// clear deletes all objects whose names begin so, manifests before all others.
func (v *Vault) clear(ctx context.Context, prefix string) error {
	for _, manifests := range []bool{true, false} {
		err := v.each(ctx, prefix, func(name string, _ int64) error {
			if manifests && !strings.HasSuffix(name, "/"+manifestName) {
				return nil
			}
			return v.remove(ctx, name)
		})
		if err != nil {
			return err
		}
	}
	return nil
}

// Destroy deletes every copy of a contract, whole and half, and what was written of one that was interrupted; then its key,
// without which also a copy that somebody kept aside cannot be read (§7.2). It gives what is left. It may be repeated.
func (v *Vault) Destroy(ctx context.Context, contract string) ([]hosting.Resource, error) {
	if err := v.clear(ctx, contract+"/"); err != nil {
		return nil, err
	}
	err := every(ctx, v.keys, contract+"/", func(name string, _ int64) error {
		if err := v.keys.Delete(ctx, name); err != nil && !missing(err) {
			return fmt.Errorf("delete the key of %s: %w", contract, err)
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	return v.Left(ctx, contract)
}

// Left lists what there is of a contract: each copy, also a half one, and the key (§7.2). Region is the store.
func (v *Vault) Left(ctx context.Context, contract string) ([]hosting.Resource, error) {
	type size struct{ objects, bytes int64 }
	copies := map[string]size{}
	err := v.each(ctx, contract+"/", func(name string, bytes int64) error {
		day, _, _ := strings.Cut(strings.TrimPrefix(name, contract+"/"), "/")
		copies[day] = size{copies[day].objects + 1, copies[day].bytes + bytes}
		return nil
	})
	if err != nil {
		return nil, err
	}
	var left []hosting.Resource
	for _, day := range slices.Sorted(maps.Keys(copies)) {
		left = append(left, hosting.Resource{
			Kind: hosting.OffsiteCopy, ID: contract + "/" + day, Region: v.place,
			Status: fmt.Sprintf("%d objects, %d bytes", copies[day].objects, copies[day].bytes),
		})
	}
	err = every(ctx, v.keys, contract+"/", func(name string, _ int64) error {
		left = append(left, hosting.Resource{Kind: hosting.BackupKey, ID: name, Region: v.place})
		return nil
	})
	return left, err
}
