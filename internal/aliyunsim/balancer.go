package aliyunsim

import (
	"net/http"
	"slices"
	"strings"

	"lvyue/internal/hosting"
)

// noBalancer is the vendor's code for a load balancer that is not there.
const noBalancer = "InvalidLoadBalancerId.NotFound"

// The two sorts of load balancers: one is reached from everywhere, the other from its own network alone.
const (
	internet = "internet"
	intranet = "intranet"
)

// on and off are the vendor's words for a switch.
const (
	on  = "on"
	off = "off"
)

// balancer is what there is to a load balancer beside its address. One on the internet stands in no network.
type balancer struct {
	// Protected keeps it from being deleted.
	Protected bool       `json:"protected,omitempty"`
	Backends  []backend  `json:"backends,omitempty"`
	Listeners []listener `json:"listeners,omitempty"`

	turn int // how many requests it has spread
}

// balancerOperations are those of the vendor's classic load balancers.
func balancerOperations() map[string]operation {
	return map[string]operation{
		"slb CreateLoadBalancer":              createBalancer,
		"slb DescribeLoadBalancers":           describeBalancers,
		"slb DescribeLoadBalancerAttribute":   describeBalancer,
		"slb SetLoadBalancerDeleteProtection": protectBalancer,
		"slb DeleteLoadBalancer":              deleteBalancer,
		"slb AddBackendServers":               addBackends,
		"slb SetBackendServers":               setBackends,
		"slb RemoveBackendServers":            removeBackends,
		"slb CreateLoadBalancerHTTPListener":  createHTTPListener,
		"slb CreateLoadBalancerTCPListener":   createTCPListener,
		"slb StartLoadBalancerListener":       startListener,
		"slb DescribeHealthStatus":            describeHealth,
		"slb TagResources":                    tagBalancers,
		"slb ListTagResources":                listBalancerTags,
	}
}

func (s *state) balancer(c call) (*thing, error) {
	return s.get(hosting.LoadBalancer, c.region(), c.text("LoadBalancerId"), noBalancer)
}

// createBalancer orders a pay-as-you-go load balancer; one of the internet has its address with it.
func createBalancer(s *state, c call) (answer, error) {
	if pays := c.text("PayType"); pays != "" && pays != "PayOnDemand" {
		return nil, refuse(http.StatusBadRequest, "InvalidParameter.NotSimulated", "PayType %s is not simulated.", pays)
	}
	made := thing{
		Kind: hosting.LoadBalancer, Region: c.region(), Zone: c.text("MasterZoneId"), Name: c.text("LoadBalancerName"), Tags: c.tags(),
		Address: address(s.Ordered), CreatedAt: c.now, ReadyAt: c.now, Balancer: &balancer{Protected: c.text("DeleteProtection") == on},
	}
	switch c.text("AddressType") {
	case "", internet:
		if c.text("VSwitchId") != "" {
			return nil, invalid("A load balancer of the internet stands in no VSwitch.")
		}
	case intranet:
		vswitch, err := s.get(hosting.VSwitch, c.region(), c.text("VSwitchId"), noVSwitch)
		if err != nil {
			return nil, err
		}
		made.VPC, made.VSwitch = vswitch.VPC, vswitch.ID
	default:
		return nil, invalid("The value of AddressType must be internet or intranet.")
	}
	t := s.add("lb-", c.text("ClientToken"), made)
	return answer{
		"LoadBalancerId": t.ID, "LoadBalancerName": t.Name, "Address": t.Address, "AddressIPVersion": "ipv4",
		"NetworkType": t.networkType(), "VpcId": t.VPC, "VSwitchId": t.VSwitch, "ResourceGroupId": "", "OrderId": 0,
	}, nil
}

func (t *thing) addressType() string { return either(t.VSwitch == "", internet, intranet) }
func (t *thing) networkType() string { return either(t.VSwitch == "", "classic", "vpc") }

func describeBalancers(s *state, c call) (answer, error) {
	f := filter{
		kind: hosting.LoadBalancer, ids: words(c.text("LoadBalancerId")), vpc: c.text("VpcId"), tags: c.tags(), only: c.asksForBalancer,
	}
	p, err := c.page(s.list(f, c.region()), page{defaultSize: 50, limit: 100})
	if err != nil {
		return nil, err
	}
	return answer{
		"PageNumber": p.number, "PageSize": p.size, "TotalCount": p.of,
		"LoadBalancers": answer{"LoadBalancer": p.each(func(t *thing) answer { return t.described(c) })},
	}, nil
}

// asksForBalancer narrows by what only load balancers have.
func (c call) asksForBalancer(t *thing) bool {
	served := strings.FieldsFunc(c.text("ServerId"), func(r rune) bool { return r == ',' })
	serves := len(served) == 0 || slices.ContainsFunc(served, t.Balancer.serves)
	return serves && (c.text("VSwitchId") == "" || c.text("VSwitchId") == t.VSwitch) &&
		(c.text("Address") == "" || c.text("Address") == t.Address)
}

func describeBalancer(s *state, c call) (answer, error) {
	t, err := s.balancer(c)
	if err != nil {
		return nil, err
	}
	ports, protocols := []int{}, []answer{}
	for _, l := range t.Balancer.Listeners {
		ports = append(ports, l.Port)
		protocols = append(protocols, answer{"ListenerPort": l.Port, "ListenerProtocol": l.Protocol})
	}
	described := t.described(c)
	described["BackendServers"] = answer{"BackendServer": t.Balancer.backends()}
	described["ListenerPorts"] = answer{"ListenerPort": ports}
	described["ListenerPortsAndProtocol"] = answer{"ListenerPortAndProtocol": protocols}
	return described, nil
}

// described is what all answers say of a load balancer.
func (t *thing) described(c call) answer {
	return answer{
		"LoadBalancerId": t.ID, "LoadBalancerName": t.Name, "LoadBalancerStatus": t.status(c.now), "Address": t.Address,
		"AddressType": t.addressType(), "NetworkType": t.networkType(), "RegionId": t.Region, "MasterZoneId": t.Zone,
		"VpcId": t.VPC, "VSwitchId": t.VSwitch, "PayType": "PayOnDemand", "DeleteProtection": either(t.Balancer.Protected, on, off),
		"CreateTime": instant(t.CreatedAt), "Tags": answer{"Tag": pairs(t.Tags, "TagKey", "TagValue")},
	}
}

func protectBalancer(s *state, c call) (answer, error) {
	t, err := s.balancer(c)
	if err != nil {
		return nil, err
	}
	wanted := c.text("DeleteProtection")
	if wanted != on && wanted != off {
		return nil, invalid("The value of DeleteProtection must be on or off.")
	}
	t.Balancer.Protected = wanted == on
	return answer{}, nil
}

// deleteBalancer takes listeners and tags along; the servers behind it stay.
func deleteBalancer(s *state, c call) (answer, error) {
	t, err := s.balancer(c)
	if err != nil {
		return nil, err
	}
	if t.Balancer.Protected {
		return nil, refuse(http.StatusBadRequest, "OperationDenied.DeleteProtectionIsOn",
			"The loadbalancer can not be deleted due to DeleteProtection is enabled.")
	}
	delete(s.Things, t.ID)
	return answer{}, nil
}
