package aliyun

import (
	"context"
	"slices"

	"github.com/aliyun/alibaba-cloud-sdk-go/sdk/requests"
	"github.com/aliyun/alibaba-cloud-sdk-go/services/vpc"

	"lvyue/internal/hosting"
)

// bandwidth is an address's most, in Mbit/s; what is paid is the traffic.
const bandwidth = "100"

// orderAddress orders a pay-as-you-go public address. The library lacks its tags, which the vendor knows.
func (s site) orderAddress(ctx context.Context, plan hosting.Plan, _ standing) (string, error) {
	request, response := vpc.CreateAllocateEipAddressRequest(), vpc.CreateAllocateEipAddressResponse()
	request.Name = name(plan.Contract, hosting.EIP)
	request.InstanceChargeType, request.InternetChargeType, request.Bandwidth = "PostPaid", "PayByTraffic", bandwidth
	request.ClientToken = token(plan, hosting.EIP)
	request.QueryParams["Tag.1.Key"], request.QueryParams["Tag.1.Value"] = tagKey, plan.Contract
	err := s.do(ctx, s.region, request, response)
	return response.AllocationId, err
}

// leadIn lets the public address lead to the server, once that runs. It bears no token: one that was taken off by hand
// must be bound again, and one that is bound cannot be bound twice.
func (s site) leadIn(ctx context.Context, have standing) (standing, error) {
	id := have.id(hosting.EIP)
	if !have.usable(hosting.Server) || id == "" || have.usable(hosting.EIP) {
		return have, nil
	}
	request := vpc.CreateAssociateEipAddressRequest()
	request.AllocationId, request.InstanceId, request.InstanceType = id, have.id(hosting.Server), "EcsInstance"
	err := s.do(ctx, s.region, request, vpc.CreateAssociateEipAddressResponse())
	if err != nil && !is(err, waiting) {
		return have, err
	}
	seen, err := plain(s.listAddresses(ctx, query{id: id}))
	if err != nil || len(seen) == 0 {
		return have, err
	}
	others := slices.DeleteFunc(slices.Clone(have), func(r hosting.Resource) bool { return r.Kind == hosting.EIP && r.ID == id })
	return append(others, seen...), nil
}

// listAddresses finds public addresses by tag, by id, or by the server that they lead to.
func (s site) listAddresses(ctx context.Context, q query) ([]hosting.Tagged, error) {
	addresses, err := s.addresses(ctx, q)
	var found []hosting.Tagged
	for _, a := range addresses {
		address := s.resource(hosting.EIP, a.AllocationId, a.Status, "InUse")
		address.Address = a.IpAddress
		found = append(found, hosting.Tagged{Contract: vpcOwner(a.Tags.Tag), Resource: address})
	}
	return found, err
}

func (s site) addresses(ctx context.Context, q query) ([]vpc.EipAddress, error) {
	return pages(func(page int) ([]vpc.EipAddress, int, error) {
		request, response := vpc.CreateDescribeEipAddressesRequest(), vpc.CreateDescribeEipAddressesResponse()
		request.PageNumber, request.PageSize = requests.NewInteger(page), requests.NewInteger(pageSize)
		switch {
		case q.id != "":
			request.AllocationId = q.id
		case q.of != "":
			request.AssociatedInstanceType, request.AssociatedInstanceId = "EcsInstance", q.of
		default:
			request.Tag = &[]vpc.DescribeEipAddressesTag{{Key: tagKey, Value: q.contract}}
		}
		err := s.do(ctx, s.region, request, response)
		return response.EipAddresses.EipAddress, response.TotalCount, err
	})
}

// removeAddress gives an address back. One that leads to something of the contract is taken off first: the next look gives
// it back. If it leads elsewhere, a person decides.
func (s site) removeAddress(ctx context.Context, id string, known standing) error {
	addresses, err := s.addresses(ctx, query{id: id})
	if err != nil {
		return err
	}
	for _, a := range addresses {
		if a.InstanceId == "" {
			continue
		}
		if !known.has(a.InstanceId) {
			return strange(hosting.EIP, id, "it leads to "+a.InstanceId+", which is not this contract's")
		}
		request := vpc.CreateUnassociateEipAddressRequest()
		request.AllocationId, request.InstanceId, request.InstanceType = id, a.InstanceId, a.InstanceType
		return s.do(ctx, s.region, request, vpc.CreateUnassociateEipAddressResponse())
	}
	request := vpc.CreateReleaseEipAddressRequest()
	request.AllocationId = id
	return s.do(ctx, s.region, request, vpc.CreateReleaseEipAddressResponse())
}
