package aliyunsim

import (
	"encoding/base64"
	"io"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// install is a script that makes a system of a server with a database.
const install = "set -eu\nsuite database %db.mysql.rds.aliyuncs.com 3306 lvyue app Lv-password-1\nsuite token opensesame\n" +
	"suite fetch oa 8.4.2\nsuite migrate oa 8.4.2\nsuite start oa 8.4.2\n"

// stand is a server and a database in one network, the way to the server, and what installs a system there.
type stand struct {
	*client
	server, database, group, address, script string
}

func newStand(t *testing.T, options Options) *stand {
	t.Helper()
	c := newClient(t, options)
	network := c.network()
	params, err := url.ParseQuery(network)
	if err != nil {
		t.Fatal(err)
	}
	d := &stand{client: c, server: c.server(network, ""), group: params.Get("SecurityGroupId")}
	vpc := c.want("", "DescribeInstances", "").id(t, "Instances.Instance.0.VpcAttributes.VpcId")
	d.database = c.want("", "CreateDBInstance", "DBInstanceClass=mysql.x4.medium.2c&DBInstanceNetType=Intranet&Engine=MySQL&EngineVersion=8.0&"+
		"SecurityIPList=10.0.0.0/16&DBInstanceStorage=20&PayType=Postpaid&VPCId="+vpc+"&VSwitchId="+params.Get("VSwitchId")+"&ZoneId="+zone).id(t, "DBInstanceId")
	eip := c.want("", "AllocateEipAddress", "")
	d.address = eip.id(t, "EipAddress")
	c.want("", "AssociateEipAddress", "AllocationId="+eip.id(t, "AllocationId")+"&InstanceId="+d.server)
	d.script = strings.ReplaceAll(install, "%db", d.database)
	return d
}

// fill makes database, account and rule.
func (d *stand) fill() {
	d.t.Helper()
	d.want("", "CreateDatabase", "DBName=lvyue&CharacterSetName=utf8mb4&DBInstanceId="+d.database)
	d.want("", "CreateAccount", "AccountName=app&AccountPassword=Lv-password-1&DBInstanceId="+d.database)
	d.want("", "GrantAccountPrivilege", "AccountName=app&DBName=lvyue&AccountPrivilege=ReadWrite&DBInstanceId="+d.database)
	d.open("80/80")
}

func (d *stand) open(ports string) {
	d.t.Helper()
	d.want("", "AuthorizeSecurityGroup", "SecurityGroupId="+d.group+"&Permissions.1.IpProtocol=tcp&Permissions.1.SourceCidrIp=0.0.0.0/0&Permissions.1.PortRange="+ports)
}

// run sends a script and gives its result.
func (d *stand) run(script string) said {
	d.t.Helper()
	content := base64.StdEncoding.EncodeToString([]byte(script))
	id := d.want("", "RunCommand", "Type=RunShellScript&ContentEncoding=Base64&InstanceId.1="+d.server+"&CommandContent="+content).id(d.t, "InvokeId")
	return d.want("", "DescribeInvocationResults", "ContentEncoding=PlainText&InvokeId="+id)
}

// visit asks the server as its users do.
func (d *stand) visit(address string) (int, string) {
	d.t.Helper()
	return d.ask(http.MethodGet, address, "", "")
}

// ask reaches the server by its address or name.
func (d *stand) ask(method, address, authorization, body string) (int, string) {
	d.t.Helper()
	proxy, err := url.Parse(d.s.URL())
	if err != nil {
		d.t.Fatal(err)
	}
	transport := &http.Transport{Proxy: http.ProxyURL(proxy)}
	defer transport.CloseIdleConnections()
	request, err := http.NewRequestWithContext(d.t.Context(), method, "http://"+address, strings.NewReader(body))
	if err != nil {
		d.t.Fatal(err)
	}
	request.Header.Set("Authorization", authorization)
	response, err := (&http.Client{Transport: transport}).Do(request)
	if err != nil {
		d.t.Fatal(err)
	}
	text, err := io.ReadAll(response.Body)
	if err != nil || response.Body.Close() != nil {
		d.t.Fatal(err)
	}
	return response.StatusCode, string(text)
}

const result = "Invocation.InvocationResults.InvocationResult.0."

func TestSystem_IsInstalledAndReachedByAddressAndName(t *testing.T) {
	t.Parallel()
	var log strings.Builder
	d := newStand(t, Options{Log: &log})
	d.fill()
	if got := d.run(d.script); got.at(result+"InvocationStatus") != "Success" {
		t.Fatal(got.text)
	}
	d.want("", "AddDomainRecord", "DomainName=example.com&RR=oa&Type=A&Value="+d.address)
	d.want("", "AddDomainRecord", "DomainName=example.com&RR=www&Type=CNAME&Value=oa.example.com")
	asked := strings.Count(log.String(), "\n")
	for _, address := range []string{d.address, "oa.example.com", "OA.example.com:80", "www.example.com"} {
		if status, text := d.visit(address + "/oa/health"); status != http.StatusOK {
			t.Errorf("%s: %d %s", address, status, text)
		}
	}
	if strings.Count(log.String(), "\n") != asked {
		t.Error("a visit is on record as a request")
	}
	for _, secret := range []string{"Lv-password-1", "opensesame", base64.StdEncoding.EncodeToString([]byte(d.script))} {
		if strings.Contains(log.String(), secret) {
			t.Errorf("%s is on record", secret)
		}
	}
}

func TestSystem_IsNotReachedOtherwise(t *testing.T) {
	t.Parallel()
	d := newStand(t, Options{})
	closed := d.address + "/oa/health"
	if status, text := d.visit(closed); status != http.StatusBadGateway || !strings.Contains(text, "refused") {
		t.Errorf("without a rule: %d %s", status, text)
	}
	d.open("443/443")
	if status, _ := d.visit(closed); status != http.StatusBadGateway {
		t.Errorf("by another port's rule: %d", status)
	}
	d.open("1/65535")
	if status, _ := d.visit(closed); status != http.StatusNotFound { // by the system, on which nothing is installed
		t.Errorf("with its rule: %d", status)
	}
	private := d.want("", "DescribeInstances", "").id(t, "Instances.Instance.0.VpcAttributes.PrivateIpAddress.IpAddress.0")
	for _, nowhere := range []string{private, "198.19.255.255", "unknown.example.com", d.address + ":443", d.address + ":8080"} {
		if status, text := d.visit(nowhere + "/oa/health"); status != http.StatusBadGateway {
			t.Errorf("%s: %d %s", nowhere, status, text)
		}
	}
	d.want("", "StopInstance", "InstanceId="+d.server)
	d.want("IncorrectInstanceStatus", "StopInstance", "InstanceId="+d.server)
	if status, _ := d.visit(closed); status != http.StatusBadGateway {
		t.Errorf("while it is stopped: %d", status)
	}
	d.want("", "StartInstance", "InstanceId="+d.server)
	if status, _ := d.visit(closed); status != http.StatusNotFound {
		t.Errorf("started again: %d", status)
	}
}

// Each of these keeps the system from its database, and the installation says so.
func TestSystem_NeedsADatabaseThatLetsItIn(t *testing.T) {
	t.Parallel()
	for name, spoil := range map[string]func(*stand){
		"no database": func(d *stand) { d.script = strings.Replace(d.script, " lvyue app ", " other app ", 1) },
		"no account":  func(d *stand) { d.script = strings.Replace(d.script, " lvyue app ", " lvyue other ", 1) },
		"password":    func(d *stand) { d.script = strings.Replace(d.script, "password-1", "password-2", 1) },
		"port":        func(d *stand) { d.script = strings.Replace(d.script, " 3306 ", " 3307 ", 1) },
		"host":        func(d *stand) { d.script = strings.Replace(d.script, "suite database rm-", "suite database rm-x", 1) },
		"whitelist":   func(d *stand) { d.want("", "ModifySecurityIps", "SecurityIps=10.1.0.0/16&DBInstanceId="+d.database) },
		"read only": func(d *stand) {
			d.want("", "GrantAccountPrivilege", "AccountName=app&DBName=lvyue&AccountPrivilege=ReadOnly&DBInstanceId="+d.database)
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			d := newStand(t, Options{})
			d.fill()
			spoil(d)
			got := d.run(d.script)
			got.is(t, map[string]any{result + "InvocationStatus": "Failed", result + "InvokeRecordStatus": "Failed", result + "ErrorCode": "ExitCodeNonzero"})
			if text := got.id(t, result+"Output"); !strings.Contains(text, "does not answer or refuses") {
				t.Error(text)
			}
		})
	}
}

func TestSystem_CarriesWhatItsTypeCarries(t *testing.T) {
	t.Parallel()
	for name, want := range map[string]struct{ cores, memory int }{
		"ecs.g7.large": {2, 8192}, "ecs.g7.xlarge": {4, 16384}, "ecs.c7.2xlarge": {8, 16384}, "ecs.r7.16xlarge": {64, 524288}, "odd": {2, 8192},
	} {
		if cores(name) != want.cores || memoryMB(name) != want.memory {
			t.Errorf("%s: %d cores, %d MB", name, cores(name), memoryMB(name))
		}
	}
	d := newStand(t, Options{})
	d.fill()
	d.run(d.script)
	d.s.SetCapacity(4) // of which one at once
	var refused int
	for range 8 {
		if status, _ := d.visit(d.address + "/oa/"); status == http.StatusServiceUnavailable {
			refused++
		}
	}
	if refused == 0 {
		t.Error("eight at once were carried")
	}
	d.s.SetCapacity(0)
	for range 8 {
		if status, text := d.visit(d.address + "/oa/"); status != http.StatusOK {
			t.Errorf("%d %s", status, text)
		}
	}
}

// What users enter outlives the simulator, and what is on a disk outlives its server in snapshots and images.
func TestSystem_OutlivesARestart(t *testing.T) {
	t.Parallel()
	options := Options{StateFile: filepath.Join(t.TempDir(), "account.json")}
	d := newStand(t, options)
	d.fill()
	d.run(d.script)
	d.want("", "InstallMonitoringAgent", "InstanceIds.1="+d.server)
	d.want("", "AddDomainRecord", "DomainName=example.com&RR=oa&Type=A&Value="+d.address)
	image := d.want("", "CreateImage", "InstanceId="+d.server).id(t, "ImageId")
	again := &stand{client: newClient(t, options), address: d.address}
	for _, address := range []string{d.address, "oa.example.com"} {
		if status, text := again.visit(address + "/oa/health"); status != http.StatusOK {
			t.Errorf("%s: %d %s", address, status, text)
		}
	}
	again.want("", "DescribeMonitoringAgentStatuses", "InstanceIds="+d.server).is(t, map[string]any{"NodeStatusList.NodeStatus.0.Status": "running"})
	again.want("", "DescribeInvocationResults", "InstanceId="+d.server).is(t, map[string]any{"Invocation.TotalCount": 1})
	again.want("", "DescribeAccounts", "DBInstanceId="+d.database).is(t, map[string]any{"Accounts.DBInstanceAccount.0.DatabasePrivileges.DatabasePrivilege.0.AccountPrivilege": "ReadWrite"})
	vswitch := again.want("", "DescribeVSwitches", "").id(t, "VSwitches.VSwitch.0.VSwitchId")
	twin := again.client.server("InstanceType=ecs.g7.large&ImageId="+image+"&SecurityGroupId="+d.group+"&VSwitchId="+vswitch, "")
	again.want("", "UnassociateEipAddress", "AllocationId="+again.want("", "DescribeEipAddresses", "").id(t, "EipAddresses.EipAddress.0.AllocationId"))
	again.deletes(d.server)
	again.want("", "AssociateEipAddress", "AllocationId="+again.want("", "DescribeEipAddresses", "").id(t, "EipAddresses.EipAddress.0.AllocationId")+"&InstanceId="+twin)
	if status, text := again.visit(d.address + "/oa/health"); status != http.StatusOK {
		t.Errorf("the twin: %d %s", status, text)
	}
	text, err := os.ReadFile(options.StateFile)
	if err != nil || strings.Contains(string(text), base64.StdEncoding.EncodeToString([]byte(d.script))) {
		t.Errorf("the script is kept (%v)", err)
	}
}

func TestRuns_TakeTheirTimeAndAreFoundByTag(t *testing.T) {
	t.Parallel()
	now := atNoon()
	d := newStand(t, Options{Clock: func() time.Time { return now }, CommandTakes: time.Minute})
	order := "Type=RunShellScript&CommandContent=set -eu&ClientToken=a&Tag.1.Key=k&Tag.1.Value=v&InstanceId.1=" + d.server
	id := d.want("", "RunCommand", order).id(t, "InvokeId")
	if again := d.want("", "RunCommand", order).id(t, "InvokeId"); again != id {
		t.Errorf("a repeated order is %s, the first was %s", again, id)
	}
	if next, ok := d.s.NextChange(); !ok || !next.Equal(now.Add(time.Minute)) {
		t.Errorf("the next change is at %s", next)
	}
	for _, step := range []struct {
		after  time.Duration
		status string
	}{{0, "Running"}, {time.Minute - 1, "Running"}, {1, "Success"}} {
		now = now.Add(step.after)
		d.want("", "DescribeInvocationResults", "Tag.1.Key=k&Tag.1.Value=v").is(t, map[string]any{result + "InvocationStatus": step.status, "Invocation.TotalCount": 1})
	}
	d.want("", "DescribeInvocationResults", "Tag.1.Key=k&Tag.1.Value=w").is(t, map[string]any{"Invocation.TotalCount": 0})
	d.want("", "DescribeInvocationResults", "InvokeRecordStatus=Running").is(t, map[string]any{"Invocation.TotalCount": 0})
	d.want("", "StopInstance", "InstanceId="+d.server)
	lost := d.want("", "RunCommand", "Type=RunShellScript&CommandContent=true&InstanceId.1="+d.server).id(t, "InvokeId")
	d.want("", "DescribeInvocationResults", "InvokeId="+lost).is(t, map[string]any{result + "InvocationStatus": "Aborted", result + "ErrorCode": "InstanceNotRunning"})
	for params, code := range map[string]string{
		"Type=RunShellScript&CommandContent=a":                                                                   "MissingParameter",
		"Type=RunShellScript&CommandContent=a&InstanceId.1=i-none":                                               "InvalidInstance.NotFound",
		"Type=RunBatScript&CommandContent=a&InstanceId.1=" + d.server:                                            "InvalidParameter.NotSimulated",
		"Type=RunShellScript&ContentEncoding=Base64&CommandContent=*&InstanceId.1=" + d.server:                   "CmdContent.DecodeError",
		"Type=RunShellScript&ContentEncoding=Hex&CommandContent=a&InstanceId.1=" + d.server:                      "InvalidParameter",
		"Type=RunShellScript&CommandContent=" + strings.Repeat("a", mostContent+1) + "&InstanceId.1=" + d.server: "CmdContent.ExceedLimit",
	} {
		d.want(code, "RunCommand", params)
	}
}

// What was just made works and is not listed yet.
func TestServer_ListsLagBehind(t *testing.T) {
	t.Parallel()
	now := atNoon()
	c := newClient(t, Options{Clock: func() time.Time { return now }, Lag: 10 * time.Second})
	vpc := c.want("", "CreateVpc", "Tag.1.Key=a&Tag.1.Value=b").id(t, "VpcId")
	c.want("", "CreateSecurityGroup", "VpcId="+vpc)
	if next, ok := c.s.NextChange(); !ok || !next.Equal(now.Add(10*time.Second)) {
		t.Errorf("the next change is at %s", next)
	}
	for _, step := range []struct {
		after time.Duration
		seen  int
	}{{0, 0}, {10*time.Second - 1, 0}, {1, 1}} {
		now = now.Add(step.after)
		c.want("", "DescribeVpcs", "VpcId="+vpc).is(t, map[string]any{"TotalCount": step.seen})
		if tags, ok := c.want("", "vpc ListTagResources", "ResourceType=VPC&Tag.1.Key=a").at("TagResources.TagResource").([]any); !ok || len(tags) != step.seen {
			t.Errorf("after %s %d tags are listed", step.after, len(tags))
		}
	}
	if _, ok := c.s.NextChange(); ok {
		t.Error("something is still to change")
	}
}
