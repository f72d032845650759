package aliyun

import (
	"context"
	"slices"

	"lvyue/internal/hosting"
)

// stand finds what there is of a plan, by its tag alone: nothing else is part of a deployment.
func (s site) stand(ctx context.Context, plan hosting.Plan) (standing, error) {
	kinds := slices.Concat(parts(plan)...)
	if len(plan.Products) == 0 {
		return plain(s.tagged(ctx, kinds, plan.Contract))
	}
	have, err := s.around(ctx, plan.Contract)
	if err != nil {
		return have, err
	}
	kinds = slices.DeleteFunc(kinds, func(p piece) bool { return p.kind == hosting.Server || len(have.of(p.kind)) > 0 })
	rest, err := plain(s.tagged(ctx, kinds, plan.Contract))
	return append(have, rest...), err
}

// around finds the servers and the network around them, in which they tell that they stand: that can neither go nor change
// while a server is in it, and need not be looked at for itself. Nothing is around servers in more than one group.
func (s site) around(ctx context.Context, contract string) (standing, error) {
	servers, err := s.servers(ctx, query{contract: contract})
	var have standing
	for _, i := range servers {
		have = append(have, s.resource(hosting.Server, i.InstanceId, i.Status, running))
	}
	if err != nil || len(servers) == 0 || len(servers[0].SecurityGroupIds.SecurityGroupId) != 1 {
		return have, err
	}
	in := servers[0]
	return append(have,
		s.resource(hosting.VPC, in.VpcAttributes.VpcId, "Available", "Available"),
		s.resource(hosting.VSwitch, in.VpcAttributes.VSwitchId, "Available", "Available"),
		s.resource(hosting.SecurityGroup, in.SecurityGroupIds.SecurityGroupId[0], "Available", "Available"),
	), nil
}

// parts are the stages of one plan: a system needs an address beside its server.
func parts(plan hosting.Plan) [][]piece {
	all := stages()
	if len(plan.Products) > 0 {
		all[len(all)-1] = append(all[len(all)-1], address())
	}
	return all
}
