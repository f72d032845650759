// Package mail sends pages by electronic mail (§4.2). It is the only importer of go-mail. A connection without TLS is never used.
package mail

import (
	"context"
	"crypto/sha256"
	"crypto/tls"
	"encoding/hex"
	"errors"
	"fmt"
	"net"
	netmail "net/mail"
	"net/textproto"
	"strconv"
	"strings"
	"time"

	"github.com/wneessen/go-mail"

	"lvyue/internal/paging"
)

// Server is where mail is handed in. Address is host:port; on port 465 TLS comes first, on any other STARTTLS must be there.
// Without User nobody logs in. From is the sender's address, which may have a name. TLS is nil for the usual trust.
type Server struct {
	Address  string
	User     string
	Password string
	From     string
	TLS      *tls.Config
}

// Channel is mail as a way to people; a room is a mail address.
type Channel struct {
	client *mail.Client
	from   string
	domain string
}

var _ paging.Channel = (*Channel)(nil)

// timeout is for each exchange with the server.
const timeout = 5 * time.Second

// implicitTLS is the port on which TLS comes before SMTP (RFC 8314).
const implicitTLS = 465

// New makes the channel; it connects when the first page is sent.
func New(s Server) (*Channel, error) {
	host, service, err := net.SplitHostPort(s.Address)
	if err != nil {
		return nil, fmt.Errorf("address of the mail server: %w", err)
	}
	port, err := strconv.Atoi(service)
	if err != nil {
		return nil, fmt.Errorf("port of the mail server: %w", err)
	}
	from, err := netmail.ParseAddress(s.From)
	if err != nil {
		return nil, fmt.Errorf("sender of mails: %w", err)
	}
	client, err := mail.NewClient(host, s.options(host, port)...)
	if err != nil {
		return nil, fmt.Errorf("prepare mail: %w", err)
	}
	_, domain, _ := strings.Cut(from.Address, "@")
	return &Channel{client: client, from: s.From, domain: domain}, nil
}

func (s Server) options(host string, port int) []mail.Option {
	trust := &tls.Config{MinVersion: tls.VersionTLS12}
	if s.TLS != nil {
		trust = s.TLS.Clone()
	}
	trust.ServerName = host
	options := []mail.Option{
		mail.WithPort(port), mail.WithTimeout(timeout), mail.WithTLSPolicy(mail.TLSMandatory), mail.WithTLSConfig(trust),
	}
	if port == implicitTLS {
		options = append(options, mail.WithSSL())
	}
	if s.User != "" {
		options = append(options, mail.WithSMTPAuth(mail.SMTPAuthAutoDiscover), mail.WithUsername(s.User), mail.WithPassword(s.Password))
	}
	return options
}

// Way is email.
func (c *Channel) Way() paging.Way { return paging.Email }

// Send hands one mail in; its reference is the Message-ID, which follows from the key, so that a mail that is handed in twice
// can be known as one. Once the server took it, trouble with saying goodbye is none.
func (c *Channel) Send(ctx context.Context, e paging.Envelope) (string, error) {
	id := c.messageID(e.Key)
	m, err := c.write(e, id)
	if err != nil {
		return "", err
	}
	session, err := c.client.DialToSMTPClientWithContext(ctx)
	if err != nil {
		return "", told(err)
	}
	defer func() { _ = c.client.CloseWithSMTPClient(session) }()
	if err := c.client.SendWithSMTPClient(session, m); err != nil {
		return "", told(err)
	}
	return id, nil
}

func (c *Channel) write(e paging.Envelope, id string) (*mail.Msg, error) {
	m := mail.NewMsg()
	if m.From(c.from) != nil || m.To(e.Room) != nil {
		return nil, &paging.SendError{Reason: "not a mail address", Final: true}
	}
	m.Subject(e.Subject())
	m.SetMessageIDWithValue(id)
	m.SetGenHeader("Auto-Submitted", "auto-generated") // no holiday answers (RFC 3834)
	m.SetImportance(mail.ImportanceUrgent)
	m.SetBodyString(mail.TypeTextPlain, e.Body(0)+"\n")
	return m, nil
}

func (c *Channel) messageID(key string) string {
	digest := sha256.Sum256([]byte(key))
	return hex.EncodeToString(digest[:16]) + "@" + c.domain
}

// told is what may be known of an error: the server's code, and no text of the server, which quotes addresses. Codes from 500 on
// are final (RFC 5321 §4.2.1), and so is a server that offers no TLS or is not the one that its certificate names.
func told(err error) error {
	if code := codeOf(err); code > 0 {
		return &paging.SendError{Reason: fmt.Sprintf("the mail server answers %d", code), Final: code >= 500}
	}
	var untrusted *tls.CertificateVerificationError
	switch {
	case errors.As(err, &untrusted):
		return &paging.SendError{Reason: "the mail server's certificate is not trusted", Final: true}
	case strings.Contains(err.Error(), "STARTTLS"): // the library has no name for it
		return &paging.SendError{Reason: "the mail server offers no TLS", Final: true}
	default:
		return &paging.SendError{Reason: "the mail server does not answer"}
	}
}

// codeOf is what the server answered; 0 if it did not.
func codeOf(err error) int {
	if refused, ok := errors.AsType[*mail.SendError](err); ok && refused.ErrorCode() > 0 {
		return refused.ErrorCode()
	}
	if answered, ok := errors.AsType[*textproto.Error](err); ok {
		return answered.Code
	}
	return 0
}
