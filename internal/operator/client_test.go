package operator_test

import (
	"context"
	"errors"
	"io"
	"maps"
	"net/http"
	"net/http/httptest"
	"reflect"
	"strings"
	"sync"
	"testing"
	"time"

	"lvyue/internal/hosting"
	"lvyue/internal/operator"
	"lvyue/internal/suite"
	"lvyue/internal/suitesim"
)

const (
	secret   = "the provider's"
	contract = "HT-2026-001"
)

// place is a system on loopback, and what stands behind it.
type place struct {
	system *suitesim.System
	world  suitesim.Alone
	host   string
}

// stand sets up a system with OA at work, whose data is named by owner.
func stand(t *testing.T, owner string) place {
	t.Helper()
	p := place{system: suitesim.New(100), world: suitesim.Alone{Data: &suitesim.Database{}, Kept: &suitesim.Files{}, Disk: 100}}
	script := "suite token " + suite.Token(secret, contract, "operator") + "\nsuite database rds 3306 " + owner +
		" suite pass\nsuite fetch oa 8.4.2\nsuite migrate oa 8.4.2\nsuite start oa 8.4.2\n"
	if out, exit := p.system.Run(script, p.world); exit != 0 {
		t.Fatal(out)
	}
	p.host = hostOf(t, suitesim.Site{System: p.system, World: p.world, Lock: &sync.Mutex{}})
	return p
}

// hostOf serves a handler on loopback.
func hostOf(t *testing.T, h http.Handler) string {
	t.Helper()
	server := httptest.NewServer(h)
	t.Cleanup(server.Close)
	return strings.TrimPrefix(server.URL, "http://")
}

func client() operator.Client { return operator.Client{Scheme: "http", Secret: secret} }

func failureOf(t *testing.T, err error) *operator.Error {
	t.Helper()
	e, ok := errors.AsType[*operator.Error](err)
	if !ok {
		t.Fatalf("got %v, want an *operator.Error", err)
	}
	return e
}

func TestClient_DescribesAndFreezes(t *testing.T) {
	t.Parallel()
	p := stand(t, "one")
	for _, frozen := range []bool{true, true, false} {
		if err := client().Freeze(t.Context(), p.host, contract, frozen); err != nil {
			t.Fatal(err)
		}
		d, err := client().Describe(t.Context(), p.host, contract)
		if err != nil || d.Frozen != frozen || d.Bits != 64 || !reflect.DeepEqual(d.Products, []suite.Installed{{Code: "OA", Release: "8.4.2"}}) {
			t.Errorf("frozen %t: %+v (%v)", frozen, d, err)
		}
	}
}

// §3.7, §3.8: all data is moved, and the counts show it.
func TestClient_MovesAllDataFromOneSystemToAnother(t *testing.T) {
	t.Parallel()
	from, to := stand(t, "one"), stand(t, "two")
	want, err := client().Counts(t.Context(), from.host, contract)
	if err != nil {
		t.Fatal(err)
	}
	if before, _ := client().Counts(t.Context(), to.host, contract); reflect.DeepEqual(before, want) {
		t.Fatal("both hold the same before")
	}
	data, err := client().Database(t.Context(), from.host, contract, suite.Mark{})
	if err != nil {
		t.Fatal(err)
	}
	defer data.Close()
	if err := client().PutDatabase(t.Context(), to.host, contract, data, data.Size); err != nil {
		t.Fatal(err)
	}
	files, err := client().Files(t.Context(), from.host, contract, suite.Mark{})
	if err != nil {
		t.Fatal(err)
	}
	defer files.Close()
	if err := client().PutFiles(t.Context(), to.host, contract, files, files.Size); err != nil {
		t.Fatal(err)
	}
	if got, err := client().Counts(t.Context(), to.host, contract); err != nil || !reflect.DeepEqual(got, want) {
		t.Errorf("got %+v (%v), want %+v", got, err, want)
	}
}

// §3.9: an interrupted copy goes on at its mark, and never joins two states of the data.
func TestClient_GoesOnAtTheMarkWhileTheDataIsTheSame(t *testing.T) {
	t.Parallel()
	p := stand(t, "one")
	whole := string(p.world.Data.Dump())
	first, err := client().Database(t.Context(), p.host, contract, suite.Mark{})
	if err != nil || first.Size != int64(len(whole)) {
		t.Fatalf("size %d of %d (%v)", first.Size, len(whole), err)
	}
	first.Close()
	for _, at := range []int{0, 1, len(whole) - 1, len(whole)} {
		rest, err := client().Database(t.Context(), p.host, contract, suite.Mark{At: int64(at), Version: first.Version})
		if err != nil {
			t.Fatalf("from %d: %v", at, err)
		}
		text, err := io.ReadAll(rest)
		if rest.Close(); err != nil || string(text) != whole[at:] || rest.Size != first.Size || rest.Version != first.Version {
			t.Errorf("from %d: %d bytes of %d (%v)", at, len(text), rest.Size, err)
		}
	}
	if err := p.world.Data.Insert("oa_person", "9", "新"); err != nil {
		t.Fatal(err)
	}
	if _, err := client().Database(t.Context(), p.host, contract, suite.Mark{At: 1, Version: first.Version}); !errors.Is(err, suite.ErrChanged) {
		t.Errorf("got %v", err)
	}
}

// §3.3: the evidence is a message that went out.
func TestClient_SendsATestMessage(t *testing.T) {
	t.Parallel()
	p := stand(t, "one")
	p.system.Broken = []string{"sms"}
	m := suite.Message{Interface: "mail", To: "it@example.com", Text: "测试"}
	if sent, err := client().TestMessage(t.Context(), p.host, contract, m); err != nil || sent.MessageID != "mail-1" {
		t.Errorf("got %+v (%v)", sent, err)
	}
	m.Interface = "sms"
	_, err := client().TestMessage(t.Context(), p.host, contract, m)
	if e := failureOf(t, err); e.Status != 409 || e.Permanent() || !strings.Contains(e.Error(), "sms does not work") {
		t.Errorf("got %v", e)
	}
}

// §3.2: which products do not answer is known by name.
func TestClient_NamesTheProductsThatDoNotAnswer(t *testing.T) {
	t.Parallel()
	p := stand(t, "one")
	products := []hosting.Product{{Code: "HR", Health: "/hr/health"}, {Code: "OA", Health: "/oa/health"}, {Code: "FM", Health: "/fm/health"}}
	silent, err := client().Healthy(t.Context(), p.host, products)
	if err != nil || !reflect.DeepEqual(silent, []string{"HR", "FM"}) {
		t.Errorf("silent %v (%v)", silent, err)
	}
	if silent, err := client().Healthy(t.Context(), p.host, products[1:2]); err != nil || silent != nil {
		t.Errorf("silent %v (%v)", silent, err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if silent, err := client().Healthy(ctx, p.host, products[1:2]); !errors.Is(err, context.Canceled) || len(silent) != 1 {
		t.Errorf("silent %v (%v)", silent, err)
	}
}

func TestError_PermanentOnlyWhenRepeatingIsOfNoUse(t *testing.T) {
	t.Parallel()
	for status, permanent := range map[int]bool{
		300: true, 301: true, 400: true, 401: true, 403: true, 404: true, 405: true, 413: true, 416: true, 499: true,
		408: false, 409: false, 425: false, 429: false, 500: false, 502: false, 503: false, 504: false,
	} {
		host := hostOf(t, http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
			w.WriteHeader(status)
			_, _ = w.Write([]byte(`{"error":"because"}`))
		}))
		_, err := client().Describe(t.Context(), host, contract)
		e := failureOf(t, err)
		if e.Status != status || e.Permanent() != permanent || !strings.Contains(e.Error(), host) ||
			!strings.Contains(e.Error(), suite.Describe) || !strings.Contains(e.Error(), "because") {
			t.Errorf("%d: permanent %t, %v", status, e.Permanent(), e)
		}
		if want := map[bool]string{true: "system_refused", false: "system_unavailable"}[permanent]; e.Refusal().Code != want {
			t.Errorf("%d: %s", status, e.Refusal().Code)
		}
	}
}

func TestError_HoldsNoToken(t *testing.T) {
	t.Parallel()
	token := suite.Token(secret, contract, "operator")
	host := hostOf(t, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.WriteHeader(http.StatusForbidden)
		_, _ = w.Write([]byte(`{"error":"you sent ` + r.Header.Get("Authorization") + strings.Repeat("啊", 400) + `"}`))
	}))
	_, err := client().Counts(t.Context(), host, contract)
	if text := failureOf(t, err).Error(); strings.Contains(text, token) || !strings.Contains(text, "***") || len([]rune(text)) > 400 {
		t.Errorf("%s", text)
	}
}

func TestClient_WrongTokenIsRefusedForGood(t *testing.T) {
	t.Parallel()
	p := stand(t, "one")
	_, err := client().Counts(t.Context(), p.host, "HT-2026-002")
	if e := failureOf(t, err); e.Status != 401 || !e.Permanent() {
		t.Errorf("got %v", e)
	}
}

// A token is for one host alone.
func TestClient_FollowsNoRedirection(t *testing.T) {
	t.Parallel()
	var asked bool
	thief := hostOf(t, http.HandlerFunc(func(http.ResponseWriter, *http.Request) { asked = true }))
	host := hostOf(t, http.RedirectHandler("http://"+thief+"/", http.StatusTemporaryRedirect))
	_, err := client().Describe(t.Context(), host, contract)
	if e := failureOf(t, err); e.Status != 307 || asked {
		t.Errorf("got %v, asked %t", e, asked)
	}
}

func TestClient_AsksNoImpossibleHost(t *testing.T) {
	t.Parallel()
	for _, host := range []string{"", "a/b", "a b", "user@a", "a?x", "a#x", "http://a", "a:b"} {
		_, err := client().Describe(t.Context(), host, contract)
		if e := failureOf(t, err); !e.Permanent() || e.Status != 0 {
			t.Errorf("%q: %v", host, e)
		}
	}
	for _, c := range []operator.Client{{Scheme: "http"}, {Scheme: "ht tp", Secret: secret}} {
		_, err := c.Describe(t.Context(), "a", contract)
		if e := failureOf(t, err); !e.Permanent() {
			t.Errorf("%+v: %v", c, e)
		}
	}
	if _, err := client().Describe(t.Context(), "a", ""); !failureOf(t, err).Permanent() {
		t.Errorf("without a contract: %v", err)
	}
}

func TestClient_GoesOverHTTPSUnlessToldOtherwise(t *testing.T) {
	t.Parallel()
	server := httptest.NewTLSServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		_, _ = w.Write([]byte(`{"bits":64}`))
	}))
	t.Cleanup(server.Close)
	c := operator.Client{Secret: secret, Transport: server.Client().Transport}
	if d, err := c.Describe(t.Context(), strings.TrimPrefix(server.URL, "https://"), contract); err != nil || d.Bits != 64 {
		t.Errorf("got %+v (%v)", d, err)
	}
}

func TestClient_DistrustsWhatComesBack(t *testing.T) {
	t.Parallel()
	for name, handler := range map[string]http.HandlerFunc{
		"no JSON":  func(w http.ResponseWriter, _ *http.Request) { _, _ = w.Write([]byte("<html>")) },
		"nothing":  func(http.ResponseWriter, *http.Request) {},
		"too long": func(w http.ResponseWriter, _ *http.Request) { _, _ = w.Write(make([]byte, 5<<20)) },
		"cut short": func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Length", "99")
			_, _ = w.Write([]byte("{"))
		},
	} {
		_, err := client().Describe(t.Context(), hostOf(t, handler), contract)
		if e := failureOf(t, err); e.Permanent() || e.Status != 0 {
			t.Errorf("%s: %v", name, e)
		}
	}
	disobedient := hostOf(t, http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { _, _ = w.Write([]byte(`{"frozen":false}`)) }))
	if err := client().Freeze(t.Context(), disobedient, contract, true); err == nil {
		t.Error("believed to be frozen")
	}
}

func TestClient_DistrustsTheWrongPart(t *testing.T) {
	t.Parallel()
	for name, answer := range map[string]struct {
		status int
		header http.Header
	}{
		"another beginning": {206, http.Header{"Content-Range": {"bytes 4-9/10"}, "Etag": {`"v"`}}},
		"another end":       {206, http.Header{"Content-Range": {"bytes 5-8/10"}, "Etag": {`"v"`}}},
		"no range":          {206, http.Header{"Etag": {`"v"`}}},
		"another version":   {206, http.Header{"Content-Range": {"bytes 5-9/10"}, "Etag": {`"w"`}}},
		"the whole":         {200, http.Header{"Etag": {`"v"`}}},
	} {
		host := hostOf(t, http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
			maps.Copy(w.Header(), answer.header)
			w.WriteHeader(answer.status)
		}))
		if _, err := client().Files(t.Context(), host, contract, suite.Mark{At: 5, Version: `"v"`}); err == nil {
			t.Errorf("%s was taken", name)
		}
	}
	bare := hostOf(t, http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { _, _ = w.Write([]byte("x")) }))
	if _, err := client().Files(t.Context(), bare, contract, suite.Mark{}); err == nil {
		t.Error("a stream without a version was taken")
	}
}

func TestClient_WaitsForNoSilentSystem(t *testing.T) {
	t.Parallel()
	c := client()
	c.Patience = 300 * time.Millisecond
	before := hostOf(t, http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) { <-r.Context().Done() }))
	within := hostOf(t, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Length", "99")
		w.Header().Set("ETag", `"v"`)
		_, _ = w.Write([]byte("{"))
		w.(http.Flusher).Flush()
		<-r.Context().Done()
	}))
	_, describing := c.Describe(t.Context(), before, contract)
	stream, err := c.Database(t.Context(), within, contract, suite.Mark{})
	if err != nil {
		t.Fatal(err)
	}
	_, reading := io.ReadAll(stream)
	stream.Close()
	for _, err := range []error{describing, reading} {
		if e := failureOf(t, err); e.Permanent() || !strings.Contains(e.Error(), "silent") || errors.Is(err, context.Canceled) {
			t.Errorf("got %v", err)
		}
	}
}

// Data may take as long as it takes, and its reader too.
func TestClient_SlowDataIsNotSilence(t *testing.T) {
	t.Parallel()
	c := client()
	c.Patience = 500 * time.Millisecond
	p := stand(t, "one")
	stream, err := c.Database(t.Context(), p.host, contract, suite.Mark{})
	if err != nil {
		t.Fatal(err)
	}
	defer stream.Close()
	whole := string(p.world.Data.Dump())
	slow := &slowly{Reader: stream, pause: c.Patience * 3 / 2}
	if err := c.PutDatabase(t.Context(), p.host, contract, slow, stream.Size); err != nil {
		t.Fatal(err)
	}
	if string(p.world.Data.Dump()) != whole {
		t.Error("it came over spoiled")
	}
}

// slowly is a reader who thinks before his first look.
type slowly struct {
	io.Reader
	pause time.Duration
}

func (s *slowly) Read(p []byte) (int, error) {
	time.Sleep(s.pause) // the wait is what is tested
	s.pause = 0
	return s.Reader.Read(p)
}

func TestClient_EndsWithItsContext(t *testing.T) {
	t.Parallel()
	ctx, cancel := context.WithCancel(t.Context())
	host := hostOf(t, http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
		cancel()
		<-r.Context().Done()
	}))
	_, err := client().Counts(ctx, host, contract)
	if e := failureOf(t, err); !errors.Is(err, context.Canceled) || e.Permanent() {
		t.Errorf("got %v", err)
	}
}

func TestClient_ASourceThatBreaksOffIsNotLoaded(t *testing.T) {
	t.Parallel()
	p := stand(t, "one")
	whole := string(p.world.Data.Dump())
	broken := errors.New("the disk broke")
	source := io.MultiReader(strings.NewReader(whole[:40]), failing{broken})
	if err := client().PutDatabase(t.Context(), p.host, contract, source, int64(len(whole))); !errors.Is(err, broken) || failureOf(t, err).Permanent() {
		t.Errorf("got %v", err)
	}
	if string(p.world.Data.Dump()) != whole {
		t.Error("it was half loaded")
	}
}

type failing struct{ err error }

func (f failing) Read([]byte) (int, error) { return 0, f.err }
