package aliyun

import (
	"net/http"
	"net/url"
	"testing"
	"time"

	"github.com/aliyun/alibaba-cloud-sdk-go/services/ecs"

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

// §3.5 §5.7: of a cluster's servers one at a time is off; one that was changed, and one that could not be, are back in use when
// a person must see to the rest.
func TestGrow_ChangesTheServersOfAClusterOneByOne(t *testing.T) {
	t.Parallel()
	b := clustered(t, aliyunsim.Options{})
	b.plan.Nodes = 2
	b.arrive(t, b.forth(t))
	g := b.growth(1000*time.Hour, b.known)
	g.To = hosting.Shape{ServerType: "ecs.g7.xlarge"}
	changes, off, most := 0, 0, 0
	c := b.bench.through(t, func(action string, _ url.Values) *http.Response {
		switch action {
		case "StopInstance":
			off++
			most = max(most, off)
		case "StartInstance":
			off--
		case "ModifyInstanceSpec":
			if changes++; changes == 2 {
				return refuses(http.StatusBadRequest, "Throttling.User")
			}
			if changes == 3 {
				return refuses(http.StatusForbidden, "OperationDenied.NoStock")
			}
		}
		return nil
	})
	for _, code := range []string{"aliyun_unavailable", "aliyun_no_stock"} {
		if _, err := c.Grow(t.Context(), g); codeOf(err) != code {
			t.Errorf("got %v, want %s", err, code)
		}
	}
	nodes, err := site{b.Cloud, hosting.DefaultRegion}.nodes(t.Context(), b.plan.Contract, b.known)
	if err != nil || !nodes[0].running() || !nodes[1].running() || nodes[0].InstanceType == nodes[1].InstanceType {
		t.Errorf("after the refusal: %+v (%v)", nodes, err)
	}
	g.Try = 1
	if grown, err := c.Grow(t.Context(), g); err != nil || !grown.Done || most != 1 || off != 0 {
		t.Errorf("%+v; at most %d were off, %d are (%v)", grown, most, off, err)
	}
}

// §5.7: no server is off while the database changes, whatever was changed before.
func TestGrow_StopsTheServerOnlyWhenTheDatabaseHasItsSize(t *testing.T) {
	t.Parallel()
	b := setupWith(t, aliyunsim.Options{GrowTakes: 40 * time.Minute})
	known := standing(b.ensure(t))
	g := b.growth(1000*time.Hour, known)
	g.To.ServerDiskGB = g.From.ServerDiskGB
	for looks := 0; ; looks++ {
		grown := b.grow(t, g)
		if kind, is := b.server(t, known); is != running || kind == g.To.ServerType && b.sizes(t, g) != (hosting.Shape{
			ServerType: g.To.ServerType, ServerDiskGB: g.From.ServerDiskGB, DatabaseClass: g.To.DatabaseClass, DatabaseGB: g.To.DatabaseGB,
		}) {
			t.Errorf("look %d: a server %s, %s", looks, kind, is)
		}
		if grown.Done {
			break
		}
		if looks > 40 {
			t.Fatal("it comes to no end")
		}
		b.advance(5 * time.Minute)
	}
	off := ecs.CreateStopInstanceRequest()
	off.InstanceId = known.id(hosting.Server)
	hands{b, t}.do(off, ecs.CreateStopInstanceResponse())
	g.To.DatabaseGB += 100 // a later look finds the changed server off
	b.grow(t, g)
	if _, is := b.server(t, known); is != running {
		t.Errorf("the changed server is %s while the database is saved", is)
	}
}

// §3.5 §5.7: a further server is listed a moment before its disk is: the expansion waits for it, and a person is asked only
// about a server that still has none after an hour.
func TestGrow_WaitsForTheDiskOfAServerThatWasJustOrdered(t *testing.T) {
	t.Parallel()
	b := setup(t, 0)
	known := standing(b.ensure(t))
	g := b.growth(100*time.Hour, known)
	g.To = hosting.Shape{ServerDiskGB: 800}
	c := b.through(t, func(action string, form url.Values) *http.Response {
		if action == "DescribeDisks" && form.Get("InstanceId") != "" {
			return says(http.StatusOK, `{"TotalCount":0,"Disks":{"Disk":[]}}`)
		}
		return nil
	})
	for after, code := range map[time.Duration]string{0: "", time.Hour - time.Second: "", time.Hour: "aliyun_unclear"} {
		b.advance(after)
		grown, err := c.Grow(t.Context(), g)
		if codeOf(err) != code || grown.Done {
			t.Errorf("after %s: %+v (%v)", after, grown, err)
		}
		b.advance(-after)
	}
	if grown := b.grow(t, g); !grown.Done {
		t.Errorf("with its disk: %+v", grown)
	}
}
