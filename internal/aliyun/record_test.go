package aliyun

import (
	"errors"
	"strings"
	"testing"

	"github.com/aliyun/alibaba-cloud-sdk-go/services/alidns"

	"lvyue/internal/aliyunsim"
	"lvyue/internal/hosting"
)

// §7.2: a name that leads to the contract goes before its address; one that leads elsewhere stays.
func TestDestroy_TakesTheNameAlongAndNoOther(t *testing.T) {
	t.Parallel()
	b := systemBench(t, aliyunsim.Options{})
	known := b.ensure(t)
	b.point(t, "www", "203.0.113.7")
	b.point(t, "alias", standing(known).of(hosting.EIP)[0].Address)
	if left := b.destroyAll(t, known); len(left) != 0 || b.sim.Left() != 1 {
		t.Errorf("left %+v; the vendor has %d", left, b.sim.Left())
	}
}

// point lets a name of our domain lead to an address, as a person would.
func (b *bench) point(t *testing.T, rr, address string) {
	t.Helper()
	request := alidns.CreateAddDomainRecordRequest()
	request.DomainName, request.RR, request.Type, request.Value = testDomain, rr, "A", address
	if err := b.do(t.Context(), hosting.DefaultRegion, request, alidns.CreateAddDomainRecordResponse()); err != nil {
		t.Fatal(err)
	}
}

// §3.8 §7.2: a name that its owner has moved to another server is not the contract's any more.
func TestFind_NoNameThatWasMovedElsewhere(t *testing.T) {
	t.Parallel()
	b := systemBench(t, aliyunsim.Options{})
	known := b.ensure(t)
	request := alidns.CreateUpdateDomainRecordRequest()
	request.RecordId, request.RR, request.Type, request.Value = standing(known).id(hosting.Record), "oa", "A", "203.0.113.7"
	if err := b.do(t.Context(), hosting.DefaultRegion, request, alidns.CreateUpdateDomainRecordResponse()); err != nil {
		t.Fatal(err)
	}
	found, err := b.Find(t.Context(), b.plan.Contract, "", known)
	if err != nil || len(standing(found).of(hosting.Record)) != 0 {
		t.Errorf("found %+v (%v)", found, err)
	}
	if left := b.destroyAll(t, known); len(left) != 0 || b.sim.Left() != 1 {
		t.Errorf("left %+v; the vendor has %d", left, b.sim.Left())
	}
}

// An address that went back to the vendor may be another's next: only a name on record is followed by it.
func TestFind_ByAnAddressOfOldOnlyTheNameOnRecord(t *testing.T) {
	t.Parallel()
	b := systemBench(t, aliyunsim.Options{})
	const old = "203.0.113.9"
	b.point(t, "mine", old)
	b.point(t, "theirs", old)
	s := site{b.Cloud, hosting.DefaultRegion}
	records, err := s.records(t.Context(), "mine", "")
	if err != nil || len(records) != 1 {
		t.Fatalf("%+v (%v)", records, err)
	}
	known := []hosting.Resource{
		{Kind: hosting.EIP, ID: "eip-gone", Region: hosting.DefaultRegion, Address: old},
		{Kind: hosting.Record, ID: records[0].RecordId, Region: hosting.DefaultRegion, Address: "mine." + testDomain},
	}
	found, err := b.Find(t.Context(), b.plan.Contract, "", known)
	if err != nil || len(found) != 1 || found[0].ID != records[0].RecordId || found[0].FoundBy != hosting.ByRecord {
		t.Errorf("found %+v (%v)", found, err)
	}
}

// A name that leads elsewhere already is not taken from whoever has it.
func TestEnsure_LeavesANameThatLeadsElsewhere(t *testing.T) {
	t.Parallel()
	b := systemBench(t, aliyunsim.Options{})
	b.point(t, "oa", "203.0.113.7")
	b.point(t, "boa", "203.0.113.8") // much alike
	_, err := b.Ensure(t.Context(), b.plan)
	var e *Error
	if !errors.As(err, &e) || !e.Permanent() || e.Refusal().Code != "aliyun_unclear" || !strings.Contains(e.Error(), "203.0.113.7") {
		t.Errorf("got %v", err)
	}
}

// Without its domain nobody can see where a name of record leads: that is no proof that it is gone.
func TestFind_SaysWhenItCannotLookAtAName(t *testing.T) {
	t.Parallel()
	b := systemBench(t, aliyunsim.Options{})
	known := b.ensure(t)
	blind, err := New(Config{AccessKeyID: testKey, AccessKeySecret: testSecret, Endpoint: b.sim.URL(), Secret: systemSecret})
	if err != nil {
		t.Fatal(err)
	}
	_, err = blind.Find(t.Context(), b.plan.Contract, "", known)
	var e *Error
	if !errors.As(err, &e) || e.Refusal().Code != "aliyun_unclear" || !strings.Contains(e.Error(), b.plan.Host) {
		t.Errorf("got %v", err)
	}
}
