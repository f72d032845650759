// Package aliyun creates, finds and destroys a contract's resources at Aliyun (§3.2, §7.2). It is the only
// importer of the vendor's client library. Every method looks once and returns: it never polls, and repeats no
// call but one that is turned away for a moment because too much is asked. All are safe for concurrent use and
// safe to repeat, also after a crash at any point: orders carry a token that follows from the contract, and what
// exists is found again by its tag.
package aliyun

import (
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"strings"
	"time"

	"github.com/aliyun/alibaba-cloud-sdk-go/sdk"
	"github.com/aliyun/alibaba-cloud-sdk-go/sdk/auth"
	"github.com/aliyun/alibaba-cloud-sdk-go/sdk/auth/credentials"
	"github.com/aliyun/alibaba-cloud-sdk-go/sdk/requests"
	"github.com/aliyun/alibaba-cloud-sdk-go/sdk/responses"
	"github.com/aliyun/alibaba-cloud-sdk-go/services/bssopenapi"
	"github.com/aliyun/alibaba-cloud-sdk-go/services/ecs"
	"github.com/aliyun/alibaba-cloud-sdk-go/services/rds"
	"github.com/aliyun/alibaba-cloud-sdk-go/services/slb"
	"github.com/aliyun/alibaba-cloud-sdk-go/services/sts"
	"github.com/aliyun/alibaba-cloud-sdk-go/services/vpc"

	"lvyue/internal/refusal"
)

// patience bounds one call: the vendor's own client allows RunInstances 86 seconds.
const patience = 90 * time.Second

// Config says whose account is used, and where.
type Config struct {
	AccessKeyID, AccessKeySecret string
	// SecurityToken is set for temporary credentials only.
	SecurityToken string
	// Endpoint is "" for the real Aliyun, over HTTPS; else the simulator's host:port or http:// address.
	Endpoint string
	// ImageID is the image from which servers start: one that has the command suite. Default: the newest of ImageFamily.
	ImageID string
	// ImageFamily counts without an ImageID. Default: Alibaba Cloud Linux 3.
	ImageFamily string
	// Secret is what the tokens and passwords of all systems follow from (suite.Token). Without one no system is installed.
	Secret string
	// Domain is the domain of ours in which systems may have their names, "example.com". Default: none; then nothing is
	// asked of the vendor's DNS. Names that lie elsewhere are their owners' to lead.
	Domain string
	// Transport carries the calls. Default: a copy of Go's own.
	Transport http.RoundTripper
	// Clock tells from when on the rest of a term is priced (§5.7), and which backups are fresh. Default: the machine's.
	Clock func() time.Time
}

// Cloud is one Aliyun account.
type Cloud struct {
	config     Config
	credential auth.Credential
	secrets    secrets
}

// New checks that the configuration names an account; it calls nobody.
func New(config Config) (*Cloud, error) {
	if config.AccessKeyID == "" || config.AccessKeySecret == "" {
		return nil, refusal.BadInput("aliyun_key_missing",
			"没有配置阿里云的 AccessKey", "no Aliyun access key is configured",
			refusal.Wrong("aliyun.access_key", "ID 和 Secret 都必须填写", "both the id and the secret are needed"))
	}
	config.Endpoint = strings.TrimPrefix(config.Endpoint, "http://")
	config.Domain = strings.ToLower(strings.Trim(config.Domain, "."))
	config.ImageFamily = cmp.Or(config.ImageFamily, "acs:alibaba_cloud_linux_3_2104_lts_x64")
	if config.Clock == nil {
		config.Clock = time.Now
	}
	if config.Transport == nil {
		config.Transport = ownTransport()
	}
	return &Cloud{config: config, credential: credential(config), secrets: hide(config)}, nil
}

func (c *Cloud) now() time.Time { return c.config.Clock() }

// ownTransport is a copy, so that nobody else's settings reach it. It takes the place of the library's own
// proxy handling, which would send even calls to this machine through a proxy.
func ownTransport() http.RoundTripper {
	if standard, ok := http.DefaultTransport.(*http.Transport); ok {
		return standard.Clone()
	}
	return http.DefaultTransport
}

func credential(config Config) auth.Credential {
	if config.SecurityToken != "" {
		return credentials.NewStsTokenCredential(config.AccessKeyID, config.AccessKeySecret, config.SecurityToken)
	}
	return credentials.NewAccessKeyCredential(config.AccessKeyID, config.AccessKeySecret)
}

// hosts are the vendor's addresses by product and region, read while the program is still single-threaded: the
// library builds them lazily and without a lock.
//
//nolint:gochecknoglobals // see above: must run before any goroutine
var hosts = map[string]map[string]string{
	"Ecs": ecs.GetEndpointMap(), "Vpc": vpc.GetEndpointMap(), "Rds": rds.GetEndpointMap(), "Sts": sts.GetEndpointMap(),
	"BssOpenApi": bssopenapi.GetEndpointMap(), "Slb": slb.GetEndpointMap(),
}

// only is the address of a product for which the library has no rule; "" for all others.
func only(product, region string) string {
	switch product {
	case "Alidns":
		return "alidns.aliyuncs.com"
	case "Cms":
		return "metrics." + region + ".aliyuncs.com"
	}
	return ""
}

// send sends a request once.
func (c *Cloud) send(ctx context.Context, region string, request requests.AcsRequest, response responses.AcsResponse) (err error) { //nolint:nonamedreturns // recover sets it
	action := request.GetActionName()
	defer func() {
		// The library trusts the shape of error bodies and panics on others. What became of the call is unknown.
		if p := recover(); p != nil {
			err = &Error{Action: action, Message: brief(c.secrets.redact(fmt.Sprint("the client library panicked: ", p)))}
		}
	}()
	ctx, cancel := context.WithTimeout(ctx, patience)
	defer cancel()
	client, err := c.client(ctx, region, request.GetProduct())
	if err != nil {
		return c.failure(ctx, action, err)
	}
	if err := client.DoAction(request, response); err != nil {
		return c.failure(ctx, action, err)
	}
	return whole(action, response)
}

// whole refuses an answer that is not the vendor's: every one of theirs bears a request id. An empty one would read as a
// list of nothing, and nothing is what a destruction hopes to find.
func whole(action string, response responses.AcsResponse) error {
	var answer struct {
		RequestID string `json:"RequestId"`
	}
	if err := json.Unmarshal(response.GetHttpContentBytes(), &answer); err != nil || answer.RequestID == "" {
		return &Error{Action: action, HTTPStatus: response.GetHttpStatus(), Message: "the answer bears no request id"}
	}
	return nil
}

// client makes a client for one call, since the library's are not safe to share between goroutines. They share
// the transport, and with it the connections.
func (c *Cloud) client(ctx context.Context, region, product string) (*sdk.Client, error) {
	config := sdk.NewConfig().WithAutoRetry(false).WithTimeout(patience).WithScheme("HTTPS")
	if c.config.Endpoint != "" {
		config = config.WithScheme("HTTP")
	}
	config.Transport = bound{ctx: ctx, to: c.config.Transport}
	client, err := sdk.NewClientWithOptions(region, config, c.credential)
	if err != nil {
		return nil, fmt.Errorf("make a client for %s: %w", region, err)
	}
	client.Domain = cmp.Or(c.config.Endpoint, only(product, region))
	client.SetEndpointRules(hosts[product], "regional", "public")
	client.SetCloseTrace(true) // its traces would carry signatures
	return client, nil
}

// bound gives the library's calls the context that its interface has no room for.
type bound struct {
	ctx context.Context //nolint:containedctx // lives for one call
	to  http.RoundTripper
}

// RoundTrip sends the request under the call's context.
func (b bound) RoundTrip(request *http.Request) (*http.Response, error) {
	return b.to.RoundTrip(request.WithContext(b.ctx)) //nolint:wrapcheck // wrapped once, in failure
}
