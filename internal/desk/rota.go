// Package desk is the fault desk as a process (§4): it sends pages, watches that no step is late, answers links and Slack, and
// delivers what was taken in. It needs no worker: while none runs, what people do is stored with its moment.
package desk

import (
	"context"
	"time"

	"lvyue/internal/incident"
	"lvyue/internal/message"
	"lvyue/internal/oncall"
	"lvyue/internal/paging"
)

// RotaStore keeps the rota; before one is set, Rota is the refusal "no_rota".
type RotaStore interface {
	Rota(ctx context.Context) (oncall.Rota, error)
}

// Rota is who is on call, for the workflows and for the sender of pages.
type Rota struct {
	Store RotaStore
	// Public is where a page is written for somebody of whom the rota knows no way, such as the desk's own channel.
	Public []paging.Address
	// Ways are how a person is reached beside their own addresses: robots of groups, in the order in which they are tried.
	Ways []paging.Way
}

// rota is the one that is set; an empty one before that.
func (r Rota) rota(ctx context.Context) (oncall.Rota, error) {
	rota, err := r.Store.Rota(ctx)
	return oncall.OrNobody(rota, err)
}

// DeskTerms is the policy and the ladder of the rota.
func (r Rota) DeskTerms(ctx context.Context) (message.DeskTerms, error) {
	rota, err := r.rota(ctx)
	if err != nil || len(rota.Ladder.Rungs) == 0 {
		rota.Ladder = oncall.DefaultLadder()
	}
	return incident.Under(incident.Terms(rota.Ladder), rota.Policy), err
}

// Whom resolves a rung by the rota as it is now, at an instant: the ladder is that of the fault, from the rung on.
func (r Rota) Whom(ctx context.Context, rungs []message.Rung, at time.Time) (message.Reached, error) {
	rota, err := r.rota(ctx)
	if err != nil {
		return message.Reached{}, err
	}
	rota.Ladder.Rungs = nil
	for _, rung := range rungs {
		rota.Ladder.Rungs = append(rota.Ladder.Rungs, oncall.Rung{Call: oncall.Call{Name: rung.Name, Kind: rung.Kind, Targets: rung.To}})
	}
	found := rota.Whom(0, at)
	var reached message.Reached
	for _, p := range found.People {
		reached.People = append(reached.People, p.ID)
	}
	for _, gap := range found.Gaps {
		reached.Silent = append(reached.Silent, gap.Target)
	}
	return reached, nil
}

// Reach is how a person is reached: Slack first, then mail, then the robots; one of whom the rota knows nothing in public.
func (r Rota) Reach(ctx context.Context, person string) ([]paging.Address, error) {
	rota, err := r.rota(ctx)
	if err != nil {
		return nil, err
	}
	p, known := rota.Person(person)
	if !known || !p.Reachable() {
		return r.Public, nil
	}
	var all []paging.Address
	if p.Slack != "" {
		all = append(all, paging.Address{Way: paging.Slack, Room: p.Slack})
	}
	if p.Email != "" {
		all = append(all, paging.Address{Way: paging.Email, Room: p.Email})
	}
	for _, way := range r.Ways {
		all = append(all, paging.Address{Way: way, Mention: p.Mobile})
	}
	return all, nil
}

// Leads are whom troubles of the desk itself are told.
func (r Rota) Leads(ctx context.Context) ([]string, error) {
	rota, err := r.rota(ctx)
	var leads []string
	for _, p := range rota.People {
		if p.Has(oncall.Lead) && !p.Inactive {
			leads = append(leads, p.ID)
		}
	}
	return leads, err
}
