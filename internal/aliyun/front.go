package aliyun

import (
	"context"
	"fmt"
	"slices"

	"github.com/aliyun/alibaba-cloud-sdk-go/services/slb"

	"lvyue/internal/hosting"
)

// orderFront orders the vendor's classic load balancer with a public address, paid by use and protected from being deleted
// by accident.
func (s site) orderFront(ctx context.Context, plan hosting.Plan) (string, error) {
	request, response := slb.CreateCreateLoadBalancerRequest(), slb.CreateCreateLoadBalancerResponse()
	request.LoadBalancerName = name(plan.Contract, hosting.LoadBalancer)
	request.AddressType, request.InternetChargeType = "internet", "paybytraffic"
	request.PayType, request.InstanceChargeType = "PayOnDemand", "PayByCLCU"
	request.MasterZoneId = plan.Zone
	request.DeleteProtection = switchedOn
	request.ClientToken = token(plan, hosting.LoadBalancer)
	request.Tag = &[]slb.CreateLoadBalancerTag{{Key: tagKey, Value: plan.Contract}}
	err := s.do(ctx, s.region, request, response)
	return response.LoadBalancerId, err
}

// findFront looks for the load balancer with the contract's tag, by the tag and by record. Two are for a person to sort out.
func (k *cluster) findFront(ctx context.Context) error {
	seen, err := k.listBalancers(ctx, query{contract: k.plan.Contract})
	if err != nil {
		return err
	}
	for _, id := range k.known.ids(hosting.LoadBalancer) {
		if slices.ContainsFunc(seen, func(r hosting.Tagged) bool { return r.ID == id }) {
			continue
		}
		recorded, err := k.listBalancers(ctx, query{contract: k.plan.Contract, id: id})
		if err != nil && !is(err, absent) {
			return err
		}
		seen = append(seen, recorded...)
	}
	var ids []string
	for _, b := range seen {
		if b.Contract == k.plan.Contract && !slices.Contains(ids, b.ID) {
			ids = append(ids, b.ID)
		}
	}
	switch len(ids) {
	case 0:
		return nil
	case 1:
		return k.see(ctx, ids[0])
	}
	return &Error{Action: "Cluster", Message: fmt.Sprintf("there are %d load balancers: %v", len(ids), ids), class: unclear}
}

// see looks at the load balancer; one too young to be seen, or just gone, is none.
func (k *cluster) see(ctx context.Context, id string) error {
	front, err := k.balancer(ctx, id)
	if is(err, absent) {
		return nil
	}
	if err != nil {
		return err
	}
	k.front = front
	k.pieces = append(k.pieces, k.balancerResource(id, front.LoadBalancerStatus, front.Address))
	return nil
}

// balance orders the load balancer and waits until it works.
func (k *cluster) balance(ctx context.Context) (bool, error) {
	if k.front != nil {
		return k.front.LoadBalancerStatus == active, nil
	}
	id, err := k.orderFront(ctx, k.plan)
	if err != nil {
		return false, err
	}
	k.pieces = append(k.pieces, hosting.Resource{Kind: hosting.LoadBalancer, ID: id, Region: k.region, Status: "Ordered"})
	return false, nil
}

// withdraw takes the servers that are too many from behind the load balancer, and all of ours when it is to go.
func (k *cluster) withdraw(ctx context.Context) (bool, error) {
	if k.front == nil {
		return true, nil
	}
	leaving := k.surplus()
	if k.single() {
		leaving = k.nodes
	}
	if leaving = k.served(leaving, true); len(leaving) == 0 {
		return true, nil
	}
	request := slb.CreateRemoveBackendServersRequest()
	request.LoadBalancerId = k.front.LoadBalancerId
	var err error
	if request.BackendServers, err = backends(leaving, ""); err != nil {
		return false, err
	}
	if err := k.do(ctx, k.region, request, slb.CreateRemoveBackendServersResponse()); err != nil {
		return false, err
	}
	return true, k.see(ctx, k.front.LoadBalancerId)
}

// dissolve deletes the load balancer of what is to be a single server. The next look finds it gone.
func (k *cluster) dissolve(ctx context.Context) (bool, error) {
	if k.front == nil || !k.single() {
		return true, nil
	}
	err := k.removeBalancer(ctx, k.front.LoadBalancerId, k.pieces)
	if is(err, absent) {
		err = nil
	}
	return false, err
}
