package aliyun

import (
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/aliyun/alibaba-cloud-sdk-go/services/cms"

	"lvyue/internal/hosting"
)

// measure is one question to the vendor's monitoring (CMS): under which names it knows a metric, how many seconds lie
// between two of its points, and whether the mean of the last hour is asked for, or the last point.
type measure struct {
	kind            hosting.Kind
	metric          hosting.Metric
	namespace, name string
	period          int
	hour            bool
}

// measures are all that is asked. Of a server, the CPU is seen from outside; memory and disks tell of themselves through
// the vendor's agent.
func measures() []measure {
	const servers, databases = "acs_ecs_dashboard", "acs_rds_dashboard"
	return []measure{
		{hosting.Server, hosting.CPU, servers, "CPUUtilization", 300, true},
		{hosting.Server, hosting.Memory, servers, "memory_usedutilization", 60, false},
		{hosting.Server, hosting.Storage, servers, "diskusage_utilization", 60, false},
		{hosting.Database, hosting.CPU, databases, "CpuUsage", 300, true},
		{hosting.Database, hosting.Memory, databases, "MemoryUsage", 300, false},
		{hosting.Database, hosting.Storage, databases, "DiskUsage", 300, false},
		{hosting.Database, hosting.Connections, databases, "ConnectionUsage", 300, false},
	}
}

// mostMeasured is how many instances one question may name.
const mostMeasured = 50

// Measure reads the last points of all gauges of a contract's servers and databases (§3.6): of those that carry its tag or
// are known, as far as they are there. It asks one question for each metric and 50 instances. Values below 0 and above 100
// fill gaps in the vendor's series and are no points. A database's storage that the monitoring does not know is taken from
// the database's own account of it.
func (c *Cloud) Measure(ctx context.Context, look hosting.Look) (hosting.Measured, error) {
	s, there, err := c.measured(ctx, look)
	m := hosting.Measured{There: there}
	if err != nil {
		return m, err
	}
	for _, q := range measures() {
		for ids := range slices.Chunk(there.ids(q.kind), mostMeasured) {
			points, err := s.points(ctx, q, ids, look.At)
			if err != nil {
				return hosting.Measured{}, err
			}
			m.Points = append(m.Points, points...)
			for _, id := range ids {
				if !slices.ContainsFunc(points, func(p hosting.Point) bool { return p.Resource == id }) {
					m.Silent = append(m.Silent, hosting.Gauge{Kind: q.kind, Resource: id, Metric: q.metric})
				}
			}
		}
	}
	return s.accounted(ctx, m, look.At)
}

// measured are the contract's servers and databases, by kind, then by id.
func (c *Cloud) measured(ctx context.Context, look hosting.Look) (site, standing, error) {
	s := site{c, cmp.Or(look.Region, hosting.DefaultRegion)}
	if look.Contract == "" {
		return s, nil, unnamed("Measure")
	}
	kinds := slices.DeleteFunc(slices.Concat(stages()...), func(p piece) bool { return !isMeasured(p.kind) })
	known := slices.DeleteFunc(slices.Clone(look.Known), func(r hosting.Resource) bool { return !isMeasured(r.Kind) })
	found, err := s.search(ctx, kinds, look.Contract, known)
	for i := range found {
		found[i].FoundBy = ""
	}
	return s, inOrder(found), err
}

func isMeasured(kind hosting.Kind) bool { return kind == hosting.Server || kind == hosting.Database }

// datapoint is one point as the monitoring writes it, in milliseconds and percent.
type datapoint struct {
	Timestamp  int64    `json:"timestamp"`
	InstanceID string   `json:"instanceId"`
	Device     string   `json:"device"`
	Average    *float64 `json:"Average"`
}

// points are those of one question, one a gauge: the newest, or the mean of the hour under the newest's instant.
func (s site) points(ctx context.Context, q measure, ids []string, at time.Time) ([]hosting.Point, error) {
	told, err := s.ask50(ctx, q, ids, at)
	if err != nil {
		return nil, err
	}
	series := map[hosting.Gauge][]datapoint{}
	for _, d := range told {
		if d.Average == nil || *d.Average < 0 || *d.Average > 100 || !slices.Contains(ids, d.InstanceID) {
			continue
		}
		g := hosting.Gauge{Kind: q.kind, Resource: d.InstanceID, Device: d.Device, Metric: q.metric}
		series[g] = append(series[g], d)
	}
	var points []hosting.Point
	for g, all := range series {
		newest := slices.MaxFunc(all, func(a, b datapoint) int { return cmp.Compare(a.Timestamp, b.Timestamp) })
		p := hosting.Point{Gauge: g, At: time.UnixMilli(newest.Timestamp).UTC(), Percent: *newest.Average}
		if q.hour {
			p.Percent = mean(all)
		}
		points = append(points, p)
	}
	slices.SortFunc(points, func(a, b hosting.Point) int {
		return cmp.Or(strings.Compare(a.Resource, b.Resource), strings.Compare(a.Device, b.Device))
	})
	return points, nil
}

// mean is exact to a hundredth of a percent, which is as exact as the vendor is.
func mean(all []datapoint) float64 {
	sum := 0.0
	for _, d := range all {
		sum += *d.Average
	}
	return math.Round(sum/float64(len(all))*100) / 100
}

// ask50 asks one question about at most 50 instances.
func (s site) ask50(ctx context.Context, q measure, ids []string, at time.Time) ([]datapoint, error) {
	var of []map[string]string
	for _, id := range ids {
		of = append(of, map[string]string{"instanceId": id})
	}
	dimensions, err := json.Marshal(of)
	if err != nil {
		return nil, fmt.Errorf("write dimensions: %w", err)
	}
	if q.hour {
		return s.lastHour(ctx, q, string(dimensions), at)
	}
	request, response := cms.CreateDescribeMetricLastRequest(), cms.CreateDescribeMetricLastResponse()
	request.Namespace, request.MetricName, request.Period = q.namespace, q.name, strconv.Itoa(q.period)
	request.Dimensions = string(dimensions)
	if err := s.do(ctx, s.region, request, response); err != nil {
		return nil, err
	}
	return pointsOf(request.GetActionName(), reading{response.Success, response.Code, response.Message, response.RequestId, response.Datapoints})
}

// lastHour reads all points of the hour before the look.
func (s site) lastHour(ctx context.Context, q measure, dimensions string, at time.Time) ([]datapoint, error) {
	var all []datapoint
	for next := ""; ; {
		request, response := cms.CreateDescribeMetricListRequest(), cms.CreateDescribeMetricListResponse()
		request.Namespace, request.MetricName, request.Period = q.namespace, q.name, strconv.Itoa(q.period)
		request.Dimensions, request.NextToken = dimensions, next
		request.StartTime, request.EndTime = millis(at.Add(-time.Hour)), millis(at)
		if err := s.do(ctx, s.region, request, response); err != nil {
			return nil, err
		}
		points, err := pointsOf(request.GetActionName(), reading{response.Success, response.Code, response.Message, response.RequestId, response.Datapoints})
		if err != nil {
			return nil, err
		}
		all = append(all, points...)
		if next = response.NextToken; next == "" {
			return all, nil
		}
	}
}

func millis(at time.Time) string { return strconv.FormatInt(at.UnixMilli(), 10) }

// reading is an answer of the monitoring, whichever of its operations gave it.
type reading struct {
	success                              bool
	code, message, requestID, datapoints string
}

// pointsOf takes the points out of an answer. The monitoring refuses with the HTTP status of a success, and writes its points
// as JSON in a string; no string at all is not an empty list.
func pointsOf(action string, r reading) ([]datapoint, error) {
	failed := &Error{Action: action, Code: r.code, RequestID: r.requestID, HTTPStatus: 200, Message: r.message}
	if !r.success || r.code != "200" {
		failed.class = classify(r.code, status(r.code))
		return nil, failed
	}
	var points []datapoint
	if err := json.Unmarshal([]byte(r.datapoints), &points); err != nil {
		failed.Message = "the points cannot be read: " + err.Error()
		return nil, failed
	}
	return points, nil
}

// status is the HTTP status that a code of the monitoring stands for, where it is a number: its "500" is the vendor's
// trouble, its "403" ours.
func status(code string) int {
	n, err := strconv.Atoi(code)
	if err != nil {
		return 200
	}
	return n
}
