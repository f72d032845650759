package aliyunsim

import (
	"testing"
)

func TestSnapshots_OutliveTheirDiskAndServer(t *testing.T) {
	t.Parallel()
	c := newClient(t, Options{})
	server := c.server(c.network(), "Tag.1.Key=k&Tag.1.Value=v")
	disk := c.want("", "DescribeDisks", "DiskType=data&InstanceId="+server).id(t, "Disks.Disk.0.DiskId")
	snapshot := c.want("", "CreateSnapshot", "SnapshotName=before&ClientToken=a&DiskId="+disk).id(t, "SnapshotId")
	c.want("", "ResizeDisk", "NewSize=300&DiskId="+disk)
	c.deletes(server)
	c.want("", "DescribeDisks", "").is(t, map[string]any{"TotalCount": 0})
	c.want("", "DescribeSnapshots", "SnapshotType=all&DiskId="+disk).is(t, map[string]any{
		"TotalCount": 1, "Snapshots.Snapshot.0.SnapshotId": snapshot, "Snapshots.Snapshot.0.Status": "accomplished",
		"Snapshots.Snapshot.0.Progress": "100%", "Snapshots.Snapshot.0.SourceDiskSize": "100",
		"Snapshots.Snapshot.0.SourceDiskType": "data", "Snapshots.Snapshot.0.Usage": "none", "Snapshots.Snapshot.0.Tags.Tag": []any{},
	})
	if c.s.Created() != 5 || c.s.Left() != 4 { // the network's three and the snapshot
		t.Errorf("%d ordered, %d left", c.s.Created(), c.s.Left())
	}
	c.want("", "DeleteSnapshot", "SnapshotId="+snapshot)
	c.want("", "DeleteSnapshot", "Force=true&SnapshotId="+snapshot) // the vendor does not mind
	c.want("", "DescribeSnapshots", "").is(t, map[string]any{"TotalCount": 0, "Snapshots.Snapshot": []any{}})
	c.want(noDisk, "CreateSnapshot", "DiskId="+disk)
}

func TestSnapshots_AreFoundByTagDiskAndId(t *testing.T) {
	t.Parallel()
	c := newClient(t, Options{})
	disk := c.want("", "CreateDisk", "ZoneId="+zone+"&DiskCategory=cloud_essd&Size=20").id(t, "DiskId")
	tagged := c.want("", "CreateSnapshot", "Tag.1.Key=k&Tag.1.Value=v&DiskId="+disk).id(t, "SnapshotId")
	bare := c.want("", "CreateSnapshot", "DiskId="+disk).id(t, "SnapshotId")
	for params, count := range map[string]int{
		"": 2, "Tag.1.Key=k": 1, "Tag.1.Key=k&Tag.1.Value=w": 0, "DiskId=" + disk: 2, "DiskId=d-none": 0,
		"SnapshotIds=" + list(bare): 1, "SnapshotIds=" + list(bare, tagged): 2, "SnapshotType=user": 2, "SnapshotType=auto": 0,
	} {
		c.want("", "DescribeSnapshots", params).is(t, map[string]any{"TotalCount": count})
	}
	c.want("InvalidParameter", "DescribeSnapshots", "SnapshotIds="+bare)
}

func TestSnapshots_ADiskFromOneIsNoSmaller(t *testing.T) {
	t.Parallel()
	c := newClient(t, Options{})
	const order = "ZoneId=" + zone + "&DiskCategory=cloud_essd"
	disk := c.want("", "CreateDisk", order+"&Size=50").id(t, "DiskId")
	from := "&SnapshotId=" + c.want("", "CreateSnapshot", "DiskId="+disk).id(t, "SnapshotId")
	c.want("InvalidDiskSize.TooSmall", "CreateDisk", order+from+"&Size=49")
	c.want("", "CreateDisk", order+from+"&Size=50")
	again := c.want("", "CreateDisk", order+from).id(t, "DiskId")
	c.want("", "DescribeDisks", "DiskIds="+list(again)).is(t, map[string]any{"Disks.Disk.0.Size": 50})
	c.want(noSnapshot, "CreateDisk", order+"&SnapshotId=s-none")
}

// §7.2 needs the order: an image first, then the snapshots that it was made of.
func TestImages_HoldTheirSnapshots(t *testing.T) {
	t.Parallel()
	c := newClient(t, Options{})
	server := c.server(c.network(), "Tag.1.Key=k&Tag.1.Value=v")
	image := c.want("", "CreateImage", "ImageName=node&Tag.1.Key=k&Tag.1.Value=v&InstanceId="+server).id(t, "ImageId")
	if c.s.Created() != 5 || c.s.Left() != 7 { // three, the server, the image and its two snapshots
		t.Errorf("%d ordered, %d left", c.s.Created(), c.s.Left())
	}
	c.deletes(server)
	seen := c.want("", "DescribeImages", "ImageOwnerAlias=self&Tag.1.Key=k&ImageId="+image)
	seen.is(t, map[string]any{
		"TotalCount": 1, "Images.Image.0.Status": "Available", "Images.Image.0.ImageOwnerAlias": "self",
		"Images.Image.0.DiskDeviceMappings.DiskDeviceMapping.0.Type": "system",
		"Images.Image.0.DiskDeviceMappings.DiskDeviceMapping.1.Size": "100",
	})
	system := seen.id(t, "Images.Image.0.DiskDeviceMappings.DiskDeviceMapping.0.SnapshotId")
	data := seen.id(t, "Images.Image.0.DiskDeviceMappings.DiskDeviceMapping.1.SnapshotId")
	c.want("", "DescribeImages", "SnapshotId="+data).is(t, map[string]any{"TotalCount": 1})
	c.want("", "DescribeImages", "ImageOwnerAlias=system").is(t, map[string]any{"TotalCount": 0, "Images.Image": []any{}})
	c.want("", "DescribeSnapshots", "Tag.1.Key=k").is(t, map[string]any{"TotalCount": 0})
	c.want("", "DescribeSnapshots", "SnapshotIds="+list(system)).is(t, map[string]any{"Snapshots.Snapshot.0.Usage": "image"})
	c.want("SnapshotCreatedImage", "DeleteSnapshot", "Force=true&SnapshotId="+system)
	c.want("", "DeleteImage", "Force=true&ImageId="+image)
	c.want("", "DeleteImage", "ImageId="+image) // the vendor does not mind
	if c.s.Left() != 5 {
		t.Errorf("%d left, want the network's three and two snapshots", c.s.Left())
	}
	c.want("", "DeleteSnapshot", "SnapshotId="+system)
	c.want("", "DeleteSnapshot", "SnapshotId="+data)
	if c.s.Left() != 3 {
		t.Errorf("%d left, want the network's three", c.s.Left())
	}
}

func TestImages_AreMadeOfWhatIsThere(t *testing.T) {
	t.Parallel()
	c := newClient(t, Options{})
	network := c.network()
	disk := c.want("", "CreateDisk", "ZoneId="+zone+"&DiskCategory=cloud_essd&Size=50").id(t, "DiskId")
	snapshot := c.want("", "CreateSnapshot", "DiskId="+disk).id(t, "SnapshotId")
	c.want("MissingParameter", "CreateImage", "ImageName=a")
	c.want(noServer, "CreateImage", "InstanceId=i-none")
	c.want(noSnapshot, "CreateImage", "SnapshotId=s-none")
	image := c.want("", "CreateImage", "ImageName=a&SnapshotId="+snapshot).id(t, "ImageId")
	c.want("InvalidImageName.Duplicated", "CreateImage", "ImageName=a&SnapshotId="+snapshot)
	c.want("", "CreateImage", "ImageName=b&SnapshotId="+snapshot)
	server := c.server(network, "ImageId="+image)
	c.want("ImageUsingByInstance", "DeleteImage", "ImageId="+image)
	c.want("", "DescribeImages", "Status=Creating,Available").is(t, map[string]any{"TotalCount": 2})
	c.want("", "DescribeImages", "Status=Creating").is(t, map[string]any{"TotalCount": 0})
	c.deletes(server)
	c.want("", "DeleteImage", "ImageId="+image)
	c.want("", "DescribeImages", "").is(t, map[string]any{"TotalCount": 1})
}

func TestSnapshotPolicies_StayWhenTheirDisksGo(t *testing.T) {
	t.Parallel()
	c := newClient(t, Options{})
	const rule = "regionId=" + here + `&timePoints=["1","13"]&repeatWeekdays=["1","7"]`
	policy := c.want("", "CreateAutoSnapshotPolicy", rule+"&retentionDays=7&autoSnapshotPolicyName=daily&Tag.1.Key=k&Tag.1.Value=v").id(t, "AutoSnapshotPolicyId")
	server := c.server(c.network(), "SystemDisk.AutoSnapshotPolicyId="+policy)
	data := c.want("", "DescribeDisks", "DiskType=data").id(t, "Disks.Disk.0.DiskId")
	apply := "regionId=" + here + "&autoSnapshotPolicyId=" + policy + "&diskIds="
	c.want("", "ApplyAutoSnapshotPolicy", apply+list(data))
	c.want("", "DescribeDisks", "DiskIds="+list(data)).is(t, map[string]any{
		"Disks.Disk.0.AutoSnapshotPolicyId": policy, "Disks.Disk.0.EnableAutomatedSnapshotPolicy": true,
	})
	c.want("", "DescribeAutoSnapshotPolicyEx", "Tag.1.Key=k&AutoSnapshotPolicyId="+policy).is(t, map[string]any{
		"TotalCount": 1, "AutoSnapshotPolicies.AutoSnapshotPolicy.0.DiskNums": 2, "AutoSnapshotPolicies.AutoSnapshotPolicy.0.RetentionDays": 7,
		"AutoSnapshotPolicies.AutoSnapshotPolicy.0.TimePoints": `["1","13"]`, "AutoSnapshotPolicies.AutoSnapshotPolicy.0.AutoSnapshotPolicyName": "daily",
	})
	c.want("", "CancelAutoSnapshotPolicy", "regionId="+here+"&autoSnapshotPolicyId=sp-other&diskIds="+list(data))
	c.want("", "DescribeAutoSnapshotPolicyEx", "").is(t, map[string]any{"AutoSnapshotPolicies.AutoSnapshotPolicy.0.DiskNums": 2})
	c.want("", "CancelAutoSnapshotPolicy", "regionId="+here+"&diskIds="+list(data))
	c.want("", "DescribeAutoSnapshotPolicyEx", "").is(t, map[string]any{"AutoSnapshotPolicies.AutoSnapshotPolicy.0.DiskNums": 1})
	c.deletes(server)
	c.want("", "DescribeAutoSnapshotPolicyEx", "").is(t, map[string]any{"TotalCount": 1, "AutoSnapshotPolicies.AutoSnapshotPolicy.0.DiskNums": 0})
	c.want("", "DeleteAutoSnapshotPolicy", "regionId="+here+"&autoSnapshotPolicyId="+policy)
	c.want(noPolicy, "DeleteAutoSnapshotPolicy", "regionId="+here+"&autoSnapshotPolicyId="+policy)
	c.want(noPolicy, "ApplyAutoSnapshotPolicy", apply+list(data))
}

func TestSnapshotPolicies_DeletionFreesTheDisks(t *testing.T) {
	t.Parallel()
	c := newClient(t, Options{})
	policy := c.want("", "CreateAutoSnapshotPolicy", "regionId="+here+`&timePoints=["0"]&repeatWeekdays=["1"]&retentionDays=-1`).id(t, "AutoSnapshotPolicyId")
	disk := c.want("", "CreateDisk", "ZoneId="+zone+"&DiskCategory=cloud_essd&Size=50").id(t, "DiskId")
	apply := "regionId=" + here + "&autoSnapshotPolicyId=" + policy + "&diskIds="
	c.want(noDisk, "ApplyAutoSnapshotPolicy", apply+list(disk, "d-none"))
	c.want("", "DescribeDisks", "").is(t, map[string]any{"Disks.Disk.0.AutoSnapshotPolicyId": ""})
	c.want("", "ApplyAutoSnapshotPolicy", apply+list(disk))
	c.want("", "DeleteAutoSnapshotPolicy", "regionId="+here+"&autoSnapshotPolicyId="+policy)
	c.want("", "DescribeDisks", "").is(t, map[string]any{"Disks.Disk.0.AutoSnapshotPolicyId": ""})
	c.want("InvalidParameter", "CancelAutoSnapshotPolicy", "regionId="+here+"&diskIds="+disk)
}

func TestSnapshotPolicies_HaveTheVendorsBounds(t *testing.T) {
	t.Parallel()
	c := newClient(t, Options{})
	for _, tt := range []struct{ hours, weekdays, days, code string }{
		{`["0","23"]`, `["1","7"]`, "1", ""},
		{`["0"]`, `["1"]`, "-1", ""},
		{`["0"]`, `["1"]`, "65536", ""},
		{`["24"]`, `["1"]`, "1", "InvalidParameter"},
		{`[]`, `["1"]`, "1", "InvalidParameter"},
		{`0`, `["1"]`, "1", "InvalidParameter"},
		{`["0"]`, `["0"]`, "1", "InvalidParameter"},
		{`["0"]`, `["8"]`, "1", "InvalidParameter"},
		{`["0"]`, `["1"]`, "0", "InvalidParameter"},
		{`["0"]`, `["1"]`, "65537", "InvalidParameter"},
		{`["0"]`, `["1"]`, "", "InvalidParameter"},
		{``, `["1"]`, "1", "MissingParameter"},
	} {
		c.want(tt.code, "CreateAutoSnapshotPolicy", "regionId="+here+"&timePoints="+tt.hours+"&repeatWeekdays="+tt.weekdays+"&retentionDays="+tt.days)
	}
	elsewhere := c.want("", "CreateAutoSnapshotPolicy", "regionId=cn-hangzhou"+`&timePoints=["0"]&repeatWeekdays=["1"]&retentionDays=1`).id(t, "AutoSnapshotPolicyId")
	c.want(noPolicy, "DeleteAutoSnapshotPolicy", "regionId="+here+"&autoSnapshotPolicyId="+elsewhere)
	c.want("MissingParameter", "CreateAutoSnapshotPolicy", `timePoints=["1"]&repeatWeekdays=["1"]&retentionDays=1`)
	c.want("InvalidParameter", "CreateAutoSnapshotPolicy", "RetentionDays=1&regionId="+here)
}
