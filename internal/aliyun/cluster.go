package aliyun

import (
	"context"
	"slices"

	"github.com/aliyun/alibaba-cloud-sdk-go/services/slb"

	"lvyue/internal/hosting"
)

// cluster is what stands of one when it is looked at.
type cluster struct {
	site

	plan  hosting.Plan
	nodes []node
	// front is its load balancer, nil while there is none.
	front *slb.DescribeLoadBalancerAttributeResponse
	// pieces are those that were seen, for the record.
	pieces standing
	// known is what the contract has on record in the region.
	known standing
	// people is that they have something left to do.
	people bool
}

// stride is one step of a way, which looks whether it is done and does what can be done now.
type stride struct {
	name string
	take func(*cluster, context.Context) (done bool, err error)
}

// forth is the way to a cluster: traffic is moved last, and until then nobody feels anything of it (§3.5).
func forth() []stride {
	return []stride{
		{hosting.StepServers, (*cluster).start},
		{hosting.StepInstall, (*cluster).install},
		{hosting.StepBalancer, (*cluster).balance},
		{hosting.StepHealth, (*cluster).serve},
		{hosting.StepTraffic, (*cluster).lead},
	}
}

// back is the way back: traffic first. The first server and its files are not touched.
func back() []stride {
	return []stride{
		{hosting.StepTraffic, (*cluster).leadBack},
		{hosting.StepBackends, (*cluster).withdraw},
		{hosting.StepBalancer, (*cluster).dissolve},
		{hosting.StepServers, (*cluster).dismiss},
	}
}

// Cluster brings a deployment one look nearer to plan.Nodes servers behind a load balancer (§3.5), from a single one or from
// a smaller cluster. The further servers are like the first, of the plan's shape, and use its files; all else is taken as
// Ensure left it. The name of the plan is led to the load balancer when every server answers through it; without a name of
// ours that is left to people, and the step of what is done is hosting.StepPeople. The first server keeps its own address:
// it is the way back, and the way on which the server fetches releases. Fewer than two nodes are refused; what is there
// already is never made smaller. No server is ordered that the account cannot pay for a month. After a way back, a new try has a higher plan.Attempt: the vendor would answer the old
// orders with servers that are gone.
func (c *Cloud) Cluster(ctx context.Context, plan hosting.Plan, known []hosting.Resource) (hosting.Grown, error) {
	if plan.Nodes < 2 || len(plan.Products) == 0 { //nolint:mnd // a cluster is more than one
		return hosting.Grown{}, &Error{Action: "Cluster", Message: "a cluster has at least two servers, and products on them", class: refused}
	}
	return c.walk(ctx, plan, known, forth())
}

// Uncluster is the way back of Cluster, one look of it: from a larger cluster to plan.Nodes servers; to a single one, with
// 0 or 1, the name is led back to the first server's own address before anything else. The look that leads it back ends
// there, so that the caller can give the name servers of the world their time: what they still know leads to the load
// balancer. Without a name of ours, people see to that before. The first server, its files and the database stay as they are.
func (c *Cloud) Uncluster(ctx context.Context, plan hosting.Plan, known []hosting.Resource) (hosting.Grown, error) {
	return c.walk(ctx, plan, known, back())
}

// walk looks at the cluster and takes one step after the other, up to the first that is not done.
func (c *Cloud) walk(ctx context.Context, plan hosting.Plan, known []hosting.Resource, way []stride) (hosting.Grown, error) {
	k, err := c.clusterOf(ctx, plan, known)
	if err != nil {
		return hosting.Grown{}, err
	}
	for _, s := range way {
		done, err := s.take(k, ctx)
		if is(err, waiting) { // the next look finds it ready
			done, err = false, nil
		}
		if !done || err != nil {
			return hosting.Grown{Step: s.name, Resources: inOrder(k.pieces)}, err
		}
	}
	grown := hosting.Grown{Done: true, Resources: inOrder(k.pieces)}
	if k.people {
		grown.Step = hosting.StepPeople
	}
	return grown, nil
}

// clusterOf sees what there is of a contract's servers, with their disks, and of its load balancer.
func (c *Cloud) clusterOf(ctx context.Context, plan hosting.Plan, known standing) (*cluster, error) {
	plan = plan.Placed()
	k := &cluster{site: site{c, plan.Region}, plan: plan}
	if plan.Contract == "" {
		return k, unnamed("Cluster")
	}
	if err := k.installable(plan); err != nil {
		return k, err
	}
	k.known = known.in(plan.Region)
	var err error
	if k.nodes, err = k.site.nodes(ctx, plan.Contract, k.known); err != nil {
		return k, err
	}
	for _, n := range k.nodes {
		k.pieces = append(k.pieces, k.resource(hosting.Server, n.InstanceId, n.Status, running))
	}
	if k.pieces, err = k.withDisks(ctx, plan.Contract, k.pieces); err != nil {
		return k, err
	}
	return k, k.findFront(ctx)
}

// further are the servers beside the first.
func (k *cluster) further() []node { return k.nodes[1:] }

// surplus are the servers that are more than the plan has.
func (k *cluster) surplus() []node {
	return slices.DeleteFunc(slices.Clone(k.further()), func(n node) bool { return n.number <= k.plan.Nodes })
}

// single is that the plan has no further server.
func (k *cluster) single() bool { return k.plan.Nodes < 2 } //nolint:mnd // a cluster is more than one

// start orders the further servers that are missing, if the account can pay them.
func (k *cluster) start(ctx context.Context) (bool, error) {
	all := true
	var missing []int
	for number := 1; number <= k.plan.Nodes; number++ {
		i := slices.IndexFunc(k.nodes, func(n node) bool { return n.number == number })
		if i < 0 {
			missing = append(missing, number)
			continue
		}
		all = all && k.nodes[i].running()
	}
	if len(missing) == 0 {
		return all, nil
	}
	if err := k.affordsNodes(ctx, len(missing)); err != nil {
		return false, err
	}
	for _, number := range missing {
		id, err := k.orderNode(ctx, k.plan, number, k.nodes[0])
		if err != nil {
			return false, err
		}
		k.pieces = append(k.pieces, hosting.Resource{Kind: hosting.Server, ID: id, Region: k.region, Status: "Ordered"})
	}
	return false, nil
}

// affordsNodes refuses while the balance is below the list price of the first month of that many servers more: of a cluster
// that is half there nobody has anything (§5.7).
func (k *cluster) affordsNodes(ctx context.Context, servers int) error {
	more := make([]priced, servers)
	for i := range more {
		more[i] = nodeStep{to: k.plan.ServerType, gb: k.plan.ServerDiskGB}
	}
	price, err := k.priceOf(ctx, more, monthHours, k.now())
	if err != nil {
		return err
	}
	return k.covers(ctx, "Cluster", price.Amount)
}

// install installs the products on the further servers.
func (k *cluster) install(ctx context.Context) (bool, error) {
	all := true
	for _, n := range k.further() {
		done, err := k.equip(ctx, n)
		if err != nil {
			return false, err
		}
		all = all && done
	}
	return all, nil
}

// prepare readies what the products find on a further server: the contract's database, the files of the first server, and
// the monitoring agent (§3.6).
func (k *cluster) prepare(ctx context.Context, n node) (store, bool, error) {
	databases, err := k.listDatabases(ctx, query{contract: k.plan.Contract})
	if err != nil {
		return store{}, false, err
	}
	id := k.known.id(hosting.Database)
	for _, d := range databases {
		id = d.ID
	}
	files := k.nodes[0].private()
	if id == "" || files == "" {
		return store{}, false, nil
	}
	to, ready, err := k.openStore(ctx, k.plan, id)
	if to.files = files; err != nil || !ready {
		return store{}, false, err
	}
	return to, true, k.installAgent(ctx, n.InstanceId)
}

// dismiss deletes the servers that are too many, with their disks. The next look finds them gone.
func (k *cluster) dismiss(ctx context.Context) (bool, error) {
	for _, n := range k.surplus() {
		if err := k.removeServer(ctx, n.InstanceId, nil); err != nil && !is(err, absent, waiting) {
			return false, err
		}
	}
	return len(k.surplus()) == 0, nil
}
