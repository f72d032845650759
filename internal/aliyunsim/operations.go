package aliyunsim

import "maps"

// operation answers one action; it changes the state only when it refuses nothing.
type operation func(*state, call) (answer, error)

// operations are what the simulator can do, by product and action. Each has a line in the parameters folder.
func operations() map[string]operation {
	all := map[string]operation{}
	for _, some := range []map[string]operation{
		coreOperations(), systemOperations(), priceOperations(), subscriptionOperations(), resizeOperations(), balancerOperations(), metricOperations(),
		interfaceOperations(),
	} {
		maps.Copy(all, some)
	}
	return all
}

// coreOperations are those of networks, servers, disks and databases, and of what may outlive them.
func coreOperations() map[string]operation {
	return map[string]operation{
		"vpc CreateVpc":                    createVPC,
		"vpc DescribeVpcs":                 describeVPCs,
		"vpc DeleteVpc":                    deleteVPC,
		"vpc CreateVSwitch":                createVSwitch,
		"vpc DescribeVSwitches":            describeVSwitches,
		"vpc DeleteVSwitch":                deleteVSwitch,
		"vpc AllocateEipAddress":           allocateEIP,
		"vpc AssociateEipAddress":          associateEIP,
		"vpc UnassociateEipAddress":        unassociateEIP,
		"vpc ReleaseEipAddress":            releaseEIP,
		"vpc DescribeEipAddresses":         describeEIPs,
		"ecs CreateSecurityGroup":          createGroup,
		"ecs DescribeSecurityGroups":       describeGroups,
		"ecs DeleteSecurityGroup":          deleteGroup,
		"ecs RunInstances":                 runInstances,
		"ecs DescribeInstances":            describeInstances,
		"ecs DeleteInstance":               deleteInstance,
		"ecs CreateDisk":                   createDisk,
		"ecs DescribeDisks":                describeDisks,
		"ecs AttachDisk":                   attachDisk,
		"ecs DetachDisk":                   detachDisk,
		"ecs ResizeDisk":                   resizeDisk,
		"ecs ModifyDiskAttribute":          changeDisk,
		"ecs DeleteDisk":                   deleteDisk,
		"ecs CreateSnapshot":               createSnapshot,
		"ecs DescribeSnapshots":            describeSnapshots,
		"ecs DeleteSnapshot":               deleteSnapshot,
		"ecs CreateImage":                  createImage,
		"ecs DescribeImages":               describeImages,
		"ecs DeleteImage":                  deleteImage,
		"ecs CreateAutoSnapshotPolicy":     createPolicy,
		"ecs ApplyAutoSnapshotPolicy":      applyPolicy,
		"ecs CancelAutoSnapshotPolicy":     cancelPolicy,
		"ecs DeleteAutoSnapshotPolicy":     deletePolicy,
		"ecs DescribeAutoSnapshotPolicyEx": describePolicies,
		"rds CreateDBInstance":             createDatabase,
		"rds DescribeDBInstances":          describeDatabases,
		"rds ListTagResources":             listDatabaseTags,
		"rds ModifyBackupPolicy":           setBackupPolicy,
		"rds DeleteDBInstance":             deleteDatabase,
		"rds CreateBackup":                 createBackup,
		"rds DescribeBackupTasks":          describeBackupTasks,
		"rds DescribeBackups":              describeBackups,
		"rds DescribeDetachedBackups":      describeDetachedBackups,
		"rds DeleteBackup":                 deleteBackup,
	}
}

// systemOperations are those that make of servers and databases a system which its users reach.
func systemOperations() map[string]operation {
	return map[string]operation{
		"vpc TagResources":                    tagNetworks,
		"vpc ListTagResources":                listNetworkTags,
		"ecs TagResources":                    tagServers,
		"ecs ListTagResources":                listServerTags,
		"ecs AuthorizeSecurityGroup":          authorizeGroup,
		"ecs DescribeSecurityGroupAttribute":  describeGroup,
		"ecs StopInstance":                    stopInstance,
		"ecs StartInstance":                   startInstance,
		"ecs RunCommand":                      runCommand,
		"ecs DescribeInvocationResults":       describeRuns,
		"ecs DescribeAvailableResource":       describeStock,
		"rds DescribeAvailableClasses":        describeClasses,
		"rds CreateDatabase":                  createBase,
		"rds DescribeDatabases":               describeBases,
		"rds CreateAccount":                   createAccount,
		"rds DescribeAccounts":                describeAccounts,
		"rds GrantAccountPrivilege":           grant,
		"rds ModifySecurityIps":               setWhitelist,
		"rds DescribeDBInstanceIPArrayList":   describeWhitelist,
		"rds DescribeDBInstanceNetInfo":       describeNet,
		"alidns AddDomainRecord":              addRecord,
		"alidns DescribeDomainRecords":        describeRecords,
		"alidns UpdateDomainRecord":           updateRecord,
		"alidns DeleteDomainRecord":           deleteRecord,
		"cms InstallMonitoringAgent":          installAgent,
		"cms DescribeMonitoringAgentStatuses": describeAgents,
		"sts GetCallerIdentity":               tellIdentity,
	}
}

// product tells the vendor's products apart by their API version: all share one address here.
func product(version string) string {
	switch version {
	case "2014-05-26":
		return "ecs"
	case "2016-04-28":
		return "vpc"
	case "2014-08-15":
		return "rds"
	case "2017-12-14":
		return "bssopenapi"
	case "2014-05-15":
		return "slb"
	case "2015-01-09":
		return "alidns"
	case "2019-01-01":
		return "cms"
	case "2015-04-01":
		return "sts"
	default:
		return "unknown"
	}
}
