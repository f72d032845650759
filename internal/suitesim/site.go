package suitesim

import (
	"net/http"
	"sync"
)

// Site is a system with its surroundings, as HTTP reaches it. It may be made for each request anew.
type Site struct {
	System *System
	World  World
	// Lock guards the system and all that World gives. No client is waited for under it.
	Lock sync.Locker
	// Changed is called under the lock after a request has changed something, to keep the new state; nil is nobody. Its error
	// is answered as 500.
	Changed func() error
}

// ServeHTTP answers the products' pages ("/oa/", "/oa/health") and the operator's paths.
func (s Site) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	http.NotFound(w, r)
}
