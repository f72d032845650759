package aliyun

import (
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/aliyun/alibaba-cloud-sdk-go/sdk/requests"
	"github.com/aliyun/alibaba-cloud-sdk-go/services/ecs"
	"github.com/aliyun/alibaba-cloud-sdk-go/services/rds"

	"lvyue/internal/aliyunsim"
	"lvyue/internal/hosting"
)

func (h hands) protect(known standing) {
	server := ecs.CreateModifyInstanceAttributeRequest()
	server.InstanceId, server.DeletionProtection = known.id(hosting.Server), requests.NewBoolean(true)
	h.do(server, ecs.CreateModifyInstanceAttributeResponse())
	database := rds.CreateModifyDBInstanceDeletionProtectionRequest()
	database.DBInstanceId, database.DeletionProtection = known.id(hosting.Database), requests.NewBoolean(true)
	h.do(database, rds.CreateModifyDBInstanceDeletionProtectionResponse())
}

// §7.2: what somebody paid ahead for, or protected, is made deletable and then destroyed, and what was not used up is refunded.
func TestDestroy_EndsWithNothingOfWhatWasPaidAheadOrProtected(t *testing.T) {
	t.Parallel()
	for name, plant := range map[string]func(hands, standing){
		"paid ahead": hands.payAhead, "protected": hands.protect,
		"expired": func(h hands, known standing) {
			h.payAhead(known)
			h.advance(32 * 24 * time.Hour)
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			b := setup(t, 0)
			known := b.ensure(t)
			before := b.sim.Balance()
			plant(hands{b, t}, known)
			if left := b.destroyAll(t, known); len(left) != 0 || b.sim.Left() != 0 {
				t.Errorf("left %+v; the vendor has %d", left, b.sim.Left())
			}
			if name != "expired" && b.sim.Balance() != before {
				t.Errorf("of %s there are %s", before, b.sim.Balance())
			}
		})
	}
}

// §7.2: what the vendor does not turn back is told of with the day on which its subscription is over.
func TestDestroy_SaysUntilWhenASubscriptionIsPaid(t *testing.T) {
	t.Parallel()
	b := setup(t, 0)
	known := standing(b.ensure(t))
	hands{b, t}.payAhead(known)
	for code, waits := range map[string]bool{"ChargeTypeViolation": true, "IncorrectDBInstanceState": true, "ServiceUnavailable": false} {
		c := b.through(t, func(action string, _ url.Values) *http.Response {
			if action == "ModifyInstanceChargeType" || action == "TransformDBInstancePayType" {
				return refuses(http.StatusForbidden, code)
			}
			return nil
		})
		left, _ := c.Destroy(t.Context(), b.plan.Contract, "", known)
		paid := append(standing(left).of(hosting.Server), standing(left).of(hosting.Database)...)
		if len(paid) != 2 {
			t.Errorf("left are %+v", left)
		}
		for _, r := range paid {
			if !strings.Contains(r.Status, code) || strings.Contains(r.Status, " (paid until 20") != waits {
				t.Errorf("%s is told of as %q", r.Kind, r.Status)
			}
		}
	}
	if left := b.destroyAll(t, known); len(left) != 0 {
		t.Errorf("left %+v", left)
	}
}

// §7.2: the vendor deletes nothing that is paid ahead, whoever asks.
func TestACarelessDeletionOfASubscriptionIsRefused(t *testing.T) {
	t.Parallel()
	b := setup(t, 0)
	known := standing(b.ensure(t))
	hands{b, t}.payAhead(known)
	server := ecs.CreateDeleteInstanceRequest()
	server.InstanceId, server.Force, server.TerminateSubscription = known.id(hosting.Server), requests.NewBoolean(true), requests.NewBoolean(true)
	database := rds.CreateDeleteDBInstanceRequest()
	database.DBInstanceId, database.ReleasedKeepPolicy = known.id(hosting.Database), "None"
	if err := b.do(t.Context(), hosting.DefaultRegion, server, ecs.CreateDeleteInstanceResponse()); err == nil {
		t.Error("the server is gone")
	}
	if err := b.do(t.Context(), hosting.DefaultRegion, database, rds.CreateDeleteDBInstanceResponse()); err == nil {
		t.Error("the database is gone")
	}
	if b.sim.Left() != len(hosting.Kinds()) {
		t.Errorf("%d are there", b.sim.Left())
	}
}

// §7.2: whatever goes wrong at first while a subscription is turned back, the destruction ends with nothing.
func TestDestroy_TurnsSubscriptionsBackThroughEveryTrouble(t *testing.T) {
	t.Parallel()
	for _, trouble := range []aliyunsim.Trouble{aliyunsim.Throttled, aliyunsim.Unavailable, aliyunsim.NumericCode, aliyunsim.Foreign, aliyunsim.Cut} {
		for _, operation := range []string{
			"ecs ModifyInstanceChargeType", "rds TransformDBInstancePayType", "ecs ModifyInstanceAttribute", "rds ModifyDBInstanceDeletionProtection",
		} {
			b := setup(t, 0)
			known := standing(b.ensure(t))
			h := hands{b, t}
			h.protect(known)
			if operation == "ecs ModifyInstanceChargeType" || operation == "rds TransformDBInstancePayType" {
				h.payAhead(known)
			}
			fails(t, b, aliyunsim.Fault{Operation: operation, First: 2, Trouble: trouble})
			err := untilDone(t, func() (bool, error) {
				left, err := b.Destroy(t.Context(), b.plan.Contract, "", known)
				return err == nil && len(left) == 0, err
			})
			if err != nil || b.sim.Left() != 0 {
				t.Errorf("%s at %s: %d are left (%v)", trouble, operation, b.sim.Left(), err)
			}
		}
	}
}

// §7.2: a copy in another region survives the database, no call deletes it, and so it is told to a person as what is left; as
// long as it is there, the data can be restored.
func TestDestroy_TellsOfACopyInAnotherRegion(t *testing.T) {
	t.Parallel()
	b := setup(t, 0)
	known := b.ensure(t)
	if err := b.sim.PlantCrossRegionBackup(standing(known).id(hosting.Database), "cn-shanghai"); err != nil {
		t.Fatal(err)
	}
	var left []hosting.Resource
	var err error
	for range 4 {
		left, err = b.Destroy(t.Context(), b.plan.Contract, "", known)
		known = hosting.Both(known, left)
	}
	if len(left) != 1 || left[0].Kind != hosting.Backup || codeOf(err) != "aliyun_unclear" || b.sim.Left() != 1 {
		t.Errorf("left %+v (%v)", left, err)
	}
	from, err := b.Restorable(t.Context(), b.plan.Contract, "", known)
	if err != nil || len(from) != 1 || from[0].ID != left[0].ID || from[0].Status != "copied to cn-shanghai" {
		t.Errorf("restorable from %+v (%v)", from, err)
	}
}

// §7.2: the vendor lists copies in other regions for local disks only: that it refuses the question for cloud disks keeps
// nothing from being destroyed; that nobody may ask it, or that it is too busy, is no answer.
func TestDestroy_CloudDisksHaveNoCopiesThatAreListed(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		status    int
		code, end string
	}{
		{http.StatusForbidden, "OperationDenied.DBInstanceType", ""},
		{http.StatusBadRequest, "IncorrectDBInstanceType", ""},
		{http.StatusNotFound, "InvalidDBInstanceName.NotFound", ""},
		{http.StatusForbidden, "Forbidden.RAM", "aliyun_refused"},
		{http.StatusNotFound, "InvalidAccessKeyId.NotFound", "aliyun_refused"},
		{http.StatusBadRequest, "MissingParameter", "aliyun_refused"},
		{http.StatusBadRequest, "Throttling.User", "aliyun_unavailable"},
		{http.StatusServiceUnavailable, "ServiceUnavailable", "aliyun_unavailable"},
	} {
		b := setup(t, 0)
		known := standing(b.ensure(t))
		c := b.through(t, func(action string, _ url.Values) *http.Response {
			if action == "DescribeCrossRegionBackups" {
				return refuses(tt.status, tt.code)
			}
			return nil
		})
		_, found := c.Find(t.Context(), b.plan.Contract, "", known)
		_, restorable := c.Restorable(t.Context(), b.plan.Contract, "", known)
		left, err := b.destroyThrough(t, c, known)
		if codeOf(err) != tt.end || codeOf(found) != tt.end || codeOf(restorable) != tt.end || (len(left) == 0) != (tt.end == "") {
			t.Errorf("%s: %+v left (%v, %v, %v)", tt.code, left, err, found, restorable)
		}
	}
}

// §7.2: before the destruction the data can be restored from each thing that the vendor has of it; after it, from nothing.
func TestRestorable_IsEmptyOnlyWhenNothingIsKept(t *testing.T) {
	t.Parallel()
	b := setup(t, 0)
	known := standing(b.ensure(t))
	h := hands{b, t}
	request := rds.CreateCreateBackupRequest()
	request.DBInstanceId = known.id(hosting.Database)
	h.do(request, rds.CreateCreateBackupResponse())
	snapshot := h.snapshot(known.ids(hosting.Disk)[0])
	h.image(known.id(hosting.Server))
	from, err := b.Restorable(t.Context(), b.plan.Contract, "", known)
	have := standing(from)
	if err != nil || len(have.of(hosting.Backup)) != 1 || len(have.of(hosting.Image)) != 1 || !have.has(snapshot) {
		t.Errorf("before: %+v (%v)", from, err)
	}
	if left := b.destroyAll(t, known); len(left) != 0 {
		t.Fatalf("left %+v", left)
	}
	if from, err = b.Restorable(t.Context(), b.plan.Contract, "", known); err != nil || len(from) != 0 {
		t.Errorf("after: %+v (%v)", from, err)
	}
	if _, err := b.Restorable(t.Context(), "", "", known); codeOf(err) != "aliyun_refused" {
		t.Errorf("of no contract: %v", err)
	}
}

// §7.2: a database that was deleted by hand leaves a backup, and that is not nothing.
func TestRestorable_NamesWhatWasKeptOfADatabase(t *testing.T) {
	t.Parallel()
	b := setup(t, 0)
	known := standing(b.ensure(t))
	byHand := rds.CreateDeleteDBInstanceRequest()
	byHand.DBInstanceId = known.id(hosting.Database)
	hands{b, t}.do(byHand, rds.CreateDeleteDBInstanceResponse())
	from, err := b.Restorable(t.Context(), b.plan.Contract, "", known)
	if err != nil || len(from) != 1 || from[0].Kind != hosting.Backup {
		t.Errorf("got %+v (%v)", from, err)
	}
}
