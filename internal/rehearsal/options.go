package rehearsal

import (
	"io"
	"log/slog"
	"time"

	"go.temporal.io/sdk/client"

	"lvyue/internal/aliyunsim"
)

// Options say what to play, on what.
type Options struct {
	Scenario Scenario
	// Client is connected to the Temporal server, Namespace names where. Default: "default".
	Client    client.Client
	Namespace string
	// DatabaseURL is the PostgreSQL in which the scratch schema is made.
	DatabaseURL string
	// Worker starts a worker outside this process with these environment variables added to its own, and returns
	// when it has begun; stop ends it. Default: a worker in this process.
	Worker func(env map[string]string) (stop func(), err error)
	// Watch is told of every step as it is recorded, in order. Default: nobody.
	Watch func(Step)
	// CloudLog gets every request to the simulated cloud as a line of JSON, with secrets masked. Default: nobody.
	CloudLog io.Writer
	// CloudFaults let requests to the simulated cloud go wrong. Default: none.
	CloudFaults []aliyunsim.Fault
	// Keep leaves the scratch schema for looking at. Default: dropped, also after an error.
	Keep bool
	// Language of the messages in the report, zh or en. Default: the form's.
	Language string
	// Patience is how long one step may take on the server before the rehearsal gives up. Default: 2 minutes.
	Patience time.Duration
	// Log hears of trouble. Default: nobody.
	Log *slog.Logger
}

func (o Options) withDefaults() Options {
	if o.Namespace == "" {
		o.Namespace = client.DefaultNamespace
	}
	if o.Language == "" {
		o.Language = o.Scenario.Form.Language
	}
	if o.Patience == 0 {
		o.Patience = 2 * time.Minute
	}
	if o.Log == nil {
		o.Log = slog.New(slog.DiscardHandler)
	}
	return o
}
