package aliyunsim

import (
	"testing"
)

func TestEIPs_OutliveTheirServer(t *testing.T) {
	t.Parallel()
	c := newClient(t, Options{})
	network := c.network()
	server, other := c.server(network, ""), c.server(network, "")
	made := c.want("", "AllocateEipAddress", "Bandwidth=10&ClientToken=a&Name=door&Tag.1.Key=k&Tag.1.Value=v")
	id := made.id(t, "AllocationId")
	c.want("", "AssociateEipAddress", "InstanceType=EcsInstance&AllocationId="+id+"&InstanceId="+server)
	c.want("", "DescribeEipAddresses", "Tag.1.Key=k&AllocationId="+id).is(t, map[string]any{
		"TotalCount": 1, "EipAddresses.EipAddress.0.Status": "InUse", "EipAddresses.EipAddress.0.InstanceId": server,
		"EipAddresses.EipAddress.0.Bandwidth": "10", "EipAddresses.EipAddress.0.IpAddress": made.at("EipAddress"),
		"EipAddresses.EipAddress.0.InstanceType": "EcsInstance", "EipAddresses.EipAddress.0.Tags.Tag.0.Value": "v",
	})
	c.want("", "DescribeInstances", "InstanceIds="+list(server)).is(t, map[string]any{"Instances.Instance.0.EipAddress.AllocationId": id})
	c.want("", "DescribeInstances", "InstanceIds="+list(other)).is(t, map[string]any{"Instances.Instance.0.EipAddress": map[string]any{}})
	c.want("IncorrectEipStatus", "ReleaseEipAddress", "AllocationId="+id)
	c.want("IncorrectEipStatus", "AssociateEipAddress", "AllocationId="+id+"&InstanceId="+other)
	c.deletes(server)
	c.want("", "DescribeEipAddresses", "").is(t, map[string]any{
		"TotalCount": 1, "EipAddresses.EipAddress.0.Status": "Available", "EipAddresses.EipAddress.0.InstanceId": "",
	})
	if c.s.Left() != 5 {
		t.Errorf("%d left, want the network's three, a server and the address", c.s.Left())
	}
	c.want("", "ReleaseEipAddress", "AllocationId="+id)
	c.want(noEIP, "ReleaseEipAddress", "AllocationId="+id)
	c.want("", "DescribeEipAddresses", "").is(t, map[string]any{"TotalCount": 0, "EipAddresses.EipAddress": []any{}})
}

func TestEIPs_OneServerOneAddress(t *testing.T) {
	t.Parallel()
	c := newClient(t, Options{})
	server := c.server(c.network(), "")
	bind, loose := "AssociateEipAddress", "UnassociateEipAddress"
	first, second := c.want("", "AllocateEipAddress", ""), c.want("", "AllocateEipAddress", "")
	if first.at("EipAddress") == second.at("EipAddress") {
		t.Errorf("both are %s", first.at("EipAddress"))
	}
	a, b := "AllocationId="+first.id(t, "AllocationId"), "AllocationId="+second.id(t, "AllocationId")
	c.want(noEIP, bind, "AllocationId=eip-none&InstanceId="+server)
	c.want(noServer, bind, a+"&InstanceId=i-none")
	c.want("InvalidParameter.NotSimulated", bind, a+"&InstanceType=SlbInstance&InstanceId="+server)
	c.want("", bind, a+"&InstanceId="+server)
	c.want("InvalidAssociation.Duplicated", bind, b+"&InstanceId="+server)
	c.want("IncorrectEipStatus", loose, b)
	c.want("IncorrectEipStatus", loose, a+"&InstanceId=i-other")
	c.want("InvalidParameter.NotSimulated", loose, a+"&InstanceType=Nat")
	c.want(noEIP, loose, "AllocationId=eip-none")
	c.want("", loose, a+"&InstanceId="+server)
	c.want("", bind, b+"&InstanceId="+server)
	c.want("InvalidParameter.NotSimulated", "AllocateEipAddress", "InstanceChargeType=PrePaid")
}

func TestEIPs_AreFoundByWhatTheyAre(t *testing.T) {
	t.Parallel()
	c := newClient(t, Options{})
	server := c.server(c.network(), "")
	bound, free := c.want("", "AllocateEipAddress", "Tag.1.Key=k&Tag.1.Value=v"), c.want("", "AllocateEipAddress", "")
	c.want("", "AssociateEipAddress", "AllocationId="+bound.id(t, "AllocationId")+"&InstanceId="+server)
	for params, count := range map[string]int{
		"": 2, "Status=Available": 1, "Status=InUse": 1, "AssociatedInstanceType=EcsInstance": 1, "AssociatedInstanceType=Nat": 0,
		"AssociatedInstanceId=" + server + "&AssociatedInstanceType=EcsInstance": 1,
		"AssociatedInstanceId=i-none":                                            0, "EipAddress=" + free.id(t, "EipAddress"): 1, "Tag.1.Key=k&Tag.1.Value=v": 1,
		"Tag.1.Key=k&Tag.1.Value=w": 0, "PageSize=1&PageNumber=2": 2, "AllocationId=" + bound.id(t, "AllocationId") + "," + free.id(t, "AllocationId"): 2,
	} {
		c.want("", "DescribeEipAddresses", params).is(t, map[string]any{"TotalCount": count})
	}
}
