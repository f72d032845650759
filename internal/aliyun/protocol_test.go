package aliyun

import (
	"errors"
	"maps"
	"net/http"
	"path/filepath"
	"testing"

	"github.com/aliyun/alibaba-cloud-sdk-go/sdk/requests"
	"github.com/aliyun/alibaba-cloud-sdk-go/sdk/responses"
	"github.com/aliyun/alibaba-cloud-sdk-go/services/ecs"
	"github.com/aliyun/alibaba-cloud-sdk-go/services/rds"
	"github.com/aliyun/alibaba-cloud-sdk-go/services/vpc"

	"lvyue/internal/aliyunsim"
	"lvyue/internal/hosting"
)

// This file asks the simulator, through the vendor's own client, for what the adapter never does.

// code sends the request and gives the vendor's error code, "" for success.
func (b *bench) code(t *testing.T, request requests.AcsRequest) (string, int) {
	t.Helper()
	err := b.do(t.Context(), hosting.DefaultRegion, request, responses.NewCommonResponse())
	if e, ok := errors.AsType[*Error](err); ok {
		return e.Code, e.HTTPStatus
	}
	if err != nil {
		t.Fatal(err)
	}
	return "", http.StatusOK
}

func TestSimulator_RefusesParametersThatTheVendorWouldIgnore(t *testing.T) {
	t.Parallel()
	b := setup(t, 0)
	tests := map[string]struct {
		add  map[string]string
		want string
	}{
		"known":          {map[string]string{"VpcName": "main"}, ""},
		"common":         {map[string]string{"OwnerId": "1"}, ""},
		"misspelt":       {map[string]string{"VPCName": "main"}, "InvalidParameter"},
		"counted":        {map[string]string{"Tag.1.Key": "a", "Tag.1.Value": "b"}, ""},
		"counted from 0": {map[string]string{"Tag.0.Key": "a"}, "InvalidParameter"},
		"not simulated":  {map[string]string{"EnableIpv6": "true"}, "InvalidParameter.NotSimulated"},
		"bad block":      {map[string]string{"CidrBlock": "10.0.0.0/40"}, "InvalidCidrBlock.Malformed"},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			request := vpc.CreateCreateVpcRequest()
			maps.Copy(request.QueryParams, tt.add)
			if got, _ := b.code(t, request); got != tt.want {
				t.Errorf("got %q, want %q", got, tt.want)
			}
		})
	}
}

func TestSimulator_RefusesMissingAndMistypedParameters(t *testing.T) {
	t.Parallel()
	b := setup(t, 0)
	if got, _ := b.code(t, vpc.CreateDeleteVpcRequest()); got != "MissingParameter" {
		t.Errorf("without an id: %q", got)
	}
	page := vpc.CreateDescribeVpcsRequest()
	page.PageNumber = "one"
	if got, _ := b.code(t, page); got != "InvalidParameter" {
		t.Errorf("page one: %q", got)
	}
	for size, want := range map[int]string{0: "InvalidParameter", 1: "", 50: "", 51: "InvalidParameter"} {
		request := vpc.CreateDescribeVpcsRequest()
		request.PageSize = requests.NewInteger(size)
		if got, _ := b.code(t, request); got != want {
			t.Errorf("page size %d: %q, want %q", size, got, want)
		}
	}
	if got, status := b.code(t, ecs.CreateDescribeZonesRequest()); got != "InvalidAction.NotFound" || status != 404 {
		t.Errorf("an action that is not simulated: %q %d", got, status)
	}
}

func TestSimulator_EnforcesTheOrderOfDeletion(t *testing.T) {
	t.Parallel()
	b := setup(t, 0)
	have := standing(b.ensure(t))
	network, subnet, group := vpc.CreateDeleteVpcRequest(), vpc.CreateDeleteVSwitchRequest(), ecs.CreateDeleteSecurityGroupRequest()
	network.VpcId, subnet.VSwitchId = have.id(hosting.VPC), have.id(hosting.VSwitch)
	group.SecurityGroupId = have.id(hosting.SecurityGroup)
	server := ecs.CreateDeleteInstanceRequest()
	server.InstanceId = have.id(hosting.Server)
	for _, request := range []requests.AcsRequest{network, subnet, group, server} {
		got, _ := b.code(t, request)
		if classify(got, http.StatusForbidden) != waiting {
			t.Errorf("%s: %q", request.GetActionName(), got)
		}
	}
	if b.sim.Left() != 5 {
		t.Errorf("%d of 5 are there", b.sim.Left())
	}
}

func TestSimulator_SaysWhatIsNotThere(t *testing.T) {
	t.Parallel()
	b := setup(t, 0)
	network, subnet, group := vpc.CreateDeleteVpcRequest(), vpc.CreateDeleteVSwitchRequest(), ecs.CreateDeleteSecurityGroupRequest()
	network.VpcId, subnet.VSwitchId, group.SecurityGroupId = "vpc-x", "vsw-x", "sg-x"
	server, database := ecs.CreateDeleteInstanceRequest(), rds.CreateDeleteDBInstanceRequest()
	server.InstanceId, database.DBInstanceId = "i-x", "rm-x"
	for _, request := range []requests.AcsRequest{network, subnet, group, server, database} {
		got, status := b.code(t, request)
		if classify(got, status) != absent || status != http.StatusNotFound {
			t.Errorf("%s: %q %d", request.GetActionName(), got, status)
		}
	}
}

func TestSimulator_OneTokenIsOneOrder(t *testing.T) {
	t.Parallel()
	b := setup(t, 0)
	order := func(name string) *vpc.CreateVpcRequest {
		request := vpc.CreateCreateVpcRequest()
		request.ClientToken, request.VpcName = "token-1", name
		return request
	}
	for range 2 {
		if got, _ := b.code(t, order("main")); got != "" {
			t.Errorf("the same order: %q", got)
		}
	}
	if got, _ := b.code(t, order("other")); got != "IdempotentParameterMismatch" {
		t.Errorf("another order under the token: %q", got)
	}
	if b.sim.Created() != 1 {
		t.Errorf("%d created", b.sim.Created())
	}
}

func TestSimulator_RefusesAReplayedRequest(t *testing.T) {
	t.Parallel()
	b := setup(t, 0)
	var address string
	spy := roundTrip(func(r *http.Request) { address = r.URL.String() })
	if _, err := cloudAt(t, b.sim.URL(), spy).Find(t.Context(), "HT-2025-001", "", nil); err == nil {
		t.Fatal("the spy let the request through")
	}
	for i, want := range []int{http.StatusOK, http.StatusBadRequest} {
		request, err := http.NewRequestWithContext(t.Context(), http.MethodPost, address, nil)
		if err != nil {
			t.Fatal(err)
		}
		response, err := http.DefaultClient.Do(request)
		if err != nil {
			t.Fatal(err)
		}
		if response.StatusCode != want || response.Body.Close() != nil {
			t.Errorf("sending %d: %s", i+1, response.Status)
		}
	}
}

func TestSimulator_KeepsTheAccountOverARestart(t *testing.T) {
	t.Parallel()
	b := &bench{plan: planOf("HT-2025-001")}
	options := aliyunsim.Options{
		AccessKeyID: testKey, AccessKeySecret: testSecret, StateFile: filepath.Join(t.TempDir(), "account.json"),
	}
	var first []hosting.Resource
	for range 2 {
		sim, err := aliyunsim.Start(options)
		if err != nil {
			t.Fatal(err)
		}
		b.sim, b.Cloud = sim, cloudAt(t, sim.URL(), nil)
		pieces := b.ensure(t)
		if first == nil {
			first = pieces
		}
		if sim.Created() != 5 || pieces[4] != first[4] {
			t.Errorf("%d created, %+v", sim.Created(), pieces)
		}
		if err := sim.Close(); err != nil {
			t.Error(err)
		}
	}
}
