package activities

import (
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"strings"
	"time"

	"lvyue/internal/acceptance"
	"lvyue/internal/hosting"
	"lvyue/internal/refusal"
	"lvyue/internal/suite"
)

// Systems are the running systems of contracts.
type Systems interface {
	// Describe asks the system at a host what it is.
	Describe(ctx context.Context, host, contract string) (suite.Description, error)
	// TestMessage sends a message through an interface of §3.3.
	TestMessage(ctx context.Context, host, contract string, m suite.Message) (suite.Sent, error)
}

// Tester puts systems under load.
type Tester interface {
	Measure(ctx context.Context, load acceptance.Load) (acceptance.Result, error)
}

// Acceptance is how load is measured: by whom, over which scheme ("https", also when empty), and for how long.
type Acceptance struct {
	Tester Tester
	Scheme string
	For    time.Duration
}

// secure tells whether systems are reached over TLS.
func (a Acceptance) secure() bool { return a.Scheme != "http" }

// answer asks the installed systems, and marks as usable those that answer with exactly the plan's products (§1.2). One that
// does not answer yet is looked at again; one that is still being installed may answer, and yet fail.
func (h *Hosting) answer(ctx context.Context, plan hosting.Plan, found []hosting.Resource) error {
	for i := range found {
		system := &found[i]
		if system.Kind != hosting.System || system.Status != hosting.Installed {
			continue
		}
		described, err := h.Systems.Describe(ctx, system.Address, plan.Contract)
		system.Usable = err == nil && plan.Enables(described.Products)
		switch {
		case err != nil:
			system.Status = "Silent"
		case !system.Usable:
			system.Status = "Unlike the plan"
		default:
			system.Status = "Running"
		}
	}
	return ctx.Err()
}

// AcceptanceOrder is a plan and the pieces that it became.
type AcceptanceOrder struct {
	Plan      hosting.Plan       `json:"plan"`
	Resources []hosting.Resource `json:"resources"`
}

// Accept measures whether the system carries the load standard (§1.3), with its users on all enabled products.
func (h *Hosting) Accept(ctx context.Context, o AcceptanceOrder) (hosting.Acceptance, error) {
	defer beat(ctx)()
	at := hosting.Endpoint(o.Resources)
	if at == "" { // which says nothing of what the system carries
		return hosting.Acceptance{}, final(refusal.Rule("no_address", "1.3", "没有可供测量的系统地址。", "there is no address at which to measure"))
	}
	load := acceptance.Load{Base: cmp.Or(h.Acceptance.Scheme, "https") + "://" + at, Users: o.Plan.Users, For: h.Acceptance.For}
	for _, product := range o.Plan.Products {
		load.Paths = append(load.Paths, "/"+strings.ToLower(product.Code)+"/")
	}
	result, err := h.Acceptance.Tester.Measure(ctx, load)
	if err == nil && result.Statuses[acceptance.NoAnswer] == result.Requests {
		err = unreached(result.Trouble) // the way there is broken; what the system carries, nobody knows
	}
	if err != nil {
		return hosting.Acceptance{}, final(err)
	}
	return accepted(result, o.Plan.Users)
}

// unreached is that no answer came at all.
type unreached string

func (u unreached) Error() string { return "no answer came from the system: " + string(u) }

func accepted(result acceptance.Result, users int) (hosting.Acceptance, error) {
	passed, why := acceptance.Judge(result, users)
	text, err := json.Marshal(result)
	if err != nil {
		return hosting.Acceptance{}, fmt.Errorf("keep a measurement: %w", err)
	}
	return hosting.Acceptance{Users: users, Carried: result.Carried, Passed: passed, Why: why, Result: text}, nil
}

// TestInterfaces sends a test message through every interface of the plan (§3.3). One that fails is told, and keeps nothing
// back.
func (h *Hosting) TestInterfaces(ctx context.Context, o AcceptanceOrder) ([]hosting.Tested, error) {
	defer beat(ctx)()
	var tests []hosting.Tested
	for _, name := range o.Plan.Interfaces {
		sent, err := h.Systems.TestMessage(ctx, hosting.Endpoint(o.Resources), o.Plan.Contract, suite.Message{
			Interface: name, To: o.Plan.Contact, Text: "履约测试消息 / a test message of Lvyue",
		})
		test := hosting.Tested{Interface: name, MessageID: sent.MessageID}
		if err != nil {
			test.Failure = err.Error()
		}
		tests = append(tests, test)
	}
	return tests, ctx.Err()
}
