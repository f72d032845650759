package aliyun

import (
	"strconv"
	"testing"

	"github.com/aliyun/alibaba-cloud-sdk-go/sdk/requests"
	"github.com/aliyun/alibaba-cloud-sdk-go/sdk/responses"
	"github.com/aliyun/alibaba-cloud-sdk-go/services/ecs"
	"github.com/aliyun/alibaba-cloud-sdk-go/services/rds"
	"github.com/aliyun/alibaba-cloud-sdk-go/services/vpc"

	"lvyue/internal/hosting"
)

// This file asks, through the vendor's own client, for what a careless destruction leaves behind.

// must sends a request that has to succeed and fills the response.
func (b *bench) must(t *testing.T, request requests.AcsRequest, response responses.AcsResponse) {
	t.Helper()
	if err := b.do(t.Context(), hosting.DefaultRegion, request, response); err != nil {
		t.Fatal(err)
	}
}

// refuses insists on the vendor's code.
func (b *bench) refuses(t *testing.T, want string, request requests.AcsRequest) {
	t.Helper()
	if got, _ := b.code(t, request); got != want {
		t.Errorf("%s: %q, want %q", request.GetActionName(), got, want)
	}
}

// disks gives the disks of the contract, of a server when one is named.
func (b *bench) disks(t *testing.T, server string) []ecs.Disk {
	t.Helper()
	request, response := ecs.CreateDescribeDisksRequest(), ecs.CreateDescribeDisksResponse()
	request.Tag = &[]ecs.DescribeDisksTag{{Key: tagKey, Value: b.plan.Contract}}
	request.InstanceId, request.PageSize = server, requests.NewInteger(100)
	b.must(t, request, response)
	if response.TotalCount != len(response.Disks.Disk) {
		t.Errorf("%d of %d disks", len(response.Disks.Disk), response.TotalCount)
	}
	return response.Disks.Disk
}

func (b *bench) deleteServer(t *testing.T, id string) {
	t.Helper()
	request := ecs.CreateDeleteInstanceRequest()
	request.InstanceId, request.Force = id, requests.NewBoolean(true)
	b.must(t, request, ecs.CreateDeleteInstanceResponse())
}

func TestSimulator_DisksGoWithTheirServerOrStay(t *testing.T) {
	t.Parallel()
	b := setup(t, 0)
	server := standing(b.ensure(t)).id(hosting.Server)
	own := b.disks(t, server)
	if len(own) != 2 || b.sim.Created() != 5 || b.sim.Left() != 5 {
		t.Fatalf("%d created, %d left, disks %+v", b.sim.Created(), b.sim.Left(), own)
	}
	for _, d := range own {
		if want := map[string]int{"system": systemDiskGB, "data": b.plan.ServerDiskGB}[d.Type]; d.Size != want || !d.DeleteWithInstance || d.Status != "In_use" {
			t.Errorf("the server's disk %+v, want %d GiB", d, want)
		}
	}
	create, created := ecs.CreateCreateDiskRequest(), ecs.CreateCreateDiskResponse()
	create.ZoneId, create.DiskCategory, create.Size, create.ClientToken = own[0].ZoneId, "cloud_essd", requests.NewInteger(20), "disk-1"
	create.Tag = &[]ecs.CreateDiskTag{{Key: tagKey, Value: b.plan.Contract}}
	b.must(t, create, created)
	attach := ecs.CreateAttachDiskRequest()
	attach.DiskId, attach.InstanceId = created.DiskId, server
	b.must(t, attach, ecs.CreateAttachDiskResponse())
	resize := ecs.CreateResizeDiskRequest()
	resize.DiskId, resize.Type, resize.NewSize = created.DiskId, "online", requests.NewInteger(20)
	b.refuses(t, "InvalidDiskSize.TooSmall", resize)
	grow := ecs.CreateResizeDiskRequest()
	grow.DiskId, grow.Type, grow.NewSize = created.DiskId, "online", requests.NewInteger(21)
	b.must(t, grow, ecs.CreateResizeDiskResponse())
	remove := func() *ecs.DeleteDiskRequest {
		request := ecs.CreateDeleteDiskRequest()
		request.DiskId = created.DiskId
		return request
	}
	b.refuses(t, "IncorrectDiskStatus", remove())
	b.deleteServer(t, server)
	if left := b.disks(t, ""); len(left) != 1 || left[0].DiskId != created.DiskId || left[0].Size != 21 || left[0].Status != "Available" {
		t.Errorf("left %+v", left)
	}
	b.must(t, remove(), ecs.CreateDeleteDiskResponse())
	b.refuses(t, "InvalidDiskId.NotFound", remove())
}

func TestSimulator_ADetachedDiskIsFree(t *testing.T) {
	t.Parallel()
	b := setup(t, 0)
	server := standing(b.ensure(t)).id(hosting.Server)
	for _, d := range b.disks(t, server) {
		change := ecs.CreateModifyDiskAttributeRequest()
		change.DiskId, change.DeleteWithInstance, change.DeleteAutoSnapshot = d.DiskId, requests.NewBoolean(false), requests.NewBoolean(true)
		b.must(t, change, ecs.CreateModifyDiskAttributeResponse())
		detach := ecs.CreateDetachDiskRequest()
		detach.DiskId, detach.InstanceId = d.DiskId, server
		b.refuses(t, map[string]string{"system": "IncorrectInstanceStatus"}[d.Type], detach)
	}
	b.deleteServer(t, server)
	if left := b.disks(t, ""); len(left) != 2 {
		t.Errorf("left %+v", left)
	}
}

func TestSimulator_SnapshotsAndImagesOutliveTheServer(t *testing.T) {
	t.Parallel()
	b := setup(t, 0)
	server := standing(b.ensure(t)).id(hosting.Server)
	snap, snapped := ecs.CreateCreateSnapshotRequest(), ecs.CreateCreateSnapshotResponse()
	snap.DiskId, snap.SnapshotName, snap.ClientToken = b.disks(t, server)[0].DiskId, "before", "snap-1"
	snap.Tag = &[]ecs.CreateSnapshotTag{{Key: tagKey, Value: b.plan.Contract}}
	b.must(t, snap, snapped)
	create, made := ecs.CreateCreateImageRequest(), ecs.CreateCreateImageResponse()
	create.InstanceId, create.ImageName = server, "node"
	create.Tag = &[]ecs.CreateImageTag{{Key: tagKey, Value: b.plan.Contract}}
	b.must(t, create, made)
	b.deleteServer(t, server)

	images := ecs.CreateDescribeImagesResponse()
	list := ecs.CreateDescribeImagesRequest()
	list.ImageOwnerAlias, list.ImageId = "self", made.ImageId
	list.Tag = &[]ecs.DescribeImagesTag{{Key: tagKey, Value: b.plan.Contract}}
	b.must(t, list, images)
	if images.TotalCount != 1 || len(images.Images.Image) != 1 || images.Images.Image[0].Status != "Available" ||
		len(images.Images.Image[0].DiskDeviceMappings.DiskDeviceMapping) != 2 {
		t.Fatalf("images %+v", images.Images)
	}
	find, found := ecs.CreateDescribeSnapshotsRequest(), ecs.CreateDescribeSnapshotsResponse()
	find.SnapshotType, find.PageSize = "all", requests.NewInteger(100)
	b.must(t, find, found)
	if found.TotalCount != 3 || len(found.Snapshots.Snapshot) != 3 {
		t.Fatalf("snapshots %+v", found.Snapshots)
	}
	remove := func(id string) *ecs.DeleteSnapshotRequest {
		request := ecs.CreateDeleteSnapshotRequest()
		request.SnapshotId, request.Force = id, requests.NewBoolean(true)
		return request
	}
	for _, s := range found.Snapshots.Snapshot {
		if s.Status != "accomplished" || s.Progress != "100%" || (s.SnapshotId == snapped.SnapshotId) != (s.Usage == "none") {
			t.Errorf("snapshot %+v", s)
		}
		b.refuses(t, map[string]string{"image": "SnapshotCreatedImage"}[s.Usage], remove(s.SnapshotId))
	}
	drop := ecs.CreateDeleteImageRequest()
	drop.ImageId, drop.Force = made.ImageId, requests.NewBoolean(true)
	b.must(t, drop, ecs.CreateDeleteImageResponse())
	for _, s := range found.Snapshots.Snapshot {
		b.must(t, remove(s.SnapshotId), ecs.CreateDeleteSnapshotResponse())
	}
	b.must(t, ecs.CreateDescribeSnapshotsRequest(), found)
	if left := b.sim.Left(); left != 4 {
		t.Errorf("%d left, want the deployment without its server", left)
	}
}

// lower sets a parameter whose spelling the library does not know.
func lower(request *requests.RpcRequest) {
	request.QueryParams["regionId"] = hosting.DefaultRegion
}

func TestSimulator_ASnapshotPolicyOutlivesTheServer(t *testing.T) {
	t.Parallel()
	b := setup(t, 0)
	server := standing(b.ensure(t)).id(hosting.Server)
	create, created := ecs.CreateCreateAutoSnapshotPolicyRequest(), ecs.CreateCreateAutoSnapshotPolicyResponse()
	create.AutoSnapshotPolicyName, create.TimePoints, create.RepeatWeekdays = "daily", `["1"]`, `["1","7"]`
	create.RetentionDays = requests.NewInteger(7)
	create.Tag = &[]ecs.CreateAutoSnapshotPolicyTag{{Key: tagKey, Value: b.plan.Contract}}
	lower(create.RpcRequest)
	b.must(t, create, created)
	disk := b.disks(t, server)[0].DiskId
	apply := ecs.CreateApplyAutoSnapshotPolicyRequest()
	apply.AutoSnapshotPolicyId, apply.DiskIds = created.AutoSnapshotPolicyId, `["`+disk+`"]`
	lower(apply.RpcRequest)
	b.must(t, apply, ecs.CreateApplyAutoSnapshotPolicyResponse())
	count := func(want, disks int) {
		t.Helper()
		request, response := ecs.CreateDescribeAutoSnapshotPolicyExRequest(), ecs.CreateDescribeAutoSnapshotPolicyExResponse()
		request.Tag = &[]ecs.DescribeAutoSnapshotPolicyExTag{{Key: tagKey, Value: b.plan.Contract}}
		request.AutoSnapshotPolicyId = created.AutoSnapshotPolicyId
		b.must(t, request, response)
		if got := response.AutoSnapshotPolicies.AutoSnapshotPolicy; len(got) != want || want == 1 && got[0].DiskNums != disks {
			t.Errorf("policies %+v", got)
		}
	}
	count(1, 1)
	cancel := ecs.CreateCancelAutoSnapshotPolicyRequest()
	cancel.DiskIds = `["` + disk + `"]`
	lower(cancel.RpcRequest)
	b.must(t, cancel, ecs.CreateCancelAutoSnapshotPolicyResponse())
	b.deleteServer(t, server)
	count(1, 0)
	remove := ecs.CreateDeleteAutoSnapshotPolicyRequest()
	remove.AutoSnapshotPolicyId = created.AutoSnapshotPolicyId
	lower(remove.RpcRequest)
	b.must(t, remove, ecs.CreateDeleteAutoSnapshotPolicyResponse())
	count(0, 0)
}

func TestSimulator_AnEIPOutlivesTheServer(t *testing.T) {
	t.Parallel()
	b := setup(t, 0)
	server := standing(b.ensure(t)).id(hosting.Server)
	allocate, allocated := vpc.CreateAllocateEipAddressRequest(), vpc.CreateAllocateEipAddressResponse()
	allocate.Bandwidth, allocate.ClientToken = "10", "eip-1"
	allocate.QueryParams["Tag.1.Key"], allocate.QueryParams["Tag.1.Value"] = tagKey, b.plan.Contract
	b.must(t, allocate, allocated)
	bind := vpc.CreateAssociateEipAddressRequest()
	bind.AllocationId, bind.InstanceId, bind.InstanceType = allocated.AllocationId, server, "EcsInstance"
	b.must(t, bind, vpc.CreateAssociateEipAddressResponse())
	status := func() string {
		request, response := vpc.CreateDescribeEipAddressesRequest(), vpc.CreateDescribeEipAddressesResponse()
		request.Tag = &[]vpc.DescribeEipAddressesTag{{Key: tagKey, Value: b.plan.Contract}}
		b.must(t, request, response)
		for _, e := range response.EipAddresses.EipAddress {
			return e.Status + " " + e.InstanceId + " " + strconv.FormatBool(e.IpAddress == allocated.EipAddress)
		}
		return ""
	}
	if got := status(); got != "InUse "+server+" true" {
		t.Errorf("bound: %q", got)
	}
	release := func() *vpc.ReleaseEipAddressRequest {
		request := vpc.CreateReleaseEipAddressRequest()
		request.AllocationId = allocated.AllocationId
		return request
	}
	b.refuses(t, "IncorrectEipStatus", release())
	loose := vpc.CreateUnassociateEipAddressRequest()
	loose.AllocationId, loose.InstanceId = allocated.AllocationId, server
	b.must(t, loose, vpc.CreateUnassociateEipAddressResponse())
	again := vpc.CreateAssociateEipAddressRequest()
	again.AllocationId, again.InstanceId = allocated.AllocationId, server
	b.must(t, again, vpc.CreateAssociateEipAddressResponse())
	b.deleteServer(t, server)
	if got := status(); got != "Available  true" {
		t.Errorf("after the server: %q", got)
	}
	b.must(t, release(), vpc.CreateReleaseEipAddressResponse())
	b.refuses(t, "InvalidAllocationId.NotFound", release())
}

func TestSimulator_BackupsOnDemand(t *testing.T) {
	t.Parallel()
	b := setup(t, 0)
	database := standing(b.ensure(t)).id(hosting.Database)
	take, taken := rds.CreateCreateBackupRequest(), rds.CreateCreateBackupResponse()
	take.DBInstanceId = database
	b.must(t, take, taken)
	tasks, task := rds.CreateDescribeBackupTasksRequest(), rds.CreateDescribeBackupTasksResponse()
	tasks.DBInstanceId, tasks.BackupJobId = database, requests.Integer(taken.BackupJobId)
	b.must(t, tasks, task)
	if len(task.Items.BackupJob) != 1 || task.Items.BackupJob[0].BackupProgressStatus != "Finished" {
		t.Fatalf("tasks %+v", task.Items)
	}
	id := task.Items.BackupJob[0].BackupId
	backups := func() []rds.Backup {
		request, response := rds.CreateDescribeBackupsRequest(), rds.CreateDescribeBackupsResponse()
		request.DBInstanceId, request.BackupId = database, id
		b.must(t, request, response)
		if response.TotalRecordCount != strconv.Itoa(len(response.Items.Backup)) {
			t.Errorf("%s backups, %+v", response.TotalRecordCount, response.Items)
		}
		return response.Items.Backup
	}
	if got := backups(); len(got) != 1 || got[0].BackupStatus != "Success" || got[0].DBInstanceId != database {
		t.Errorf("backups %+v", got)
	}
	remove := rds.CreateDeleteBackupRequest()
	remove.DBInstanceId, remove.BackupId = database, id
	b.must(t, remove, rds.CreateDeleteBackupResponse())
	if got := backups(); len(got) != 0 || b.sim.Created() != 5 || b.sim.Left() != 5 {
		t.Errorf("%d created, %d left, backups %+v", b.sim.Created(), b.sim.Left(), got)
	}
}
