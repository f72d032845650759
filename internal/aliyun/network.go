package aliyun

import (
	"context"

	"github.com/aliyun/alibaba-cloud-sdk-go/sdk/requests"
	"github.com/aliyun/alibaba-cloud-sdk-go/services/vpc"

	"lvyue/internal/hosting"
)

// Every contract has a private network of its own, so all can use the same addresses.
const (
	network    = "10.0.0.0/16"
	subnetwork = "10.0.0.0/20"
)

// pageSize is the vendor's largest for networks; all other lists allow more.
const pageSize = 50

func (s site) orderVPC(ctx context.Context, plan hosting.Plan, _ standing) (string, error) {
	request, response := vpc.CreateCreateVpcRequest(), vpc.CreateCreateVpcResponse()
	request.VpcName = name(plan.Contract, hosting.VPC)
	request.CidrBlock = network
	request.ClientToken = token(plan, hosting.VPC)
	request.Tag = &[]vpc.CreateVpcTag{{Key: tagKey, Value: plan.Contract}}
	err := s.do(ctx, s.region, request, response)
	return response.VpcId, err
}

func (s site) listVPCs(ctx context.Context, q query) ([]hosting.Tagged, error) {
	return pages(func(page int) ([]hosting.Tagged, int, error) {
		request, response := vpc.CreateDescribeVpcsRequest(), vpc.CreateDescribeVpcsResponse()
		request.PageNumber, request.PageSize = requests.NewInteger(page), requests.NewInteger(pageSize)
		request.VpcId = q.id
		if q.id == "" {
			request.Tag = &[]vpc.DescribeVpcsTag{{Key: tagKey, Value: q.contract}}
		}
		if err := s.do(ctx, s.region, request, response); err != nil {
			return nil, 0, err
		}
		var found []hosting.Tagged
		for _, v := range response.Vpcs.Vpc {
			found = append(found, hosting.Tagged{Contract: vpcOwner(v.Tags.Tag), Resource: s.resource(hosting.VPC, v.VpcId, v.Status, "Available")})
		}
		return found, response.TotalCount, nil
	})
}

func (s site) removeVPC(ctx context.Context, id string, _ standing) error {
	request := vpc.CreateDeleteVpcRequest()
	request.VpcId = id
	return s.do(ctx, s.region, request, vpc.CreateDeleteVpcResponse())
}

func (s site) orderVSwitch(ctx context.Context, plan hosting.Plan, have standing) (string, error) {
	request, response := vpc.CreateCreateVSwitchRequest(), vpc.CreateCreateVSwitchResponse()
	request.VSwitchName = name(plan.Contract, hosting.VSwitch)
	request.VpcId = have.id(hosting.VPC)
	request.ZoneId = plan.Zone
	request.CidrBlock = subnetwork
	request.ClientToken = token(plan, hosting.VSwitch)
	request.Tag = &[]vpc.CreateVSwitchTag{{Key: tagKey, Value: plan.Contract}}
	err := s.do(ctx, s.region, request, response)
	return response.VSwitchId, err
}

func (s site) listVSwitches(ctx context.Context, q query) ([]hosting.Tagged, error) {
	return pages(func(page int) ([]hosting.Tagged, int, error) {
		request, response := vpc.CreateDescribeVSwitchesRequest(), vpc.CreateDescribeVSwitchesResponse()
		request.PageNumber, request.PageSize = requests.NewInteger(page), requests.NewInteger(pageSize)
		request.VSwitchId, request.VpcId = q.id, q.of
		if q.id+q.of == "" {
			request.Tag = &[]vpc.DescribeVSwitchesTag{{Key: tagKey, Value: q.contract}}
		}
		if err := s.do(ctx, s.region, request, response); err != nil {
			return nil, 0, err
		}
		var found []hosting.Tagged
		for _, v := range response.VSwitches.VSwitch {
			found = append(found, hosting.Tagged{Contract: vpcOwner(v.Tags.Tag), Resource: s.resource(hosting.VSwitch, v.VSwitchId, v.Status, "Available")})
		}
		return found, response.TotalCount, nil
	})
}

func (s site) removeVSwitch(ctx context.Context, id string, _ standing) error {
	request := vpc.CreateDeleteVSwitchRequest()
	request.VSwitchId = id
	return s.do(ctx, s.region, request, vpc.CreateDeleteVSwitchResponse())
}
