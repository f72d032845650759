package aliyun

import (
	"cmp"
	"context"

	"lvyue/internal/hosting"
)

// How far the system on a server is. Only installed ones can be asked whether they work.
const (
	awaited    = "Waiting"
	installing = "Installing"
	installed  = hosting.Installed
)

// finish makes a system of the pieces: it leads address and name to the server, and installs the products once both the
// server and its database work. The order matters: a server without an address cannot fetch anything.
func (s site) finish(ctx context.Context, plan hosting.Plan, have standing) (standing, error) {
	have, err := s.leadIn(ctx, have)
	if err == nil {
		have, err = s.nameSystem(ctx, plan, have)
	}
	if len(have.of(hosting.Server)) == 0 {
		return inOrder(have), err
	}
	system := hosting.Resource{
		Kind: hosting.System, ID: have.id(hosting.Server), Region: s.region, Status: awaited, Address: s.entrance(plan, have),
	}
	if err == nil && s.complete(plan, have) {
		system.Status, err = s.install(ctx, plan, have.id(hosting.Server), func(ctx context.Context) (store, bool, error) {
			return s.prepare(ctx, plan, have)
		})
	}
	return inOrder(append(have, system)), err
}

// entrance is where the system answers: by its name where we lead that, else by its address.
func (s site) entrance(plan hosting.Plan, have standing) string {
	var address string
	for _, r := range have.of(hosting.EIP) {
		address = cmp.Or(address, r.Address)
	}
	if len(have.of(hosting.Record)) > 0 {
		return plan.Host
	}
	return address
}

// complete reports whether all is there that an installation needs.
func (s site) complete(plan hosting.Plan, have standing) bool {
	for _, kind := range append(hosting.Kinds(), hosting.EIP) {
		if !have.usable(kind) {
			return false
		}
	}
	_, ours := s.within(plan.Host)
	return !ours || len(have.of(hosting.Record)) > 0
}

// prepare readies what the products find when they are installed: the ways in, the database, the monitoring agent (§3.6).
// False is that the vendor is still at it. An installation was begun only after all of this, so it is looked at no more
// once there is one.
func (s site) prepare(ctx context.Context, plan hosting.Plan, have standing) (store, bool, error) {
	if err := s.openPorts(ctx, have.id(hosting.SecurityGroup)); err != nil {
		return store{}, false, err
	}
	store, ready, err := s.openStore(ctx, plan, have.id(hosting.Database))
	if err != nil || !ready {
		return store, false, err
	}
	return store, true, s.installAgent(ctx, have.id(hosting.Server))
}
