package aliyun

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"github.com/aliyun/alibaba-cloud-sdk-go/sdk/requests"
	"github.com/aliyun/alibaba-cloud-sdk-go/services/ecs"
	"github.com/aliyun/alibaba-cloud-sdk-go/services/rds"
	"github.com/aliyun/alibaba-cloud-sdk-go/services/sts"
	"github.com/aliyun/alibaba-cloud-sdk-go/services/vpc"

	"lvyue/internal/hosting"
)

// Preflight asks the vendor whether a plan can be carried out, before anything is ordered (§3.2): whose account it is, that
// the zone sells the server, its disk and the database now, that the image is there, and that the account may make a network and a server more.
// What it finds wrong it tells all at once; the error is Permanent if any of that is. It orders nothing, and promises
// nothing: stock may be gone a moment later. A server's order is tried without a network, since there is none yet, so all
// that the vendor looks at only after the network is left to the real order; and databases, addresses and names have no
// trial at all. It asks nothing about money.
func (c *Cloud) Preflight(ctx context.Context, plan hosting.Plan) error {
	plan = plan.Placed()
	if plan.Contract == "" {
		return unnamed("Preflight")
	}
	s := site{c, plan.Region}
	if err := s.identify(ctx); err != nil {
		return err // whoever we are, all else would fail likewise
	}
	return joined(
		s.installable(plan), s.stocked(ctx, plan, "InstanceType", plan.ServerType, 0), s.stocked(ctx, plan, "DataDisk", diskCategory, plan.ServerDiskGB),
		s.classed(ctx, plan), s.pictured(ctx), s.tryNetwork(ctx, plan), s.tryServer(ctx, plan),
	)
}

// identify asks whose the key is; a wrong one is refused here.
func (s site) identify(ctx context.Context) error {
	return s.do(ctx, s.region, sts.CreateGetCallerIdentityRequest(), sts.CreateGetCallerIdentityResponse())
}

// installable refuses what could never be installed.
func (s site) installable(plan hosting.Plan) error {
	if len(plan.Products) == 0 {
		return nil
	}
	if s.config.Secret == "" {
		return &Error{Action: "RunCommand", Message: "the secret of systems is missing: anybody could work out their tokens", class: refused}
	}
	_, err := s.script(plan, store{})
	return err
}

// stocked looks whether the zone sells one sort of thing for the plan's server now, and, with a size, as large.
func (s site) stocked(ctx context.Context, plan hosting.Plan, sort, name string, gb int) error {
	request, response := ecs.CreateDescribeAvailableResourceRequest(), ecs.CreateDescribeAvailableResourceResponse()
	request.DestinationResource, request.ZoneId, request.InstanceType = sort, plan.Zone, plan.ServerType
	request.InstanceChargeType, request.IoOptimized, request.NetworkCategory = "PostPaid", "optimized", "vpc"
	request.SystemDiskCategory = diskCategory
	if sort == "DataDisk" {
		request.DataDiskCategory = diskCategory
	}
	if err := s.do(ctx, s.region, request, response); err != nil {
		return err
	}
	for _, zone := range response.AvailableZones.AvailableZone {
		for _, sold := range zone.AvailableResources.AvailableResource {
			for _, r := range sold.SupportedResources.SupportedResource {
				if zone.ZoneId == plan.Zone && r.Value == name && r.Status == "Available" {
					return fits(request.GetActionName(), name, gb, r.Min, r.Max)
				}
			}
		}
	}
	return lacking(request.GetActionName(), name, plan.Zone)
}

// pictured looks whether the image is there from which servers are to start.
func (s site) pictured(ctx context.Context) error {
	if s.config.ImageID == "" {
		return nil // the newest of a family of the vendor's own
	}
	request, response := ecs.CreateDescribeImagesRequest(), ecs.CreateDescribeImagesResponse()
	request.ImageId, request.Status = s.config.ImageID, everyImage
	if err := s.do(ctx, s.region, request, response); err != nil && !is(err, absent) {
		return err
	}
	for _, image := range response.Images.Image {
		if image.ImageId == s.config.ImageID && image.Status == "Available" {
			return nil
		}
	}
	return &Error{Action: request.GetActionName(), class: refused, Message: "there is no image " + s.config.ImageID + " in " + s.region + " that a server could start from"}
}

// fits refuses a size that is not sold; 0 is no size, and an upper bound of 0 none.
func fits(action, name string, gb, least, most int) error {
	if gb == 0 || gb >= least && (most == 0 || gb <= most) {
		return nil
	}
	return &Error{Action: action, class: refused, Message: fmt.Sprintf("%s is sold with %d to %d GB, not with %d", name, least, most, gb)}
}

func lacking(action, name, zone string) error {
	return &Error{Action: action, Message: name + " is not to be had in " + zone + " now", class: noStock}
}

// classed looks whether the zone sells the database's class now, with that much storage.
func (s site) classed(ctx context.Context, plan hosting.Plan) error {
	request, response := rds.CreateDescribeAvailableClassesRequest(), rds.CreateDescribeAvailableClassesResponse()
	request.Engine, request.EngineVersion, request.Category = "MySQL", "8.0", "HighAvailability"
	request.DBInstanceStorageType, request.ZoneId = diskCategory, plan.Zone
	request.InstanceChargeType, request.OrderType = "Postpaid", "BUY"
	if err := s.do(ctx, s.region, request, response); err != nil {
		return err
	}
	for _, class := range response.DBInstanceClasses {
		if class.DBInstanceClass == plan.DatabaseClass {
			storage := class.DBInstanceStorageRange
			return fits(request.GetActionName(), plan.DatabaseClass, plan.DatabaseGB, storage.MinValue, storage.MaxValue)
		}
	}
	return lacking(request.GetActionName(), plan.DatabaseClass, plan.Zone)
}

// tryNetwork has the order of a network checked and not carried out.
func (s site) tryNetwork(ctx context.Context, plan hosting.Plan) error {
	request := vpc.CreateCreateVpcRequest()
	request.VpcName, request.CidrBlock, request.DryRun = name(plan.Contract, hosting.VPC), network, requests.NewBoolean(true)
	return passed(s.do(ctx, s.region, request, vpc.CreateCreateVpcResponse()))
}

// tryServer has the order of the server checked as far as that goes without a network: whether we may order one is checked
// first of all.
func (s site) tryServer(ctx context.Context, plan hosting.Plan) error {
	request := s.serverOrder(plan)
	request.DryRun = requests.NewBoolean(true)
	err := passed(s.do(ctx, s.region, request, ecs.CreateRunInstancesResponse()))
	var e *Error
	if errors.As(err, &e) && (e.Code == "MissingParameter" || strings.Contains(e.Code, "VSwitch") || strings.Contains(e.Code, "SecurityGroup")) {
		return nil
	}
	return err
}

// passed turns the vendor's way to say that a trial went well, an error, into none.
func passed(err error) error {
	var e *Error
	if errors.As(err, &e) && e.Code == "DryRunOperation" {
		return nil
	}
	return err
}
