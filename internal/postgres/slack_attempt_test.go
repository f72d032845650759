package postgres_test

import (
	"strings"
	"testing"
	"time"

	"lvyue/internal/message"
)

// §4.1: what was refused in Slack is kept as it came, by the server's clock, and nobody changes it.
func TestAttempts_AreKeptForEver(t *testing.T) {
	t.Parallel()
	store, number := registered(t)
	before, err := store.Now(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	for _, a := range []message.Attempt{
		{Team: "T1", Member: "U1", Person: "zhang", What: "fault.lift", Contract: number, Fault: 3, Reason: "needs_role", ActedAt: "1.000001"},
		{Member: "U\x002\xff", What: strings.Repeat("长", 300), Fault: -1, Reason: "guest"},
	} {
		if err := store.KeepAttempt(t.Context(), a); err != nil {
			t.Fatal(err)
		}
	}
	kept, err := store.Attempts(t.Context(), before)
	if err != nil || len(kept) != 2 {
		t.Fatalf("%+v %v", kept, err)
	}
	want := message.Attempt{
		Team: "T1", Member: "U1", Person: "zhang", What: "fault.lift", Contract: number, Fault: 3, Reason: "needs_role", ActedAt: "1.000001", At: kept[0].At,
	}
	if kept[0] != want || kept[0].At.Before(before) || kept[1].Member != "U?2?" || len([]rune(kept[1].What)) != 200 {
		t.Errorf("%+v", kept)
	}
	if later, err := store.Attempts(t.Context(), kept[1].At.Add(time.Second)); err != nil || len(later) != 0 {
		t.Errorf("%+v %v", later, err)
	}
	for _, statement := range []string{
		"UPDATE slack_attempt SET reason = 'x'", "DELETE FROM slack_attempt WHERE false", "TRUNCATE slack_attempt",
		"SET session_replication_role = replica; DELETE FROM slack_attempt",
	} {
		wantAppendOnly(t, asSuperuser(t, store, statement), statement)
	}
	for _, statement := range []string{
		"UPDATE slack_attempt SET reason = 'x'", "DELETE FROM slack_attempt",
		"INSERT INTO slack_attempt (team, member, person, what, contract, fault, reason, acted_at, at) VALUES ('', '', '', 'x', '', 0, 'x', '', now())",
	} {
		if err := asSuperuser(t, store, "SET SESSION AUTHORIZATION lvyue_app;"+statement); err == nil {
			t.Errorf("the product may: %s", statement)
		}
	}
}
