package aliyun

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strconv"

	"github.com/aliyun/alibaba-cloud-sdk-go/sdk/requests"
	"github.com/aliyun/alibaba-cloud-sdk-go/services/rds"

	"lvyue/internal/hosting"
)

// engine and engineVersion are the vendor's words for the database that the products need.
const engine, engineVersion = "MySQL", "8.0"

// orderDatabase orders a pay-as-you-go MySQL with a standby, reachable from the contract's own network only.
func (s site) orderDatabase(ctx context.Context, plan hosting.Plan, have standing) (string, error) {
	request, response := rds.CreateCreateDBInstanceRequest(), rds.CreateCreateDBInstanceResponse()
	request.DBInstanceDescription = name(plan.Contract, hosting.Database)
	request.Engine, request.EngineVersion = engine, engineVersion
	request.Category, request.DBInstanceClass = "HighAvailability", plan.DatabaseClass
	request.DBInstanceStorageType = diskCategory
	request.DBInstanceStorage = requests.NewInteger(plan.DatabaseGB)
	request.PayType = "Postpaid"
	request.DBInstanceNetType, request.InstanceNetworkType = "Intranet", "VPC"
	request.VPCId, request.VSwitchId = have.id(hosting.VPC), have.id(hosting.VSwitch)
	request.ZoneId, request.SecurityIPList = plan.Zone, network
	request.ClientToken = token(plan, hosting.Database)
	request.Tag = &[]rds.CreateDBInstanceTag{{Key: tagKey, Value: plan.Contract}}
	err := s.do(ctx, s.region, request, response)
	return response.DBInstanceId, err
}

// listDatabases finds databases by tag or by id. The vendor lists them without their tags, so the contract is here the one
// whose name the database bears.
func (s site) listDatabases(ctx context.Context, q query) ([]hosting.Tagged, error) {
	return s.databasesThat(ctx, q, "")
}

// listEveryDatabase is listDatabases with those whose subscription is over.
func (s site) listEveryDatabase(ctx context.Context, q query) ([]hosting.Tagged, error) {
	found, err := s.listDatabases(ctx, q)
	if err != nil && !is(err, absent) {
		return found, err
	}
	binned, err := s.databasesThat(ctx, q, inTheBin)
	return append(found, binned...), err
}

// inTheBin asks for databases whose subscription is over: the vendor shows them to nobody else.
const inTheBin = "True"

func (s site) databasesThat(ctx context.Context, q query, expired string) ([]hosting.Tagged, error) {
	tags, err := json.Marshal(map[string]string{tagKey: q.contract})
	if err != nil {
		return nil, fmt.Errorf("write tags: %w", err)
	}
	return pages(func(page int) ([]hosting.Tagged, int, error) {
		request, response := rds.CreateDescribeDBInstancesRequest(), rds.CreateDescribeDBInstancesResponse()
		request.Expired = expired
		request.PageNumber, request.PageSize = requests.NewInteger(page), requests.NewInteger(pageSize)
		request.DBInstanceId, request.VpcId = q.id, q.of
		if q.id+q.of == "" {
			request.Tags = string(tags)
		}
		if err := s.do(ctx, s.region, request, response); err != nil {
			return nil, 0, err
		}
		var found []hosting.Tagged
		for _, d := range response.Items.DBInstance {
			contract, _ := named(d.DBInstanceDescription, hosting.Database)
			database := s.resource(hosting.Database, d.DBInstanceId, d.DBInstanceStatus, "Running")
			found = append(found, hosting.Tagged{Contract: contract, Resource: database})
		}
		return found, response.TotalRecordCount, nil
	})
}

// removeDatabase makes what is paid ahead or protected deletable: the next look deletes it. It first forbids the vendor to keep a backup (§7.2): databases on cloud disks keep their last one
// by default, and for them only the backup policy counts, not the wish in the deletion.
func (s site) removeDatabase(ctx context.Context, id string, _ standing) error {
	if held, err := s.releaseDatabase(ctx, id); held || err != nil {
		return err
	}
	policy := rds.CreateModifyBackupPolicyRequest()
	policy.DBInstanceId, policy.BackupPolicyMode = id, "DataBackupPolicy"
	policy.PreferredBackupTime, policy.PreferredBackupPeriod = "18:00Z-19:00Z", "Monday,Thursday" // must be given
	policy.ReleasedKeepPolicy = "None"
	if err := s.do(ctx, s.region, policy, rds.CreateModifyBackupPolicyResponse()); err != nil {
		return err
	}
	request := rds.CreateDeleteDBInstanceRequest()
	request.DBInstanceId, request.ReleasedKeepPolicy = id, "None"
	return s.do(ctx, s.region, request, rds.CreateDeleteDBInstanceResponse())
}

// listBackups finds what the vendor kept of databases that are gone: of those that bear the contract's name,
// and of those whose ids are known.
func (s site) listBackups(ctx context.Context, contract string, databases []string) ([]hosting.Resource, error) {
	kept, err := s.keptBackups(ctx)
	var found []hosting.Resource
	for _, b := range kept {
		ours := b.DBInstanceComment == name(contract, hosting.Database) || slices.Contains(databases, b.DBInstanceId)
		if ours {
			found = append(found, s.resource(hosting.Backup, b.BackupId, b.BackupStatus, ""))
		}
	}
	for _, id := range databases {
		copies, copyErr := s.copies(ctx, id)
		found, err = append(found, copies...), errors.Join(err, copyErr)
	}
	return found, err
}

// keptBackups lists what the vendor kept of all databases that are gone, whosever they were.
func (s site) keptBackups(ctx context.Context) ([]rds.Backup, error) {
	return pages(func(page int) ([]rds.Backup, int, error) {
		request, response := rds.CreateDescribeDetachedBackupsRequest(), rds.CreateDescribeDetachedBackupsResponse()
		request.Region = s.region
		request.PageNumber, request.PageSize = requests.NewInteger(page), requests.NewInteger(pageSize)
		if err := s.do(ctx, s.region, request, response); err != nil {
			return nil, 0, err
		}
		total, err := strconv.Atoi(response.TotalRecordCount)
		if err != nil {
			return nil, 0, fmt.Errorf("count kept backups: %w", err)
		}
		return response.Items.Backup, total, nil
	})
}
