package slacksim

import (
	"context"
	"crypto/rand"
	"encoding/json"
	"fmt"
	"net/http"
	"strings"
	"sync"
	"time"

	"github.com/gorilla/websocket"
)

const linkPath = "/link/"

// link is the Socket Mode side of the app: its sockets, in the order in which they opened.
type link struct {
	tickets map[string]bool // that may still open a socket
	sockets []*socket
	turn    int
	acks    map[string]chan Delivery // by envelope
}

func newLink() link { return link{tickets: map[string]bool{}, acks: map[string]chan Delivery{}} }

// socket is one of the app's connections. What is written goes through write, one frame at a time.
type socket struct {
	conn    *websocket.Conn
	writing sync.Mutex
	gone    chan struct{} // closed with the socket
	once    sync.Once
	// deaf sockets are half open: the connection stands, and nothing goes either way.
	deaf chan struct{}
	mute sync.Once
}

func (k *socket) close() { k.once.Do(func() { close(k.gone); _ = k.conn.Close() }) } // it is gone either way

func (k *socket) isDeaf() bool {
	select {
	case <-k.deaf:
		return true
	default:
		return false
	}
}

func (k *socket) write(body any) error {
	if k.isDeaf() {
		return nil
	}
	k.writing.Lock()
	defer k.writing.Unlock()
	_ = k.conn.SetWriteDeadline(time.Now().Add(5 * time.Second)) // the write itself tells
	if err := k.conn.WriteJSON(body); err != nil {
		return fmt.Errorf("write to a socket: %w", err)
	}
	return nil
}

// openLink answers apps.connections.open with an address that opens one socket. The caller holds mu.
func (s *Server) openLink() (answer, error) {
	ticket := rand.Text()
	s.link.tickets[ticket] = true
	return answer{"url": "ws" + strings.TrimPrefix(s.URL(), "http") + linkPath + "?ticket=" + ticket + "&app_id=" + AppID}, nil
}

// serveLink turns a request with a fresh ticket into a socket.
func (s *Server) serveLink(w http.ResponseWriter, r *http.Request) {
	s.mu.Lock()
	trouble, away := s.faults.next("apps.connections.connect", s.now()), s.outage()
	ticket := r.URL.Query().Get("ticket")
	known := s.link.tickets[ticket]
	delete(s.link.tickets, ticket)
	s.mu.Unlock()
	if away {
		trouble = Fault{Trouble: Unreachable}
	}
	if trouble.before(w, r) {
		return
	}
	if !known {
		http.Error(w, "ticket is unknown or used", http.StatusForbidden)
		return
	}
	upgrader := websocket.Upgrader{CheckOrigin: func(*http.Request) bool { return true }} // the client names api.slack.com
	conn, err := upgrader.Upgrade(w, r, nil)
	if err != nil {
		return // the upgrader has answered
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.life.Err() != nil {
		_ = conn.Close() // the server is closing
		return
	}
	s.jobs.Go(func() { s.attend(&socket{conn: conn, gone: make(chan struct{}), deaf: make(chan struct{})}) })
}

// attend greets a socket, keeps it alive and reads its acknowledgements until it goes.
func (s *Server) attend(k *socket) {
	defer k.close()
	n, ok := s.join(k)
	if !ok {
		_ = k.write(answer{"type": "disconnect", "reason": "too_many_websockets", "debug_info": answer{"host": "slacksim"}})
		return
	}
	defer s.leave(k)
	err := k.write(answer{
		"type": "hello", "num_connections": n, "connection_info": answer{"app_id": AppID},
		"debug_info": answer{"host": "slacksim", "build_number": 1, "approximate_connection_time": 18060},
	})
	if err != nil {
		return
	}
	s.jobs.Go(func() { s.ping(k) })
	s.listen(k)
}

// join counts a socket in; there can be ten.
func (s *Server) join(k *socket) (int, bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if len(s.link.sockets) >= mostSockets || s.life.Err() != nil {
		return 0, false
	}
	s.link.sockets = append(s.link.sockets, k)
	s.touch()
	return len(s.link.sockets), true
}

func (s *Server) leave(gone *socket) {
	s.mu.Lock()
	defer s.mu.Unlock()
	var left []*socket
	for _, k := range s.link.sockets {
		if k != gone {
			left = append(left, k)
		}
	}
	s.link.sockets = left
	s.touch()
}

// ping lets the app know that the socket stands: at once, and then again and again.
func (s *Server) ping(k *socket) {
	ticker := time.NewTicker(s.options.PingEvery)
	defer ticker.Stop()
	for {
		if !k.isDeaf() {
			_ = k.conn.WriteControl(websocket.PingMessage, []byte("Ping from slacksim"), time.Now().Add(time.Second)) // reading tells
		}
		select {
		case <-ticker.C:
		case <-k.gone:
			return
		}
	}
}

// listen reads acknowledgements. Slack ignores one that is too large.
func (s *Server) listen(k *socket) {
	for {
		_, text, err := k.conn.ReadMessage()
		if err != nil {
			return
		}
		var ack struct {
			EnvelopeID string          `json:"envelope_id"`
			Payload    json.RawMessage `json:"payload"`
		}
		if k.isDeaf() || len(text) >= largestAck || json.Unmarshal(text, &ack) != nil {
			continue
		}
		s.mu.Lock()
		waiting := s.link.acks[ack.EnvelopeID]
		delete(s.link.acks, ack.EnvelopeID)
		s.mu.Unlock()
		if waiting != nil {
			waiting <- Delivery{Status: http.StatusOK, Answer: orNothing(ack.Payload)}
		}
	}
}

// orNothing is the payload of an acknowledgement; null is none.
func orNothing(payload json.RawMessage) json.RawMessage {
	if string(payload) == "null" || len(payload) == 0 {
		return nil
	}
	return payload
}

// handSocket sends a delivery as an envelope over the next socket in turn.
func (s *Server) handSocket(ctx context.Context, d *Delivery) {
	s.mu.Lock()
	if len(s.link.sockets) == 0 {
		s.mu.Unlock()
		d.Err = ErrNoSocket
		return
	}
	k := s.link.sockets[s.link.turn%len(s.link.sockets)]
	s.link.turn++
	d.ID = rand.Text()
	acked := make(chan Delivery, 1)
	s.link.acks[d.ID] = acked
	s.mu.Unlock()
	defer s.forget(d.ID)
	if k.write(envelope(d)) != nil {
		d.Err = ErrUnreachable
		return
	}
	select {
	case ack := <-acked:
		d.Status, d.Answer = ack.Status, ack.Answer
	case <-k.gone:
		d.Err = ErrUnreachable
	case <-ctx.Done():
		d.Err = ErrNotAcknowledged
	}
}

func (s *Server) forget(envelope string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	delete(s.link.acks, envelope)
}

func envelope(d *Delivery) answer {
	e := answer{
		"type": d.Kind, "envelope_id": d.ID, "payload": d.Payload, "accepts_response_payload": d.Kind != "events_api",
	}
	if d.Kind == "events_api" {
		e["retry_attempt"], e["retry_reason"] = d.Attempt, d.reason
	}
	return e
}
