package test

import (
	"maps"
	"os"
	"path/filepath"
	"testing"

	"lvyue/internal/rehearsal"
)

// whole is how many resources a deployment is made of: a network, a subnetwork, a security group, a server, a database and an
// address.
const whole = 6

// life is the life of one contract and what its report must say.
type life struct {
	name      string
	scenario  string            // everything but the line that names the form
	beside    map[string]string // further files in the scenario's folder, by name
	want      want
	receipts  []string // "ICBC-001 120000.00 2025-10-09"; nil is not compared
	unapplied string   // more than was owed so far, "0.00" when empty
	runs      int      // of all its workflows together, at least
}

// live rehearses every life, side by side.
func live(t *testing.T, lives []life) {
	t.Helper()
	for _, l := range lives {
		t.Run(l.name, func(t *testing.T) {
			t.Parallel()
			r := playFile(t, written(t, "contract: acme.yaml\n"+l.scenario, l.beside))
			expect(t, r, l.want)
			compare(t, "payments", lines(r.Payments, receipt), l.receipts)
			if r.Cost.Runs < l.runs {
				t.Errorf("its workflows took %d runs, want at least %d", r.Cost.Runs, l.runs)
			}
			if l.unapplied != "" && r.Unapplied.String() != l.unapplied {
				t.Errorf("%s is unapplied, want %s", r.Unapplied, l.unapplied)
			}
		})
	}
}

// written puts a scenario, the form acme.yaml and further files into a folder of this test's own.
func written(tb testing.TB, scenario string, beside map[string]string) (file string) {
	tb.Helper()
	form, err := os.ReadFile("testdata/acme.yaml")
	if err != nil {
		tb.Fatal(err)
	}
	files := map[string]string{"scenario.yaml": scenario, "acme.yaml": string(form)}
	maps.Copy(files, beside)
	folder := tb.TempDir()
	for name, text := range files {
		if err := os.WriteFile(filepath.Join(folder, name), []byte(text), 0o600); err != nil {
			tb.Fatal(err)
		}
	}
	return filepath.Join(folder, "scenario.yaml")
}

func receipt(p rehearsal.Payment) string {
	return p.Reference + " " + p.Amount.String() + " " + p.On.String()
}
