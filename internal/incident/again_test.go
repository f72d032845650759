package incident_test

import (
	"testing"
	"time"

	"lvyue/internal/incident"
	"lvyue/internal/message"
	"lvyue/internal/workday"
)

func TestStart_WhatIsFoundAFaultAgainIsAnsweredAgain(t *testing.T) { // §4.2 §4.3
	t.Parallel()
	at := time.Date(2026, time.November, 27, 10, 0, 0, 0, workday.Shanghai)
	f := reportedAt(at)
	incident.Acknowledge(f, "zhang", at.Add(2*time.Minute))
	incident.Request(f, at.Add(10*time.Minute))
	incident.Start(f, at.Add(time.Hour))
	if !f.ResponseAt.IsZero() || f.RespondedBy != "" {
		t.Errorf("it is answered before it began: at %s by %s", f.ResponseAt, f.RespondedBy)
	}
	incident.Acknowledge(f, "wu", at.Add(63*time.Minute))
	if o := f.Obligations[0]; o.Status != message.Met || f.RespondedBy != "wu" || !incident.LateAt(f).IsZero() {
		t.Errorf("the response is %s, by %s", o.Status, f.RespondedBy)
	}
}

// §6.4: where a waiver was asked for, another person approves it than who asked.
func TestWaive_IsNotApprovedByWhoAsked_6_4(t *testing.T) {
	t.Parallel()
	f := &message.Incident{N: 1, FaultRow: message.FaultRow{Fault: 1, State: message.FaultAcknowledged, SLA: message.SLABreached}}
	by := message.Actor{Who: "zhao", Role: "manager"}
	wantRefused(t, incident.RefuseWaive(f, message.Words{Text: "x", AskedBy: "zhao"}, by), "same_person")
	wantRefused(t, incident.RefuseWaive(f, message.Words{Text: "x", AskedBy: "zhang"}, by), "")
	wantRefused(t, incident.RefuseWaive(f, message.Words{Text: "x"}, by), "") // the customer's own letter, entered by who looks after the contract
}
