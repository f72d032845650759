package suitesim_test

import (
	"errors"
	"net/http"
	"net/http/httptest"
	"reflect"
	"strings"
	"sync"
	"testing"

	"lvyue/internal/suite"
	"lvyue/internal/suitesim"
)

// §1.2: exactly the enabled products answer.
func TestPages_AnswerForEnabledProductsAlone(t *testing.T) {
	t.Parallel()
	world := newCloud()
	s := installed(t, world)
	run(t, s, world, "suite fetch hr 7.0.3\n")
	url := serve(t, s, world)
	for path, want := range map[string]int{
		"/oa/": 200, "/oa/desk?x=1": 200, "/oa/health": 200, "/OA/": 404, "/crm/": 404, "/crm/health": 404, "/": 404,
		"/hr/": 503, "/hr/health": 503, // fetched, not started
	} {
		if status, _ := ask(t, http.MethodGet, url+path, ""); status != want {
			t.Errorf("%s: %d, want %d", path, status, want)
		}
	}
	run(t, s, world, "suite remove oa\n")
	if status, _ := ask(t, http.MethodGet, url+"/oa/health", ""); status != 404 {
		t.Errorf("a removed product answers %d", status)
	}
}

func TestPages_NeedTheDatabaseAndTheDisk(t *testing.T) {
	t.Parallel()
	for name, spoil := range map[string]func(*cloud){
		"password changed": func(c *cloud) { c.account.Password = "other" },
		"database gone":    func(c *cloud) { c.data = nil },
		"disk gone":        func(c *cloud) { delete(c.nodes, "") },
	} {
		world := newCloud()
		s := installed(t, world)
		spoil(world)
		url := serve(t, s, world)
		for _, path := range []string{"/oa/", "/oa/health"} {
			if status, _ := ask(t, http.MethodGet, url+path, ""); status != 503 {
				t.Errorf("%s, %s: %d", name, path, status)
			}
		}
		if status, text := ask(t, http.MethodGet, url+suite.Count, ""); status != 409 || !strings.Contains(text, `"error"`) {
			t.Errorf("%s, counts: %d %s", name, status, text)
		}
	}
}

func TestPages_KeepWhatUsersEnter(t *testing.T) {
	t.Parallel()
	world := newCloud()
	url := serve(t, installed(t, world), world)
	before := len(world.data.Tables["oa_document"].Rows)
	if status, text := ask(t, http.MethodPost, url+"/oa/", "新文件"); status != 201 {
		t.Fatalf("%d %s", status, text)
	}
	rows := world.data.Tables["oa_document"].Rows
	if len(rows) != before+1 || rows[before][2] != "新文件" {
		t.Errorf("kept %q", rows)
	}
	for name, tt := range map[string]struct {
		method, body string
		want         int
	}{
		"not UTF-8": {http.MethodPost, "\xff", 400}, "another method": {http.MethodDelete, "", 405},
		"as long as allowed": {http.MethodPost, strings.Repeat("x", 64<<10), 201}, "too long": {http.MethodPost, strings.Repeat("x", 64<<10+1), 413},
	} {
		if status, _ := ask(t, tt.method, url+"/oa/", tt.body); status != tt.want {
			t.Errorf("%s: %d, want %d", name, status, tt.want)
		}
	}
}

// §1.3: a server carries so many requests and no more; that it is healthy it says all the same.
func TestPages_BeyondTheCapacityAre503(t *testing.T) {
	t.Parallel()
	world := newCloud()
	s := installed(t, world)
	s.Carries = 8 // of which 2 at once
	url, answered := serve(t, s, world), map[int]int{}
	for range 12 {
		status, _ := ask(t, http.MethodGet, url+"/oa/", "")
		answered[status]++
	}
	if answered[200] < 2 || answered[503] < 1 || answered[200]+answered[503] != 12 {
		t.Errorf("answered %v", answered)
	}
	if status, _ := ask(t, http.MethodGet, url+"/oa/health", ""); status != 200 {
		t.Errorf("health: %d", status)
	}
	s.Carries = 0
	if status, _ := ask(t, http.MethodGet, url+"/oa/", ""); status != 200 {
		t.Errorf("without a bound: %d", status)
	}
}

func TestOperator_NeedsTheToken(t *testing.T) {
	t.Parallel()
	world := newCloud()
	s := installed(t, world)
	url := serve(t, s, world)
	for _, header := range []string{"", "Bearer ", "Bearer wrong", token, "bearer " + token, "Bearer " + token + "x"} {
		if status, text := ask(t, http.MethodGet, url+suite.Describe, "", "Authorization", header); status != 401 || strings.Contains(text, token) {
			t.Errorf("%q: %d %s", header, status, text)
		}
	}
	s.Token = ""
	for _, header := range []string{"Bearer ", "Bearer " + token} {
		if status, _ := ask(t, http.MethodGet, url+suite.Describe, "", "Authorization", header); status != 401 {
			t.Errorf("a system without a token admits %q: %d", header, status)
		}
	}
}

func TestOperator_DescribesTheSystem(t *testing.T) {
	t.Parallel()
	world := newCloud()
	s := installed(t, world)
	run(t, s, world, "suite set workers 8\nsuite fetch hr 7.0.3\nsuite fetch oa 8.5.0\n")
	want := suite.Description{
		Products: []suite.Installed{{Code: "OA", Release: "8.4.2"}}, Bits: 64, DiskGB: 100, DiskUsedGB: 1,
		Settings: map[string]string{"workers": "8"},
	}
	if got := asked[suite.Description](t, serve(t, s, world)+suite.Describe); !reflect.DeepEqual(got, want) {
		t.Errorf("got %+v, want %+v", got, want)
	}
}

func TestOperator_AFrozenSystemAnswersAndTakesNoChange(t *testing.T) {
	t.Parallel()
	world := newCloud()
	url := serve(t, installed(t, world), world)
	_, dump := ask(t, http.MethodGet, url+suite.Database, "")
	_, files := ask(t, http.MethodGet, url+suite.Files, "")
	want := counts(t, world.data, world.nodes[""])
	for _, frozen := range []bool{true, false} {
		body, taken, entered := `{"frozen":false}`, 204, 201
		if frozen {
			body, taken, entered = `{"frozen":true}`, 409, 409
		}
		if status, text := ask(t, http.MethodPut, url+suite.Freeze, body); status != 200 || text != body {
			t.Fatalf("freeze %s: %d %s", body, status, text)
		}
		for path, sent := range map[string]string{suite.Database: dump, suite.Files: files} {
			if status, _ := ask(t, http.MethodPut, url+path, sent); status != taken {
				t.Errorf("%s with %s: %d", path, body, status)
			}
		}
		if got := asked[suite.Counts](t, url+suite.Count); !reflect.DeepEqual(got, want) {
			t.Errorf("counts %+v, want %+v", got, want)
		}
		if status, _ := ask(t, http.MethodPost, url+"/oa/", "x"); status != entered {
			t.Errorf("a user's entry with %s: %d", body, status)
		}
		if got := asked[suite.Description](t, url+suite.Describe).Frozen; got != frozen {
			t.Errorf("it says frozen: %t", got)
		}
	}
}

// §3.9: an interrupted copy goes on where it stopped, and notices that the data has become another.
func TestOperator_GivesTheRestOfADump(t *testing.T) {
	t.Parallel()
	world := newCloud()
	url := serve(t, installed(t, world), world) + suite.Database
	_, whole := ask(t, http.MethodGet, url, "")
	status, rest := ask(t, http.MethodGet, url, "", "Range", "bytes=20-")
	if status != http.StatusPartialContent || rest != whole[20:] {
		t.Errorf("%d %q", status, rest)
	}
	if status, _ := ask(t, http.MethodGet, url, "", "Range", "bytes=999999-"); status != http.StatusRequestedRangeNotSatisfiable {
		t.Errorf("beyond the end: %d", status)
	}
	if status, text := ask(t, http.MethodGet, url, "", "Range", "bytes=20-", "If-Range", `"another"`); status != 200 || text != whole {
		t.Errorf("another version: %d %q", status, text)
	}
}

// §3.7: a system of 32 bits is upgraded before its database moves.
func TestOperator_A32BitSystemGivesNoDump(t *testing.T) {
	t.Parallel()
	world := newCloud()
	s := installed(t, world)
	s.Bits = 32
	url := serve(t, s, world) + suite.Database
	if status, text := ask(t, http.MethodGet, url, ""); status != 409 || !strings.Contains(text, "32 bits") {
		t.Errorf("%d %s", status, text)
	}
	run(t, s, world, "suite upgrade\n")
	if status, _ := ask(t, http.MethodGet, url, ""); status != 200 {
		t.Errorf("upgraded: %d", status)
	}
}

// §3.3: a test message shows whether an interface works.
func TestOperator_SendsTestMessages(t *testing.T) {
	t.Parallel()
	world := newCloud()
	s := installed(t, world)
	s.Broken = []string{"sms"}
	url := serve(t, s, world) + suite.Test
	for body, want := range map[string]int{
		`{"interface":"mail","to":"it@example.com","text":"x"}`: 200,
		`{"interface":"sms","to":"13800000000","text":"x"}`:     409,
		`{"interface":"fax","to":"1","text":"x"}`:               400,
		`{"interface":"mail","to":"","text":"x"}`:               400,
		`{"interface":"mail","to":"a","text":""}`:               400,
		`no`: 400,
	} {
		if status, text := ask(t, http.MethodPost, url, body); status != want || (want == 200) != (text == `{"message_id":"mail-1"}`) {
			t.Errorf("%s: %d %s", body, status, text)
		}
	}
}

func TestOperator_RefusesWhatItDoesNotKnow(t *testing.T) {
	t.Parallel()
	world := newCloud()
	url := serve(t, installed(t, world), world)
	want := counts(t, world.data, world.nodes[""])
	for request, status := range map[string]int{
		"GET /operator/x": 404, "DELETE " + suite.Database: 405, "POST " + suite.Freeze: 405, "GET " + suite.Test: 405,
		"PUT " + suite.Database: 400, "PUT " + suite.Files: 400, "PUT " + suite.Freeze: 400,
	} {
		method, path, _ := strings.Cut(request, " ")
		if got, text := ask(t, method, url+path, "nonsense"); got != status || !strings.Contains(text, `"error"`) {
			t.Errorf("%s: %d %s, want %d", request, got, text, status)
		}
	}
	if got := counts(t, world.data, world.nodes[""]); !reflect.DeepEqual(got, want) {
		t.Error("a refused request changed the data")
	}
}

func TestSite_KeepsWhatChangedBeforeItAnswers(t *testing.T) {
	t.Parallel()
	world := newCloud()
	kept, fails := 0, error(nil)
	site := suitesim.Site{System: installed(t, world), World: world, Lock: &sync.Mutex{}, Changed: func() error {
		kept++
		return fails
	}}
	server := httptest.NewServer(site)
	t.Cleanup(server.Close)
	ask(t, http.MethodGet, server.URL+"/oa/", "")
	ask(t, http.MethodGet, server.URL+suite.Database, "")
	if kept != 0 {
		t.Error("reading was kept as a change")
	}
	if status, _ := ask(t, http.MethodPost, server.URL+"/oa/", "x"); status != 201 || kept != 1 {
		t.Errorf("%d, kept %d times", status, kept)
	}
	fails = errors.New("disk full")
	if status, _ := ask(t, http.MethodPut, server.URL+suite.Freeze, `{"frozen":true}`); status != 500 || kept != 2 {
		t.Errorf("%d, kept %d times", status, kept)
	}
}
