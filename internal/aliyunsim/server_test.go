package aliyunsim

import (
	"encoding/json"
	"maps"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"
)

const (
	keyID  = "testid"
	secret = "testsecret"
)

func start(t *testing.T, options Options) *Server {
	t.Helper()
	options.AccessKeyID, options.AccessKeySecret = keyID, secret
	s, err := Start(options)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	})
	return s
}

// signed makes a request's parameters, in the way of any client; change is applied before signing.
func signed(t *testing.T, method string, change map[string]string) url.Values {
	t.Helper()
	params := url.Values{}
	for name, value := range map[string]string{
		"AccessKeyId": keyID, "Format": "JSON", "SignatureMethod": "HMAC-SHA1", "SignatureVersion": "1.0",
		"SignatureNonce": t.Name(), "Timestamp": "2026-11-23T07:08:12Z", "Version": "2016-04-28",
		"Action": "DescribeVpcs", "RegionId": "cn-beijing",
	} {
		params.Set(name, value)
	}
	for name, value := range change {
		params.Set(name, value)
	}
	params.Set("Signature", sign(secret, stringToSign(method, params)))
	return params
}

// send gives the status and the vendor's code; half of the parameters go in the body when there is one.
func send(t *testing.T, s *Server, method string, params url.Values) (int, string) {
	t.Helper()
	query, body := params, url.Values{}
	if method == http.MethodPost {
		query = maps.Clone(params)
		body.Set("Action", query.Get("Action"))
		query.Del("Action")
	}
	request, err := http.NewRequestWithContext(t.Context(), method, s.URL()+"/?"+query.Encode(), strings.NewReader(body.Encode()))
	if err != nil {
		t.Fatal(err)
	}
	request.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	response, err := http.DefaultClient.Do(request)
	if err != nil {
		t.Fatal(err)
	}
	var answered struct {
		Code      string `json:"Code"`
		RequestID string `json:"RequestId"`
	}
	err = json.NewDecoder(response.Body).Decode(&answered)
	if method != http.MethodHead && (err != nil || answered.RequestID == "") {
		t.Errorf("answer without a request id: %v", err)
	}
	if err := response.Body.Close(); err != nil {
		t.Error(err)
	}
	return response.StatusCode, answered.Code
}

// The vendor's own worked example of signature version 1.0.
func TestSign_VendorsExample(t *testing.T) {
	t.Parallel()
	params, err := url.ParseQuery("AccessKeyId=testid&Action=DescribeRegions&Format=XML&SignatureMethod=HMAC-SHA1" +
		"&SignatureNonce=3ee8c1b8-83d3-44af-a94f-4e0ad82fd6cf&SignatureVersion=1.0&Timestamp=2016-02-23T12%3A46%3A24Z&Version=2014-05-26")
	if err != nil {
		t.Fatal(err)
	}
	if got := sign(secret, stringToSign(http.MethodGet, params)); got != "OLeaidS1JvxuMvnyHOwuJ+uX5qY=" {
		t.Errorf("got %s", got)
	}
}

func TestServer_AdmitsOnlyWhatIsSignedAndFresh(t *testing.T) {
	t.Parallel()
	s := start(t, Options{})
	tests := map[string]struct {
		method string
		change map[string]string
		spoil  map[string]string
		status int
		code   string
	}{
		"get":               {http.MethodGet, nil, nil, 200, ""},
		"post":              {http.MethodPost, nil, nil, 200, ""},
		"chinese and signs": {http.MethodGet, map[string]string{"Tag.1.Key": "合同 *~+/&=%", "Tag.1.Value": ""}, nil, 200, ""},
		"long past":         {http.MethodGet, map[string]string{"Timestamp": "2001-01-01T00:00:00Z"}, nil, 200, ""},
		"other method":      {http.MethodPut, nil, nil, 405, "UnsupportedHTTPMethod"},
		"unknown key":       {http.MethodGet, map[string]string{"AccessKeyId": "else"}, nil, 404, "InvalidAccessKeyId.NotFound"},
		"changed after":     {http.MethodGet, nil, map[string]string{"RegionId": "cn-hangzhou"}, 400, "SignatureDoesNotMatch"},
		"unsigned":          {http.MethodGet, nil, map[string]string{"Signature": ""}, 400, "IncompleteSignature"},
		"other signature":   {http.MethodGet, map[string]string{"SignatureMethod": "HMAC-MD5"}, nil, 400, "IncompleteSignature"},
		"local time":        {http.MethodGet, map[string]string{"Timestamp": "2026-11-23T15:08:12+08:00"}, nil, 400, "InvalidTimeStamp.Format"},
		"no nonce":          {http.MethodGet, map[string]string{"SignatureNonce": ""}, nil, 400, "SignatureNonceUsed"},
		"unknown version":   {http.MethodGet, map[string]string{"Version": "2000-01-01"}, nil, 404, "InvalidAction.NotFound"},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			params := signed(t, tt.method, tt.change)
			for name, value := range tt.spoil {
				params.Set(name, value)
			}
			if status, code := send(t, s, tt.method, params); status != tt.status || code != tt.code {
				t.Errorf("got %d %q, want %d %q", status, code, tt.status, tt.code)
			}
		})
	}
}

// An order that the vendor would refuse is refused, and leaves nothing behind.
func TestServer_RefusesWhatCannotStand(t *testing.T) {
	t.Parallel()
	s := start(t, Options{})
	for i, step := range []struct {
		version, action, params, code string
	}{
		{"2016-04-28", "CreateVpc", "CidrBlock=10.0.0.0/16&ClientToken=v", ""},
		{"2016-04-28", "CreateVSwitch", "VpcId=vpc-none&ZoneId=cn-beijing-h&CidrBlock=10.0.0.0/20", "InvalidVpcId.NotFound"},
		{"2016-04-28", "CreateVSwitch", "VpcId=%v&ZoneId=cn-hangzhou-h&CidrBlock=10.0.0.0/20", "InvalidZoneId.NotFound"},
		{"2016-04-28", "CreateVSwitch", "VpcId=%v&ZoneId=cn-beijing-h&CidrBlock=10.1.0.0/20", "InvalidCidrBlock.Malformed"},
		{"2016-04-28", "CreateVSwitch", "VpcId=%v&ZoneId=cn-beijing-h&CidrBlock=10.0.0.0/20&ClientToken=w", ""},
		{"2016-04-28", "CreateVSwitch", "VpcId=%v&ZoneId=cn-beijing-h&CidrBlock=10.0.8.0/24", "InvalidCidrBlock.Overlapped"},
		{"2016-04-28", "CreateVSwitch", "VpcId=%v&CidrBlock=10.0.16.0/20", "MissingParameter"},
		{"2014-05-26", "CreateSecurityGroup", "VpcId=vpc-none", "InvalidVpcId.NotFound"},
		{"2014-05-26", "RunInstances", "ImageId=i", "MissingParameter"},
		{"2014-05-26", "RunInstances", "InstanceType=t&SecurityGroupId=g&VSwitchId=s", "MissingParameter"},
		{"2014-05-26", "RunInstances", "InstanceType=t&SecurityGroupId=g&VSwitchId=s&ImageId=i&InstanceChargeType=Free", "InvalidParameter"},
		{"2014-05-26", "RunInstances", "InstanceType=t&SecurityGroupId=g&VSwitchId=s&ImageId=i", "InvalidVSwitchId.NotFound"},
		{"2014-05-26", "DescribeInstances", "InstanceIds=i-1", "InvalidParameter"},
		{"2014-08-15", "DescribeDBInstances", "Tags=a", "InvalidParameter"},
		{"2014-08-15", "CreateDBInstance", database("20", "Serverless"), "InvalidParameter.NotSimulated"},
		{"2014-08-15", "CreateDBInstance", database("21", "Postpaid"), "InvalidStorage.Format"},
		{"2014-08-15", "CreateDBInstance", database("20", "Postpaid"), "InvalidVSwitchId.NotFound"},
		{"2016-04-28", "CreateVpc", "ClientToken=" + strings.Repeat("x", 65), "InvalidParameter"},
	} {
		change := map[string]string{"Version": step.version, "Action": step.action, "SignatureNonce": strconv.Itoa(i)}
		for pair := range strings.SplitSeq(strings.ReplaceAll(step.params, "%v", madeOf(s, "vpc-")), "&") {
			name, value, _ := strings.Cut(pair, "=")
			change[name] = value
		}
		if _, code := send(t, s, http.MethodPost, signed(t, http.MethodPost, change)); code != step.code {
			t.Errorf("%s %s: got %q, want %q", step.action, step.params, code, step.code)
		}
	}
	if s.Created() != 2 || s.Left() != 2 {
		t.Errorf("%d created, %d there, want the VPC and its vSwitch", s.Created(), s.Left())
	}
}

func database(gb, pay string) string {
	return "DBInstanceClass=c&DBInstanceNetType=Intranet&Engine=MySQL&EngineVersion=8.0&SecurityIPList=10.0.0.0/16" +
		"&VSwitchId=vsw-none&DBInstanceStorage=" + gb + "&PayType=" + pay
}

// madeOf gives the id of the first thing whose id begins so.
func madeOf(s *Server, prefix string) string {
	for id := range s.state.Things {
		if strings.HasPrefix(id, prefix) {
			return id
		}
	}
	return ""
}

func TestServer_SameHistorySameIds(t *testing.T) {
	t.Parallel()
	var ids [2]string
	for i := range ids {
		s := start(t, Options{})
		change := map[string]string{"Action": "CreateVpc", "ClientToken": "a"}
		if status, code := send(t, s, http.MethodGet, signed(t, http.MethodGet, change)); status != http.StatusOK {
			t.Fatal(code)
		}
		ids[i] = madeOf(s, "vpc-")
	}
	if ids[0] == "" || ids[0] != ids[1] {
		t.Errorf("got %q and %q", ids[0], ids[1])
	}
}

func TestServer_NextChangeIsTheEarliestToCome(t *testing.T) {
	t.Parallel()
	now := time.Date(2025, 10, 9, 15, 0, 0, 0, time.UTC)
	s := start(t, Options{Clock: func() time.Time { return now }})
	for id, after := range map[string]time.Duration{"rm-past": 0, "rm-later": 2 * time.Hour, "rm-next": time.Hour} {
		s.state.Things[id] = &thing{Kind: "rds", ID: id, ReadyAt: now.Add(after)}
	}
	if next, ok := s.NextChange(); !ok || !next.Equal(now.Add(time.Hour)) {
		t.Errorf("got %s, %t", next, ok)
	}
}

// An operation without its line would refuse every parameter; a line without its operation is dead.
func TestTable_CoversEveryOperation(t *testing.T) {
	t.Parallel()
	rules := readTable()
	for name := range operations() {
		if _, ok := rules[name]; !ok {
			t.Errorf("%s has no line", name)
		}
	}
	if len(rules) != len(operations()) {
		t.Errorf("%d operations, %d lines of parameters", len(operations()), len(rules))
	}
}

func TestStart_RefusesABadStateFileAndATakenAddress(t *testing.T) {
	t.Parallel()
	broken := filepath.Join(t.TempDir(), "account.json")
	if err := os.WriteFile(broken, []byte("{"), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := Start(Options{StateFile: broken}); err == nil {
		t.Error("started on a broken state file")
	}
	taken := start(t, Options{})
	if _, err := Start(Options{Listen: strings.TrimPrefix(taken.URL(), "http://")}); err == nil {
		t.Error("started on a taken address")
	}
}
