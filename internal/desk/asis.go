package desk

import (
	"context"

	"lvyue/internal/oncall"
	"lvyue/internal/paging"
)

// held is a rota that was read.
type held oncall.Rota

// Rota is it.
func (h held) Rota(context.Context) (oncall.Rota, error) { return oncall.Rota(h), nil }

// asIs is the rota as it is now: all that is asked of it is of one version, and nothing is read again.
func (r Rota) asIs(ctx context.Context) (Rota, error) {
	rota, err := r.rota(ctx)
	r.Store = held(rota)
	return r, err
}

// Addresses are how each of those people is reached, as Reach tells, by one version of the rota.
func (r Rota) Addresses(ctx context.Context, people []string) (map[string][]paging.Address, error) {
	r, err := r.asIs(ctx)
	if err != nil {
		return nil, err
	}
	all := make(map[string][]paging.Address, len(people))
	for _, person := range people {
		if all[person], err = r.Reach(ctx, person); err != nil {
			return nil, err
		}
	}
	return all, nil
}
