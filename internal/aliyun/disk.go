package aliyun

import (
	"context"

	"github.com/aliyun/alibaba-cloud-sdk-go/sdk/requests"
	"github.com/aliyun/alibaba-cloud-sdk-go/services/ecs"

	"lvyue/internal/hosting"
)

// listDisks finds disks by tag, by id, by the server that they are attached to, or by the snapshot that they were made of.
func (s site) listDisks(ctx context.Context, q query) ([]hosting.Tagged, error) {
	disks, err := s.disks(ctx, q)
	var found []hosting.Tagged
	for _, d := range disks {
		found = append(found, hosting.Tagged{Contract: ecsOwner(d.Tags.Tag), Resource: s.resource(hosting.Disk, d.DiskId, d.Status, "In_use")})
	}
	return found, err
}

func (s site) disks(ctx context.Context, q query) ([]ecs.Disk, error) {
	return pages(func(page int) ([]ecs.Disk, int, error) {
		request, response := ecs.CreateDescribeDisksRequest(), ecs.CreateDescribeDisksResponse()
		request.PageNumber, request.PageSize = requests.NewInteger(page), requests.NewInteger(pageSize)
		switch {
		case q.id != "":
			request.DiskIds = list(q.id)
		case q.kind == hosting.Server:
			request.InstanceId = q.of
		case q.kind == hosting.Snapshot:
			request.SnapshotId = q.of
		default:
			request.Tag = &[]ecs.DescribeDisksTag{{Key: tagKey, Value: q.contract}}
		}
		err := s.do(ctx, s.region, request, response)
		return response.Disks.Disk, response.TotalCount, err
	})
}

// removeDisk deletes a disk. One that is still attached to a server of the contract is detached first: the next look
// deletes it. A server that is not known to be the contract's is left alone: a person decides.
func (s site) removeDisk(ctx context.Context, id string, known standing) error {
	disks, err := s.disks(ctx, query{id: id})
	if err != nil {
		return err
	}
	for _, d := range disks {
		if d.InstanceId == "" {
			continue
		}
		if !known.has(d.InstanceId) {
			return strange(hosting.Disk, id, "it hangs on server "+d.InstanceId+", which is not this contract's")
		}
		request := ecs.CreateDetachDiskRequest()
		request.DiskId, request.InstanceId = id, d.InstanceId
		return s.do(ctx, s.region, request, ecs.CreateDetachDiskResponse())
	}
	request := ecs.CreateDeleteDiskRequest()
	request.DiskId = id
	return s.do(ctx, s.region, request, ecs.CreateDeleteDiskResponse())
}
