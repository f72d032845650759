package aliyunsim

import (
	"cmp"
	"net/http"
	"strconv"
)

func priceOperations() map[string]operation {
	return map[string]operation{
		"ecs DescribePrice":                     describePrice,
		"ecs DescribeInstanceModificationPrice": describeUpgradePrice,
		"rds DescribePrice":                     describeDatabasePrice,
		"bssopenapi GetSubscriptionPrice":       billing(subscriptionPrice),
		"bssopenapi QueryAccountBalance":        billing(accountBalance),
		"bssopenapi QueryOrders":                billing(queryOrders),
		"bssopenapi GetOrderDetail":             billing(orderDetail),
		"bssopenapi CancelOrder":                billing(cancelOrder),
	}
}

// describePrice tells what a new server with its disks, or new disks alone, would cost. As with the vendor, disks alone have
// an hourly price only.
func describePrice(s *state, c call) (answer, error) {
	unit := cmp.Or(c.text("PriceUnit"), "Hour")
	var of thingPrice
	switch kind := cmp.Or(c.text("ResourceType"), "instance"); kind {
	case "disk":
		if unit != "Hour" {
			return nil, invalid("The PriceUnit of a disk must be Hour.")
		}
		if err := c.require("DataDisk.1.Category", "DataDisk.1.Size"); err != nil {
			return nil, err
		}
		of = together(c.pricedDisks()...)
	case "instance":
		if err := c.require("InstanceType"); err != nil {
			return nil, err
		}
		system := diskPrice(cmp.Or(c.text("SystemDisk.Category"), "cloud_efficiency"), c.text("SystemDisk.PerformanceLevel"), cmp.Or(c.number("SystemDisk.Size"), defaultSystemGB))
		of = together(append(c.pricedDisks(), system, serverPrice(c.text("InstanceType")))...)
	default:
		return nil, refuse(http.StatusBadRequest, "InvalidParameter.NotSimulated", "ResourceType %s is not simulated.", kind)
	}
	q, err := s.tariff.term(of, unit, cmp.Or(c.number("Period"), 1)*cmp.Or(c.number("Amount"), 1))
	return answer{"PriceInfo": answer{"Price": q.answer(), "Rules": answer{"Rule": []answer{}}}}, err
}

// pricedDisks are the prices of DataDisk.1, DataDisk.2, …
func (c call) pricedDisks() []thingPrice {
	var prices []thingPrice
	for n := 1; c.gives("DataDisk." + strconv.Itoa(n) + "."); n++ {
		name := "DataDisk." + strconv.Itoa(n)
		prices = append(prices, diskPrice(c.text(name+".Category"), c.text(name+".PerformanceLevel"), c.number(name+".Size")))
	}
	return prices
}

// describeUpgradePrice tells what a larger type or further disks would cost a server that is paid ahead; the vendor answers
// it for no other, and for no disk that is there already.
func describeUpgradePrice(s *state, c call) (answer, error) {
	t, err := s.paidServer(c, c.text("InstanceId"))
	if err != nil {
		return nil, err
	}
	old, grown := together(), together(c.pricedDisks()...)
	switch kind := c.text("InstanceType"); {
	case kind != "":
		old, grown = serverPrice(t.Type), together(grown, serverPrice(kind))
	case !c.gives("DataDisk.1."):
		return nil, missing("InstanceType")
	}
	q, err := s.tariff.upgrade(old, grown, t.Subscription.left(c.now))
	return answer{"PriceInfo": answer{"Price": q.answer(), "Rules": answer{"Rule": []answer{}}}}, err
}

// describeDatabasePrice tells what a new database would cost, or one that is there at another size: by the hour, or, paid
// ahead, what is to be added for the rest of its term.
func describeDatabasePrice(s *state, c call) (answer, error) {
	ahead := c.text("PayType") == "Prepaid"
	if code := c.text("CommodityCode"); code != "" && code != either(ahead, "rds", "bards") {
		return nil, invalid("The CommodityCode %s does not fit the PayType.", code)
	}
	of := databasePrice(c.text("DBInstanceClass"), c.number("DBInstanceStorage"))
	var q quoted
	var err error
	switch {
	case !ahead:
		q, err = s.tariff.term(of, "Hour", c.number("Quantity"))
	case c.text("OrderType") == "UPGRADE":
		q, err = s.databaseUpgrade(c, of)
	default:
		q, err = s.tariff.term(of, c.text("TimeType"), c.number("UsedTime")*c.number("Quantity"))
	}
	return answer{"PriceInfo": q.answer(), "ShowDiscount": true}, err
}

func (s *state) databaseUpgrade(c call, to thingPrice) (quoted, error) {
	t, err := s.paidDatabase(c)
	if err != nil {
		return quoted{}, err
	}
	return s.tariff.upgrade(databasePrice(t.Type, t.GB), to, t.Subscription.left(c.now))
}
