package aliyunsim

import (
	"fmt"
	"net/http"
	"slices"
	"strconv"

	"lvyue/internal/hosting"
)

func interfaceOperations() map[string]operation {
	return map[string]operation{
		"ecs DescribeNetworkInterfaces": describeInterfaces,
		"ecs DeleteNetworkInterface":    deleteInterface,
	}
}

// PlantNetworkInterface makes a further network interface in a subnetwork, on a server unless that is "", as somebody would in
// the console, and gives its id. It bears no tag.
func (s *Server) PlantNetworkInterface(vswitch, server string) (string, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	in, ok := s.state.Things[vswitch]
	if !ok || in.Kind != hosting.VSwitch {
		return "", fmt.Errorf("plant a network interface: there is no subnetwork %s", vswitch)
	}
	now := s.options.Clock()
	t := s.state.add("eni-", "", thing{
		Kind: hosting.NetworkInterface, Region: in.Region, Zone: in.Zone, VPC: in.VPC, VSwitch: in.ID, Instance: server, CreatedAt: now, ReadyAt: now,
	})
	return t.ID, nil
}

// bearer is the server that a network interface is on, "" when that is gone or there was none.
func (s *state) bearer(t *thing) string {
	if _, ok := s.Things[t.Instance]; ok {
		return t.Instance
	}
	return ""
}

// describeInterfaces knows the further ones only; those that come with servers go with them.
func describeInterfaces(s *state, c call) (answer, error) {
	var ids []string
	for n := 1; c.text("NetworkInterfaceId."+strconv.Itoa(n)) != ""; n++ {
		ids = append(ids, c.text("NetworkInterfaceId."+strconv.Itoa(n)))
	}
	things := s.list(filter{kind: hosting.NetworkInterface, ids: slices.Clip(ids), vpc: c.text("VpcId"), tags: c.tags()}, c.region())
	p, err := c.page(things, page{defaultSize: 10, limit: 500})
	if err != nil {
		return nil, err
	}
	return answer{
		"PageNumber": p.number, "PageSize": p.size, "TotalCount": p.of,
		"NetworkInterfaceSets": answer{"NetworkInterfaceSet": p.each(func(t *thing) answer {
			return answer{
				"NetworkInterfaceId": t.ID, "Type": "Secondary", "ServiceManaged": false, "VpcId": t.VPC, "VSwitchId": t.VSwitch, "ZoneId": t.Zone,
				"InstanceId": s.bearer(t), "Status": either(s.bearer(t) == "", "Available", "InUse"),
				"CreationTime": instant(t.CreatedAt), "Tags": answer{"Tag": pairs(t.Tags, "TagKey", "TagValue")},
			}
		})},
	}, nil
}

// deleteInterface refuses while a server has it. Like the vendor, it says nothing about one that is not there.
func deleteInterface(s *state, c call) (answer, error) {
	t, err := s.get(hosting.NetworkInterface, c.region(), c.text("NetworkInterfaceId"), "InvalidEniId.NotFound")
	if err != nil {
		return answer{}, nil //nolint:nilerr // the vendor's own silence
	}
	if s.bearer(t) != "" {
		return nil, refuse(http.StatusForbidden, "InvalidOperation.InvalidEniState", "The network interface %s is in use.", t.ID)
	}
	delete(s.Things, t.ID)
	return answer{}, nil
}
