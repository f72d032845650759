package activities

import (
	"context"
	"strconv"

	"go.temporal.io/sdk/activity"

	"lvyue/internal/hosting"
	"lvyue/internal/refusal"
)

// Cloud is the vendor. Every method looks once and returns; none waits.
type Cloud interface {
	// Preflight asks, before anything is ordered, whether the account can bear the plan. It orders nothing.
	Preflight(ctx context.Context, plan hosting.Plan) error
	// Affords asks whether the account can pay the plan's first month.
	Affords(ctx context.Context, plan hosting.Plan) error
	// Ensure creates what the plan lacks and can be created now, and gives all that exists of it. A System that it gives is
	// installed; whether it answers is not for the vendor to say.
	Ensure(ctx context.Context, plan hosting.Plan) ([]hosting.Resource, error)
	// Destroy deletes what can be deleted now of all that is known or tagged, and gives what is left.
	Destroy(ctx context.Context, contract, region string, known []hosting.Resource) ([]hosting.Resource, error)
	// Find reads back, by id and by tag, what exists.
	Find(ctx context.Context, contract, region string, known []hosting.Resource) ([]hosting.Resource, error)
	// Restorable gives what the vendor still has from which the contract's data could be restored.
	Restorable(ctx context.Context, contract, region string, known []hosting.Resource) ([]hosting.Resource, error)
	// Quote asks for the published price of a growth. It orders nothing.
	Quote(ctx context.Context, growth hosting.Growth) (hosting.Price, error)
	// Grow takes a growth one step further, servers apart, and tells how far it has come.
	Grow(ctx context.Context, growth hosting.Growth) (hosting.Grown, error)
	// Cluster takes a deployment one step nearer to the plan's number of servers; Uncluster takes it back to one.
	Cluster(ctx context.Context, plan hosting.Plan, known []hosting.Resource) (hosting.Grown, error)
	Uncluster(ctx context.Context, plan hosting.Plan, known []hosting.Resource) (hosting.Grown, error)
}

// Hosting deploys, grows and destroys what contracts have in the cloud, and asks the running systems.
type Hosting struct {
	Cloud      Cloud
	Systems    Systems
	Acceptance Acceptance
	// Progress is where people see how far a work has come; nil for nowhere.
	Progress Progress
}

// Progress keeps what a work in the cloud has found last.
type Progress interface {
	KeepProgress(ctx context.Context, contract, duty string, pieces []hosting.Resource) error
}

// shows lets people see how far a work has come. That nobody can see it is no reason to stop.
func (h *Hosting) shows(ctx context.Context, contract, duty string, pieces []hosting.Resource) {
	if h.Progress == nil {
		return
	}
	if err := h.Progress.KeepProgress(ctx, contract, duty, pieces); err != nil {
		activity.GetLogger(ctx).Warn("the progress was not kept", "contract", contract, "duty", duty, "error", err)
	}
}

func expansion(number int) string { return "expansion/" + strconv.Itoa(number) }

// Preflight asks whether the account can bear the plan (§3.2).
func (h *Hosting) Preflight(ctx context.Context, plan hosting.Plan) error {
	defer beat(ctx)()
	if h.Acceptance.secure() && plan.Host == "" {
		return final(refusal.Rule("no_host", "3.2", "合同表单缺少 hosting.host：没有域名就没有证书，用户无法安全访问系统。",
			"hosting.host is missing in the form: without a name there is no certificate, and no safe way for users to the system"))
	}
	err := h.Cloud.Preflight(ctx, plan)
	if err == nil {
		err = h.Cloud.Affords(ctx, plan)
	}
	return final(err)
}

// Deploy takes the deployment one step further, and gives all that exists of it (§3.2). Systems are usable that answer with
// exactly the plan's products.
func (h *Hosting) Deploy(ctx context.Context, plan hosting.Plan) ([]hosting.Resource, error) {
	defer beat(ctx)()
	found, err := h.Cloud.Ensure(ctx, plan)
	if err == nil {
		err = h.answer(ctx, plan, found)
	}
	h.shows(ctx, plan.Contract, "deployment", found)
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
	h.shows(ctx, o.Contract, "destruction", left)
	return left, final(err)
}

// Left reads back what still exists (§7.2).
func (h *Hosting) Left(ctx context.Context, o DestructionOrder) ([]hosting.Resource, error) {
	defer beat(ctx)()
	left, err := h.Cloud.Find(ctx, o.Contract, o.Region, o.Known)
	return left, final(err)
}

// Restorable looks for backups from which the contract's data could come back (§7.2).
func (h *Hosting) Restorable(ctx context.Context, o DestructionOrder) ([]hosting.Resource, error) {
	defer beat(ctx)()
	backups, err := h.Cloud.Restorable(ctx, o.Contract, o.Region, o.Known)
	return backups, final(err)
}

// Quote asks the vendor for the price of a growth (§5.7).
func (h *Hosting) Quote(ctx context.Context, growth hosting.Growth) (hosting.Price, error) {
	defer beat(ctx)()
	price, err := h.Cloud.Quote(ctx, growth)
	return price, final(err)
}

// Grow takes an expansion one step further (§5.7).
func (h *Hosting) Grow(ctx context.Context, growth hosting.Growth) (hosting.Grown, error) {
	defer beat(ctx)()
	grown, err := h.Cloud.Grow(ctx, growth)
	h.shows(ctx, growth.From.Contract, expansion(growth.Number), grown.Resources)
	return grown, final(err)
}

// ClusterOrder is a plan with as many nodes as there are to be, and what is Known of the contract's.
type ClusterOrder struct {
	Number int                `json:"number"` // of the expansion
	Plan   hosting.Plan       `json:"plan"`
	Known  []hosting.Resource `json:"known,omitempty"`
}

// Cluster takes a cluster one step further (§3.5).
func (h *Hosting) Cluster(ctx context.Context, o ClusterOrder) (hosting.Grown, error) {
	defer beat(ctx)()
	grown, err := h.Cloud.Cluster(ctx, o.Plan, o.Known)
	h.shows(ctx, o.Plan.Contract, expansion(o.Number), grown.Resources)
	return grown, final(err)
}

// Uncluster takes the way back from a cluster one step further (§3.5).
func (h *Hosting) Uncluster(ctx context.Context, o ClusterOrder) (hosting.Grown, error) {
	defer beat(ctx)()
	grown, err := h.Cloud.Uncluster(ctx, o.Plan, o.Known)
	h.shows(ctx, o.Plan.Contract, expansion(o.Number), grown.Resources)
	return grown, final(err)
}
