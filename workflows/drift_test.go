package workflows_test

import (
	"bytes"
	"fmt"
	"log/slog"
	"strings"
	"testing"

	"go.temporal.io/sdk/testsuite"

	"lvyue/activities"
	"lvyue/internal/drift"
	"lvyue/internal/hosting"
	"lvyue/internal/message"
	"lvyue/workflows"
)

// sweeps runs the nightly comparison on the story's account and evidence as they are now, and gives what it found as
// `missing ecs`, counted, with the log.
func (s *story) sweeps() (found, log string) {
	s.t.Helper()
	env := (&testsuite.WorkflowTestSuite{}).NewTestWorkflowEnvironment()
	var lines bytes.Buffer
	env.RegisterActivity(&activities.Drift{Cloud: s.client("untold"), Store: s.store, Log: slog.New(slog.NewJSONHandler(&lines, nil))})
	env.ExecuteWorkflow(workflows.Drift)
	var r drift.Report
	must(s.t, env.GetWorkflowResult(&r))
	kinds := map[string]int{}
	for _, f := range r.Findings {
		kinds[string(f.What)+" "+string(f.Kind)]++
	}
	if len(r.Findings) != r.Found || len(r.Blind) != 0 || r.Contracts != 1 {
		s.t.Errorf("the report is %+v", r)
	}
	return strings.TrimPrefix(fmt.Sprint(kinds), "map"), lines.String()
}

func (s *story) wantDrift(want string) {
	s.t.Helper()
	found, log := s.sweeps()
	if found != want {
		s.t.Errorf("found %s, want %s", found, want)
	}
	if told := strings.Contains(log, `"level":"ERROR"`) && strings.Contains(log, `"to":"on-call"`); told != (want != "[]") {
		s.t.Errorf("the log says %q", log)
	}
}

// A whole life raises no alarm; what is left over, or gone before its time, does.
func TestDrift_AHealthyLifeAgreesWithTheCloud(t *testing.T) { // §3.2 §7.2
	t.Parallel()
	s := begin(t, "2025-09-26 09:00", soon)
	s.wantDrift("[]")
	s.comesIntoService()
	for _, day := range []string{"2025-10-09 14:00", "2025-10-09 15:00:05", "2025-10-12 09:00", "2025-11-01 09:00"} { // unpaid, on its way, usable, in service
		s.until(day)
		s.wantDrift("[]")
	}
	s.at("2026-03-02 10:00", terminates("2026-03-02", message.Agreement))
	s.until("2026-03-03 09:00")
	s.wantDrift("[]")
	s.at("2026-03-03 10:00", confirms("chen"))
	s.at("2026-03-03 11:00", confirms("wang"))
	s.until("2026-03-04 00:00")
	s.expect(want{State: "destroyed, ended 2026-03-02"})
	s.wantDrift("[]")
	s.deploysBehindItsBack(s.form.Number)
	s.wantDrift("[orphan disk:2 orphan ecs:1 orphan rds:1 orphan security-group:1 orphan vpc:1 orphan vswitch:1]")
}

func TestDrift_WhatNobodyKnowsIsAnOrphan(t *testing.T) { // §7.2
	t.Parallel()
	s := begin(t, "2025-09-26 09:00", soon)
	s.comesIntoService()
	s.until("2025-11-01 09:00")
	s.deploysBehindItsBack("HT-OF-ANOTHER-TIME")
	s.wantDrift("[orphan disk:2 orphan ecs:1 orphan rds:1 orphan security-group:1 orphan vpc:1 orphan vswitch:1]")
}

func TestDrift_WhatADeployedContractLacksIsMissing(t *testing.T) { // §3.2
	t.Parallel()
	s := begin(t, "2025-09-26 09:00", soon)
	s.comesIntoService()
	s.until("2025-11-01 09:00")
	s.destroysBehindItsBack()
	s.wantDrift("[missing disk:2 missing ecs:1 missing eip:1 missing rds:1 missing security-group:1 missing vpc:1 missing vswitch:1]")
}

// destroysBehindItsBack deletes all that the contract has in the cloud.
func (s *story) destroysBehindItsBack() {
	s.t.Helper()
	cloud := s.client("untold")
	known, err := cloud.Find(s.t.Context(), s.form.Number, s.form.Hosting.Region, nil)
	must(s.t, err)
	for left := known; len(left) > 0; {
		left, err = cloud.Destroy(s.t.Context(), s.form.Number, s.form.Hosting.Region, known)
		must(s.t, err)
	}
}

// deploysBehindItsBack creates a deployment of which no contract knows.
func (s *story) deploysBehindItsBack(number string) {
	s.t.Helper()
	_, err := s.client("untold").Ensure(s.t.Context(), hosting.Plan{
		Contract: number, Region: s.form.Hosting.Region, Attempt: 9, // another order than the contract's own
		Shape: hosting.Shape{ServerType: "ecs.g7.large", ServerDiskGB: 100, DatabaseClass: "mysql.x4.medium.2c", DatabaseGB: 100},
	})
	must(s.t, err)
}

// The evidence keeps what was deployed, so that it can be told later what is missing.
func TestDrift_TheEvidenceKeepsWhatWasDeployed(t *testing.T) { // §3.2
	t.Parallel()
	s := begin(t, "2025-09-26 09:00", soon)
	s.comesIntoService()
	s.until("2025-11-01 09:00")
	all, err := s.store.Hosted(t.Context())
	must(t, err)
	if len(all) != 1 || all[0].Phase != message.InService || !hosting.Answering(all[0].Recorded) || len(all[0].Recorded) != len(hosting.Kinds())+4 {
		t.Errorf("known is %+v", all)
	}
}
