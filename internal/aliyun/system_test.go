package aliyun

import (
	"encoding/json"
	"io"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"lvyue/internal/aliyunsim"
	"lvyue/internal/contract"
	"lvyue/internal/hosting"
	"lvyue/internal/suite"
)

// deployed are the pieces of a system, its address and its name among them.
const deployed = 7

// products are the named ones as the catalogue has them.
func products(codes ...string) []hosting.Product {
	var enabled []hosting.Product
	for _, e := range contract.Catalogue() {
		if slices.Contains(codes, string(e.Code)) {
			enabled = append(enabled, hosting.Product{Code: string(e.Code), Release: e.Release, Install: e.Install, Health: e.Health})
		}
	}
	return enabled
}

// systemBench has a plan with two products and a name.
func systemBench(t *testing.T, options aliyunsim.Options) *bench {
	t.Helper()
	b := setupWith(t, options)
	b.plan.Products, b.plan.Host = products("OA", "HR"), "oa."+testDomain
	b.plan.Settings = []hosting.Setting{{Name: "workers", Value: "8"}}
	return b
}

// installedAt gives the system if it is installed.
func installedAt(pieces []hosting.Resource) (hosting.Resource, bool) {
	for _, r := range pieces {
		if r.Kind == hosting.System && r.Status == installed {
			return r, true
		}
	}
	return hosting.Resource{}, false
}

// visit asks the system as its users do, by way of the simulator.
func (b *bench) visit(t *testing.T, path, token string) (int, []byte) {
	t.Helper()
	proxy, err := url.Parse(b.sim.URL())
	if err != nil {
		t.Fatal(err)
	}
	request, err := http.NewRequestWithContext(t.Context(), http.MethodGet, "http://"+path, nil)
	if err != nil {
		t.Fatal(err)
	}
	request.Header.Set("Authorization", "Bearer "+token)
	transport := &http.Transport{Proxy: http.ProxyURL(proxy)}
	defer transport.CloseIdleConnections()
	response, err := (&http.Client{Transport: transport}).Do(request)
	if err != nil {
		t.Fatal(err)
	}
	text, err := io.ReadAll(response.Body)
	if err != nil || response.Body.Close() != nil {
		t.Fatal(err)
	}
	return response.StatusCode, text
}

// describe is what the system tells of itself.
func (b *bench) describe(t *testing.T, address string) suite.Description {
	t.Helper()
	status, text := b.visit(t, address+suite.Describe, suite.Token(systemSecret, b.plan.Contract, "operator"))
	var d suite.Description
	if err := json.Unmarshal(text, &d); err != nil || status != http.StatusOK {
		t.Fatalf("%d %s (%v)", status, text, err)
	}
	return d
}

// §3.2 §1.2 §3.10: the system answers by its name and address with exactly the enabled products and the tuned parameters,
// and nobody has called it usable yet.
func TestEnsure_InstallsExactlyTheEnabledProducts(t *testing.T) {
	t.Parallel()
	b := systemBench(t, aliyunsim.Options{})
	pieces := b.ensure(t)
	system, ok := installedAt(pieces)
	if !ok || system.Usable || system.Address != b.plan.Host || system.ID != standing(pieces).id(hosting.Server) || hosting.Ready(pieces) {
		t.Fatalf("after one look: %+v", pieces)
	}
	if b.sim.Created() != deployed {
		t.Errorf("%d were ordered", b.sim.Created())
	}
	eip := standing(pieces).of(hosting.EIP)[0]
	if !eip.Usable || eip.Address == "" {
		t.Errorf("the address is %+v", eip)
	}
	for _, address := range []string{b.plan.Host, eip.Address} {
		d := b.describe(t, address)
		want := []suite.Installed{{Code: "HR", Release: "7.0.3"}, {Code: "OA", Release: "8.4.2"}}
		slices.SortFunc(d.Products, func(a, b suite.Installed) int { return strings.Compare(a.Code, b.Code) })
		if !slices.Equal(d.Products, want) || d.Settings["workers"] != "8" || d.DiskGB != 500 || len(d.Settings) != 1 {
			t.Errorf("at %s answers %+v", address, d)
		}
		if status, _ := b.visit(t, address+"/oa/health", ""); status != http.StatusOK {
			t.Errorf("OA at %s: %d", address, status)
		}
		if status, _ := b.visit(t, address+"/tc/health", ""); status == http.StatusOK {
			t.Errorf("TC works at %s, which nobody ordered", address)
		}
	}
}

func TestEnsure_WithoutANameAnswersAtItsAddress(t *testing.T) {
	t.Parallel()
	for name, host := range map[string]string{"no name": "", "a customer's own name": "oa.customer.cn", "like ours": "oa.notexample.com"} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			b := systemBench(t, aliyunsim.Options{})
			b.plan.Host = host
			pieces := b.ensure(t)
			system, ok := installedAt(pieces)
			if !ok || system.Address != standing(pieces).of(hosting.EIP)[0].Address || len(standing(pieces).of(hosting.Record)) != 0 {
				t.Errorf("deployed %+v", pieces)
			}
		})
	}
}

// §5.5: the installation waits for the database and begins when that runs; the same by a clock that stands still between.
func TestEnsure_InstallsWhenTheDatabaseRuns(t *testing.T) {
	t.Parallel()
	b := systemBench(t, aliyunsim.Options{DeployTakes: 45 * time.Minute, CommandTakes: 10 * time.Minute})
	steps := []struct {
		after time.Duration
		want  string
	}{{0, awaited}, {45*time.Minute - 1, awaited}, {1, installing}, {10*time.Minute - 1, installing}, {1, installed}}
	for _, step := range steps {
		b.advance(step.after)
		pieces := b.ensure(t)
		if system := standing(pieces).of(hosting.System); len(system) != 1 || system[0].Status != step.want || hosting.Ready(pieces) {
			t.Fatalf("want %s: %+v", step.want, pieces)
		}
	}
	if _, changes := b.sim.NextChange(); changes || b.sim.Created() != deployed {
		t.Errorf("%d were ordered, or something is still to change", b.sim.Created())
	}
}

// What was just made is listed only after a while; nothing is ordered twice for that.
func TestEnsure_OrdersNothingTwiceWhileTheListsLag(t *testing.T) {
	t.Parallel()
	b := systemBench(t, aliyunsim.Options{Lag: 5 * time.Second})
	for range 20 {
		pieces, err := b.Ensure(t.Context(), b.plan)
		if err != nil {
			t.Fatal(err)
		}
		if _, ok := installedAt(pieces); ok {
			break
		}
		b.advance(3 * time.Second)
	}
	if b.sim.Created() != deployed || b.runs(t) != 1 {
		t.Errorf("%d were ordered, %d installations ran", b.sim.Created(), b.runs(t))
	}
}

// runs counts the installations that the vendor knows of.
func (b *bench) runs(t *testing.T) int {
	t.Helper()
	b.advance(time.Minute) // past any lag
	pieces, err := plain(site{b.Cloud, hosting.DefaultRegion}.listServers(t.Context(), query{contract: b.plan.Contract}))
	if err != nil || len(pieces) != 1 {
		t.Fatalf("%+v (%v)", pieces, err)
	}
	runs, err := site{b.Cloud, hosting.DefaultRegion}.runs(t.Context(), installation(b.plan), pieces[0].ID, "")
	if err != nil {
		t.Fatal(err)
	}
	return len(runs)
}

func TestEnsure_ManyAtOnceInstallOneSystem(t *testing.T) {
	t.Parallel()
	b := systemBench(t, aliyunsim.Options{})
	var all sync.WaitGroup
	for range 32 {
		all.Go(func() {
			if _, err := b.Ensure(t.Context(), b.plan); err != nil {
				t.Error(err)
			}
		})
	}
	all.Wait()
	if _, ok := installedAt(b.ensure(t)); !ok || b.sim.Created() != deployed || b.sim.Left() != deployed || b.runs(t) != 1 {
		t.Errorf("%d were ordered, %d are there", b.sim.Created(), b.sim.Left())
	}
}

// A crash after any call leaves one set of pieces and one installation.
func TestEnsure_CrashAfterAnyCallInstallsOnce(t *testing.T) {
	t.Parallel()
	afterAnyCrash(t, func(lossy *cut) (func(string), error) {
		b := systemBench(t, aliyunsim.Options{})
		_, err := cloudAt(t, b.sim.URL(), lossy).Ensure(t.Context(), b.plan)
		return func(lost string) {
			if pieces := b.ensure(t); b.sim.Created() != deployed || b.runs(t) != 1 {
				t.Errorf("%s lost: %d created, then %+v", lost, b.sim.Created(), pieces)
			}
		}, err
	})
}

// counted is a network that counts the calls by name.
type counted struct {
	mu    sync.Mutex
	calls []string
}

func (c *counted) RoundTrip(r *http.Request) (*http.Response, error) {
	c.mu.Lock()
	c.calls = append(c.calls, r.URL.Query().Get("Action"))
	c.mu.Unlock()
	return http.DefaultTransport.RoundTrip(r)
}

// A look at a finished deployment asks for what can change, each once, and for nothing that is behind it.
func TestEnsure_AFinishedDeploymentIsCheapToLookAt(t *testing.T) {
	t.Parallel()
	b := systemBench(t, aliyunsim.Options{})
	first, again := &counted{}, &counted{}
	for _, network := range []*counted{first, again} {
		if _, err := cloudAt(t, b.sim.URL(), network).Ensure(t.Context(), b.plan); err != nil {
			t.Fatal(err)
		}
	}
	want := []string{
		"DescribeInstances", "DescribeDBInstances", "DescribeEipAddresses", "DescribeDisks", "DescribeDomainRecords",
		"DescribeInvocationResults",
	}
	if !slices.Equal(again.calls, want) {
		t.Errorf("looking again asks %v", again.calls)
	}
	if len(first.calls) > 38 {
		t.Errorf("the deployment takes %d calls: %v", len(first.calls), first.calls)
	}
}
