package cli

import (
	"bytes"
	"encoding/json"
	"strings"
	"testing"

	"lvyue/internal/drift"
	"lvyue/internal/hosting"
	"lvyue/internal/message"
)

// reports answers as the command does when a worker has compared, and gives the exit status.
func reports(t *testing.T, lang string, r drift.Report, args ...string) (out, complaint string, status int) {
	t.Helper()
	var stdout, stderr bytes.Buffer
	s := newSession(Program{Out: &stdout, Err: &stderr, Env: nothing{}}, append(args, "--lang", lang))
	answer, err := s.swept(driftDocument{Report: r})
	if err == nil {
		err = s.answer(answer)
	}
	if err != nil {
		status = s.report(err)
	}
	return stdout.String(), stderr.String(), status
}

// nothing is an environment without variables.
type nothing struct{}

func (nothing) LookupEnv(string) (string, bool) { return "", false }
func (nothing) Environ() []string               { return nil }

func drifted() drift.Report {
	return drift.Report{
		Regions: []string{"cn-beijing", "cn-nowhere"}, Blind: []drift.Blind{{Region: "cn-nowhere", Why: "no answer"}},
		Contracts: 3, Resources: 9, Found: 3,
		Findings: []drift.Finding{
			{What: drift.Orphan, Clause: "7.2", Contract: "HT-0", Resource: hosting.Resource{Kind: hosting.Snapshot, ID: "s-1", Region: "cn-beijing"}},
			{What: drift.Missing, Clause: "3.2", Contract: "HT-1", Phase: message.InService, Resource: hosting.Resource{Kind: hosting.Server, ID: "i-1", Region: "cn-beijing"}},
		},
	}
}

func TestDrift_ShowsWhatItFoundAndExitsThree(t *testing.T) { // §3.2 §7.2
	t.Parallel()
	for lang, want := range map[string][]string{
		"zh": {"无主", "缺失", "未知合同", "服务中", "s-1", "i-1", "另有 1 项", "无法查看 cn-nowhere：no answer"},
		"en": {"orphan", "missing", "unknown", "in service", "s-1", "i-1", "and 1 more", "cn-nowhere could not be looked at: no answer"},
	} {
		out, complaint, status := reports(t, lang, drifted())
		for _, text := range want {
			if !strings.Contains(out, text) {
				t.Errorf("%q is not in %s", text, out)
			}
		}
		if status != exitRefused || !strings.HasPrefix(complaint, "error: ") {
			t.Errorf("status %d, %s", status, complaint)
		}
	}
}

func TestDrift_ItsDocumentIsOneAndHoldsTheRefusal(t *testing.T) {
	t.Parallel()
	out, _, status := reports(t, "en", drifted(), "--json")
	var document struct {
		Found    int                 `json:"found"`
		Findings []map[string]string `json:"findings"`
		Error    struct {
			Code string `json:"code"`
		} `json:"error"`
	}
	if err := json.Unmarshal([]byte(out), &document); err != nil || status != exitRefused {
		t.Fatalf("status %d, %v in %s", status, err, out)
	}
	first := document.Findings[0]
	if document.Found != 3 || document.Error.Code != "drift" || first["what"] != "orphan" || first["contract"] != "HT-0" || first["kind"] != "snapshot" || first["id"] != "s-1" {
		t.Errorf("got %s", out)
	}
}

func TestDrift_NothingFoundIsDone(t *testing.T) {
	t.Parallel()
	out, complaint, status := reports(t, "en", drift.Report{Contracts: 3, Resources: 9, Findings: []drift.Finding{}, Blind: []drift.Blind{}})
	if status != exitDone || complaint != "" || !strings.Contains(out, "resources: 9, contracts: 3") {
		t.Errorf("status %d, %s%s", status, out, complaint)
	}
	if out, _, status := reports(t, "en", drift.Report{Blind: []drift.Blind{{Region: "cn-nowhere"}}}); status != exitRefused {
		t.Errorf("a region that was not looked at passes for one without findings: %s", out)
	}
}
