package aliyunsim

import (
	"cmp"
	"net/http"
	"net/netip"
	"strconv"
	"strings"
	"time"

	"lvyue/internal/hosting"
	"lvyue/internal/suitesim"
)

// isProxied reports whether the request is for one of the servers, as clients ask whose HTTP proxy this is: with the whole
// address.
func (s *Server) isProxied(r *http.Request) bool {
	return r.Method == http.MethodConnect || r.URL.Host != "" && r.URL.Host != s.listener.Addr().String()
}

// proxy lets a user of a server's system in, or answers 502 as a proxy does that reaches nobody. It is no request to the
// vendor, and keeps none of those waiting.
func (s *Server) proxy(w http.ResponseWriter, r *http.Request) {
	if r.Method == http.MethodConnect {
		http.Error(w, "aliyunsim: the servers speak plain HTTP", http.StatusBadGateway)
		return
	}
	if outside := s.options.Outside[strings.TrimSuffix(r.URL.Host, ":80")]; outside != nil {
		outside.ServeHTTP(w, arrived(r))
		return
	}
	site, why := s.reach(r.URL.Hostname(), cmp.Or(r.URL.Port(), "80"))
	if why != "" {
		status := http.StatusBadGateway
		if why == noneHealthy {
			status = http.StatusServiceUnavailable
		}
		http.Error(w, "aliyunsim: "+r.URL.Host+": "+why, status)
		return
	}
	site.ServeHTTP(w, arrived(r))
}

// arrived is the request as it goes to a server.
func arrived(r *http.Request) *http.Request {
	inside := r.Clone(r.Context())
	inside.URL.Scheme, inside.URL.Host, inside.RequestURI = "", "", r.URL.RequestURI()
	return inside
}

// reach finds the system that answers at a name or address and port, or says why none does.
func (s *Server) reach(name, port string) (suitesim.Site, string) {
	s.contents.Lock()
	defer s.contents.Unlock()
	number, err := strconv.Atoi(port)
	if err != nil {
		return suitesim.Site{}, "no such port"
	}
	addresses := s.state.resolve(name)
	if len(addresses) == 0 {
		return suitesim.Site{}, "no such host"
	}
	server, number, why := s.state.door(addresses[0], number, s.options.Clock())
	if why != "" {
		return suitesim.Site{}, why
	}
	if group := s.state.Things[server.Group]; server.Stopped || group == nil || !group.admits(number) || number != 80 {
		return suitesim.Site{}, "connection refused"
	}
	system := s.state.system(server)
	system.Carries = cmp.Or(s.carries, cores(server.Type)*requestsPerCore)
	return suitesim.Site{
		System: system, World: surroundings{state: &s.state, server: server, now: s.options.Clock()}, Lock: &s.contents,
		Changed: func() error { return s.state.save(s.options.StateFile) },
	}, ""
}

// door is the server that a request to a public address reaches, and on which port, or why it reaches none.
func (s *state) door(address string, port int, now time.Time) (server *thing, at int, why string) {
	if front := s.front(address); front != nil {
		return s.spread(front, port, now)
	}
	servers := s.behind(address)
	if len(servers) == 0 {
		return nil, 0, "no route to host"
	}
	return servers[0], port, ""
}

// behind gives the servers that answer at a public address, by id. A private one leads nowhere from here.
func (s *state) behind(address string) []*thing {
	var servers []*thing
	for _, t := range s.Things {
		if t.Kind == hosting.EIP && t.Address == address && t.Instance != "" {
			servers = append(servers, s.Things[t.Instance])
		}
		if t.Kind == hosting.Server && t.Address == address {
			servers = append(servers, t)
		}
	}
	return servers
}

// SetCapacity says how many requests of users a second every server carries; what comes beyond them is answered 503.
// 0 goes back to the default, by instance type: 75 for each core.
func (s *Server) SetCapacity(requestsPerSecond int) {
	s.contents.Lock()
	defer s.contents.Unlock()
	s.carries = requestsPerSecond
}

// firstHost is where addresses of servers begin in a block: the vendor keeps the first ones.
const firstHost = 10

// free is the lowest address of the vSwitch that no server has; empty when all are taken.
func (s *state) free(vswitch *thing) string {
	block, err := netip.ParsePrefix(vswitch.CIDR)
	if err != nil {
		return ""
	}
	taken := map[string]bool{}
	for _, t := range s.Things {
		taken[either(t.VPC == vswitch.VPC, t.Private, "")] = true
	}
	address := block.Addr()
	for range firstHost {
		address = address.Next()
	}
	for ; block.Contains(address); address = address.Next() {
		if !taken[address.String()] {
			return address.String()
		}
	}
	return ""
}
