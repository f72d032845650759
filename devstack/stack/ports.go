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

// choosePorts takes the frontend's port as given, any for 0, and free ones for the rest.
func choosePorts(ctx context.Context, frontend int) (ports, error) {
	const needed = 5
	free, err := FreePorts(ctx, needed)
	if err != nil {
		return ports{}, err
	}
	if frontend == 0 {
		frontend = free[0]
	} else if !PortFree(ctx, frontend) {
		return ports{}, fmt.Errorf("port %d is taken", frontend)
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
