package aliyunsim

import (
	"time"

	"lvyue/internal/hosting"
)

// noneHealthy is why a load balancer lets nobody in: it answers that itself.
const noneHealthy = "no server behind the load balancer answers"

// front is the load balancer at a public address, nil for none.
func (s *state) front(address string) *thing {
	for _, t := range s.Things {
		if t.Kind == hosting.LoadBalancer && t.Address == address && t.addressType() == internet {
			return t
		}
	}
	return nil
}

// spread gives the server behind the load balancer whose turn it is, of those that are healthy and have a weight, and the
// port on which it is asked; or says why nobody is. Weights above 0 make no difference here.
func (s *state) spread(front *thing, port int, now time.Time) (server *thing, at int, why string) {
	l := front.Balancer.listener(port)
	if l == nil || !l.Started {
		return nil, 0, "connection refused"
	}
	var ready []string
	for _, one := range front.Balancer.Backends {
		if one.Weight > 0 && s.healthy(*l, one.Server, now) {
			ready = append(ready, one.Server)
		}
	}
	if len(ready) == 0 {
		return nil, 0, noneHealthy
	}
	front.Balancer.turn++
	return s.Things[ready[front.Balancer.turn%len(ready)]], l.Backend, ""
}
