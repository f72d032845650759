package aliyun

import (
	"context"
	"fmt"
	"strconv"

	"github.com/aliyun/alibaba-cloud-sdk-go/sdk/requests"
	"github.com/aliyun/alibaba-cloud-sdk-go/services/ecs"
	"github.com/aliyun/alibaba-cloud-sdk-go/services/rds"

	"lvyue/internal/hosting"
)

// resizeDisk buys a disk's new size, while its server runs if it does. It cannot be undone: disks never shrink.
func (s site) resizeDisk(ctx context.Context, g hosting.Growth, d diskStep) error {
	way := "online"
	if d.server != running {
		way = "offline"
	}
	return s.buy(ctx, d.ahead(), d.DiskId, func() (string, error) {
		request, response := ecs.CreateResizeDiskRequest(), ecs.CreateResizeDiskResponse()
		request.DiskId, request.NewSize, request.Type = d.DiskId, requests.NewInteger(d.gb), way
		request.ClientToken = growthToken(g, fmt.Sprintf("resize %s %s %d", way, d.DiskId, d.gb))
		err := s.do(ctx, s.region, request, response)
		return response.OrderId, err
	})
}

// resizeDatabase buys a database's new class and storage in one order, for the vendor takes one at a time. The vendor has no
// token for it: that it is not at its size, and not on the way there, was looked up before.
func (s site) resizeDatabase(ctx context.Context, d databaseStep) error {
	return s.buy(ctx, d.ahead(), d.DBInstanceId, func() (string, error) {
		request, response := rds.CreateModifyDBInstanceSpecRequest(), rds.CreateModifyDBInstanceSpecResponse()
		request.DBInstanceId, request.PayType = d.DBInstanceId, d.PayType
		request.Direction, request.EffectiveTime = "Up", "Immediate"
		request.DBInstanceStorage = requests.NewInteger(d.gb)
		if d.class != d.DBInstanceClass {
			request.DBInstanceClass = d.class
		}
		err := s.do(ctx, s.region, request, response)
		if err != nil || response.OrderId == 0 {
			return "", err
		}
		return strconv.FormatInt(response.OrderId, 10), nil
	})
}

// changeType makes a server another type: it must be stopped for that. A look that finds it on the way to stop waits.
func (s site) changeType(ctx context.Context, g hosting.Growth, t typeStep) error {
	if t.Status == running {
		if err := s.stop(ctx, t.InstanceId); err != nil {
			return err
		}
		seen, err := s.servers(ctx, query{id: t.InstanceId})
		if err != nil || len(seen) == 0 {
			return err
		}
		t.Instance = seen[0]
	}
	if t.Status != stopped {
		return nil // the next look
	}
	return s.buy(ctx, t.ahead(), t.InstanceId, func() (string, error) { return s.orderType(ctx, g, t) })
}

func (s site) orderType(ctx context.Context, g hosting.Growth, t typeStep) (string, error) {
	same := growthToken(g, "type "+t.InstanceId+" "+t.to)
	if t.ahead() {
		request, response := ecs.CreateModifyPrepayInstanceSpecRequest(), ecs.CreateModifyPrepayInstanceSpecResponse()
		request.InstanceId, request.InstanceType, request.OperatorType, request.ClientToken = t.InstanceId, t.to, "upgrade", same
		err := s.do(ctx, s.region, request, response)
		return response.OrderId, err
	}
	request := ecs.CreateModifyInstanceSpecRequest()
	request.InstanceId, request.InstanceType, request.ClientToken = t.InstanceId, t.to, same
	return "", s.do(ctx, s.region, request, ecs.CreateModifyInstanceSpecResponse())
}

// stop switches a server off and keeps what it runs on, so that it can be started again.
func (s site) stop(ctx context.Context, id string) error {
	request := ecs.CreateStopInstanceRequest()
	request.InstanceId, request.StoppedMode = id, "KeepCharging"
	return s.do(ctx, s.region, request, ecs.CreateStopInstanceResponse())
}

func (s site) start(ctx context.Context, id string) error {
	request := ecs.CreateStartInstanceRequest()
	request.InstanceId = id
	return s.do(ctx, s.region, request, ecs.CreateStartInstanceResponse())
}
