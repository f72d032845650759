package aliyun

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"slices"
	"strings"

	"lvyue/internal/hosting"
)

// tagKey marks everything that belongs to a contract; the value is the contract's number.
const tagKey = "lvyue:contract"

// site is one region of the account.
type site struct {
	*Cloud
	region string
}

// query asks for one resource by its id; or for those of another one, a server's disks; or, with neither, for all that
// carry the contract's tag. Quite empty, it asks for all that carry our tag, whosever they are.
type query struct {
	contract, id, of string
	kind             hosting.Kind // of what is named by of
	together         []string     // all of that kind, for a list that is read once for them all
}

// list is how some of the vendor's parameters name things: as a JSON list. Ids have no sign that needs an escape.
func list(ids ...string) string { return `["` + strings.Join(ids, `","`) + `"]` }

// piece is how one kind is ordered, looked up and deleted. Of are the kinds by which it is found as well: what stands in
// the contract's network, hangs on a server or was made from a disk may carry no tag. Remove is told what is known to be
// the contract's.
type piece struct {
	kind   hosting.Kind
	order  func(site, context.Context, hosting.Plan, standing) (id string, err error)
	list   func(site, context.Context, query) ([]hosting.Tagged, error)
	remove func(site, context.Context, string, standing) error
	of     []hosting.Kind
	// together says that what belongs to others is found for all of them at once.
	together bool
}

// address is the public address of a system.
func address() piece {
	return piece{
		kind: hosting.EIP, order: site.orderAddress, list: site.listAddresses, remove: site.removeAddress, of: []hosting.Kind{hosting.Server},
	}
}

// stages are the pieces of a deployment in the order of creation; a stage can begin when the one before it is
// usable. Destruction goes the other way.
func stages() [][]piece {
	inside := []hosting.Kind{hosting.VPC}
	return [][]piece{
		{{kind: hosting.VPC, order: site.orderVPC, list: site.listVPCs, remove: site.removeVPC}},
		{
			{kind: hosting.VSwitch, order: site.orderVSwitch, list: site.listVSwitches, remove: site.removeVSwitch, of: inside},
			{kind: hosting.SecurityGroup, order: site.orderGroup, list: site.listGroups, remove: site.removeGroup, of: inside},
		},
		{
			{kind: hosting.Server, order: site.orderServer, list: site.listServers, remove: site.removeServer, of: inside},
			{kind: hosting.Database, order: site.orderDatabase, list: site.listDatabases, remove: site.removeDatabase, of: inside},
		},
	}
}

// remnants are what may hang on a deployment beside its pieces, or survive them, whoever made it (§7.2).
func remnants() []piece {
	return []piece{
		{kind: hosting.LoadBalancer, list: site.listBalancers, remove: site.removeBalancer, of: []hosting.Kind{hosting.VPC, hosting.Server}},
		address(),
		{kind: hosting.NetworkInterface, list: site.listInterfaces, remove: site.removeInterface, of: []hosting.Kind{hosting.VPC}},
		{kind: hosting.SnapshotPolicy, list: site.listPolicies, remove: site.removePolicy},
		{kind: hosting.Disk, list: site.listDisks, remove: site.removeDisk, of: []hosting.Kind{hosting.Server, hosting.Snapshot}},
		{kind: hosting.Snapshot, list: site.listSnapshots, remove: site.removeSnapshot, of: []hosting.Kind{hosting.Disk, hosting.Image}},
		{kind: hosting.Image, list: site.listImages, remove: site.removeImage, of: []hosting.Kind{hosting.Snapshot}, together: true},
	}
}

// demolished are pieces that are destroyed together, once nothing of the kinds named by after is there any more.
type demolished struct {
	pieces []piece
	after  []hosting.Kind
}

// removal is the order of destruction: first of all what leads users to the contract, and an address only when no name leads
// to it; what would be lost sight of, before the server that it hangs on; a disk that stays, when its server has gone; an
// image, before the snapshots that it was made of; the network last. What holds data waits for as little as can be.
func removal() []demolished {
	inside := []hosting.Kind{hosting.Server, hosting.Database, hosting.LoadBalancer, hosting.NetworkInterface}
	var order []demolished
	for _, stage := range []struct{ kinds, after []hosting.Kind }{
		{[]hosting.Kind{hosting.LoadBalancer, hosting.EIP}, []hosting.Kind{hosting.Record}},
		{[]hosting.Kind{hosting.SnapshotPolicy, hosting.Server, hosting.Database}, nil},
		{[]hosting.Kind{hosting.Disk}, []hosting.Kind{hosting.Server}},
		{[]hosting.Kind{hosting.Image, hosting.Snapshot}, nil},
		{[]hosting.Kind{hosting.NetworkInterface}, []hosting.Kind{hosting.Server}},
		{[]hosting.Kind{hosting.VSwitch, hosting.SecurityGroup}, inside},
		{[]hosting.Kind{hosting.VPC}, append(inside, hosting.VSwitch, hosting.SecurityGroup)},
	} {
		var pieces []piece
		for _, kind := range stage.kinds {
			pieces = append(pieces, slices.DeleteFunc(all(), func(p piece) bool { return p.kind != kind })...)
		}
		order = append(order, demolished{pieces, stage.after})
	}
	return order
}

// all are the kinds that a destruction must find gone. What one look finds leads the next one further, until nothing new
// comes to light.
func all() []piece {
	pieces := slices.Concat(append(stages(), remnants())...)
	for i, p := range pieces {
		if p.kind == hosting.Database {
			pieces[i].list = site.listEveryDatabase
		}
	}
	return pieces
}

// standing is what exists so far.
type standing []hosting.Resource

// of gives the pieces of one kind.
func (s standing) of(kind hosting.Kind) []hosting.Resource {
	var found []hosting.Resource
	for _, r := range s {
		if r.Kind == kind {
			found = append(found, r)
		}
	}
	return found
}

// id gives the id of the first piece of a kind, "" when there is none. Lists are sorted by id, so that every
// caller picks the same one.
func (s standing) id(kind hosting.Kind) string {
	for _, r := range s.of(kind) {
		return r.ID
	}
	return ""
}

// usable reports whether there is a piece of that kind, and all of them do their work.
func (s standing) usable(kind hosting.Kind) bool {
	pieces := s.of(kind)
	return len(pieces) > 0 && !slices.ContainsFunc(pieces, func(r hosting.Resource) bool { return !r.Usable })
}

// resource describes a piece as the vendor reports it; usable is the vendor's word for its working state.
func (s site) resource(kind hosting.Kind, id, status, usable string) hosting.Resource {
	return hosting.Resource{Kind: kind, ID: id, Region: s.region, Status: status, Usable: status == usable}
}

const namePrefix = "lvyue-"

// name is what people see in the vendor's console.
func name(contract string, kind hosting.Kind) string {
	return namePrefix + contract + "-" + string(kind)
}

// named is the contract whose piece of that kind bears the name; false for a name that we did not give.
func named(text string, kind hosting.Kind) (string, bool) {
	rest, ours := strings.CutPrefix(text, namePrefix)
	contract, right := strings.CutSuffix(rest, "-"+string(kind))
	if !ours || !right || contract == "" {
		return "", false
	}
	return contract, true
}

// token makes repeated orders of the same piece one order; 40 hexadecimal digits, of which the vendor allows 64.
func token(plan hosting.Plan, kind hosting.Kind) string {
	sum := sha256.Sum256(fmt.Appendf(nil, "%s|%s|%d", plan.Contract, kind, plan.Attempt))
	return hex.EncodeToString(sum[:20])
}

// pages collects a list that the vendor hands out page by page, from page 1.
func pages[T any](fetch func(page int) (items []T, total int, err error)) ([]T, error) {
	var all []T
	for n := 1; ; n++ {
		items, total, err := fetch(n)
		if err != nil {
			return nil, err
		}
		all = append(all, items...)
		switch {
		case len(all) >= total:
			return all, nil
		case len(items) == 0:
			return nil, &Error{Action: "page", Message: fmt.Sprintf("the list of %d ends after %d", total, len(all))}
		}
	}
}
