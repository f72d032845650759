package aliyun

import (
	"context"
	"fmt"
	"strconv"

	"github.com/aliyun/alibaba-cloud-sdk-go/sdk/requests"
	"github.com/aliyun/alibaba-cloud-sdk-go/services/bssopenapi"
	"github.com/aliyun/alibaba-cloud-sdk-go/services/ecs"
	"github.com/aliyun/alibaba-cloud-sdk-go/services/rds"

	"lvyue/internal/hosting"
)

// prePaid is the vendor's word for a server or disk that is paid ahead, a subscription; prepaid, that for a database.
const (
	prePaid = "PrePaid"
	prepaid = "Prepaid"
)

// hourlyDisk is the price of a pay-as-you-go disk: by the hour, the vendor gives no other.
func (s site) hourlyDisk(ctx context.Context, disk ecs.Disk, gb int) (listed, error) {
	request, response := ecs.CreateDescribePriceRequest(), ecs.CreateDescribePriceResponse()
	request.ResourceType, request.PriceUnit = "disk", "Hour"
	request.DataDisk = &[]ecs.DescribePriceDataDisk{{
		Category: disk.Category, PerformanceLevel: disk.PerformanceLevel, Size: strconv.Itoa(gb),
	}}
	if err := s.do(ctx, s.region, request, response); err != nil {
		return listed{}, err
	}
	return read(request.GetActionName(), response)
}

// hourlyServer is the price of a pay-as-you-go server with its system disk, and with a data disk unless that has no size.
func (s site) hourlyServer(ctx context.Context, kind string, dataGB int) (listed, error) {
	request, response := ecs.CreateDescribePriceRequest(), ecs.CreateDescribePriceResponse()
	request.ResourceType, request.PriceUnit, request.InstanceType = "instance", "Hour", kind
	request.SystemDiskCategory, request.SystemDiskSize = diskCategory, requests.NewInteger(systemDiskGB)
	if dataGB > 0 {
		request.DataDisk = &[]ecs.DescribePriceDataDisk{{Category: diskCategory, Size: strconv.Itoa(dataGB)}}
	}
	if err := s.do(ctx, s.region, request, response); err != nil {
		return listed{}, err
	}
	return read(request.GetActionName(), response)
}

// build is what a database is made of, beside its size.
type build struct{ engine, version, storage string }

// ours is the build of the databases that we order.
func ours() build { return build{engine, engineVersion, diskCategory} }

// build is what this one is made of: people may have changed it.
func (d databaseStep) build() build { return build{d.Engine, d.EngineVersion, d.DBInstanceStorageType} }

// hourlyDatabase is the price of a pay-as-you-go database with its storage.
func (s site) hourlyDatabase(ctx context.Context, of build, class string, gb int) (listed, error) {
	request := databasePrice(of, class, gb)
	request.CommodityCode, request.OrderType, request.PayType = "bards", "BUY", "Postpaid"
	return s.databasePrice(ctx, request)
}

// databasePrice is the question for the price of a database.
func databasePrice(of build, class string, gb int) *rds.DescribePriceRequest {
	request := rds.CreateDescribePriceRequest()
	request.Engine, request.EngineVersion = of.engine, of.version
	request.DBInstanceClass, request.DBInstanceStorage = class, requests.NewInteger(gb)
	request.DBInstanceStorageType, request.Quantity = of.storage, requests.NewInteger(1)
	request.InstanceUsedType = requests.NewInteger(0)
	return request
}

func (s site) databasePrice(ctx context.Context, request *rds.DescribePriceRequest) (listed, error) {
	response := rds.CreateDescribePriceResponse()
	if err := s.do(ctx, s.region, request, response); err != nil {
		return listed{}, err
	}
	return read(request.GetActionName(), response)
}

// price is what the growth of a disk costs for so many hours; paid ahead, what the vendor asks to the end of its own term.
func (d diskStep) price(ctx context.Context, s site, hours int64) (listed, error) {
	if d.ahead() {
		return s.paidDisk(ctx, d)
	}
	old, err := s.hourlyDisk(ctx, d.Disk, d.Size)
	if err != nil {
		return listed{}, err
	}
	grown, err := s.hourlyDisk(ctx, d.Disk, d.gb)
	return rest(old, grown, hours), err
}

// paidDisk asks the vendor's billing: no other call knows of a disk that is there already.
func (s site) paidDisk(ctx context.Context, d diskStep) (listed, error) {
	request, response := bssopenapi.CreateGetSubscriptionPriceRequest(), bssopenapi.CreateGetSubscriptionPriceResponse()
	request.ProductCode, request.SubscriptionType, request.OrderType = "ecs", "Subscription", "Upgrade"
	request.Region, request.InstanceId = s.region, d.InstanceId
	request.ModuleList = &[]bssopenapi.GetSubscriptionPriceModuleList{{
		ModuleCode: "DataDisk", ModuleStatus: "2", Tag: d.DiskId, // 2: changed
		Config: d.config(),
	}}
	if err := s.bill(ctx, request, response); err != nil {
		return listed{}, err
	}
	return read(request.GetActionName(), response)
}

// config says what the disk is to be. One without its level would be priced at another.
func (d diskStep) config() string {
	config := fmt.Sprintf("DataDisk.Category:%s,DataDisk.Size:%d", d.Category, d.gb)
	if d.PerformanceLevel != "" {
		config += ",DataDisk.PerformanceLevel:" + d.PerformanceLevel
	}
	return config
}

// price is what another instance type costs for so many hours; paid ahead, what the vendor asks to the end of its own term.
func (t typeStep) price(ctx context.Context, s site, hours int64) (listed, error) {
	if t.ahead() {
		request, response := ecs.CreateDescribeInstanceModificationPriceRequest(), ecs.CreateDescribeInstanceModificationPriceResponse()
		request.InstanceId, request.InstanceType = t.InstanceId, t.to
		if err := s.do(ctx, s.region, request, response); err != nil {
			return listed{}, err
		}
		return read(request.GetActionName(), response)
	}
	old, err := s.hourlyServer(ctx, t.InstanceType, 0)
	if err != nil {
		return listed{}, err
	}
	grown, err := s.hourlyServer(ctx, t.to, 0)
	return rest(old, grown, hours), err
}

// price is what a database's other class and storage cost for so many hours; paid ahead, what the vendor asks to the end of
// its own term.
func (d databaseStep) price(ctx context.Context, s site, hours int64) (listed, error) {
	if d.ahead() {
		request := databasePrice(d.build(), d.class, d.gb)
		request.CommodityCode, request.OrderType, request.PayType, request.DBInstanceId = "rds", "UPGRADE", prepaid, d.DBInstanceId
		request.TimeType, request.UsedTime = "Month", requests.NewInteger(1) // must be given; the term is the database's own
		return s.databasePrice(ctx, request)
	}
	old, err := s.hourlyDatabase(ctx, d.build(), d.DBInstanceClass, d.DBInstanceStorage)
	if err != nil {
		return listed{}, err
	}
	grown, err := s.hourlyDatabase(ctx, d.build(), d.class, d.gb)
	return rest(old, grown, hours), err
}

// price is what one more server with its disks costs for so many hours.
func (n nodeStep) price(ctx context.Context, s site, hours int64) (listed, error) {
	grown, err := s.hourlyServer(ctx, n.to, n.gb)
	return rest(listed{}, grown, hours), err
}

// part says which piece a step grows, without its price.
func (d diskStep) part() hosting.Priced {
	return hosting.Priced{Kind: hosting.Disk, ID: d.DiskId, From: gigabytes(d.Size), To: gigabytes(d.gb)}
}

func (t typeStep) part() hosting.Priced {
	return hosting.Priced{Kind: hosting.Server, ID: t.InstanceId, From: t.InstanceType, To: t.to}
}

func (d databaseStep) part() hosting.Priced {
	return hosting.Priced{
		Kind: hosting.Database, ID: d.DBInstanceId,
		From: d.DBInstanceClass + ", " + gigabytes(d.DBInstanceStorage), To: d.class + ", " + gigabytes(d.gb),
	}
}

func (n nodeStep) part() hosting.Priced {
	return hosting.Priced{Kind: hosting.Server, To: n.to + ", " + gigabytes(n.gb)}
}

func gigabytes(n int) string { return strconv.Itoa(n) + " GB" }
