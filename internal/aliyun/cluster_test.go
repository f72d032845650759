package aliyun

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"net/url"
	"slices"
	"testing"
	"time"

	"github.com/aliyun/alibaba-cloud-sdk-go/services/alidns"
	"github.com/aliyun/alibaba-cloud-sdk-go/services/ecs"
	"github.com/shopspring/decimal"

	"lvyue/internal/aliyunsim"
	"lvyue/internal/hosting"
	"lvyue/internal/suite"
)

// clusterBench is a deployed system with data in it, and what is known of it.
type clusterBench struct {
	*bench

	first, known standing
}

func clustered(t *testing.T, options aliyunsim.Options) *clusterBench {
	t.Helper()
	b := &clusterBench{bench: systemBench(t, options)}
	b.deploy(t)
	return b
}

// deploy looks until the system is installed, and puts data into it.
func (b *clusterBench) deploy(t *testing.T) {
	t.Helper()
	for range 20 {
		b.first = b.ensure(t)
		if _, ok := installedAt(b.first); ok {
			break
		}
		b.advance(time.Minute)
	}
	b.known = slices.Clone(b.first)
	for _, document := range []string{"rent", "wages", "water"} {
		b.write(t, b.own(t), document)
	}
}

// own is the address of the first server.
func (b *clusterBench) own(t *testing.T) string {
	t.Helper()
	return b.first.of(hosting.EIP)[0].Address
}

// ask is what a user does at an address, with the operator's token in hand.
func (b *clusterBench) ask(t *testing.T, method, address, body string) (int, []byte) {
	t.Helper()
	proxy, err := url.Parse(b.sim.URL())
	if err != nil {
		t.Fatal(err)
	}
	request, err := http.NewRequestWithContext(t.Context(), method, "http://"+address, bytes.NewBufferString(body))
	if err != nil {
		t.Fatal(err)
	}
	request.Header.Set("Authorization", "Bearer "+suite.Token(systemSecret, b.plan.Contract, "operator"))
	transport := &http.Transport{Proxy: http.ProxyURL(proxy)}
	defer transport.CloseIdleConnections()
	response, err := transport.RoundTrip(request)
	if err != nil {
		t.Fatal(err)
	}
	text, err := io.ReadAll(response.Body)
	if err != nil || response.Body.Close() != nil {
		t.Fatal(err)
	}
	return response.StatusCode, text
}

// write enters a document at an address.
func (b *clusterBench) write(t *testing.T, address, document string) {
	t.Helper()
	if status, text := b.ask(t, http.MethodPost, address+"/oa/documents", document); status != http.StatusCreated {
		t.Fatalf("at %s: %d %s", address, status, text)
	}
}

// counts is what is there, seen from an address.
func (b *clusterBench) counts(t *testing.T, address string) suite.Counts {
	t.Helper()
	status, text := b.ask(t, http.MethodGet, address+suite.Count, "")
	var counts suite.Counts
	if err := json.Unmarshal(text, &counts); err != nil || status != http.StatusOK {
		t.Fatalf("at %s: %d %s (%v)", address, status, text, err)
	}
	return counts
}

func same(a, b suite.Counts) bool { return slices.Equal(a.Tables, b.Tables) && a.Files == b.Files }

// look takes one look and keeps what it brought.
func (b *clusterBench) look(t *testing.T, way func() (hosting.Grown, error)) hosting.Grown {
	t.Helper()
	grown, err := way()
	if err != nil {
		t.Fatal(err)
	}
	b.known = hosting.Both(b.known, grown.Resources)
	return grown
}

func (b *clusterBench) forth(t *testing.T) func() (hosting.Grown, error) {
	t.Helper()
	return func() (hosting.Grown, error) { return b.Cluster(t.Context(), b.plan, b.known) }
}

func (b *clusterBench) back(t *testing.T) func() (hosting.Grown, error) {
	t.Helper()
	return func() (hosting.Grown, error) { return b.Uncluster(t.Context(), b.plan, b.known) }
}

// arrive looks until the way is done.
func (b *clusterBench) arrive(t *testing.T, way func() (hosting.Grown, error)) hosting.Grown {
	t.Helper()
	var grown hosting.Grown
	for range 30 {
		if grown = b.look(t, way); grown.Done {
			return grown
		}
		b.advance(time.Minute)
	}
	t.Fatalf("it stays at %q: %+v", grown.Step, grown.Resources)
	return grown
}

// leads is the address to which the plan's name leads.
func (b *clusterBench) leads(t *testing.T) string {
	t.Helper()
	records, err := site{b.Cloud, hosting.DefaultRegion}.records(t.Context(), "oa", "")
	if err != nil || len(records) != 1 {
		t.Fatalf("%d records (%v)", len(records), err)
	}
	return records[0].Value
}

// public are the servers' own addresses, by number.
func (b *clusterBench) public(t *testing.T) []string {
	t.Helper()
	nodes, err := site{b.Cloud, hosting.DefaultRegion}.nodes(t.Context(), b.plan.Contract, nil)
	if err != nil {
		t.Fatal(err)
	}
	addresses := []string{nodes[0].EipAddress.IpAddress}
	for _, n := range nodes[1:] {
		addresses = append(addresses, n.PublicIpAddress.IpAddress...)
	}
	return addresses
}

// order runs a line on a server, as somebody does by hand.
func (b *clusterBench) order(t *testing.T, server, line string) {
	t.Helper()
	request := ecs.CreateRunCommandRequest()
	request.Type, request.CommandContent, request.InstanceId = "RunShellScript", line, &[]string{server}
	hands{b.bench, t}.do(request, ecs.CreateRunCommandResponse())
}

// isFirst insists on exactly what there was before any cluster, to which the name leads.
func (b *clusterBench) isFirst(t *testing.T) {
	t.Helper()
	pieces := b.ensure(t)
	if !slices.Equal(standing(pieces).names(), b.first.names()) || b.sim.Left() != deployed || b.leads(t) != b.own(t) {
		t.Errorf("%d pieces are there, the name leads to %s:\n%v\nwant\n%v", b.sim.Left(), b.leads(t), standing(pieces).names(), b.first.names())
	}
}

// §3.5: one server becomes two, and two become three, behind one load balancer, and no more at any further look. The data is
// the same on whichever answers, and the name leads to the load balancer.
func TestCluster_FromOneServerToTwoToThree(t *testing.T) {
	t.Parallel()
	b := clustered(t, aliyunsim.Options{CommandTakes: 10 * time.Minute})
	before := b.counts(t, b.own(t))
	for nodes := 2; nodes <= 3; nodes++ {
		b.plan.Nodes = nodes
		grown := b.arrive(t, b.forth(t))
		b.look(t, b.forth(t))
		front := standing(grown.Resources).of(hosting.LoadBalancer)
		if grown.Step != "" || len(front) != 1 || !front[0].Usable || b.leads(t) != front[0].Address || b.sim.Created() != deployed+nodes {
			t.Fatalf("%d nodes: %d were ordered, the name leads to %s: %+v", nodes, b.sim.Created(), b.leads(t), grown)
		}
		if servers := standing(grown.Resources).of(hosting.Server); len(servers) != nodes || len(standing(grown.Resources).of(hosting.Disk)) != 2*nodes {
			t.Errorf("%d nodes: %+v", nodes, grown.Resources)
		}
		for range 2 * nodes {
			if !same(b.counts(t, b.plan.Host), before) {
				t.Errorf("%d nodes: by name there is %+v, want %+v", nodes, b.counts(t, b.plan.Host), before)
			}
		}
		b.write(t, b.plan.Host, "written to the cluster")
		after := b.counts(t, b.own(t))
		for _, address := range b.public(t) {
			if same(b.counts(t, address), before) || !same(b.counts(t, address), after) {
				t.Errorf("%d nodes: at %s there is %+v, want %+v", nodes, address, b.counts(t, address), after)
			}
		}
		before = after
	}
}

// §3.5: while it is under way, the users notice nothing; the name is moved in the last step.
func TestCluster_MovesTrafficLast(t *testing.T) {
	t.Parallel()
	b := clustered(t, aliyunsim.Options{CommandTakes: 10 * time.Minute})
	b.plan.Nodes = 2
	var steps []string
	for range 30 {
		grown := b.look(t, b.forth(t))
		if b.counts(t, b.plan.Host); grown.Done {
			break
		}
		if moved := b.leads(t) != b.own(t); moved && grown.Step != hosting.StepTraffic {
			t.Errorf("the name is moved at %s", grown.Step)
		}
		if len(steps) == 0 || steps[len(steps)-1] != grown.Step {
			steps = append(steps, grown.Step)
		}
		b.advance(time.Minute)
	}
	want := []string{hosting.StepServers, hosting.StepInstall, hosting.StepBalancer, hosting.StepTraffic} // all answer at once here
	if !slices.Equal(steps, want) {
		t.Errorf("the steps were %v, want %v", steps, want)
	}
}

// §3.5: a further server that does not answer never gets traffic, nor does the name move; the way back leads to the first
// state, and a new attempt to a cluster.
func TestCluster_WithADeadServerMovesNoTraffic(t *testing.T) {
	t.Parallel()
	b := clustered(t, aliyunsim.Options{})
	b.plan.Nodes = 2
	for b.look(t, b.forth(t)).Step != hosting.StepBalancer {
		b.advance(time.Minute)
	}
	b.order(t, b.further(), "suite remove oa")
	for range 10 {
		if grown := b.look(t, b.forth(t)); grown.Done || grown.Step == hosting.StepTraffic || b.leads(t) != b.own(t) {
			t.Fatalf("at %q the name leads to %s", grown.Step, b.leads(t))
		}
	}
	before := b.counts(t, b.plan.Host)
	b.plan.Nodes = 1
	b.arrive(t, b.back(t))
	b.isFirst(t)
	b.plan.Nodes, b.plan.Attempt = 2, b.plan.Attempt+1
	b.arrive(t, b.forth(t))
	if !same(b.counts(t, b.plan.Host), before) || b.leads(t) == b.own(t) {
		t.Errorf("after the second attempt there is %+v, want %+v", b.counts(t, b.plan.Host), before)
	}
}

// further is the id of the further server that is known.
func (b *clusterBench) further() string {
	for _, r := range b.known.of(hosting.Server) {
		if !b.first.has(r.ID) {
			return r.ID
		}
	}
	return ""
}

// §3.5: without a name of ours people move the users: what is done says so, and both ways work.
func TestCluster_WithoutANameIsLeftToPeople(t *testing.T) {
	t.Parallel()
	b := &clusterBench{bench: systemBench(t, aliyunsim.Options{})}
	b.plan.Host = "oa.customer.cn"
	b.deploy(t)
	b.plan.Nodes = 2
	grown := b.arrive(t, b.forth(t))
	if grown.Step != hosting.StepPeople || len(standing(grown.Resources).of(hosting.Record)) != 0 {
		t.Errorf("done with %+v", grown)
	}
	if front := standing(grown.Resources).of(hosting.LoadBalancer)[0].Address; !same(b.counts(t, front), b.counts(t, b.own(t))) {
		t.Errorf("at %s there is something else than at %s", front, b.own(t))
	}
	b.plan.Nodes = 0
	if b.arrive(t, b.back(t)); b.sim.Left() != deployed-1 { // and no name
		t.Errorf("%d pieces are left", b.sim.Left())
	}
}

// §3.5: on the way back the name goes first, and that look does no more: what the world's name servers still know leads to
// the load balancer. The data that was written to the cluster is there.
func TestUncluster_LeadsTheNameBackFirst(t *testing.T) {
	t.Parallel()
	b := clustered(t, aliyunsim.Options{})
	b.plan.Nodes = 3
	front := standing(b.arrive(t, b.forth(t)).Resources).of(hosting.LoadBalancer)[0].Address
	b.write(t, b.plan.Host, "written to the cluster")
	before := b.counts(t, b.plan.Host)
	b.plan.Nodes = 1
	if grown := b.look(t, b.back(t)); grown.Done || grown.Step != hosting.StepTraffic || b.leads(t) != b.own(t) {
		t.Fatalf("the name leads to %s: %+v", b.leads(t), grown)
	}
	if !same(b.counts(t, front), before) {
		t.Error("the load balancer does not answer any more")
	}
	b.arrive(t, b.back(t))
	b.isFirst(t)
	if !same(b.counts(t, b.plan.Host), before) {
		t.Errorf("there is %+v, want %+v", b.counts(t, b.plan.Host), before)
	}
}

// §3.5: a way back to a smaller cluster leaves traffic where it is.
func TestUncluster_ToASmallerClusterKeepsTheLoadBalancer(t *testing.T) {
	t.Parallel()
	b := clustered(t, aliyunsim.Options{})
	b.plan.Nodes = 3
	b.arrive(t, b.forth(t))
	before, led := b.counts(t, b.plan.Host), b.leads(t)
	b.plan.Nodes = 2
	grown := b.arrive(t, b.back(t))
	if b.leads(t) != led || len(standing(grown.Resources).of(hosting.Server)) != 2 || b.sim.Left() != deployed+2 {
		t.Errorf("%d are there, the name leads to %s: %+v", b.sim.Left(), b.leads(t), grown)
	}
	for range 4 {
		if !same(b.counts(t, b.plan.Host), before) {
			t.Error("something is missing")
		}
	}
	b.look(t, b.forth(t))
	if b.sim.Created() != deployed+3 {
		t.Errorf("%d were ordered", b.sim.Created())
	}
}

// §7.2: a cluster is destroyed without a rest, at whichever look its making stopped.
func TestDestroy_LeavesNothingOfAClusterHoweverFarItIs(t *testing.T) {
	t.Parallel()
	for looks := 0; ; looks++ {
		b := clustered(t, aliyunsim.Options{})
		b.plan.Nodes = 3
		done := false
		for range looks {
			done = b.look(t, b.forth(t)).Done
		}
		if left := b.destroyAll(t, b.first); len(left) != 0 || b.sim.Left() != 0 {
			t.Errorf("after %d looks %d are left: %+v", looks, b.sim.Left(), left)
		}
		if done {
			return
		}
	}
}

// What was just made is listed only after a while; nothing is ordered twice for that.
func TestCluster_OrdersNothingTwiceWhileTheListsLag(t *testing.T) {
	t.Parallel()
	b := clustered(t, aliyunsim.Options{Lag: 150 * time.Second})
	b.plan.Nodes = 3
	b.arrive(t, b.forth(t))
	if b.sim.Created() != deployed+3 || len(b.public(t)) != 3 {
		t.Errorf("%d were ordered", b.sim.Created())
	}
}

// A look at a finished cluster asks for each thing once.
func TestCluster_AFinishedOneIsCheapToLookAt(t *testing.T) {
	t.Parallel()
	b := clustered(t, aliyunsim.Options{})
	b.plan.Nodes = 2
	b.arrive(t, b.forth(t))
	again := &counted{}
	b.Cloud = cloudAt(t, b.sim.URL(), again)
	b.look(t, b.forth(t))
	want := []string{
		"DescribeInstances", "DescribeDisks", "DescribeDisks", "DescribeLoadBalancers", "DescribeLoadBalancerAttribute",
		"DescribeHealthStatus", "DescribeDomainRecords",
	}
	if !slices.Equal(again.calls, want) {
		t.Errorf("looking again asks %v", again.calls)
	}
}

// §3.5: what no cluster can be made of is refused, and nothing is ordered.
func TestCluster_RefusesWhatIsNone(t *testing.T) {
	t.Parallel()
	for name, spoil := range map[string]func(_ *testing.T, b *clusterBench){
		"one server":     func(_ *testing.T, b *clusterBench) { b.plan.Nodes = 1 },
		"no number":      func(_ *testing.T, b *clusterBench) { b.plan.Nodes = 0 },
		"no contract":    func(_ *testing.T, b *clusterBench) { b.plan.Contract = "" },
		"no products":    func(_ *testing.T, b *clusterBench) { b.plan.Products = nil },
		"not deployed":   func(_ *testing.T, b *clusterBench) { b.plan.Contract = "HT-2025-002" },
		"no plain words": func(_ *testing.T, b *clusterBench) { b.plan.Settings[0].Value = "8; rm -rf /" },
		"two fronts": func(t *testing.T, b *clusterBench) {
			t.Helper()
			h := hands{b.bench, t}
			h.balancer(b.plan.Contract, "")
			h.balancer(b.plan.Contract, "")
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			b := clustered(t, aliyunsim.Options{})
			b.plan.Nodes = 2
			spoil(t, b)
			before := b.sim.Created()
			_, err := b.Cluster(t.Context(), b.plan, b.known)
			var e *Error
			if !errors.As(err, &e) || !e.Permanent() || b.sim.Created() != before {
				t.Errorf("%d were ordered (%v)", b.sim.Created()-before, err)
			}
		})
	}
}

// A name that somebody led elsewhere is not taken from there.
func TestCluster_LeavesANameThatLeadsElsewhere(t *testing.T) {
	t.Parallel()
	b := clustered(t, aliyunsim.Options{})
	b.plan.Nodes = 2
	b.redirect(t, "203.0.113.7")
	err := untilDone(t, func() (bool, error) {
		grown, err := b.Cluster(t.Context(), b.plan, b.known)
		b.known = hosting.Both(b.known, grown.Resources)
		return grown.Done, err
	})
	var e *Error
	if !errors.As(err, &e) || !e.Permanent() || e.Refusal().Code != "aliyun_unclear" || b.leads(t) != "203.0.113.7" {
		t.Errorf("the name leads to %s (%v)", b.leads(t), err)
	}
}

func (b *clusterBench) redirect(t *testing.T, to string) {
	t.Helper()
	request := alidns.CreateUpdateDomainRecordRequest()
	request.RecordId, request.RR, request.Type, request.Value = b.first.id(hosting.Record), "oa", "A", to
	hands{b.bench, t}.do(request, alidns.CreateUpdateDomainRecordResponse())
}

// A name that leads to two places is not moved: a person sorts it out.
func TestCluster_LeavesANameThatLeadsToTwoPlaces(t *testing.T) {
	t.Parallel()
	b := clustered(t, aliyunsim.Options{})
	b.plan.Nodes = 2
	b.point(t, "oa", "203.0.113.7")
	err := untilDone(t, func() (bool, error) {
		grown, err := b.Cluster(t.Context(), b.plan, b.known)
		b.known = hosting.Both(b.known, grown.Resources)
		return grown.Done, err
	})
	var e *Error
	if !errors.As(err, &e) || !e.Permanent() || e.Refusal().Code != "aliyun_unclear" {
		t.Errorf("got %v", err)
	}
	records, err := site{b.Cloud, hosting.DefaultRegion}.records(t.Context(), "oa", b.own(t))
	if err != nil || len(records) != 1 {
		t.Errorf("%+v (%v)", records, err)
	}
}

// §3.5 §5.7: further servers are ordered only if the account can pay all of them for a month; a fen less is refused before
// the first.
func TestCluster_OrdersNoServerWithoutTheMoney(t *testing.T) {
	t.Parallel()
	b := clustered(t, aliyunsim.Options{})
	b.plan.Nodes = 3
	s := site{b.Cloud, hosting.DefaultRegion}
	of := nodeStep{to: b.plan.ServerType, gb: b.plan.ServerDiskGB}
	price, err := s.priceOf(t.Context(), []priced{of, of}, monthHours, b.clock())
	if err != nil {
		t.Fatal(err)
	}
	enough := price.Amount.String()
	fen := decimal.RequireFromString("0.01")
	if err := b.sim.SetBalance(decimal.RequireFromString(enough).Sub(fen).String()); err != nil {
		t.Fatal(err)
	}
	if _, err := b.forth(t)(); codeOf(err) != "aliyun_no_money" || b.sim.Created() != deployed {
		t.Errorf("%d were ordered (%v)", b.sim.Created(), err)
	}
	if err := b.sim.SetBalance(enough); err != nil {
		t.Fatal(err)
	}
	if b.arrive(t, b.forth(t)); b.sim.Created() != deployed+3 {
		t.Errorf("%d were ordered", b.sim.Created())
	}
}
