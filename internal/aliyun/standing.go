package aliyun

import (
	"cmp"
	"context"
	"math"
	"slices"
	"time"

	"github.com/aliyun/alibaba-cloud-sdk-go/sdk/requests"
	"github.com/aliyun/alibaba-cloud-sdk-go/services/ecs"
	"github.com/aliyun/alibaba-cloud-sdk-go/services/rds"

	"lvyue/internal/hosting"
)

// accounted fills in the storage of databases on which the monitoring is silent.
func (s site) accounted(ctx context.Context, m hosting.Measured, at time.Time) (hosting.Measured, error) {
	var silent []hosting.Gauge
	for _, g := range m.Silent {
		if g.Kind != hosting.Database || g.Metric != hosting.Storage {
			silent = append(silent, g)
			continue
		}
		percent, err := s.storage(ctx, g.Resource)
		if err != nil {
			return hosting.Measured{}, err
		}
		if percent < 0 {
			silent = append(silent, g)
			continue
		}
		m.Points = append(m.Points, hosting.Point{Gauge: g, At: at.UTC(), Percent: percent})
	}
	m.Silent = silent
	return m, nil
}

// storage is what a database says that it uses of its storage, in percent; below 0 if it does not say.
func (s site) storage(ctx context.Context, id string) (float64, error) {
	request, response := rds.CreateDescribeResourceUsageRequest(), rds.CreateDescribeResourceUsageResponse()
	request.DBInstanceId = id
	if err := s.do(ctx, s.region, request, response); err != nil {
		return 0, err
	}
	_, gb, err := s.databaseSize(ctx, id)
	if err != nil || gb == 0 || response.DiskUsed <= 0 {
		return -1, err
	}
	percent := float64(response.DiskUsed) / float64(gb) / (1 << 30) * 100
	return min(math.Round(percent*100)/100, 100), nil
}

// databaseSize is a database's class and its storage in GB.
func (s site) databaseSize(ctx context.Context, id string) (class string, gb int, err error) {
	request, response := rds.CreateDescribeDBInstanceAttributeRequest(), rds.CreateDescribeDBInstanceAttributeResponse()
	request.DBInstanceId = id
	err = s.do(ctx, s.region, request, response)
	for _, d := range response.Items.DBInstanceAttribute {
		if d.DBInstanceId == id {
			return d.DBInstanceClass, d.DBInstanceStorage, err
		}
	}
	return "", 0, err
}

// Standing reads back how large a contract's deployment is now (§5.7): its plan as it stands, of which only the size is
// filled in. Where servers or disks differ, the smallest counts: it is the one that grows first.
func (c *Cloud) Standing(ctx context.Context, look hosting.Look) (hosting.Plan, error) {
	s, there, err := c.measured(ctx, look)
	plan := hosting.Plan{Contract: look.Contract, Region: s.region}
	if err != nil {
		return plan, err
	}
	servers := there.ids(hosting.Server)
	plan.Nodes = len(servers)
	if plan.ServerType, plan.Zone, err = s.serverType(ctx, servers); err != nil {
		return plan, err
	}
	for _, id := range servers {
		gb, err := s.dataDiskGB(ctx, id)
		if err != nil {
			return plan, err
		}
		if plan.ServerDiskGB == 0 || gb > 0 && gb < plan.ServerDiskGB {
			plan.ServerDiskGB = gb
		}
	}
	for _, id := range there.ids(hosting.Database) {
		plan.DatabaseClass, plan.DatabaseGB, err = s.databaseSize(ctx, id)
	}
	return plan, err
}

// serverType is the smallest type among the servers, by the vendor's own count of cores and memory, with that server's
// zone; empty without servers.
func (s site) serverType(ctx context.Context, servers []string) (name, zone string, err error) {
	if len(servers) == 0 {
		return "", "", nil
	}
	all, err := pages(func(page int) ([]ecs.Instance, int, error) {
		request, response := ecs.CreateDescribeInstancesRequest(), ecs.CreateDescribeInstancesResponse()
		request.PageNumber, request.PageSize = requests.NewInteger(page), requests.NewInteger(pageSize)
		request.InstanceIds = list(servers...)
		err := s.do(ctx, s.region, request, response)
		return response.Instances.Instance, response.TotalCount, err
	})
	if err != nil || len(all) == 0 {
		return "", "", err
	}
	least := slices.MinFunc(all, func(a, b ecs.Instance) int {
		return cmp.Or(cmp.Compare(a.Cpu, b.Cpu), cmp.Compare(a.Memory, b.Memory))
	})
	return least.InstanceType, least.ZoneId, nil
}

// dataDiskGB is the size of a server's largest data disk in GB; 0 without one.
func (s site) dataDiskGB(ctx context.Context, server string) (int, error) {
	disks, err := s.disks(ctx, query{of: server, kind: hosting.Server})
	gb := 0
	for _, d := range disks {
		if d.Type == "data" {
			gb = max(gb, d.Size)
		}
	}
	return gb, err
}
