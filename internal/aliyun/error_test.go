package aliyun

import (
	"context"
	"errors"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"github.com/aliyun/alibaba-cloud-sdk-go/services/ecs"

	"lvyue/internal/hosting"
	"lvyue/internal/refusal"
)

// vendorSaying is a vendor that answers everything in the same way.
func vendorSaying(t *testing.T, status int, body string) *Cloud {
	t.Helper()
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		w.WriteHeader(status)
		_, _ = w.Write([]byte(body))
	}))
	t.Cleanup(server.Close)
	return cloudAt(t, server.URL, nil)
}

func findError(t *testing.T, ctx context.Context, c *Cloud) *Error { //nolint:revive // t first, as everywhere
	t.Helper()
	_, err := c.Find(ctx, "HT-2025-001", "", nil)
	var e *Error
	if !errors.As(err, &e) {
		t.Fatalf("got %v, want an *Error", err)
	}
	return e
}

func TestError_PermanentOnlyWhenRepeatingIsOfNoUse(t *testing.T) {
	t.Parallel()
	tests := []struct {
		status    int
		code      string
		permanent bool
		refusal   string
	}{
		{400, "Throttling.User", false, "aliyun_unavailable"},
		{503, "ServiceUnavailable", false, "aliyun_unavailable"},
		{500, "SomethingNew", false, "aliyun_unavailable"},
		{400, "SomethingNew", true, "aliyun_refused"},
		{400, "LastTokenProcessing", false, "aliyun_unavailable"},
		{403, "IncorrectInstanceStatus.Initializing", false, "aliyun_unavailable"},
		{403, "IncorrectDBInstanceState", false, "aliyun_unavailable"},
		{400, "DependencyViolation.VSwitch", false, "aliyun_unavailable"},
		{404, "InvalidVswitchID.NotFound", false, "aliyun_unavailable"},
		{404, "InvalidAccessKeyId.NotFound", true, "aliyun_refused"},
		{403, "OperationDenied.NoStock", true, "aliyun_no_stock"},
		{400, "InsufficientBalance", true, "aliyun_no_money"},
		{400, "IdempotentParameterMismatch", true, "aliyun_refused"},
		{403, "OperationDenied.DeletionProtection", true, "aliyun_refused"},
	}
	for _, tt := range tests {
		t.Run(tt.code, func(t *testing.T) {
			t.Parallel()
			e := findError(t, t.Context(), vendorSaying(t, tt.status, `{"Code":"`+tt.code+`","Message":"no","RequestId":"R-1"}`))
			if e.Permanent() != tt.permanent || e.Refusal().Code != tt.refusal {
				t.Errorf("permanent %t, refusal %s", e.Permanent(), e.Refusal().Code)
			}
			if e.Code != tt.code || e.RequestID != "R-1" || e.HTTPStatus != tt.status {
				t.Errorf("got %+v", e)
			}
		})
	}
}

// A throttled call is repeated when the vendor says, not before; any other one when we think fit.
func TestError_WaitsAsLongAsTheVendorAsks(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		code, header string
		want         time.Duration
	}{
		{"Throttling.User", "1500", 1500 * time.Millisecond},
		{"Throttling.User", "60000", time.Minute},
		{"Throttling.User", "60001", time.Minute},
		{"Throttling.User", "", 0},
		{"Throttling.User", "-1", 0},
		{"Throttling.User", "soon", 0},
		{"InvalidParameter", "1500", 0},
	} {
		server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
			if tt.header != "" {
				w.Header().Set("X-Acs-Retry-After", tt.header)
			}
			w.WriteHeader(http.StatusBadRequest)
			_, _ = w.Write([]byte(`{"Code":"` + tt.code + `","Message":"no","RequestId":"R-1"}`))
		}))
		t.Cleanup(server.Close)
		if got := findError(t, t.Context(), cloudAt(t, server.URL, nil)).RetryAfter(); got != tt.want {
			t.Errorf("%s %q: %s, want %s", tt.code, tt.header, got, tt.want)
		}
	}
}

// §7.2: an unknown access key answers 404, which must not read as "gone".
func TestDestroy_AWrongKeyIsNoProofOfAbsence(t *testing.T) {
	t.Parallel()
	c := vendorSaying(t, 404, `{"Code":"InvalidAccessKeyId.NotFound","Message":"Specified access key is not found."}`)
	if _, err := c.Destroy(t.Context(), "HT-2025-001", "", nil); err == nil {
		t.Error("destroyed with an unknown key")
	}
}

func TestError_TheLibrarysPanicIsAnErrorOfUnknownOutcome(t *testing.T) {
	t.Parallel()
	e := findError(t, t.Context(), vendorSaying(t, 400, `{"Code":400,"Message":"not text"}`))
	if e.Permanent() || !strings.Contains(e.Error(), "panicked") {
		t.Errorf("got %v", e)
	}
}

func TestError_AnUnreadableAnswerMayBeAskedAgain(t *testing.T) {
	t.Parallel()
	if e := findError(t, t.Context(), vendorSaying(t, 200, `<html>maintenance</html>`)); e.Permanent() {
		t.Errorf("got %v", e)
	}
}

// An error is kept in histories and evidence: a page of HTML in the vendor's place must not fill them.
func TestError_IsKeptShort(t *testing.T) {
	t.Parallel()
	for status, body := range map[int]string{502: "<html>" + strings.Repeat("文", 1<<20), 400: `{"Code":400,"Message":"` + strings.Repeat("x", 1<<20) + `"}`} {
		e := findError(t, t.Context(), vendorSaying(t, status, body))
		if len(e.Error()) > longestMessage+200 || e.Permanent() || !utf8.ValidString(e.Error()) {
			t.Errorf("%d: %d bytes, permanent %t", status, len(e.Error()), e.Permanent())
		}
	}
	if exact := strings.Repeat("x", longestMessage); brief(exact) != exact || brief(exact+"x") != exact+"…" {
		t.Error("the bound is not kept")
	}
}

// What a command said is told in its last lines, without a secret.
func TestGrow_TellsTheLastOfAFailedCommand(t *testing.T) {
	t.Parallel()
	b := setup(t, 0)
	known := standing(b.ensure(t))
	g := b.growth(100*time.Hour, known)
	g.To = hosting.Shape{ServerDiskGB: 800}
	c := b.through(t, func(action string, _ url.Values) *http.Response {
		if action == "DescribeInvocationResults" {
			return says(http.StatusOK, `{"Invocation":{"TotalCount":1,"InvocationResults":{"InvocationResult":[{"InvocationStatus":"Failed",
				"ExitCode":3,"Output":"`+strings.Repeat(`noise\n`, 5000)+`key `+testSecret+`\nno space"}]}}}`)
		}
		return nil
	})
	_, err := c.Grow(t.Context(), g)
	if codeOf(err) != "aliyun_refused" || len(err.Error()) > 400 || !strings.Contains(err.Error(), "key [redacted] | no space") {
		t.Errorf("got %v", err)
	}
}

func TestError_CarriesNoCredential(t *testing.T) {
	t.Parallel()
	b := setup(t, 0)
	impostor, err := New(Config{AccessKeyID: testKey, AccessKeySecret: "guessed-secret", Endpoint: b.sim.URL()})
	if err != nil {
		t.Fatal(err)
	}
	gone := httptest.NewServer(http.NotFoundHandler())
	gone.Close()
	for name, c := range map[string]*Cloud{
		"refused": impostor,
		"network": cloudAt(t, gone.URL, nil),
		"echo":    vendorSaying(t, 400, `{"Code":"Odd","Message":"you sent AccessKeyId%3D`+testKey+`%26Signature=abc%2B&Password=pw `+testSecret+`"}`),
	} {
		for _, text := range []string{findError(t, t.Context(), c).Error(), findError(t, t.Context(), c).Refusal().Sentence("zh")} {
			for _, secret := range []string{testKey, testSecret, "guessed-secret", "Signature=a", "=pw", "Timestamp", "SignatureNonce"} {
				if strings.Contains(text, secret) {
					t.Errorf("%s: %q holds %q", name, text, secret)
				}
			}
		}
	}
}

func TestError_AWrongSecretIsRefused(t *testing.T) {
	t.Parallel()
	b := setup(t, 0)
	impostor, err := New(Config{AccessKeyID: testKey, AccessKeySecret: "guessed-secret", Endpoint: b.sim.URL()})
	if err != nil {
		t.Fatal(err)
	}
	if e := findError(t, t.Context(), impostor); e.Code != "SignatureDoesNotMatch" || !e.Permanent() {
		t.Errorf("got %v", e)
	}
}

func TestNew_NeedsAKey(t *testing.T) {
	t.Parallel()
	_, err := New(Config{AccessKeyID: testKey})
	if r, ok := refusal.As(err); !ok || !r.Input || r.Code != "aliyun_key_missing" {
		t.Errorf("got %v", err)
	}
}

func TestCalls_EndWithTheirContext(t *testing.T) {
	t.Parallel()
	reached := make(chan struct{}, 1)
	server := httptest.NewServer(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
		reached <- struct{}{}
		<-r.Context().Done()
	}))
	t.Cleanup(server.Close)
	ctx, cancel := context.WithCancel(t.Context())
	go func() {
		<-reached
		cancel()
	}()
	started := time.Now()
	e := findError(t, ctx, cloudAt(t, server.URL, nil))
	if !errors.Is(e, context.Canceled) || e.Permanent() || time.Since(started) > patience/3 {
		t.Errorf("after %s: %v", time.Since(started), e)
	}
}

func TestCalls_GoToTheVendorOverHTTPSWithoutAnEndpoint(t *testing.T) {
	t.Parallel()
	var seen string
	c, err := New(Config{AccessKeyID: testKey, AccessKeySecret: testSecret, Transport: roundTrip(func(r *http.Request) {
		seen = r.URL.Scheme + "://" + r.URL.Host
	})})
	if err != nil {
		t.Fatal(err)
	}
	err = c.do(t.Context(), "cn-beijing", ecs.CreateDescribeInstancesRequest(), ecs.CreateDescribeInstancesResponse())
	if err == nil || seen != "https://ecs.cn-beijing.aliyuncs.com" && seen != "https://ecs-cn-hangzhou.aliyuncs.com" {
		t.Errorf("the call went to %s (%v)", seen, err)
	}
}

// roundTrip looks at a request and sends it nowhere.
type roundTrip func(*http.Request)

func (f roundTrip) RoundTrip(r *http.Request) (*http.Response, error) {
	f(r)
	return nil, errCut
}

// §7.2: an answer that says nothing is no proof that nothing is left.
func TestFind_AnEmptyAnswerIsNoProofOfAbsence(t *testing.T) {
	t.Parallel()
	for _, body := range []string{
		`{}`, `{"Message":"maintenance"}`, `{"RequestId":"","TotalCount":0}`, `{"RequestId":"R-1","TotalCount":7,"Vpcs":{"Vpc":[]}}`,
	} {
		e := findError(t, t.Context(), vendorSaying(t, http.StatusOK, body))
		if e.Permanent() {
			t.Errorf("%s is not asked again: %v", body, e)
		}
	}
}
