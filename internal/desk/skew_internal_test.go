package desk

import (
	"testing"
	"time"
)

// §4.1: how far the clocks are apart is what no slow answer explains.
func TestSkew_ASlowAnswerIsNone_4_1(t *testing.T) {
	t.Parallel()
	at := func(seconds int) time.Time { return time.Unix(int64(1_000_000+seconds), 0) }
	for _, tt := range []struct {
		before, now, after int
		want               time.Duration
	}{
		{0, 0, 0, 0}, {0, 20, 30, 0}, {10, 0, 11, 10 * time.Second}, {0, 12, 2, -10 * time.Second},
	} {
		if got := skew(at(tt.before), at(tt.now), at(tt.after)); got != tt.want {
			t.Errorf("%d to %d around %d: %s, want %s", tt.before, tt.after, tt.now, got, tt.want)
		}
	}
}
