package activities

import (
	"context"
	"log/slog"
	"time"

	"lvyue/internal/backup"
	"lvyue/internal/hosting"
	"lvyue/internal/workday"
)

// Vault keeps copies outside the cloud. Every method may be repeated.
type Vault interface {
	// Copy makes the copy of a day, goes on with it, or gives the one that there is.
	Copy(ctx context.Context, o backup.Order) (backup.Copy, error)
	// Check is backup.ErrAltered if the copy's manifest is not there as it was written.
	Check(ctx context.Context, c backup.Copy) error
	// Drill restores a copy into the system at a host, and compares; backup.Useless tells whether an error is the copy's.
	Drill(ctx context.Context, contract string, day workday.Date, host string) (backup.Drill, error)
	// Forget deletes one copy; DropHalves what is there of unfinished ones before a day.
	Forget(ctx context.Context, contract string, day workday.Date) error
	DropHalves(ctx context.Context, contract string, before workday.Date) error
	// Destroy deletes all copies of a contract and its key, and gives what is left, as Left does.
	Destroy(ctx context.Context, contract string) ([]hosting.Resource, error)
	Left(ctx context.Context, contract string) ([]hosting.Resource, error)
}

// OffsiteStore knows of the copies. Every method may be repeated.
type OffsiteStore interface {
	OffsiteStanding(ctx context.Context, contract string) (backup.Standing, error)
	OffsiteStandings(ctx context.Context, after string, most int) ([]backup.Standing, error)
	OffsiteCopies(ctx context.Context, contract string) ([]backup.Copy, error)
	KeepOffsiteCopy(ctx context.Context, c backup.Copy) error
	EndOffsiteCopy(ctx context.Context, contract string, day workday.Date, why string, at time.Time) error
	EndOffsiteCopies(ctx context.Context, contract string, at time.Time) error
	KeepOffsiteDrill(ctx context.Context, d backup.Drill) error
	KeepOffsiteGap(ctx context.Context, g backup.Gap, at time.Time) (bool, error)
}

// DrillSystems gives systems to restore into.
type DrillSystems interface {
	// Ready gives the host of a system that takes the contract's token and loses what it has; done ends its use.
	Ready(ctx context.Context, contract string) (host string, done func(), err error)
}

// Offsite keeps a copy of every contract outside the cloud (§3.9), and destroys them (§7.2).
type Offsite struct {
	Vault Vault
	// Packages are what customers take along (§3.8): our copies go with the destruction. Nil where no store is set.
	Packages Exports
	Store    OffsiteStore
	// Drills is nil where nobody has named a system for drills: then none is due.
	Drills DrillSystems
	Log    *slog.Logger
}

// contractsAPage is how many contracts are looked at in one go.
const contractsAPage = 100

// DueCopies gives the contracts of a page that are in service and have no copy of the day.
func (o *Offsite) DueCopies(ctx context.Context, p backup.Page) (backup.Due, error) {
	page, err := o.Store.OffsiteStandings(ctx, p.After, contractsAPage)
	due := backup.Due{Contracts: []string{}}
	for _, s := range page {
		due.Last = s.Contract
		if s.Owed() && (s.Newest == nil || s.Newest.Day.Before(p.Day)) {
			due.Contracts = append(due.Contracts, s.Contract)
		}
	}
	return due, err
}

// CopyOffsite makes the copy of the day of a contract in service, and gives it.
func (o *Offsite) CopyOffsite(ctx context.Context, order backup.Order) (backup.Copy, error) {
	defer beat(ctx)()
	s, err := o.Store.OffsiteStanding(ctx, order.Contract)
	if err != nil {
		return backup.Copy{}, final(err)
	}
	if err := s.Copiable(); err != nil {
		return backup.Copy{}, final(err)
	}
	order.Host = s.Door
	made, err := o.Vault.Copy(ctx, order)
	if err != nil {
		return backup.Copy{}, final(err)
	}
	return made, o.Store.KeepOffsiteCopy(ctx, made)
}

// ForgetCopies deletes the copies of a contract that are no longer kept on a day, and what was begun before it and never
// finished. It gives how many copies those are.
func (o *Offsite) ForgetCopies(ctx context.Context, order backup.Order) (int, error) {
	defer beat(ctx)()
	copies, err := o.Store.OffsiteCopies(ctx, order.Contract)
	if err != nil {
		return 0, err
	}
	var days []workday.Date
	for _, c := range copies {
		days = append(days, c.Day)
	}
	forget := backup.Kept().Forget(days, order.Day)
	for _, day := range forget {
		if err := o.Vault.Forget(ctx, order.Contract, day); err != nil {
			return 0, err
		}
		if err := o.Store.EndOffsiteCopy(ctx, order.Contract, day, backup.Retention, order.Day.Start()); err != nil {
			return 0, err
		}
	}
	return len(forget), o.Vault.DropHalves(ctx, order.Contract, order.Day)
}

// DestroyCopies deletes all copies of a contract and then its key, and gives what is left (§7.2).
func (o *Offsite) DestroyCopies(ctx context.Context, contract string) ([]hosting.Resource, error) {
	defer beat(ctx)()
	left, err := o.Vault.Destroy(ctx, contract)
	if err == nil && o.Packages != nil {
		var packages []hosting.Resource
		packages, err = o.Packages.Destroy(ctx, contract)
		left = append(left, packages...)
	}
	if err == nil && len(left) == 0 {
		err = o.Store.EndOffsiteCopies(ctx, contract, time.Now())
	}
	return left, final(err)
}

// CopiesLeft reads back what there is of a contract outside the cloud (§7.2).
func (o *Offsite) CopiesLeft(ctx context.Context, contract string) ([]hosting.Resource, error) {
	defer beat(ctx)()
	left, err := o.Vault.Left(ctx, contract)
	if err == nil && o.Packages != nil {
		var packages []hosting.Resource
		packages, err = o.Packages.Left(ctx, contract)
		left = append(left, packages...)
	}
	return left, final(err)
}
