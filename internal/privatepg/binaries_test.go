//go:build unix

package privatepg

import (
	"testing"

	"lvyue/internal/refusal"
)

func TestMajorIn(t *testing.T) {
	t.Parallel()
	for version, want := range map[string]int{
		"postgres (PostgreSQL) 15.18 (Debian 15.18-0+deb12u1)\n": 15,
		"postgres (PostgreSQL) 17beta1\n":                        17,
		"postgres (PostgreSQL) 9.6.24\n":                         9,
		"postgres (EnterpriseDB)\n":                              0,
		"":                                                       0,
	} {
		if got := majorIn(version); got != want {
			t.Errorf("majorIn(%q) = %d, want %d", version, got, want)
		}
	}
}

func TestNewest_TakesTheNewestOrTheClustersOwn(t *testing.T) {
	t.Parallel()
	found := []binaries{{"a", 14}, {"b", 15}, {"c", 17}, {"d", 16}, {"e", 17}}
	for _, c := range []struct {
		name  string
		found []binaries
		want  int
		dir   string
	}{
		{"the newest, PATH first", found, 0, "c"},
		{"the cluster's own", found, 15, "b"},
		{"15 is new enough", found[:2], 0, "b"},
		{"14 is too old", found[:1], 0, ""},
		{"14 is too old for its own cluster, too", found, 14, ""},
		{"another version than the cluster's", found, 18, ""},
		{"none", nil, 0, ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			got, err := newest(c.found, c.want)
			if got.dir != c.dir {
				t.Errorf("newest = %q, want %q", got.dir, c.dir)
			}
			if r, refused := refusal.As(err); refused != (c.dir == "") || refused && (r.Code != "postgresql_missing" || r.ZH == "" || r.EN == "") {
				t.Errorf("refusal = %v", err)
			}
		})
	}
}
