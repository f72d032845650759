package aliyunsim

import (
	"net/http"
	"path/filepath"
	"testing"
	"time"
)

// Prices are numbers as the file has them: by the hour exactly, ahead to the fen.
func TestPrices_AreTheFilesByTheHourAndAhead(t *testing.T) {
	t.Parallel()
	c := newClient(t, Options{})
	disk := "ResourceType=disk&DataDisk.1.Category=cloud_essd&DataDisk.1.Size=500"
	c.want("", "ecs DescribePrice", disk).is(t, map[string]any{
		"PriceInfo.Price.OriginalPrice": 1.05, "PriceInfo.Price.TradePrice": 0.8925, "PriceInfo.Price.Currency": "CNY",
	})
	for level, price := range map[string]float64{"PL0": 0.525, "PL1": 1.05, "PL2": 2.1} {
		c.want("", "ecs DescribePrice", disk+"&DataDisk.1.PerformanceLevel="+level).is(t, map[string]any{"PriceInfo.Price.OriginalPrice": price})
	}
	c.want("InvalidDiskCategory.ValueNotSupported", "ecs DescribePrice", disk+"&DataDisk.1.PerformanceLevel=PL9")
	c.want("InvalidParameter", "ecs DescribePrice", disk+"&PriceUnit=Month")
	c.want("", "ecs DescribePrice", "InstanceType=ecs.g7.large&SystemDisk.Category=cloud_essd&SystemDisk.Size=60&PriceUnit=Month&Period=2").
		is(t, map[string]any{"PriceInfo.Price.OriginalPrice": 931})
	c.want("InvalidInstanceType.ValueNotSupported", "ecs DescribePrice", "InstanceType=ecs.none")
	database := "Engine=MySQL&EngineVersion=8.0&DBInstanceClass=mysql.x4.medium.2c&DBInstanceStorage=200&Quantity=1"
	c.want("", "rds DescribePrice", database+"&PayType=Postpaid&CommodityCode=bards").is(t, map[string]any{"PriceInfo.OriginalPrice": 1.851})
	c.want("", "rds DescribePrice", database+"&PayType=Prepaid&TimeType=Year&UsedTime=1").is(t, map[string]any{"PriceInfo.OriginalPrice": 8619})
	c.want("InvalidParameter", "rds DescribePrice", database+"&PayType=Prepaid&CommodityCode=bards")
	c.s.SetPriceFactor(200)
	c.want("", "ecs DescribePrice", disk).is(t, map[string]any{"PriceInfo.Price.OriginalPrice": 2.1})
	if err := c.s.SetPrices([]byte("no prices")); err == nil {
		t.Error("no error")
	}
}

// A database changes for a while, one change at a time, and never shrinks.
func TestDatabases_ChangeForAWhileAndOneAtATime(t *testing.T) {
	t.Parallel()
	now := time.Date(2026, 11, 23, 7, 8, 12, 0, time.UTC)
	c := newClient(t, Options{Clock: func() time.Time { return now }, GrowTakes: time.Hour})
	id := c.database()
	grow := "DBInstanceId=" + id + "&DBInstanceClass=mysql.x4.medium.2c&DBInstanceStorage="
	c.want("NotSupportReduceDiskSize", "ModifyDBInstanceSpec", grow+"15")
	c.want("InvalidStorage.Format", "ModifyDBInstanceSpec", grow+"26")
	c.want("InvalidDBInstanceClass.NotFound", "ModifyDBInstanceSpec", "DBInstanceId="+id+"&DBInstanceClass=none&DBInstanceStorage=25")
	c.want("", "ModifyDBInstanceSpec", grow+"25")
	c.want("OperationDenied.DBInstanceStatus", "ModifyDBInstanceSpec", grow+"30")
	attribute := func(status string, gb int) {
		t.Helper()
		c.want("", "DescribeDBInstanceAttribute", "DBInstanceId="+id).is(t, map[string]any{
			"Items.DBInstanceAttribute.0.DBInstanceStatus": status, "Items.DBInstanceAttribute.0.DBInstanceStorage": gb,
		})
	}
	attribute("DBInstanceClassChanging", 20)
	if next, _ := c.s.NextChange(); !next.Equal(now.Add(time.Hour)) {
		t.Errorf("next change at %s", next)
	}
	now = now.Add(time.Hour - 1)
	attribute("DBInstanceClassChanging", 20)
	now = now.Add(1)
	attribute("Running", 25)
	c.want("InvalidDBInstanceClassAndStorage.NotChanged", "ModifyDBInstanceSpec", grow+"25")
}

// A server becomes another type only while it is stopped.
func TestServers_ChangeTheirTypeWhileStopped(t *testing.T) {
	t.Parallel()
	c := newClient(t, Options{})
	id := "InstanceId=" + c.server(c.network(), "")
	c.want("IncorrectInstanceStatus", "ModifyInstanceSpec", id+"&InstanceType=ecs.g7.xlarge")
	c.want("", "StopInstance", id)
	c.want("InvalidInstanceType.ValueNotSupported", "ModifyInstanceSpec", id+"&InstanceType=none")
	c.want("ChargeTypeViolation", "ModifyPrepayInstanceSpec", id+"&InstanceType=ecs.g7.xlarge")
	c.want("", "ModifyInstanceSpec", id+"&InstanceType=ecs.g7.xlarge")
	c.want("", "StartInstance", id)
	c.want("", "DescribeInstances", "").is(t, map[string]any{"Instances.Instance.0.InstanceType": "ecs.g7.xlarge", "Instances.Instance.0.Status": "Running"})
}

// What is ordered ahead takes money at once; what cannot be paid is not there, and its order waits until it is cancelled.
func TestOrders_TakeMoneyOrWait(t *testing.T) {
	t.Parallel()
	now := time.Date(2026, 11, 23, 7, 8, 12, 0, time.UTC)
	c := newClient(t, Options{StateFile: filepath.Join(t.TempDir(), "account.json"), Clock: func() time.Time { return now }})
	network := c.network()
	ahead := "InstanceChargeType=PrePaid&Period=1&PeriodUnit=Month&SystemDisk.Category=cloud_essd&DataDisk.1.Category=cloud_essd"
	server := c.server(network, ahead) // 402.50 and 140 GB at 1.05: 549.50, of which we pay 85 %
	if got := c.s.Balance(); got != "999532.92" {
		t.Errorf("the account has %s", got)
	}
	c.want("", "DescribeInstances", "").is(t, map[string]any{
		"Instances.Instance.0.InstanceChargeType": "PrePaid", "Instances.Instance.0.ExpiredTime": "2026-12-23T07:08:12Z",
	})
	c.want("ChargeTypeViolation", "DeleteInstance", "InstanceId="+server+"&Force=true&TerminateSubscription=true")
	c.bills("", "QueryAccountBalance", "").is(t, map[string]any{"Success": true, "Data.AvailableAmount": "999,532.92"})
	if err := c.s.SetBalance("1"); err != nil {
		t.Fatal(err)
	}
	c.want("InvalidAccountStatus.NotEnoughBalance", "RunInstances", network+"&"+ahead+"&DataDisk.1.Size=100")
	unpaid := c.bills("", "QueryOrders", "PaymentStatus=Unpaid&PageNum=1&PageSize=10").id(t, "Data.OrderList.Order.0.OrderId")
	if c.s.Unpaid() != 1 || c.s.Left() != 4 {
		t.Errorf("%d unpaid, %d there", c.s.Unpaid(), c.s.Left())
	}
	again := newClient(t, c.s.options)
	if again.s.Balance() != c.s.Balance() {
		t.Errorf("after a restart there are %s", again.s.Balance())
	}
	c.bills("", "CancelOrder", "OrderId="+unpaid)
	c.bills("OrderStatusInvalid", "CancelOrder", "OrderId="+unpaid).is(t, map[string]any{"Success": false})
	c.bills("OrderNotExist", "GetOrderDetail", "OrderId=1")
	if err := c.s.SetBalance("-0.01"); err != nil {
		t.Fatal(err)
	}
	c.want("InvalidAccountStatus.NotEnoughBalance", "RunInstances", network+"&DataDisk.1.Size=100")
}

// bills is want for the vendor's billing, which says yes and no with status 200.
func (c *client) bills(code, action, params string) said {
	c.t.Helper()
	a, err := c.try(action, params)
	if err != nil || a.status != http.StatusOK || a.code() != code {
		c.t.Errorf("%s %s: got %d %q (%v), want %q", action, params, a.status, a.code(), err, code)
	}
	return a
}
