package aliyunsim

import (
	"testing"
)

// tags are asked for at the vendor's product for load balancers: others have operations of the same name.
const ofBalancers = "ResourceType=instance&"

// balanced is a server in a network, and a load balancer of the internet.
func (c *client) balanced() (server, balancer string) {
	c.t.Helper()
	server = c.server(c.network(), "")
	return server, c.want("", "CreateLoadBalancer", "AddressType=internet&LoadBalancerName=door&Tag.1.Key=k&Tag.1.Value=v").id(c.t, "LoadBalancerId")
}

func TestBalancers_AreOrderedOnceAndFound(t *testing.T) {
	t.Parallel()
	c := newClient(t, Options{})
	server, id := c.balanced()
	first := c.want("", "CreateLoadBalancer", "ClientToken=a")
	if again := c.want("", "CreateLoadBalancer", "ClientToken=a"); again.at("LoadBalancerId") != first.at("LoadBalancerId") {
		t.Errorf("ordered twice: %s", again.text)
	}
	c.want("IdempotentParameterMismatch", "CreateLoadBalancer", "ClientToken=a&LoadBalancerName=other")
	if mine := c.want("", "DescribeLoadBalancerAttribute", "LoadBalancerId="+id); mine.at("Address") == first.at("Address") {
		t.Errorf("two have the address %v", first.at("Address"))
	}
	c.want("", "AddBackendServers", "LoadBalancerId="+id+"&BackendServers="+list(server))
	for params, count := range map[string]int{
		"": 2, "Tag.1.Key=k&Tag.1.Value=v": 1, "Tag.1.Key=k&Tag.1.Value=w": 0, "LoadBalancerId=" + id: 1, "ServerId=" + server: 1,
		"ServerId=i-none": 0, "VpcId=vpc-none": 0, "VSwitchId=vsw-none": 0, "Address=" + first.id(t, "Address"): 1, "PageSize=1&PageNumber=2": 2,
	} {
		c.want("", "DescribeLoadBalancers", params).is(t, map[string]any{"TotalCount": count})
	}
	c.want("", "DescribeLoadBalancers", "ServerId="+server).is(t, map[string]any{
		"LoadBalancers.LoadBalancer.0.LoadBalancerId": id, "LoadBalancers.LoadBalancer.0.LoadBalancerStatus": "active",
		"LoadBalancers.LoadBalancer.0.AddressType": internet, "LoadBalancers.LoadBalancer.0.Tags.Tag.0.TagValue": "v",
	})
	c.want("InvalidParameter.NotSimulated", "CreateLoadBalancer", "PayType=PrePay")
	c.want("InvalidParameter", "CreateLoadBalancer", "AddressType=both")
	c.want(noVSwitch, "CreateLoadBalancer", "AddressType=intranet&VSwitchId=vsw-none")
	c.want("InvalidParameter", "CreateLoadBalancer", "AddressType=internet&VSwitchId=vsw-none")
}

func TestBalancers_AreNotDeletedWhileProtected(t *testing.T) {
	t.Parallel()
	c := newClient(t, Options{})
	id := c.want("", "CreateLoadBalancer", "DeleteProtection=on").id(t, "LoadBalancerId")
	this := "LoadBalancerId=" + id
	c.want("", "DescribeLoadBalancerAttribute", this).is(t, map[string]any{"DeleteProtection": "on"})
	c.want("OperationDenied.DeleteProtectionIsOn", "DeleteLoadBalancer", this)
	c.want("InvalidParameter", "SetLoadBalancerDeleteProtection", this+"&DeleteProtection=none")
	c.want("", "SetLoadBalancerDeleteProtection", this+"&DeleteProtection=off")
	c.want("", "DeleteLoadBalancer", this)
	for _, action := range []string{"DeleteLoadBalancer", "DescribeLoadBalancerAttribute", "DescribeHealthStatus"} {
		c.want(noBalancer, action, this)
	}
	c.want(noBalancer, "SetLoadBalancerDeleteProtection", this+"&DeleteProtection=on")
	c.want(noBalancer, "AddBackendServers", this+"&BackendServers="+list("i-1"))
	c.want(noBalancer, "StartLoadBalancerListener", this+"&ListenerPort=80")
	c.want(noBalancer, "CreateLoadBalancerHTTPListener", this+"&ListenerPort=80&BackendServerPort=80&HealthCheck=off")
	if c.s.Left() != 0 {
		t.Errorf("%d left", c.s.Left())
	}
}

// A network cannot be deleted before the load balancer that stands in it.
func TestBalancers_HoldTheirNetwork(t *testing.T) {
	t.Parallel()
	c := newClient(t, Options{})
	vpc := c.want("", "CreateVpc", "CidrBlock=10.0.0.0/16").id(t, "VpcId")
	vswitch := c.want("", "CreateVSwitch", "VpcId="+vpc+"&ZoneId="+zone+"&CidrBlock=10.0.0.0/20").id(t, "VSwitchId")
	id := c.want("", "CreateLoadBalancer", "AddressType=intranet&VSwitchId="+vswitch+"&VpcId="+vpc).id(t, "LoadBalancerId")
	c.want("", "DescribeLoadBalancers", "VpcId="+vpc+"&VSwitchId="+vswitch).is(t, map[string]any{
		"TotalCount": 1, "LoadBalancers.LoadBalancer.0.NetworkType": "vpc", "LoadBalancers.LoadBalancer.0.AddressType": intranet,
	})
	c.want("DependencyViolation", "DeleteVSwitch", "VSwitchId="+vswitch)
	c.want("DependencyViolation.VSwitch", "DeleteVpc", "VpcId="+vpc)
	c.want("InvalidParameter", "AddBackendServers", "LoadBalancerId="+id+"&BackendServers="+list(c.server(c.network(), "")))
	c.want("", "DeleteLoadBalancer", "LoadBalancerId="+id)
	c.want("", "DeleteVSwitch", "VSwitchId="+vswitch)
}

func TestBackends_AreEachThereOnce(t *testing.T) {
	t.Parallel()
	c := newClient(t, Options{})
	server, id := c.balanced()
	this := "LoadBalancerId=" + id + "&BackendServers="
	c.want("", "AddBackendServers", this+`[{"ServerId":"`+server+`","Weight":"100","Type":"ecs"}]`)
	c.want("", "AddBackendServers", this+`[{"ServerId":"`+server+`","Weight":50}]`).is(t, map[string]any{
		"BackendServers.BackendServer.0.Weight": 100, "BackendServers.BackendServer.1": nil,
	})
	c.want("", "SetBackendServers", this+`[{"ServerId":"`+server+`","Weight":0}]`).is(t, map[string]any{"BackendServers.BackendServer.0.Weight": 0})
	for given, code := range map[string]string{
		"": "InvalidParameter", "[]": "InvalidParameter", `[{}]`: "InvalidParameter", `[{"ServerId":"i-none"}]`: "ObtainIpFail",
		`[{"ServerId":"` + server + `","Weight":101}]`: "InvalidParameter", `[{"ServerId":"` + server + `","Weight":-1}]`: "InvalidParameter",
		`[{"ServerId":"` + server + `","Type":"eni"}]`: "InvalidParameter.NotSimulated",
	} {
		c.want(code, "AddBackendServers", this+given)
	}
	c.want("InvalidParameter", "SetBackendServers", this+list("i-none"))
	c.want("", "RemoveBackendServers", this+list(server))
	c.want("", "RemoveBackendServers", this+list(server)).is(t, map[string]any{"BackendServers.BackendServer": []any{}})
	c.want("", "AddBackendServers", this+list(server))
	c.deletes(server)
	c.want("", "DescribeLoadBalancerAttribute", "LoadBalancerId="+id).is(t, map[string]any{"BackendServers.BackendServer": []any{}})
}

func TestListeners_AreMadeStopped(t *testing.T) {
	t.Parallel()
	c := newClient(t, Options{})
	network := c.network()
	server, id := c.server(network, ""), c.want("", "CreateLoadBalancer", "").id(t, "LoadBalancerId")
	c.opens(network, "8080/8080")
	this := "LoadBalancerId=" + id
	c.want("", "AddBackendServers", this+"&BackendServers="+list(server))
	c.want("InvalidParameter", "StartLoadBalancerListener", this+"&ListenerPort=80")
	c.want("MissingParameter", "CreateLoadBalancerHTTPListener", this+"&ListenerPort=80&HealthCheck=on")
	c.want("", "CreateLoadBalancerHTTPListener", this+"&ListenerPort=80&BackendServerPort=8080&HealthCheck=off")
	c.want("", "CreateLoadBalancerTCPListener", this+"&ListenerPort=443&BackendServerPort=443&Bandwidth=-1")
	c.want("ListenerAlreadyExists", "CreateLoadBalancerTCPListener", this+"&ListenerPort=80&BackendServerPort=80&Bandwidth=-1")
	for _, ports := range []string{
		"&ListenerPort=0&BackendServerPort=80", "&ListenerPort=65536&BackendServerPort=80", "&ListenerPort=8080&BackendServerPort=0",
	} {
		c.want("InvalidParameter", "CreateLoadBalancerHTTPListener", this+ports+"&HealthCheck=off")
	}
	c.want("InvalidParameter", "CreateLoadBalancerHTTPListener", this+"&ListenerPort=81&BackendServerPort=80&HealthCheck=maybe")
	c.want("InvalidParameter", "CreateLoadBalancerTCPListener", this+"&ListenerPort=81&BackendServerPort=80&Bandwidth=-1&HealthCheckType=udp")
	c.want("", "DescribeLoadBalancerAttribute", this).is(t, map[string]any{
		"ListenerPorts.ListenerPort.0": 80, "ListenerPorts.ListenerPort.1": 443,
		"ListenerPortsAndProtocol.ListenerPortAndProtocol.1.ListenerProtocol": "tcp",
	})
	c.want("", "DescribeHealthStatus", this+"&ListenerPort=80").is(t, map[string]any{
		"BackendServers.BackendServer.0.ServerHealthStatus": "unavailable", "BackendServers.BackendServer.0.Port": 8080, "BackendServers.BackendServer.1": nil,
	})
	c.want("", "StartLoadBalancerListener", this+"&ListenerPort=80")
	c.want("OperationFailed.ListenerStatusNotSupport", "StartLoadBalancerListener", this+"&ListenerPort=80")
	c.want("", "DescribeHealthStatus", this).is(t, map[string]any{
		"BackendServers.BackendServer.0.ServerHealthStatus": "normal", "BackendServers.BackendServer.1.ServerHealthStatus": "unavailable",
	})
}

func TestBalancers_AreTagged(t *testing.T) {
	t.Parallel()
	c := newClient(t, Options{})
	_, id := c.balanced()
	c.want("InvalidResourceType.NotFound", "slb TagResources", "ResourceType=listener&ResourceId.1="+id+"&Tag.1.Key=a")
	c.want("MissingParameter", "slb TagResources", ofBalancers+"ResourceId.1="+id)
	c.want("MissingParameter", "slb TagResources", ofBalancers+"Tag.1.Key=a")
	c.want("InvalidResourceId.NotFound", "slb TagResources", ofBalancers+"ResourceId.1=lb-none&Tag.1.Key=a")
	c.want("", "slb TagResources", ofBalancers+"ResourceId.1="+id+"&Tag.1.Key=a&Tag.1.Value=b")
	c.want("", "slb ListTagResources", ofBalancers+"Tag.1.Key=a").is(t, map[string]any{
		"TagResources.TagResource.0.TagKey": "a", "TagResources.TagResource.1.TagKey": "k", "TagResources.TagResource.1.ResourceId": id,
	})
	c.want("", "slb ListTagResources", ofBalancers+"ResourceId.1=lb-none").is(t, map[string]any{"TagResources.TagResource": []any{}})
	c.want("MissingParameter", "slb ListTagResources", "ResourceType=instance")
	c.want("InvalidResourceType.NotFound", "slb ListTagResources", "ResourceType=listener&ResourceId.1="+id)
}
