package aliyunsim

import (
	"net/http"

	"lvyue/internal/hosting"
)

// wrongServer is the refusal of what a server in its present state does not allow.
func wrongServer() error {
	return refuse(http.StatusForbidden, "IncorrectInstanceStatus", "The current status of the resource does not support this operation.")
}

// stopInstance stops a server at once.
func stopInstance(s *state, c call) (answer, error) { return s.power(c, true) }

// startInstance starts a stopped server at once, with everything that was installed on it.
func startInstance(s *state, c call) (answer, error) { return s.power(c, false) }

func (s *state) power(c call, off bool) (answer, error) {
	t, err := s.get(hosting.Server, c.region(), c.text("InstanceId"), noServer)
	if err != nil {
		return nil, err
	}
	if t.Stopped == off {
		return nil, wrongServer()
	}
	t.Stopped = off
	return answer{}, nil
}
