package aliyun

import (
	"errors"
	"fmt"
	"math"
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"lvyue/internal/aliyunsim"
	"lvyue/internal/hosting"
)

// actions notes the actions of the calls.
type actions struct{ called []string }

func (c *actions) RoundTrip(r *http.Request) (*http.Response, error) {
	c.called = append(c.called, r.URL.Query().Get("Action"))
	return http.DefaultTransport.RoundTrip(r)
}

func (b *bench) look(known ...hosting.Resource) hosting.Look {
	return hosting.Look{Contract: b.plan.Contract, At: b.clock(), Known: known}
}

func (b *bench) measure(t *testing.T) hosting.Measured {
	t.Helper()
	m, err := b.Measure(t.Context(), b.look())
	if err != nil {
		t.Fatal(err)
	}
	return m
}

// shows is what was measured in words: "ecs storage /dev/vdb1 31".
func shows(m hosting.Measured) string {
	var lines []string
	for _, p := range m.Points {
		lines = append(lines, strings.Join(strings.Fields(fmt.Sprint(p.Kind, " ", p.Metric, " ", p.Device, " ", p.Percent)), " "))
	}
	for _, g := range m.Silent {
		lines = append(lines, fmt.Sprintf("%s %s silent", g.Kind, g.Metric))
	}
	slices.Sort(lines)
	return strings.Join(lines, ", ")
}

// measurable is a deployment that has been there for an hour, with the ids of its server and its database.
func measurable(t *testing.T) (b *bench, server, database string) {
	t.Helper()
	b = setup(t, 0)
	have := standing(b.ensure(t))
	b.sim.SetAgent(have.id(hosting.Server), true)
	b.advance(time.Hour)
	return b, have.id(hosting.Server), have.id(hosting.Database)
}

const quietly = "ecs cpu 12, ecs memory 41, ecs storage /dev/vda1 23, ecs storage /dev/vdb1 31, " +
	"rds connections 6, rds cpu 9, rds memory 52, rds storage 27"

// §3.6: disk, database, memory and CPU are measured, each with one question.
func TestMeasure_ReadsEveryGaugeInFewCalls(t *testing.T) {
	t.Parallel()
	b, server, database := measurable(t)
	calls := &actions{}
	m, err := cloudAt(t, b.sim.URL(), calls).Measure(t.Context(), b.look())
	if err != nil {
		t.Fatal(err)
	}
	if got := shows(m); got != quietly {
		t.Errorf("got  %s\nwant %s", got, quietly)
	}
	if len(calls.called) != 2+len(measures()) {
		t.Errorf("it took %d calls: %v", len(calls.called), calls.called)
	}
	if len(m.There) != 2 || m.There[0].ID != server || m.There[1].ID != database {
		t.Errorf("there are %+v", m.There)
	}
	for _, p := range m.Points {
		if age := b.clock().Sub(p.At); age < 0 || age > 10*time.Minute {
			t.Errorf("%s %s is %s old", p.Kind, p.Metric, age)
		}
	}
}

// §3.6: without its agent a server tells nothing of memory and disks, and nothing is not 0 %.
func TestMeasure_WithoutTheAgentThereIsNoData(t *testing.T) {
	t.Parallel()
	b, server, _ := measurable(t)
	b.sim.SetAgent(server, false)
	if got := shows(b.measure(t)); !strings.Contains(got, "ecs cpu 12, ecs memory silent, ecs storage silent, rds") {
		t.Errorf("got %s", got)
	}
	b.sim.SetAgent(server, true)
	if got := shows(b.measure(t)); got != quietly {
		t.Errorf("with the agent: %s", got)
	}
}

// What fills the gaps of the vendor's series is no point; 0 and 100 are.
func TestMeasure_DropsWhatIsNoShare(t *testing.T) {
	t.Parallel()
	b, server, _ := measurable(t)
	for percent, want := range map[float64]string{
		-1: "ecs memory silent", -0.01: "ecs memory silent", 0: "ecs memory 0", 100: "ecs memory 100", 100.01: "ecs memory silent", 120: "ecs memory silent",
	} {
		b.sim.SetLoad(server, aliyunsim.Load{Memory: aliyunsim.Steady(percent)})
		if got := shows(b.measure(t)); !strings.Contains(got, want+",") {
			t.Errorf("%v: got %s, want %s", percent, got, want)
		}
	}
}

// The CPU is the mean of the last hour: a peak at the moment of the look says little.
func TestMeasure_TheCPUIsTheMeanOfAnHour(t *testing.T) {
	t.Parallel()
	b, server, database := measurable(t)
	b.advance(time.Hour)
	from := b.clock().Add(-30 * time.Minute)
	half := func(at time.Time) float64 {
		switch {
		case at.Equal(from.Add(5 * time.Minute)):
			return -1 // a gap
		case at.After(from):
			return 100
		}
		return 0
	}
	b.sim.SetLoad(server, aliyunsim.Load{CPU: half})
	b.sim.SetLoad(database, aliyunsim.Load{CPU: half})
	if got := shows(b.measure(t)); !strings.Contains(got, "ecs cpu 45.45,") || !strings.Contains(got, "rds cpu 45.45,") { // 5 of 11
		t.Errorf("got %s", got)
	}
}

// A database tells of its storage itself when the monitoring does not.
func TestMeasure_ADatabaseAccountsForItsStorage(t *testing.T) {
	t.Parallel()
	b, _, database := measurable(t)
	gap := func(at time.Time) float64 {
		if at.Equal(b.clock()) {
			return 64.25
		}
		return math.NaN()
	}
	b.sim.SetLoad(database, aliyunsim.Load{Storage: map[string]aliyunsim.Course{"": gap}})
	if got := shows(b.measure(t)); !strings.Contains(got, "rds storage 64.25") {
		t.Errorf("got %s", got)
	}
	b.sim.SetLoad(database, aliyunsim.Load{Storage: map[string]aliyunsim.Course{"": aliyunsim.Steady(math.NaN())}})
	if got := shows(b.measure(t)); !strings.Contains(got, "rds storage silent") {
		t.Errorf("got %s", got)
	}
}

// The monitoring refuses with the HTTP status of a success.
func TestPointsOf_ARefusalWithinASuccessIsAnError(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		reading
		fails, permanent bool
	}{
		{reading{true, "200", "", "r", "[]"}, false, false},
		{reading{false, "200", "no", "r", "[]"}, true, true},
		{reading{true, "403", "no", "r", "[]"}, true, true},
		{reading{false, "Forbidden.RAM", "no", "r", ""}, true, true},
		{reading{false, "Throttling.User", "slow", "r", ""}, true, false},
		{reading{false, "500", "trouble", "r", ""}, true, false},
		{reading{true, "200", "", "r", ""}, true, false}, // no list is not an empty list
	} {
		_, err := pointsOf("DescribeMetricLast", tt.reading)
		var e *Error
		if (err != nil) != tt.fails || err != nil && (!errors.As(err, &e) || e.Permanent() != tt.permanent) {
			t.Errorf("%+v gives %v", tt.reading, err)
		}
	}
	b, _, _ := measurable(t)
	s := site{b.Cloud, hosting.DefaultRegion}
	q := measures()[1]
	q.name = "no_such_metric"
	if _, err := s.ask50(t.Context(), q, []string{"i-1"}, b.clock()); err == nil || !strings.Contains(err.Error(), "404") {
		t.Errorf("an unknown metric gives %v", err)
	}
}

// Faults of the vendor are errors, never an answer without points.
func TestMeasure_FailsWholeWhenTheVendorDoes(t *testing.T) {
	t.Parallel()
	b, _, _ := measurable(t)
	for _, operation := range []string{"cms DescribeMetricLast", "cms DescribeMetricList"} {
		for _, trouble := range []aliyunsim.Trouble{aliyunsim.Throttled, aliyunsim.Unavailable, aliyunsim.NumericCode, aliyunsim.Foreign, aliyunsim.Cut} {
			if err := b.sim.SetFaults(aliyunsim.Fault{Operation: operation, First: mostSends, Trouble: trouble}); err != nil {
				t.Fatal(err)
			}
			m, err := b.Measure(t.Context(), b.look())
			if err == nil || len(m.Points)+len(m.Silent) > 0 {
				t.Errorf("%s %s: %+v, %v", operation, trouble, m, err)
			}
		}
	}
	if _, err := b.Measure(t.Context(), hosting.Look{At: b.clock()}); err == nil {
		t.Error("the servers of no contract were measured")
	}
}

// A server that has lost its tag is measured all the same, since it is known.
func TestMeasure_KnownServersNeedNoTag(t *testing.T) {
	t.Parallel()
	b, server, _ := measurable(t)
	stranger := b.look(hosting.Resource{Kind: hosting.Server, ID: server}, hosting.Resource{Kind: hosting.Server, ID: "i-gone"})
	stranger.Contract = b.plan.Contract
	m, err := b.Measure(t.Context(), stranger)
	if err != nil || len(m.There) != 2 {
		t.Errorf("got %+v, %v", m, err)
	}
}

// More than 50 servers take more than one question, and every one is measured once.
func TestPoints_FiftyToAQuestion(t *testing.T) {
	t.Parallel()
	b, server, _ := measurable(t)
	ids := []string{server}
	for n := range 50 {
		ids = append(ids, fmt.Sprintf("i-%d", n))
	}
	s, q := site{b.Cloud, hosting.DefaultRegion}, measures()[1]
	if _, err := s.points(t.Context(), q, ids, b.clock()); err == nil {
		t.Error("51 instances were asked for at once")
	}
	if points, err := s.points(t.Context(), q, ids[:50], b.clock()); err != nil || len(points) != 1 {
		t.Errorf("got %v, %v", points, err)
	}
}

// §5.7: what stands is read back, not remembered.
func TestStanding_ReadsTheSizeBack(t *testing.T) {
	t.Parallel()
	b, _, _ := measurable(t)
	plan, err := b.Standing(t.Context(), b.look())
	want := b.plan.Placed()
	want.Nodes = 1
	if err != nil || fmt.Sprint(plan) != fmt.Sprint(want) {
		t.Errorf("got  %+v, %v\nwant %+v", plan, err, want)
	}
}

// The real monitoring has an address in every region; the library would ask another server for it.
func TestClient_KnowsTheMonitoringsAddress(t *testing.T) {
	t.Parallel()
	c, err := New(Config{AccessKeyID: testKey, AccessKeySecret: testSecret})
	if err != nil {
		t.Fatal(err)
	}
	client, err := c.client(t.Context(), "cn-beijing", "Cms")
	if err != nil || client.Domain != "metrics.cn-beijing.aliyuncs.com" {
		t.Errorf("got %v, %v", client.Domain, err)
	}
	if client, err = c.client(t.Context(), "cn-beijing", "Ecs"); err != nil || client.Domain != "" {
		t.Errorf("ecs at %q, %v", client.Domain, err)
	}
}
