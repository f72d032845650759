package aliyunsim

import (
	"testing"
	"time"
)

// While a database is being made, nothing can be done inside.
func TestDatabase_LetsNobodyInBeforeItRuns(t *testing.T) {
	t.Parallel()
	now := atNoon()
	c := newClient(t, Options{Clock: func() time.Time { return now }, DeployTakes: time.Hour, ReleasesEarly: true})
	id := "DBInstanceId=" + c.database()
	inside := map[string]string{
		"CreateDatabase": "&DBName=lvyue&CharacterSetName=utf8mb4", "DescribeDatabases": "", "CreateAccount": "&AccountName=lvyue&AccountPassword=Lv-password",
		"DescribeAccounts": "", "GrantAccountPrivilege": "&AccountName=lvyue&DBName=lvyue&AccountPrivilege=ReadWrite",
		"ModifySecurityIps": "&SecurityIps=10.0.0.0/8", "DescribeDBInstanceIPArrayList": "", "DescribeDBInstanceNetInfo": "",
	}
	for action, params := range inside {
		c.want("OperationDenied.DBInstanceStatus", action, id+params)
	}
	now = now.Add(time.Hour)
	for _, action := range []string{
		"CreateDatabase", "CreateAccount", "GrantAccountPrivilege", "GrantAccountPrivilege", "DescribeDatabases", "DescribeAccounts", "ModifySecurityIps",
		"ModifySecurityIps", "DescribeDBInstanceIPArrayList", "DescribeDBInstanceNetInfo",
	} {
		c.want("", action, id+inside[action])
	}
	c.want("", "DescribeDatabases", id).is(t, map[string]any{
		"Databases.Database.0.DBStatus": "Running", "Databases.Database.0.Accounts.AccountPrivilegeInfo.0.Account": "lvyue",
	})
	c.want("", "DescribeDatabases", id+"&DBName=other").is(t, map[string]any{"Databases.Database": []any{}})
	c.want("", "DescribeAccounts", id+"&AccountName=other").is(t, map[string]any{"Accounts.DBInstanceAccount": []any{}})
	c.want("", "DescribeDBInstanceIPArrayList", id).is(t, map[string]any{"Items.DBInstanceIPArray.0.SecurityIPList": "10.0.0.0/8"})
	c.want("", "DescribeDBInstanceNetInfo", id).is(t, map[string]any{"DBInstanceNetInfos.DBInstanceNetInfo.0.Port": "3306"})
}

func TestDatabase_RefusesWhatTheVendorRefuses(t *testing.T) {
	t.Parallel()
	c := newClient(t, Options{})
	id := "DBInstanceId=" + c.database()
	c.want("", "CreateDatabase", id+"&DBName=lvyue&CharacterSetName=utf8mb4")
	c.want("", "CreateAccount", id+"&AccountName=lvyue&AccountPassword=Lv-passw")
	for _, step := range []struct{ action, params, code string }{
		{"CreateDatabase", "&DBName=lvyue&CharacterSetName=utf8mb4", "InvalidDBName.Duplicate"},
		{"CreateDatabase", "&DBName=Lvyue&CharacterSetName=utf8mb4", "InvalidDBName.Format"},
		{"CreateAccount", "&AccountName=lvyue&AccountPassword=Lv-password", "InvalidAccountName.Duplicate"},
		{"CreateAccount", "&AccountName=9&AccountPassword=Lv-password", "InvalidAccountName.Format"},
		{"CreateAccount", "&AccountName=other&AccountPassword=Lv-pass", "InvalidAccountPassword.Format"},       // 7 signs
		{"CreateAccount", "&AccountName=other&AccountPassword=password-word", "InvalidAccountPassword.Format"}, // two sorts
		{"CreateAccount", "&AccountName=other&AccountPassword=Lv-45678901234567890123456789012X", "InvalidAccountPassword.Format"},
		{"CreateAccount", "&AccountName=other&AccountPassword=Lv-password~", "InvalidAccountPassword.Format"},
		{"CreateAccount", "&AccountName=other&AccountPassword=Lv-password&AccountType=Super", "InvalidParameter.NotSimulated"},
		{"CreateAccount", "&AccountName=other&AccountPassword=Lv-4567890123456789012345678901X", ""}, // 32 signs
		{"GrantAccountPrivilege", "&AccountName=none&DBName=lvyue&AccountPrivilege=ReadWrite", "InvalidAccountName.NotFound"},
		{"GrantAccountPrivilege", "&AccountName=lvyue&DBName=none&AccountPrivilege=ReadWrite", "InvalidDBName.NotFound"},
		{"GrantAccountPrivilege", "&AccountName=lvyue&DBName=lvyue&AccountPrivilege=All", "InvalidAccountPrivilege.Format"},
		{"ModifySecurityIps", "&SecurityIps=anybody", "InvalidSecurityIPs.Format"},
		{"ModifySecurityIps", "&SecurityIps=10.0.0.0/8&ModifyMode=Append", "InvalidParameter.NotSimulated"},
		{"ModifySecurityIps", "&SecurityIps=10.0.0.0/8,192.168.0.1", ""},
	} {
		c.want(step.code, step.action, id+step.params)
	}
}

func TestStock_TellsWhatCanBeHad(t *testing.T) {
	t.Parallel()
	c := newClient(t, Options{})
	const stock, kind = "AvailableZones.AvailableZone.0.AvailableResources.AvailableResource.0.SupportedResources.SupportedResource.0.", "&InstanceType=ecs.g7.large&ZoneId=" + zone
	c.want("", "DescribeAvailableResource", "DestinationResource=InstanceType"+kind).is(t, map[string]any{stock + "Status": "Available"})
	c.want("", "DescribeAvailableResource", "DestinationResource=DataDisk&DataDiskCategory=cloud_essd"+kind).is(t, map[string]any{stock + "Max": 32768, stock + "Value": "cloud_essd"})
	c.want("MissingParameter", "DescribeAvailableResource", "DestinationResource=DataDisk"+kind)
	c.want("InvalidParameter.NotSimulated", "DescribeAvailableResource", "DestinationResource=Zone"+kind)
	const classes = "Engine=MySQL&EngineVersion=8.0&Category=HighAvailability&DBInstanceStorageType=cloud_essd&ZoneId=" + zone
	c.want("", "DescribeAvailableClasses", classes).is(t, map[string]any{"DBInstanceClasses.0.DBInstanceClass": "mysql.x4.medium.2c", "DBInstanceClasses.0.DBInstanceStorageRange.MaxValue": 32000})
	network := c.network()
	c.s.SetSoldOut("ecs.g7.large", "mysql.x4.medium.2c")
	c.want("", "DescribeAvailableResource", "DestinationResource=InstanceType"+kind).is(t, map[string]any{stock + "Status": "SoldOut"})
	c.want("", "DescribeAvailableClasses", classes).is(t, map[string]any{"DBInstanceClasses.0.DBInstanceClass": "mysql.x4.large.2c"})
	c.want("OperationDenied.NoStock", "RunInstances", network)
	c.s.SetSoldOut()
	c.want("DryRunOperation", "RunInstances", network+"&DryRun=true")
	c.want("DryRunOperation", "CreateVpc", "DryRun=true")
	c.want("MissingParameter", "RunInstances", "DryRun=true&InstanceType=ecs.g7.large&ImageId=a")
	if c.s.Created() != 3 {
		t.Errorf("%d were ordered, want the network alone", c.s.Created())
	}
	c.want("", "GetCallerIdentity", "").is(t, map[string]any{"AccountId": accountNumber})
}
