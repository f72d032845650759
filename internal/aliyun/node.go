package aliyun

import (
	"cmp"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"slices"
	"strconv"

	"github.com/aliyun/alibaba-cloud-sdk-go/sdk/requests"
	"github.com/aliyun/alibaba-cloud-sdk-go/services/ecs"

	"lvyue/internal/hosting"
)

// nodeTag numbers the further servers of a cluster (§3.5), "2", "3"; the first bears none, since it was no node when it was
// ordered.
const nodeTag = "lvyue:node"

// node is one server of a cluster. Number 1 is the first: the files are on it, and it outlives every cluster.
type node struct {
	number int
	ecs.Instance
}

func (n node) running() bool { return n.Status == running }

// private is the node's address within the network, "" while it has none.
func (n node) private() string {
	for _, address := range n.VpcAttributes.PrivateIpAddress.IpAddress {
		return address
	}
	return ""
}

// nodes are the servers of a contract by their numbers: those with its tag, and those of record that the vendor's list,
// which lags behind, does not show yet.
func (s site) nodes(ctx context.Context, contract string, known standing) ([]node, error) {
	seen, err := s.servers(ctx, query{contract: contract})
	if err != nil {
		return nil, err
	}
	unseen := slices.DeleteFunc(known.ids(hosting.Server), func(id string) bool {
		return slices.ContainsFunc(seen, func(i ecs.Instance) bool { return i.InstanceId == id })
	})
	if len(unseen) > 0 {
		recorded, err := s.servers(ctx, query{together: unseen})
		if err != nil {
			return nil, err
		}
		seen = append(seen, recorded...)
	}
	return numbered(contract, seen)
}

// numbered sorts servers by their numbers. Two of the same number, or none without one, are for a person to sort out.
func numbered(contract string, servers []ecs.Instance) ([]node, error) {
	var nodes []node
	for _, i := range servers {
		if owner := ecsOwner(i.Tags.Tag); owner != "" && owner != contract {
			return nil, confused(i.InstanceId, "it bears the tag of contract "+owner)
		}
		number, err := strconv.Atoi(cmp.Or(tagOf(i.Tags.Tag, nodeTag), "1"))
		if err != nil || number < 1 {
			return nil, confused(i.InstanceId, "its tag "+nodeTag+" is no number")
		}
		if slices.ContainsFunc(nodes, func(n node) bool { return n.number == number }) {
			return nil, confused(i.InstanceId, fmt.Sprintf("there are two servers of number %d", number))
		}
		nodes = append(nodes, node{number: number, Instance: i})
	}
	slices.SortFunc(nodes, func(a, b node) int { return cmp.Compare(a.number, b.number) })
	if len(nodes) == 0 || nodes[0].number != 1 {
		return nil, confused(contract, "the first server is missing")
	}
	return nodes, nil
}

// confused is the refusal to make or unmake a cluster of servers that cannot be told apart.
func confused(id, why string) error {
	return &Error{Action: "Cluster", Message: "server " + id + ": " + why, class: unclear}
}

func tagOf(tags []ecs.Tag, key string) string {
	for _, t := range tags {
		if cmp.Or(t.TagKey, t.Key) == key {
			return cmp.Or(t.TagValue, t.Value)
		}
	}
	return ""
}

// orderNode orders a further server like the first, beside it.
func (s site) orderNode(ctx context.Context, plan hosting.Plan, number int, first node) (string, error) {
	request := s.serverOrder(plan)
	request.InstanceName += "-" + strconv.Itoa(number)
	request.VSwitchId = first.VpcAttributes.VSwitchId
	for _, group := range first.SecurityGroupIds.SecurityGroupId {
		request.SecurityGroupId = group
		break
	}
	// An address of its own, which goes with it: a server without one cannot fetch anything.
	request.InternetMaxBandwidthOut, request.InternetChargeType = requests.Integer(bandwidth), "PayByTraffic"
	request.ClientToken = nodeToken(plan, number)
	*request.Tag = append(*request.Tag, ecs.RunInstancesTag{Key: nodeTag, Value: strconv.Itoa(number)})
	return s.runServer(ctx, request)
}

// nodeToken makes repeated orders of the same node one order.
func nodeToken(plan hosting.Plan, number int) string {
	sum := sha256.Sum256(fmt.Appendf(nil, "%s|%s|%d|node %d", plan.Contract, hosting.Server, plan.Attempt, number))
	return hex.EncodeToString(sum[:20])
}
