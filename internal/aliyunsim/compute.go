package aliyunsim

import (
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

// runInstances starts one pay-as-you-go server, with disks of its own.
func runInstances(s *state, c call) (answer, error) {
	if err := c.require("InstanceType", "SecurityGroupId", "VSwitchId"); err != nil {
		return nil, err
	}
	if c.text("ImageId") == "" && c.text("ImageFamily") == "" {
		return nil, missing("ImageId")
	}
	if charge := c.text("InstanceChargeType"); charge != "" && charge != "PostPaid" {
		return nil, refuse(http.StatusBadRequest, "InvalidParameter.NotSimulated", "InstanceChargeType %s is not simulated.", charge)
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
	s.fill(disks, c.text("ImageId"))
	t := s.add("i-", c.text("ClientToken"), thing{
		Kind: hosting.Server, Region: vswitch.Region, Zone: vswitch.Zone, Name: c.text("InstanceName"), Tags: c.tags(),
		VPC: vswitch.VPC, VSwitch: vswitch.ID, Group: group.ID, Image: c.text("ImageId"), CreatedAt: c.now, ReadyAt: c.now,
		Type: c.text("InstanceType"), Private: s.free(vswitch),
	})
	s.addDisks(t, disks)
	return answer{"InstanceIdSets": answer{"InstanceIdSet": []string{t.ID}}}, nil
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
				"InstanceChargeType": "PostPaid", "CreationTime": instant(t.CreatedAt),
				"InstanceType": t.Type, "Cpu": cores(t.Type), "Memory": memoryMB(t.Type), "ImageId": t.Image,
				"SecurityGroupIds": answer{"SecurityGroupId": []string{t.Group}},
				"VpcAttributes": answer{
					"VpcId": t.VPC, "VSwitchId": t.VSwitch, "PrivateIpAddress": answer{"IpAddress": []string{t.Private}},
				},
				"EipAddress": s.boundAddress(t),
				"Tags":       answer{"Tag": pairs(t.Tags, "TagKey", "TagValue")},
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
	if !c.flag("Force") && !t.Stopped {
		return nil, wrongServer()
	}
	delete(s.Things, t.ID)
	s.leave(t.ID)
	return answer{}, nil
}
