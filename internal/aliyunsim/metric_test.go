package aliyunsim

import (
	"encoding/json"
	"fmt"
	"math"
	"net/http"
	"strconv"
	"strings"
	"testing"
	"time"
)

// gauged is an account with one server, seen an hour after it was made, and the time, which tests move.
type gauged struct {
	*client

	server string
	now    time.Time
}

func newGauged(t *testing.T) *gauged {
	t.Helper()
	g := &gauged{now: time.Date(2026, 3, 2, 9, 0, 30, 0, time.UTC)}
	g.client = newClient(t, Options{Clock: func() time.Time { return g.now }})
	g.server = g.client.server(g.network(), "")
	g.s.SetAgent(g.server, true)
	g.now = g.now.Add(time.Hour)
	return g
}

// points asks for a metric of the servers, and gives the points as "instance device average timestamp", or the code and
// sentence of a refusal.
func (g *gauged) points(action, metric, more string) string {
	g.t.Helper()
	dimensions := `[{"instanceId":"` + g.server + `"}]`
	a, err := g.try(action, "Namespace=acs_ecs_dashboard&MetricName="+metric+"&Dimensions="+dimensions+more)
	if err != nil || a.status != http.StatusOK {
		g.t.Fatalf("%s: %d, %v, %s", action, a.status, err, a.text)
	}
	if a.at("Success") != true {
		return fmt.Sprintf("%v: %v", a.at("Code"), a.at("Message"))
	}
	var points []struct {
		Timestamp  int64   `json:"timestamp"`
		InstanceID string  `json:"instanceId"`
		Device     string  `json:"device"`
		Average    float64 `json:"Average"`
		UserID     string  `json:"userId"`
	}
	text, isText := a.at("Datapoints").(string)
	if err := json.Unmarshal([]byte(text), &points); err != nil || !isText || a.at("Code") != "200" {
		g.t.Fatalf("the points are %v, %v", a.at("Datapoints"), err)
	}
	lines := []string{}
	for _, p := range points {
		if p.InstanceID != g.server || p.UserID == "" {
			g.t.Errorf("a point of %+v", p)
		}
		at := time.UnixMilli(p.Timestamp).UTC().Format("15:04:05")
		lines = append(lines, strings.TrimSpace(strings.Join([]string{p.Device, strconv.FormatFloat(p.Average, 'f', -1, 64), at}, " ")))
	}
	return strings.Join(lines, ", ") + either(a.at("NextToken") != nil, fmt.Sprint(" and more from ", a.at("NextToken")), "")
}

func TestMetrics_TheLastPointIsThatOfTheLastWholePeriod(t *testing.T) {
	t.Parallel()
	g := newGauged(t)
	for _, tt := range []struct{ metric, more, want string }{
		{"CPUUtilization", "", "12 09:59:00"},
		{"CPUUtilization", "&Period=300", "12 09:55:00"},
		{"CPUUtilization", "&Period=3600", ""}, // at nine there was no server yet
		{"CPUUtilization", "&Period=15", "400: The period 15 is not valid."},
		{"cpu_total", "&Period=15", "12 10:00:15"},
		{"cpu_total", "&Period=77", "400: The period 77 is not valid."},
		{"memory_usedutilization", "", "41 09:59:00"},
		{"diskusage_utilization", "", "/dev/vda1 23 09:59:00, /dev/vdb1 31 09:59:00"},
		{"no_such_metric", "", "404: The metric no_such_metric is not found."},
	} {
		if got := g.points("DescribeMetricLast", tt.metric, tt.more); got != tt.want {
			t.Errorf("%s %s: got %q, want %q", tt.metric, tt.more, got, tt.want)
		}
	}
}

func TestMetrics_GoWithTheClock(t *testing.T) {
	t.Parallel()
	g := newGauged(t)
	g.s.SetLoad(g.server, Load{
		CPU: Rising(g.now, 50, 10), Memory: Steady(-1),
		Storage: map[string]Course{"/dev/vdb1": func(at time.Time) float64 {
			if at.Before(g.now) {
				return math.NaN()
			}
			return 120
		}},
	})
	for _, tt := range []struct {
		days              int
		cpu, memory, disk string
	}{
		{0, "49.99", "-1", ""}, {1, "59.99", "-1", ""}, {3, "79.99", "-1", ""}, {30, "100", "-1", ""},
	} {
		g.now = time.Date(2026, 3, 2+tt.days, 10, 0, 30, 0, time.UTC)
		cpu, memory := g.points("DescribeMetricLast", "CPUUtilization", ""), g.points("DescribeMetricLast", "memory_usedutilization", "")
		disk := g.points("DescribeMetricLast", "diskusage_utilization", "")
		if cpu != tt.cpu+" 09:59:00" || memory != tt.memory+" 09:59:00" || disk != tt.disk {
			t.Errorf("after %d days: %s, %s, %q", tt.days, cpu, memory, disk)
		}
	}
}

// The vendor's answer without an agent is an empty list, and no error.
func TestMetrics_WithoutTheAgent(t *testing.T) {
	t.Parallel()
	g := newGauged(t)
	g.s.SetAgent(g.server, false)
	for metric, want := range map[string]string{
		"CPUUtilization": "12 09:59:00", "cpu_total": "", "memory_usedutilization": "", "diskusage_utilization": "",
	} {
		if got := g.points("DescribeMetricLast", metric, ""); got != want {
			t.Errorf("%s: got %q, want %q", metric, got, want)
		}
	}
	g.s.SetAgent(g.server, true)
	if got := g.points("DescribeMetricLast", "cpu_total", ""); got != "12 09:59:00" {
		t.Errorf("with it: %q", got)
	}
}

func TestMetrics_AListIsOpenAtItsStartAndComesInPages(t *testing.T) {
	t.Parallel()
	g := newGauged(t)
	from := func(start, end time.Time) string {
		return fmt.Sprintf("&Period=900&StartTime=%d&EndTime=%d", start.UnixMilli(), end.UnixMilli())
	}
	nine := time.Date(2026, 3, 2, 9, 0, 0, 0, time.UTC)
	for _, tt := range []struct{ more, want string }{
		{from(nine, nine.Add(45*time.Minute)), "12 09:15:00, 12 09:30:00, 12 09:45:00"},
		{from(nine.Add(15*time.Minute), nine.Add(45*time.Minute-time.Millisecond)), "12 09:30:00"},
		{from(nine.Add(30*time.Minute), nine.Add(5*time.Hour)), "12 09:45:00, 12 10:00:00"}, // not beyond now
		{from(nine.Add(-5*time.Hour), nine), ""},                                            // there was no server
		{from(nine, nine.Add(45*time.Minute)) + "&Length=2", "12 09:15:00, 12 09:30:00 and more from 2"},
		{from(nine, nine.Add(45*time.Minute)) + "&Length=2&NextToken=2", "12 09:45:00"},
		{from(nine, nine.Add(45*time.Minute)) + "&Length=1441", "400: The length is not valid."},
	} {
		if got := g.points("DescribeMetricList", "CPUUtilization", tt.more); got != tt.want {
			t.Errorf("%s: got %q, want %q", tt.more, got, tt.want)
		}
	}
}

func TestMetrics_WhatIsAskedWrongly(t *testing.T) {
	t.Parallel()
	g := newGauged(t)
	const last, of = "DescribeMetricLast", "Namespace=acs_ecs_dashboard&MetricName=CPUUtilization"
	g.want("MissingParameter", last, "MetricName=CPUUtilization&Dimensions=[]")
	g.want("InvalidParameter.NotSimulated", last, of)
	g.want("InvalidParameter.NotSimulated", last, of+"&Dimensions=[]")
	g.want("InvalidParameter.NotSimulated", last, of+"&Dimensions=i-1")
	g.want("InvalidParameter.NotSimulated", last, of+`&Dimensions=[{"instanceId":"i-1"}]&StartTime=1`)
	g.want("MissingParameter", "DescribeMetricList", of+`&Dimensions=[{"instanceId":"i-1"}]`)
	for count, want := range map[int]string{50: "200", 51: "400"} {
		all := strings.Repeat(`{"instanceId":"i-1"},`, count)
		a, err := g.try(last, of+"&Dimensions=["+strings.TrimSuffix(all, ",")+"]")
		if err != nil || a.status != http.StatusOK || a.at("Code") != want || a.at("Success") != (want == "200") {
			t.Errorf("%d instances: %s, %v", count, a.text, err)
		}
	}
	elsewhere, err := g.try(last, of+`&RegionId=cn-hangzhou&Dimensions=[{"instanceId":"`+g.server+`"}]`)
	if err != nil || elsewhere.at("Datapoints") != "[]" {
		t.Errorf("in another region: %s, %v", elsewhere.text, err)
	}
}

func TestResourceUsage_IsInBytes(t *testing.T) {
	t.Parallel()
	g := newGauged(t)
	id := g.database()
	g.s.SetLoad(id, Load{Storage: map[string]Course{"": Steady(50)}})
	g.want("", "DescribeResourceUsage", "DBInstanceId="+id).is(t, map[string]any{"DBInstanceId": id, "DiskUsed": float64(10 << 30)})
	g.want("", "DescribeDBInstanceAttribute", "DBInstanceId="+id).is(t, map[string]any{
		"Items.DBInstanceAttribute.0.DBInstanceStorage": 20, "Items.DBInstanceAttribute.0.DBInstanceClass": "c",
	})
	g.want(noDatabase, "DescribeResourceUsage", "DBInstanceId=rm-none")
	g.want(noDatabase, "DescribeDBInstanceAttribute", "DBInstanceId=rm-none")
}
