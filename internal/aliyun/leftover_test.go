package aliyun

import (
	"errors"
	"slices"
	"testing"

	"github.com/aliyun/alibaba-cloud-sdk-go/sdk/requests"
	"github.com/aliyun/alibaba-cloud-sdk-go/sdk/responses"
	"github.com/aliyun/alibaba-cloud-sdk-go/services/ecs"
	"github.com/aliyun/alibaba-cloud-sdk-go/services/rds"
	"github.com/aliyun/alibaba-cloud-sdk-go/services/vpc"

	"lvyue/internal/aliyunsim"
	"lvyue/internal/hosting"
)

// hands are a person's at the vendor's console, who tells us of nothing.
type hands struct {
	*bench

	t *testing.T
}

func (h hands) do(request requests.AcsRequest, response responses.AcsResponse) {
	h.t.Helper()
	if err := h.bench.do(h.t.Context(), hosting.DefaultRegion, request, response); err != nil {
		h.t.Fatal(err)
	}
}

func (h hands) snapshot(disk string) string {
	request, response := ecs.CreateCreateSnapshotRequest(), ecs.CreateCreateSnapshotResponse()
	request.DiskId = disk
	h.do(request, response)
	return response.SnapshotId
}

func (h hands) image(server string, tag ...string) string {
	request, response := ecs.CreateCreateImageRequest(), ecs.CreateCreateImageResponse()
	request.InstanceId, request.ImageName = server, "by hand"
	for _, contract := range tag {
		request.Tag = &[]ecs.CreateImageTag{{Key: tagKey, Value: contract}}
	}
	h.do(request, response)
	return response.ImageId
}

// diskFrom makes one of a snapshot, without a tag.
func (h hands) diskFrom(snapshot string) string {
	request, response := ecs.CreateCreateDiskRequest(), ecs.CreateCreateDiskResponse()
	request.ZoneId, request.DiskCategory, request.SnapshotId = "cn-beijing-h", diskCategory, snapshot
	h.do(request, response)
	return response.DiskId
}

// server starts one without a tag in the contract's network.
func (h hands) server(known standing) string {
	request, response := ecs.CreateRunInstancesRequest(), ecs.CreateRunInstancesResponse()
	request.InstanceType, request.ImageFamily = "ecs.g7.large", h.config.ImageFamily
	request.SecurityGroupId, request.VSwitchId = known.id(hosting.SecurityGroup), known.id(hosting.VSwitch)
	h.do(request, response)
	return response.InstanceIdSets.InstanceIdSet[0]
}

// disk makes one, with our tag or without, and hangs it on a server unless that is empty.
func (h hands) disk(tag, server string) string {
	request, response := ecs.CreateCreateDiskRequest(), ecs.CreateCreateDiskResponse()
	request.ZoneId, request.DiskCategory, request.Size = "cn-beijing-h", diskCategory, requests.NewInteger(40)
	if tag != "" {
		request.Tag = &[]ecs.CreateDiskTag{{Key: tagKey, Value: tag}}
	}
	h.do(request, response)
	if server != "" {
		attach := ecs.CreateAttachDiskRequest()
		attach.DiskId, attach.InstanceId = response.DiskId, server
		h.do(attach, ecs.CreateAttachDiskResponse())
	}
	return response.DiskId
}

func (h hands) address(tag, server string) string {
	request, response := vpc.CreateAllocateEipAddressRequest(), vpc.CreateAllocateEipAddressResponse()
	if tag != "" {
		request.QueryParams["Tag.1.Key"], request.QueryParams["Tag.1.Value"] = tagKey, tag // not in the library
	}
	h.do(request, response)
	if server != "" {
		lead := vpc.CreateAssociateEipAddressRequest()
		lead.AllocationId, lead.InstanceId, lead.InstanceType = response.AllocationId, server, "EcsInstance"
		h.do(lead, vpc.CreateAssociateEipAddressResponse())
	}
	return response.AllocationId
}

func (h hands) policy(tag string) {
	request := ecs.CreateCreateAutoSnapshotPolicyRequest()
	request.QueryParams["regionId"] = hosting.DefaultRegion
	request.TimePoints, request.RepeatWeekdays, request.RetentionDays = `["1"]`, `["1"]`, requests.NewInteger(7)
	if tag != "" {
		request.Tag = &[]ecs.CreateAutoSnapshotPolicyTag{{Key: tagKey, Value: tag}}
	}
	h.do(request, ecs.CreateCreateAutoSnapshotPolicyResponse())
}

func (h hands) deleteServer(id string) {
	request := ecs.CreateDeleteInstanceRequest()
	request.InstanceId, request.Force = id, requests.NewBoolean(true)
	h.do(request, ecs.CreateDeleteInstanceResponse())
}

// §7.2: whatever may be left behind, and whoever made it, is found and destroyed; what is another contract's is not.
func TestDestroy_FindsEveryKindOfLeftover(t *testing.T) {
	t.Parallel()
	const mine = "HT-2025-001"
	for _, tt := range []struct {
		name  string
		plant func(h hands, server string, disks []string)
	}{
		{"a snapshot that nobody tagged", func(h hands, _ string, disks []string) { h.snapshot(disks[0]) }},
		{"snapshots whose server and disks are gone", func(h hands, server string, disks []string) {
			h.snapshot(disks[0])
			h.snapshot(disks[1])
			h.deleteServer(server)
		}},
		{"an image, with its snapshots", func(h hands, server string, _ []string) { h.image(server) }},
		{"an image whose server is gone", func(h hands, server string, _ []string) {
			h.image(server)
			h.deleteServer(server)
		}},
		{"a disk of ours on no server", func(h hands, _ string, _ []string) { h.disk(mine, "") }},
		{"a disk without a tag that would outlive its server", func(h hands, server string, _ []string) { h.disk("", server) }},
		{"a snapshot of such a disk", func(h hands, server string, _ []string) { h.snapshot(h.disk("", server)) }},
		{"an address without a tag that leads to the server", func(h hands, server string, _ []string) { h.address("", server) }},
		{"an address of ours that leads nowhere", func(h hands, _ string, _ []string) { h.address(mine, "") }},
		{"a snapshot policy of ours", func(h hands, _ string, _ []string) { h.policy(mine) }},
		{"a disk that was made of a snapshot", func(h hands, _ string, disks []string) { h.diskFrom(h.snapshot(disks[0])) }},
		{"a snapshot of a disk that was made of a snapshot", func(h hands, _ string, disks []string) {
			h.snapshot(h.diskFrom(h.snapshot(disks[0])))
		}},
		{"all of them", func(h hands, server string, disks []string) {
			h.address("", server)
			h.address(mine, "")
			h.policy(mine)
			h.snapshot(disks[1])
			h.image(server)
			h.snapshot(h.disk("", server))
			h.disk(mine, "")
		}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			b := setup(t, 0)
			known := b.ensure(t)
			h := hands{b, t}
			h.snapshot(h.disk("HT-2025-0012", "")) // another contract's
			h.policy("")
			h.address("HT-2025-0012", "")
			others := b.sim.Left() - len(hosting.Kinds())
			tt.plant(h, standing(known).id(hosting.Server), standing(known).ids(hosting.Disk))
			if left := b.destroyAll(t, known); len(left) > 0 {
				t.Errorf("left %+v", left)
			}
			if there := b.sim.Left(); there != others {
				t.Errorf("the vendor has %d things, want the other contract's %d", there, others)
			}
		})
	}
}

// §7.2: a server that somebody put into the contract's own network goes with it, and all that hangs on it.
func TestDestroy_ClearsTheNetworkOfTheContract(t *testing.T) {
	t.Parallel()
	b := setup(t, 0)
	known := b.ensure(t)
	h := hands{b, t}
	h.address("", h.server(known))
	if left := b.destroyAll(t, known); len(left) != 0 || b.sim.Left() != 0 {
		t.Errorf("left %+v; the vendor has %d", left, b.sim.Left())
	}
}

// §7.2: an image leads to its snapshots, also when their disk and its record are gone.
func TestDestroy_FollowsAnImageToItsSnapshots(t *testing.T) {
	t.Parallel()
	b := setup(t, 0)
	known := standing(b.ensure(t))
	h := hands{b, t}
	h.image(known.id(hosting.Server), b.plan.Contract)
	h.deleteServer(known.id(hosting.Server))
	forgotten := slices.DeleteFunc(slices.Clone(known), func(r hosting.Resource) bool { return r.Kind == hosting.Disk })
	if left := b.destroyAll(t, forgotten); len(left) != 0 || b.sim.Left() != 0 {
		t.Errorf("left %+v; the vendor has %d", left, b.sim.Left())
	}
}

// §7.2: what bears another contract's tag, or hangs on what is not this contract's, is for a person to sort out: nothing of
// it is touched.
func TestDestroy_NeverTouchesWhatMayBeAnothers(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		name  string
		plant func(h hands, known standing, others standing) standing
	}{
		{"a disk of another contract on our server", func(h hands, known, _ standing) standing {
			h.disk("OTHER-1", known.id(hosting.Server))
			return known
		}},
		{"an address of another contract that leads to our server", func(h hands, known, _ standing) standing {
			h.address("OTHER-1", known.id(hosting.Server))
			return known
		}},
		{"an address on record that leads to another contract's server now", func(h hands, known, others standing) standing {
			id := h.address("", others.id(hosting.Server))
			return append(known, hosting.Resource{Kind: hosting.EIP, ID: id, Region: hosting.DefaultRegion})
		}},
		{"a disk on record that hangs on another contract's server now", func(h hands, known, others standing) standing {
			id := h.disk("", others.id(hosting.Server))
			return append(known, hosting.Resource{Kind: hosting.Disk, ID: id, Region: hosting.DefaultRegion})
		}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			b := setup(t, 0)
			known := b.ensure(t)
			others, err := b.Ensure(t.Context(), planOf("OTHER-1"))
			if err != nil {
				t.Fatal(err)
			}
			known = tt.plant(hands{b, t}, known, others)
			before := b.sim.Left()
			var left []hosting.Resource
			for range 3 {
				left, err = b.Destroy(t.Context(), b.plan.Contract, "", known)
				known = hosting.Both(known, left)
			}
			var e *Error
			if !errors.As(err, &e) || !e.Permanent() || e.Refusal().Code != "aliyun_unclear" {
				t.Errorf("got %v, and %+v left", err, left)
			}
			if there := b.sim.Left(); there < before-len(hosting.Kinds()) {
				t.Errorf("%d of %d are there", there, before)
			}
		})
	}
}

// §7.2: what the destruction found is told with how it was found.
func TestFind_SaysHowEachWasFound(t *testing.T) {
	t.Parallel()
	b := setup(t, 0)
	known := b.ensure(t)
	h := hands{b, t}
	snapshot := h.snapshot(standing(known).ids(hosting.Disk)[0])
	lost := h.disk("", "")
	known = append(known, hosting.Resource{Kind: hosting.Disk, ID: lost, Region: hosting.DefaultRegion})
	found, err := b.Find(t.Context(), b.plan.Contract, "", known)
	if err != nil {
		t.Fatal(err)
	}
	by := map[string]string{}
	for _, r := range found {
		by[r.ID] = r.FoundBy
	}
	for id, want := range map[string]string{
		standing(known).id(hosting.Server): hosting.ByTag, lost: hosting.ByRecord, snapshot: hosting.ByRelation,
	} {
		if by[id] != want {
			t.Errorf("%s was found by %q, want %q", id, by[id], want)
		}
	}
}

// §7.2: the backup of a database that was made by hand goes with it.
func TestDestroy_LeavesNoBackupThatWasMadeByHand(t *testing.T) {
	t.Parallel()
	b := setup(t, 0)
	known := b.ensure(t)
	request := rds.CreateCreateBackupRequest()
	request.DBInstanceId = standing(known).id(hosting.Database)
	hands{b, t}.do(request, rds.CreateCreateBackupResponse())
	if left := b.destroy(t, known); len(left) != 0 || b.sim.Left() != 0 {
		t.Errorf("left %+v; the vendor has %d", left, b.sim.Left())
	}
}

// §6.4 §7.2: what stands in another region than the terms name now is found by its record.
func TestDestroy_FollowsTheRecordIntoAnotherRegion(t *testing.T) {
	t.Parallel()
	b := setup(t, 0)
	known := b.ensure(t)
	b.plan.Region = "cn-hangzhou"
	if left := b.destroy(t, known); len(left) != 0 || b.sim.Left() != 0 {
		t.Errorf("left %+v; the vendor has %d", left, b.sim.Left())
	}
}

// §7.2: what a destruction comes upon is told before anything is deleted, so that no failure can lose it.
func TestDestroy_TellsWhatItComesUponBeforeItDeletes(t *testing.T) {
	t.Parallel()
	b := setup(t, 0)
	known := b.ensure(t)
	disk := hands{b, t}.disk("", standing(known).id(hosting.Server))
	left, err := b.Destroy(t.Context(), b.plan.Contract, "", known)
	if err != nil || !standing(left).has(disk) || len(left) != everything+1 {
		t.Errorf("left %+v (%v)", left, err)
	}
	fails(t, b, aliyunsim.Fault{Operation: "rds DeleteDBInstance", First: 1, Trouble: aliyunsim.Cut})
	known = hosting.Both(known, left)
	if _, err := b.Destroy(t.Context(), b.plan.Contract, "", known); err == nil {
		t.Error("no error")
	}
	if left := b.destroy(t, known); len(left) != 0 || b.sim.Left() != 0 {
		t.Errorf("left %+v; the vendor has %d", left, b.sim.Left())
	}
}
