package aliyun

import (
	"strings"
	"testing"

	"lvyue/internal/aliyunsim"
	"lvyue/internal/hosting"
)

// clusterCalls are those of the way to a cluster and of the way back.
func clusterCalls() []string {
	return []string{
		"ecs DescribeInstances", "ecs DescribeDisks", "ecs RunInstances", "ecs RunCommand", "ecs DescribeInvocationResults", "ecs DeleteInstance",
		"rds DescribeDBInstances", "rds DescribeDatabases", "rds DescribeDBInstanceIPArrayList", "rds DescribeDBInstanceNetInfo",
		"cms InstallMonitoringAgent", "slb DescribeLoadBalancers", "slb CreateLoadBalancer", "slb DescribeLoadBalancerAttribute",
		"slb CreateLoadBalancerHTTPListener", "slb CreateLoadBalancerTCPListener", "slb AddBackendServers", "slb DescribeHealthStatus",
		"slb StartLoadBalancerListener", "slb RemoveBackendServers", "slb SetLoadBalancerDeleteProtection", "slb DeleteLoadBalancer",
		"alidns DescribeDomainRecords", "alidns UpdateDomainRecord",
	}
}

// through takes looks until the way is done, over troubles that pass.
func (b *clusterBench) through(t *testing.T, way func() (hosting.Grown, error)) {
	t.Helper()
	err := untilDone(t, func() (bool, error) {
		grown, err := way()
		b.known = hosting.Both(b.known, grown.Resources)
		return grown.Done, err
	})
	if err != nil {
		t.Fatal(err)
	}
}

// mended ends all troubles.
func (b *clusterBench) mended(t *testing.T) {
	t.Helper()
	if err := b.sim.SetFaults(); err != nil {
		t.Fatal(err)
	}
}

// isCluster insists on two servers behind one load balancer, to which the name leads.
func (b *clusterBench) isCluster(t *testing.T) {
	t.Helper()
	found, err := b.Find(t.Context(), b.plan.Contract, "", b.known)
	if err != nil {
		t.Fatal(err)
	}
	front := standing(found).of(hosting.LoadBalancer)
	if len(front) != 1 || b.leads(t) != front[0].Address || len(standing(found).of(hosting.Server)) != 2 || b.sim.Created() != deployed+2 {
		t.Errorf("%d were ordered, the name leads to %s: %+v", b.sim.Created(), b.leads(t), found)
	}
}

// §3.5: whatever goes wrong for a while at whichever call, also after the call took effect, there is one load balancer with
// two servers in the end; and on the way back exactly what there was first. The data is the same all the time.
func TestEveryTroubleAtEveryCall_EndsWithOneClusterAndWithTheFirstState(t *testing.T) {
	t.Parallel()
	for _, trouble := range []aliyunsim.Trouble{
		aliyunsim.Throttled, aliyunsim.Unavailable, aliyunsim.NumericCode, aliyunsim.Foreign, aliyunsim.Cut,
	} {
		for _, operation := range clusterCalls() {
			t.Run(strings.ReplaceAll(string(trouble)+" at "+operation, " ", "_"), func(t *testing.T) {
				t.Parallel()
				b := clustered(t, aliyunsim.Options{})
				before := b.counts(t, b.plan.Host)
				b.plan.Nodes = 2
				fails(t, b.bench, aliyunsim.Fault{Operation: operation, First: 2, Trouble: trouble})
				b.through(t, b.forth(t))
				b.mended(t)
				if b.isCluster(t); !same(b.counts(t, b.plan.Host), before) {
					t.Error("something is missing in the cluster")
				}
				b.plan.Nodes = 1
				fails(t, b.bench, aliyunsim.Fault{Operation: operation, First: 2, Trouble: trouble})
				b.through(t, b.back(t))
				b.mended(t)
				if b.isFirst(t); !same(b.counts(t, b.plan.Host), before) {
					t.Error("something is missing on the first server")
				}
			})
		}
	}
}

// §3.5: a crash after any call, of either way, changes nothing of how it ends.
func TestCluster_CrashAfterAnyCallLeavesOneCluster(t *testing.T) {
	t.Parallel()
	for lose := int64(1); ; lose++ {
		b := clustered(t, aliyunsim.Options{})
		b.plan.Nodes = 2
		sound, lossy := b.Cloud, &cut{lose: lose}
		b.Cloud = cloudAt(t, b.sim.URL(), lossy)
		b.through(t, b.forth(t))
		forth := lossy.calls.Load()
		b.plan.Nodes = 1
		b.through(t, b.back(t))
		b.Cloud = sound
		b.isFirst(t)
		if lossy.calls.Load() < lose {
			return // every call has been lost once
		}
		if b.sim.Created() != deployed+2 {
			t.Errorf("call %d lost, of %d forth: %d were ordered", lose, forth, b.sim.Created())
		}
	}
}
