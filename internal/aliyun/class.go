package aliyun

import (
	"net/http"
	"strings"
)

// class says what an answer of the vendor means for us.
type class int

const (
	transient class = iota // repeat later, unchanged; also when no answer came
	waiting                // repeat when the resource has reached another state
	absent                 // what was named is not there
	noStock                // another zone or size, and a new attempt
	noMoney                // a person tops up the account
	refused                // a person reads the message
	unclear                // a person sorts out what is whose; the vendor was not asked
)

// codes are the vendor's codes by class, compared without regard to case, since the vendor itself is not
// consistent. One that ends in * stands for all that begin so.
func codes() map[class][]string {
	return map[class][]string{
		waiting: {
			"IncorrectInstanceStatus*", "IncorrectVpcStatus", "IncorrectVSwitchStatus", "IncorrectStatus*",
			"IncorrectRouteEntryStatus", "IncorrectDBInstanceState", "OperationDenied.DBInstanceStatus",
			"OperationDenied.DBStatus", "OperationDenied.ReadDBInstanceStatus", "DependencyViolation*",
			"IncorrectDiskStatus*", "DiskInCoolingPeriod", "IncorrectEipStatus*", "InvalidBindingStatus", "SnapshotCreatedImage",
			"ConcurrentTaskExceeded", "LockTimeout", "BackupJobExists", "InvalidOrderTask.NotSupport",
			"InvalidOperation.InvalidEniState*",
			"ChargeTypeViolation", // for a while after a subscription was turned back
			"BackendServer.configuring", "ServiceIsConfiguring", "ServiceIsStopping", "RspoolVipExist", "ObtainIpFail",
			"OperationFailed.ListenerStatusNotSupport",
		},
		absent: {
			"InvalidInstanceId.NotFound", "Forbidden.InstanceNotFound", "InvalidDBInstanceId.NotFound",
			"InvalidDBInstance.NotFound", "InvalidDBInstanceName.NotFound", "InvalidDBName.NotFound", "InvalidVpcId.NotFound",
			"InvalidVSwitchId.NotFound", "InvalidSecurityGroupId.NotFound", "InvalidResource.NotFound",
			"InvalidDiskId.NotFound", "InvalidSnapshotId.NotFound", noImage, "InvalidAllocationId.NotFound",
			"InvalidAutoSnapshotPolicyId.NotFound", "InvalidBackupId.NotFound", "DomainRecordNotBelongToUser",
			"InvalidEniId.NotFound", "InvalidLoadBalancerId.NotFound", "ResourceNotFound.LoadBalancer",
		},
		noStock: {
			"OperationDenied.NoStock", "Invalid.PrivatePoolOptions.NoStock", "Zone.NotOnSale", "InstanceType.Offline",
			"InvalidResourceType.NotSupported", "OperationDenied.OutofUsage",
		},
		noMoney: {
			"InsufficientBalance", "InvalidAccountStatus.NotEnoughBalance", "Account.Arrearage", "PAY.*", "PAYFOR.*",
			"PRICE.*", "ACCOUNT_BALANCE_EXCEEDED", "InvalidPayMethod",
		},
		transient: {
			"ServiceUnavailable", "InternalError", "UnknownError", "SystemBusy", "OperationBusy", "TaskConflict",
			"OperationConflict", "Operation.Conflict", "InvalidOperation.Conflict", "VPC_TASK_CONFLICT",
			"LastTokenProcessing", "LastRequestProcessing", "LastOrderProcessing",
			"OperationFailed.LastTokenProcessing", "OperationFailed.TokenIsProcessing", "IdempotenceProcessing", "IdempotentProcessing",
			"SignatureNonceUsed",
		},
	}
}

// classify sorts an error answer by its code, and an unknown code by its HTTP status. Only listed codes count
// as absent: another 404, an unknown access key for instance, must never pass for a proof that data is gone.
func classify(code string, status int) class {
	for c, patterns := range codes() {
		for _, pattern := range patterns {
			if matches(pattern, code) {
				return c
			}
		}
	}
	throttled := strings.Contains(strings.ToLower(code), "throttling") || status == http.StatusTooManyRequests
	if throttled || status >= http.StatusInternalServerError {
		return transient
	}
	return refused
}

func matches(pattern, code string) bool {
	if prefix, ok := strings.CutSuffix(pattern, "*"); ok {
		return len(code) >= len(prefix) && strings.EqualFold(code[:len(prefix)], prefix)
	}
	return strings.EqualFold(code, pattern)
}
