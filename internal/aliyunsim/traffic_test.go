package aliyunsim

import (
	"io"
	"net/http"
	"net/url"
	"strings"
	"testing"
)

// opens lets everybody in on ports of the network's security group.
func (c *client) opens(network, ports string) {
	c.t.Helper()
	_, group, _ := strings.Cut(network, "SecurityGroupId=")
	group, _, _ = strings.Cut(group, "&")
	c.want("", "AuthorizeSecurityGroup", "SecurityGroupId="+group+
		"&Permissions.1.IpProtocol=tcp&Permissions.1.PortRange="+ports+"&Permissions.1.SourceCidrIp=0.0.0.0/0")
}

// visit asks by way of the simulator, as a user does.
func (c *client) visit(address string) (status int, text string) {
	c.t.Helper()
	through, err := url.Parse(c.s.URL())
	if err != nil {
		c.t.Fatal(err)
	}
	transport := &http.Transport{Proxy: http.ProxyURL(through), DisableKeepAlives: true}
	request, err := http.NewRequestWithContext(c.t.Context(), http.MethodGet, address, http.NoBody)
	if err != nil {
		c.t.Fatal(err)
	}
	response, err := transport.RoundTrip(request)
	if err != nil {
		c.t.Fatal(err)
	}
	read, err := io.ReadAll(response.Body)
	if err != nil || response.Body.Close() != nil {
		c.t.Fatal(err)
	}
	return response.StatusCode, string(read)
}

// deployed are two servers of one network on which OA works, with different releases so that one knows who answered.
func (c *client) deployed() (network string, servers []string) {
	c.t.Helper()
	network = c.network()
	c.opens(network, "80/80")
	_, place, _ := strings.Cut(network, "SecurityGroupId=")
	_, vswitch, _ := strings.Cut(place, "VSwitchId=")
	vpc := c.want("", "DescribeVSwitches", "VSwitchId="+vswitch).id(c.t, "VSwitches.VSwitch.0.VpcId")
	database := c.want("", "CreateDBInstance", "DBInstanceClass=c&DBInstanceNetType=Intranet&Engine=MySQL&EngineVersion=8.0&SecurityIPList=10.0.0.0/16&"+
		"DBInstanceStorage=20&PayType=Postpaid&VPCId="+vpc+"&VSwitchId="+vswitch+"&ZoneId="+zone).id(c.t, "DBInstanceId")
	this := "DBInstanceId=" + database
	c.want("", "CreateDatabase", this+"&DBName=suite&CharacterSetName=utf8mb4")
	c.want("", "CreateAccount", this+"&AccountName=user&AccountPassword=Secret_2025")
	c.want("", "GrantAccountPrivilege", this+"&AccountName=user&DBName=suite&AccountPrivilege=ReadWrite")
	host := c.want("", "DescribeDBInstanceNetInfo", this).id(c.t, "DBInstanceNetInfos.DBInstanceNetInfo.0.ConnectionString")
	for _, release := range []string{"8.4.1", "8.4.2"} {
		server := c.server(network, "")
		c.want("", "RunCommand", "Type=RunShellScript&InstanceId.1="+server+"&CommandContent=suite database "+host+" 3306 suite user Secret_2025\n"+
			"suite fetch oa "+release+"\nsuite migrate oa "+release+"\nsuite start oa "+release)
		servers = append(servers, server)
	}
	return network, servers
}

// §3.5: requests go by turns to the servers that are healthy and have a weight, and to nobody else.
func TestTraffic_IsSpreadOverHealthyServers(t *testing.T) {
	t.Parallel()
	c := newClient(t, Options{})
	_, servers := c.deployed()
	made := c.want("", "CreateLoadBalancer", "")
	this, address := "LoadBalancerId="+made.id(t, "LoadBalancerId"), "http://"+made.id(t, "Address")
	asks := func(want ...string) {
		t.Helper()
		seen := map[string]int{}
		for range 2 * len(want) {
			status, text := c.visit(address + "/oa/health")
			if status != http.StatusOK {
				t.Fatalf("got %d %s", status, text)
			}
			seen[text]++
		}
		for _, release := range want {
			if seen[`{"release":"`+release+`"}`] != 2 {
				t.Errorf("answered %v, want %s twice", seen, release)
			}
		}
	}
	if status, _ := c.visit(address + "/oa/health"); status != http.StatusBadGateway {
		t.Errorf("without a listener: %d", status)
	}
	c.want("", "CreateLoadBalancerHTTPListener", this+"&ListenerPort=80&BackendServerPort=80&HealthCheck=on&HealthCheckURI=/oa/health")
	if status, _ := c.visit(address + "/oa/health"); status != http.StatusBadGateway {
		t.Errorf("on a stopped listener: %d", status)
	}
	c.want("", "StartLoadBalancerListener", this+"&ListenerPort=80")
	if status, _ := c.visit(address + "/oa/health"); status != http.StatusServiceUnavailable {
		t.Errorf("without a server: %d", status)
	}
	c.want("", "AddBackendServers", this+"&BackendServers="+list(servers...))
	asks("8.4.1", "8.4.2")
	c.want("", "SetBackendServers", this+`&BackendServers=[{"ServerId":"`+servers[0]+`","Weight":"0"}]`)
	asks("8.4.2")
	c.want("", "SetBackendServers", this+`&BackendServers=[{"ServerId":"`+servers[0]+`","Weight":"1"}]`)
	c.want("", "RunCommand", "Type=RunShellScript&InstanceId.1="+servers[1]+"&CommandContent=suite remove oa")
	asks("8.4.1")
	c.want("", "DescribeHealthStatus", this+"&ListenerPort=80").is(t, map[string]any{
		"BackendServers.BackendServer.0.ServerHealthStatus": "normal", "BackendServers.BackendServer.1.ServerHealthStatus": "abnormal",
	})
	c.want("", "StopInstance", "InstanceId="+servers[0])
	if status, _ := c.visit(address + "/oa/health"); status != http.StatusServiceUnavailable {
		t.Errorf("with all servers dead: %d", status)
	}
}

// A server that is ordered with bandwidth has a public address of its own, which goes with it.
func TestServers_WithBandwidthAreReachedWithoutAnEIP(t *testing.T) {
	t.Parallel()
	c := newClient(t, Options{})
	network := c.network()
	c.opens(network, "80/80")
	server, other := c.server(network, "InternetMaxBandwidthOut=5&InternetChargeType=PayByTraffic"), c.server(network, "")
	address := c.want("", "DescribeInstances", "InstanceIds="+list(server)).id(t, "Instances.Instance.0.PublicIpAddress.IpAddress.0")
	c.want("", "DescribeInstances", "InstanceIds="+list(other)).is(t, map[string]any{"Instances.Instance.0.PublicIpAddress.IpAddress": []any{}})
	if status, _ := c.visit("http://" + address + "/oa/"); status != http.StatusNotFound {
		t.Errorf("an empty server answers %d", status)
	}
	c.deletes(server)
	if status, _ := c.visit("http://" + address + "/oa/"); status != http.StatusBadGateway {
		t.Errorf("a server that is gone answers %d", status)
	}
}
