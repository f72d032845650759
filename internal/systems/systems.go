// Package systems puts together how the running systems of contracts are reached, asked and measured.
package systems

import (
	"fmt"
	"net"
	"net/http"
	"net/url"
	"time"

	"lvyue/activities"
	"lvyue/internal/operator"
	"lvyue/internal/vegeta"
)

// Way is how systems are reached.
type Way struct {
	// Transport carries the requests. Default: a copy of Go's own.
	Transport *http.Transport
	// Scheme is "https", also when empty, or "http" for simulated systems.
	Scheme string
	// Secret is what the systems' tokens follow from (suite.Token).
	Secret string
	// MeasureFor is how long a load acceptance lasts.
	MeasureFor time.Duration
}

// Simulated is the way to the systems of a simulator at that address: it is their proxy. What stands on this machine itself
// is reached directly.
func Simulated(simulator, secret string, measureFor time.Duration) (Way, error) {
	proxy, err := url.Parse(simulator)
	if err != nil {
		return Way{}, fmt.Errorf("reach the simulated systems: %w", err)
	}
	const users = 64 // connections kept open, so that a measurement does not open one for each page
	transport := &http.Transport{MaxIdleConnsPerHost: users, Proxy: func(r *http.Request) (*url.URL, error) {
		if ip := net.ParseIP(r.URL.Hostname()); ip != nil && ip.IsLoopback() {
			return nil, nil //nolint:nilnil // the net/http way to say: directly
		}
		return proxy, nil
	}}
	return Way{Transport: transport, Scheme: "http", Secret: secret, MeasureFor: measureFor}, nil
}

// Client asks systems.
func (w Way) Client() operator.Client {
	c := operator.Client{Scheme: w.Scheme, Secret: w.Secret}
	if w.Transport != nil {
		c.Transport = w.Transport
	}
	return c
}

// Hosting is what a worker does in a cloud and with the systems there; people see by progress how far it has come.
func (w Way) Hosting(cloud activities.Cloud, progress activities.Progress) *activities.Hosting {
	return &activities.Hosting{
		Cloud: cloud, Systems: w.Client(), Progress: progress,
		Acceptance: activities.Acceptance{
			Tester: vegeta.Tester{Transport: w.Transport}, Scheme: w.Scheme, For: w.MeasureFor,
		},
	}
}
