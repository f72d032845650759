package aliyun

import (
	"slices"
	"strconv"
	"testing"

	"github.com/aliyun/alibaba-cloud-sdk-go/sdk/requests"
	"github.com/aliyun/alibaba-cloud-sdk-go/services/ecs"
	"github.com/aliyun/alibaba-cloud-sdk-go/services/rds"

	"lvyue/internal/aliyunsim"
	"lvyue/internal/hosting"
)

// taggedSnapshot is one that a person took with our tag on it.
func (h hands) taggedSnapshot(disk, contract string) {
	request := ecs.CreateCreateSnapshotRequest()
	request.DiskId = disk
	request.Tag = &[]ecs.CreateSnapshotTag{{Key: tagKey, Value: contract}}
	h.do(request, ecs.CreateCreateSnapshotResponse())
}

func (h hands) taggedImage(server, contract string) {
	request := ecs.CreateCreateImageRequest()
	request.InstanceId, request.ImageName = server, "by hand"
	request.Tag = &[]ecs.CreateImageTag{{Key: tagKey, Value: contract}}
	h.do(request, ecs.CreateCreateImageResponse())
}

func (h hands) taggedInterface(vswitch, contract string) {
	id, err := h.sim.PlantNetworkInterface(vswitch, "")
	if err != nil {
		h.t.Fatal(err)
	}
	request := ecs.CreateTagResourcesRequest()
	request.ResourceType, request.ResourceId = "eni", &[]string{id}
	request.Tag = &[]ecs.TagResourcesTag{{Key: tagKey, Value: contract}}
	h.do(request, ecs.CreateTagResourcesResponse())
}

// deleteDatabase says nothing of backups, so that the vendor keeps the last one.
func (h hands) deleteDatabase(id string) {
	request := rds.CreateDeleteDBInstanceRequest()
	request.DBInstanceId = id
	h.do(request, rds.CreateDeleteDBInstanceResponse())
}

func (b *bench) tagged(t *testing.T) []hosting.Tagged {
	t.Helper()
	found, err := b.Tagged(t.Context(), "")
	if err != nil {
		t.Fatal(err)
	}
	return found
}

// §7.2: whatever bears our tag is found, with the number on it: of every kind, and of contracts that nobody knows.
func TestTagged_FindsEveryKindOfEveryContract(t *testing.T) {
	t.Parallel()
	const lost = "HT-2019-009"
	b := setup(t, 0)
	mine := b.ensure(t)
	h := hands{b, t}
	h.snapshot(h.disk("", "")) // not ours
	others, err := b.Ensure(t.Context(), planOf(lost))
	if err != nil {
		t.Fatal(err)
	}
	server := standing(others).id(hosting.Server)
	h.address(lost, "")
	h.balancer(lost, "")
	h.policy(lost)
	h.disk(lost, "")
	h.taggedSnapshot(standing(others).ids(hosting.Disk)[0], lost)
	h.taggedImage(server, lost)
	h.taggedInterface(standing(others).id(hosting.VSwitch), lost)
	h.deleteDatabase(standing(others).id(hosting.Database))
	if _, err := b.Ensure(t.Context(), planOf("HT-2019-009-B")); err != nil { // another database under a name much alike
		t.Fatal(err)
	}
	kinds := map[string][]hosting.Kind{}
	for _, r := range b.tagged(t) {
		kinds[r.Contract] = append(kinds[r.Contract], r.Kind)
		if r.ID == "" || r.Region != hosting.DefaultRegion {
			t.Errorf("found %+v", r)
		}
	}
	for _, kind := range hosting.EveryKind() {
		if !slices.Contains(kinds[lost], kind) && kind != hosting.Database && kind != hosting.Record { // names bear no tags
			t.Errorf("no %s of %s is found", kind, lost)
		}
	}
	if slices.Contains(kinds[lost], hosting.Database) || !slices.Contains(kinds["HT-2019-009-B"], hosting.Database) {
		t.Errorf("a database is counted to the wrong contract: %v", kinds)
	}
	if len(kinds) != 3 || len(kinds[b.plan.Contract]) != len(mine) {
		t.Errorf("of %s are found %v, want its %d pieces; in all %v", b.plan.Contract, kinds[b.plan.Contract], len(mine), kinds)
	}
}

// A database belongs to the contract on its tag, whatever people have named it, on every page of the vendor's answer.
func TestTagged_ReadsTheTagsOfDatabases(t *testing.T) {
	t.Parallel()
	b := setup(t, 0)
	have := standing(b.ensure(t))
	const more = 60
	for n := range more {
		request := rds.CreateCreateDBInstanceRequest()
		request.DBInstanceDescription, request.Engine, request.EngineVersion = "renamed", "MySQL", "8.0"
		request.DBInstanceClass, request.DBInstanceStorage, request.PayType = "c", requests.NewInteger(20), "Postpaid"
		request.DBInstanceNetType, request.SecurityIPList = "Intranet", network
		request.VPCId, request.VSwitchId, request.ZoneId = have.id(hosting.VPC), have.id(hosting.VSwitch), "cn-beijing-h"
		request.ClientToken = "order " + strconv.Itoa(n)
		request.Tag = &[]rds.CreateDBInstanceTag{{Key: "team", Value: "x"}, {Key: tagKey, Value: "HT-" + strconv.Itoa(n)}}
		b.must(t, request, rds.CreateCreateDBInstanceResponse())
	}
	owners := map[string]bool{}
	for _, r := range b.tagged(t) {
		if r.Kind == hosting.Database {
			owners[r.Contract] = true
		}
	}
	if len(owners) != more+1 || !owners["HT-59"] || !owners[b.plan.Contract] {
		t.Errorf("%d owners: %v", len(owners), owners)
	}
}

// A tag without a value is ours too: somebody must look at it.
func TestTagged_FindsATagWithoutANumber(t *testing.T) {
	t.Parallel()
	b := setup(t, 0)
	request := ecs.CreateCreateDiskRequest()
	request.ZoneId, request.DiskCategory, request.Size = "cn-beijing-h", diskCategory, requests.NewInteger(40)
	request.QueryParams["Tag.1.Key"] = tagKey
	b.must(t, request, ecs.CreateCreateDiskResponse())
	if found := b.tagged(t); len(found) != 1 || found[0].Contract != "" || found[0].Kind != hosting.Disk {
		t.Errorf("found %+v", found)
	}
}

func TestTagged_FailsWholeWhenTheVendorDoes(t *testing.T) {
	t.Parallel()
	b := setup(t, 0)
	stranger, err := New(Config{AccessKeyID: testKey, AccessKeySecret: "wrong", Endpoint: b.sim.URL()})
	if err != nil {
		t.Fatal(err)
	}
	if found, err := stranger.Tagged(t.Context(), ""); err == nil || found != nil {
		t.Errorf("found %v, %v", found, err)
	}
}

func TestNamed_KnowsOnlyOurOwnNames(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		name("HT-2025-001", hosting.Database): "HT-2025-001", name("A-rds", hosting.Database): "A-rds",
		"lvyue-rds": "", "lvyue--rds": "", "lvyue-HT-1-vpc": "", "my-HT-1-rds": "", "": "",
	} {
		if got, ours := named(text, hosting.Database); got != want || ours != (want != "") {
			t.Errorf("%q is %q, %v; want %q", text, got, ours, want)
		}
	}
}

// A name that leads to a contract's address is counted to that contract; one that leads elsewhere is nobody's.
func TestTagged_CountsNamesToWhomTheyLead(t *testing.T) {
	t.Parallel()
	b := systemBench(t, aliyunsim.Options{})
	b.ensure(t)
	b.point(t, "www", "203.0.113.7")
	var names []string
	for _, r := range b.tagged(t) {
		if r.Kind == hosting.Record {
			names = append(names, r.Contract+" "+r.Address)
		}
	}
	if want := b.plan.Contract + " " + b.plan.Host; !slices.Equal(names, []string{want}) {
		t.Errorf("found %v, want %s", names, want)
	}
}
