package aliyun

import (
	"bytes"
	"io"
	"maps"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"lvyue/internal/aliyunsim"
	"lvyue/internal/hosting"
)

// given answers some calls as the real one does and the simulator cannot; nil leaves the call to the simulator.
type given func(action string, form url.Values) *http.Response

func (v given) RoundTrip(r *http.Request) (*http.Response, error) {
	body, err := io.ReadAll(r.Body)
	if err != nil {
		return nil, err
	}
	r.Body = io.NopCloser(bytes.NewReader(body))
	form, err := url.ParseQuery(string(body))
	if err != nil {
		return nil, err
	}
	maps.Copy(form, r.URL.Query())
	if answer := v(form.Get("Action"), form); answer != nil {
		answer.Request = r
		return answer, nil
	}
	return http.DefaultTransport.RoundTrip(r)
}

// says is an answer of the vendor; its body lacks the request id alone.
func says(status int, body string) *http.Response {
	return &http.Response{
		StatusCode: status, Status: strconv.Itoa(status), Proto: "HTTP/1.1", ProtoMajor: 1, ProtoMinor: 1,
		Header: http.Header{"Content-Type": {"application/json"}},
		Body:   io.NopCloser(strings.NewReader(`{"RequestId":"request-1",` + strings.TrimPrefix(body, "{"))),
	}
}

// refuses is an error answer.
func refuses(status int, code string) *http.Response {
	return says(status, `{"HostId":"h","Code":"`+code+`","Message":"`+code+` it is"}`)
}

// through is the bench's client with the vendor's own answers in between.
func (b *bench) through(t *testing.T, v given) *Cloud {
	t.Helper()
	c := cloudAt(t, b.sim.URL(), v)
	c.config.Clock = b.clock
	return c
}

// destroyThrough destroys as long as there is something to come, and gives what is left and the error that ends it.
func (b *bench) destroyThrough(t *testing.T, c *Cloud, known []hosting.Resource) ([]hosting.Resource, error) {
	t.Helper()
	for range 12 {
		left, err := c.Destroy(t.Context(), b.plan.Contract, "", known)
		if err != nil || len(left) == 0 {
			return left, err
		}
		known = hosting.Both(known, left)
	}
	t.Fatal("it comes to no end and tells nothing")
	return nil, nil
}

// §7.2: a refusal at one piece keeps nothing from being destroyed that can be, whatever holds data before all; it is told when
// nothing else is left to do.
func TestDestroy_OneRefusalKeepsNothingElse(t *testing.T) {
	t.Parallel()
	for action, kinds := range map[string][]hosting.Kind{
		"DeleteInstance":      {hosting.VPC, hosting.VSwitch, hosting.SecurityGroup, hosting.Server, hosting.Disk},
		"DeleteDBInstance":    {hosting.VPC, hosting.VSwitch, hosting.SecurityGroup, hosting.Database},
		"ReleaseEipAddress":   {hosting.EIP},
		"DeleteDomainRecord":  {hosting.EIP, hosting.Record},
		"DeleteSecurityGroup": {hosting.VPC, hosting.SecurityGroup},
	} {
		t.Run(action, func(t *testing.T) {
			t.Parallel()
			b := systemBench(t, aliyunsim.Options{})
			known := standing(b.ensure(t))
			c := b.through(t, func(asked string, _ url.Values) *http.Response {
				if asked == action {
					return refuses(http.StatusForbidden, "Account.NotAllowed")
				}
				return nil
			})
			left, err := b.destroyThrough(t, c, known)
			for _, r := range left {
				if !slices.Contains(kinds, r.Kind) {
					t.Errorf("%s %s is still there", r.Kind, r.ID)
				}
			}
			if codeOf(err) != "aliyun_refused" || len(left) < len(kinds) {
				t.Errorf("it ends with %v, and %+v left", err, left)
			}
		})
	}
}

// §7.2: a name of record in a domain that is not configured any more cannot be seen: all else is destroyed, the address that it
// may lead to stays, and a person is told.
func TestDestroy_AForgottenDomainIsNoProofOfAbsence(t *testing.T) {
	t.Parallel()
	for _, domain := range []string{"other.cn", ""} {
		b := systemBench(t, aliyunsim.Options{})
		known := standing(b.ensure(t))
		b.config.Domain = domain
		left, err := b.destroyThrough(t, b.Cloud, known)
		if codeOf(err) != "aliyun_unclear" || len(left) != 1 || left[0].Kind != hosting.EIP {
			t.Errorf("with %q: %+v left (%v)", domain, left, err)
		}
		b.config.Domain = testDomain
		if left, err = b.destroyThrough(t, b.Cloud, known); err != nil || len(left) != 0 || b.sim.Left() != 0 {
			t.Errorf("with the domain again: %+v left (%v)", left, err)
		}
	}
}

// §7.2: a network interface that somebody made keeps the network: it is found there and deleted, once no server has it. What
// only waits says with its status what the vendor said.
func TestDestroy_ClearsTheNetworkOfInterfaces(t *testing.T) {
	t.Parallel()
	b := setup(t, 0)
	known := standing(b.ensure(t))
	for _, server := range []string{"", known.id(hosting.Server)} {
		if _, err := b.sim.PlantNetworkInterface(known.id(hosting.VSwitch), server); err != nil {
			t.Fatal(err)
		}
	}
	busy := b.through(t, func(action string, _ url.Values) *http.Response {
		if action == "DeleteNetworkInterface" {
			return refuses(http.StatusForbidden, "InvalidOperation.InvalidEniState")
		}
		return nil
	})
	var left []hosting.Resource
	var err error
	for range 3 {
		left, err = busy.Destroy(t.Context(), b.plan.Contract, "", known)
		known = hosting.Both(known, left)
	}
	waiting := standing(left).of(hosting.NetworkInterface)
	if err != nil || len(waiting) != 2 || !strings.HasPrefix(waiting[1].Status, "Available: ") || !strings.Contains(waiting[1].Status, "InvalidEniState") {
		t.Errorf("while they are in use: %+v (%v)", left, err)
	}
	if left := b.destroyAll(t, known); len(left) != 0 || b.sim.Left() != 0 {
		t.Errorf("left %+v; the vendor has %d", left, b.sim.Left())
	}
}

// §7.2: one on a stranger's server is for a person.
func TestDestroy_LeavesAStrangersNetworkInterface(t *testing.T) {
	t.Parallel()
	b := setup(t, 0)
	known := standing(b.ensure(t))
	others, err := b.Ensure(t.Context(), planOf("OTHER-1"))
	if err != nil {
		t.Fatal(err)
	}
	id, err := b.sim.PlantNetworkInterface(known.id(hosting.VSwitch), standing(others).id(hosting.Server))
	if err != nil {
		t.Fatal(err)
	}
	left, err := b.destroyThrough(t, b.Cloud, known)
	if codeOf(err) != "aliyun_unclear" || !standing(left).has(id) || len(standing(left).of(hosting.Server)) != 0 {
		t.Errorf("%+v left (%v)", left, err)
	}
}

// §7.2: while nothing moves, one look says what the last one said: what waits is told of with its reason, and no number of
// a request makes it look as if it had moved.
func TestDestroy_SaysTheSameWhileNothingMoves(t *testing.T) {
	t.Parallel()
	b := systemBench(t, aliyunsim.Options{DeployTakes: time.Hour})
	known := b.ensure(t)
	var last []hosting.Resource
	for range 4 {
		left, err := b.Destroy(t.Context(), b.plan.Contract, "", known)
		if err != nil {
			t.Fatal(err)
		}
		if known = hosting.Both(known, left); slices.Equal(left, last) {
			database := standing(left).of(hosting.Database)
			if len(database) != 1 || !strings.Contains(database[0].Status, "OperationDenied.DBInstanceStatus") {
				t.Errorf("the database is told of as %+v", database)
			}
			return
		}
		last = left
	}
	t.Errorf("it never says the same twice: %+v", last)
}
