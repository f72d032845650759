package aliyun

import (
	"encoding/json"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// The account needs just the operations that this package calls, and docs/ram-policy.json says just those.
func TestThePermissionsAreThoseOfTheCalls(t *testing.T) {
	t.Parallel()
	files, err := filepath.Glob("*.go")
	if err != nil {
		t.Fatal(err)
	}
	called := regexp.MustCompile(`\b(ecs|vpc|rds|alidns|cms|slb|sts|bssopenapi)\.Create(\w+)Request\(\)`)
	var want []string
	for _, file := range files {
		if strings.HasSuffix(file, "_test.go") {
			continue
		}
		text, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		for _, call := range called.FindAllStringSubmatch(string(text), -1) {
			// The vendor names the permissions of its billing otherwise than the product.
			want = append(want, strings.Replace(call[1], "bssopenapi", "bssapi", 1)+":"+call[2])
		}
	}
	slices.Sort(want)
	want = slices.Compact(want)
	text, err := os.ReadFile("../../docs/ram-policy.json")
	if err != nil {
		t.Fatal(err)
	}
	var policy struct {
		Statement []struct {
			Action []string `json:"Action"`
		} `json:"Statement"`
	}
	if err := json.Unmarshal(text, &policy); err != nil || len(policy.Statement) != 1 {
		t.Fatalf("the policy cannot be read: %v", err)
	}
	if got := policy.Statement[0].Action; !slices.Equal(got, want) {
		t.Errorf("the policy allows\n\t%s\nwant\n\t%s", strings.Join(got, "\n\t"), strings.Join(want, "\n\t"))
	}
}
