package aliyun

import (
	"errors"
	"testing"
	"time"

	"lvyue/internal/aliyunsim"
)

// §3.2: a look comes to its end though every fifth of its calls is turned away; one that is turned away again and again
// is left to the caller, with the vendor's word on when to come back.
func TestThrottled_ALookGoesOnWhereItWasTurnedAway(t *testing.T) {
	t.Parallel()
	b := systemBench(t, aliyunsim.Options{})
	fails(t, b, aliyunsim.Fault{Operation: "*", Every: 5, Trouble: aliyunsim.Throttled})
	if _, err := b.Ensure(t.Context(), b.plan); err != nil || b.sim.Created() != deployed {
		t.Errorf("%d were ordered (%v)", b.sim.Created(), err)
	}
	for _, tt := range []struct {
		times int
		want  time.Duration
	}{{mostSends - 1, 0}, {mostSends, 500 * time.Millisecond}} {
		fails(t, b, aliyunsim.Fault{Operation: "ecs DescribeInstances", First: tt.times, Trouble: aliyunsim.Throttled})
		_, err := b.Ensure(t.Context(), b.plan)
		var e *Error
		if errors.As(err, &e) != (tt.want > 0) || e != nil && e.RetryAfter() != tt.want {
			t.Errorf("turned away %d times: %v", tt.times, err)
		}
	}
}
