package aliyun

import (
	"errors"
	"net/http"
	"strings"
	"sync"
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

// lossy is a network that loses the first answer to every call, once for each different one.
type lossy struct {
	mu   sync.Mutex
	lost map[string]bool
}

func (f *lossy) RoundTrip(r *http.Request) (*http.Response, error) {
	asked := r.URL.Query()
	for _, fresh := range []string{"Signature", "SignatureNonce", "Timestamp"} {
		asked.Del(fresh)
	}
	response, err := http.DefaultTransport.RoundTrip(r)
	f.mu.Lock()
	defer f.mu.Unlock()
	if err != nil || f.lost[asked.Encode()] {
		return response, err
	}
	f.lost[asked.Encode()] = true
	return nil, errors.Join(errCut, response.Body.Close())
}

// §3.5: a crash after every single call, of either way, changes nothing of how it ends.
func TestCluster_CrashAfterEveryCallLeavesOneCluster(t *testing.T) {
	t.Parallel()
	b := clustered(t, aliyunsim.Options{})
	sound, failing := b.Cloud, cloudAt(t, b.sim.URL(), &lossy{lost: map[string]bool{}})
	b.Cloud, b.plan.Nodes = failing, 2
	b.dare(t, b.forth(t))
	b.Cloud = sound
	b.isCluster(t)
	b.Cloud, b.plan.Nodes = failing, 1
	b.dare(t, b.back(t))
	b.Cloud = sound
	b.isFirst(t)
}

// dare takes looks until the way is done, whatever becomes of each; every one of them meets one loss.
func (b *clusterBench) dare(t *testing.T, way func() (hosting.Grown, error)) {
	t.Helper()
	looks, losses := 0, 0
	for ; looks < 200; looks++ {
		grown, err := way()
		b.known = hosting.Both(b.known, grown.Resources)
		if grown.Done {
			break
		}
		if err != nil {
			losses++
		}
	}
	if looks == 200 || losses < 5 {
		t.Fatalf("%d looks, %d losses", looks, losses)
	}
}
