package stack

import (
	"context"
	"errors"
	"fmt"
	"net"
	"strconv"

	"go.temporal.io/server/common/config"
	"go.temporal.io/server/common/membership/static"
	"go.temporal.io/server/common/primitives"
)

// ports are the server's, all on 127.0.0.1.
type ports struct {
	frontend, http, history, matching, worker int
}

// Where people expect Temporal and its UI.
const (
	usualTemporalPort = 7233
	usualUIPort       = 8233
)

// temporalPorts are the frontend's ports to try, 0 for any free one. Between our looking and the server's
// listening somebody else may take a port, so there is more than one try unless the port was given.
func (o Options) temporalPorts(ctx context.Context) []int {
	switch {
	case o.TemporalPort != 0:
		return []int{o.TemporalPort}
	case o.UsualPorts && PortFree(ctx, usualTemporalPort):
		return []int{usualTemporalPort, 0, 0}
	default:
		return []int{0, 0, 0}
	}
}

func (o Options) uiPort(ctx context.Context) int {
	if o.UIPort == 0 && o.UsualPorts && PortFree(ctx, usualUIPort) {
		return usualUIPort
	}
	return o.UIPort
}

// choosePorts takes the frontend's port as given, any for 0, and free ones for the rest.
func choosePorts(ctx context.Context, frontend int) (ports, error) {
	const needed = 5
	free, err := FreePorts(ctx, needed)
	if err != nil {
		return ports{}, err
	}
	if frontend == 0 {
		frontend = free[0]
	}
	return ports{frontend: frontend, http: free[1], history: free[2], matching: free[3], worker: free[4]}, nil
}

func (p ports) services() map[string]config.Service {
	on := func(grpc, http int) config.Service {
		return config.Service{RPC: config.RPC{GRPCPort: grpc, HTTPPort: http, BindOnLocalHost: true}}
	}
	return map[string]config.Service{
		string(primitives.FrontendService): on(p.frontend, p.http),
		string(primitives.HistoryService):  on(p.history, 0),
		string(primitives.MatchingService): on(p.matching, 0),
		string(primitives.WorkerService):   on(p.worker, 0),
	}
}

// hosts name the one member of each service, so that no gossip is needed.
func (p ports) hosts() map[primitives.ServiceName]static.Hosts {
	return map[primitives.ServiceName]static.Hosts{
		primitives.FrontendService: static.SingleLocalHost(address(p.frontend)),
		primitives.HistoryService:  static.SingleLocalHost(address(p.history)),
		primitives.MatchingService: static.SingleLocalHost(address(p.matching)),
		primitives.WorkerService:   static.SingleLocalHost(address(p.worker)),
	}
}

func address(port int) string { return net.JoinHostPort("127.0.0.1", strconv.Itoa(port)) }

// PortFree says whether port of 127.0.0.1 could be listened on a moment ago.
func PortFree(ctx context.Context, port int) bool {
	l, err := new(net.ListenConfig).Listen(ctx, "tcp4", address(port))
	return err == nil && l.Close() == nil
}

// FreePorts are n different ports of 127.0.0.1 that were free a moment ago.
func FreePorts(ctx context.Context, n int) ([]int, error) {
	var (
		free  []int
		held  []net.Listener
		fails []error
	)
	for range n {
		l, err := new(net.ListenConfig).Listen(ctx, "tcp4", "127.0.0.1:0")
		if err != nil {
			fails = append(fails, err)
			break
		}
		held = append(held, l) // until all are chosen, so that no port is chosen twice
		if a, ok := l.Addr().(*net.TCPAddr); ok {
			free = append(free, a.Port)
		}
	}
	for _, l := range held {
		fails = append(fails, l.Close())
	}
	if err := errors.Join(fails...); err != nil || len(free) < n {
		return nil, fmt.Errorf("find %d free ports: %w", n, err)
	}
	return free, nil
}
