package aliyun

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"strings"

	"github.com/aliyun/alibaba-cloud-sdk-go/services/ecs"

	"lvyue/internal/hosting"
)

// The marks on a further server of a cluster: which products were installed on it, and to which parameters it was tuned. The
// vendor forgets commands after four weeks, and nothing is installed a second time below its users.
const (
	installedTag = "lvyue:installed"
	tunedTag     = "lvyue:tuned"
)

// productsMark is the same for the same products in the same releases, whichever expansion asks.
func productsMark(plan hosting.Plan) string {
	var names []string
	for _, p := range plan.Products {
		names = append(names, p.Code+" "+p.Release)
	}
	return digest(names)
}

func settingsMark(plan hosting.Plan) string {
	var names []string
	for _, s := range plan.Settings {
		names = append(names, s.Name+" "+s.Value)
	}
	return digest(names)
}

func digest(lines []string) string {
	sum := sha256.Sum256([]byte(strings.Join(lines, "\n")))
	return hex.EncodeToString(sum[:10])
}

// equip installs the products on a further server, once, and tells whether they are installed and tuned as planned.
func (k *cluster) equip(ctx context.Context, n node) (bool, error) {
	if tagOf(n.Tags.Tag, installedTag) == productsMark(k.plan) {
		return k.tune(ctx, n)
	}
	status, err := k.site.install(ctx, k.plan, n.InstanceId, func(ctx context.Context) (store, bool, error) { return k.prepare(ctx, n) })
	if err != nil || status != installed {
		return false, err
	}
	return true, k.mark(ctx, n.InstanceId, []ecs.TagResourcesTag{
		{Key: installedTag, Value: productsMark(k.plan)}, {Key: tunedTag, Value: settingsMark(k.plan)},
	})
}

// tune sets the parameters, which follow the size (§3.10), on a server that serves already, if they are others than before.
func (k *cluster) tune(ctx context.Context, n node) (bool, error) {
	wanted := settingsMark(k.plan)
	if tagOf(n.Tags.Tag, tunedTag) == wanted {
		return true, nil
	}
	run, err := k.carry(ctx, errand{k.plan.Contract, tunedTag, wanted}, n.InstanceId, undelivered, func(lost int) (command, bool, error) {
		lines, err := tuning(k.plan)
		return command{
			name: name(k.plan.Contract, "tune"), script: strings.Join(append([]string{"set -eu"}, lines...), "\n") + "\n",
			token: token(k.plan, hosting.Kind(fmt.Sprintf("tune %s %s %d", wanted, n.InstanceId, lost))),
		}, true, err
	})
	if err != nil || run == nil {
		return false, err
	}
	return k.tuned(ctx, n, *run)
}

// tuned marks the server once the command has gone well.
func (k *cluster) tuned(ctx context.Context, n node, r ecs.InvocationResult) (bool, error) {
	status, err := k.verdict(k.plan, r)
	if err != nil || status != installed {
		return false, err
	}
	return true, k.mark(ctx, n.InstanceId, []ecs.TagResourcesTag{{Key: tunedTag, Value: settingsMark(k.plan)}})
}

// mark puts tags on a server; one of the same key is replaced.
func (s site) mark(ctx context.Context, server string, tags []ecs.TagResourcesTag) error {
	request := ecs.CreateTagResourcesRequest()
	request.ResourceType, request.ResourceId, request.Tag = "instance", &[]string{server}, &tags
	return s.do(ctx, s.region, request, ecs.CreateTagResourcesResponse())
}
