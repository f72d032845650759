package aliyun

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"time"

	"github.com/aliyun/alibaba-cloud-sdk-go/sdk/requests"
	"github.com/aliyun/alibaba-cloud-sdk-go/services/ecs"
	"github.com/aliyun/alibaba-cloud-sdk-go/services/rds"

	"lvyue/internal/hosting"
	"lvyue/internal/workday"
)

// releaseServer takes away what keeps a server from being deleted (§7.2): a subscription, which the vendor refunds, and the
// protection that somebody switched on. Held says that it did; an expired subscription is deleted in its own way.
func (s site) releaseServer(ctx context.Context, id string) (held, expired bool, err error) {
	servers, err := s.servers(ctx, query{id: id})
	for _, server := range servers {
		switch {
		case server.InstanceChargeType == prePaid && s.over(server.ExpiredTime):
			expired = true
		case server.InstanceChargeType == prePaid:
			request := ecs.CreateModifyInstanceChargeTypeRequest()
			request.InstanceIds, request.InstanceChargeType = list(id), "PostPaid"
			return true, false, paidUntil(server.ExpiredTime, s.do(ctx, s.region, request, ecs.CreateModifyInstanceChargeTypeResponse()))
		case server.DeletionProtection:
			request := ecs.CreateModifyInstanceAttributeRequest()
			request.InstanceId, request.DeletionProtection = id, requests.NewBoolean(false)
			return true, false, s.do(ctx, s.region, request, ecs.CreateModifyInstanceAttributeResponse())
		}
	}
	return false, expired, err
}

// over reports whether a subscription's end, as the vendor writes it, is past. What cannot be read is not.
func (s site) over(end string) bool {
	at, ok := instant(end)
	return ok && !s.now().Before(at)
}

// instant reads a moment as one or the other of the vendor's products writes it.
func instant(text string) (time.Time, bool) {
	for _, form := range []string{"2006-01-02T15:04Z", time.RFC3339} {
		if at, err := time.Parse(form, text); err == nil {
			return at, true
		}
	}
	return time.Time{}, false
}

// paidUntil says with the vendor's answer how long a subscription that it does not turn back is paid for: what is over can be
// deleted. An answer that only came at a bad moment says nothing about it.
func paidUntil(end string, err error) error {
	at, known := instant(end)
	if e, is := errors.AsType[*Error](err); is && known && (e.class == waiting || e.class == refused) {
		e.Message += " (paid until " + at.In(workday.Shanghai).Format("2006-01-02 15:04") + ")"
	}
	return err
}

// releaseDatabase is releaseServer for a database.
func (s site) releaseDatabase(ctx context.Context, id string) (held bool, err error) {
	databases, err := s.database(ctx, id)
	if is(err, absent) {
		databases, err = s.binned(ctx, id)
	}
	for _, d := range databases {
		switch {
		case d.PayType == prepaid && s.over(d.ExpireTime):
			return true, s.destroyDatabase(ctx, id)
		case d.PayType == prepaid:
			request := rds.CreateTransformDBInstancePayTypeRequest()
			request.DBInstanceId, request.PayType = id, "Postpaid"
			return true, paidUntil(d.ExpireTime, s.do(ctx, s.region, request, rds.CreateTransformDBInstancePayTypeResponse()))
		case d.DeletionProtection:
			request := rds.CreateModifyDBInstanceDeletionProtectionRequest()
			request.DBInstanceId, request.DeletionProtection = id, requests.NewBoolean(false)
			return true, s.do(ctx, s.region, request, rds.CreateModifyDBInstanceDeletionProtectionResponse())
		}
	}
	return false, err
}

// binned reads a database whose subscription is over.
func (s site) binned(ctx context.Context, id string) ([]rds.DBInstanceAttribute, error) {
	request, response := rds.CreateDescribeDBInstanceAttributeRequest(), rds.CreateDescribeDBInstanceAttributeResponse()
	request.DBInstanceId, request.Expired = id, inTheBin
	err := s.do(ctx, s.region, request, response)
	return response.Items.DBInstanceAttribute, err
}

// destroyDatabase empties the vendor's recycle bin of a database: it cannot be turned back or deleted any more.
func (s site) destroyDatabase(ctx context.Context, id string) error {
	request := rds.CreateDestroyDBInstanceRequest()
	sum := sha256.Sum256([]byte("destroy " + id))
	request.DBInstanceId, request.ClientToken = id, hex.EncodeToString(sum[:20])
	return s.do(ctx, s.region, request, rds.CreateDestroyDBInstanceResponse())
}

// Restorable is what a contract's data could still be restored from (§7.2), wherever it is known to have been: every backup
// that the vendor still has of its databases, there or gone, kept, or copied to another region; every snapshot and image of its
// disks. It only reads, and buys nothing: the vendor makes a clone of such a thing alone, so that none is the proof that a restore
// of an old backup must fail.
func (c *Cloud) Restorable(ctx context.Context, contract, region string, known []hosting.Resource) ([]hosting.Resource, error) {
	if contract == "" {
		return nil, unnamed("Restorable")
	}
	var all standing
	for _, place := range regions(region, known) {
		found, err := site{c, place}.restorable(ctx, contract, standing(known).in(place))
		all = append(all, found...)
		if err != nil {
			return inOrder(all), err
		}
	}
	return inOrder(all), nil
}

func (s site) restorable(ctx context.Context, contract string, known standing) (standing, error) {
	var copied []piece
	for _, p := range remnants() {
		if p.kind == hosting.Snapshot || p.kind == hosting.Image {
			copied = append(copied, p)
		}
	}
	found, err := s.search(ctx, copied, contract, known)
	if err != nil {
		return found, err
	}
	for _, id := range known.ids(hosting.Database) {
		own, err := s.backups(ctx, id, time.Time{})
		if err != nil && !is(err, absent) {
			return found, err
		}
		for _, b := range own {
			found = append(found, s.resource(hosting.Backup, b.BackupId, b.BackupStatus, ""))
		}
	}
	kept, err := s.listBackups(ctx, contract, known.ids(hosting.Database))
	return append(found, kept...), err
}
