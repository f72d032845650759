package aliyun

import (
	"bytes"
	"errors"
	"strings"
	"testing"

	"lvyue/internal/aliyunsim"
	"lvyue/internal/hosting"
)

// mutations are the calls of a deployment and a destruction that change something.
func mutations() []string {
	return []string{
		"vpc CreateVpc", "vpc CreateVSwitch", "ecs CreateSecurityGroup", "ecs RunInstances", "rds CreateDBInstance",
		"vpc AllocateEipAddress", "vpc AssociateEipAddress", "alidns AddDomainRecord", "ecs AuthorizeSecurityGroup", "rds CreateDatabase",
		"rds CreateAccount", "rds GrantAccountPrivilege", "cms InstallMonitoringAgent", "ecs RunCommand",
		"alidns DeleteDomainRecord", "vpc UnassociateEipAddress", "vpc ReleaseEipAddress",
		"ecs DeleteInstance", "rds ModifyBackupPolicy", "rds DeleteDBInstance", "ecs DeleteSecurityGroup", "vpc DeleteVSwitch", "vpc DeleteVpc",
	}
}

// looks are the calls that only look.
func looks() []string {
	return []string{
		"vpc DescribeVpcs", "vpc DescribeVSwitches", "ecs DescribeSecurityGroups", "ecs DescribeInstances", "rds DescribeDBInstances",
		"ecs DescribeDisks", "ecs DescribeSnapshots", "ecs DescribeImages", "ecs DescribeAutoSnapshotPolicyEx",
		"vpc DescribeEipAddresses", "rds DescribeDetachedBackups", "alidns DescribeDomainRecords", "ecs DescribeSecurityGroupAttribute",
		"rds DescribeDatabases", "rds DescribeAccounts", "rds DescribeDBInstanceIPArrayList", "rds DescribeDBInstanceNetInfo",
		"ecs DescribeInvocationResults",
		"ecs DescribeNetworkInterfaces", "rds DescribeDBInstanceAttribute", "rds DescribeCrossRegionBackups", "slb DescribeLoadBalancers",
	}
}

// untilDone looks again after what may pass, as the workflow does, and gives what may not.
func untilDone(t *testing.T, look func() (done bool, err error)) error {
	t.Helper()
	for range 200 {
		done, err := look()
		var e *Error
		switch {
		case err == nil && done:
			return nil
		case err != nil && (!errors.As(err, &e) || e.Permanent()):
			return err
		}
	}
	t.Fatal("it never comes to an end")
	return nil
}

// §3.2 §7.2: whatever goes wrong for a while at whichever call, one call after the other, also after the call took effect,
// the deployment ends complete and the destruction ends with nothing, each piece ordered and installed once.
func TestEveryTroubleAtEveryCall_EndsWithOneDeploymentAndWithNothing(t *testing.T) {
	t.Parallel()
	for _, trouble := range []aliyunsim.Trouble{
		aliyunsim.Throttled, aliyunsim.Unavailable, aliyunsim.NumericCode, aliyunsim.Foreign, aliyunsim.Processing, aliyunsim.Cut,
	} {
		t.Run(string(trouble), func(t *testing.T) {
			t.Parallel()
			var log bytes.Buffer
			b := systemBench(t, aliyunsim.Options{Log: &log})
			failsEverywhere(t, b, trouble)
			var known []hosting.Resource
			err := untilDone(t, func() (bool, error) {
				var err error
				known, err = b.Ensure(t.Context(), b.plan)
				_, done := installedAt(known)
				return done, err
			})
			if err != nil || b.sim.Created() != deployed || b.runs(t) != 1 {
				t.Fatalf("%d were ordered (%v)", b.sim.Created(), err)
			}
			failsEverywhere(t, b, trouble)
			err = untilDone(t, func() (bool, error) {
				left, err := b.Destroy(t.Context(), b.plan.Contract, "", known)
				return err == nil && len(left) == 0, err
			})
			if err != nil || b.sim.Left() != 0 {
				t.Errorf("%d are left (%v)", b.sim.Left(), err)
			}
			for _, operation := range append(mutations(), looks()...) {
				if operation == "vpc UnassociateEipAddress" {
					continue // an address comes off by itself where its server goes first
				}
				if _, action, _ := strings.Cut(operation, " "); !strings.Contains(log.String(), `"action":"`+action+`"`) {
					t.Errorf("%s was never asked", operation)
				}
			}
		})
	}
}

// failsEverywhere lets every call go wrong twice, each after those before it have gone well.
func failsEverywhere(t *testing.T, b *bench, trouble aliyunsim.Trouble) {
	t.Helper()
	var faults []aliyunsim.Fault
	for _, operation := range append(mutations(), looks()...) {
		faults = append(faults, aliyunsim.Fault{Operation: operation, First: 2, Trouble: trouble})
	}
	fails(t, b, faults...)
}

func fails(t *testing.T, b *bench, faults ...aliyunsim.Fault) {
	t.Helper()
	if err := b.sim.SetFaults(faults...); err != nil {
		t.Fatal(err)
	}
}

// §3.2: no stock and no money are a person's: the work stops at once and says which; another try, once that is mended,
// goes on with what is there.
func TestWhatAPersonMustMend_StopsAtOnceAndGoesOnLater(t *testing.T) {
	t.Parallel()
	for trouble, code := range map[aliyunsim.Trouble]string{
		aliyunsim.NoStock: "aliyun_no_stock", aliyunsim.LowBalance: "aliyun_no_money",
	} {
		for _, operation := range []string{"ecs RunInstances", "rds CreateDBInstance"} {
			t.Run(string(trouble)+" "+operation, func(t *testing.T) {
				t.Parallel()
				b := setup(t, 0)
				fails(t, b, aliyunsim.Fault{Operation: operation, First: 1, Trouble: trouble})
				_, err := b.Ensure(t.Context(), b.plan)
				var e *Error
				if !errors.As(err, &e) || !e.Permanent() || e.Refusal().Code != code {
					t.Fatalf("got %v, want %s", err, code)
				}
				b.plan.Attempt++ // by a person
				if known := b.ensure(t); !hosting.Ready(known) || b.sim.Created() != len(hosting.Kinds()) {
					t.Errorf("%d were ordered: %+v", b.sim.Created(), known)
				}
			})
		}
	}
}
