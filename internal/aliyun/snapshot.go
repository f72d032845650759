package aliyun

import (
	"context"
	"errors"
	"net/http"
	"slices"

	"github.com/aliyun/alibaba-cloud-sdk-go/sdk/requests"
	"github.com/aliyun/alibaba-cloud-sdk-go/services/ecs"

	"lvyue/internal/hosting"
)

// listSnapshots finds snapshots by tag, by id, by the disk that they were taken of, or by an image that was made of them:
// those that a policy takes carry no tag, and all survive their disk.
func (s site) listSnapshots(ctx context.Context, q query) ([]hosting.Tagged, error) {
	var behind []string
	if q.kind == hosting.Image {
		var err error
		if behind, err = s.behind(ctx, q.of); err != nil || len(behind) == 0 {
			return nil, err
		}
	}
	return pages(func(page int) ([]hosting.Tagged, int, error) {
		request, response := ecs.CreateDescribeSnapshotsRequest(), ecs.CreateDescribeSnapshotsResponse()
		request.PageNumber, request.PageSize = requests.NewInteger(page), requests.NewInteger(pageSize)
		switch {
		case q.id != "":
			request.SnapshotIds = list(q.id)
		case q.kind == hosting.Image:
			request.SnapshotIds = list(behind...)
		case q.kind == hosting.Disk:
			request.DiskId = q.of
		default:
			request.Tag = &[]ecs.DescribeSnapshotsTag{{Key: tagKey, Value: q.contract}}
		}
		if err := s.do(ctx, s.region, request, response); err != nil {
			return nil, 0, err
		}
		var found []hosting.Tagged
		for _, t := range response.Snapshots.Snapshot {
			snapshot := s.resource(hosting.Snapshot, t.SnapshotId, t.Status, "accomplished")
			found = append(found, hosting.Tagged{Contract: ecsOwner(t.Tags.Tag), Resource: snapshot})
		}
		return found, response.TotalCount, nil
	})
}

// behind are the snapshots of which an image was made; an image that is gone has none.
func (s site) behind(ctx context.Context, image string) ([]string, error) {
	images, err := s.images(ctx, query{id: image})
	var ids []string
	for _, i := range images {
		for _, disk := range i.DiskDeviceMappings.DiskDeviceMapping {
			ids = append(ids, disk.SnapshotId)
		}
	}
	return ids, err
}

// removeSnapshot deletes a snapshot, also one from which disks were made.
func (s site) removeSnapshot(ctx context.Context, id string, _ standing) error {
	request := ecs.CreateDeleteSnapshotRequest()
	request.SnapshotId, request.Force = id, requests.NewBoolean(true)
	return s.do(ctx, s.region, request, ecs.CreateDeleteSnapshotResponse())
}

// everyImage are the states of images; the vendor lists only usable ones unless it is asked for all.
const everyImage = "Creating,Waiting,Available,UnAvailable,CreateFailed,Deprecated"

// listImages finds the account's own images by tag, by id, or by the snapshots that they were made of: all of the account's
// are read once for that, and they are few.
func (s site) listImages(ctx context.Context, q query) ([]hosting.Tagged, error) {
	images, err := s.images(ctx, q)
	var found []hosting.Tagged
	for _, i := range images {
		if len(q.together) == 0 || madeOf(i, q.together) {
			found = append(found, hosting.Tagged{Contract: ecsOwner(i.Tags.Tag), Resource: s.resource(hosting.Image, i.ImageId, i.Status, "Available")})
		}
	}
	return found, err
}

func (s site) images(ctx context.Context, q query) ([]ecs.Image, error) {
	return pages(func(page int) ([]ecs.Image, int, error) {
		request, response := ecs.CreateDescribeImagesRequest(), ecs.CreateDescribeImagesResponse()
		request.PageNumber, request.PageSize = requests.NewInteger(page), requests.NewInteger(pageSize)
		request.ImageOwnerAlias, request.Status = "self", everyImage
		switch {
		case q.id != "":
			request.ImageId = q.id
		case len(q.together) == 0:
			request.Tag = &[]ecs.DescribeImagesTag{{Key: tagKey, Value: q.contract}}
		}
		err := s.do(ctx, s.region, request, response)
		return response.Images.Image, response.TotalCount, err
	})
}

// madeOf tells whether an image was made of one of these snapshots.
func madeOf(image ecs.Image, snapshots []string) bool {
	return slices.ContainsFunc(image.DiskDeviceMappings.DiskDeviceMapping, func(m ecs.DiskDeviceMapping) bool {
		return slices.Contains(snapshots, m.SnapshotId)
	})
}

func (s site) removeImage(ctx context.Context, id string, _ standing) error {
	request := ecs.CreateDeleteImageRequest()
	request.ImageId, request.Force = id, requests.NewBoolean(true) // also while servers use it
	return s.do(ctx, s.region, request, ecs.CreateDeleteImageResponse())
}

// listPolicies finds snapshot policies by tag or id. One without our tag may serve other contracts' disks: it is never
// looked for by a disk, and so never deleted.
func (s site) listPolicies(ctx context.Context, q query) ([]hosting.Tagged, error) {
	return pages(func(page int) ([]hosting.Tagged, int, error) {
		request, response := ecs.CreateDescribeAutoSnapshotPolicyExRequest(), ecs.CreateDescribeAutoSnapshotPolicyExResponse()
		request.PageNumber, request.PageSize = requests.NewInteger(page), requests.NewInteger(pageSize)
		request.AutoSnapshotPolicyId = q.id
		if q.id == "" {
			request.Tag = &[]ecs.DescribeAutoSnapshotPolicyExTag{{Key: tagKey, Value: q.contract}}
		}
		if err := s.do(ctx, s.region, request, response); err != nil {
			return nil, 0, err
		}
		var found []hosting.Tagged
		for _, p := range response.AutoSnapshotPolicies.AutoSnapshotPolicy {
			policy := s.resource(hosting.SnapshotPolicy, p.AutoSnapshotPolicyId, p.Status, "Normal")
			found = append(found, hosting.Tagged{Contract: ecsOwner(p.Tags.Tag), Resource: policy})
		}
		return found, response.TotalCount, nil
	})
}

// removePolicy deletes a policy, which takes it off its disks. The library lacks the region under the vendor's own name,
// and the vendor a code of its own for a policy that is gone.
func (s site) removePolicy(ctx context.Context, id string, _ standing) error {
	request := ecs.CreateDeleteAutoSnapshotPolicyRequest()
	request.AutoSnapshotPolicyId = id
	request.QueryParams["regionId"] = s.region
	err := s.do(ctx, s.region, request, ecs.CreateDeleteAutoSnapshotPolicyResponse())
	var e *Error
	if errors.As(err, &e) && e.HTTPStatus == http.StatusNotFound && e.Code == "ParameterInvalid" {
		return nil
	}
	return err
}
