package aliyunsim

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"strconv"
	"strings"
	"sync/atomic"
	"testing"
)

// client signs like any of the vendor's. The vendor's own Go client asks the same from internal/aliyun, which
// alone may know it.
type client struct {
	t     *testing.T
	s     *Server
	calls atomic.Int64
}

func newClient(t *testing.T, options Options) *client {
	t.Helper()
	return &client{t: t, s: start(t, options)}
}

// said is an answer: its status, its header, and its fields, whatever they are.
type said struct {
	status int
	header http.Header
	text   string
	fields any
}

// try sends an action with its parameters, "Name=value&…"; an error is that no answer came.
func (c *client) try(action, params string) (said, error) {
	c.t.Helper()
	_, name, _ := strings.Cut(actionOf(action), " ")
	change := map[string]string{"Action": name, "Version": versionOf(action), "SignatureNonce": c.t.Name() + strconv.FormatInt(c.calls.Add(1), 10)}
	for pair := range strings.SplitSeq(params, "&") {
		if name, value, ok := strings.Cut(pair, "="); ok {
			change[name] = value
		}
	}
	body := signed(c.t, http.MethodPost, change).Encode()
	request, err := http.NewRequestWithContext(context.WithoutCancel(c.t.Context()), http.MethodPost, c.s.URL(), strings.NewReader(body))
	if err != nil {
		c.t.Fatal(err)
	}
	request.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	response, err := http.DefaultClient.Do(request)
	if err != nil {
		return said{}, err
	}
	text, err := io.ReadAll(response.Body)
	if err != nil || response.Body.Close() != nil {
		return said{}, err
	}
	a := said{status: response.StatusCode, header: response.Header, text: string(text)}
	if json.Unmarshal(text, &a.fields) != nil {
		a.fields = nil
	}
	return a, nil
}

// want sends an action, insists on the vendor's code ("" for success) and gives the answer.
func (c *client) want(code, action, params string) said {
	c.t.Helper()
	a, err := c.try(action, params)
	if err != nil {
		c.t.Fatal(err)
	}
	if got := a.code(); got != code || (code == "") != (a.status == http.StatusOK) {
		c.t.Errorf("%s %s: got %d %q, want %q", action, params, a.status, got, code)
	}
	return a
}

func (a said) code() string {
	if a.at("Code") == nil || a.at("Success") == true { // some products say so of success, too
		return ""
	}
	return fmt.Sprint(a.at("Code"))
}

// at follows a path, "Disks.Disk.0.Status"; nil where it leads nowhere.
func (a said) at(path string) any {
	here := a.fields
	for step := range strings.SplitSeq(path, ".") {
		switch v := here.(type) {
		case map[string]any:
			here = v[step]
		case []any:
			n, err := strconv.Atoi(step)
			if err != nil || n >= len(v) {
				return nil
			}
			here = v[n]
		default:
			return nil
		}
	}
	return here
}

// id is at, for what must be text.
func (a said) id(t *testing.T, path string) string {
	t.Helper()
	id, ok := a.at(path).(string)
	if !ok || id == "" {
		t.Fatalf("no %s in %s", path, a.text)
	}
	return id
}

// is compares what stands at each path, as it prints.
func (a said) is(t *testing.T, want map[string]any) {
	t.Helper()
	for path, value := range want {
		if got := a.at(path); fmt.Sprint(got) != fmt.Sprint(value) {
			t.Errorf("%s is %v, want %v", path, got, value)
		}
	}
}

// actionOf puts the product before an action that only one of them has.
func actionOf(action string) string {
	for name := range operations() {
		if strings.HasSuffix(name, " "+action) {
			return name
		}
	}
	if !strings.Contains(action, " ") {
		return "ecs " + action // one that nobody has
	}
	return action
}

func versionOf(action string) string {
	asked, _, _ := strings.Cut(actionOf(action), " ")
	for _, version := range []string{"2014-05-26", "2016-04-28", "2014-08-15", "2015-01-09", "2019-01-01", "2015-04-01", "2017-12-14", "2014-05-15"} {
		if product(version) == asked {
			return version
		}
	}
	return "2014-05-26"
}

const (
	here = "cn-beijing"
	zone = "cn-beijing-h"
)

// network is what a server needs: the parameters that put one there.
func (c *client) network() string {
	c.t.Helper()
	vpc := c.want("", "CreateVpc", "CidrBlock=10.0.0.0/16").id(c.t, "VpcId")
	vswitch := c.want("", "CreateVSwitch", "VpcId="+vpc+"&ZoneId="+zone+"&CidrBlock=10.0.0.0/20").id(c.t, "VSwitchId")
	group := c.want("", "CreateSecurityGroup", "VpcId="+vpc).id(c.t, "SecurityGroupId")
	return "InstanceType=ecs.g7.large&ImageId=aliyun_3&SecurityGroupId=" + group + "&VSwitchId=" + vswitch
}

// server is a server with a data disk of 100 GiB; more is added to its order.
func (c *client) server(network, more string) string {
	c.t.Helper()
	return c.want("", "RunInstances", network+"&DataDisk.1.Size=100&"+more).id(c.t, "InstanceIdSets.InstanceIdSet.0")
}

// database is a database that runs, in its own network.
func (c *client) database() string {
	c.t.Helper()
	vpc := c.want("", "CreateVpc", "CidrBlock=10.1.0.0/16").id(c.t, "VpcId")
	vswitch := c.want("", "CreateVSwitch", "VpcId="+vpc+"&ZoneId="+zone+"&CidrBlock=10.1.0.0/20").id(c.t, "VSwitchId")
	return c.want("", "CreateDBInstance", "DBInstanceClass=c&DBInstanceNetType=Intranet&Engine=MySQL&EngineVersion=8.0&"+
		"SecurityIPList=10.0.0.0/8&DBInstanceStorage=20&PayType=Postpaid&VPCId="+vpc+"&VSwitchId="+vswitch+"&ZoneId="+zone).id(c.t, "DBInstanceId")
}

// deletes asks that the server be deleted although it runs.
func (c *client) deletes(server string) {
	c.t.Helper()
	c.want("", "DeleteInstance", "InstanceId="+server+"&Force=true")
}

// list writes ids as the vendor's JSON parameters want them.
func list(ids ...string) string { return `["` + strings.Join(ids, `","`) + `"]` }
