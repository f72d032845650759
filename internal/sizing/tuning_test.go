package sizing_test

import (
	"reflect"
	"strconv"
	"strings"
	"testing"

	"lvyue/internal/hosting"
	"lvyue/internal/sizing"
)

func atoi(t *testing.T, text string) int {
	t.Helper()
	n, err := strconv.Atoi(text)
	if err != nil {
		t.Fatal(err)
	}
	return n
}

// §3.10: the parameters follow from the cores and the memory of the size, and from the users.
func TestTuning_FollowsTheSizeAndTheUsers(t *testing.T) {
	t.Parallel()
	for name, tt := range map[string]struct {
		serverType          string
		diskGB, users       int
		workers, connection string
		cache, sessions     string
		upload              string
	}{
		"smallest":               {"ecs.g7.large", 20, 1, "4", "18", "2048", "2", "20"},
		"largest":                {"ecs.g7.16xlarge", 32768, 3200, "128", "266", "65536", "3840", "200"},
		"a size of nobody":       {"ecs.x1.nano", 100, 50, "4", "18", "2048", "60", "102"},
		"least upload":           {"ecs.g7.xlarge", 20, 150, "8", "26", "4096", "180", "20"},
		"a little above":         {"ecs.g7.xlarge", 21, 150, "8", "26", "4096", "180", "21"},
		"just below the most":    {"ecs.g7.xlarge", 195, 150, "8", "26", "4096", "180", "199"},
		"most upload":            {"ecs.g7.xlarge", 196, 150, "8", "26", "4096", "180", "200"},
		"sessions are not fewer": {"ecs.g7.xlarge", 196, 151, "8", "26", "4096", "182", "200"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			got := map[string]string{}
			for _, n := range sizing.Tuning(hosting.Shape{ServerType: tt.serverType, ServerDiskGB: tt.diskGB}, tt.users) {
				got[n.Name] = n.Value
			}
			want := map[string]string{
				"workers": tt.workers, "database_connections": tt.connection, "cache_mb": tt.cache, "sessions": tt.sessions, "upload_mb": tt.upload,
			}
			if !reflect.DeepEqual(got, want) {
				t.Errorf("got %v, want %v", got, want)
			}
		})
	}
}

func TestTuning_GivesReasonsWithItsFigures(t *testing.T) {
	t.Parallel()
	want := map[string]string{
		"workers":              "2 workers to a core, 8 cores",
		"database_connections": "2 for each of 16 workers, and 10",
		"cache_mb":             "one part in 4 of 32768 MB",
		"sessions":             "for 300 concurrent users, 120% of them",
		"upload_mb":            "of a data disk of 500 GB one part in 1000, no less than 20 and no more than 200 MB",
	}
	for _, n := range sizing.Tuning(sizing.For(load(300, 500, 200)), 300) {
		if !strings.Contains(n.Why.EN, want[n.Name]) || n.Why.ZH == "" || strings.Contains(n.Why.ZH+n.Why.EN, "%!") {
			t.Errorf("%s: %q, %q", n.Name, n.Why.EN, n.Why.ZH)
		}
	}
}

func TestSettings_AreTheTuningAsAPlanCarriesIt(t *testing.T) {
	t.Parallel()
	shape := sizing.For(load(300, 500, 200))
	tuning, settings := sizing.Tuning(shape, 300), sizing.Settings(shape, 300)
	if len(settings) != len(tuning) {
		t.Fatalf("%d settings of %d", len(settings), len(tuning))
	}
	for i, s := range settings {
		if want := (hosting.Setting{Name: tuning[i].Name, Value: tuning[i].Value, Why: tuning[i].Why.EN}); s != want {
			t.Errorf("got %+v, want %+v", s, want)
		}
	}
}
