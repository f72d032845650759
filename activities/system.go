package activities

import (
	"context"

	"lvyue/internal/hosting"
	"lvyue/internal/suite"
)

// Systems are the running systems of contracts, and how they are measured.
type Systems interface {
	// Describe asks the system at a host.
	Describe(ctx context.Context, contract, host string) (suite.Description, error)
	// TestMessage sends a message through an interface of §3.3.
	TestMessage(ctx context.Context, contract, host string, m suite.Message) (suite.Sent, error)
	// Measure drives the system at a host with the plan's users.
	Measure(ctx context.Context, plan hosting.Plan, host string) (hosting.Acceptance, error)
}

// answer asks the installed systems, and marks as usable those that answer with exactly the plan's products (§1.2). One that
// does not answer yet is looked at again.
func (h *Hosting) answer(ctx context.Context, plan hosting.Plan, found []hosting.Resource) error {
	for i := range found {
		system := &found[i]
		if system.Kind != hosting.System {
			continue
		}
		described, err := h.Systems.Describe(ctx, plan.Contract, system.Address)
		if err != nil {
			system.Status = "Silent"
			continue
		}
		if system.Usable = plan.Enables(described.Products); !system.Usable {
			system.Status = "Unlike"
		}
	}
	return ctx.Err()
}

// AcceptanceOrder is a plan and the pieces that it became.
type AcceptanceOrder struct {
	Plan      hosting.Plan       `json:"plan"`
	Resources []hosting.Resource `json:"resources"`
}

// Accept measures whether the system carries the load standard (§1.3).
func (h *Hosting) Accept(ctx context.Context, o AcceptanceOrder) (hosting.Acceptance, error) {
	defer beat(ctx)()
	a, err := h.Systems.Measure(ctx, o.Plan, hosting.Endpoint(o.Resources))
	return a, final(err)
}

// TestInterfaces sends a test message through every interface of the plan (§3.3). One that fails is told, and keeps nothing
// back.
func (h *Hosting) TestInterfaces(ctx context.Context, o AcceptanceOrder) ([]hosting.Tested, error) {
	defer beat(ctx)()
	var tests []hosting.Tested
	for _, name := range o.Plan.Interfaces {
		sent, err := h.Systems.TestMessage(ctx, o.Plan.Contract, hosting.Endpoint(o.Resources), suite.Message{
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
