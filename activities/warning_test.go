package activities_test

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"log/slog"
	"strings"
	"testing"
	"time"

	"go.temporal.io/sdk/testsuite"

	"lvyue/activities"
	"lvyue/internal/hosting"
	"lvyue/internal/message"
	"lvyue/internal/money"
	"lvyue/internal/warning"
	"lvyue/internal/workday"
)

var lookedAt = time.Date(2026, 3, 2, 10, 0, 0, 0, workday.Shanghai)

// monitored is a vendor that shows one level of one disk, and what it was asked.
type monitored struct {
	percent  float64
	sizeless bool
	err      error
	looks    []hosting.Look
	asked    []hosting.Growth
	price    hosting.Price
	priceErr error
}

var monitoredDisk = hosting.Gauge{Kind: hosting.Server, Resource: "i-1", Device: "/dev/vdb1", Metric: hosting.Storage}

func (m *monitored) Measure(_ context.Context, look hosting.Look) (hosting.Measured, error) {
	m.looks = append(m.looks, look)
	return hosting.Measured{
		There:  []hosting.Resource{{Kind: hosting.Server, ID: "i-1"}},
		Points: []hosting.Point{{Gauge: monitoredDisk, At: look.At, Percent: m.percent}},
	}, m.err
}

func (m *monitored) Standing(_ context.Context, look hosting.Look) (hosting.Plan, error) {
	if m.sizeless {
		return hosting.Plan{}, errSilent
	}
	return hosting.Plan{Contract: look.Contract, Region: look.Region, Nodes: 1, Shape: hosting.Shape{ServerDiskGB: 500}}, nil
}

func (m *monitored) Quote(_ context.Context, g hosting.Growth) (hosting.Price, error) {
	m.asked = append(m.asked, g)
	return m.price, m.priceErr
}

// kept is what a store was told to keep.
type kept struct {
	known    warning.Known
	at       time.Time
	points   []hosting.Point
	warnings []warning.Warning
	times    int
	err      error
}

func (k *kept) Watched(context.Context, string, int) ([]string, error) { return nil, k.err }

func (k *kept) Measured(context.Context, string, time.Time) (warning.Known, error) {
	return k.known, k.err
}

func (k *kept) KeepLook(_ context.Context, _ string, at time.Time, points []hosting.Point, warnings []warning.Warning) error {
	k.at, k.points, k.warnings, k.times = at, points, warnings, k.times+1
	return nil
}

func served() *kept {
	return &kept{known: warning.Known{
		Number: "HT-1", Phase: message.InService, Regions: []string{""}, UsableAt: lookedAt.AddDate(0, -1, 0), Last: workday.MustDate("2026-10-09"),
		Recorded: []hosting.Resource{{Kind: hosting.Server, ID: "i-1", Region: hosting.DefaultRegion}},
	}}
}

// takes performs one look.
func takes(t *testing.T, m *monitored, k *kept, prices activities.Pricer) (looked warning.Looked, log string, err error) {
	t.Helper()
	var lines bytes.Buffer
	w := &activities.Warning{Cloud: m, Prices: prices, Store: k, Log: slog.New(slog.NewJSONHandler(&lines, nil))}
	env := (&testsuite.WorkflowTestSuite{}).NewTestActivityEnvironment()
	env.RegisterActivity(w)
	value, err := env.ExecuteActivity(w.WarnAhead, activities.LookQuestion{Contract: "HT-1", At: lookedAt})
	if err == nil {
		err = value.Get(&looked)
	}
	return looked, lines.String(), err
}

// §3.6 §5.7: a warning comes with a growth that helps, and with the price that the vendor publishes for it.
func TestWarning_AttachesAReadyQuote(t *testing.T) {
	t.Parallel()
	m := &monitored{percent: 84, price: hosting.Price{Amount: money.MustParse("321.50"), Answer: []byte("answer"), At: lookedAt}}
	k := served()
	looked, log, err := takes(t, m, k, m)
	if err != nil || len(looked.Open) != 1 || k.times != 1 || !k.at.Equal(lookedAt) || len(k.points) != 1 {
		t.Fatalf("got %+v, %v, kept %+v", looked, err, k)
	}
	sum := sha256.Sum256([]byte("answer"))
	g := k.warnings[0].Growth
	if g == nil || g.To.ServerDiskGB != 600 || g.Amount.String() != "321.50" || g.AnswerHash != hex.EncodeToString(sum[:]) || !g.PricedAt.Equal(lookedAt) {
		t.Errorf("suggested %+v", g)
	}
	want := hosting.Growth{
		From: hosting.Plan{Contract: "HT-1", Region: hosting.DefaultRegion, Nodes: 1, Shape: hosting.Shape{ServerDiskGB: 500}},
		To:   hosting.Shape{ServerDiskGB: 600}, Until: workday.MustDate("2026-10-09").End(), Known: k.known.Recorded,
	}
	if len(m.asked) != 1 || inJSON(t, m.asked[0]) != inJSON(t, want) {
		t.Errorf("asked for %+v\nwant %+v", m.asked, want)
	}
	if !strings.Contains(log, `"to":"account-manager"`) || !strings.Contains(log, `"server_disk_gb":600`) || !strings.Contains(log, `"amount":"321.50"`) {
		t.Errorf("told %s", log)
	}
}

func inJSON(t *testing.T, v any) string {
	t.Helper()
	text, err := json.Marshal(v)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

// §3.6: a warning is told also where nothing can be suggested, or nothing priced.
func TestWarning_IsToldWithoutAPriceToo(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		name        string
		m           monitored
		without     bool
		grows, cost bool
	}{
		{"nobody can be asked", monitored{percent: 84}, true, true, false},
		{"the vendor tells no price", monitored{percent: 84, priceErr: errSilent}, false, true, false},
		{"the vendor tells no size", monitored{percent: 84, sizeless: true}, false, false, false},
		{"all is known", monitored{percent: 84}, false, true, true},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			k := served()
			var prices activities.Pricer
			if !tt.without {
				prices = &tt.m
			}
			looked, log, err := takes(t, &tt.m, k, prices)
			if err != nil || len(looked.Open) != 1 || !strings.Contains(log, `"to":"account-manager"`) {
				t.Fatalf("got %+v, %v, told %s", looked, err, log)
			}
			g := k.warnings[0].Growth
			if (g != nil) != tt.grows || g != nil && (g.AnswerHash != "") != tt.cost {
				t.Errorf("suggested %+v", g)
			}
		})
	}
}

// A look that is kept already changes nothing, asks nobody and tells nobody.
func TestWarning_ALookIsTakenOnce(t *testing.T) {
	t.Parallel()
	m, k := &monitored{percent: 84}, served()
	k.known.LookedAt = lookedAt
	k.known.Warnings = []warning.Warning{{Gauge: monitoredDisk, What: warning.High, Class: warning.Near, OpenedAt: lookedAt, ToldAt: lookedAt}}
	looked, log, err := takes(t, m, k, m)
	if err != nil || len(looked.Open) != 1 || k.times != 0 || len(m.looks)+len(m.asked) != 0 || log != "" {
		t.Errorf("got %+v, %v, kept %d times, asked %v, told %s", looked, err, k.times, m.looks, log)
	}
}

// Without the database nothing is said; a vendor that fails is tried again before people are told.
func TestWarning_AFailureIsTriedAgain(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		m monitored
		k kept
	}{{monitored{}, kept{err: errSilent}}, {monitored{err: errSilent}, *served()}} {
		if looked, log, err := takes(t, &tt.m, &tt.k, nil); err == nil || permanent(err) || log != "" || tt.k.times != 0 {
			t.Errorf("got %+v, %v, told %s", looked, err, log)
		}
	}
}

// What trying again cannot mend is told at once.
func TestWarning_ARefusalIsTold(t *testing.T) {
	t.Parallel()
	m, k := &monitored{err: forbidden{}}, served()
	looked, log, err := takes(t, m, k, nil)
	if err != nil || looked.Blind == "" || looked.Contract != "HT-1" || !strings.Contains(log, `"to":"on-call"`) || k.times != 0 {
		t.Errorf("got %+v, %v, told %s", looked, err, log)
	}
}

// forbidden is a failure that lasts.
type forbidden struct{}

func (forbidden) Error() string   { return "forbidden" }
func (forbidden) Permanent() bool { return true }
