package aliyun

import (
	"bytes"
	"errors"
	"io"
	"net/http"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/aliyun/alibaba-cloud-sdk-go/services/rds"
	"github.com/aliyun/alibaba-cloud-sdk-go/services/vpc"

	"lvyue/internal/hosting"
)

// everything is the five pieces and the two disks that come with the server.
const everything = 7

// §5.5: a deployment is five pieces, all usable, and the disks of its server are known.
func TestEnsure_DeploysInOneLookWhenNothingTakesTime(t *testing.T) {
	t.Parallel()
	b := setup(t, 0)
	pieces := b.ensure(t)
	if !hosting.Ready(pieces) || len(pieces) != everything {
		t.Errorf("after one look: %+v", pieces)
	}
	if created := b.sim.Created(); created != len(hosting.Kinds()) {
		t.Errorf("%d resources were created", created)
	}
	if _, changes := b.sim.NextChange(); changes {
		t.Error("something is still to change")
	}
}

func TestEnsure_ReadyExactlyWhenTheDatabaseRuns(t *testing.T) {
	t.Parallel()
	b := setup(t, 45*time.Minute)
	started := b.clock()
	if pieces := b.ensure(t); hosting.Ready(pieces) || len(pieces) != everything {
		t.Fatalf("at once: %+v", pieces)
	}
	if next, _ := b.sim.NextChange(); !next.Equal(started.Add(45 * time.Minute)) {
		t.Errorf("next change at %s", next)
	}
	b.advance(45*time.Minute - time.Nanosecond)
	if hosting.Ready(b.ensure(t)) {
		t.Error("ready a moment too early")
	}
	b.advance(time.Nanosecond)
	if pieces := b.ensure(t); !hosting.Ready(pieces) {
		t.Errorf("after 45 minutes: %+v", pieces)
	}
	if b.sim.Created() != 5 {
		t.Errorf("looking again created more: %d", b.sim.Created())
	}
}

func TestEnsure_CrashAfterAnyCallLeavesNoSecondPiece(t *testing.T) {
	t.Parallel()
	afterAnyCrash(t, func(lossy *cut) (func(string), error) {
		b := setup(t, 0)
		_, err := cloudAt(t, b.sim.URL(), lossy).Ensure(t.Context(), b.plan)
		return func(lost string) {
			if pieces := b.ensure(t); !hosting.Ready(pieces) || b.sim.Created() != 5 {
				t.Errorf("%s lost: %d created, then %+v", lost, b.sim.Created(), pieces)
			}
		}, err
	})
}

func TestEnsure_EightAtOnceCreateOneDeployment(t *testing.T) {
	t.Parallel()
	b := setup(t, 0)
	var all sync.WaitGroup
	for range 8 {
		all.Go(func() {
			if _, err := b.Ensure(t.Context(), b.plan); err != nil {
				t.Error(err)
			}
		})
	}
	all.Wait()
	if b.sim.Created() != 5 || b.sim.Left() != 5 {
		t.Errorf("%d created, %d there", b.sim.Created(), b.sim.Left())
	}
}

// pending is a vendor whose networks take their time.
type pending struct{}

func (pending) RoundTrip(r *http.Request) (*http.Response, error) {
	response, err := http.DefaultTransport.RoundTrip(r)
	if err != nil {
		return nil, err
	}
	body, err := io.ReadAll(response.Body)
	body = bytes.ReplaceAll(body, []byte(`"Available"`), []byte(`"Pending"`))
	response.Body, response.ContentLength = io.NopCloser(bytes.NewReader(body)), int64(len(body))
	response.Header.Del("Content-Length")
	return response, err
}

func TestEnsure_OrdersNothingInANetworkThatIsNotReady(t *testing.T) {
	t.Parallel()
	b := setup(t, 0)
	pieces, err := cloudAt(t, b.sim.URL(), pending{}).Ensure(t.Context(), b.plan)
	if err != nil || len(pieces) != 1 || pieces[0].Status != "Pending" || b.sim.Created() != 1 {
		t.Errorf("%d created: %+v (%v)", b.sim.Created(), pieces, err)
	}
	if !hosting.Ready(b.ensure(t)) {
		t.Error("not ready once the network was")
	}
}

func TestEnsure_ANewAttemptIsANewOrder(t *testing.T) {
	t.Parallel()
	b := setup(t, 0)
	first := token(b.plan, hosting.Server)
	b.plan.Attempt++
	if second := token(b.plan, hosting.Server); second == first || len(second) > 64 {
		t.Errorf("the second attempt orders under %q, the first under %q", second, first)
	}
}

func TestFind_OnlyTheContractsOwn(t *testing.T) {
	t.Parallel()
	b := setup(t, 0)
	mine := b.ensure(t)
	if _, err := b.Ensure(t.Context(), planOf("HT-2025-0012")); err != nil {
		t.Fatal(err)
	}
	known := append(slices.Clone(mine), hosting.Resource{Kind: hosting.VPC}) // one that was never given an id
	found, err := b.Find(t.Context(), b.plan.Contract, "", known)
	if err != nil || !slices.Equal(standing(found).names(), standing(mine).names()) {
		t.Errorf("found %+v (%v), want %+v", found, err, mine)
	}
	if left := b.destroy(t, nil); len(left) != 0 || b.sim.Left() != 5 {
		t.Errorf("left %+v; the other contract has %d of 5", left, b.sim.Left())
	}
}

func (s standing) names() []string {
	var names []string
	for _, r := range s {
		names = append(names, string(r.Kind)+" "+r.ID)
	}
	return names
}

func TestFind_ReadsEveryPage(t *testing.T) {
	t.Parallel()
	b := setup(t, 0)
	for range pageSize + 1 {
		request := vpc.CreateCreateVpcRequest()
		request.Tag = &[]vpc.CreateVpcTag{{Key: tagKey, Value: b.plan.Contract}}
		if err := b.do(t.Context(), hosting.DefaultRegion, request, vpc.CreateCreateVpcResponse()); err != nil {
			t.Fatal(err)
		}
	}
	found, err := b.Find(t.Context(), b.plan.Contract, "", nil)
	if err != nil || len(found) != pageSize+1 {
		t.Errorf("found %d of %d (%v)", len(found), pageSize+1, err)
	}
}

// §7.2: nothing is left, no backup either, and what is known by id goes even if its tag was lost.
func TestDestroy_LeavesNothing(t *testing.T) {
	t.Parallel()
	b := setup(t, 0)
	known := b.ensure(t)
	untagged, response := vpc.CreateCreateVpcRequest(), vpc.CreateCreateVpcResponse()
	if err := b.do(t.Context(), hosting.DefaultRegion, untagged, response); err != nil {
		t.Fatal(err)
	}
	known = append(known, hosting.Resource{Kind: hosting.VPC, ID: response.VpcId, Region: hosting.DefaultRegion})
	if left := b.destroy(t, known); len(left) != 0 || b.sim.Left() != 0 {
		t.Errorf("left %+v; the vendor has %d", left, b.sim.Left())
	}
	if left := b.destroy(t, known); len(left) != 0 {
		t.Errorf("destroyed twice, left %+v", left)
	}
}

// The vendor takes an empty tag for any, so an unnamed contract would be everybody's.
func TestDestroy_NeverTakesAnothersResources(t *testing.T) {
	t.Parallel()
	b := setup(t, 0)
	b.ensure(t)
	for _, act := range []func() error{
		func() error { _, err := b.Destroy(t.Context(), "", "", nil); return err },
		func() error { _, err := b.Find(t.Context(), "", "", nil); return err },
		func() error { _, err := b.Ensure(t.Context(), planOf("")); return err },
	} {
		var e *Error
		if err := act(); !errors.As(err, &e) || !e.Permanent() {
			t.Errorf("without a contract: %v", err)
		}
	}
	unnamed := []hosting.Resource{{Kind: hosting.Server}, {Kind: hosting.Database}, {Kind: hosting.VPC}}
	if _, err := b.Destroy(t.Context(), "HT-2025-002", "", unnamed); err != nil {
		t.Error(err)
	}
	if b.sim.Left() != 5 || b.sim.Created() != 5 {
		t.Errorf("%d of 5 are there", b.sim.Left())
	}
}

func TestDestroy_CrashAfterAnyCallCanBeResumed(t *testing.T) {
	t.Parallel()
	afterAnyCrash(t, func(lossy *cut) (func(string), error) {
		b := setup(t, 0)
		known := b.ensure(t)
		_, err := cloudAt(t, b.sim.URL(), lossy).Destroy(t.Context(), b.plan.Contract, "", known)
		return func(lost string) {
			if left := b.destroy(t, known); len(left) != 0 || b.sim.Left() != 0 {
				t.Errorf("%s lost: left %+v", lost, left)
			}
		}, err
	})
}

func TestDestroy_WaitsForADatabaseStillBeingMade(t *testing.T) {
	t.Parallel()
	b := setup(t, 45*time.Minute)
	b.ensure(t)
	left := b.destroy(t, nil)
	if slices.ContainsFunc(left, func(r hosting.Resource) bool { return r.Kind == hosting.Server }) {
		t.Error("the server could have gone at once")
	}
	if !slices.ContainsFunc(left, func(r hosting.Resource) bool {
		return r.Kind == hosting.Database && strings.HasPrefix(r.Status, "Creating: ")
	}) {
		t.Fatalf("left %+v, without the database", left)
	}
	b.advance(45 * time.Minute)
	if left := b.destroy(t, nil); len(left) != 0 || b.sim.Left() != 0 {
		t.Errorf("left %+v", left)
	}
}

// §7.2: a backup that the vendor kept, because someone deleted the database by hand, is not overlooked.
func TestDestroy_ReportsAKeptBackup(t *testing.T) {
	t.Parallel()
	b := setup(t, 0)
	known := b.ensure(t)
	byHand := rds.CreateDeleteDBInstanceRequest()
	byHand.DBInstanceId = standing(known).id(hosting.Database)
	if err := b.do(t.Context(), hosting.DefaultRegion, byHand, rds.CreateDeleteDBInstanceResponse()); err != nil {
		t.Fatal(err)
	}
	found, err := b.Find(t.Context(), b.plan.Contract, "", known)
	if err != nil {
		t.Fatal(err)
	}
	left, err := b.Destroy(t.Context(), b.plan.Contract, "", hosting.Both(known, found))
	var e *Error
	if len(left) != 1 || left[0].Kind != hosting.Backup || !errors.As(err, &e) || !e.Permanent() || e.Refusal().Code != "aliyun_unclear" {
		t.Errorf("left %+v (%v), want the kept backup for a person", left, err)
	}
}
