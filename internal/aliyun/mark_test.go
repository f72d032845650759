package aliyun

import (
	"encoding/base64"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"lvyue/internal/aliyunsim"
	"lvyue/internal/hosting"
)

// §3.5 §3.10: a further server is installed once: when the vendor has forgotten the command, in another expansion, and with
// other parameters for another size, which are set by themselves and once.
func TestCluster_InstallsNoServerBelowItsUsers(t *testing.T) {
	t.Parallel()
	b := clustered(t, aliyunsim.Options{})
	b.plan.Nodes, b.plan.Attempt = 2, 100
	b.arrive(t, b.forth(t))
	second := b.further()
	var scripts []string
	b.Cloud = b.bench.through(t, func(action string, form url.Values) *http.Response {
		switch {
		case action == "DescribeInvocationResults" && form.Get("InvokeId") == "" && form.Get("InstanceId") == second:
			return says(http.StatusOK, `{"Invocation":{"TotalCount":0,"InvocationResults":{"InvocationResult":[]}}}`)
		case action == "RunCommand" && form.Get("InstanceId.1") == second:
			script, err := base64.StdEncoding.DecodeString(form.Get("CommandContent"))
			if err != nil {
				t.Error(err)
			}
			scripts = append(scripts, string(script))
		}
		return nil
	})
	b.plan.Nodes, b.plan.Attempt = 3, 200
	b.arrive(t, b.forth(t))
	if len(scripts) != 0 {
		t.Errorf("the second server got %q", scripts)
	}
	b.plan.Settings = []hosting.Setting{{Name: "workers", Value: "16"}}
	b.arrive(t, b.forth(t))
	b.look(t, b.forth(t))
	if len(scripts) != 1 || !strings.HasSuffix(scripts[0], "suite set workers 16\n") || strings.Contains(scripts[0], "fetch") {
		t.Errorf("the second server got %q", scripts)
	}
}
