package aliyunsim

import (
	"net/http"
	"time"

	"lvyue/internal/hosting"
)

func resizeOperations() map[string]operation {
	return map[string]operation{
		"ecs ModifyInstanceSpec":          changeServerType,
		"ecs ModifyPrepayInstanceSpec":    changePaidServerType,
		"rds DescribeDBInstanceAttribute": describeDatabase,
		"rds ModifyDBInstanceSpec":        changeDatabaseSize,
		"rds DescribeCrossRegionBackups":  describeCopies,
	}
}

const (
	running = "Running"
	stopped = "Stopped"
)

// serverThat finds the server that the call names, and refuses unless it is in that state.
func (s *state) serverThat(c call, is string) (*thing, error) {
	t, err := s.get(hosting.Server, c.region(), c.text("InstanceId"), noServer)
	if err == nil && t.status(c.now) != is {
		return nil, wrongServer()
	}
	return t, err
}

// changeServerType changes a stopped pay-as-you-go server to another type.
func changeServerType(s *state, c call) (answer, error) {
	if err := c.require("InstanceType"); err != nil {
		return nil, err
	}
	t, err := s.serverThat(c, stopped)
	if err != nil {
		return nil, err
	}
	if t.Subscription != nil {
		return nil, wrongCharge(t)
	}
	if _, err := serverPrice(c.text("InstanceType"))(s.tariff.Hour); err != nil {
		return nil, err
	}
	if err := s.sold(c.text("InstanceType")); err != nil {
		return nil, err
	}
	if err := s.solvent(); err != nil {
		return nil, err
	}
	t.Type = c.text("InstanceType")
	return answer{}, nil
}

// changePaidServerType is changeServerType for a server that is paid ahead. The vendor takes it for a running one too, and
// lets it wait for the next start; here it must be stopped.
func changePaidServerType(s *state, c call) (answer, error) {
	t, err := s.serverThat(c, stopped)
	if err != nil {
		return nil, err
	}
	if !t.paid(c.now) {
		return nil, wrongCharge(t)
	}
	if err := s.sold(c.text("InstanceType")); err != nil {
		return nil, err
	}
	placed, err := s.upgrade(t, serverPrice(t.Type), serverPrice(c.text("InstanceType")), c.now)
	if err != nil {
		return nil, err
	}
	t.Type = c.text("InstanceType")
	return answer{"OrderId": placed.ID}, nil
}

// upgrade pays for what a thing that is paid ahead has more, or refuses and leaves an unpaid order.
func (s *state) upgrade(t *thing, old, grown thingPrice, now time.Time) (*purchase, error) {
	if s.waits(t.ID) {
		return nil, refuse(http.StatusForbidden, "LastOrderProcessing", "The previous order is still processing.")
	}
	q, err := s.tariff.upgrade(old, grown, t.Subscription.left(now))
	if err != nil {
		return nil, err
	}
	placed, err := s.pay(now, purchase{Product: "ecs", Type: "Upgrade", For: []string{t.ID}}, q)
	if err == nil {
		t.Subscription.Paid = t.Subscription.Paid.Add(q.trade)
	}
	return placed, err
}

// change is what a database is changing to; at Until it is that.
type change struct {
	Type  string    `json:"type"`
	GB    int       `json:"gb"`
	Until time.Time `json:"until"`
}

// settle makes a change that is over the database's size.
func (t *thing) settle(now time.Time) {
	if t.Change != nil && !now.Before(t.Change.Until) {
		t.Type, t.GB, t.Change = t.Change.Type, t.Change.GB, nil
	}
}

func describeDatabase(s *state, c call) (answer, error) {
	t, err := s.get(hosting.Database, c.region(), c.text("DBInstanceId"), noDatabase)
	if err != nil {
		return nil, err
	}
	if t.expired(c.now) != (c.text("Expired") == "True") {
		return nil, refuse(http.StatusNotFound, noDatabase, "The specified resource %q does not exist.", t.ID)
	}
	t.settle(c.now)
	return answer{"Items": answer{"DBInstanceAttribute": []answer{{
		"DBInstanceId": t.ID, "DBInstanceDescription": t.Name, "DBInstanceStatus": t.status(c.now), "RegionId": t.Region,
		"ZoneId": t.Zone, "VpcId": t.VPC, "VSwitchId": t.VSwitch, "Engine": "MySQL", "EngineVersion": "8.0",
		"DBInstanceClass": t.Type, "DBInstanceStorage": t.GB, "DBInstanceStorageType": "cloud_essd", "Category": "HighAvailability",
		"PayType": t.charge("Prepaid", "Postpaid"), "ExpireTime": t.expiry(), "DeletionProtection": t.Protected,
		"CreationTime": instant(t.CreatedAt),
	}}}}, nil
}

// changeDatabaseSize begins to change class or storage, one change at a time; storage never shrinks. Where the balance is too
// small for one that is paid ahead, the vendor takes the order, does nothing, and waits for money.
func changeDatabaseSize(s *state, c call) (answer, error) {
	t, err := s.runningDatabase(c)
	if err != nil {
		return nil, err
	}
	t.settle(c.now)
	to := change{Type: t.Type, GB: t.GB, Until: c.now.Add(c.grow)}
	if class := c.text("DBInstanceClass"); class != "" {
		to.Type = class
	}
	if c.text("DBInstanceStorage") != "" {
		to.GB = c.number("DBInstanceStorage")
	}
	if pays := c.text("PayType"); pays != "" && pays != t.charge("Prepaid", "Postpaid") {
		return nil, invalid("The PayType %s is not the database's.", pays)
	}
	switch {
	case to.GB < t.GB:
		return nil, refuse(http.StatusForbidden, "NotSupportReduceDiskSize", "The storage cannot be reduced.")
	case to.GB%5 != 0 || to.GB > 32000:
		return nil, refuse(http.StatusBadRequest, "InvalidStorage.Format", "Specified storage is not valid.")
	case to.GB == t.GB && to.Type == t.Type:
		return nil, refuse(http.StatusBadRequest, "InvalidDBInstanceClassAndStorage.NotChanged", "The specification does not change.")
	case s.waits(t.ID):
		return nil, refuse(http.StatusForbidden, "InvalidOrderTask.NotSupport", "Another order of the instance is not finished.")
	}
	if err := s.sold(to.Type); err != nil && to.Type != t.Type {
		return nil, err
	}
	return s.orderDatabaseSize(c, t, to)
}

func (s *state) orderDatabaseSize(c call, t *thing, to change) (answer, error) {
	var q quoted
	var err error
	if t.Subscription == nil {
		_, err = s.tariff.term(databasePrice(to.Type, to.GB), "Hour", 1)
		if err == nil {
			err = s.solvent()
		}
	} else {
		q, err = s.tariff.upgrade(databasePrice(t.Type, t.GB), databasePrice(to.Type, to.GB), t.Subscription.left(c.now))
	}
	if err != nil {
		return nil, err
	}
	placed := s.buy(c.now, purchase{Product: "rds", Type: "Upgrade", For: []string{t.ID}}, q)
	if placed.Status == "Paid" {
		t.Change = &to
		t.settle(c.now)
	}
	return answer{"DBInstanceId": t.ID, "OrderId": placed.number()}, nil
}
