package aliyun

import (
	"errors"
	"net/http"
	"testing"

	"github.com/aliyun/alibaba-cloud-sdk-go/services/slb"

	"lvyue/internal/aliyunsim"
	"lvyue/internal/hosting"
)

// balancer makes one, protected, with our tag or without; in a subnetwork, or of the internet if that is empty.
func (h hands) balancer(tag, vswitch string, servers ...string) string {
	request, response := slb.CreateCreateLoadBalancerRequest(), slb.CreateCreateLoadBalancerResponse()
	request.AddressType, request.VSwitchId, request.DeleteProtection = "internet", vswitch, "on"
	if vswitch != "" {
		request.AddressType = "intranet"
	}
	if tag != "" {
		request.Tag = &[]slb.CreateLoadBalancerTag{{Key: tagKey, Value: tag}}
	}
	h.do(request, response)
	for _, server := range servers {
		add := slb.CreateAddBackendServersRequest()
		add.LoadBalancerId, add.BackendServers = response.LoadBalancerId, `[{"ServerId":"`+server+`","Weight":"100"}]`
		h.do(add, slb.CreateAddBackendServersResponse())
	}
	return response.LoadBalancerId
}

// §7.2: a load balancer goes with the contract, whoever made it: by its tag, by a server behind it, by the network that it
// stands in, by its record. It is protected, and a network in which it stands could not go before it.
func TestDestroy_FindsEveryLoadBalancer(t *testing.T) {
	t.Parallel()
	for name, plant := range map[string]func(h hands, known standing) standing{
		"with our tag": func(h hands, known standing) standing {
			h.balancer(h.plan.Contract, "")
			return known
		},
		"without a tag, whose backend is ours": func(h hands, known standing) standing {
			h.balancer("", "", known.id(hosting.Server))
			return known
		},
		"without a tag, in our network": func(h hands, known standing) standing {
			h.balancer("", known.id(hosting.VSwitch))
			return known
		},
		"on record alone": func(h hands, known standing) standing {
			return append(known, hosting.Resource{Kind: hosting.LoadBalancer, ID: h.balancer("", ""), Region: hosting.DefaultRegion})
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			b := setup(t, 0)
			known := plant(hands{b, t}, b.ensure(t))
			if left := b.destroyAll(t, known); len(left) != 0 || b.sim.Left() != 0 {
				t.Errorf("left %+v; the vendor has %d", left, b.sim.Left())
			}
		})
	}
}

// §7.2: a load balancer that bears another contract's tag stops the destruction for a person, before anything else is
// touched; one that serves a stranger's server as well stays for a person, and goes on serving that.
func TestDestroy_NeverDeletesAStrangersLoadBalancer(t *testing.T) {
	t.Parallel()
	for name, tt := range map[string]struct {
		tag          string
		gone, served int
	}{
		"shared": {gone: 2, served: 1}, "of another contract": {tag: "OTHER-1", served: 2},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			b := setup(t, 0)
			known := standing(b.ensure(t))
			others, err := b.Ensure(t.Context(), planOf("OTHER-1"))
			if err != nil {
				t.Fatal(err)
			}
			shared := hands{b, t}.balancer(tt.tag, "", known.id(hosting.Server), standing(others).id(hosting.Server))
			before := b.sim.Left()
			for range 4 {
				var left []hosting.Resource
				left, err = b.Destroy(t.Context(), b.plan.Contract, "", known)
				known = hosting.Both(known, left)
			}
			var e *Error
			if !errors.As(err, &e) || !e.Permanent() || e.Refusal().Code != "aliyun_unclear" {
				t.Errorf("got %v", err)
			}
			kept, err := site{b.Cloud, hosting.DefaultRegion}.balancer(t.Context(), shared)
			if err != nil || kept.DeleteProtection != switchedOn || len(kept.BackendServers.BackendServer) != tt.served || b.sim.Left() != before-tt.gone {
				t.Errorf("%d of %d are there; %+v (%v)", b.sim.Left(), before, kept, err)
			}
		})
	}
}

// §7.2: whatever goes wrong for a while at the calls that delete a load balancer, it is gone in the end.
func TestDestroy_DeletesALoadBalancerThroughEveryTrouble(t *testing.T) {
	t.Parallel()
	for _, trouble := range []aliyunsim.Trouble{aliyunsim.Throttled, aliyunsim.Unavailable, aliyunsim.NumericCode, aliyunsim.Foreign, aliyunsim.Cut} {
		for _, operation := range []string{
			"slb DescribeLoadBalancers", "slb DescribeLoadBalancerAttribute", "slb SetLoadBalancerDeleteProtection", "slb DeleteLoadBalancer",
		} {
			t.Run(string(trouble)+" at "+operation, func(t *testing.T) {
				t.Parallel()
				b := setup(t, 0)
				known := standing(b.ensure(t))
				id := hands{b, t}.balancer("", "", known.id(hosting.Server))
				known = append(known, hosting.Resource{Kind: hosting.LoadBalancer, ID: id, Region: hosting.DefaultRegion})
				fails(t, b, aliyunsim.Fault{Operation: operation, First: 2, Trouble: trouble})
				err := untilDone(t, func() (bool, error) {
					left, err := b.Destroy(t.Context(), b.plan.Contract, "", known)
					return err == nil && len(left) == 0, err
				})
				if err != nil || b.sim.Left() != 0 {
					t.Errorf("%d are left (%v)", b.sim.Left(), err)
				}
			})
		}
	}
}

// A load balancer that is busy is one to come back to, and one that is gone is gone.
func TestClassify_KnowsTheCodesOfLoadBalancers(t *testing.T) {
	t.Parallel()
	for code, want := range map[string]class{
		"BackendServer.configuring": waiting, "ServiceIsConfiguring": waiting, "ServiceIsStopping": waiting, "RspoolVipExist": waiting,
		"ObtainIpFail": waiting, "OperationFailed.ListenerStatusNotSupport": waiting, "OperationFailed.TokenIsProcessing": transient,
		"InvalidLoadBalancerId.NotFound": absent, "ResourceNotFound.LoadBalancer": absent, "OperationDenied.DeleteProtectionIsOn": refused,
	} {
		if got := classify(code, http.StatusBadRequest); got != want {
			t.Errorf("%s is of class %d, want %d", code, got, want)
		}
	}
}
