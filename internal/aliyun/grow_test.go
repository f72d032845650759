package aliyun

import (
	"bytes"
	"io"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/aliyun/alibaba-cloud-sdk-go/sdk/requests"
	"github.com/aliyun/alibaba-cloud-sdk-go/services/bssopenapi"
	"github.com/aliyun/alibaba-cloud-sdk-go/services/ecs"
	"github.com/aliyun/alibaba-cloud-sdk-go/services/rds"

	"lvyue/internal/aliyunsim"
	"lvyue/internal/hosting"
)

func (b *bench) grow(t *testing.T, g hosting.Growth) hosting.Grown {
	t.Helper()
	grown, err := b.Grow(t.Context(), g)
	if err != nil {
		t.Fatal(err)
	}
	return grown
}

// sizes are what is there now, as the vendor tells it.
func (b *bench) sizes(t *testing.T, g hosting.Growth) hosting.Shape {
	t.Helper()
	have, err := site{b.Cloud, hosting.DefaultRegion}.extent(t.Context(), g)
	if err != nil {
		t.Fatal(err)
	}
	return hosting.Shape{
		ServerType: have.servers[0].InstanceType, ServerDiskGB: have.disks[0].Size,
		DatabaseClass: have.databases[0].DBInstanceClass, DatabaseGB: have.databases[0].DBInstanceStorage,
	}
}

// upgrades counts the orders for more that were ever placed, and are not cancelled.
func (h hands) upgrades() int {
	request, response := bssopenapi.CreateQueryOrdersRequest(), bssopenapi.CreateQueryOrdersResponse()
	request.PageSize = requests.NewInteger(100)
	h.do(request, response)
	placed := 0
	for _, o := range response.Data.OrderList.Order {
		if o.OrderType == "Upgrade" && o.PaymentStatus != "Cancelled" {
			placed++
		}
	}
	return placed
}

func (h hands) backupsTaken(known standing) int {
	request, response := rds.CreateDescribeBackupTasksRequest(), rds.CreateDescribeBackupTasksResponse()
	request.DBInstanceId = known.id(hosting.Database)
	h.do(request, response)
	return len(response.Items.BackupJob)
}

func (h hands) stop(known standing) {
	request := ecs.CreateStopInstanceRequest()
	request.InstanceId = known.id(hosting.Server)
	h.do(request, ecs.CreateStopInstanceResponse())
}

// §5.7: an expansion saves first, waits for that, buys, waits for that, and is done when all of it is read back; the snapshot
// is gone then, and looking again does nothing.
func TestGrow_SavesThenBuysThenReadsBack(t *testing.T) {
	t.Parallel()
	b := setupWith(t, aliyunsim.Options{GrowTakes: 10 * time.Minute})
	known := b.ensure(t)
	g := b.growth(8760*time.Hour, known)
	var steps []string
	for range 4 {
		grown := b.grow(t, g)
		steps = append(steps, grown.Step)
		if grown.Done != (grown.Step == "") {
			t.Errorf("step %q, done %t", grown.Step, grown.Done)
		}
		if grown.Step == stepSnapshot && b.sizes(t, g) != b.plan.Shape {
			t.Error("it grew before the snapshot was done")
		}
		if snapshots := standing(grown.Resources).of(hosting.Snapshot); len(snapshots) != 1 && !grown.Done {
			t.Errorf("at %q: snapshots %+v", grown.Step, snapshots)
		}
		b.advance(5 * time.Minute)
	}
	if !slices.Equal(steps, []string{stepSnapshot, stepSnapshot, stepResize, stepResize}) {
		t.Errorf("steps %q", steps)
	}
	grown := b.grow(t, g)
	if !grown.Done || len(standing(grown.Resources).of(hosting.Snapshot)) != 0 || b.sizes(t, g) != g.To {
		t.Errorf("at the end %+v, %+v", grown, b.sizes(t, g))
	}
	if again := b.grow(t, g); !again.Done || b.sim.Created() != len(hosting.Kinds())+1 || b.sim.Left() != len(hosting.Kinds()) {
		t.Errorf("looked again: %+v; %d ordered, %d there", again, b.sim.Created(), b.sim.Left())
	}
	for _, r := range grown.Resources {
		if !r.Usable {
			t.Errorf("not in use: %+v", r)
		}
	}
}

// §5.7: the file system is grown on the server, once its disk has grown; a server that does not run is waited for.
func TestGrow_WaitsForTheServerToGrowItsFileSystem(t *testing.T) {
	t.Parallel()
	b := setup(t, 0)
	known := b.ensure(t)
	h := hands{b, t}
	h.stop(known)
	g := b.growth(time.Hour, known)
	g.To = hosting.Shape{ServerDiskGB: 800}
	for range 3 {
		if grown := b.grow(t, g); grown.Done || grown.Step != stepFileSystem || len(standing(grown.Resources).of(hosting.Snapshot)) != 1 {
			t.Errorf("while the server is off: %+v", grown)
		}
	}
	runs, err := site{b.Cloud, hosting.DefaultRegion}.runs(t.Context(), growthErrand(g), standing(known).id(hosting.Server), "")
	if err != nil || len(runs) != 0 {
		t.Errorf("commands went to a server that is off: %+v (%v)", runs, err)
	}
	start := ecs.CreateStartInstanceRequest()
	start.InstanceId = standing(known).id(hosting.Server)
	h.do(start, ecs.CreateStartInstanceResponse())
	if grown := b.grow(t, g); !grown.Done {
		t.Errorf("while it runs: %+v", grown)
	}
	if left := h.commands(known); left != "Success" {
		t.Errorf("the command ended %q", left)
	}
}

// commands is how the newest command on the server ended.
func (h hands) commands(known standing) string {
	request, response := ecs.CreateDescribeInvocationResultsRequest(), ecs.CreateDescribeInvocationResultsResponse()
	request.InstanceId, request.InvokeRecordStatus = known.id(hosting.Server), "Finished"
	h.do(request, response)
	for _, r := range response.Invocation.InvocationResults.InvocationResult {
		return r.InvocationStatus
	}
	return ""
}

// growing are the calls of a growth of what is pay-as-you-go, or paid ahead.
func growing(ahead bool) []string {
	calls := []string{
		"ecs DescribeInstances", "ecs DescribeDisks", "rds DescribeDBInstances", "rds DescribeDBInstanceAttribute",
		"bssopenapi QueryAccountBalance", "rds DescribePrice", "ecs CreateSnapshot", "ecs DescribeSnapshots", "rds CreateBackup",
		"rds DescribeBackups", "rds DescribeBackupTasks", "ecs ResizeDisk", "rds ModifyDBInstanceSpec", "ecs StopInstance",
		"ecs StartInstance", "ecs RunCommand", "ecs DescribeInvocationResults", "ecs DeleteSnapshot",
	}
	if ahead { // those that differ
		return []string{
			"ecs DescribeInstanceModificationPrice", "bssopenapi GetSubscriptionPrice", "rds DescribePrice", "bssopenapi QueryOrders",
			"bssopenapi GetOrderDetail", "ecs ResizeDisk", "rds ModifyDBInstanceSpec", "ecs ModifyPrepayInstanceSpec",
		}
	}
	return append(calls, "ecs DescribePrice", "ecs ModifyInstanceSpec")
}

// §5.7: whatever goes wrong for a while at whichever call, also after the call took effect, everything is bought once and ends at
// its size, and the one snapshot is gone.
func TestGrow_EveryTroubleAtEveryCallBuysEachThingOnce(t *testing.T) {
	t.Parallel()
	for ahead, orders := range map[bool]int{false: 1, true: 3} {
		for _, trouble := range []aliyunsim.Trouble{aliyunsim.Throttled, aliyunsim.Unavailable, aliyunsim.NumericCode, aliyunsim.Foreign, aliyunsim.Cut} {
			for _, operation := range growing(ahead) {
				t.Run(strings.ReplaceAll(string(trouble)+" at "+operation, " ", "_"), func(t *testing.T) {
					t.Parallel()
					b := setupWith(t, aliyunsim.Options{GrowTakes: time.Minute})
					known := b.ensure(t)
					h := hands{b, t}
					if ahead {
						h.payAhead(known)
					}
					g := b.growth(8760*time.Hour, known)
					fails(t, b, aliyunsim.Fault{Operation: operation, First: 2, Trouble: trouble})
					b.untilGrown(t, b.Cloud, g)
					b.untouched(t, known, g, orders, 1)
				})
			}
		}
	}
}

// untilGrown looks as the workflow does, while time goes on.
func (b *bench) untilGrown(t *testing.T, c *Cloud, g hosting.Growth) {
	t.Helper()
	err := untilDone(t, func() (bool, error) {
		grown, err := c.Grow(t.Context(), g)
		b.advance(30 * time.Second)
		return grown.Done, err
	})
	if err != nil {
		t.Fatal(err)
	}
}

// untouched insists that everything is at its size, was bought once, was saved so often, and left nothing
// behind.
func (b *bench) untouched(t *testing.T, known standing, g hosting.Growth, orders, snapshots int) {
	t.Helper()
	h := hands{b, t}
	fails(t, b)
	if sizes := b.sizes(t, g); sizes != g.To {
		t.Errorf("sizes %+v", sizes)
	}
	if placed, taken := h.upgrades(), h.backupsTaken(known); placed != orders || taken != 1 || b.sim.Unpaid() != 0 {
		t.Errorf("%d orders, want %d; %d unpaid; %d backups", placed, orders, b.sim.Unpaid(), taken)
	}
	if b.sim.Created() != len(hosting.Kinds())+snapshots || b.sim.Left() != len(hosting.Kinds()) {
		t.Errorf("%d ordered, %d there", b.sim.Created(), b.sim.Left())
	}
}

// §5.7: a crash after any call is gone on from.
func TestGrow_CrashAfterAnyCallBuysEachThingOnce(t *testing.T) {
	t.Parallel()
	for ahead, orders := range map[bool]int{false: 1, true: 3} {
		afterAnyCrash(t, func(lossy *cut) (func(string), error) {
			b := setup(t, 0)
			known := b.ensure(t)
			if ahead {
				hands{b, t}.payAhead(known)
			}
			g := b.growth(8760*time.Hour, known)
			c := cloudAt(t, b.sim.URL(), lossy)
			c.config.Clock = b.clock
			_, err := c.Grow(t.Context(), g)
			return func(string) {
				b.untilGrown(t, b.Cloud, g)
				b.untouched(t, known, g, orders, 1)
			}, err
		})
	}
}

// §5.7: without the money nothing is ordered, not even the snapshot, and a person is told.
func TestGrow_OrdersNothingWithoutTheMoney(t *testing.T) {
	t.Parallel()
	for _, ahead := range []bool{false, true} {
		b := setup(t, 0)
		known := b.ensure(t)
		if ahead {
			hands{b, t}.payAhead(known)
		}
		// Of a term of 15 hours, and of what the vendor asks for the subscription.
		for balance, code := range map[string]string{"46.24": "aliyun_no_money", "-1": "aliyun_no_money"} {
			if err := b.sim.SetBalance(balance); err != nil {
				t.Fatal(err)
			}
			g := b.growth(15*time.Hour, known)
			if _, err := b.Grow(t.Context(), g); codeOf(err) != code {
				t.Errorf("with %s: %v", balance, err)
			}
			if b.sizes(t, g) != b.plan.Shape || b.sim.Created() != len(hosting.Kinds()) || (hands{b, t}).upgrades() != 0 {
				t.Errorf("with %s something was ordered", balance)
			}
		}
		if err := b.sim.SetBalance(map[bool]string{false: "46.25", true: "1480.25"}[ahead]); err != nil {
			t.Fatal(err)
		}
		g := b.growth(15*time.Hour, known)
		b.untilGrown(t, b.Cloud, g)
		if ahead && b.sim.Balance() != "222.03" { // what 1258.22 less leaves
			t.Errorf("the account has %s", b.sim.Balance())
		}
	}
}

// spent takes the account's money away the moment before an order, as other purchases do.
type spent struct {
	action string
	sim    *aliyunsim.Server
	done   atomic.Bool
}

func (s *spent) RoundTrip(r *http.Request) (*http.Response, error) {
	body, err := io.ReadAll(r.Body)
	if err != nil {
		return nil, err
	}
	r.Body = io.NopCloser(bytes.NewReader(body))
	asked, err := url.ParseQuery(string(body))
	if err == nil && (asked.Get("Action") == s.action || r.URL.Query().Get("Action") == s.action) && !s.done.Swap(true) {
		err = s.sim.SetBalance("0")
	}
	if err != nil {
		return nil, err
	}
	return http.DefaultTransport.RoundTrip(r)
}

// §5.7: an order that the money did not suffice for is cancelled, a person is told, no server stays switched off; with money it
// goes on.
func TestGrow_CancelsAnOrderThatWasNotPaid(t *testing.T) {
	t.Parallel()
	for _, action := range []string{"ResizeDisk", "ModifyDBInstanceSpec", "ModifyPrepayInstanceSpec"} {
		t.Run(action, func(t *testing.T) {
			t.Parallel()
			b := setup(t, 0)
			known := standing(b.ensure(t))
			hands{b, t}.payAhead(known)
			g := b.growth(15*time.Hour, known)
			c := cloudAt(t, b.sim.URL(), &spent{action: action, sim: b.sim})
			c.config.Clock = b.clock
			_, err := c.Grow(t.Context(), g)
			if codeOf(err) != "aliyun_no_money" || b.sim.Unpaid() != 0 {
				t.Fatalf("%d unpaid (%v)", b.sim.Unpaid(), err)
			}
			if servers, err := b.Find(t.Context(), b.plan.Contract, "", known); err != nil || !standing(servers).of(hosting.Server)[0].Usable {
				t.Errorf("the server is not in use: %+v (%v)", servers, err)
			}
			if err := b.sim.SetBalance("10000"); err != nil {
				t.Fatal(err)
			}
			g.Try = 1
			b.untilGrown(t, b.Cloud, g)
			b.untouched(t, known, g, 3, max(1, map[string]int{"ResizeDisk": 2}[action]))
		})
	}
}

// §5.7: an order that an earlier look left unpaid is cancelled by the next, with money or without.
func TestGrow_CancelsTheOrderOfACrash(t *testing.T) {
	t.Parallel()
	for balance, code := range map[string]string{"10000": "", "1": "aliyun_no_money"} {
		b := setup(t, 0)
		known := standing(b.ensure(t))
		h := hands{b, t}
		h.payAhead(known)
		if err := b.sim.SetBalance("0"); err != nil {
			t.Fatal(err)
		}
		order := rds.CreateModifyDBInstanceSpecRequest()
		order.DBInstanceId, order.DBInstanceStorage = known.id(hosting.Database), requests.NewInteger(300)
		h.do(order, rds.CreateModifyDBInstanceSpecResponse())
		if b.sim.Unpaid() != 1 {
			t.Fatalf("%d unpaid", b.sim.Unpaid())
		}
		if err := b.sim.SetBalance(balance); err != nil {
			t.Fatal(err)
		}
		g := b.growth(15*time.Hour, known)
		if _, err := b.Grow(t.Context(), g); codeOf(err) != code || b.sim.Unpaid() != 0 {
			t.Errorf("with %s: %v, %d unpaid", balance, err, b.sim.Unpaid())
		}
	}
}

// §5.7 §7.2: what stops for a person starts the server again; a destruction in the middle of a growth finds its snapshot.
func TestGrow_LeavesNoServerOffAndNoSnapshotBehind(t *testing.T) {
	t.Parallel()
	b := setupWith(t, aliyunsim.Options{GrowTakes: time.Minute})
	known := standing(b.ensure(t))
	g := b.growth(15*time.Hour, known)
	g.To.DatabaseClass, g.To.DatabaseGB = g.From.DatabaseClass, g.From.DatabaseGB
	b.grow(t, g)
	b.advance(time.Minute)
	fails(t, b, aliyunsim.Fault{Operation: "ecs ModifyInstanceSpec", First: 1, Trouble: aliyunsim.NoStock})
	if grown, err := b.Grow(t.Context(), g); codeOf(err) != "aliyun_no_stock" {
		t.Errorf("got %+v (%v)", grown, err)
	}
	servers, err := site{b.Cloud, hosting.DefaultRegion}.servers(t.Context(), query{id: known.id(hosting.Server)})
	if err != nil || servers[0].Status != running || servers[0].InstanceType != "ecs.g7.large" {
		t.Errorf("servers %+v (%v)", servers, err)
	}
	b.advance(time.Minute)
	if left := b.destroyAll(t, known); len(left) != 0 || b.sim.Left() != 0 {
		t.Errorf("left %+v; the vendor has %d", left, b.sim.Left())
	}
}

func TestGrow_RefusesAnExpansionWithoutNumberOrContract(t *testing.T) {
	t.Parallel()
	b := setup(t, 0)
	g := b.growth(time.Hour, b.ensure(t))
	g.Number = 0
	if _, err := b.Grow(t.Context(), g); codeOf(err) != "aliyun_refused" {
		t.Errorf("without a number: %v", err)
	}
	g.Number, g.From.Contract = 1, ""
	if _, err := b.Grow(t.Context(), g); codeOf(err) != "aliyun_refused" {
		t.Errorf("without a contract: %v", err)
	}
}
