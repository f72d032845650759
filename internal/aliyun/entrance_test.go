package aliyun

import (
	"errors"
	"io"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/aliyun/alibaba-cloud-sdk-go/services/ecs"
	"github.com/aliyun/alibaba-cloud-sdk-go/services/rds"

	"lvyue/internal/aliyunsim"
	"lvyue/internal/hosting"
)

// swallowing is a network that answers one action itself and lets nobody know of it.
type swallowing struct{ action string }

func (f swallowing) RoundTrip(r *http.Request) (*http.Response, error) {
	if r.URL.Query().Get("Action") != f.action {
		return http.DefaultTransport.RoundTrip(r)
	}
	return &http.Response{
		StatusCode: http.StatusOK, Header: http.Header{}, Request: r, Body: io.NopCloser(strings.NewReader(`{"RequestId":"x"}`)),
	}, nil
}

// §3.2: a system is reached by its ports 80 and 443 alone, and a deployment that forgot them is not reached at all.
func TestEnsure_OpensThePortsOfTheWebAndNoOther(t *testing.T) {
	t.Parallel()
	b := systemBench(t, aliyunsim.Options{})
	pieces, err := cloudAt(t, b.sim.URL(), swallowing{"AuthorizeSecurityGroup"}).Ensure(t.Context(), b.plan)
	if _, ok := installedAt(pieces); !ok || err != nil {
		t.Fatalf("%+v (%v)", pieces, err)
	}
	if status, text := b.visit(t, b.plan.Host+"/oa/health", ""); status != http.StatusBadGateway || !strings.Contains(string(text), "refused") {
		t.Errorf("without a rule: %d %s", status, text)
	}
	b.plan.Attempt++ // by a person
	b.ensure(t)
	if status, _ := b.visit(t, b.plan.Host+"/oa/health", ""); status != http.StatusOK {
		t.Errorf("with its rules: %d", status)
	}
	look, rules := ecs.CreateDescribeSecurityGroupAttributeRequest(), ecs.CreateDescribeSecurityGroupAttributeResponse()
	look.SecurityGroupId = standing(pieces).id(hosting.SecurityGroup)
	if err := b.do(t.Context(), hosting.DefaultRegion, look, rules); err != nil || len(rules.Permissions.Permission) != len(ports()) {
		t.Errorf("the rules are %+v (%v)", rules.Permissions.Permission, err)
	}
}

// §7.1: the database lets in the contract's own network, whatever somebody has written on its list.
func TestEnsure_LeavesNobodyElseOnTheWhitelist(t *testing.T) {
	t.Parallel()
	for _, trouble := range []aliyunsim.Trouble{aliyunsim.Cut, aliyunsim.Throttled, aliyunsim.Processing} {
		t.Run(string(trouble), func(t *testing.T) {
			t.Parallel()
			b := systemBench(t, aliyunsim.Options{DeployTakes: 45 * time.Minute})
			pieces := b.ensure(t)
			b.advance(45 * time.Minute)
			byHand := rds.CreateModifySecurityIpsRequest()
			byHand.DBInstanceId, byHand.SecurityIps = standing(pieces).id(hosting.Database), "0.0.0.0/0"
			if err := b.do(t.Context(), hosting.DefaultRegion, byHand, rds.CreateModifySecurityIpsResponse()); err != nil {
				t.Fatal(err)
			}
			fails(t, b, aliyunsim.Fault{Operation: "rds ModifySecurityIps", First: 1, Trouble: trouble})
			if err := untilDone(t, func() (bool, error) {
				pieces, err := b.Ensure(t.Context(), b.plan)
				_, ok := installedAt(pieces)
				return ok, err
			}); err != nil {
				t.Fatal(err)
			}
			look, lists := rds.CreateDescribeDBInstanceIPArrayListRequest(), rds.CreateDescribeDBInstanceIPArrayListResponse()
			look.DBInstanceId = byHand.DBInstanceId
			err := b.do(t.Context(), hosting.DefaultRegion, look, lists)
			if err != nil || len(lists.Items.DBInstanceIPArray) != 1 || lists.Items.DBInstanceIPArray[0].SecurityIPList != network {
				t.Errorf("the lists are %+v (%v)", lists.Items, err)
			}
		})
	}
}

// asleep is a network in which the server is stopped while the first command is on its way.
type asleep struct {
	b      *bench
	t      *testing.T
	server string
	done   bool
}

func (a *asleep) RoundTrip(r *http.Request) (*http.Response, error) {
	if r.URL.Query().Get("Action") != "RunCommand" || a.done {
		return http.DefaultTransport.RoundTrip(r)
	}
	a.done = true
	stop, start := ecs.CreateStopInstanceRequest(), ecs.CreateStartInstanceRequest()
	stop.InstanceId, start.InstanceId = a.server, a.server
	err := a.b.do(a.t.Context(), hosting.DefaultRegion, stop, ecs.CreateStopInstanceResponse())
	response, sent := http.DefaultTransport.RoundTrip(r)
	return response, errors.Join(err, sent, a.b.do(a.t.Context(), hosting.DefaultRegion, start, ecs.CreateStartInstanceResponse()))
}

// A command that never reached the server is sent again, under a token of its own.
func TestEnsure_SendsAgainWhatNeverReachedTheServer(t *testing.T) {
	t.Parallel()
	b := systemBench(t, aliyunsim.Options{DeployTakes: time.Minute})
	pieces := b.ensure(t)
	b.advance(time.Minute)
	network := &asleep{b: b, t: t, server: standing(pieces).id(hosting.Server)}
	pieces, err := cloudAt(t, b.sim.URL(), network).Ensure(t.Context(), b.plan)
	if _, ok := installedAt(pieces); ok || err != nil {
		t.Fatalf("%+v (%v)", pieces, err)
	}
	if _, ok := installedAt(b.ensure(t)); !ok || b.runs(t) != 2 {
		t.Errorf("not installed, or not sent again: %d", b.runs(t))
	}
}
