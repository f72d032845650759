package aliyun

import (
	"context"
	"slices"

	"github.com/aliyun/alibaba-cloud-sdk-go/services/alidns"

	"lvyue/internal/hosting"
)

// lead lets the name lead to the load balancer. The next look reads it back.
func (k *cluster) lead(ctx context.Context) (bool, error) {
	if !k.named() {
		return true, nil
	}
	return k.point(ctx, k.front.Address, k.own())
}

// leadBack lets the name lead to the first server's own address again, where a single server is to stay. The look that
// does so is not the one that goes on.
func (k *cluster) leadBack(ctx context.Context) (bool, error) {
	if !k.single() || !k.named() {
		return true, nil
	}
	own := k.own()
	if own == "" {
		return false, confused(k.nodes[0].InstanceId, "it has no address of its own to which the name "+k.plan.Host+" could lead")
	}
	fronts := slices.Concat(k.known.of(hosting.LoadBalancer), k.pieces.of(hosting.LoadBalancer))
	return k.point(ctx, own, standing(fronts).addresses()...)
}

// own is the first server's public address, "" for none.
func (k *cluster) own() string { return k.nodes[0].EipAddress.IpAddress }

// named is that the plan's name is ours to lead; if not, people are needed.
func (k *cluster) named() bool {
	_, ours := k.within(k.plan.Host)
	k.people = !ours
	return ours
}

// point lets the name lead to an address in the place of those, and tells whether it did before. A name that leads
// elsewhere is a person's.
func (k *cluster) point(ctx context.Context, to string, instead ...string) (bool, error) {
	rr, _ := k.within(k.plan.Host)
	records, err := k.records(ctx, rr, "")
	if err != nil {
		return false, err
	}
	ours := slices.DeleteFunc(records, func(r alidns.Record) bool {
		return r.RR != rr || !slices.Contains([]string{"A", "AAAA", "CNAME"}, r.Type)
	})
	switch {
	case len(ours) > 1:
		return false, &Error{Action: "Cluster", Message: "the name " + k.plan.Host + " leads to several places", class: unclear}
	case len(ours) == 1 && ours[0].Value == to:
		k.pieces = append(k.pieces, k.record(ours[0].RecordId, ours[0].Status, k.plan.Host))
		return true, nil
	case len(ours) == 1 && ours[0].Type == "A" && slices.Contains(instead, ours[0].Value):
		request := alidns.CreateUpdateDomainRecordRequest()
		request.RecordId, request.RR, request.Type, request.Value = ours[0].RecordId, rr, "A", to
		return false, k.do(ctx, k.region, request, alidns.CreateUpdateDomainRecordResponse())
	}
	leading, err := k.nameSystem(ctx, k.plan, standing{{Kind: hosting.LoadBalancer, Address: to}})
	k.pieces = append(k.pieces, leading.of(hosting.Record)...)
	return err == nil, err
}
