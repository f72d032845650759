package suitesim_test

import (
	"bytes"
	"encoding/json"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"

	"lvyue/internal/suite"
	"lvyue/internal/suitesim"
)

const token = "operator-token"

// cloud is a world in which one account opens one database, and nodes stand at addresses.
type cloud struct {
	account suitesim.Binding
	data    *suitesim.Database
	nodes   map[string]*suitesim.Files
	disk    int
}

func (c *cloud) Database(account suitesim.Binding) *suitesim.Database {
	if account != c.account {
		return nil
	}
	return c.data
}

func (c *cloud) Files(address string) *suitesim.Files { return c.nodes[address] }

func (c *cloud) DiskGB() int { return c.disk }

func newCloud() *cloud {
	return &cloud{
		account: suitesim.Binding{Host: "rds-1", Port: 3306, Name: "ht_2026_001", User: "suite", Password: "pass"},
		data:    &suitesim.Database{},
		nodes:   map[string]*suitesim.Files{"": {}, "10.0.0.8": {}},
		disk:    100,
	}
}

const database = "suite database rds-1 3306 ht_2026_001 suite pass\n"

// installed is a system with OA at work.
func installed(t *testing.T, world suitesim.World) *suitesim.System {
	t.Helper()
	s := suitesim.New(100)
	run(t, s, world, database+"suite token "+token+"\nsuite fetch oa 8.4.2\nsuite migrate oa 8.4.2\nsuite start oa 8.4.2\n")
	return s
}

// run performs a script that must go well.
func run(t *testing.T, s *suitesim.System, world suitesim.World, script string) {
	t.Helper()
	if out, exit := s.Run(script, world); exit != 0 {
		t.Fatalf("exit %d: %s", exit, out)
	}
}

// serve puts a site on loopback.
func serve(t *testing.T, s *suitesim.System, world suitesim.World) string {
	t.Helper()
	server := httptest.NewServer(suitesim.Site{System: s, World: world, Lock: &sync.Mutex{}})
	t.Cleanup(server.Close)
	return server.URL
}

// ask makes a request as the operator; more are headers, name and value by turns.
func ask(t *testing.T, method, url, body string, more ...string) (int, string) {
	t.Helper()
	r, err := http.NewRequestWithContext(t.Context(), method, url, strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	r.Header.Set("Authorization", "Bearer "+token)
	for i := 0; i < len(more); i += 2 {
		r.Header.Set(more[i], more[i+1])
	}
	answer, err := http.DefaultClient.Do(r)
	if err != nil {
		t.Fatal(err)
	}
	defer answer.Body.Close()
	var text bytes.Buffer
	if _, err := io.Copy(&text, answer.Body); err != nil {
		t.Fatal(err)
	}
	return answer.StatusCode, text.String()
}

// asked is a 200 answer read as JSON.
func asked[T any](t *testing.T, url string) T {
	t.Helper()
	status, text := ask(t, http.MethodGet, url, "")
	var v T
	if err := json.Unmarshal([]byte(text), &v); err != nil || status != http.StatusOK {
		t.Fatalf("%d %s (%v)", status, text, err)
	}
	return v
}

func counts(t *testing.T, data *suitesim.Database, files *suitesim.Files) suite.Counts {
	t.Helper()
	c, err := suitesim.Counts(data, files)
	if err != nil {
		t.Fatal(err)
	}
	return c
}
