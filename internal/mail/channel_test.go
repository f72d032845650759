package mail_test

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"fmt"
	"io"
	"math/big"
	"mime"
	"net"
	netmail "net/mail"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/emersion/go-sasl"
	"github.com/emersion/go-smtp"

	"lvyue/internal/mail"
	"lvyue/internal/message"
	"lvyue/internal/paging"
)

// server is a mail server that asks for TLS and a password.
type server struct {
	sync.Mutex

	address string
	trust   *tls.Config
	refuse  error // what it answers to a recipient
	taken   []string
}

func start(t *testing.T, offersTLS bool) *server {
	t.Helper()
	s := &server{}
	own := smtp.NewServer(smtp.BackendFunc(func(*smtp.Conn) (smtp.Session, error) { return &session{server: s}, nil }))
	own.Domain = "localhost"
	certificate, trust := certify(t)
	s.trust = trust
	if offersTLS {
		own.TLSConfig = &tls.Config{Certificates: []tls.Certificate{certificate}, MinVersion: tls.VersionTLS12}
	}
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	_, port, _ := net.SplitHostPort(listener.Addr().String())
	s.address = "localhost:" + port
	go func() { _ = own.Serve(listener) }()
	t.Cleanup(func() { _ = own.Close() })
	return s
}

// certify makes a certificate of localhost and whoever trusts it.
func certify(t *testing.T) (tls.Certificate, *tls.Config) {
	t.Helper()
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	template := &x509.Certificate{
		SerialNumber: big.NewInt(1), DNSNames: []string{"localhost"}, NotAfter: time.Now().Add(time.Hour), IsCA: true, BasicConstraintsValid: true,
	}
	der, err := x509.CreateCertificate(rand.Reader, template, template, &key.PublicKey, key)
	if err != nil {
		t.Fatal(err)
	}
	parsed, err := x509.ParseCertificate(der)
	if err != nil {
		t.Fatal(err)
	}
	pool := x509.NewCertPool()
	pool.AddCert(parsed)
	return tls.Certificate{Certificate: [][]byte{der}, PrivateKey: key}, &tls.Config{RootCAs: pool, MinVersion: tls.VersionTLS12}
}

type session struct {
	server *server
	known  bool
}

func (*session) AuthMechanisms() []string { return []string{sasl.Plain} }

func (s *session) Auth(string) (sasl.Server, error) {
	return sasl.NewPlainServer(func(_, user, password string) error {
		if user != "desk" || password != "hush" {
			return smtp.ErrAuthFailed
		}
		s.known = true
		return nil
	}), nil
}

func (s *session) Mail(string, *smtp.MailOptions) error {
	if !s.known {
		return smtp.ErrAuthRequired
	}
	return nil
}

func (s *session) Rcpt(string, *smtp.RcptOptions) error { return s.server.refuse }

func (s *session) Data(r io.Reader) error {
	data, err := io.ReadAll(r)
	s.server.Lock()
	defer s.server.Unlock()
	s.server.taken = append(s.server.taken, string(data))
	return err
}

func (*session) Reset() {}

func (*session) Logout() error { return nil }

func (s *server) settings() mail.Server {
	return mail.Server{Address: s.address, User: "desk", Password: "hush", From: "履约 <desk@example.com>", TLS: s.trust}
}

func send(t *testing.T, s mail.Server, room string) (string, error) {
	t.Helper()
	c, err := mail.New(s)
	if err != nil {
		t.Fatal(err)
	}
	return c.Send(t.Context(), paging.Envelope{
		Key: "fault/HT-1/1:first:zhang/email", Room: room, Count: 1, Link: "https://desk.example/a/t.s",
		Pages: []message.Page{{Kind: message.FirstPage, Contract: "HT-1", Fault: 1}},
	})
}

// §4.2: a page goes as a mail in both languages, over TLS alone, and its Message-ID follows from its key.
func TestSend_OverTLS_WithAMessageIDFromTheKey(t *testing.T) {
	t.Parallel()
	s := start(t, true)
	ids := map[string]bool{}
	for range 2 {
		id, err := send(t, s.settings(), "zhang@example.com")
		if err != nil {
			t.Fatal(err)
		}
		ids[id] = true
	}
	read, err := netmail.ReadMessage(strings.NewReader(s.taken[0]))
	if err != nil {
		t.Fatal(err)
	}
	id := read.Header.Get("Message-ID")
	if len(ids) != 1 || !ids[strings.Trim(id, "<>")] || !strings.HasSuffix(id, "@example.com>") {
		t.Errorf("Message-ID %s, references %v", id, ids)
	}
	subject, err := new(mime.WordDecoder).DecodeHeader(read.Header.Get("Subject"))
	if err != nil || !strings.Contains(subject, "故障待响应") || !strings.Contains(subject, "Fault awaiting response") {
		t.Errorf("subject %s (%v)", subject, err)
	}
	body, _ := io.ReadAll(read.Body)
	if !strings.Contains(string(body), "https://desk.example/a/t.s") && !strings.Contains(string(body), "desk.example") {
		t.Errorf("body %s", body)
	}
}

// §4.2: what a server's answer means, and no password, address or text of the server in any error.
func TestSend_TellsWhatPassesAndWhatDoesNot(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		name   string
		plain  bool
		change func(*server, *mail.Server)
		final  bool
	}{
		{"greylisted", false, func(s *server, _ *mail.Server) {
			s.refuse = &smtp.SMTPError{Code: 451, Message: "zhang@example.com: later"}
		}, false},
		{"no such box", false, func(s *server, _ *mail.Server) {
			s.refuse = &smtp.SMTPError{Code: 550, Message: "zhang@example.com: unknown"}
		}, true},
		{"a wrong password", false, func(_ *server, m *mail.Server) { m.Password = "hush-not" }, true},
		{"a server without TLS", true, func(*server, *mail.Server) {}, true},
		{"a server that nobody vouches for", false, func(_ *server, m *mail.Server) { m.TLS = nil }, true},
		{"nobody there", false, func(_ *server, m *mail.Server) { m.Address = "localhost:1" }, false},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			s := start(t, !tt.plain)
			settings := s.settings()
			tt.change(s, &settings)
			_, err := send(t, settings, "zhang@example.com")
			var told *paging.SendError
			if !errors.As(err, &told) || told.Permanent() != tt.final || len(s.taken) > 0 {
				t.Errorf("got %v (%+v)", err, told)
			}
			if text := fmt.Sprintf("%v %+v", err, err); strings.Contains(text, "hush") || strings.Contains(text, "zhang") {
				t.Errorf("%s", text)
			}
		})
	}
}

func TestSend_WhatIsNoAddressIsFinal(t *testing.T) {
	t.Parallel()
	s := start(t, true)
	_, err := send(t, s.settings(), "zhang\r\nBcc: all@example.com")
	var told *paging.SendError
	if !errors.As(err, &told) || !told.Permanent() {
		t.Errorf("got %v", err)
	}
}

func TestNew_SettingsMustBeWhole(t *testing.T) {
	t.Parallel()
	for _, s := range []mail.Server{{}, {Address: "h"}, {Address: "h:x", From: "a@b"}, {Address: "h:25", From: "nobody"}} {
		if _, err := mail.New(s); err == nil {
			t.Errorf("taken: %+v", s)
		}
	}
}
