package aliyunsim

import (
	"net/http"
	"net/netip"
	"strings"

	"lvyue/internal/hosting"
)

// The vendor's codes for what is not there.
const (
	noVPC     = "InvalidVpcId.NotFound"
	noVSwitch = "InvalidVSwitchId.NotFound"
)

func createVPC(s *state, c call) (answer, error) {
	block := c.text("CidrBlock")
	if block == "" {
		block = "172.16.0.0/12" // the vendor's default
	}
	if _, err := netip.ParsePrefix(block); err != nil {
		return nil, refuse(http.StatusBadRequest, "InvalidCidrBlock.Malformed", "Specified CIDR block %q is not valid.", block)
	}
	if c.flag("DryRun") {
		return nil, dryRun()
	}
	t := s.add("vpc-", c.text("ClientToken"), thing{
		Kind: hosting.VPC, Region: c.region(), Name: c.text("VpcName"), CIDR: block, Tags: c.tags(),
		CreatedAt: c.now, ReadyAt: c.now,
	})
	return answer{"VpcId": t.ID, "VRouterId": "vrt-" + t.ID[4:], "RouteTableId": "vtb-" + t.ID[4:], "ResourceGroupId": ""}, nil
}

func describeVPCs(s *state, c call) (answer, error) {
	things := s.list(filter{kind: hosting.VPC, ids: words(c.text("VpcId")), tags: c.tags()}, c.region())
	p, err := c.page(things, page{defaultSize: 10, limit: 50})
	if err != nil {
		return nil, err
	}
	return answer{
		"PageNumber": p.number, "PageSize": p.size, "TotalCount": p.of,
		"Vpcs": answer{"Vpc": p.each(func(t *thing) answer {
			return answer{
				"VpcId": t.ID, "VpcName": t.Name, "RegionId": t.Region, "CidrBlock": t.CIDR, "Status": "Available",
				"CreationTime": instant(t.CreatedAt), "Tags": answer{"Tag": pairs(t.Tags, "Key", "Value")},
			}
		})},
	}, nil
}

func deleteVPC(s *state, c call) (answer, error) {
	t, err := s.get(hosting.VPC, c.region(), c.text("VpcId"), noVPC)
	if err != nil {
		return nil, err
	}
	for kind, code := range map[hosting.Kind]string{
		hosting.VSwitch: "DependencyViolation.VSwitch", hosting.SecurityGroup: "DependencyViolation.SecurityGroup",
	} {
		if s.uses(t.ID, kind) {
			return nil, refuse(http.StatusBadRequest, code, "Specified object has dependent resources.")
		}
	}
	delete(s.Things, t.ID)
	return answer{}, nil
}

func createVSwitch(s *state, c call) (answer, error) {
	vpc, err := s.get(hosting.VPC, c.region(), c.text("VpcId"), noVPC)
	if err != nil {
		return nil, err
	}
	if !strings.HasPrefix(c.text("ZoneId"), vpc.Region+"-") {
		return nil, refuse(http.StatusNotFound, "InvalidZoneId.NotFound", "The zone %q does not exist.", c.text("ZoneId"))
	}
	if err := s.fits(c.text("CidrBlock"), vpc); err != nil {
		return nil, err
	}
	t := s.add("vsw-", c.text("ClientToken"), thing{
		Kind: hosting.VSwitch, Region: vpc.Region, Zone: c.text("ZoneId"), Name: c.text("VSwitchName"),
		CIDR: c.text("CidrBlock"), Tags: c.tags(), VPC: vpc.ID, CreatedAt: c.now, ReadyAt: c.now,
	})
	return answer{"VSwitchId": t.ID}, nil
}

// fits refuses a block that lies outside its VPC or over a neighbour.
func (s *state) fits(block string, vpc *thing) error {
	inner, err := netip.ParsePrefix(block)
	outer, outerErr := netip.ParsePrefix(vpc.CIDR)
	if err != nil || outerErr != nil || !outer.Contains(inner.Addr()) || inner.Bits() < outer.Bits() {
		return refuse(http.StatusBadRequest, "InvalidCidrBlock.Malformed", "Specified CIDR block %q is not valid.", block)
	}
	for _, t := range s.Things {
		other, err := netip.ParsePrefix(t.CIDR)
		if t.Kind == hosting.VSwitch && t.VPC == vpc.ID && err == nil && other.Overlaps(inner) {
			return refuse(http.StatusBadRequest, "InvalidCidrBlock.Overlapped", "Specified CIDR block overlaps with %s.", t.ID)
		}
	}
	return nil
}

func describeVSwitches(s *state, c call) (answer, error) {
	f := filter{kind: hosting.VSwitch, ids: words(c.text("VSwitchId")), vpc: c.text("VpcId"), tags: c.tags()}
	p, err := c.page(s.list(f, c.region()), page{defaultSize: 10, limit: 50})
	if err != nil {
		return nil, err
	}
	return answer{
		"PageNumber": p.number, "PageSize": p.size, "TotalCount": p.of,
		"VSwitches": answer{"VSwitch": p.each(func(t *thing) answer {
			return answer{
				"VSwitchId": t.ID, "VSwitchName": t.Name, "VpcId": t.VPC, "ZoneId": t.Zone, "CidrBlock": t.CIDR,
				"Status": "Available", "CreationTime": instant(t.CreatedAt),
				"Tags": answer{"Tag": pairs(t.Tags, "Key", "Value")},
			}
		})},
	}, nil
}

func deleteVSwitch(s *state, c call) (answer, error) {
	t, err := s.get(hosting.VSwitch, c.region(), c.text("VSwitchId"), noVSwitch)
	if err != nil {
		return nil, err
	}
	if s.uses(t.ID, hosting.Server, hosting.Database, hosting.LoadBalancer, hosting.NetworkInterface) {
		return nil, refuse(http.StatusBadRequest, "DependencyViolation", "Specified object has dependent resources.")
	}
	delete(s.Things, t.ID)
	return answer{}, nil
}
