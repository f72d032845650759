package aliyun

import (
	"net/http"
	"net/url"
	"testing"
	"time"

	"lvyue/internal/aliyunsim"
	"lvyue/internal/hosting"
)

// server is the first server as the vendor has it now.
func (b *bench) server(t *testing.T, known standing) (kind, status string) {
	t.Helper()
	seen, err := site{b.Cloud, hosting.DefaultRegion}.servers(t.Context(), query{id: known.id(hosting.Server)})
	if err != nil || len(seen) != 1 {
		t.Fatalf("servers %+v (%v)", seen, err)
	}
	return seen[0].InstanceType, seen[0].Status
}

// §5.7: an order that the vendor took and nobody paid is cancelled; it answers the same order with the cancelled one, which is
// no success. The server is in use meanwhile, and another try is another order.
func TestGrow_ACancelledOrderIsNoSuccess(t *testing.T) {
	t.Parallel()
	b := setup(t, 0)
	known := standing(b.ensure(t))
	hands{b, t}.payAhead(known)
	g := b.growth(100*time.Hour, known)
	g.To = hosting.Shape{ServerType: "ecs.g7.xlarge"}
	status, first := "Unpaid", ""
	c := b.through(t, func(action string, form url.Values) *http.Response {
		if action == "ModifyPrepayInstanceSpec" && first == "" {
			first = form.Get("ClientToken")
		}
		switch {
		case action == "ModifyPrepayInstanceSpec" && form.Get("ClientToken") == first:
			return says(http.StatusOK, `{"OrderId":"999"}`)
		case action == "GetOrderDetail" && form.Get("OrderId") == "999":
			return says(http.StatusOK, `{"Success":true,"Data":{"OrderList":{"Order":[{"OrderId":"999","PaymentStatus":"`+status+`"}]}}}`)
		case action == "CancelOrder":
			status = "Cancelled"
			return says(http.StatusOK, `{"Success":true,"Data":{}}`)
		}
		return nil
	})
	for _, code := range []string{"aliyun_no_money", "aliyun_refused", "aliyun_refused"} {
		grown, err := c.Grow(t.Context(), g)
		if _, is := b.server(t, known); codeOf(err) != code || is != running || grown.Done {
			t.Errorf("%+v, the server is %s (%v)", grown, is, err)
		}
	}
	g.Try = 1
	grown, err := c.Grow(t.Context(), g)
	if kind, is := b.server(t, known); err != nil || !grown.Done || kind != "ecs.g7.xlarge" || is != running {
		t.Errorf("%+v, the server is a %s %s (%v)", grown, is, kind, err)
	}
}

// §5.7: what was out of stock stays refused under the same orders, and is to be had by another try.
func TestGrow_AnotherTryAfterNoStockIsAnotherOrder(t *testing.T) {
	t.Parallel()
	b := setupWith(t, aliyunsim.Options{})
	known := standing(b.ensure(t))
	g := b.growth(100*time.Hour, known)
	g.To = hosting.Shape{ServerType: "ecs.g7.xlarge"}
	b.sim.SetSoldOut("ecs.g7.xlarge")
	if _, err := b.Grow(t.Context(), g); codeOf(err) != "aliyun_no_stock" {
		t.Errorf("sold out: %v", err)
	}
	b.sim.SetSoldOut()
	if _, err := b.Grow(t.Context(), g); codeOf(err) != "aliyun_no_stock" {
		t.Errorf("the same order again: %v", err)
	}
	if _, is := b.server(t, known); is != running {
		t.Errorf("the server is %s", is)
	}
	g.Try = 1
	if grown := b.grow(t, g); !grown.Done {
		t.Errorf("another try: %+v", grown)
	}
}
