package aliyun

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strconv"

	"github.com/aliyun/alibaba-cloud-sdk-go/sdk/requests"
	"github.com/aliyun/alibaba-cloud-sdk-go/services/slb"

	"lvyue/internal/hosting"
)

// The ports on which users come: in the clear, where the servers' answers are looked at, and under TLS, which goes through
// to the servers as it is.
const (
	clearPort = 80
	tlsPort   = 443
)

func entrances() []int { return []int{clearPort, tlsPort} }

// serve puts the further servers behind the load balancer, and the first one when they answer through it. It asks again at
// once how the servers do where it changed something: many do well already.
func (k *cluster) serve(ctx context.Context) (bool, error) {
	if err := k.listen(ctx); err != nil {
		return false, err
	}
	told, err := k.health(ctx)
	if err != nil {
		return false, err
	}
	for _, some := range [][]node{k.further(), k.nodes} {
		added, err := k.addBackends(ctx, some)
		if err != nil {
			return false, err
		}
		if added {
			if told, err = k.health(ctx); err != nil {
				return false, err
			}
		}
		if told, err = k.startListeners(ctx, told, some); err != nil || !sound(told, some) {
			return false, err
		}
	}
	return true, nil
}

// listen makes the listeners that are missing. They are made stopped.
func (k *cluster) listen(ctx context.Context) error {
	if !slices.Contains(k.front.ListenerPorts.ListenerPort, clearPort) {
		request := slb.CreateCreateLoadBalancerHTTPListenerRequest()
		request.LoadBalancerId = k.front.LoadBalancerId
		request.ListenerPort, request.BackendServerPort = requests.NewInteger(clearPort), requests.NewInteger(clearPort)
		request.HealthCheck, request.HealthCheckURI = switchedOn, healthPath(k.plan)
		request.HealthCheckHttpCode = "http_2xx,http_3xx" // a server may send users on to TLS
		if err := k.do(ctx, k.region, request, slb.CreateCreateLoadBalancerHTTPListenerResponse()); err != nil {
			return err
		}
	}
	if slices.Contains(k.front.ListenerPorts.ListenerPort, tlsPort) {
		return nil
	}
	request := slb.CreateCreateLoadBalancerTCPListenerRequest()
	request.LoadBalancerId = k.front.LoadBalancerId
	request.ListenerPort, request.BackendServerPort = requests.NewInteger(tlsPort), requests.NewInteger(tlsPort)
	request.Bandwidth = requests.NewInteger(-1) // as much as there is
	return k.do(ctx, k.region, request, slb.CreateCreateLoadBalancerTCPListenerResponse())
}

// healthPath is the path that a healthy server answers: the first product's, or the root where none has one.
func healthPath(plan hosting.Plan) string {
	for _, p := range plan.Products {
		if p.Health != "" {
			return p.Health
		}
	}
	return "/"
}

// backend is a server behind a load balancer, as the vendor reads it.
type backend struct {
	ServerID string `json:"ServerId"`
	Weight   string `json:"Weight,omitempty"`
	Type     string `json:"Type"`
}

// backends writes servers for the vendor.
func backends(nodes []node, weight string) (string, error) {
	list := make([]backend, 0, len(nodes))
	for _, n := range nodes {
		list = append(list, backend{ServerID: n.InstanceId, Weight: weight, Type: "ecs"})
	}
	text, err := json.Marshal(list)
	if err != nil {
		return "", fmt.Errorf("write servers: %w", err)
	}
	return string(text), nil
}

// served are those of the nodes that are behind the load balancer, or those that are not.
func (k *cluster) served(nodes []node, are bool) []node {
	return slices.DeleteFunc(slices.Clone(nodes), func(n node) bool {
		is := slices.ContainsFunc(k.front.BackendServers.BackendServer, func(b slb.BackendServerInDescribeLoadBalancerAttribute) bool {
			return b.ServerId == n.InstanceId
		})
		return is != are
	})
}

// addBackends puts those of the nodes behind the load balancer that are not there, and tells whether there were any.
func (k *cluster) addBackends(ctx context.Context, nodes []node) (bool, error) {
	missing := k.served(nodes, false)
	if len(missing) == 0 {
		return false, nil
	}
	request := slb.CreateAddBackendServersRequest()
	request.LoadBalancerId = k.front.LoadBalancerId
	var err error
	if request.BackendServers, err = backends(missing, "100"); err != nil {
		return false, err
	}
	for _, n := range missing {
		there := &k.front.BackendServers.BackendServer
		*there = append(*there, slb.BackendServerInDescribeLoadBalancerAttribute{ServerId: n.InstanceId})
	}
	return true, k.do(ctx, k.region, request, slb.CreateAddBackendServersResponse())
}

// health is how the servers do behind every listener.
func (k *cluster) health(ctx context.Context) ([]slb.BackendServer, error) {
	request, response := slb.CreateDescribeHealthStatusRequest(), slb.CreateDescribeHealthStatusResponse()
	request.LoadBalancerId = k.front.LoadBalancerId
	err := k.do(ctx, k.region, request, response)
	return response.BackendServers.BackendServer, err
}

// startListeners starts the listeners that have looked at none of the nodes yet, and tells how the servers do then. Whether
// a listener is started the vendor does not say here, and refuses to start it twice.
func (k *cluster) startListeners(ctx context.Context, told []slb.BackendServer, nodes []node) ([]slb.BackendServer, error) {
	started := false
	for _, port := range entrances() {
		if unseen := statuses(told, port, nodes)["unavailable"]; unseen == 0 || unseen < len(nodes) {
			continue
		}
		if err := k.startListener(ctx, port); err != nil {
			return nil, err
		}
		started = true
	}
	if !started {
		return told, nil
	}
	return k.health(ctx)
}

// sound reports whether all of the nodes answer on every listener.
func sound(told []slb.BackendServer, nodes []node) bool {
	return !slices.ContainsFunc(entrances(), func(port int) bool { return statuses(told, port, nodes)["normal"] < len(nodes) })
}

// statuses counts the nodes on a port by the vendor's words for how they do.
func statuses(told []slb.BackendServer, port int, nodes []node) map[string]int {
	found := map[string]int{}
	for _, b := range told {
		if b.ListenerPort == port && slices.ContainsFunc(nodes, func(n node) bool { return n.InstanceId == b.ServerId }) {
			found[b.ServerHealthStatus]++
		}
	}
	return found
}

func (k *cluster) startListener(ctx context.Context, port int) error {
	request := slb.CreateStartLoadBalancerListenerRequest()
	request.LoadBalancerId, request.ListenerPort = k.front.LoadBalancerId, requests.Integer(strconv.Itoa(port))
	return k.do(ctx, k.region, request, slb.CreateStartLoadBalancerListenerResponse())
}
