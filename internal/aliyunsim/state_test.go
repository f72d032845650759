package aliyunsim

import (
	"path/filepath"
	"testing"
)

func TestState_WhatCouldBeLeftOutlivesARestart(t *testing.T) {
	t.Parallel()
	options := Options{StateFile: filepath.Join(t.TempDir(), "account.json")}
	c := newClient(t, options)
	server := c.server(c.network(), "DataDisk.2.Size=200&DataDisk.2.DeleteWithInstance=false")
	disk := c.want("", "DescribeDisks", "DiskType=system").id(t, "Disks.Disk.0.DiskId")
	c.want("", "CreateImage", "InstanceId="+server)
	policy := c.want("", "CreateAutoSnapshotPolicy", "regionId="+here+`&timePoints=["0"]&repeatWeekdays=["1"]&retentionDays=-1`).id(t, "AutoSnapshotPolicyId")
	c.want("", "ApplyAutoSnapshotPolicy", "regionId="+here+"&autoSnapshotPolicyId="+policy+"&diskIds="+list(disk))
	eip := c.want("", "AllocateEipAddress", "").id(t, "AllocationId")
	c.want("", "AssociateEipAddress", "AllocationId="+eip+"&InstanceId="+server)
	c.want("", "CreateBackup", "DBInstanceId="+c.database())
	created, left := c.s.Created(), c.s.Left()

	again := newClient(t, options) // beside the first, whose file it reads
	if again.s.Created() != created || again.s.Left() != left {
		t.Errorf("%d ordered, %d left; before: %d, %d", again.s.Created(), again.s.Left(), created, left)
	}
	again.want("", "DescribeDisks", "DiskIds="+list(disk)).is(t, map[string]any{"Disks.Disk.0.AutoSnapshotPolicyId": policy})
	again.want("", "DescribeImages", "").is(t, map[string]any{"Images.Image.0.DiskDeviceMappings.DiskDeviceMapping.2.Type": "data"})
	again.deletes(server)
	again.want("", "DescribeDisks", "").is(t, map[string]any{"TotalCount": 1, "Disks.Disk.0.Size": 200})
	again.want("", "DescribeEipAddresses", "").is(t, map[string]any{"EipAddresses.EipAddress.0.Status": "Available"})
}
