package cli_test

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// §3.2 §3.10: whoever checks a form sees what would be ordered and tuned for it, each number with its reason.
func TestCheck_ShowsTheSizeWithItsReasons(t *testing.T) {
	t.Parallel()
	for lang, want := range map[string][]string{
		"en": {
			"Size and parameters (our estimate; the load acceptance decides)",
			"server type           ecs.g7.2xlarge      230 concurrent users at 50 to a core: a server of 8 cores",
			"database storage, GB  100                 the contract asks 100 GB for the database",
			"workers               16                  2 workers to a core, 8 cores",
		},
		"zh": {
			"部署规格与参数（我方估算，以负载验收为准）",
			"服务器规格          ecs.g7.2xlarge      230 个并发用户，每核承载 50 个：8 核",
			"数据库存储（GB）    100                 合同约定数据库需要 100 GB",
			"工作进程数          16                  每核 2 个工作进程 × 8 核",
		},
	} {
		out, complaint, status := starter(t, "check", example, "--signed", "2025-09-26", "--lang", lang)
		if status != 0 || strings.Contains(out, "⚠") {
			t.Errorf("status %d, %s", status, complaint)
		}
		for _, line := range want {
			if !strings.Contains(out, line) {
				t.Errorf("it does not say %q:\n%s", line, out)
			}
		}
	}
}

func TestCheck_TellsProgramsTheSizeToo(t *testing.T) { // §3.2 §3.10
	t.Parallel()
	size := sizeOf(t, example)
	var names []string
	for _, n := range size.Numbers {
		names = append(names, n.Name)
		if n.Value == "" || n.Why == "" {
			t.Errorf("%s is %q since %q", n.Name, n.Value, n.Why)
		}
	}
	const all = "server_type server_disk_gb database_class database_gb workers database_connections cache_mb sessions upload_mb"
	if size.Short || strings.Join(names, " ") != all {
		t.Errorf("short %t, %s", size.Short, names)
	}
}

// §3.5: a load that no single server carries is told of before anybody signs.
func TestCheck_SaysThatItTakesACluster(t *testing.T) {
	t.Parallel()
	form, err := os.ReadFile(example)
	if err != nil {
		t.Fatal(err)
	}
	file := filepath.Join(t.TempDir(), "large.yaml")
	large := strings.Replace(string(form), "disk_gb: 500", "disk_gb: 40000", 1)
	if err := os.WriteFile(file, []byte(large), 0o600); err != nil {
		t.Fatal(err)
	}
	if size := sizeOf(t, file); !size.Short || size.Numbers[1].Value != "32768" {
		t.Errorf("got %+v", size)
	}
	for lang, want := range map[string]string{"en": "⚠ more than the largest single size", "zh": "⚠ 超出单台最大规格"} {
		if out, _, status := starter(t, "check", file, "--lang", lang); status != 0 || !strings.Contains(out, want) {
			t.Errorf("status %d, %s", status, out)
		}
	}
}

// size is the part of a check's document about the size.
type size struct {
	Short   bool `json:"short"`
	Numbers []struct {
		Name  string `json:"name"`
		Value string `json:"value"`
		Why   string `json:"why"`
	} `json:"numbers"`
}

func sizeOf(t *testing.T, form string) size {
	t.Helper()
	out, complaint, status := starter(t, "check", form, "--json")
	var document struct {
		Size size `json:"size"`
	}
	if err := json.Unmarshal([]byte(out), &document); err != nil || status != 0 {
		t.Fatalf("status %d, %v, %s", status, err, complaint)
	}
	return document.Size
}
