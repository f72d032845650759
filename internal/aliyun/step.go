package aliyun

import (
	"context"

	"github.com/aliyun/alibaba-cloud-sdk-go/services/ecs"
	"github.com/aliyun/alibaba-cloud-sdk-go/services/rds"

	"lvyue/internal/hosting"
	"lvyue/internal/sizing"
)

// diskStep is a data disk that is to grow to so many GB, on a server in a certain state.
type diskStep struct {
	ecs.Disk

	server string // its status
	gb     int
}

func (d diskStep) ahead() bool { return d.DiskChargeType == prePaid }

// typeStep is a server that is to become another instance type.
type typeStep struct {
	ecs.Instance

	to string
}

func (t typeStep) ahead() bool { return t.InstanceChargeType == prePaid }

// databaseStep is a database that is to have another class or more storage.
type databaseStep struct {
	rds.DBInstanceAttribute

	class string
	gb    int
}

func (d databaseStep) ahead() bool { return d.PayType == prepaid }

// nodeStep is one server more, with its disks.
type nodeStep struct {
	to string
	gb int
}

// steps is what a growth still lacks. Busy says that a database is changing, or in another state that must pass first.
type steps struct {
	disks     []diskStep
	types     []typeStep
	databases []databaseStep
	busy      bool
}

func (s steps) none() bool {
	return len(s.disks)+len(s.types)+len(s.databases) == 0 && !s.busy
}

// priced is a step that has a price.
type priced interface {
	price(ctx context.Context, s site, hours int64) (listed, error)
	part() hosting.Priced
}

// each are the steps in the order in which they are taken.
func (s steps) each() []priced {
	var all []priced
	for _, d := range s.disks {
		all = append(all, d)
	}
	for _, d := range s.databases {
		all = append(all, d)
	}
	for _, t := range s.types {
		all = append(all, t)
	}
	return all
}

// lacking compares what is there with what is asked for. What is not asked to be more stays, and nothing shrinks.
func (e extent) lacking(g hosting.Growth) steps {
	var todo steps
	for i, d := range e.disks {
		if g.To.ServerDiskGB > g.From.ServerDiskGB && g.To.ServerDiskGB > d.Size {
			todo.disks = append(todo.disks, diskStep{Disk: d, server: e.servers[i].Status, gb: g.To.ServerDiskGB})
		}
	}
	for _, server := range e.servers {
		if grows(sizing.LargerServer, g.To.ServerType, g.From.ServerType, server.InstanceType) {
			todo.types = append(todo.types, typeStep{Instance: server, to: g.To.ServerType})
		}
	}
	for _, d := range e.databases {
		step := databaseStep{DBInstanceAttribute: d, class: d.DBInstanceClass, gb: d.DBInstanceStorage}
		if grows(sizing.LargerDatabase, g.To.DatabaseClass, g.From.DatabaseClass, d.DBInstanceClass) {
			step.class = g.To.DatabaseClass
		}
		if g.To.DatabaseGB > g.From.DatabaseGB {
			step.gb = max(step.gb, g.To.DatabaseGB)
		}
		switch grown := step.class != d.DBInstanceClass || step.gb != d.DBInstanceStorage; {
		case d.DBInstanceStatus != "Running":
			todo.busy = true
		case grown:
			todo.databases = append(todo.databases, step)
		}
	}
	return todo
}

// grows reports whether a size is asked for that is more than was agreed, and more than there is.
func grows(larger func(asked, than string) bool, to, from, is string) bool {
	return larger(to, from) && larger(to, is)
}

// nodes are the servers that a growth has more than there are.
func (e extent) nodes(g hosting.Growth) []priced {
	var more []priced
	kind := g.From.ServerType
	if sizing.LargerServer(g.To.ServerType, kind) {
		kind = g.To.ServerType
	}
	for range g.Nodes - len(e.servers) {
		more = append(more, nodeStep{to: kind, gb: max(g.From.ServerDiskGB, g.To.ServerDiskGB)})
	}
	return more
}
