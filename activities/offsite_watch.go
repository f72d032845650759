package activities

import (
	"context"
	"strings"
	"time"

	"lvyue/internal/backup"
	"lvyue/internal/workday"
)

// damaged tells that a copy is good no more.
func (o *Offsite) damaged(ctx context.Context, c backup.Copy, at time.Time, why error) error {
	o.Log.ErrorContext(ctx, "an off-site copy is damaged; run `starter backup run`", "to", "on-call", "contract", c.Contract,
		"copy", c.Day.String(), "why", why.Error())
	return o.Store.EndOffsiteCopy(ctx, c.Contract, c.Day, backup.Damaged, at)
}

// WatchCopies looks whether the newest good copy of each contract in service is still there, and tells the engineer on call, at
// the level of an error, of those whose newest is too old at an instant.
func (o *Offsite) WatchCopies(ctx context.Context, at time.Time) ([]backup.Gap, error) {
	defer beat(ctx)()
	gaps := []backup.Gap{}
	for after := ""; ; {
		page, err := o.Store.OffsiteStandings(ctx, after, contractsAPage)
		if err != nil || len(page) == 0 {
			o.tell(ctx, gaps)
			return gaps, err
		}
		for _, s := range page {
			found, err := o.gap(ctx, s, at)
			if err != nil {
				return nil, err
			}
			gaps = append(gaps, found...)
		}
		after = page[len(page)-1].Contract
	}
}

// gap is the gap of a contract, if it has one.
func (o *Offsite) gap(ctx context.Context, s backup.Standing, at time.Time) ([]backup.Gap, error) {
	s, err := o.checked(ctx, s, at)
	if err != nil || !s.Gap(at) {
		return nil, err
	}
	g := backup.Gap{Contract: s.Contract, Since: s.Fresh()}
	if s.Newest != nil {
		g.Newest = s.Newest.Day
	}
	_, err = o.Store.KeepOffsiteGap(ctx, g, at)
	return []backup.Gap{g}, err
}

// checked is how a contract stands once its newest copy was looked for; a copy that is gone is none.
func (o *Offsite) checked(ctx context.Context, s backup.Standing, at time.Time) (backup.Standing, error) {
	for s.Owed() && s.Newest != nil {
		err := o.Vault.Check(ctx, *s.Newest)
		if !backup.Useless(err) {
			return s, err
		}
		if err = o.damaged(ctx, *s.Newest, at, err); err == nil {
			s, err = o.Store.OffsiteStanding(ctx, s.Contract)
		}
		if err != nil {
			return s, err
		}
	}
	return s, nil
}

func (o *Offsite) tell(ctx context.Context, gaps []backup.Gap) {
	if len(gaps) == 0 {
		return
	}
	const enough = 20
	var names []string
	for _, g := range gaps[:min(len(gaps), enough)] {
		names = append(names, g.Contract+" since "+g.Since.In(workday.Shanghai).Format(time.DateTime))
	}
	o.Log.ErrorContext(ctx, "contracts have no off-site copy of the last day; run `starter backup list`", "to", "on-call",
		"found", len(gaps), "first", strings.Join(names, "; "))
}
