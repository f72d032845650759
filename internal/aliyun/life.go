package aliyun

import (
	"cmp"
	"context"
	"slices"

	"lvyue/internal/hosting"
)

// Ensure brings a deployment one look nearer to its plan (§3.2, §5.5): it finds what carries the contract's tag,
// orders every missing piece whose turn has come (the network, then its parts, then server, database and public address),
// installs the plan's products, and returns all pieces as they now stand, by kind in the order of creation, then by id.
// The last is the System on the server, which this package never calls Usable: once its Status is Installed, whoever reads
// it asks the system itself, at its Address. A plan without products, of a release that installed none, ends with server
// and database, and hosting.Ready tells when. With an error come the pieces known so far. The error is an *Error; when it
// is Permanent, further looks will fail too.
func (c *Cloud) Ensure(ctx context.Context, plan hosting.Plan) ([]hosting.Resource, error) {
	plan = plan.Placed()
	s := site{c, plan.Region}
	if plan.Contract == "" {
		return nil, unnamed("Ensure")
	}
	if err := s.installable(plan); err != nil {
		return nil, err
	}
	have, err := s.stand(ctx, plan)
	if err != nil {
		return have, err
	}
	for _, stage := range parts(plan) {
		for _, p := range stage {
			if have, err = s.ensure(ctx, plan, p, have); err != nil {
				return inOrder(have), err
			}
		}
		if !usable(stage, have) {
			break
		}
	}
	if have, err = s.withDisks(ctx, plan.Contract, have); err != nil || len(plan.Products) == 0 {
		return inOrder(have), err
	}
	return s.finish(ctx, plan, have)
}

// withDisks adds the disks of the servers: whatever becomes of the servers, the destruction knows them by id, and by
// them the snapshots that somebody may take.
func (s site) withDisks(ctx context.Context, contract string, have standing) (standing, error) {
	for _, server := range have.of(hosting.Server) {
		disks, err := plain(s.listDisks(ctx, query{contract: contract, of: server.ID, kind: hosting.Server}))
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

// Find reads back what exists of a contract: everything with its tag, everything known by id, what hangs on either or
// was made from it (disks, addresses, snapshots, images), and the backups that the vendor kept of its deleted databases.
// FoundBy says by which of the three it was found. It looks in the region, empty for hosting.DefaultRegion, and wherever
// something is known to be. The vendor's tag lists lag behind, so a proof that nothing is left takes both, twice. A
// missing contract number is refused.
func (c *Cloud) Find(ctx context.Context, contract, region string, known []hosting.Resource) ([]hosting.Resource, error) {
	if contract == "" {
		return nil, unnamed("Find")
	}
	all, names, err := c.find(ctx, contract, region, known)
	return all, joined(names, err)
}

// find is Find; what keeps it from seeing where names lead is told for itself, since only addresses wait for that.
func (c *Cloud) find(ctx context.Context, contract, region string, known standing) (all standing, names, err error) {
	for _, place := range regions(region, known) {
		found, unnamed, err := site{c, place}.findAll(ctx, contract, known.in(place))
		all, names = append(all, found...), joined(names, unnamed)
		if err != nil {
			return inOrder(all), names, err
		}
	}
	return inOrder(all), names, nil
}

// findAll finds what exists of a contract in one region.
func (s site) findAll(ctx context.Context, contract string, known standing) (found standing, names, err error) {
	if found, err = s.search(ctx, all(), contract, known); err != nil {
		return found, nil, err
	}
	records, names := s.findRecords(ctx, known, found)
	kept, err := s.listBackups(ctx, contract, known.ids(hosting.Database))
	return slices.Concat(found, records, kept), names, err
}

// regions are those in which a contract may have something: the one of its terms, and wherever something is known to be.
// The terms may have changed since (§6.4).
func regions(region string, known []hosting.Resource) []string {
	places := []string{cmp.Or(region, hosting.DefaultRegion)}
	for _, r := range known {
		if r.Region != "" && !slices.Contains(places, r.Region) {
			places = append(places, r.Region)
		}
	}
	return places
}

// in are the pieces of a region, with those of which nobody knows the region.
func (s standing) in(region string) standing {
	return slices.DeleteFunc(slices.Clone(s), func(r hosting.Resource) bool { return r.Region != "" && r.Region != region })
}

// haveAll tells whether all of these are among the pieces.
func (s standing) haveAll(these []hosting.Resource) bool {
	return !slices.ContainsFunc(these, func(r hosting.Resource) bool { return !s.has(r.ID) })
}

// inOrder sorts by kind in the order of creation, then by id.
func inOrder(pieces standing) standing {
	kinds := append(hosting.EveryKind(), hosting.System)
	slices.SortFunc(pieces, func(a, b hosting.Resource) int {
		return cmp.Or(cmp.Compare(slices.Index(kinds, a.Kind), slices.Index(kinds, b.Kind)), cmp.Compare(a.ID, b.ID))
	})
	return pieces
}
