package aliyunsim

import (
	"net/http"
	"net/url"
	"strconv"
	"time"

	"lvyue/internal/suitesim"
)

// describeHealth tells of every server behind every listener, or behind the one that is asked for. What is stopped has
// looked at nobody.
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
				"ServerHealthStatus": s.health(l, one.Server, c.now),
			})
		}
	}
	return answer{"BackendServers": answer{"BackendServer": list}}, nil
}

// health is the vendor's word for how a server does behind a listener.
func (s *state) health(l listener, server string, now time.Time) string {
	if !l.Started {
		return "unavailable"
	}
	return either(s.healthy(l, server, now), "normal", "abnormal")
}

// healthy is that the server runs and may be reached, and that its system answers the path that is asked, if one is.
func (s *state) healthy(l listener, server string, now time.Time) bool {
	t := s.Things[server]
	if t == nil || t.Stopped {
		return false
	}
	group := s.Things[t.Group]
	if group == nil || !group.admits(l.Backend) {
		return false
	}
	return l.Check == "" || s.answers(t, l.Check, now)
}

// answers asks the server's system for a path, as a load balancer does.
func (s *state) answers(server *thing, path string, now time.Time) bool {
	where, err := url.Parse(path)
	if err != nil {
		return false
	}
	request := &http.Request{Method: http.MethodGet, URL: where, Header: http.Header{}, Body: http.NoBody}
	var told verdict
	suitesim.Site{
		System: s.system(server), World: surroundings{state: s, server: server, now: now}, Lock: open{},
	}.ServeHTTP(&told, request)
	return told.status >= http.StatusOK && told.status < http.StatusBadRequest
}

// open is no lock: who asks holds it.
type open struct{}

func (open) Lock()   {}
func (open) Unlock() {}

// verdict keeps of an answer no more than its status.
type verdict struct {
	header http.Header
	status int
}

func (v *verdict) Header() http.Header {
	if v.header == nil {
		v.header = http.Header{}
	}
	return v.header
}

func (v *verdict) WriteHeader(status int) { v.status = status }

func (v *verdict) Write(text []byte) (int, error) {
	if v.status == 0 {
		v.status = http.StatusOK
	}
	return len(text), nil
}
