package test

import (
	"io"
	"net"
	"sync"
	"testing"
)

// gate stands before a server, and lets nobody pass while it is shut.
type gate struct {
	net.Listener

	server string
	wires  sync.WaitGroup

	mu    sync.Mutex
	shut  bool
	conns map[net.Conn]bool
}

// newGate stands open before the server of that address.
func newGate(t *testing.T, server string) *gate {
	t.Helper()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	g := &gate{Listener: listener, server: server, conns: map[net.Conn]bool{}}
	g.wires.Go(g.accept)
	t.Cleanup(func() {
		g.Close()
		g.setShut(true)
		g.wires.Wait()
	})
	return g
}

// setShut cuts all who are passing, and turns away whoever comes, until it is opened.
func (g *gate) setShut(shut bool) {
	g.mu.Lock()
	defer g.mu.Unlock()
	g.shut = shut
	for conn := range g.conns {
		if shut {
			conn.Close()
		}
	}
}

func (g *gate) accept() {
	for {
		caller, err := g.Accept()
		if err != nil {
			return // closed
		}
		server, err := net.Dial("tcp", g.server)
		if err != nil {
			caller.Close()
			continue
		}
		if !g.enter(caller, server) {
			continue
		}
		g.wires.Go(func() { g.carry(caller, server) })
		g.wires.Go(func() { g.carry(server, caller) })
	}
}

func (g *gate) enter(both ...net.Conn) bool {
	g.mu.Lock()
	defer g.mu.Unlock()
	for _, conn := range both {
		if g.shut {
			conn.Close()
			continue
		}
		g.conns[conn] = true
	}
	return !g.shut
}

// carry takes bytes from one end to the other until either is gone.
func (g *gate) carry(from, to net.Conn) {
	_, _ = io.Copy(to, from) // an end is an end
	from.Close()
	to.Close()
	g.mu.Lock()
	defer g.mu.Unlock()
	delete(g.conns, from)
	delete(g.conns, to)
}
