// Package architecture holds the arrows of ARCHITECTURE.md to what the code really imports.
package architecture

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"os/exec"
	"slices"
	"strings"
	"testing"
)

// ring is a group of packages and all that they may import. Paths are prefixes that end at a slash or at the end;
// our own packages are named from the root of the module. The standard library is open, but for what is shut.
type ring struct {
	packages []string
	ours     []string
	others   []string
	shut     []string
}

// nouns are the trade's words and rules: no server, no database, no file, no clock of their own.
var nouns = []string{
	"internal/acceptance", "internal/backup", "internal/contract", "internal/drift", "internal/evidence",
	"internal/failure", "internal/form", "internal/handover", "internal/hosting", "internal/incident",
	"internal/ledger", "internal/message", "internal/money", "internal/oncall", "internal/paging",
	"internal/refusal", "internal/sizing", "internal/sla", "internal/suite", "internal/warning",
	"internal/words", "internal/workday",
}

// adapters speak to one counterparty each, and know nobody else.
var adapters = []string{
	"internal/acceptance", "internal/aliyun", "internal/aliyunsim", "internal/mail", "internal/offsite",
	"internal/operator", "internal/postgres", "internal/privatepg", "internal/robot", "internal/slack",
	"internal/slacksim", "internal/suitesim", "internal/vegeta",
}

// wiring puts them together. What it may know of each other, the rings below say.
var wiring = []string{"internal/config", "internal/desk", "internal/engine", "internal/intake", "internal/program"}

// papers are the files that people read and write.
var papers = []string{"internal/statement", "internal/sheet", "internal/invoicepage", "internal/certificate"}

// world is what only an adapter or a program may touch.
var world = []string{"os", "net", "math/rand", "syscall", "log"}

const (
	vendor = "github.com/aliyun/alibaba-cloud-sdk-go"
	// slackVendor is Slack's, as it were: the simulator itself does without it, so that it does not share its mistakes.
	slackVendor = "github.com/slack-go/slack"
)

var rings = []ring{
	{
		packages: nouns,
		ours:     nouns,
		others:   []string{"github.com/shopspring/decimal", "go.yaml.in/yaml/v3"},
		shut:     world,
	},
	{
		packages: []string{"workflows"},
		ours:     append([]string{"activities"}, nouns...),
		others:   []string{"go.temporal.io/api/enums", "go.temporal.io/sdk/temporal", "go.temporal.io/sdk/workflow", "go.temporal.io/sdk/worker"},
		shut:     append([]string{"context", "sync", "runtime", "crypto/rand", "io/fs", "database"}, world...),
	},
	{
		packages: []string{"activities"},
		ours:     nouns,
		others:   []string{"go.temporal.io"},
		shut:     []string{"os", "net", "database", "math/rand"},
	},
	{
		packages: []string{"internal/statement"},
		ours:     nouns,
		others:   []string{"github.com/shopspring/decimal", "github.com/xuri/excelize/v2", "golang.org/x/text"},
		shut:     world,
	},
	{packages: []string{"internal/sheet"}, ours: nouns, others: []string{"github.com/xuri/excelize/v2"}, shut: world},
	{packages: []string{"internal/htmlpage"}, shut: world},
	{packages: []string{"internal/invoicepage", "internal/certificate"}, ours: append([]string{"internal/htmlpage"}, nouns...), shut: world},
	{packages: []string{"internal/postgres"}, ours: append([]string{"internal/statement"}, nouns...), others: []string{"github.com/jackc/pgx/v5"}},
	{packages: []string{"internal/aliyun"}, ours: nouns, others: []string{vendor, "github.com/shopspring/decimal"}},
	{packages: []string{"internal/aliyunsim"}, ours: append([]string{"internal/suitesim"}, nouns...), others: []string{"github.com/shopspring/decimal"}},
	{packages: []string{"internal/suitesim"}, ours: nouns, others: []string{"golang.org/x/time"}},
	{packages: []string{"internal/operator"}, ours: nouns},
	{packages: []string{"internal/vegeta"}, ours: nouns, others: []string{"github.com/tsenart/vegeta/v12"}},
	{packages: []string{"internal/offsite"}, ours: nouns, others: []string{"filippo.io/age", "gocloud.dev/blob", "gocloud.dev/gcerrors"}},
	{packages: []string{"internal/mail"}, ours: nouns, others: []string{"github.com/wneessen/go-mail"}},
	{packages: []string{"internal/robot"}, ours: nouns},
	{packages: []string{"internal/slack"}, ours: nouns, others: []string{slackVendor, "golang.org/x/sync", "golang.org/x/time", "go.yaml.in/yaml/v3"}},
	{packages: []string{"internal/slacksim"}, others: []string{"github.com/gorilla/websocket"}},
	{packages: []string{"internal/slacksim/cmd/slacksim"}, ours: []string{"internal/slacksim"}},
	{packages: []string{"internal/linkpage"}, ours: append([]string{"internal/htmlpage"}, nouns...)},
	{packages: []string{"internal/acceptance"}, ours: nouns, others: []string{"github.com/tsenart/vegeta/v12"}},
	{packages: []string{"internal/aliyunsim/cmd/aliyunsim"}, ours: []string{"internal/aliyunsim", "internal/refusal"}},
	{packages: []string{"internal/systems"}, ours: append([]string{"activities", "internal/operator", "internal/vegeta"}, nouns...), others: []string{"go.temporal.io"}},
	{packages: []string{"internal/privatepg"}, ours: []string{"internal/refusal"}},
	{packages: []string{"internal/testkit"}, ours: adapters, others: []string{"github.com/google/uuid"}},
	{
		packages: []string{"internal/terminal"},
		others:   []string{"github.com/jedib0t/go-pretty/v6", "golang.org/x/sys"},
	},
	{
		packages: wiring,
		ours:     slices.Concat(nouns, wiring, []string{"internal/postgres"}),
		others:   []string{"go.temporal.io", "google.golang.org/protobuf", "golang.org/x/sync"},
	},
	{
		packages: []string{"internal/rehearsal"},
		ours:     slices.Concat(nouns, wiring, adapters, []string{"activities", "workflows", "internal/systems", "internal/terminal"}),
		others:   []string{"go.temporal.io", "go.yaml.in/yaml/v3", "github.com/google/uuid", "github.com/jedib0t/go-pretty/v6", "golang.org/x/sync"},
	},
	{
		packages: []string{"internal/cli"},
		ours:     slices.Concat(nouns, wiring, papers, []string{"internal/offsite", "internal/postgres", "internal/rehearsal", "internal/slack", "internal/terminal"}),
		others: []string{
			"go.temporal.io", "github.com/google/uuid", "github.com/jedib0t/go-pretty/v6", "github.com/mattn/go-isatty",
			"github.com/spf13/cobra", "golang.org/x/sync",
		},
	},
	{
		packages: []string{"desk", "worker", "starter"},
		ours:     slices.Concat(nouns, wiring, adapters, []string{"activities", "workflows", "internal/cli", "internal/linkpage", "internal/systems"}),
		others:   []string{"go.temporal.io", "golang.org/x/sync"},
	},
}

// listed is a package of the product as `go list` tells of it; its tests are not in Imports.
type listed struct {
	Name         string   `json:"Name"`
	ImportPath   string   `json:"ImportPath"`
	GoFiles      []string `json:"GoFiles"`
	Imports      []string `json:"Imports"`
	TestImports  []string `json:"TestImports"`
	XTestImports []string `json:"XTestImports"`
}

const module = "lvyue/"

func packages(t *testing.T) []listed {
	t.Helper()
	out, err := exec.CommandContext(t.Context(), "go", "list", "-json=Name,ImportPath,GoFiles,Imports,TestImports,XTestImports", module+"...").Output()
	if err != nil {
		t.Fatal(err)
	}
	var all []listed
	for list := json.NewDecoder(bytes.NewReader(out)); ; {
		var p listed
		err := list.Decode(&p)
		if errors.Is(err, io.EOF) {
			return all
		}
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, p)
	}
}

func TestEveryImportFollowsTheArrows(t *testing.T) {
	t.Parallel()
	for _, p := range packages(t) {
		if len(p.GoFiles) == 0 {
			continue // nothing but tests
		}
		r, found := ringOf(p)
		if !found {
			t.Errorf("%s stands in no ring of ARCHITECTURE.md; give it one here", p.ImportPath)
			continue
		}
		for _, imported := range p.Imports {
			if !r.allows(imported) {
				t.Errorf("%s must not import %s", p.ImportPath, imported)
			}
		}
	}
}

func ringOf(p listed) (ring, bool) {
	i := slices.IndexFunc(rings, func(r ring) bool {
		return slices.Contains(r.packages, strings.TrimPrefix(p.ImportPath, module))
	})
	if i < 0 {
		return ring{}, false
	}
	return rings[i], true
}

func (r ring) allows(imported string) bool {
	own, ours := strings.CutPrefix(imported, module)
	first, _, _ := strings.Cut(imported, "/")
	switch {
	case ours:
		return slices.Contains(r.ours, own)
	case strings.Contains(first, "."):
		return slices.ContainsFunc(r.others, func(path string) bool { return within(imported, path) })
	default:
		return !slices.ContainsFunc(r.shut, func(path string) bool { return within(imported, path) })
	}
}

func within(imported, path string) bool {
	return imported == path || strings.HasPrefix(imported, path+"/")
}

func TestOnlyOnePackageKnowsTheVendorsClient(t *testing.T) {
	t.Parallel()
	for _, p := range packages(t) {
		for _, imported := range slices.Concat(p.Imports, p.TestImports, p.XTestImports) {
			if within(imported, vendor) && p.ImportPath != module+"internal/aliyun" {
				t.Errorf("%s imports %s", p.ImportPath, imported)
			}
		}
	}
}

// internal/slack alone speaks to Slack. That the simulator is true to Slack, its tests prove with the same client from outside.
func TestOnlyOnePackageKnowsSlacksClient(t *testing.T) {
	t.Parallel()
	for _, p := range packages(t) {
		if p.ImportPath == module+"internal/slack" {
			continue
		}
		imports := slices.Concat(p.Imports, p.TestImports)
		if p.ImportPath != module+"internal/slacksim" {
			imports = append(imports, p.XTestImports...)
		}
		for _, imported := range imports {
			if within(imported, slackVendor) {
				t.Errorf("%s imports %s", p.ImportPath, imported)
			}
		}
	}
}

func TestNothingImportsAProgram(t *testing.T) {
	t.Parallel()
	all := packages(t)
	programs := map[string]bool{}
	for _, p := range all {
		programs[p.ImportPath] = p.Name == "main"
	}
	for _, p := range all {
		for _, imported := range slices.Concat(p.Imports, p.TestImports, p.XTestImports) {
			if programs[imported] {
				t.Errorf("%s imports the program %s", p.ImportPath, imported)
			}
		}
	}
}

func TestTheRingsShutWhatTheySay(t *testing.T) {
	t.Parallel()
	workflows, _ := ringOf(listed{ImportPath: module + "workflows"})
	for imported, want := range map[string]bool{
		"fmt": true, "time": true, "lvyue/activities": true, "lvyue/internal/money": true, "go.temporal.io/sdk/workflow": true,
		"os": false, "net": false, "net/http": false, "database/sql": false, "math/rand": false, "math/rand/v2": false,
		"context": false, "lvyue/internal/postgres": false, "lvyue/internal/aliyun": false,
		"go.temporal.io/sdk/client": false, "github.com/jackc/pgx/v5": false,
	} {
		if got := workflows.allows(imported); got != want {
			t.Errorf("workflows may import %s: %v, want %v", imported, got, want)
		}
	}
}
