package test

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"testing"
	"time"

	"github.com/google/uuid"
	"golang.org/x/sync/errgroup"

	"lvyue/internal/aliyunsim"
	"lvyue/internal/contract"
	"lvyue/internal/engine"
	"lvyue/internal/message"
	"lvyue/internal/money"
	"lvyue/internal/rehearsal"
)

// BenchmarkCalls counts the calls to the cloud of each work of a whole life: the prices of an expansion and of a cluster are
// asked twice, and a destruction looks through everything again until it has been gone twice.
func BenchmarkCalls(b *testing.B) {
	for b.Loop() {
		w := &wholly{}
		if err := w.live(b, rehearsal.Options{}); err != nil {
			b.Fatal(err)
		}
		days := w.calls.days()
		b.ReportMetric(0, "ns/op")
		for work, day := range map[string]string{
			"deployment": "2025-10-09", "expansion": "2025-10-15", "cluster": "2025-10-20", "destruction": "2025-11-04",
		} {
			b.ReportMetric(float64(days[day]), "calls/"+work)
		}
	}
}

// The simulated vendor's times, which no client can shorten, and the load acceptance's (§1.3).
const (
	databaseTakes = 20 * time.Second
	installTakes  = 5 * time.Second
	acceptTakes   = time.Second
)

// piecesOfOne are ordered for each deployment: network, switch, security group, server, database, public address.
const piecesOfOne = 6

// BenchmarkDeployment is a deployment by the machine's clock, with a worker of its own process. The ratio is to what the
// vendor and the acceptance take; the aim is 1.1.
func BenchmarkDeployment(b *testing.B) {
	for b.Loop() {
		f := openFleet(b)
		took := f.deploy(b, 1)[0]
		b.ReportMetric(0, "ns/op")
		b.ReportMetric(took.Seconds(), "s")
		b.ReportMetric(float64(len(f.wholly.calls)), "calls")
		b.ReportMetric(took.Seconds()/(databaseTakes+installTakes+acceptTakes).Seconds(), "ratio")
	}
}

// BenchmarkDeploymentsSideBySide has one worker deploy a fleet while every seventh call is throttled. None may be lost, and
// none ordered twice. The ratio is that of the slowest.
func BenchmarkDeploymentsSideBySide(b *testing.B) {
	const fleetSize = 200
	for b.Loop() {
		f := openFleet(b, aliyunsim.Fault{Operation: "*", Every: 7, Trouble: aliyunsim.Throttled})
		began := time.Now()
		took := f.deploy(b, fleetSize)
		all := time.Since(began).Seconds()
		b.ReportMetric(0, "ns/op")
		b.ReportMetric(all, "s")
		b.ReportMetric(float64(len(f.wholly.calls))/fleetSize, "calls/deployment")
		b.ReportMetric(float64(len(f.wholly.calls))/all, "calls/s")
		b.ReportMetric(f.peak(b), "MB")
		b.ReportMetric(slices.Max(took).Seconds()/(databaseTakes+installTakes+acceptTakes).Seconds(), "ratio")
		if ordered := f.vendor.Created(); ordered != fleetSize*piecesOfOne {
			b.Errorf("%d resources were ordered for %d deployments of %d", ordered, fleetSize, piecesOfOne)
		}
	}
}

// fleet is a desk for many contracts by the machine's clock, before a vendor that takes its time, with one worker.
type fleet struct {
	desk

	wholly *wholly
	pid    int
}

func openFleet(b *testing.B, faults ...aliyunsim.Fault) fleet {
	b.Helper()
	f := fleet{desk: deserted(b, time.Time{}), wholly: &wholly{}}
	f.TaskQueue = "rehearsal-" + f.TaskQueue // without sweeps
	var err error
	if f.vendor, err = aliyunsim.Start(aliyunsim.Options{
		DeployTakes: databaseTakes, CommandTakes: installTakes, Balance: money.MustParse("100000000.00"),
		AccessKeyID: "test", AccessKeySecret: "untold", Log: f.wholly, Faults: faults,
	}); err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() { _ = f.vendor.Close() })
	if err := engine.Prepare(b.Context(), f.Client, "default", f.TaskQueue); err != nil {
		b.Fatal(err)
	}
	log, err := os.Create(filepath.Join(b.TempDir(), "log"))
	if err != nil {
		b.Fatal(err)
	}
	ctx, cancel := context.WithCancel(context.Background())
	worker := workerProcess(ctx, build(b, b.TempDir(), "worker"), map[string]string{
		"DATABASE_URL": world.DatabaseURL(), "LVYUE_SCHEMA": f.schema, "LVYUE_TASK_QUEUE": f.TaskQueue,
		"LVYUE_CLOUD": "aliyunsim", "LVYUE_ALIYUNSIM_URL": f.vendor.URL(), "LVYUE_SYSTEM_SECRET": "untold",
		"LVYUE_ALIYUN_ACCESS_KEY_ID": "test", "LVYUE_ALIYUN_ACCESS_KEY_SECRET": "untold",
		"LVYUE_BACKUP_URL": "mem://", "LVYUE_BACKUP_KEYS_URL": "mem://", "LVYUE_ACCEPTANCE_SECONDS": strconv.Itoa(int(acceptTakes.Seconds())),
	}, log)
	if err := worker.Start(); err != nil {
		b.Fatal(err)
	}
	f.pid = worker.Process.Pid
	b.Cleanup(func() {
		cancel()
		_ = worker.Wait() // killed
		if b.Failed() {
			b.Log(endOf(log.Name()))
		}
	})
	return f
}

// deploy has so many contracts signed and paid, a few at a time, and gives how long each was deployed after its receipt.
func (f fleet) deploy(b *testing.B, contracts int) []time.Duration {
	b.Helper()
	forms := make([]contract.Form, contracts)
	for i := range forms {
		forms[i] = acme(b)
		forms[i].Number = "F-" + uuid.NewString()
		for product, load := range forms[i].Load.ByProduct { // the machine shall deploy, not carry two hundred companies' users
			load.Concurrent = 1
			forms[i].Load.ByProduct[product] = load
		}
	}
	var group errgroup.Group
	group.SetLimit(16)
	for _, form := range forms {
		group.Go(func() error { return f.signAndPay(b, form) })
	}
	if err := group.Wait(); err != nil {
		b.Fatal(err)
	}
	took := make([]time.Duration, 0, contracts)
	for _, form := range forms {
		o := f.deployment(b, form.Number)
		took = append(took, o.SettledAt.Sub(o.OpenedAt))
	}
	return took
}

func (f fleet) signAndPay(b *testing.B, form contract.Form) error {
	for _, a := range []struct {
		id   string
		name message.ActName
		body any
	}{
		{"customer", message.Sign, message.Signature{By: message.Customer, FormHash: form.Hash()}},
		{"provider", message.Sign, message.Signature{By: message.Provider, FormHash: form.Hash()}},
		{"paid", message.Pay, message.Payment{Amount: form.Fee, Reference: form.Number}},
	} {
		act := f.act(b, form.Number, form.Number+" "+a.id, a.name, time.Time{}, a.body)
		_, answer, err := f.Take(b.Context(), act, &form)
		if err == nil && answer.Refusal != nil {
			err = answer.Refusal
		}
		if err != nil {
			return fmt.Errorf("%s of %s: %w", a.id, form.Number, err)
		}
	}
	return nil
}

// deployment waits until a contract's deployment is done.
func (f fleet) deployment(b *testing.B, number string) message.Obligation {
	b.Helper()
	for giveUp := time.Now().Add(10 * time.Minute); time.Now().Before(giveUp); time.Sleep(100 * time.Millisecond) {
		view, err := f.Store.View(b.Context(), number)
		if err != nil {
			b.Fatal(err)
		}
		for _, o := range view.Obligations {
			if o.ID != "deployment" || !o.Done() && o.Attention == "" {
				continue
			}
			if !o.Done() {
				b.Fatalf("%s is left to a person: %s", number, o.Attention)
			}
			return o
		}
	}
	b.Fatalf("%s is not deployed", number)
	return message.Obligation{}
}

// peak is the most memory that the worker has had so far, in MB.
func (f fleet) peak(b *testing.B) float64 {
	b.Helper()
	status, err := os.ReadFile(fmt.Sprintf("/proc/%d/status", f.pid))
	if err != nil {
		b.Fatal(err)
	}
	found := regexp.MustCompile(`VmHWM:\s+(\d+) kB`).FindSubmatch(status)
	if found == nil {
		b.Fatal("the machine does not tell the worker's memory")
	}
	kb, err := strconv.ParseFloat(string(found[1]), 64)
	if err != nil {
		b.Fatal(err)
	}
	return kb / 1024
}
