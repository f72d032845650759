package aliyunsim

import (
	"cmp"
	"fmt"
	"net/http"

	"lvyue/internal/hosting"
)

const (
	noEIP = "InvalidAllocationId.NotFound"
	// ecsInstance is the only sort of thing that an address can be bound to here.
	ecsInstance = "EcsInstance"
)

func (s *state) eip(c call) (*thing, error) {
	return s.get(hosting.EIP, c.region(), c.text("AllocationId"), noEIP)
}

// wrongEIP is the refusal of what an address in its present state does not allow.
func wrongEIP(t *thing) error {
	return refuse(http.StatusBadRequest, "IncorrectEipStatus", "Current EIP status of %s does not support this operation.", t.ID)
}

// allocateEIP orders a pay-as-you-go address.
func allocateEIP(s *state, c call) (answer, error) {
	if charge := c.text("InstanceChargeType"); charge != "" && charge != "PostPaid" {
		return nil, refuse(http.StatusBadRequest, "InvalidParameter.NotSimulated", "InstanceChargeType %s is not simulated.", charge)
	}
	number := s.Ordered
	t := s.add("eip-", c.text("ClientToken"), thing{
		Kind: hosting.EIP, Region: c.region(), Name: c.text("Name"), Tags: c.tags(), Address: address(number),
		Bandwidth: cmp.Or(c.text("Bandwidth"), "5"), CreatedAt: c.now, ReadyAt: c.now,
	})
	return answer{"AllocationId": t.ID, "EipAddress": t.Address, "OrderId": int64(number) + 1, "ResourceGroupId": ""}, nil
}

// address lies in 198.18.0.0/15, which is set aside for benchmarks and leads nowhere.
func address(number int) string {
	return fmt.Sprintf("198.%d.%d.%d", 18+number>>16&1, number>>8&255, number&255)
}

// checkInstanceType refuses to bind or release anything but a server.
func (c call) checkInstanceType() error {
	if kind := c.text("InstanceType"); kind != "" && kind != ecsInstance {
		return refuse(http.StatusBadRequest, "InvalidParameter.NotSimulated", "InstanceType %s is not simulated.", kind)
	}
	return nil
}

func associateEIP(s *state, c call) (answer, error) {
	if err := c.checkInstanceType(); err != nil {
		return nil, err
	}
	t, err := s.eip(c)
	if err != nil {
		return nil, err
	}
	server, err := s.get(hosting.Server, c.region(), c.text("InstanceId"), noServer)
	switch {
	case err != nil:
		return nil, err
	case t.Instance != "":
		return nil, wrongEIP(t)
	case s.eipOf(server) != nil:
		return nil, refuse(http.StatusBadRequest, "InvalidAssociation.Duplicated", "The instance %s already has an EIP.", server.ID)
	}
	t.Instance = server.ID
	return answer{}, nil
}

// eipOf is the address that is bound to the server, nil for none.
func (s *state) eipOf(server *thing) *thing {
	bound := s.list(filter{kind: hosting.EIP, only: func(t *thing) bool { return t.Instance == server.ID }}, server.Region)
	for _, t := range bound {
		return t
	}
	return nil
}

func unassociateEIP(s *state, c call) (answer, error) {
	if err := c.checkInstanceType(); err != nil {
		return nil, err
	}
	t, err := s.eip(c)
	if err != nil {
		return nil, err
	}
	if t.Instance == "" || c.text("InstanceId") != "" && c.text("InstanceId") != t.Instance {
		return nil, wrongEIP(t)
	}
	t.Instance = ""
	return answer{}, nil
}

func releaseEIP(s *state, c call) (answer, error) {
	t, err := s.eip(c)
	if err != nil {
		return nil, err
	}
	if t.Instance != "" {
		return nil, wrongEIP(t)
	}
	delete(s.Things, t.ID)
	return answer{}, nil
}

func describeEIPs(s *state, c call) (answer, error) {
	f := filter{kind: hosting.EIP, ids: words(c.text("AllocationId")), tags: c.tags(), only: c.asksForEIP}
	p, err := c.page(s.list(f, c.region()), page{defaultSize: 10, limit: 100})
	if err != nil {
		return nil, err
	}
	return answer{
		"PageNumber": p.number, "PageSize": p.size, "TotalCount": p.of,
		"EipAddresses": answer{"EipAddress": p.each(func(t *thing) answer {
			return answer{
				"AllocationId": t.ID, "IpAddress": t.Address, "Name": t.Name, "RegionId": t.Region, "Status": t.status(c.now),
				"InstanceId": t.Instance, "InstanceType": either(t.Instance != "", ecsInstance, ""), "Bandwidth": t.Bandwidth,
				"ChargeType": "PostPaid", "AllocationTime": instant(t.CreatedAt), "Tags": answer{"Tag": pairs(t.Tags, "Key", "Value")},
			}
		})},
	}, nil
}

// asksForEIP narrows by what only addresses have.
func (c call) asksForEIP(t *thing) bool {
	for name, has := range map[string]string{
		"EipAddress": t.Address, "Status": t.status(c.now), "AssociatedInstanceId": t.Instance,
		"AssociatedInstanceType": either(t.Instance != "", ecsInstance, ""),
	} {
		if asked := c.text(name); asked != "" && asked != has {
			return false
		}
	}
	return true
}
