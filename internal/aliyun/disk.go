package aliyun

import (
	"context"

	"github.com/aliyun/alibaba-cloud-sdk-go/sdk/requests"
	"github.com/aliyun/alibaba-cloud-sdk-go/services/ecs"

	"lvyue/internal/hosting"
)

// listDisks finds disks by tag, by id, or by the server that they are attached to.
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
			request.DiskIds = `["` + q.id + `"]`
		case q.of != "":
			request.InstanceId = q.of
		default:
			request.Tag = &[]ecs.DescribeDisksTag{{Key: tagKey, Value: q.contract}}
		}
		err := s.do(ctx, s.region, request, response)
		return response.Disks.Disk, response.TotalCount, err
	})
}

// removeDisk deletes a disk. One that is still attached, be it to another server, is detached first: the next look
// deletes it.
func (s site) removeDisk(ctx context.Context, id string) error {
	disks, err := s.disks(ctx, query{id: id})
	if err != nil {
		return err
	}
	for _, d := range disks {
		if d.InstanceId == "" {
			continue
		}
		request := ecs.CreateDetachDiskRequest()
		request.DiskId, request.InstanceId = id, d.InstanceId
		return s.do(ctx, s.region, request, ecs.CreateDetachDiskResponse())
	}
	request := ecs.CreateDeleteDiskRequest()
	request.DiskId = id
	return s.do(ctx, s.region, request, ecs.CreateDeleteDiskResponse())
}
