package aliyun

import (
	"context"

	"github.com/aliyun/alibaba-cloud-sdk-go/sdk/requests"
	"github.com/aliyun/alibaba-cloud-sdk-go/services/slb"

	"lvyue/internal/hosting"
)

// The words of the vendor's load balancers.
const (
	active      = "active"
	switchedOn  = "on"
	switchedOff = "off"
)

// listBalancers finds load balancers by tag, by id, by the network that they stand in, or by a server behind them: one of
// the internet stands in no network.
func (s site) listBalancers(ctx context.Context, q query) ([]hosting.Tagged, error) {
	return pages(func(page int) ([]hosting.Tagged, int, error) {
		request, response := slb.CreateDescribeLoadBalancersRequest(), slb.CreateDescribeLoadBalancersResponse()
		request.PageNumber, request.PageSize = requests.NewInteger(page), requests.NewInteger(pageSize)
		switch {
		case q.id != "":
			request.LoadBalancerId = q.id
		case q.kind == hosting.VPC:
			request.VpcId = q.of
		case q.kind == hosting.Server:
			request.ServerId = q.of
		default:
			request.Tag = &[]slb.DescribeLoadBalancersTag{{Key: tagKey, Value: q.contract}}
		}
		if err := s.do(ctx, s.region, request, response); err != nil {
			return nil, 0, err
		}
		var found []hosting.Tagged
		for _, b := range response.LoadBalancers.LoadBalancer {
			found = append(found, hosting.Tagged{Contract: slbOwner(b.Tags.Tag), Resource: s.balancerResource(b.LoadBalancerId, b.LoadBalancerStatus, b.Address)})
		}
		return found, response.TotalCount, nil
	})
}

func (s site) balancerResource(id, status, address string) hosting.Resource {
	found := s.resource(hosting.LoadBalancer, id, status, active)
	found.Address = address
	return found
}

func slbOwner(tags []slb.Tag) string {
	for _, t := range tags {
		if t.TagKey == tagKey {
			return t.TagValue
		}
	}
	return ""
}

// balancer is a load balancer with all that there is to it; an error of class absent if it is gone.
func (s site) balancer(ctx context.Context, id string) (*slb.DescribeLoadBalancerAttributeResponse, error) {
	request, response := slb.CreateDescribeLoadBalancerAttributeRequest(), slb.CreateDescribeLoadBalancerAttributeResponse()
	request.LoadBalancerId = id
	err := s.do(ctx, s.region, request, response)
	return response, err
}

// removeBalancer deletes a load balancer, protected or not, with its listeners. One that serves a server which is not known
// to be the contract's is left alone: a person decides.
func (s site) removeBalancer(ctx context.Context, id string, known standing) error {
	b, err := s.balancer(ctx, id)
	if err != nil {
		return err
	}
	for _, served := range b.BackendServers.BackendServer {
		if !known.has(served.ServerId) {
			return strange(hosting.LoadBalancer, id, "it serves "+served.ServerId+", which is not this contract's")
		}
	}
	if b.DeleteProtection == switchedOn {
		request := slb.CreateSetLoadBalancerDeleteProtectionRequest()
		request.LoadBalancerId, request.DeleteProtection = id, switchedOff
		if err := s.do(ctx, s.region, request, slb.CreateSetLoadBalancerDeleteProtectionResponse()); err != nil {
			return err
		}
	}
	request := slb.CreateDeleteLoadBalancerRequest()
	request.LoadBalancerId = id
	return s.do(ctx, s.region, request, slb.CreateDeleteLoadBalancerResponse())
}
