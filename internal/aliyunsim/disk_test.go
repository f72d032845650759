package aliyunsim

import (
	"testing"
)

func TestDisks_AServerComesWithItsOwn(t *testing.T) {
	t.Parallel()
	c := newClient(t, Options{})
	network := c.network()
	server := c.server(network, "SystemDisk.Size=60&SystemDisk.Category=cloud_essd&DataDisk.1.PerformanceLevel=PL1&DataDisk.2.Size=200"+
		"&DataDisk.2.DeleteWithInstance=false&DataDisk.2.DiskName=archive&Tag.1.Key=lvyue:contract&Tag.1.Value=HT-1")
	c.server(network, "")
	c.want("", "DescribeDisks", "InstanceId="+server+"&DiskType=system").is(t, map[string]any{
		"TotalCount": 1, "Disks.Disk.0.Size": 60, "Disks.Disk.0.Category": "cloud_essd", "Disks.Disk.0.Type": "system",
		"Disks.Disk.0.Status": "In_use", "Disks.Disk.0.DeleteWithInstance": true, "Disks.Disk.0.Portable": false,
		"Disks.Disk.0.ZoneId": zone, "Disks.Disk.0.InstanceId": server,
	})
	c.want("", "DescribeDisks", "Tag.1.Key=lvyue:contract&Tag.1.Value=HT-1&PageSize=2").is(t, map[string]any{
		"TotalCount": 3, "PageSize": 2, "Disks.Disk.2": nil, "Disks.Disk.1.Tags.Tag.0.TagValue": "HT-1",
	})
	data := c.want("", "DescribeDisks", "InstanceId="+server+"&DiskType=data")
	stays := map[any]any{}
	for _, n := range []string{"0", "1"} {
		stays[data.at("Disks.Disk."+n+".Size")] = data.at("Disks.Disk." + n + ".DeleteWithInstance")
	}
	if data.at("TotalCount") != 2.0 || stays[100.0] != true || stays[200.0] != false {
		t.Errorf("the data disks: %s", data.text)
	}
	c.want("", "DescribeDisks", "DiskIds="+list(data.id(t, "Disks.Disk.1.DiskId"))).is(t, map[string]any{"TotalCount": 1})
	c.want("InvalidParameter", "DescribeDisks", "DiskIds=d-1")
	c.want("InvalidParameter", "DescribeDisks", "PageSize=101")
}

// The rehearsal's report counts the five pieces of a deployment, whatever comes along with them.
func TestDisks_WhatComesWithAServerIsNoOrder(t *testing.T) {
	t.Parallel()
	c := newClient(t, Options{})
	server := c.server(c.network(), "")
	if c.s.Created() != 4 || c.s.Left() != 4 {
		t.Errorf("%d ordered, %d left, want 4", c.s.Created(), c.s.Left())
	}
	c.want("", "CreateDisk", "ZoneId="+zone+"&DiskCategory=cloud_essd&Size=20")
	if c.s.Created() != 5 || c.s.Left() != 5 {
		t.Errorf("with a disk of its own: %d ordered, %d left, want 5", c.s.Created(), c.s.Left())
	}
	c.deletes(server)
	if c.s.Left() != 4 {
		t.Errorf("without the server: %d left, want 4", c.s.Left())
	}
}

func TestDisks_WhatIsNotToGoWithTheServerStays(t *testing.T) {
	t.Parallel()
	c := newClient(t, Options{})
	server := c.server(c.network(), "DataDisk.2.Size=200&DataDisk.2.DeleteWithInstance=false")
	later := c.want("", "CreateDisk", "ZoneId="+zone+"&DiskCategory=cloud_essd&Size=30&ClientToken=later").id(t, "DiskId")
	c.want("", "AttachDisk", "DiskId="+later+"&InstanceId="+server)
	if c.s.Left() != 6 { // the network's three, the server, and two disks that will stay
		t.Errorf("%d left, want 6", c.s.Left())
	}
	c.deletes(server)
	c.want("", "DescribeDisks", "Status=Available").is(t, map[string]any{"TotalCount": 2})
	c.want("", "DescribeDisks", "").is(t, map[string]any{"TotalCount": 2, "Disks.Disk.0.InstanceId": ""})
}

func TestDisks_AnAttributeDecidesWhatGoes(t *testing.T) {
	t.Parallel()
	c := newClient(t, Options{})
	server := c.server(c.network(), "DataDisk.2.Size=200&DataDisk.2.DeleteWithInstance=false")
	disks := c.want("", "DescribeDisks", "InstanceId="+server)
	for _, n := range []string{"0", "1", "2"} {
		c.want("", "ModifyDiskAttribute", "DeleteWithInstance=true&DeleteAutoSnapshot=true&DiskId="+disks.id(t, "Disks.Disk."+n+".DiskId"))
	}
	c.want("MissingParameter", "ModifyDiskAttribute", "DeleteWithInstance=true")
	c.want(noDisk, "ModifyDiskAttribute", "DiskId=d-none")
	c.deletes(server)
	c.want("", "DescribeDisks", "").is(t, map[string]any{"TotalCount": 0, "Disks.Disk": []any{}})
}

func TestDisks_AreMadeInTheirZoneOnce(t *testing.T) {
	t.Parallel()
	c := newClient(t, Options{})
	const order = "ZoneId=" + zone + "&DiskCategory=cloud_essd&Size=20&ClientToken=a&Tag.1.Key=k&Tag.1.Value=v"
	first, again := c.want("", "CreateDisk", order), c.want("", "CreateDisk", order)
	if first.id(t, "DiskId") != again.id(t, "DiskId") || c.s.Created() != 1 {
		t.Errorf("%d made under one token", c.s.Created())
	}
	c.want("MissingParameter", "CreateDisk", "ZoneId="+zone+"&Size=20")
	c.want("InvalidZoneId.NotFound", "CreateDisk", "ZoneId=cn-hangzhou-h&DiskCategory=cloud_essd&Size=20")
	c.want("InvalidDiskSize.TooSmall", "CreateDisk", "ZoneId="+zone+"&DiskCategory=cloud_essd")
	c.want("InvalidParameter.NotSimulated", "CreateDisk", order+"&InstanceId=i-1")
	c.want("", "DescribeDisks", "Tag.1.Key=k").is(t, map[string]any{"TotalCount": 1, "Disks.Disk.0.Status": "Available"})
}

func TestDisks_AttachedOnlyWhenFreeAndNear(t *testing.T) {
	t.Parallel()
	c := newClient(t, Options{})
	server := c.server(c.network(), "")
	near := c.want("", "CreateDisk", "ZoneId="+zone+"&DiskCategory=cloud_essd&Size=20").id(t, "DiskId")
	far := c.want("", "CreateDisk", "ZoneId=cn-beijing-k&DiskCategory=cloud_essd&Size=20").id(t, "DiskId")
	c.want("ResourcesNotInSameZone", "AttachDisk", "DiskId="+far+"&InstanceId="+server)
	c.want(noServer, "AttachDisk", "DiskId="+near+"&InstanceId=i-none")
	c.want(noDisk, "AttachDisk", "DiskId=d-none&InstanceId="+server)
	c.want("", "AttachDisk", "DeleteWithInstance=true&DiskId="+near+"&InstanceId="+server)
	c.want("IncorrectDiskStatus", "AttachDisk", "DiskId="+near+"&InstanceId="+server)
	c.deletes(server)
	c.want("", "DescribeDisks", "DiskIds="+list(near, far)).is(t, map[string]any{"TotalCount": 1, "Disks.Disk.0.DiskId": far})
}

func TestDisks_DeletedOnlyWhenDetached(t *testing.T) {
	t.Parallel()
	c := newClient(t, Options{})
	network := c.network()
	server, other := c.server(network, ""), c.server(network, "")
	system := c.want("", "DescribeDisks", "DiskType=system&InstanceId="+server).id(t, "Disks.Disk.0.DiskId")
	data := c.want("", "DescribeDisks", "DiskType=data&InstanceId="+server).id(t, "Disks.Disk.0.DiskId")
	c.want("IncorrectDiskStatus", "DeleteDisk", "DiskId="+data)
	c.want("IncorrectDiskStatus", "DetachDisk", "DiskId="+data+"&InstanceId="+other)
	c.want("IncorrectInstanceStatus", "DetachDisk", "DiskId="+system+"&InstanceId="+server)
	c.want(noServer, "DetachDisk", "DiskId="+data+"&InstanceId=i-none")
	c.want(noDisk, "DetachDisk", "DiskId=d-none&InstanceId="+server)
	c.want("", "DetachDisk", "DiskId="+data+"&InstanceId="+server)
	c.want("IncorrectDiskStatus", "DetachDisk", "DiskId="+data+"&InstanceId="+server)
	c.want("", "DeleteDisk", "DiskId="+data)
	c.want(noDisk, "DeleteDisk", "DiskId="+data)
}

func TestDisks_OnlyGrow(t *testing.T) {
	t.Parallel()
	c := newClient(t, Options{})
	id := c.want("", "CreateDisk", "ZoneId="+zone+"&DiskCategory=cloud_essd&Size=20").id(t, "DiskId")
	c.want("InvalidDiskSize.TooSmall", "ResizeDisk", "NewSize=20&DiskId="+id)
	c.want("InvalidParameter", "ResizeDisk", "NewSize=21&Type=now&DiskId="+id)
	c.want(noDisk, "ResizeDisk", "NewSize=21&DiskId=d-none")
	for range 2 { // the second is the first's repetition
		c.want("", "ResizeDisk", "NewSize=21&Type=online&ClientToken=grow&DiskId="+id)
	}
	c.want("", "DescribeDisks", "").is(t, map[string]any{"Disks.Disk.0.Size": 21})
}

func TestDisks_AnOrderThatCannotStandLeavesNothing(t *testing.T) {
	t.Parallel()
	c := newClient(t, Options{})
	network := c.network()
	c.want("MissingParameter", "RunInstances", network+"&DataDisk.1.Category=cloud_essd")
	c.want("InvalidDiskSize.NotSupported", "RunInstances", network+"&DataDisk.1.Size=-1")
	c.want("InvalidDiskSize.NotSupported", "RunInstances", network+"&DataDisk.1.Size=0")
	c.want("InvalidDiskSize.NotSupported", "RunInstances", network+"&SystemDisk.Size=big")
	c.want("InvalidAutoSnapshotPolicyId.NotFound", "RunInstances", network+"&SystemDisk.AutoSnapshotPolicyId=sp-none")
	c.want("InvalidAutoSnapshotPolicyId.NotFound", "RunInstances", network+"&DataDisk.1.Size=20&DataDisk.1.AutoSnapshotPolicyId=sp-none")
	c.want(noImage, "RunInstances", network+"&ImageId=m-none")
	if c.s.Left() != 3 {
		t.Errorf("%d left, want the network's three", c.s.Left())
	}
}
