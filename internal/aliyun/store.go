package aliyun

import (
	"context"
	"errors"
	"strings"

	"github.com/aliyun/alibaba-cloud-sdk-go/services/rds"

	"lvyue/internal/hosting"
	"lvyue/internal/suite"
)

// The one database of a contract, and the one account that uses it.
const (
	storeName = "lvyue"
	storeUser = "lvyue"
	readWrite = "ReadWrite"
)

// store is how a system reaches its database, and its files: those of the node at that private address, empty for its own.
type store struct{ host, port, password, files string }

// password follows from the contract, in the form that the vendor asks for: 8 to 32 signs, of at least three of capitals,
// small letters, digits and signs.
func (s site) password(plan hosting.Plan) string {
	return "Lv-" + suite.Token(s.config.Secret, plan.Contract, "database")[:29]
}

// openStore makes database and account, lets in the contract's own network and nobody else, and tells where the database
// is reached. False is that the vendor is still at it. The vendor has no tokens here: what is there is not made again.
func (s site) openStore(ctx context.Context, plan hosting.Plan, database string) (store, bool, error) {
	ready, err := s.makeStore(ctx, plan, database)
	if err != nil || !ready {
		return store{}, false, err
	}
	if err := s.letIn(ctx, database); err != nil {
		return store{}, false, err
	}
	request, response := rds.CreateDescribeDBInstanceNetInfoRequest(), rds.CreateDescribeDBInstanceNetInfoResponse()
	request.DBInstanceId = database
	if err := s.do(ctx, s.region, request, response); err != nil {
		return store{}, false, err
	}
	for _, way := range response.DBInstanceNetInfos.DBInstanceNetInfo {
		if way.IPType == "Private" {
			return store{host: way.ConnectionString, port: way.Port, password: s.password(plan)}, true, nil
		}
	}
	return store{}, false, nil
}

// makeStore reports whether the database is there and the account may use it.
func (s site) makeStore(ctx context.Context, plan hosting.Plan, database string) (bool, error) {
	made, err := s.stores(ctx, database)
	if err == nil && len(made) == 0 {
		request := rds.CreateCreateDatabaseRequest()
		request.DBInstanceId, request.DBName, request.CharacterSetName = database, storeName, "utf8mb4"
		if err = s.do(ctx, s.region, request, rds.CreateCreateDatabaseResponse()); err == nil || duplicate(err) {
			made, err = s.stores(ctx, database)
		}
	}
	if err != nil || len(made) == 0 || made[0].DBStatus != "Running" {
		return false, err
	}
	for _, user := range made[0].Accounts.AccountPrivilegeInfo {
		if user.Account == storeUser && user.AccountPrivilege == readWrite {
			return true, nil
		}
	}
	return s.admitUser(ctx, plan, database)
}

func (s site) stores(ctx context.Context, database string) ([]rds.Database, error) {
	request, response := rds.CreateDescribeDatabasesRequest(), rds.CreateDescribeDatabasesResponse()
	request.DBInstanceId, request.DBName = database, storeName
	err := s.do(ctx, s.region, request, response)
	return response.Databases.Database, err
}

// admitUser makes the account, and gives it the database once it can be used.
func (s site) admitUser(ctx context.Context, plan hosting.Plan, database string) (bool, error) {
	users, err := s.users(ctx, database)
	if err == nil && len(users) == 0 {
		request := rds.CreateCreateAccountRequest()
		request.DBInstanceId, request.AccountName, request.AccountType = database, storeUser, "Normal"
		request.FormParams["AccountPassword"] = s.password(plan) // in the body: URLs find their way into logs
		if err = s.do(ctx, s.region, request, rds.CreateCreateAccountResponse()); err == nil || duplicate(err) {
			users, err = s.users(ctx, database)
		}
	}
	if err != nil || len(users) == 0 || users[0].AccountStatus != "Available" {
		return false, err
	}
	request := rds.CreateGrantAccountPrivilegeRequest()
	request.DBInstanceId, request.DBName, request.AccountName, request.AccountPrivilege = database, storeName, storeUser, readWrite
	err = s.do(ctx, s.region, request, rds.CreateGrantAccountPrivilegeResponse())
	return err == nil, err
}

func (s site) users(ctx context.Context, database string) ([]rds.DBInstanceAccount, error) {
	request, response := rds.CreateDescribeAccountsRequest(), rds.CreateDescribeAccountsResponse()
	request.DBInstanceId, request.AccountName = database, storeUser
	err := s.do(ctx, s.region, request, response)
	return response.Accounts.DBInstanceAccount, err
}

// defaultList is the whitelist that the vendor has for every database.
const defaultList = "default"

// letIn leaves the contract's network as the only one on the database's whitelist.
func (s site) letIn(ctx context.Context, database string) error {
	look, answer := rds.CreateDescribeDBInstanceIPArrayListRequest(), rds.CreateDescribeDBInstanceIPArrayListResponse()
	look.DBInstanceId = database
	if err := s.do(ctx, s.region, look, answer); err != nil {
		return err
	}
	for _, list := range answer.Items.DBInstanceIPArray {
		if list.DBInstanceIPArrayName == defaultList && list.SecurityIPList == network {
			return nil
		}
	}
	request := rds.CreateModifySecurityIpsRequest()
	request.DBInstanceId, request.DBInstanceIPArrayName = database, defaultList
	request.SecurityIps, request.ModifyMode = network, "Cover"
	return s.do(ctx, s.region, request, rds.CreateModifySecurityIpsResponse())
}

// duplicate reports whether somebody else made it in the meantime.
func duplicate(err error) bool {
	var e *Error
	return errors.As(err, &e) && strings.Contains(e.Code, "Duplicate")
}
