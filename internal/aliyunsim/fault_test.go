package aliyunsim

import (
	"bytes"
	"net/http"
	"slices"
	"strings"
	"testing"
)

func TestFaults_LookLikeTheVendors(t *testing.T) {
	t.Parallel()
	tests := map[Trouble]struct {
		status int
		code   string
	}{
		Throttled:   {http.StatusBadRequest, "Throttling.User"},
		Unavailable: {http.StatusServiceUnavailable, "ServiceUnavailable"},
		NoStock:     {http.StatusForbidden, "OperationDenied.NoStock"},
		LowBalance:  {http.StatusForbidden, "InvalidAccountStatus.NotEnoughBalance"},
		NumericCode: {http.StatusInternalServerError, "500"},
		Forbidden:   {http.StatusForbidden, "Forbidden.RAM"},
		OverQuota:   {http.StatusForbidden, "QuotaExceeded"},
		Foreign:     {http.StatusOK, ""},
	}
	for trouble, want := range tests {
		t.Run(string(trouble), func(t *testing.T) {
			t.Parallel()
			c := newClient(t, Options{Faults: []Fault{{Operation: "vpc CreateVpc", First: 1, Trouble: trouble}}})
			a, err := c.try("CreateVpc", "CidrBlock=10.0.0.0/16")
			if err != nil || a.status != want.status || a.code() != want.code {
				t.Errorf("got %d %s (%v)", a.status, a.text, err)
			}
			if retry := a.header.Get("X-Acs-Retry-After"); (retry == "500") != (trouble == Throttled) {
				t.Errorf("come again in %q", retry)
			}
			if html := strings.HasPrefix(a.text, "<"); html != (trouble == Foreign) {
				t.Errorf("the body is %s", a.text)
			}
			if numeric := strings.Contains(a.text, `"Code":500`); numeric != (trouble == NumericCode) {
				t.Errorf("the body is %s", a.text)
			}
			if c.s.Created() != 0 {
				t.Error("it took effect all the same")
			}
			c.want("", "CreateVpc", "CidrBlock=10.0.0.0/16")
		})
	}
}

func TestFaults_ACutAnswerTookEffect(t *testing.T) {
	t.Parallel()
	var log bytes.Buffer
	c := newClient(t, Options{Log: &log, Faults: []Fault{{Operation: "vpc CreateVpc", First: 1, Trouble: Cut}}})
	if a, err := c.try("CreateVpc", "ClientToken=a"); err == nil {
		t.Errorf("it was answered: %s", a.text)
	}
	if c.s.Created() != 1 {
		t.Fatalf("%d created", c.s.Created())
	}
	c.want("", "CreateVpc", "ClientToken=a")
	if c.s.Created() != 1 {
		t.Error("the repetition made another")
	}
	c.s.mu.Lock()
	defer c.s.mu.Unlock()
	if lines := recorded(t, log.String()); len(lines) != 2 || lines[0].Status != 0 || lines[1].Status != http.StatusOK {
		t.Errorf("on record: %s", log.String())
	}
}

func TestFaults_AnOrderStillOnItsWayTookEffect(t *testing.T) {
	t.Parallel()
	c := newClient(t, Options{Faults: []Fault{{Operation: "vpc CreateVpc", First: 2, Trouble: Processing}}})
	for range 2 {
		c.want("LastTokenProcessing", "CreateVpc", "ClientToken=a")
	}
	c.want("", "CreateVpc", "ClientToken=a")
	if c.s.Created() != 1 {
		t.Errorf("%d created", c.s.Created())
	}
}

func TestFaults_FollowTheirRule(t *testing.T) {
	t.Parallel()
	tests := map[string]struct {
		rules []Fault
		want  []string // by request: DescribeVpcs, six times
	}{
		"none":       {nil, []string{"", "", "", "", "", ""}},
		"first":      {[]Fault{{"vpc DescribeVpcs", 2, 0, NoStock}}, []string{"n", "n", "", "", "", ""}},
		"every":      {[]Fault{{"*", 0, 3, NoStock}}, []string{"", "", "n", "", "", "n"}},
		"another":    {[]Fault{{"vpc CreateVpc", 9, 0, NoStock}}, []string{"", "", "", "", "", ""}},
		"all count":  {[]Fault{{"*", 0, 2, NoStock}, {"*", 4, 0, LowBalance}}, []string{"l", "n", "l", "n", "", "n"}},
		"every time": {[]Fault{{"*", 0, 1, LowBalance}}, []string{"l", "l", "l", "l", "l", "l"}},
	}
	codes := map[string]string{"": "", "n": "OperationDenied.NoStock", "l": "InvalidAccountStatus.NotEnoughBalance"}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			c := newClient(t, Options{Faults: tt.rules})
			for _, want := range tt.want {
				c.want(codes[want], "DescribeVpcs", "")
			}
		})
	}
}

func TestFaults_AreSetAndEndedWhileItRuns(t *testing.T) {
	t.Parallel()
	c := newClient(t, Options{})
	if err := c.s.SetFaults(Fault{Operation: "*", Every: 1, Trouble: Unavailable}); err != nil {
		t.Fatal(err)
	}
	c.want("ServiceUnavailable", "DescribeVpcs", "")
	c.want("InvalidAction.NotFound", "DescribeZones", "") // what is no request does not count
	if err := c.s.SetFaults(Fault{Operation: "*"}); err == nil {
		t.Error("a fault without a rule was taken")
	}
	c.want("ServiceUnavailable", "DescribeVpcs", "")
	if err := c.s.SetFaults(); err != nil {
		t.Fatal(err)
	}
	c.want("", "DescribeVpcs", "")
}

func TestFaults_ThatCouldNeverBeFeltAreRefused(t *testing.T) {
	t.Parallel()
	good := Fault{Operation: "ecs RunInstances", First: 1, Trouble: Cut}
	for name, change := range map[string]func(*Fault){
		"operation": func(f *Fault) { f.Operation = "RunInstances" },
		"trouble":   func(f *Fault) { f.Trouble = "bad day" },
		"neither":   func(f *Fault) { f.First = 0 },
		"both":      func(f *Fault) { f.Every = 1 },
		"negative":  func(f *Fault) { f.First, f.Every = -1, 1 },
		"below":     func(f *Fault) { f.First, f.Every = 0, -1 },
	} {
		bad := good
		change(&bad)
		if _, err := Start(Options{Faults: slices.Concat([]Fault{good}, []Fault{bad})}); err == nil {
			t.Errorf("%s: started with %+v", name, bad)
		}
	}
}
