package aliyun

import (
	"errors"
	"fmt"
	"net/http"
	"regexp"
	"sync"
	"testing"

	"lvyue/internal/testkit"
)

// cut is a network that loses the answer to the n-th call of an action, after the vendor has done what was asked.
type cut struct {
	action string
	n      int

	mu    sync.Mutex
	calls []string
	lost  bool
}

var errCut = errors.New("connection reset by peer")

func (c *cut) RoundTrip(r *http.Request) (*http.Response, error) {
	response, err := http.DefaultTransport.RoundTrip(r)
	action := r.URL.Query().Get("Action")
	if !c.loses(action) || err != nil {
		return response, err
	}
	return nil, errors.Join(errCut, response.Body.Close())
}

func (c *cut) loses(action string) bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.calls = append(c.calls, action)
	loses := !c.lost && action == c.action && count(c.calls, action) == c.n
	c.lost = c.lost || loses
	return loses
}

func count(calls []string, action string) int {
	n := 0
	for _, call := range calls {
		if call == action {
			n++
		}
	}
	return n
}

// unchanging is how the vendor names what changes nothing.
var unchanging = regexp.MustCompile("^(Describe|Get|List|Query)")

// afterAnyCrash attempts something as often as it makes calls; each time the answer to another one of them is lost, as in a crash,
// and what was begun is gone on with. A lost look is just one more look: those are lost in the long run only (LVYUE_SOAK).
func afterAnyCrash(t *testing.T, attempt func(lossy *cut) (goOn func(lost string), err error)) {
	t.Helper()
	whole := &cut{}
	if _, err := attempt(whole); err != nil {
		t.Fatal(err)
	}
	for i, action := range whole.calls {
		if unchanging.MatchString(action) && testkit.Soak(t) == 0 {
			continue
		}
		lossy := &cut{action: action, n: count(whole.calls[:i+1], action)}
		lost := fmt.Sprintf("call %d, %s,", i+1, action)
		goOn, err := attempt(lossy)
		if err == nil {
			t.Fatalf("%s was lost without an error", lost)
		}
		goOn(lost)
	}
}
