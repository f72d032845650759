package workflows_test

import (
	"strings"
	"testing"

	"lvyue/internal/aliyunsim"
	"lvyue/internal/hosting"
	"lvyue/internal/message"
)

// breaks lets the vendor fail from now on by those rules, by none if there are none.
func breaks(faults ...aliyunsim.Fault) deed {
	return happens(func(s *story) { must(s.t, s.account.SetFaults(faults...)) })
}

// deploymentReport is what the evidence keeps of the deployment.
func (s *story) deploymentReport() message.Report { return detailOf[message.Report](s, "deployed") }

// pays for the deployment, which the vendor then refuses: nothing of it is left, people are told, and a person who has seen to
// it has it tried again.
func TestDeployment_WhatTheVendorRefusesIsTakenBackWhole(t *testing.T) { // §3.2
	t.Parallel()
	for name, tt := range map[string]struct {
		before, after deed
		created       bool
	}{
		"no stock of the server": {
			happens(func(s *story) { s.account.SetSoldOut("ecs.g7.2xlarge") }), happens(func(s *story) { s.account.SetSoldOut() }), false,
		},
		"no money": {
			happens(func(s *story) { must(s.t, s.account.SetBalance("1.00")) }),
			happens(func(s *story) { must(s.t, s.account.SetBalance("1000000.00")) }), false,
		},
		"no permission": {
			breaks(aliyunsim.Fault{Operation: "sts GetCallerIdentity", First: 1, Trouble: aliyunsim.Forbidden}), breaks(), false,
		},
		"in the middle": {
			breaks(aliyunsim.Fault{Operation: "rds CreateDBInstance", First: 1, Trouble: aliyunsim.NoStock}), breaks(), true,
		},
		"at the end": {
			breaks(aliyunsim.Fault{Operation: "ecs RunCommand", First: 1, Trouble: aliyunsim.Forbidden}), breaks(), true,
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := begin(t, "2025-09-26 09:00", soon)
			s.comesIntoForce()
			s.at("2025-10-09 14:00", tt.before)
			s.at("2025-10-09 15:00", pays(fee, "ICBC-001"))
			s.until("2025-10-10 09:00")
			s.expect(want{State: "deploying", Duties: []string{firstDuties[0], "deployment: opened 2025-10-09 15:00, due 2025-10-11, pending, parked"}})
			if created, left := s.account.Created() > 0, s.account.Left(); created != tt.created || left != 0 {
				t.Errorf("ordered %t, want %t; %d are left", created, tt.created, left)
			}
			s.at("2025-10-10 10:00", tt.after, retries("deployment"))
			s.until("2025-10-11 00:00")
			s.expect(want{State: "in-service"})
			s.sound()
		})
	}
}

// What passes is waited out: the deployment is late by it and no more.
func TestDeployment_WhatPassesIsWaitedOut(t *testing.T) { // §3.2
	t.Parallel()
	s := begin(t, "2025-09-26 09:00", soon)
	s.comesIntoForce()
	s.at("2025-10-09 14:00", breaks(
		aliyunsim.Fault{Operation: "*", Every: 23, Trouble: aliyunsim.Throttled}, aliyunsim.Fault{Operation: "*", Every: 29, Trouble: aliyunsim.Cut},
	))
	s.at("2025-10-09 15:00", pays(fee, "ICBC-001"))
	s.until("2025-10-10 00:00")
	s.expect(want{State: "in-service"})
	if got := s.account.Created(); got != 6 {
		t.Errorf("%d resources were ordered, want 6", got)
	}
}

func TestDeployment_TheLoadStandardIsMeasuredAndKept(t *testing.T) { // §1.3 §3.2
	t.Parallel()
	s := begin(t, "2025-09-26 09:00", soon)
	s.comesIntoService()
	s.until("2025-10-20 09:00")
	r := s.deploymentReport()
	concurrent := 0
	for _, product := range s.form.Products {
		concurrent += s.form.Load.ByProduct[product].Concurrent
	}
	if a := r.Acceptance; a == nil || !a.Passed || a.Users != concurrent || !strings.Contains(string(a.Result), `"p95_ms"`) {
		t.Errorf("the acceptance is %+v", r.Acceptance)
	}
	if !hosting.Answering(r.Resources) || hosting.Endpoint(r.Resources) == "" {
		t.Errorf("deployed is %+v", r.Resources)
	}
}

// A system that misses the standard is not usable. When it stays so, people are told, and the customer may terminate alone and
// gets the fee back.
func TestDeployment_AShortfallThatStaysOpensTheRight(t *testing.T) { // §1.3 §1.4
	t.Parallel()
	s := begin(t, "2025-09-26 09:00", soon)
	s.comesIntoForce()
	s.at("2025-10-09 14:00", happens(func(s *story) { s.account.SetCapacity(10) }))
	s.at("2025-10-09 15:00", pays(fee, "ICBC-001"))
	s.until("2025-10-09 23:59")
	view := s.expect(want{State: "deploying", Duties: []string{firstDuties[0], "deployment: opened 2025-10-09 15:00, due 2025-10-11, pending, parked"}})
	if view.Contract.Shortfalls != 1 || s.account.Left() == 0 {
		t.Errorf("%d shortfalls are recorded, want 1; %d resources are there", view.Contract.Shortfalls, s.account.Left())
	}
	if a := detailOf[message.Report](s, "fell-short").Acceptance; a == nil || a.Passed || a.Carried >= a.Users {
		t.Errorf("the evidence says %+v", a)
	}
	s.at("2025-10-10 10:00", terminates("2025-10-10", message.LoadShortfall).as("alone"))
	s.until("2025-10-11 09:00")
	s.wantTold(map[string]string{"alone": ""})
	s.compare("refunds", s.duties("refund"), []string{"refund/1: opened 2025-10-10 10:00, pending"})
}

// A moment's weakness is none: the next measurement counts.
func TestDeployment_AShortfallThatPassesIsForgotten(t *testing.T) { // §1.3
	t.Parallel()
	s := begin(t, "2025-09-26 09:00", soon)
	s.comesIntoForce()
	s.at("2025-10-09 14:00", happens(func(s *story) { s.account.SetCapacity(10) }))
	s.at("2025-10-09 15:00", pays(fee, "ICBC-001"))
	s.at("2025-10-09 15:01", happens(func(s *story) { s.account.SetCapacity(100_000) }))
	s.until("2025-10-10 00:00")
	if view := s.expect(want{State: "in-service"}); view.Contract.Shortfalls != 0 {
		t.Errorf("%d shortfalls are recorded", view.Contract.Shortfalls)
	}
}

// The interfaces of the form are tried; one that fails delays nothing.
func TestDeployment_TestMessagesGoThroughEveryInterface(t *testing.T) { // §3.3
	t.Parallel()
	s := begin(t, "2025-09-26 09:00", soon)
	s.comesIntoService()
	s.until("2025-10-20 09:00")
	tests := s.deploymentReport().Tests
	if len(tests) != len(s.form.BaseConfiguration) || len(tests) == 0 {
		t.Fatalf("%d interfaces were tried of %d: %+v", len(tests), len(s.form.BaseConfiguration), tests)
	}
	for _, tested := range tests {
		if tested.MessageID == "" || tested.Failure != "" {
			t.Errorf("got %+v", tested)
		}
	}
}

// A system that was there before a try, or has once answered, is never taken back: it may hold what somebody entered.
func TestDeployment_WhatHasAnsweredIsNeverTakenBack(t *testing.T) { // §3.2 §7.2
	t.Parallel()
	s := begin(t, "2025-09-26 09:00", soon)
	s.comesIntoForce()
	s.at("2025-10-09 14:00", happens(func(s *story) { s.account.SetCapacity(10) }))
	s.at("2025-10-09 15:00", pays(fee, "ICBC-001"))
	s.until("2025-10-09 23:59")
	before := s.account.Left()
	s.at("2025-10-10 10:00", breaks(aliyunsim.Fault{Operation: "ecs RunCommand", First: 9, Trouble: aliyunsim.Forbidden}), happens(func(s *story) {
		must(s.t, s.account.SetBalance("0.00"))
		s.account.SetSoldOut("ecs.g7.2xlarge")
	}), retries("deployment"))
	s.until("2025-10-10 20:00")
	if left := s.account.Left(); left != before || before == 0 {
		t.Errorf("%d resources are left of %d", left, before)
	}
	s.at("2025-10-11 10:00", breaks(), happens(func(s *story) { s.account.SetCapacity(100_000) }), retries("deployment"))
	s.until("2025-10-11 20:00")
	s.expect(want{State: "in-service"})
}
