package aliyunsim

import (
	"strconv"

	"lvyue/internal/hosting"
)

// describeHealth tells of every server behind every listener, or behind the one that is asked for. What is stopped or
// checks nothing has no health to tell.
func describeHealth(s *state, c call) (answer, error) {
	t, err := s.balancer(c)
	if err != nil {
		return nil, err
	}
	list := []answer{}
	for _, l := range t.Balancer.Listeners {
		if asked := c.text("ListenerPort"); asked != "" && asked != strconv.Itoa(l.Port) {
			continue
		}
		for _, one := range t.Balancer.Backends {
			list = append(list, answer{
				"ListenerPort": l.Port, "Protocol": l.Protocol, "Port": l.Backend, "ServerId": one.Server, "Type": "ecs",
				"ServerHealthStatus": s.health(l, one.Server),
			})
		}
	}
	return answer{"BackendServers": answer{"BackendServer": list}}, nil
}

// health is the vendor's word for how a server does behind a listener.
func (s *state) health(l listener, server string) string {
	t := s.Things[server]
	if !l.Started {
		return "unavailable"
	}
	return either(t != nil && t.Kind == hosting.Server, "normal", "abnormal")
}
