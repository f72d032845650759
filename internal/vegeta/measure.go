// Package vegeta puts a system under the load of its load standard (§1.3) with the load tester of that name. It measures;
// whether that is enough, package acceptance says.
package vegeta

import (
	"cmp"
	"context"
	"fmt"
	"math"
	"net/http"
	"strings"
	"time"

	attack "github.com/tsenart/vegeta/v12/lib"

	"lvyue/internal/acceptance"
	"lvyue/internal/refusal"
)

// Tester measures one system at a time or several; it keeps nothing.
type Tester struct {
	// Transport is the way to the systems, of which each measurement takes a copy; nil is Go's own.
	Transport *http.Transport
	// Patience is how long a user waits for a page before he gives up; 0 is 10 seconds.
	Patience time.Duration
}

// usualPatience is far beyond what passes, so that slow is told from dead.
const usualPatience = 10 * time.Second

// Measure drives the load and tells what came of it; a system that is not there at all has a Result too. It lasts as long
// as the load and at most twice the patience more. Of one that ctx ended there is no Result.
func (t Tester) Measure(ctx context.Context, load acceptance.Load) (acceptance.Result, error) {
	pages, err := targets(load)
	if err != nil {
		return acceptance.Result{}, err
	}
	ctx, end := context.WithCancel(ctx)
	defer end()
	patience := cmp.Or(t.Patience, usualPatience)
	transport := t.transport(load.Users)
	defer transport.CloseIdleConnections()
	users := uint64(load.Users) //nolint:gosec // there is at least one
	attacker := attack.NewAttacker(
		attack.Client(&http.Client{
			Transport:     patient{ctx, transport, patience},
			CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
		}),
		attack.Workers(users), attack.MaxWorkers(users), // a user waits for one page at a time
		attack.MaxBody(0),
	)
	context.AfterFunc(ctx, func() { attacker.Stop() })

	m := begin(load)
	for hit := range attacker.Attack(attack.NewStaticTargeter(pages...), m, load.For+patience, "") {
		m.take(hit)
	}
	if ctx.Err() != nil {
		return acceptance.Result{}, fmt.Errorf("measure %s: %w", load.Base, ctx.Err())
	}
	return m.result(), nil
}

// transport keeps a connection for every user.
func (t Tester) transport(users int) *http.Transport {
	own := t.Transport
	if own == nil {
		own, _ = http.DefaultTransport.(*http.Transport)
	}
	own = own.Clone()
	own.MaxIdleConns, own.MaxIdleConnsPerHost = users, users
	return own
}

// targets are the pages to ask for in turn.
func targets(load acceptance.Load) ([]attack.Target, error) {
	if load.Users < 1 || load.For <= 0 || len(load.Paths) == 0 {
		return nil, refusal.BadInput("load_wrong", "负载测试须有用户、时长和页面", "a load has users, a duration and pages")
	}
	pages := make([]attack.Target, 0, len(load.Paths))
	for _, path := range load.Paths {
		page := attack.Target{Method: http.MethodGet, URL: strings.TrimSuffix(load.Base, "/") + path}
		if r, err := page.Request(); err != nil || r.URL.Host == "" || !strings.HasPrefix(path, "/") {
			return nil, refusal.BadInput("load_wrong", "负载测试的地址有误："+page.URL, "the load's address is wrong: "+page.URL)
		}
		pages = append(pages, page)
	}
	return pages, nil
}

// measurement is one on its way.
type measurement struct {
	users   int
	began   time.Time
	samples []acceptance.Sample
	trouble string
}

// notSent marks a sample whose request is not known yet.
const notSent = -1

func begin(load acceptance.Load) *measurement {
	due := int(math.Ceil(float64(load.Users) * load.For.Seconds()))
	m := &measurement{users: load.Users, began: time.Now(), samples: make([]acceptance.Sample, due)}
	for i := range m.samples {
		m.samples[i].Took = notSent
	}
	return m
}

// due is when a request is to be sent, after the beginning: the users ask evenly, a page a second each.
func (m *measurement) due(request int) time.Duration {
	return time.Duration(request) * time.Second / time.Duration(m.users)
}

// Pace waits until the next request is due, and ends after the last; it makes the measurement an attack.Pacer.
func (m *measurement) Pace(elapsed time.Duration, hits uint64) (wait time.Duration, stop bool) {
	if hits >= uint64(len(m.samples)) {
		return 0, true
	}
	return m.due(int(hits)) - elapsed, false //nolint:gosec // there are fewer than samples
}

// Rate is how many requests a second are due.
func (m *measurement) Rate(time.Duration) float64 { return float64(m.users) }

// take notes one request that is over. Its time counts from when it was due: a user whose page before was late waits for
// this one, too.
func (m *measurement) take(hit *attack.Result) {
	i := int(hit.Seq) //nolint:gosec // there are as many as samples
	took := hit.Timestamp.Add(hit.Latency).Sub(m.began) - m.due(i)
	m.samples[i] = acceptance.Sample{Took: max(took, hit.Latency), Status: int(hit.Code)}
	if hit.Code == 0 && m.trouble == "" {
		m.trouble = hit.Error
	}
}

// mostOfTrouble is in characters.
const mostOfTrouble = 200

func (m *measurement) result() acceptance.Result {
	ended := time.Now()
	for i, s := range m.samples {
		if s.Took == notSent {
			m.samples[i].Took = ended.Sub(m.began) - m.due(i)
		}
	}
	r := acceptance.Of(m.users, m.samples)
	r.BeganAt, r.EndedAt = m.began.UTC(), ended.UTC()
	trouble := []rune(m.trouble)
	r.Trouble = string(trouble[:min(len(trouble), mostOfTrouble)])
	return r
}
