package main

import (
	"context"
	"fmt"
	"net"
	"net/http"
	"sync"
	"time"

	"lvyue/internal/suite"
	"lvyue/internal/suitesim"
)

// oneSystem is the system for drills that an operator has named. It must take the token of the contract whose copy it gets.
type oneSystem string

// Ready gives it.
func (s oneSystem) Ready(context.Context, string) (host string, done func(), err error) {
	return string(s), func() {}, nil
}

// freshSystems are simulated ones, empty and each for one drill. secret is what their tokens follow from.
type freshSystems struct{ secret string }

// Ready starts one on loopback.
func (f freshSystems) Ready(ctx context.Context, contract string) (host string, done func(), err error) {
	listener, err := (&net.ListenConfig{}).Listen(ctx, "tcp", "127.0.0.1:0")
	if err != nil {
		return "", nil, fmt.Errorf("start a system for the drill: %w", err)
	}
	const disk, patience = 100, 10 * time.Second
	world := suitesim.Alone{Data: &suitesim.Database{}, Kept: &suitesim.Files{}, Disk: disk}
	system := suitesim.New(disk)
	system.Run("suite database localhost 3306 oa admin password\nsuite token "+suite.Token(f.secret, contract, "operator"), world)
	server := &http.Server{Handler: suitesim.Site{System: system, World: world, Lock: &sync.Mutex{}}, ReadHeaderTimeout: patience}
	go func() { _ = server.Serve(listener) }()                          // until it is closed
	return listener.Addr().String(), func() { _ = server.Close() }, nil // nothing is lost with it
}
