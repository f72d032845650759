package aliyunsim

import (
	"testing"
	"time"
)

func TestClockAt_IsTheSimulatorsInWhateverYear(t *testing.T) {
	t.Parallel()
	s := start(t, Options{Clock: atNoon})
	if got := ClockAt(s.URL())(); !got.Equal(atNoon()) {
		t.Errorf("it is %s, want %s", got, atNoon())
	}
	for name, address := range map[string]string{"nobody": "http://127.0.0.1:1", "something else": s.URL() + "/else"} {
		before := time.Now()
		if got := ClockAt(address)(); got.Before(before) || got.After(time.Now()) {
			t.Errorf("it is %s where %s answers, want the machine's time", got, name)
		}
	}
}
