package aliyun

import (
	"cmp"
	"context"
	"slices"

	"lvyue/internal/hosting"
)

// Ensure brings a deployment one look nearer to its plan (§5.5): it finds what carries the contract's tag,
// orders every missing piece whose turn has come (the network, then its parts, then server and database), and
// returns all pieces as they now stand, by kind in the order of creation, then by id. hosting.Ready tells
// whether more looks are needed. With an error come the pieces known so far. The error is an *Error; when it
// is Permanent, further looks will fail too.
func (c *Cloud) Ensure(ctx context.Context, plan hosting.Plan) ([]hosting.Resource, error) {
	plan = plan.Placed()
	s := site{c, plan.Region}
	if plan.Contract == "" {
		return nil, unnamed("Ensure")
	}
	have, err := s.search(ctx, slices.Concat(stages()...), plan.Contract, nil)
	if err != nil {
		return have, err
	}
	for i := range have {
		have[i].FoundBy = "" // says nothing of a deployment
	}
	for _, stage := range stages() {
		for _, p := range stage {
			if have, err = s.ensure(ctx, plan, p, have); err != nil {
				return inOrder(have), err
			}
		}
		if !usable(stage, have) {
			break
		}
	}
	have, err = s.withDisks(ctx, plan.Contract, have)
	return inOrder(have), err
}

// withDisks adds the disks of the servers: whatever becomes of the servers, the destruction knows them by id, and by
// them the snapshots that somebody may take.
func (s site) withDisks(ctx context.Context, contract string, have standing) (standing, error) {
	for _, server := range have.of(hosting.Server) {
		disks, err := plain(s.listDisks(ctx, query{contract: contract, of: server.ID}))
		if err != nil {
			return have, err
		}
		have = append(have, disks...)
	}
	return have, nil
}

// ensure orders the piece if there is none, and looks at it once. A piece too young to be listed is reported
// as ordered; the next look finds it, or repeats the order under the same token.
func (s site) ensure(ctx context.Context, plan hosting.Plan, p piece, have standing) (standing, error) {
	if len(have.of(p.kind)) > 0 {
		return have, nil
	}
	id, err := p.order(s, ctx, plan, have)
	if err != nil {
		return have, err
	}
	seen, err := plain(p.list(s, ctx, query{contract: plan.Contract, id: id}))
	if len(seen) == 0 {
		seen = []hosting.Resource{{Kind: p.kind, ID: id, Region: s.region, Status: "Ordered"}}
	}
	if is(err, absent) {
		err = nil
	}
	return append(have, seen...), err
}

func usable(stage []piece, have standing) bool {
	for _, p := range stage {
		for _, r := range have.of(p.kind) {
			if !r.Usable {
				return false
			}
		}
	}
	return true
}

// Destroy brings the destruction of a contract's resources one look nearer to its end (§7.2): it deletes what
// can be deleted now, in the vendor's order, both what carries the contract's tag and what is known by id, with all
// that hangs on it or was made from it, and returns what is still there. Nothing left
// and no error means that everything was read back as gone, kept database backups included. What it cannot
// delete yet (a database still being made) is left for the next look without an error.
func (c *Cloud) Destroy(ctx context.Context, contract, region string, known []hosting.Resource) ([]hosting.Resource, error) {
	s := site{c, cmp.Or(region, hosting.DefaultRegion)}
	left, err := c.Find(ctx, contract, region, known)
	if err != nil {
		return left, err
	}
	known = hosting.Both(known, left) // a disk leads to its snapshots after it is gone too
	for _, stage := range removal() {
		if len(ofStage(stage, left)) == 0 {
			continue
		}
		if gone, err := s.clear(ctx, stage, contract, known); err != nil {
			return left, err
		} else if !gone {
			break
		}
	}
	return c.Find(ctx, contract, region, known)
}

// clear deletes the pieces of one stage that are there, and tells whether they are gone then. What went with the stage
// before, as the disks of a server do, is not there any more.
func (s site) clear(ctx context.Context, stage []piece, contract string, known standing) (bool, error) {
	doomed, err := s.search(ctx, stage, contract, known)
	if err != nil || len(doomed) == 0 {
		return err == nil, err
	}
	if err := s.remove(ctx, stage, doomed); err != nil {
		return false, err
	}
	left, err := s.search(ctx, stage, contract, known)
	return len(left) == 0, err
}

func ofStage(stage []piece, have standing) standing {
	var found standing
	for _, p := range stage {
		found = append(found, have.of(p.kind)...)
	}
	return found
}

// remove deletes the pieces of one stage. What is gone already or not ready to go is no error.
func (s site) remove(ctx context.Context, stage []piece, doomed standing) error {
	for _, p := range stage {
		for _, r := range doomed.of(p.kind) {
			if err := p.remove(s, ctx, r.ID); err != nil && !is(err, absent, waiting) {
				return err
			}
		}
	}
	return nil
}

// Find reads back what exists of a contract: everything with its tag, everything known by id, what hangs on either or
// was made from it (disks, addresses, snapshots, images), and the backups that the vendor kept of its deleted databases.
// FoundBy says by which of the three it was found. Empty region means hosting.DefaultRegion. The vendor's tag
// lists lag behind, so a proof that nothing is left takes both, twice. A missing contract number is refused.
func (c *Cloud) Find(ctx context.Context, contract, region string, known []hosting.Resource) ([]hosting.Resource, error) {
	if contract == "" {
		return nil, unnamed("Find")
	}
	s := site{c, cmp.Or(region, hosting.DefaultRegion)}
	found, err := s.search(ctx, all(), contract, known)
	if err != nil {
		return found, err
	}
	var databases []string
	for _, r := range standing(known).of(hosting.Database) {
		databases = append(databases, r.ID)
	}
	kept, err := s.listBackups(ctx, contract, databases)
	return inOrder(append(found, kept...)), err
}

// inOrder sorts by kind in the order of creation, then by id.
func inOrder(pieces standing) standing {
	kinds := hosting.EveryKind()
	slices.SortFunc(pieces, func(a, b hosting.Resource) int {
		return cmp.Or(cmp.Compare(slices.Index(kinds, a.Kind), slices.Index(kinds, b.Kind)), cmp.Compare(a.ID, b.ID))
	})
	return pieces
}
