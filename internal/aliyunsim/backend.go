package aliyunsim

import (
	"encoding/json"
	"net/http"
	"slices"
	"strconv"

	"lvyue/internal/hosting"
)

// The vendor's limits of one call's servers, and of a weight; a server of weight 0 gets nothing.
const (
	mostBackends = 20
	mostWeight   = 100
)

// backend is one server behind a load balancer.
type backend struct {
	Server string `json:"server"`
	Weight int    `json:"weight"`
}

func (b *balancer) at(server string) int {
	return slices.IndexFunc(b.Backends, func(one backend) bool { return one.Server == server })
}

func (b *balancer) serves(server string) bool { return b.at(server) >= 0 }

// backends are the servers as the vendor lists them.
func (b *balancer) backends() []answer {
	list := make([]answer, 0, len(b.Backends))
	for _, one := range b.Backends {
		list = append(list, answer{"ServerId": one.Server, "Weight": one.Weight, "Type": "ecs"})
	}
	return list
}

// given reads the parameter BackendServers: a JSON list of servers, whose weights may be text; or of ids alone.
func (c call) given() ([]backend, error) {
	var items []json.RawMessage
	if err := json.Unmarshal([]byte(c.text("BackendServers")), &items); err != nil || len(items) == 0 || len(items) > mostBackends {
		return nil, invalid("The value of BackendServers must be a JSON list of 1 to %d servers.", mostBackends)
	}
	var list []backend
	for _, item := range items {
		one, err := readBackend(item)
		if err != nil {
			return nil, err
		}
		list = append(list, one)
	}
	return list, nil
}

func readBackend(item json.RawMessage) (backend, error) {
	var id string
	if json.Unmarshal(item, &id) == nil {
		return backend{Server: id, Weight: mostWeight}, nil
	}
	var given struct {
		ServerID string          `json:"ServerId"`
		Weight   json.RawMessage `json:"Weight"`
		Type     string          `json:"Type"`
	}
	if err := json.Unmarshal(item, &given); err != nil || given.ServerID == "" {
		return backend{}, invalid("A server of BackendServers has no ServerId.")
	}
	if given.Type != "" && given.Type != "ecs" {
		return backend{}, refuse(http.StatusBadRequest, "InvalidParameter.NotSimulated", "The Type %s is not simulated.", given.Type)
	}
	weight, err := readWeight(given.Weight)
	return backend{Server: given.ServerID, Weight: weight}, err
}

// readWeight takes a number or its text; the vendor's default is the most.
func readWeight(given json.RawMessage) (int, error) {
	if given == nil {
		return mostWeight, nil
	}
	var text string
	if json.Unmarshal(given, &text) != nil {
		text = string(given)
	}
	weight, err := strconv.Atoi(text)
	if err != nil || weight < 0 || weight > mostWeight {
		return 0, invalid("The Weight %s is not between 0 and %d.", text, mostWeight)
	}
	return weight, nil
}

// addBackends puts servers behind the load balancer; those that are there stay as they are.
func addBackends(s *state, c call) (answer, error) {
	t, given, err := s.balancerAndServers(c)
	if err != nil {
		return nil, err
	}
	for _, one := range given {
		if err := s.mayServe(t, one); err != nil {
			return nil, err
		}
	}
	for _, one := range given {
		if !t.Balancer.serves(one.Server) {
			t.Balancer.Backends = append(t.Balancer.Backends, one)
		}
	}
	return t.served(), nil
}

// mayServe refuses a server that is not there, and one of another network than the load balancer's.
func (s *state) mayServe(t *thing, one backend) error {
	server, err := s.get(hosting.Server, t.Region, one.Server, "ObtainIpFail")
	if err != nil {
		return err
	}
	if t.VPC != "" && t.VPC != server.VPC {
		return invalid("The server %s is not in the VPC of the load balancer.", server.ID)
	}
	return nil
}

func (s *state) balancerAndServers(c call) (*thing, []backend, error) {
	t, err := s.balancer(c)
	if err != nil {
		return nil, nil, err
	}
	given, err := c.given()
	return t, given, err
}

func (t *thing) served() answer {
	return answer{"LoadBalancerId": t.ID, "BackendServers": answer{"BackendServer": t.Balancer.backends()}}
}

// setBackends changes weights.
func setBackends(s *state, c call) (answer, error) {
	t, given, err := s.balancerAndServers(c)
	if err != nil {
		return nil, err
	}
	for _, one := range given {
		if !t.Balancer.serves(one.Server) {
			return nil, invalid("The server %s is not behind the load balancer.", one.Server)
		}
	}
	for _, one := range given {
		t.Balancer.Backends[t.Balancer.at(one.Server)].Weight = one.Weight
	}
	return t.served(), nil
}

// removeBackends takes servers from behind the load balancer; those that are not there are no error.
func removeBackends(s *state, c call) (answer, error) {
	t, given, err := s.balancerAndServers(c)
	if err != nil {
		return nil, err
	}
	for _, one := range given {
		t.Balancer.drop(one.Server)
	}
	return t.served(), nil
}

func (b *balancer) drop(server string) {
	b.Backends = slices.DeleteFunc(b.Backends, func(one backend) bool { return one.Server == server })
}

// withdraw takes a server that is deleted from behind all load balancers.
func (s *state) withdraw(server string) {
	for _, t := range s.Things {
		if t.Kind == hosting.LoadBalancer {
			t.Balancer.drop(server)
		}
	}
}
