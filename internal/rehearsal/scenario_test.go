package rehearsal_test

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"lvyue/internal/refusal"
	"lvyue/internal/rehearsal"
	"lvyue/internal/workday"
)

func TestParse_ReadsMomentsInBeijingTime(t *testing.T) {
	t.Parallel()
	tests := []struct{ typed, want string }{
		{"2025-09-26T10:00", "2025-09-26T10:00:00+08:00"},
		{"2025-09-26T10:00:07", "2025-09-26T10:00:07+08:00"},
		{"2025-10-10T23:59:59.999", "2025-10-10T23:59:59.999+08:00"},
		{"2025-09-26T10:00:00+08:00", "2025-09-26T10:00:00+08:00"},
		{`"2025-09-26T00:00"`, "2025-09-26T00:00:00+08:00"},
		{"2025-09-26T24:00", ""},
		{"2025-09-26", ""},
		{"2025-02-29T10:00", ""},
		{"2025-09-26 10:00", ""},
		{"2025-09-26T10:00Z", ""},
		{"2025-09-26T10:00:00.1234567", ""},
		{"1999-01-01T00:00", ""},
	}
	for _, tt := range tests {
		t.Run(tt.typed, func(t *testing.T) {
			t.Parallel()
			s, err := rehearsal.Parse([]byte(play("{at: "+tt.typed+", do: sign, by: customer}")), "testdata")
			got := ""
			if err == nil {
				got = s.Events[0].At.Format(time.RFC3339Nano)
			}
			if got != tt.want {
				t.Errorf("read as %q, want %q (%v)", got, tt.want, err)
			}
		})
	}
}

func TestParse_ReportsEveryMistakeWithItsLine(t *testing.T) {
	t.Parallel()
	const text = `contract: form.yaml
notices: [2026.json, {year: 2027, number: "", days: [{date: 2027-01-06, name: 元旦, off: false}]}]
events:
  - {at: 2025-09-26T10:00, do: sign, by: nobody}
  - {at: 2025-09-25T10:00, do: sign, by: provider}
  - {at: 2025-09-26T10:00, do: dance}
  - {at: 2025-13-26T10:00, do: pay, amount: "1.001", remark: R}
  - {do: designate, deploy_on: 2025-02-30}
  - {at: 2025-09-27T10:00, do: pay, amount: "-5.00", reference: R, amount: "1"}
  - {at: 2025-09-27T10:00, do: answer, accept: maybe}
  - {at: 2025-09-27T10:00, do: terminate, ground: boredom, on: 2025-10-01}
  - {at: 2025-09-27T10:00, do: dispute, obligations: [], by: customer}
  - {at: 2025-09-27T10:00, do: offer, fee: "0", load: {users: 3}}
  - {at: 2025-09-27T10:00, do: publish-calendar, notice: nowhere.json}
  - {at: 2025-09-27T10:00, do: shortfall, required: 0, measured: -1, evidence: }
  - {at: 2025-09-27T10:00, do: expand, disk_gb: 0, price: "0", valid_until: soon}
cloud: {deploy_takes: -45m, faults: 3}
until: tomorrow
speed: 3
`
	_, err := rehearsal.Parse([]byte(text), "testdata")
	no, ok := refusal.As(err)
	if !ok || no.Code != "bad_scenario" || !no.Input {
		t.Fatalf("err = %v, want the bad input bad_scenario", err)
	}
	want := []string{
		"2 notices[0]", "2 notices[1].days[0].date",
		"4 events[0].by", "5 events[1].at", "6 events[2].do",
		"7 events[3].at", "7 events[3].amount", "7 events[3].reference", "7 events[3].remark",
		"8 events[4].at", "8 events[4].deploy_on", "9 events[5].amount", "9 events[5].amount",
		"10 events[6].accept", "11 events[7].ground", "12 events[8].obligations",
		"13 events[9].fee", "13 events[9].load.employees",
		"14 events[10].notice", "15 events[11].required", "15 events[11].measured", "15 events[11].evidence",
		"16 events[12].disk_gb", "16 events[12].price", "16 events[12].valid_until", "16 events[12].answer",
		"17 cloud.deploy_takes", "17 cloud.faults", "18 until", "19 speed",
	}
	got := places(no)
	for _, place := range want {
		if !slices.Contains(got, place) {
			t.Errorf("%s is not reported", place)
		}
	}
	if !slices.IsSortedFunc(no.Fields, func(a, b refusal.Field) int { return a.Line - b.Line }) {
		t.Error("the mistakes do not stand in the order of the lines")
	}
	if t.Failed() {
		t.Logf("reported: %v", err)
	}
}

func TestParse_NamesTheLineInsideTheForm(t *testing.T) {
	t.Parallel()
	form, err := os.ReadFile("testdata/form.yaml")
	if err != nil {
		t.Fatal(err)
	}
	bad := strings.Replace(string(form), "concurrent: 120", "concurrent: 400", 1)
	t.Run("inline", func(t *testing.T) {
		t.Parallel()
		text := "contract:\n  " + strings.ReplaceAll(bad, "\n", "\n  ") + "\nevents:\n" +
			"  - {at: 2025-09-26T10:00, do: sign, by: customer}\n"
		no := mustRefuse(t, text, "testdata")
		if got := places(no); !slices.Contains(got, "15 contract.load.by_product.OA.concurrent") {
			t.Errorf("reported %v", got)
		}
	})
	t.Run("file", func(t *testing.T) {
		t.Parallel()
		dir := t.TempDir()
		if err := os.WriteFile(filepath.Join(dir, "form.yaml"), []byte(bad), 0o600); err != nil {
			t.Fatal(err)
		}
		no := mustRefuse(t, play("{at: 2025-09-26T10:00, do: sign, by: customer}"), dir)
		if got := no.Sentence("en"); !strings.Contains(got, "line 1: form.yaml:14 400 is more than its 300 users") {
			t.Errorf("reported %v", got)
		}
	})
}

func TestParse_RefusesWhatIsNoScenario(t *testing.T) {
	t.Parallel()
	for _, text := range []string{
		"", "42", "[]", "contract: form.yaml", "contract: form.yaml\nevents: []", "a: b: c", "contract: form.yaml\n---\n{}",
		"contract: /dev/zero\nevents: [{at: 2025-09-26T10:00, do: sign, by: customer}]",
		"contract: testdata\nevents: [{at: 2025-09-26T10:00, do: sign, by: customer}]",
		"contract: &f form.yaml\nevents: [{at: 2025-09-26T10:00, do: amend, form: *f, by: customer}]",
	} {
		mustRefuse(t, text, "testdata")
	}
}

func TestParse_TiesAreInOrder(t *testing.T) {
	t.Parallel()
	s := parse(t, `contract: form.yaml
notices: [2027.json]
events:
  - {at: 2025-09-26T10:00, do: sign, by: customer, id: s1}
  - {at: 2025-09-26T10:00, do: sign, by: provider}
  - {at: 2026-11-30T09:00, do: publish-calendar, notice: 2027.json}
cloud: {deploy_takes: 45m}
until: 2027-04-01T00:00
`)
	if s.Events[0].ID != "s1" || s.Events[1].ID != "event-2" || s.Events[2].Notice.Year != 2027 || len(s.Notices) != 1 {
		t.Errorf("read %+v", s.Events)
	}
	if s.DeployTakes != 45*time.Minute || s.Until != workday.MustDate("2027-04-01").Start() {
		t.Errorf("deploy takes %v, until %v", s.DeployTakes, s.Until)
	}
}

func FuzzParse(f *testing.F) {
	f.Add([]byte(play(`{at: 2025-09-26T10:00, do: offer, fee: "1.00", load: {users: 3}}`)))
	f.Add([]byte("contract: {number: A}\nevents: [{at: 2025-09-26T10:00, do: publish-calendar, notice: {year: 2027}}]"))
	f.Add([]byte("contract: &a {b: *a}\nevents: *a"))
	f.Fuzz(func(t *testing.T, data []byte) {
		_, err := rehearsal.Parse(data, t.TempDir())
		if no, ok := refusal.As(err); err != nil && (!ok || len(no.Fields) == 0) {
			t.Errorf("not a refusal with fields: %v", err)
		}
	})
}

func mustRefuse(t *testing.T, text, dir string) *refusal.Refusal {
	t.Helper()
	_, err := rehearsal.Parse([]byte(text), dir)
	no, ok := refusal.As(err)
	if !ok || no.Code != "bad_scenario" || len(no.Fields) == 0 {
		t.Fatalf("err = %v, want bad_scenario with fields\n%s", err, text)
	}
	return no
}

func TestLoad_EveryExampleIsAScenario(t *testing.T) {
	t.Parallel()
	paths, err := filepath.Glob("../../examples/*/scenario.yaml")
	if err != nil || len(paths) == 0 {
		t.Fatalf("no examples: %v", err)
	}
	for _, path := range paths {
		s, err := rehearsal.Load(path)
		if err != nil {
			t.Errorf("%s: %v", path, err)
		}
		for _, event := range s.Events {
			if event.Notice == nil {
				continue
			}
			if _, _, err := workday.Embedded().With(*event.Notice); err != nil {
				t.Errorf("%s: %v", path, err)
			}
		}
	}
}

func TestLoad_NamesAFileThatIsNotThere(t *testing.T) {
	t.Parallel()
	_, err := rehearsal.Load("testdata/nowhere.yaml")
	if no, ok := refusal.As(err); !ok || no.Code != "no_scenario" || !no.Input {
		t.Errorf("err = %v, want the bad input no_scenario", err)
	}
}
