package aliyunsim

import (
	"net/http"
	"slices"
)

// listener is a port on which a load balancer takes what it spreads. It is made stopped.
type listener struct {
	Port     int    `json:"port"`
	Protocol string `json:"protocol"`
	// Backend is the port on which the servers answer.
	Backend int `json:"backend"`
	// Check is the path that a healthy server answers; "" for none: then it is enough that the server runs.
	Check   string `json:"check,omitempty"`
	Started bool   `json:"started,omitempty"`
}

const lastPort = 65535

func createHTTPListener(s *state, c call) (answer, error) {
	made := listener{Protocol: "http"}
	switch c.text("HealthCheck") {
	case on:
		made.Check = either(c.text("HealthCheckURI") == "", "/", c.text("HealthCheckURI"))
	case off:
	default:
		return nil, invalid("The value of HealthCheck must be on or off.")
	}
	return s.addListener(c, made)
}

func createTCPListener(s *state, c call) (answer, error) {
	made := listener{Protocol: "tcp"}
	switch c.text("HealthCheckType") {
	case "", "tcp":
	case "http":
		made.Check = either(c.text("HealthCheckURI") == "", "/", c.text("HealthCheckURI"))
	default:
		return nil, invalid("The value of HealthCheckType must be tcp or http.")
	}
	return s.addListener(c, made)
}

// addListener refuses a second one on the same port.
func (s *state) addListener(c call, made listener) (answer, error) {
	t, err := s.balancer(c)
	if err != nil {
		return nil, err
	}
	if err := c.require("BackendServerPort"); err != nil {
		return nil, err
	}
	made.Port, made.Backend = c.number("ListenerPort"), c.number("BackendServerPort")
	if min(made.Port, made.Backend) < 1 || max(made.Port, made.Backend) > lastPort {
		return nil, invalid("A port must be between 1 and %d.", lastPort)
	}
	if t.Balancer.listener(made.Port) != nil {
		return nil, refuse(http.StatusBadRequest, "ListenerAlreadyExists", "There is already a listener bound to the port %d.", made.Port)
	}
	t.Balancer.Listeners = append(t.Balancer.Listeners, made)
	return answer{}, nil
}

// listener is the one on the port, nil for none.
func (b *balancer) listener(port int) *listener {
	if i := slices.IndexFunc(b.Listeners, func(l listener) bool { return l.Port == port }); i >= 0 {
		return &b.Listeners[i]
	}
	return nil
}

// startListener refuses what is started already, as the vendor does.
func startListener(s *state, c call) (answer, error) {
	t, err := s.balancer(c)
	if err != nil {
		return nil, err
	}
	l := t.Balancer.listener(c.number("ListenerPort"))
	if l == nil {
		return nil, invalid("The specified resource does not exist.")
	}
	if l.Started {
		return nil, refuse(http.StatusBadRequest, "OperationFailed.ListenerStatusNotSupport", "The listener is not stopped.")
	}
	l.Started = true
	return answer{}, nil
}
