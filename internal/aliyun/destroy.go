package aliyun

import (
	"context"
	"errors"
	"slices"
	"strings"

	"lvyue/internal/hosting"
)

// Destroy brings the destruction of a contract's resources one look nearer to its end (§7.2): it deletes what
// can be deleted now, in the vendor's order, both what carries the contract's tag and what is known by id, with all
// that hangs on it or was made from it, and returns what is still there. What it comes upon and is not known it only
// returns: the caller keeps it first, so that nothing is lost sight of when a later call fails. Nothing left
// and no error means that everything was read back as gone, kept database backups included. What it cannot
// delete yet (a database still being made) is left for the next look without an error. One refusal keeps nothing else from
// being deleted; it is told once a look has nothing more to delete beside it, together with all others.
func (c *Cloud) Destroy(ctx context.Context, contract, region string, known []hosting.Resource) ([]hosting.Resource, error) {
	if contract == "" {
		return nil, unnamed("Destroy")
	}
	left, names, err := c.find(ctx, contract, region, known)
	if err != nil || !standing(known).haveAll(left) {
		return left, joined(names, err)
	}
	done := demolition{unseen: names != nil, answers: map[string]string{}}
	for _, place := range regions(region, known) {
		done.destroy(ctx, site{c, place}, contract, standing(known).in(place), left.in(place))
	}
	if left, names, err = c.find(ctx, contract, region, known); err != nil {
		return left, joined(names, err)
	}
	done.explain(left)
	err = joined(append(done.failed, names)...)
	if done.moved && len(left) > 0 && isPermanent(err) {
		err = nil // told when there is nothing more to do beside it
	}
	return left, joined(err, onlyKept(left))
}

// onlyKept refuses to look again and again at kept backups when nothing else is left: the vendor lets nobody delete them
// by a call (§7.2).
func onlyKept(left standing) error {
	kept := left.ids(hosting.Backup)
	if len(kept) == 0 || len(kept) < len(left) {
		return nil
	}
	return strange(hosting.Backup, strings.Join(kept, ", "), "the vendor keeps it of a database that is gone, and no call deletes it")
}

func isPermanent(err error) bool {
	permanent, ok := errors.AsType[interface {
		error
		Permanent() bool
	}](err)
	return ok && permanent.Permanent()
}

// demolition is what has become of one look of a destruction.
type demolition struct {
	// unseen is that nobody can see where names lead: no address is given back then.
	unseen bool
	// moved is that something was deleted, or made deletable.
	moved bool
	// answers are why pieces are still there, in the vendor's words, by id.
	answers map[string]string
	// failed are the answers that were neither good nor "not yet".
	failed []error
}

// note keeps how a deletion went. What is gone already or not ready to go is no error.
func (d *demolition) note(err error) {
	switch {
	case err == nil:
		d.moved = true
	case !is(err, absent, waiting):
		d.failed = append(d.failed, err)
	}
}

// explain puts why a piece is still there behind its status: of what only waits nobody would ever hear else.
func (d *demolition) explain(left standing) {
	for i, r := range left {
		if why, ok := d.answers[r.ID]; ok {
			left[i].Status = strings.TrimPrefix(r.Status+": "+why, ": ")
		}
	}
}

// destroy deletes what is left in one region, stage by stage: all that does not wait for what is still there.
func (d *demolition) destroy(ctx context.Context, s site, contract string, known, left standing) {
	there := map[hosting.Kind]bool{hosting.Record: !d.removeRecords(ctx, s, left) || d.unseen}
	for _, r := range left {
		there[r.Kind] = there[r.Kind] || r.Kind != hosting.Record
	}
	for _, stage := range removal() {
		if slices.ContainsFunc(stage.after, func(kind hosting.Kind) bool { return there[kind] }) {
			continue
		}
		for _, p := range stage.pieces {
			there[p.kind] = there[p.kind] && !d.clear(ctx, s, p, contract, known)
		}
	}
}

// clear deletes the pieces of one kind that are there, and tells whether they are gone then. What went with the stage
// before, as the disks of a server do, is not there any more.
func (d *demolition) clear(ctx context.Context, s site, p piece, contract string, known standing) bool {
	doomed, err := s.search(ctx, []piece{p}, contract, known)
	if err != nil {
		d.note(err)
		return false
	}
	if len(doomed) == 0 {
		return true
	}
	for _, r := range doomed {
		err := p.remove(s, ctx, r.ID, known)
		if d.note(err); err != nil {
			d.answers[r.ID] = unchanging(err)
		}
	}
	left, err := s.search(ctx, []piece{p}, contract, known)
	if err != nil {
		d.note(err)
	}
	return err == nil && len(left) == 0
}

// unchanging is the vendor's answer as it reads at every look that meets it: whoever compares two looks must not take the
// number of a request for something that has moved.
func unchanging(err error) string {
	if e, ok := errors.AsType[*Error](err); ok && e.Code != "" {
		return "aliyun " + e.Action + ": " + e.Code + ": " + e.Message
	}
	return err.Error()
}

// removeRecords deletes the names that were found to lead to the contract, and tells whether none leads there any more.
func (d *demolition) removeRecords(ctx context.Context, s site, left standing) bool {
	gone := true
	for _, r := range left.of(hosting.Record) {
		err := s.removeRecord(ctx, r.ID)
		d.note(err)
		gone = gone && (err == nil || is(err, absent))
	}
	return gone
}
