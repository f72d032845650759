package aliyunsim

import (
	"cmp"
	"encoding/json"
	"net/http"

	"lvyue/internal/hosting"
)

const (
	noGroup  = "InvalidSecurityGroupId.NotFound"
	noServer = "InvalidInstanceId.NotFound"
)

func createGroup(s *state, c call) (answer, error) {
	vpc, err := s.get(hosting.VPC, c.region(), c.text("VpcId"), noVPC)
	if err != nil {
		return nil, err
	}
	t := s.add("sg-", c.text("ClientToken"), thing{
		Kind: hosting.SecurityGroup, Region: vpc.Region, Name: c.text("SecurityGroupName"), Tags: c.tags(),
		VPC: vpc.ID, CreatedAt: c.now, ReadyAt: c.now,
	})
	return answer{"SecurityGroupId": t.ID}, nil
}

func describeGroups(s *state, c call) (answer, error) {
	f := filter{kind: hosting.SecurityGroup, ids: words(c.text("SecurityGroupId")), vpc: c.text("VpcId"), tags: c.tags()}
	p, err := c.page(s.list(f, c.region()), page{defaultSize: 10, limit: 100})
	if err != nil {
		return nil, err
	}
	return answer{
		"PageNumber": p.number, "PageSize": p.size, "TotalCount": p.of, "RegionId": c.region(),
		"SecurityGroups": answer{"SecurityGroup": p.each(func(t *thing) answer {
			return answer{
				"SecurityGroupId": t.ID, "SecurityGroupName": t.Name, "SecurityGroupType": "normal", "VpcId": t.VPC,
				"CreationTime": instant(t.CreatedAt), "Tags": answer{"Tag": pairs(t.Tags, "TagKey", "TagValue")},
			}
		})},
	}, nil
}

func deleteGroup(s *state, c call) (answer, error) {
	t, err := s.get(hosting.SecurityGroup, c.region(), c.text("SecurityGroupId"), noGroup)
	if err != nil {
		return nil, err
	}
	if s.uses(t.ID, hosting.Server) {
		return nil, refuse(http.StatusForbidden, "DependencyViolation", "There is still instance(s) in the specified security group.")
	}
	delete(s.Things, t.ID)
	return answer{}, nil
}

// dryRun is how the vendor says that an order would have been taken.
func dryRun() error {
	return refuse(http.StatusBadRequest, "DryRunOperation", "Request validation has been passed with DryRun flag set.")
}

// runInstances starts one server, with disks of its own, pay-as-you-go or paid ahead.
func runInstances(s *state, c call) (answer, error) {
	if err := c.namesServer(); err != nil {
		return nil, err
	}
	vswitch, err := s.get(hosting.VSwitch, c.region(), c.text("VSwitchId"), noVSwitch)
	if err != nil {
		return nil, err
	}
	group, err := s.get(hosting.SecurityGroup, c.region(), c.text("SecurityGroupId"), noGroup)
	if err != nil {
		return nil, err
	}
	if group.VPC != vswitch.VPC {
		return nil, refuse(http.StatusBadRequest, "InvalidParameter.Mismatch", "Specified security group and virtual switch are not in the same vpc.")
	}
	if err := s.checkImage(c); err != nil {
		return nil, err
	}
	disks, err := c.orderedDisks(s)
	if err != nil {
		return nil, err
	}
	if err := s.sold(append(categories(disks), c.text("InstanceType"))...); err != nil {
		return nil, err
	}
	if c.flag("DryRun") {
		return nil, dryRun()
	}
	paid, err := s.payForServer(c, disks)
	if err != nil {
		return nil, err
	}
	s.fill(disks, c.text("ImageId"))
	t := s.add("i-", c.text("ClientToken"), thing{
		Kind: hosting.Server, Region: vswitch.Region, Zone: vswitch.Zone, Name: c.text("InstanceName"), Tags: c.tags(),
		VPC: vswitch.VPC, VSwitch: vswitch.ID, Group: group.ID, Image: c.text("ImageId"), CreatedAt: c.now, ReadyAt: c.now,
		Type: c.text("InstanceType"), Private: s.free(vswitch), Subscription: paid, Address: s.outward(c),
	})
	s.addDisks(t, disks)
	if paid != nil {
		placed := s.Purchases[len(s.Purchases)-1]
		placed.For = []string{t.ID}
		return answer{"OrderId": placed.ID, "TradePrice": json.Number(placed.Trade.String()), "InstanceIdSets": answer{"InstanceIdSet": []string{t.ID}}}, nil
	}
	return answer{"InstanceIdSets": answer{"InstanceIdSet": []string{t.ID}}}, nil
}

// namesServer refuses an order that does not say what server it is for.
func (c call) namesServer() error {
	if err := c.require("InstanceType", "SecurityGroupId", "VSwitchId"); err != nil {
		return err
	}
	if c.text("ImageId") == "" && c.text("ImageFamily") == "" {
		return missing("ImageId")
	}
	if charge := c.text("InstanceChargeType"); charge != "" && charge != "PostPaid" && charge != "PrePaid" {
		return invalid("The value of InstanceChargeType is not valid.")
	}
	return nil
}

// payForServer pays ahead where that is asked for. The disks count with the server then.
func (s *state) payForServer(c call, disks []orderedDisk) (*subscription, error) {
	if c.text("InstanceChargeType") != "PrePaid" {
		return nil, s.solvent()
	}
	of := []thingPrice{serverPrice(c.text("InstanceType"))}
	for _, d := range disks {
		of = append(of, d.price())
	}
	unit, units := cmp.Or(c.text("PeriodUnit"), "Month"), c.number("Period")
	q, err := s.tariff.term(together(of...), unit, units)
	if err != nil {
		return nil, err
	}
	if _, err := s.pay(c.now, purchase{Product: "ecs", Type: "New"}, q); err != nil {
		return nil, err
	}
	return &subscription{Since: c.now, Until: until(c.now, unit, units), Paid: q.trade}, nil
}

// outward is the public address that a new server has with bandwidth to the outside, and loses with itself; "" for none.
func (s *state) outward(c call) string {
	if c.number("InternetMaxBandwidthOut") < 1 {
		return ""
	}
	return address(s.Ordered)
}

func describeInstances(s *state, c call) (answer, error) {
	ids, err := c.jsonIDs("InstanceIds")
	if err != nil {
		return nil, err
	}
	f := filter{kind: hosting.Server, ids: ids, vpc: c.text("VpcId"), tags: c.tags()}
	p, err := c.page(s.list(f, c.region()), page{defaultSize: 10, limit: 100})
	if err != nil {
		return nil, err
	}
	return answer{
		"PageNumber": p.number, "PageSize": p.size, "TotalCount": p.of,
		"Instances": answer{"Instance": p.each(func(t *thing) answer {
			return answer{
				"InstanceId": t.ID, "InstanceName": t.Name, "RegionId": t.Region, "ZoneId": t.Zone, "Status": t.status(c.now),
				"InstanceChargeType": t.charge("PrePaid", "PostPaid"), "ExpiredTime": t.expiry(), "DeletionProtection": t.Protected,
				"InstanceType": t.Type, "Cpu": cores(t.Type), "Memory": memoryMB(t.Type), "ImageId": t.Image,
				"CreationTime":     instant(t.CreatedAt),
				"SecurityGroupIds": answer{"SecurityGroupId": []string{t.Group}},
				"VpcAttributes": answer{
					"VpcId": t.VPC, "VSwitchId": t.VSwitch, "PrivateIpAddress": answer{"IpAddress": []string{t.Private}},
				},
				"EipAddress":      s.boundAddress(t),
				"PublicIpAddress": answer{"IpAddress": words(t.Address)},
				"Tags":            answer{"Tag": pairs(t.Tags, "TagKey", "TagValue")},
			}
		})},
	}, nil
}

// boundAddress is the server's EIP; the vendor sends an empty object for none.
func (s *state) boundAddress(server *thing) answer {
	if t := s.eipOf(server); t != nil {
		return answer{"AllocationId": t.ID, "IpAddress": t.Address}
	}
	return answer{}
}

// deleteInstance takes the disks along that were to go with the server; all else that it had stays.
func deleteInstance(s *state, c call) (answer, error) {
	t, err := s.get(hosting.Server, c.region(), c.text("InstanceId"), noServer)
	if err != nil {
		return nil, err
	}
	if err := t.mayGo(c.now); err != nil {
		return nil, err
	}
	if t.Subscription != nil && !c.flag("TerminateSubscription") {
		return nil, wrongCharge(t)
	}
	if !c.flag("Force") && !t.Stopped {
		return nil, wrongServer()
	}
	delete(s.Things, t.ID)
	s.leave(t.ID)
	s.withdraw(t.ID)
	return answer{}, nil
}
