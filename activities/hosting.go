package activities

import (
	"context"

	"lvyue/internal/hosting"
)

// Cloud is the vendor. Every method looks once and returns; none waits.
type Cloud interface {
	// Ensure creates what the plan lacks and can be created now, and gives all that exists of it.
	Ensure(ctx context.Context, plan hosting.Plan) ([]hosting.Resource, error)
	// Destroy deletes what can be deleted now of all that is known or tagged, and gives what is left.
	Destroy(ctx context.Context, contract, region string, known []hosting.Resource) ([]hosting.Resource, error)
	// Find reads back, by id and by tag, what exists.
	Find(ctx context.Context, contract, region string, known []hosting.Resource) ([]hosting.Resource, error)
}

// Hosting deploys and destroys what contracts have in the cloud.
type Hosting struct{ Cloud Cloud }

// Deploy takes the deployment one step further, and gives all that exists of it (§3.2).
func (h *Hosting) Deploy(ctx context.Context, plan hosting.Plan) ([]hosting.Resource, error) {
	defer beat(ctx)()
	found, err := h.Cloud.Ensure(ctx, plan)
	return found, final(err)
}

// DestructionOrder names what is to be destroyed: all that carries the contract's tag, and what is Known by id.
type DestructionOrder struct {
	Contract string             `json:"contract"`
	Region   string             `json:"region"`
	Known    []hosting.Resource `json:"known,omitempty"`
}

// Destroy takes the destruction one step further, and gives what is left (§7.2).
func (h *Hosting) Destroy(ctx context.Context, o DestructionOrder) ([]hosting.Resource, error) {
	defer beat(ctx)()
	left, err := h.Cloud.Destroy(ctx, o.Contract, o.Region, o.Known)
	return left, final(err)
}

// Left reads back what still exists (§7.2).
func (h *Hosting) Left(ctx context.Context, o DestructionOrder) ([]hosting.Resource, error) {
	defer beat(ctx)()
	left, err := h.Cloud.Find(ctx, o.Contract, o.Region, o.Known)
	return left, final(err)
}
