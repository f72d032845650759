package aliyun

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"slices"
	"sync"

	"lvyue/internal/hosting"
	"lvyue/internal/sizing"
)

// The vendor's words for a server, and a database, that works, and for a server that was switched off.
const (
	running = "Running"
	stopped = "Stopped"
)

// The steps of a growth, as hosting.Grown tells them.
const (
	stepSnapshot   = "snapshot"
	stepResize     = "resize"
	stepFileSystem = "file system"
)

// Grow brings an expansion one look nearer to its end (§5.7): it checks the balance before it orders anything, takes a snapshot of
// every disk that will grow and a backup of a database that will change, waits for them, buys what is not yet at its size,
// grows the file systems on the servers, reads every size back, and deletes the snapshots again. A server that becomes another
// type is stopped for it, last of all, and of several one after the other. Done says that all of it was read back. It is safe to repeat, also after a crash at any point: what
// is at its size is not bought again. Further nodes are no matter of Grow. The error is an *Error; one for want of money leaves no
// unpaid order and no server switched off.
func (c *Cloud) Grow(ctx context.Context, g hosting.Growth) (hosting.Grown, error) {
	g.From = g.From.Placed()
	s := site{c, g.From.Region}
	if g.From.Contract == "" {
		return hosting.Grown{}, unnamed("Grow")
	}
	if g.Number < 1 {
		return hosting.Grown{}, &Error{Action: "Grow", Message: "the expansion has no number", class: refused}
	}
	have, err := s.extent(ctx, g)
	if is(err, waiting) { // a server that has just been ordered
		return hosting.Grown{Step: stepResize, Resources: s.resources(have)}, nil
	}
	if err != nil {
		return hosting.Grown{}, err
	}
	step, have, err := s.advance(ctx, g, have)
	if is(err, waiting) {
		err = nil
	}
	grown := hosting.Grown{Done: step == "" && err == nil, Step: step, Resources: s.resources(have)}
	if err != nil {
		return grown, err
	}
	snapshots, err := s.growthSnapshots(ctx, g, have)
	grown.Resources = inOrder(append(grown.Resources, snapshots...))
	grown.Done = grown.Done && err == nil && len(snapshots) == 0
	return grown, err
}

// advance takes the steps of a growth as far as they go now, and tells at which it stays, "" for none.
func (s site) advance(ctx context.Context, g hosting.Growth, have extent) (string, extent, error) {
	if _, err := s.startGrown(ctx, g, have); err != nil {
		return stepResize, have, err
	}
	if todo := have.lacking(g); !todo.none() {
		if len(todo.each()) == 0 {
			return stepResize, have, nil // a database is changing
		}
		step, err := s.enlarge(ctx, g, todo)
		if err != nil && !is(err, waiting) {
			return step, have, s.standDown(ctx, g, err)
		}
		if step == stepSnapshot || err != nil {
			return step, have, err
		}
		if have, err = s.extent(ctx, g); err != nil || !have.lacking(g).none() {
			return stepResize, have, err
		}
	}
	if up, err := s.startGrown(ctx, g, have); err != nil || !up {
		return stepResize, have, err
	}
	if g.To.ServerDiskGB > g.From.ServerDiskGB {
		if done, err := s.growFileSystems(ctx, g, have); err != nil || !done {
			return stepFileSystem, have, err
		}
	}
	return "", have, s.dropSnapshots(ctx, g, have)
}

// enlarge saves what is there and then buys, and tells which of the two it is at.
func (s site) enlarge(ctx context.Context, g hosting.Growth, todo steps) (string, error) {
	if err := s.cancelLeftOver(ctx, todo); err != nil {
		return stepSnapshot, err
	}
	// Asked once a look, and only when the look is to order something.
	affordable := sync.OnceValue(func() error { return s.affordsGrowth(ctx, g, todo.each()) })
	if saved, err := s.save(ctx, g, todo, affordable); err != nil || !saved {
		return stepSnapshot, err
	}
	if err := affordable(); err != nil {
		return stepResize, err
	}
	return stepResize, s.purchase(ctx, g, todo)
}

// startGrown starts the servers that were stopped to become another type and are it, and tells whether all those run. Where no
// type was to change, a server that does not run is not this expansion's matter.
func (s site) startGrown(ctx context.Context, g hosting.Growth, have extent) (bool, error) {
	if !sizing.LargerServer(g.To.ServerType, g.From.ServerType) {
		return true, nil
	}
	up := true
	for n, server := range have.servers {
		if sizing.LargerServer(g.To.ServerType, server.InstanceType) {
			continue
		}
		if server.Status == stopped {
			if err := s.start(ctx, server.InstanceId); err != nil {
				return false, err
			}
			seen, err := s.servers(ctx, query{id: server.InstanceId})
			if err != nil || len(seen) == 0 {
				return false, err
			}
			have.servers[n] = seen[0]
		}
		up = up && have.servers[n].Status == running
	}
	return up, nil
}

// standDown leaves things as they should wait for a person, who must see to a purchase first: every server that is off is
// started, changed or not, for whichever look stopped it, it was for this; and the snapshot of a disk that has not grown is
// deleted, for another try takes another. It gives the error of that purchase; or its own, so that the look is repeated.
func (s site) standDown(ctx context.Context, g hosting.Growth, cause error) error {
	if !isPermanent(cause) {
		return cause
	}
	have, err := s.extent(ctx, g)
	if err != nil {
		return err
	}
	if err := s.backInUse(ctx, g, have); err != nil {
		return err
	}
	for _, d := range have.lacking(g).disks {
		if err := s.dropSnapshotsOf(ctx, g, d.DiskId); err != nil {
			return err
		}
	}
	return cause
}

func (s site) backInUse(ctx context.Context, g hosting.Growth, have extent) error {
	if !sizing.LargerServer(g.To.ServerType, g.From.ServerType) {
		return nil
	}
	for _, server := range have.servers {
		if server.Status != stopped {
			continue
		}
		if err := s.start(ctx, server.InstanceId); err != nil {
			return err
		}
	}
	return nil
}

// growthToken makes repeated orders of the same try of a growth one order, as token does.
func growthToken(g hosting.Growth, what string) string {
	sum := sha256.Sum256(fmt.Appendf(nil, "%s|growth %d.%d|%s", g.From.Contract, g.Number, g.Try, what))
	return hex.EncodeToString(sum[:20])
}

// grownDisks are the data disks that the growth concerns, grown or not.
func (e extent) grownDisks(g hosting.Growth) []string {
	var ids []string
	for _, d := range e.disks {
		if g.To.ServerDiskGB > g.From.ServerDiskGB {
			ids = append(ids, d.DiskId)
		}
	}
	slices.Sort(ids)
	return ids
}
