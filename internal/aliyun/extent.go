package aliyun

import (
	"cmp"
	"context"
	"slices"
	"time"

	"github.com/aliyun/alibaba-cloud-sdk-go/services/ecs"
	"github.com/aliyun/alibaba-cloud-sdk-go/services/rds"

	"lvyue/internal/hosting"
)

// extent is how large the pieces of a deployment are now.
type extent struct {
	servers   []ecs.Instance
	disks     []ecs.Disk // the data disk of each server
	databases []rds.DBInstanceAttribute
}

// extent reads what a growth may concern, by the contract's tag and by what is on record. A deployment without a server or a
// database is for a person: an expansion of nothing must not pass for done.
func (s site) extent(ctx context.Context, g hosting.Growth) (extent, error) {
	var have extent
	var err error
	known := standing(g.Known).in(s.region)
	if have.servers, err = s.ownServers(ctx, g.From.Contract, known); err != nil {
		return have, err
	}
	for _, server := range have.servers {
		disk, err := s.dataDisk(ctx, g.From.Contract, server)
		if err != nil {
			return have, err
		}
		have.disks = append(have.disks, disk)
	}
	if have.databases, err = s.ownDatabases(ctx, g.From.Contract, known); err != nil {
		return have, err
	}
	if len(have.servers) == 0 || len(have.databases) == 0 {
		return have, puzzling("Grow", "contract "+g.From.Contract+" has no server or no database that could grow")
	}
	return have, nil
}

// puzzling is the refusal to go on by oneself.
func puzzling(action, why string) error { return &Error{Action: action, Message: why, class: unclear} }

func (s site) ownServers(ctx context.Context, contract string, known standing) ([]ecs.Instance, error) {
	found, err := s.servers(ctx, query{contract: contract})
	if err != nil {
		return nil, err
	}
	for _, id := range known.ids(hosting.Server) {
		if slices.ContainsFunc(found, func(i ecs.Instance) bool { return i.InstanceId == id }) {
			continue
		}
		seen, err := s.servers(ctx, query{id: id})
		if err != nil && !is(err, absent) {
			return nil, err
		}
		for _, i := range seen {
			if owner := ecsOwner(i.Tags.Tag); owner != "" && owner != contract {
				return nil, puzzling("Grow", "server "+id+" bears the tag of contract "+owner)
			}
		}
		found = append(found, seen...)
	}
	slices.SortFunc(found, func(a, b ecs.Instance) int { return cmp.Compare(a.InstanceId, b.InstanceId) })
	return found, nil
}

// freshServer is how long a server may be there before its disk is listed with it.
const freshServer = time.Hour

// dataDisk is the one that came with the server: one that has just been ordered has none yet. If there are others that bear
// the contract's tag, a person says which.
func (s site) dataDisk(ctx context.Context, contract string, server ecs.Instance) (ecs.Disk, error) {
	disks, err := s.disks(ctx, query{of: server.InstanceId, kind: hosting.Server})
	if err != nil {
		return ecs.Disk{}, err
	}
	disks = slices.DeleteFunc(disks, func(d ecs.Disk) bool { return d.Type != "data" || ecsOwner(d.Tags.Tag) != contract })
	switch {
	case len(disks) == 1:
		return disks[0], nil
	case len(disks) == 0 && (server.Status == "Pending" || server.Status == "Starting" || s.fresh(server)):
		return ecs.Disk{}, &Error{Action: "Grow", Message: "server " + server.InstanceId + " has no data disk yet", class: waiting}
	}
	return ecs.Disk{}, puzzling("Grow", "server "+server.InstanceId+" has not exactly one data disk with the contract's tag")
}

// fresh reports whether a server was made a short while ago. One whose age cannot be read was not.
func (s site) fresh(server ecs.Instance) bool {
	at, ok := instant(server.CreationTime)
	return ok && s.now().Sub(at) < freshServer
}

func (s site) ownDatabases(ctx context.Context, contract string, known standing) ([]rds.DBInstanceAttribute, error) {
	tagged, err := plain(s.listDatabases(ctx, query{contract: contract}))
	if err != nil {
		return nil, err
	}
	var found []rds.DBInstanceAttribute
	for _, id := range standing(hosting.Both(tagged, known.of(hosting.Database))).ids(hosting.Database) {
		databases, err := s.database(ctx, id)
		if err != nil && !is(err, absent) {
			return nil, err
		}
		found = append(found, databases...)
	}
	return found, nil
}

// database reads all that the vendor tells of one database.
func (s site) database(ctx context.Context, id string) ([]rds.DBInstanceAttribute, error) {
	request, response := rds.CreateDescribeDBInstanceAttributeRequest(), rds.CreateDescribeDBInstanceAttributeResponse()
	request.DBInstanceId = id
	err := s.do(ctx, s.region, request, response)
	return response.Items.DBInstanceAttribute, err
}

// resources are the pieces as they stand.
func (s site) resources(e extent) []hosting.Resource {
	var pieces []hosting.Resource
	for _, i := range e.servers {
		pieces = append(pieces, s.resource(hosting.Server, i.InstanceId, i.Status, running))
	}
	for _, d := range e.databases {
		pieces = append(pieces, s.resource(hosting.Database, d.DBInstanceId, d.DBInstanceStatus, running))
	}
	for _, d := range e.disks {
		pieces = append(pieces, s.resource(hosting.Disk, d.DiskId, d.Status, "In_use"))
	}
	return pieces
}
