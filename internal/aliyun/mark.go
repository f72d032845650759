package aliyun

import (
	"context"
	"crypto/sha256"
	"encoding/base64"
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
	of := errand{k.plan.Contract, tunedTag, wanted}
	runs, err := k.runs(ctx, of, n.InstanceId, "")
	if err != nil {
		return false, err
	}
	lost := 0
	for _, r := range runs {
		if !undelivered(r) {
			return k.tuned(ctx, n, r)
		}
		lost++
	}
	id, err := k.sendTuning(ctx, of, n, lost)
	if err != nil {
		return false, err
	}
	if runs, err = k.runs(ctx, of, n.InstanceId, id); err != nil || len(runs) == 0 || undelivered(runs[0]) {
		return false, err
	}
	return k.tuned(ctx, n, runs[0])
}

// tuned marks the server once the command has gone well.
func (k *cluster) tuned(ctx context.Context, n node, r ecs.InvocationResult) (bool, error) {
	status, err := k.verdict(k.plan, r)
	if err != nil || status != installed {
		return false, err
	}
	return true, k.mark(ctx, n.InstanceId, []ecs.TagResourcesTag{{Key: tunedTag, Value: settingsMark(k.plan)}})
}

// sendTuning sends the parameters alone. Its token counts the commands that never reached the server.
func (k *cluster) sendTuning(ctx context.Context, of errand, n node, lost int) (string, error) {
	lines, err := tuning(k.plan)
	if err != nil {
		return "", err
	}
	script := strings.Join(append([]string{"set -eu"}, lines...), "\n") + "\n"
	request, response := ecs.CreateRunCommandRequest(), ecs.CreateRunCommandResponse()
	request.Type, request.Name, request.ContentEncoding = "RunShellScript", name(k.plan.Contract, "tune"), "Base64"
	request.InstanceId = &[]string{n.InstanceId}
	request.FormParams["CommandContent"] = base64.StdEncoding.EncodeToString([]byte(script))
	request.ClientToken = token(k.plan, hosting.Kind(fmt.Sprintf("tune %s %s %d", of.value, n.InstanceId, lost)))
	request.Tag = &[]ecs.RunCommandTag{{Key: tagKey, Value: of.contract}, {Key: of.key, Value: of.value}}
	err = k.do(ctx, k.region, request, response)
	return response.InvokeId, err
}

// mark puts tags on a server; one of the same key is replaced.
func (s site) mark(ctx context.Context, server string, tags []ecs.TagResourcesTag) error {
	request := ecs.CreateTagResourcesRequest()
	request.ResourceType, request.ResourceId, request.Tag = "instance", &[]string{server}, &tags
	return s.do(ctx, s.region, request, ecs.CreateTagResourcesResponse())
}
