package aliyun

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"

	"lvyue/internal/hosting"
)

// tagKey marks everything that belongs to a contract; the value is the contract's number.
const tagKey = "lvyue:contract"

// site is one region of the account.
type site struct {
	*Cloud
	region string
}

// query asks for one resource by id or, when the id is empty, for all that carry the contract's tag.
type query struct{ contract, id string }

// piece is how one kind is ordered, looked up and deleted.
type piece struct {
	kind   hosting.Kind
	order  func(site, context.Context, hosting.Plan, standing) (id string, err error)
	list   func(site, context.Context, query) ([]hosting.Resource, error)
	remove func(site, context.Context, string) error
}

// stages are the pieces of a deployment in the order of creation; a stage can begin when the one before it is
// usable. Destruction goes the other way.
func stages() [][]piece {
	return [][]piece{
		{{hosting.VPC, site.orderVPC, site.listVPCs, site.removeVPC}},
		{
			{hosting.VSwitch, site.orderVSwitch, site.listVSwitches, site.removeVSwitch},
			{hosting.SecurityGroup, site.orderGroup, site.listGroups, site.removeGroup},
		},
		{
			{hosting.Server, site.orderServer, site.listServers, site.removeServer},
			{hosting.Database, site.orderDatabase, site.listDatabases, site.removeDatabase},
		},
	}
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

// resource describes a piece as the vendor reports it; usable is the vendor's word for its working state.
func (s site) resource(kind hosting.Kind, id, status, usable string) hosting.Resource {
	return hosting.Resource{Kind: kind, ID: id, Region: s.region, Status: status, Usable: status == usable}
}

// name is what people see in the vendor's console.
func name(contract string, kind hosting.Kind) string {
	return fmt.Sprintf("lvyue-%s-%s", contract, kind)
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
		if len(items) == 0 || len(all) >= total {
			return all, nil
		}
	}
}
