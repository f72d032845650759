package activities_test

import (
	"context"
	"errors"
	"strings"
	"testing"
	"time"

	"go.temporal.io/sdk/temporal"
	"go.temporal.io/sdk/testsuite"

	"lvyue/activities"
	"lvyue/internal/acceptance"
	"lvyue/internal/hosting"
)

// measured is a tester that has measured that, and keeps what it was to measure.
type measured struct {
	acceptance.Result

	load acceptance.Load
}

func (m *measured) Measure(_ context.Context, load acceptance.Load) (acceptance.Result, error) {
	m.load = load
	return m.Result, nil
}

func TestAccept_MeasuresAllProductsAtTheSystemsAddress(t *testing.T) { // §1.3
	t.Parallel()
	plan := hosting.Plan{Users: 100, Products: []hosting.Product{{Code: "OA"}, {Code: "HR"}}}
	address := []hosting.Resource{{Kind: hosting.EIP, Address: "47.1.2.3"}, {Kind: hosting.Record, Address: "oa.example.com"}}
	for name, tt := range map[string]struct {
		result acceptance.Result
		pieces []hosting.Resource
		passed bool
		error  string
		final  bool
	}{
		"carried":              {acceptance.Result{Users: 100, Requests: 100, Right: 100, Carried: 100}, address, true, "", false},
		"fallen short":         {acceptance.Result{Users: 100, Requests: 100, Right: 60, Carried: 60}, address, false, "", false},
		"nobody answers":       {acceptance.Result{Users: 100, Requests: 9, Statuses: map[string]int64{"none": 9}, Trouble: "no route"}, address, false, "no route", false},
		"one of nine answers":  {acceptance.Result{Users: 100, Requests: 9, Right: 1, Statuses: map[string]int64{"none": 8, "200": 1}}, address, false, "", false},
		"there is no address":  {acceptance.Result{}, []hosting.Resource{{Kind: hosting.Server, ID: "i-1"}}, false, "no address", true},
		"there is nothing yet": {acceptance.Result{}, nil, false, "no address", true},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			tester := &measured{Result: tt.result}
			h := &activities.Hosting{Acceptance: activities.Acceptance{Tester: tester, For: time.Second}}
			env := (&testsuite.WorkflowTestSuite{}).NewTestActivityEnvironment()
			env.RegisterActivity(h)
			value, err := env.ExecuteActivity(h.Accept, activities.AcceptanceOrder{Plan: plan, Resources: tt.pieces})
			if tt.error != "" {
				var failed *temporal.ApplicationError
				if !errors.As(err, &failed) || !strings.Contains(failed.Error(), tt.error) || failed.NonRetryable() != tt.final {
					t.Fatalf("got %v", err)
				}
				return
			}
			var a hosting.Acceptance
			if err != nil || value.Get(&a) != nil || a.Passed != tt.passed || a.Users != 100 || a.Carried != tt.result.Carried || a.Why.EN == "" {
				t.Errorf("got %+v, %v", a, err)
			}
			if l := tester.load; l.Base != "https://oa.example.com" || strings.Join(l.Paths, " ") != "/oa/ /hr/" || l.Users != 100 || l.For != time.Second {
				t.Errorf("measured was %+v", l)
			}
		})
	}
}

// Real systems need a name: without one there is no certificate.
func TestPreflight_WantsANameForARealSystem(t *testing.T) { // §3.2
	t.Parallel()
	for _, tt := range []struct {
		scheme, host string
		refused      bool
	}{{"", "", true}, {"https", "", true}, {"", "oa.example.com", false}, {"http", "", false}} {
		h := &activities.Hosting{Cloud: willing{}, Acceptance: activities.Acceptance{Scheme: tt.scheme}}
		env := (&testsuite.WorkflowTestSuite{}).NewTestActivityEnvironment()
		env.RegisterActivity(h)
		_, err := env.ExecuteActivity(h.Preflight, hosting.Plan{Contract: "HT-1", Host: tt.host})
		if refused := err != nil && strings.Contains(err.Error(), "hosting.host"); refused != tt.refused || (err != nil) != tt.refused {
			t.Errorf("over %q with host %q: %v", tt.scheme, tt.host, err)
		}
	}
}

// willing is a vendor who has nothing against any plan.
type willing struct{ activities.Cloud }

func (willing) Preflight(context.Context, hosting.Plan) error { return nil }
func (willing) Affords(context.Context, hosting.Plan) error   { return nil }
