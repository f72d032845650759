package aliyunsim

import (
	"cmp"
	"encoding/json"
	"fmt"
	"maps"
	"net/http"
	"slices"
	"strconv"
	"time"

	"lvyue/internal/hosting"
)

func metricOperations() map[string]operation {
	return map[string]operation{
		"cms DescribeMetricLast":    describeMetricLast,
		"cms DescribeMetricList":    describeMetricList,
		"rds DescribeResourceUsage": describeResourceUsage,
	}
}

// metric is one thing that the vendor's monitoring knows. A server's agent tells it, unless the vendor sees it from
// outside.
type metric struct {
	kind    hosting.Kind
	agent   bool
	courses func(Load) map[string]Course // by device
	device  bool                         // the points name it
	least   int                          // seconds between two points at the closest
}

// metrics are those that are simulated, by namespace and name.
func metrics() map[string]metric {
	cpu := func(l Load) map[string]Course { return map[string]Course{"": l.CPU} }
	memory := func(l Load) map[string]Course { return map[string]Course{"": l.Memory} }
	storage := func(l Load) map[string]Course { return l.Storage }
	connections := func(l Load) map[string]Course { return map[string]Course{"": l.Connections} }
	const ecs, rds = "acs_ecs_dashboard ", "acs_rds_dashboard "
	return map[string]metric{
		ecs + "CPUUtilization":         {kind: hosting.Server, courses: cpu, least: 60},
		ecs + "cpu_total":              {kind: hosting.Server, courses: cpu, least: 15, agent: true},
		ecs + "memory_usedutilization": {kind: hosting.Server, courses: memory, least: 15, agent: true},
		ecs + "diskusage_utilization":  {kind: hosting.Server, courses: storage, least: 15, agent: true, device: true},
		rds + "CpuUsage":               {kind: hosting.Database, courses: cpu, least: 60},
		rds + "MemoryUsage":            {kind: hosting.Database, courses: memory, least: 60},
		rds + "DiskUsage":              {kind: hosting.Database, courses: storage, least: 60},
		rds + "ConnectionUsage":        {kind: hosting.Database, courses: connections, least: 60},
	}
}

// asked is one question to the monitoring.
type asked struct {
	metric

	things []*thing
	period time.Duration
}

// keeps is how long the vendor keeps the points of a minute.
const keeps = 31 * 24 * time.Hour

// most is how many instances the vendor takes in one question.
const most = 50

// misunderstood is the monitoring's own way to refuse: with the HTTP status of a success.
func misunderstood(code, message string) answer {
	return answer{"Code": code, "Success": false, "Message": message}
}

// asks reads what is asked for; with an answer, that is all there is to say.
func asks(s *state, c call) (asked, answer, error) {
	var of []map[string]string
	if err := json.Unmarshal([]byte(c.text("Dimensions")), &of); err != nil || len(of) == 0 {
		return asked{}, nil, refuse(http.StatusBadRequest, "InvalidParameter.NotSimulated", "Metrics without Dimensions are not simulated.")
	}
	m, known := metrics()[c.text("Namespace")+" "+c.text("MetricName")]
	seconds := cmp.Or(c.number("Period"), 60)
	switch {
	case !known:
		return asked{}, misunderstood("404", "The metric "+c.text("MetricName")+" is not found."), nil
	case len(of) > most:
		return asked{}, misunderstood("400", fmt.Sprintf("There are more than %d dimensions.", most)), nil
	case seconds < m.least || !slices.Contains([]int{15, 60, 300, 900, 3600}, seconds):
		return asked{}, misunderstood("400", "The period "+c.text("Period")+" is not valid."), nil
	}
	a := asked{metric: m, period: time.Duration(seconds) * time.Second}
	for _, d := range of {
		// What is not there, or of another kind, has no points; that is no error.
		if t, there := s.Things[d["instanceId"]]; there && t.Kind == m.kind && t.Region == c.region() && (!m.agent || t.Agent) {
			a.things = append(a.things, t)
		}
	}
	return a, nil, nil
}

// points are those of one instant: one of each thing, and of each device that has one.
func (a asked) points(s *state, at time.Time) []answer {
	var points []answer
	for _, t := range a.things {
		if at.Before(t.CreatedAt) {
			continue
		}
		courses := a.courses(s.load(t))
		for _, device := range slices.Sorted(maps.Keys(courses)) {
			percent, shows := courses[device].shows(at)
			if !shows {
				continue
			}
			p := answer{
				"timestamp": at.UnixMilli(), "userId": "1000000000000000", "instanceId": t.ID,
				"Minimum": percent, "Average": percent, "Maximum": percent,
			}
			if a.device {
				p["device"] = device
			}
			points = append(points, p)
		}
	}
	return points
}

// told is the monitoring's answer: its points are JSON in a string.
func (a asked) told(points []answer) (answer, error) {
	text, err := json.Marshal(append([]answer{}, points...))
	if err != nil {
		return nil, fmt.Errorf("write points: %w", err)
	}
	return answer{"Code": "200", "Success": true, "Period": strconv.Itoa(int(a.period.Seconds())), "Datapoints": string(text)}, nil
}

// describeMetricLast gives the points of the last whole period.
func describeMetricLast(s *state, c call) (answer, error) {
	a, refused, err := asks(s, c)
	if err != nil || refused != nil {
		return refused, err
	}
	return a.told(a.points(s, c.now.Truncate(a.period).Add(-a.period)))
}

// describeMetricList gives the points after StartTime, up to EndTime and up to now, Length of them; then NextToken says
// where to go on.
func describeMetricList(s *state, c call) (answer, error) {
	a, refused, err := asks(s, c)
	if err != nil || refused != nil {
		return refused, err
	}
	if err := c.require("StartTime", "EndTime"); err != nil {
		return nil, err
	}
	start, end := time.UnixMilli(int64(c.number("StartTime"))), time.UnixMilli(int64(c.number("EndTime")))
	if end.After(c.now) {
		end = c.now
	}
	if oldest := c.now.Add(-keeps); start.Before(oldest) {
		start = oldest
	}
	var points []answer
	for at := start.Truncate(a.period).Add(a.period); !at.After(end); at = at.Add(a.period) {
		points = append(points, a.points(s, at)...)
	}
	length := cmp.Or(c.number("Length"), 1000)
	if length > 1440 {
		return misunderstood("400", "The length is not valid."), nil
	}
	from := min(c.number("NextToken"), len(points))
	next := min(from+length, len(points))
	told, err := a.told(points[from:next])
	if next < len(points) {
		told["NextToken"] = strconv.Itoa(next)
	}
	return told, err
}

// describeResourceUsage tells how many bytes a database has in use.
func describeResourceUsage(s *state, c call) (answer, error) {
	t, err := s.get(hosting.Database, c.region(), c.text("DBInstanceId"), noDatabase)
	if err != nil {
		return nil, err
	}
	percent, _ := s.load(t).Storage[""].shows(c.now)
	used := int64(float64(t.GB) * (1 << 30) * percent / 100)
	return answer{"DBInstanceId": t.ID, "Engine": "MySQL", "DiskUsed": used, "DataSize": used, "LogSize": 0, "BackupSize": 0, "SQLSize": 0}, nil
}
