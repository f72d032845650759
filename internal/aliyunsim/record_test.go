package aliyunsim

import (
	"bytes"
	"encoding/json"
	"errors"
	"net/http"
	"strings"
	"sync"
	"testing"
	"time"
)

func atNoon() time.Time { return time.Date(2025, 10, 9, 4, 0, 0, 0, time.UTC) }

// recorded reads what is on record; the server must be closed before.
func recorded(t *testing.T, log string) []line {
	t.Helper()
	var lines []line
	for text := range strings.Lines(log) {
		var l line
		if err := json.Unmarshal([]byte(text), &l); err != nil {
			t.Errorf("%s: %v", text, err)
		}
		lines = append(lines, l)
	}
	return lines
}

func TestLog_HasEveryRequestRefusedOnesToo(t *testing.T) {
	t.Parallel()
	var log bytes.Buffer
	c := newClient(t, Options{Log: &log, Clock: atNoon})
	c.want("", "CreateVpc", "CidrBlock=10.0.0.0/16&Tag.1.Key=k&Tag.1.Value=合同")
	c.want("InvalidVpcId.NotFound", "DeleteVpc", "VpcId=vpc-none")
	c.want("InvalidAction.NotFound", "DescribeZones", "")
	c.want("SignatureNonceUsed", "DescribeVpcs", "SignatureNonce=")
	if status, _ := send(t, c.s, http.MethodPut, signed(t, http.MethodPut, nil)); status != http.StatusMethodNotAllowed {
		t.Error("PUT was taken")
	}
	c.s.mu.Lock()
	defer c.s.mu.Unlock()
	lines := recorded(t, log.String())
	want := []line{
		{Product: "vpc", Action: "CreateVpc", Version: "2016-04-28", Status: 200},
		{Product: "vpc", Action: "DeleteVpc", Version: "2016-04-28", Status: 404, Code: "InvalidVpcId.NotFound"},
		{Product: "ecs", Action: "DescribeZones", Version: "2014-05-26", Status: 404, Code: "InvalidAction.NotFound"},
		{Product: "vpc", Action: "DescribeVpcs", Version: "2016-04-28", Status: 400, Code: "SignatureNonceUsed"},
		{Product: "vpc", Action: "DescribeVpcs", Version: "2016-04-28", Status: 405, Code: "UnsupportedHTTPMethod"},
	}
	if len(lines) != len(want) {
		t.Fatalf("on record: %s", log.String())
	}
	for i, l := range lines {
		w := want[i]
		if l.At != "2025-10-09T12:00:00+08:00" || l.Product != w.Product || l.Action != w.Action || l.Version != w.Version ||
			l.Status != w.Status || l.Code != w.Code {
			t.Errorf("line %d: %+v, want %+v", i, l, w)
		}
	}
	if p := lines[0].Parameters; p["CidrBlock"] != "10.0.0.0/16" || p["Tag.1.Value"] != "合同" || p["SignatureNonce"] == "" {
		t.Errorf("parameters on record: %v", p)
	}
}

func TestLog_HasNoSecrets(t *testing.T) {
	t.Parallel()
	var log bytes.Buffer
	c := newClient(t, Options{Log: &log})
	c.want("InvalidParameter", "CreateVpc", "Password=hush1&AccountPassword=hush2&SecurityToken=hush3&AccessKeySecret=hush4&password=hush5")
	c.want("InvalidAccessKeyId.NotFound", "CreateVpc", "AccessKeyId=hush6&Signature=hush7")
	c.s.mu.Lock()
	defer c.s.mu.Unlock()
	if text := log.String(); strings.Contains(text, "hush") || strings.Contains(text, keyID) || strings.Contains(text, secret) {
		t.Errorf("on record: %s", text)
	}
	for _, name := range []string{"Password", "AccountPassword", "SecurityToken", "AccessKeySecret", "AccessKeyId", "Signature"} {
		if got := recorded(t, log.String())[0].Parameters[name]; got != "***" {
			t.Errorf("%s is on record as %q", name, got)
		}
	}
}

func TestLog_NeverInterleaves(t *testing.T) {
	t.Parallel()
	var log bytes.Buffer // not safe for two writers: the race detector would tell
	c := newClient(t, Options{Log: &log})
	var all sync.WaitGroup
	for range 20 {
		all.Go(func() { c.want("", "DescribeVpcs", "") })
	}
	all.Wait()
	c.s.mu.Lock()
	defer c.s.mu.Unlock()
	if n := len(recorded(t, log.String())); n != 20 {
		t.Errorf("%d lines", n)
	}
}

// full is a disk without room.
type full struct{}

var errFull = errors.New("no space left on device")

func (full) Write([]byte) (int, error) { return 0, errFull }

func TestLog_CloseSaysWhatCouldNotBeRecorded(t *testing.T) {
	t.Parallel()
	s, err := Start(Options{Log: full{}, AccessKeyID: keyID, AccessKeySecret: secret})
	if err != nil {
		t.Fatal(err)
	}
	(&client{t: t, s: s}).want("", "DescribeVpcs", "") // the request does not suffer
	if err := s.Close(); !errors.Is(err, errFull) {
		t.Errorf("got %v", err)
	}
}
