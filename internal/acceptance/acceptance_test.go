package acceptance_test

import (
	"encoding/json"
	"reflect"
	"strings"
	"testing"
	"time"

	"lvyue/internal/acceptance"
)

func result(users int, requests, right, p95 int64) acceptance.Result {
	return acceptance.Result{Users: users, Requests: requests, Right: right, P95MS: p95}
}

// §1.3: the measured system meets the load standard, or it does not.
func TestJudge_BothSidesOfEveryBoundary(t *testing.T) {
	t.Parallel()
	for name, tt := range map[string]struct {
		result acceptance.Result
		passed bool
		why    string
	}{
		"all right":              {result(100, 6000, 6000, 40), true, "of 6000 pages 6000 came right, 95 of 100 within 40 ms"},
		"nothing measured":       {result(100, 0, 0, 0), false, "nothing was measured"},
		"as many users":          {result(100, 1000, 1000, 1), true, "100 concurrent users"},
		"a user too few":         {result(99, 1000, 1000, 1), false, "tried with 99 concurrent users, and 100 are agreed"},
		"more users than agreed": {result(101, 1000, 1000, 1), true, "101 concurrent users"},
		"999 of 1000":            {result(100, 1000, 999, 1), true, "999 came right"},
		"998 of 1000":            {result(100, 1000, 998, 1), false, "of 1000 pages 998 came right"},
		"just under 999 of 1000": {result(100, 1001, 999, 1), false, "fewer than 999 of 1000"},
		"1998 of 2000":           {result(100, 2000, 1998, 1), true, "1998 came right"},
		"1997 of 2000":           {result(100, 2000, 1997, 1), false, "1997 came right"},
		"one of one":             {result(100, 1, 1, 1), true, "1 came right"},
		"two seconds":            {result(100, 1000, 1000, 2000), true, "within 2000 ms"},
		"a moment more":          {result(100, 1000, 1000, 2001), false, "up to 2001 ms, more than 2000 ms"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			passed, why := acceptance.Judge(tt.result, 100)
			if passed != tt.passed || !strings.Contains(why.EN, tt.why) || why.ZH == "" {
				t.Errorf("passed %t, %q, %q", passed, why.EN, why.ZH)
			}
		})
	}
}

// many are n requests that took so long.
func many(n int, took time.Duration, status int) []acceptance.Sample {
	samples := make([]acceptance.Sample, n)
	for i := range samples {
		samples[i] = acceptance.Sample{Took: took, Status: status}
	}
	return samples
}

func TestOf_CountsWhatWasRightAndInTime(t *testing.T) {
	t.Parallel()
	samples := many(90, 10*time.Millisecond, 200)
	samples = append(samples, many(5, 2*time.Second, 204)...)
	samples = append(samples, many(2, 2*time.Second+1, 200)...) // right, and too late by a moment
	samples = append(samples, many(2, time.Millisecond, 503)...)
	samples = append(samples, many(1, 10*time.Second, 0)...)
	want := acceptance.Result{
		Users: 50, Requests: 100, Right: 97, InTime: 95, Share: 0.97, P50MS: 10, P95MS: 2000, P99MS: 2001,
		Statuses: map[string]int64{"200": 92, "204": 5, "503": 2, acceptance.NoAnswer: 1}, Carried: 47,
	}
	if got := acceptance.Of(50, samples); !reflect.DeepEqual(got, want) {
		t.Errorf("got %+v, want %+v", got, want)
	}
}

func TestOf_OnlyTwoHundredsAreRight(t *testing.T) {
	t.Parallel()
	for status, right := range map[int]int64{0: 0, 199: 0, 200: 1, 299: 1, 300: 0, 302: 0, 404: 0, 500: 0} {
		if got := acceptance.Of(1, many(1, 0, status)); got.Right != right || got.Carried != int(right) {
			t.Errorf("%d: %+v", status, got)
		}
	}
}

func TestOf_NeverRoundsInTheSystemsFavour(t *testing.T) {
	t.Parallel()
	r := acceptance.Of(100, append(many(9999, time.Microsecond, 200), many(2, 0, 503)...))
	if r.Share != 0.9998 || r.P50MS != 1 || r.Carried != 99 {
		t.Errorf("got %+v", r)
	}
	if r := acceptance.Of(7, nil); r.Requests != 0 || r.Carried != 0 || r.Share != 0 {
		t.Errorf("of nothing: %+v", r)
	}
}

func TestResult_IsSmallEvidenceInJSON(t *testing.T) {
	t.Parallel()
	r := acceptance.Of(2, many(4, 3*time.Millisecond, 200))
	r.BeganAt = time.Date(2026, 3, 2, 9, 0, 0, 0, time.UTC)
	r.EndedAt = r.BeganAt.Add(2 * time.Second)
	text, err := json.Marshal(r)
	const want = `{"users":2,"requests":4,"right":4,"in_time":4,"share":1,"p50_ms":3,"p95_ms":3,"p99_ms":3,"statuses":{"200":4},` +
		`"began_at":"2026-03-02T09:00:00Z","ended_at":"2026-03-02T09:00:02Z","carried":2}`
	if err != nil || string(text) != want {
		t.Errorf("got %s (%v)", text, err)
	}
}
