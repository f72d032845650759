package activities_test

import (
	"context"
	"errors"
	"testing"
	"time"

	"go.temporal.io/sdk/temporal"
	"go.temporal.io/sdk/testsuite"

	"lvyue/activities"
	"lvyue/internal/hosting"
	"lvyue/internal/refusal"
)

// vendor answers every look with one error.
type vendor struct {
	activities.Cloud

	err error
}

func (v vendor) Ensure(context.Context, hosting.Plan) ([]hosting.Resource, error) { return nil, v.err }

func (v vendor) Destroy(context.Context, string, string, []hosting.Resource) ([]hosting.Resource, error) {
	return nil, v.err
}

func (v vendor) Find(context.Context, string, string, []hosting.Resource) ([]hosting.Resource, error) {
	return nil, v.err
}

// permanentError is an error that says of itself whether repeating helps.
type permanentError bool

func (permanentError) Error() string     { return "no stock" }
func (f permanentError) Permanent() bool { return bool(f) }

func TestHosting_GivesUpOnlyOnWhatTheVendorRefusesForGood(t *testing.T) { // §3.2 §7.2
	t.Parallel()
	for _, tt := range []struct {
		err  error
		want bool
	}{
		{permanentError(true), true},
		{permanentError(false), false},
		{errors.New("a timeout"), false},
		{refusal.Rule("no_stock", "3.2", "没有库存", "no stock"), true},
	} {
		t.Run(tt.err.Error(), func(t *testing.T) {
			t.Parallel()
			h := &activities.Hosting{Cloud: vendor{err: tt.err}}
			env := (&testsuite.WorkflowTestSuite{}).NewTestActivityEnvironment()
			env.RegisterActivity(h)
			order := activities.DestructionOrder{}
			_, deployed := env.ExecuteActivity(h.Deploy, hosting.Plan{})
			_, destroyed := env.ExecuteActivity(h.Destroy, order)
			_, left := env.ExecuteActivity(h.Left, order)
			for look, err := range map[string]error{"deploy": deployed, "destroy": destroyed, "left": left} {
				if err == nil || permanent(err) != tt.want {
					t.Errorf("%s: %v is given up: %v, want %v", look, err, permanent(err), tt.want)
				}
			}
		})
	}
}

// throttled is an error after which the vendor asks to wait.
type throttled time.Duration

func (throttled) Error() string               { return "too many calls" }
func (throttled) Permanent() bool             { return false }
func (d throttled) RetryAfter() time.Duration { return time.Duration(d) }

func TestHosting_WaitsAsLongAsTheVendorAsks(t *testing.T) { // §3.2
	t.Parallel()
	for _, tt := range []struct {
		err  error
		want time.Duration
	}{
		{throttled(1500 * time.Millisecond), 1500 * time.Millisecond},
		{throttled(0), 0},
		{errors.New("a timeout"), 0},
	} {
		h := &activities.Hosting{Cloud: vendor{err: tt.err}}
		env := (&testsuite.WorkflowTestSuite{}).NewTestActivityEnvironment()
		env.RegisterActivity(h)
		_, err := env.ExecuteActivity(h.Deploy, hosting.Plan{})
		var application *temporal.ApplicationError
		if !errors.As(err, &application) || application.NonRetryable() || application.NextRetryDelay() != tt.want {
			t.Errorf("%v: repeated after %v, want %s", tt.err, application.NextRetryDelay(), tt.want)
		}
	}
}
