package aliyunsim

import (
	"cmp"
	"net/http"
	"slices"
	"time"

	"lvyue/internal/hosting"
)

func subscriptionOperations() map[string]operation {
	return map[string]operation{
		"ecs ModifyInstanceChargeType":           changeServerCharge,
		"rds TransformDBInstancePayType":         changeDatabaseCharge,
		"ecs ModifyInstanceAttribute":            changeServer,
		"rds ModifyDBInstanceDeletionProtection": protectDatabase,
		"rds DestroyDBInstance":                  destroyDatabase,
	}
}

// wrongCharge is the refusal of what the way in which a thing is paid does not allow. The vendor's code for servers; which one
// it has for databases is not published.
func wrongCharge(t *thing) error {
	return refuse(http.StatusForbidden, "ChargeTypeViolation", "The operation is not permitted due to charge type of %s.", t.ID)
}

// paidServer finds a server that is paid ahead and not expired, or refuses.
func (s *state) paidServer(c call, id string) (*thing, error) {
	t, err := s.get(hosting.Server, c.region(), id, noServer)
	if err == nil && !t.paid(c.now) {
		return nil, wrongCharge(t)
	}
	return t, err
}

// paidDatabase finds a database that is paid ahead and not expired, or refuses.
func (s *state) paidDatabase(c call) (*thing, error) {
	t, err := s.runningDatabase(c)
	if err == nil && !t.paid(c.now) {
		return nil, wrongCharge(t)
	}
	return t, err
}

// expired reports whether the thing's subscription is over. A database lies in the vendor's recycle bin then: only who asks for
// expired ones sees it, and all that can be done with it here is to destroy it.
func (t *thing) expired(now time.Time) bool { return t.Subscription != nil && !t.paid(now) }

// destroyDatabase takes an expired database out of the recycle bin, with its backups.
func destroyDatabase(s *state, c call) (answer, error) {
	t, err := s.get(hosting.Database, c.region(), c.text("DBInstanceId"), noDatabase)
	if err != nil {
		return nil, err
	}
	if !t.expired(c.now) {
		return nil, refuse(http.StatusForbidden, "OperationDenied.LockMode", "The instance %s has not expired.", t.ID)
	}
	for _, b := range s.backupsOf(t) {
		delete(s.Things, b.ID)
	}
	delete(s.Things, t.ID)
	return answer{}, nil
}

// until is the end of so many months or years from now.
func until(now time.Time, unit string, units int) time.Time {
	if unit == "Year" {
		return now.AddDate(units, 0, 0)
	}
	return now.AddDate(0, units, 0)
}

// subscribe pays ahead for things that are there already, or refuses and leaves an unpaid order.
func (s *state) subscribe(now time.Time, unit string, units int, p purchase, things map[*thing]thingPrice) (*purchase, error) {
	var prices []thingPrice
	for t, of := range things {
		p.For = append(p.For, t.ID)
		prices = append(prices, of)
	}
	slices.Sort(p.For)
	q, err := s.tariff.term(together(prices...), unit, units)
	if err != nil {
		return nil, err
	}
	placed, err := s.pay(now, p, q)
	if err != nil {
		return nil, err
	}
	for t, of := range things {
		q, _ := s.tariff.term(of, unit, units) // it had a price a moment ago
		t.Subscription = &subscription{Since: now, Until: until(now, unit, units), Paid: q.trade}
	}
	return placed, nil
}

// changeServerCharge turns one server and its disks into a subscription, or back: then what is not used up is refunded.
func changeServerCharge(s *state, c call) (answer, error) {
	ids, err := c.jsonIDs("InstanceIds")
	if err != nil || len(ids) != 1 {
		return nil, invalid("InstanceIds must name one instance.")
	}
	t, err := s.get(hosting.Server, c.region(), ids[0], noServer)
	if err != nil {
		return nil, err
	}
	ahead := c.text("InstanceChargeType") != "PostPaid"
	if ahead == (t.Subscription != nil) || t.Subscription != nil && !t.paid(c.now) {
		return nil, wrongCharge(t)
	}
	if ahead {
		things := map[*thing]thingPrice{t: serverPrice(t.Type)}
		for _, d := range s.disksOf(t) {
			if d.Volume.System || c.flag("IncludeDataDisks") {
				things[d] = d.Volume.price()
			}
		}
		placed, err := s.subscribe(c.now, cmp.Or(c.text("PeriodUnit"), "Month"), c.number("Period"), purchase{Product: "ecs", Type: "Convert"}, things)
		if err != nil {
			return nil, err
		}
		return answer{"OrderId": placed.ID}, nil
	}
	for _, each := range append(s.disksOf(t), t) {
		if each.Subscription != nil {
			s.refund(each.Subscription, c.now)
			each.Subscription = nil
		}
	}
	return answer{"OrderId": s.buy(c.now, purchase{Product: "ecs", Type: "Convert", For: ids}, quoted{}).ID}, nil
}

// changeDatabaseCharge turns a database into a subscription, or back: then what is not used up is refunded.
func changeDatabaseCharge(s *state, c call) (answer, error) {
	t, err := s.runningDatabase(c)
	if err != nil {
		return nil, err
	}
	ahead := c.text("PayType") == "Prepaid"
	if ahead == (t.Subscription != nil) {
		return nil, wrongCharge(t)
	}
	order := purchase{Product: "rds", Type: "Convert"}
	if ahead {
		things := map[*thing]thingPrice{t: databasePrice(t.Type, t.GB)}
		placed, err := s.subscribe(c.now, c.text("Period"), c.number("UsedTime"), order, things)
		if err != nil {
			return nil, err
		}
		return answer{"DBInstanceId": t.ID, "OrderId": placed.number(), "ExpiredTime": t.expiry()}, nil
	}
	s.refund(t.Subscription, c.now)
	t.Subscription, order.For = nil, []string{t.ID}
	return answer{"DBInstanceId": t.ID, "OrderId": s.buy(c.now, order, quoted{}).number()}, nil
}

// changeServer knows one attribute: that nobody deletes the server by a call. Subscriptions have no such protection.
func changeServer(s *state, c call) (answer, error) {
	if err := c.require("InstanceId", "DeletionProtection"); err != nil {
		return nil, err
	}
	t, err := s.get(hosting.Server, c.region(), c.text("InstanceId"), noServer)
	if err != nil {
		return nil, err
	}
	if t.Subscription != nil {
		return nil, wrongCharge(t)
	}
	t.Protected = c.flag("DeletionProtection")
	return answer{}, nil
}

func protectDatabase(s *state, c call) (answer, error) {
	t, err := s.runningDatabase(c)
	if err != nil {
		return nil, err
	}
	if t.Subscription != nil {
		return nil, wrongCharge(t)
	}
	t.Protected = c.flag("DeletionProtection")
	return answer{}, nil
}

// mayGo refuses the deletion of what is paid ahead, and of what is protected.
func (t *thing) mayGo(now time.Time) error {
	switch {
	case t.paid(now):
		return wrongCharge(t)
	case t.Protected && t.Kind == hosting.Database:
		return refuse(http.StatusBadRequest, "OperationDenied.DeletionProtection", "The deletion protection of %s is on.", t.ID)
	case t.Protected:
		return refuse(http.StatusForbidden, "InvalidOperation.DeletionProtection", "The deletion protection of %s is on.", t.ID)
	}
	return nil
}
