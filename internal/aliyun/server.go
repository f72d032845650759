package aliyun

import (
	"context"
	"errors"
	"strconv"

	"github.com/aliyun/alibaba-cloud-sdk-go/sdk/requests"
	"github.com/aliyun/alibaba-cloud-sdk-go/services/ecs"

	"lvyue/internal/hosting"
)

// systemDiskGB holds the operating system and the products' programs.
const systemDiskGB = 60

// diskCategory is the vendor's enhanced SSD; its level PL1 is the default.
const diskCategory = "cloud_essd"

func (s site) orderGroup(ctx context.Context, plan hosting.Plan, have standing) (string, error) {
	request, response := ecs.CreateCreateSecurityGroupRequest(), ecs.CreateCreateSecurityGroupResponse()
	request.SecurityGroupName = name(plan.Contract, hosting.SecurityGroup)
	request.VpcId = have.id(hosting.VPC)
	request.ClientToken = token(plan, hosting.SecurityGroup)
	request.Tag = &[]ecs.CreateSecurityGroupTag{{Key: tagKey, Value: plan.Contract}}
	err := s.do(ctx, s.region, request, response)
	return response.SecurityGroupId, err
}

func (s site) listGroups(ctx context.Context, q query) ([]hosting.Tagged, error) {
	return pages(func(page int) ([]hosting.Tagged, int, error) {
		request, response := ecs.CreateDescribeSecurityGroupsRequest(), ecs.CreateDescribeSecurityGroupsResponse()
		request.PageNumber, request.PageSize = requests.NewInteger(page), requests.NewInteger(pageSize)
		request.SecurityGroupId, request.VpcId = q.id, q.of
		if q.id+q.of == "" {
			request.Tag = &[]ecs.DescribeSecurityGroupsTag{{Key: tagKey, Value: q.contract}}
		}
		if err := s.do(ctx, s.region, request, response); err != nil {
			return nil, 0, err
		}
		var found []hosting.Tagged
		for _, g := range response.SecurityGroups.SecurityGroup {
			// A group has no state: it works from its creation.
			group := s.resource(hosting.SecurityGroup, g.SecurityGroupId, "Available", "Available")
			found = append(found, hosting.Tagged{Contract: ecsOwner(g.Tags.Tag), Resource: group})
		}
		return found, response.TotalCount, nil
	})
}

func (s site) removeGroup(ctx context.Context, id string, _ standing) error {
	request := ecs.CreateDeleteSecurityGroupRequest()
	request.SecurityGroupId = id
	return s.do(ctx, s.region, request, ecs.CreateDeleteSecurityGroupResponse())
}

const noImage = "InvalidImageId.NotFound"

// serverOrder is the order of one pay-as-you-go server: only such can be deleted on the day the contract ends (§7.2).
// Both disks go with it. Where it stands is still to be said.
func (s site) serverOrder(plan hosting.Plan) *ecs.RunInstancesRequest {
	request := ecs.CreateRunInstancesRequest()
	request.InstanceName = name(plan.Contract, hosting.Server)
	request.InstanceType = plan.ServerType
	request.InstanceChargeType = "PostPaid"
	if request.ImageId = s.config.ImageID; request.ImageId == "" {
		request.ImageFamily = s.config.ImageFamily
	}
	request.SystemDiskCategory, request.SystemDiskSize = diskCategory, strconv.Itoa(systemDiskGB)
	request.DataDisk = &[]ecs.RunInstancesDataDisk{{
		Category: diskCategory, Size: strconv.Itoa(plan.ServerDiskGB), DeleteWithInstance: "true",
	}}
	request.Tag = &[]ecs.RunInstancesTag{{Key: tagKey, Value: plan.Contract}}
	return request
}

func (s site) orderServer(ctx context.Context, plan hosting.Plan, have standing) (string, error) {
	request := s.serverOrder(plan)
	request.SecurityGroupId = have.id(hosting.SecurityGroup)
	request.VSwitchId = have.id(hosting.VSwitch)
	request.ClientToken = token(plan, hosting.Server)
	return s.runServer(ctx, request)
}

// runServer sends the order and gives the server's id. An image that is not there is for a person: no look will find it.
func (s site) runServer(ctx context.Context, request *ecs.RunInstancesRequest) (string, error) {
	response := ecs.CreateRunInstancesResponse()
	if err := s.do(ctx, s.region, request, response); err != nil {
		if e, ok := errors.AsType[*Error](err); ok && e.Code == noImage {
			e.class = refused
		}
		return "", err
	}
	for _, id := range response.InstanceIdSets.InstanceIdSet {
		return id, nil
	}
	return "", &Error{Action: request.GetActionName(), Message: "the answer names no instance"}
}

func (s site) listServers(ctx context.Context, q query) ([]hosting.Tagged, error) {
	servers, err := s.servers(ctx, q)
	var found []hosting.Tagged
	for _, i := range servers {
		found = append(found, hosting.Tagged{Contract: ecsOwner(i.Tags.Tag), Resource: s.resource(hosting.Server, i.InstanceId, i.Status, running)})
	}
	return found, err
}

func (s site) servers(ctx context.Context, q query) ([]ecs.Instance, error) {
	return pages(func(page int) ([]ecs.Instance, int, error) {
		request, response := ecs.CreateDescribeInstancesRequest(), ecs.CreateDescribeInstancesResponse()
		request.PageNumber, request.PageSize = requests.NewInteger(page), requests.NewInteger(pageSize)
		switch {
		case q.id != "":
			request.InstanceIds = list(q.id)
		case len(q.together) > 0:
			request.InstanceIds = list(q.together...)
		case q.of != "":
			request.VpcId = q.of
		default:
			request.Tag = &[]ecs.DescribeInstancesTag{{Key: tagKey, Value: q.contract}}
		}
		err := s.do(ctx, s.region, request, response)
		return response.Instances.Instance, response.TotalCount, err
	})
}

// removeServer makes what is paid ahead or protected deletable: the next look deletes it.
func (s site) removeServer(ctx context.Context, id string, _ standing) error {
	held, expired, err := s.releaseServer(ctx, id)
	if held || err != nil {
		return err
	}
	request := ecs.CreateDeleteInstanceRequest()
	request.InstanceId = id
	request.Force = requests.NewBoolean(true) // also while it runs
	if expired {
		request.TerminateSubscription = requests.NewBoolean(true)
	}
	return s.do(ctx, s.region, request, ecs.CreateDeleteInstanceResponse())
}
