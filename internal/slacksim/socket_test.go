package slacksim_test

import (
	"context"
	"errors"
	"net/http"
	"sync/atomic"
	"testing"
	"time"

	"github.com/gorilla/websocket"
	"github.com/slack-go/slack"
	"github.com/slack-go/slack/socketmode"

	"lvyue/internal/slacksim"
)

// dial opens a socket by hand.
func dial(t *testing.T, s *slacksim.Server) *websocket.Conn {
	t.Helper()
	_, url, err := client(s).StartSocketModeContext(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	conn, response, err := websocket.DefaultDialer.DialContext(t.Context(), url, http.Header{"Origin": {"https://api.slack.com"}})
	if err != nil {
		t.Fatal(err)
	}
	_ = response.Body.Close()
	t.Cleanup(func() { _ = conn.Close() })
	return conn
}

// frame reads the next one.
func frame(t *testing.T, conn *websocket.Conn) map[string]any {
	t.Helper()
	_ = conn.SetReadDeadline(time.Now().Add(10 * time.Second))
	body := map[string]any{}
	if err := conn.ReadJSON(&body); err != nil {
		t.Fatal(err)
	}
	return body
}

func TestSocket_GreetsAndPings(t *testing.T) {
	t.Parallel()
	s := start(t, slacksim.Options{PingEvery: 10 * time.Millisecond})
	conn := dial(t, s)
	var pings atomic.Int64
	conn.SetPingHandler(func(string) error {
		if pings.Add(1) == 3 {
			s.Disconnect(slacksim.Warning)
		}
		return nil
	})
	hello := frame(t, conn)
	if info, _ := hello["connection_info"].(map[string]any); hello["type"] != "hello" || hello["num_connections"] != 1.0 || info["app_id"] != slacksim.AppID {
		t.Errorf("%v", hello)
	}
	if bye := frame(t, conn); bye["type"] != "disconnect" || bye["reason"] != "warning" || pings.Load() < 3 {
		t.Errorf("%v after %d pings", bye, pings.Load())
	}
}

func TestSocket_TicketOpensOne(t *testing.T) {
	t.Parallel()
	s := start(t, slacksim.Options{})
	_, url, err := client(s).StartSocketModeContext(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []int{http.StatusSwitchingProtocols, http.StatusForbidden} {
		conn, response, _ := websocket.DefaultDialer.Dial(url, nil)
		if response.StatusCode != want {
			t.Errorf("%d, want %d", response.StatusCode, want)
		}
		if conn != nil {
			_ = conn.Close()
		}
		_ = response.Body.Close()
	}
}

func TestSocket_TenTakeTurns(t *testing.T) {
	t.Parallel()
	s := start(t, slacksim.Options{})
	var all []*websocket.Conn
	for range 10 {
		conn := dial(t, s)
		frame(t, conn)
		all = append(all, conn)
	}
	if eleventh := frame(t, dial(t, s)); eleventh["type"] != "disconnect" || eleventh["reason"] != "too_many_websockets" {
		t.Errorf("%v", eleventh)
	}
	_, ts, _ := client(s).PostMessage(oncall, text("x"), button("fault.ack", "响应"))
	for i, conn := range all {
		go func() { _, _ = s.Click(context.WithoutCancel(t.Context()), zhang, oncall, ts, "fault.ack") }()
		e := frame(t, conn)
		if e["type"] != "interactive" || e["accepts_response_payload"] != true {
			t.Errorf("%d: %v", i, e)
		}
		if err := conn.WriteJSON(map[string]any{"envelope_id": e["envelope_id"]}); err != nil {
			t.Fatal(err)
		}
		until(t, s, func() bool { return len(s.Deliveries()) == i+1 })
	}
}

func TestSocket_AckThatIsTooLargeIsIgnored(t *testing.T) {
	t.Parallel()
	s := start(t, slacksim.Options{AckWithin: 100 * time.Millisecond})
	conn := dial(t, s)
	frame(t, conn)
	_, ts, _ := client(s).PostMessage(oncall, text("x"), button("fault.ack", "响应"))
	go func() {
		e := map[string]any{}
		if conn.ReadJSON(&e) == nil {
			_ = conn.WriteJSON(map[string]any{"envelope_id": e["envelope_id"], "payload": make([]int, 20_000)})
		}
	}()
	if _, err := s.Click(t.Context(), zhang, oncall, ts, "fault.ack"); !errors.Is(err, slacksim.ErrNotAcknowledged) {
		t.Error(err)
	}
}

func TestSocket_VendorsClientComesBack(t *testing.T) {
	t.Parallel()
	for name, harm := range map[string]func(*slacksim.Server){
		"refresh":   func(s *slacksim.Server) { s.Disconnect(slacksim.RefreshRequested) },
		"kill":      func(s *slacksim.Server) { s.KillSockets() },
		"half open": func(s *slacksim.Server) { s.HalfOpen() },
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := start(t, slacksim.Options{PingEvery: 20 * time.Millisecond})
			var connected atomic.Int64
			connect(t, s, ok, socketmode.OptionPingInterval(150*time.Millisecond), socketmode.OptionDialer(&websocket.Dialer{
				NetDialContext: nil, HandshakeTimeout: 5 * time.Second,
			}))
			until(t, s, func() bool { return s.Sockets() == 1 })
			_, ts, _ := client(s).PostMessage(oncall, text("x"), button("fault.ack", "响应"))
			harm(s)
			until(t, s, func() bool {
				ctx, cancel := context.WithTimeout(t.Context(), 100*time.Millisecond)
				defer cancel()
				connected.Add(1)
				_, err := s.Click(ctx, zhang, oncall, ts, "fault.ack")
				return err == nil
			})
		})
	}
}

func TestSocket_NobodyThereIsToldAtOnce(t *testing.T) {
	t.Parallel()
	s := start(t, slacksim.Options{})
	_, ts, _ := client(s).PostMessage(oncall, text("x"), button("fault.ack", "响应"))
	if _, err := s.Click(t.Context(), zhang, oncall, ts, "fault.ack"); !errors.Is(err, slacksim.ErrNoSocket) {
		t.Error(err)
	}
}

func TestSocket_WrongTokenIsFinalForTheVendorsClient(t *testing.T) {
	t.Parallel()
	s := start(t, slacksim.Options{})
	c := socketmode.New(slack.New(s.BotToken(), slack.OptionAPIURL(s.APIURL()), slack.OptionAppLevelToken("xapp-other")))
	ctx, cancel := context.WithTimeout(t.Context(), 10*time.Second)
	defer cancel()
	if err := c.RunContext(ctx); code(err) != "invalid_auth" {
		t.Error(err)
	}
}
