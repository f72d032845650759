package aliyun

import (
	"context"

	"github.com/aliyun/alibaba-cloud-sdk-go/sdk/requests"
	"github.com/aliyun/alibaba-cloud-sdk-go/services/ecs"

	"lvyue/internal/hosting"
)

// listInterfaces finds network interfaces by tag, by id, or by the network that they are in: those that somebody made. The
// first one of a server goes with it, and so does one that the vendor keeps for a service of its own.
func (s site) listInterfaces(ctx context.Context, q query) ([]hosting.Tagged, error) {
	interfaces, err := s.interfaces(ctx, q)
	var found []hosting.Tagged
	for _, i := range interfaces {
		if i.Type == "Secondary" && !i.ServiceManaged {
			found = append(found, hosting.Tagged{
				Contract: ecsOwner(i.Tags.Tag), Resource: s.resource(hosting.NetworkInterface, i.NetworkInterfaceId, i.Status, "InUse"),
			})
		}
	}
	return found, err
}

func (s site) interfaces(ctx context.Context, q query) ([]ecs.NetworkInterfaceSet, error) {
	return pages(func(page int) ([]ecs.NetworkInterfaceSet, int, error) {
		request, response := ecs.CreateDescribeNetworkInterfacesRequest(), ecs.CreateDescribeNetworkInterfacesResponse()
		request.PageNumber, request.PageSize = requests.NewInteger(page), requests.NewInteger(pageSize)
		switch {
		case q.id != "":
			request.NetworkInterfaceId = &[]string{q.id}
		case q.of != "":
			request.VpcId = q.of
		default:
			request.Tag = &[]ecs.DescribeNetworkInterfacesTag{{Key: tagKey, Value: q.contract}}
		}
		err := s.do(ctx, s.region, request, response)
		return response.NetworkInterfaceSets.NetworkInterfaceSet, response.TotalCount, err
	})
}

// removeInterface deletes a network interface that is on no server any more. One on a server that is not known to be the
// contract's is left alone: a person decides.
func (s site) removeInterface(ctx context.Context, id string, known standing) error {
	interfaces, err := s.interfaces(ctx, query{id: id})
	if err != nil {
		return err
	}
	for _, i := range interfaces {
		if i.InstanceId != "" && !known.has(i.InstanceId) {
			return strange(hosting.NetworkInterface, id, "it is on server "+i.InstanceId+", which is not this contract's")
		}
	}
	request := ecs.CreateDeleteNetworkInterfaceRequest()
	request.NetworkInterfaceId = id
	return s.do(ctx, s.region, request, ecs.CreateDeleteNetworkInterfaceResponse())
}
