package engine_test

import (
	"testing"

	"lvyue/internal/config"
	"lvyue/internal/engine"
)

func TestQueue_IsTheEnginesUnlessNamed(t *testing.T) {
	t.Parallel()
	if got := engine.Queue(config.Config{}); got != "lvyue" || engine.Rehearsing(got) {
		t.Errorf("the queue is %s", got)
	}
	if got := engine.Queue(config.Config{TaskQueue: "rehearsal-7"}); !engine.Rehearsing(got) {
		t.Errorf("%s is no rehearsal", got)
	}
}
