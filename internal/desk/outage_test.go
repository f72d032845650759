package desk_test

import (
	"fmt"
	"io"
	"net"
	"net/url"
	"sync"
	"testing"
	"time"

	"lvyue/internal/postgres"
	"lvyue/internal/testkit"
)

// cable lies between a desk and its database, and can be torn.
type cable struct {
	net.Listener
	sync.Mutex

	to   string
	torn bool
	ends []net.Conn
}

func (c *cable) carry() {
	for {
		near, err := c.Accept()
		if err != nil {
			return
		}
		go c.join(near)
	}
}

func (c *cable) join(near net.Conn) {
	far, err := net.Dial("tcp", c.to)
	c.Lock()
	if err != nil || c.torn {
		c.Unlock()
		_ = near.Close()
		return
	}
	c.ends = append(c.ends, near, far)
	c.Unlock()
	go func() { _, _ = io.Copy(far, near) }()
	_, _ = io.Copy(near, far)
}

// tear ends all connections, and lets none through until it is mended.
func (c *cable) tear(torn bool) {
	c.Lock()
	defer c.Unlock()
	c.torn = torn
	for _, end := range c.ends {
		_ = end.Close()
	}
	c.ends = nil
}

// §4.2, a case to try: the database is away for a time. No page is lost: what was written meanwhile leaves when it is back, and the
// desk hears of new pages as before.
func TestRun_ADatabaseThatWasAwayLosesNoPage_4_2(t *testing.T) {
	t.Parallel()
	s := &serving{t: t, store: &watched{Store: testkit.Spoiled(t)}, slack: make(bell, 99)}
	address, err := url.Parse(testkit.DatabaseURL(t))
	if err != nil {
		t.Fatal(err)
	}
	listener, err := (&net.ListenConfig{}).Listen(t.Context(), "tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	c := &cable{Listener: listener, to: address.Host}
	t.Cleanup(func() { _ = listener.Close() })
	go c.carry()
	address.Host = listener.Addr().String()
	behind, err := postgres.Open(t.Context(), address.String(), s.store.Schema())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(behind.Close)
	s.beside(behind, as)
	s.page("before", "zhang", 0)
	c.tear(true)
	go func() {
		time.Sleep(3 * time.Second)
		c.tear(false)
	}()
	if took := s.page("meanwhile", "zhang", 0); took < 3*time.Second || took > 10*time.Second {
		t.Errorf("a page that was written while it was away took %s", took)
	}
	var took time.Duration
	for try := range 5 { // it listens again within a second
		if took = s.page(fmt.Sprint("after ", try), "zhang", 0); took < soon {
			return
		}
	}
	t.Errorf("a page after that took %s", took)
}
