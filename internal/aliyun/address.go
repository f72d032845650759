package aliyun

import (
	"context"

	"github.com/aliyun/alibaba-cloud-sdk-go/sdk/requests"
	"github.com/aliyun/alibaba-cloud-sdk-go/services/vpc"

	"lvyue/internal/hosting"
)

// listAddresses finds public addresses by tag, by id, or by the server that they lead to.
func (s site) listAddresses(ctx context.Context, q query) ([]hosting.Tagged, error) {
	addresses, err := s.addresses(ctx, q)
	var found []hosting.Tagged
	for _, a := range addresses {
		found = append(found, hosting.Tagged{Contract: vpcOwner(a.Tags.Tag), Resource: s.resource(hosting.EIP, a.AllocationId, a.Status, "InUse")})
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
