package postgres_test

import (
	"sync"
	"testing"

	"lvyue/internal/message"
	"lvyue/internal/oncall"
	"lvyue/internal/postgres"
	"lvyue/internal/refusal"
)

// withoutAccount is a store whose rota knows mueller by mail alone.
func withoutAccount(t *testing.T) *postgres.Store {
	t.Helper()
	store, _ := registered(t)
	rota, err := oncall.ParseRota(oncall.ExampleForm())
	if err != nil {
		t.Fatal(err)
	}
	rota.People[3].Email, rota.People[3].Slack = "mueller@example.com", ""
	if _, _, err := store.SetRota(t.Context(), rota, "chen"); err != nil {
		t.Fatal(err)
	}
	return store
}

// mueller is a word about the member who is to be mueller.
func mueller(state message.ApprovalState, by string) message.Approval {
	a := message.LinkOf("T1", "U0NEW")
	a.State, a.Person, a.By, a.Way = state, "mueller", by, "cli"
	return a
}

// §4.1: of twenty answers to one question one is kept; the last word is how a link stands, and every word stays.
func TestApprovals_OneAnswerIsKeptAndEveryWordStays(t *testing.T) {
	t.Parallel()
	store := withoutAccount(t)
	word := func(state message.ApprovalState, by string) error {
		_, err := store.KeepApproval(t.Context(), mueller(state, by))
		return err
	}
	links := func() []message.Approval {
		all, err := store.Links(t.Context(), "T1")
		if err != nil {
			t.Fatal(err)
		}
		return all
	}
	if err := word(message.AskedFor, "U0NEW"); err != nil {
		t.Fatal(err)
	}
	var everyone sync.WaitGroup
	kept := make(chan error, 20)
	for range 10 {
		for _, by := range []string{"wang", "zhao"} {
			everyone.Go(func() { kept <- word(message.Approved, by) })
		}
	}
	everyone.Wait()
	close(kept)
	n := 0
	for err := range kept {
		if err == nil {
			n++
		} else if no, ok := refusal.As(err); !ok || no.Code != "answered_already" {
			t.Error(err)
		}
	}
	if all := links(); n != 1 || len(all) != 1 || all[0].State != message.Approved || all[0].Person != "mueller" {
		t.Errorf("%d are kept: %+v", n, all)
	}
	if err := word(message.Revoked, "wang"); err != nil {
		t.Fatal(err)
	}
	if all := links(); len(all) != 1 || all[0].State != message.Revoked || all[0].By != "wang" {
		t.Errorf("%+v", all)
	}
}

// §4.1: the people of a workspace are its members that were approved, until that is revoked.
func TestApprovals_TellWhoIsWhoInAWorkspace(t *testing.T) {
	t.Parallel()
	store := withoutAccount(t)
	for _, tt := range []struct {
		state   message.ApprovalState
		account string
	}{{message.Approved, "U0NEW"}, {message.Revoked, ""}} {
		kept, err := store.KeepApproval(t.Context(), mueller(tt.state, "wang"))
		if err != nil || kept.ID == 0 || kept.At.IsZero() || kept.Person != "mueller" {
			t.Errorf("%+v %v", kept, err)
		}
		here, err := store.In("T1").Rota(t.Context())
		if err != nil || here.People[3].Slack != tt.account {
			t.Errorf("%s: %q %v", tt.state, here.People[3].Slack, err)
		}
		if there, err := store.In("T2").Rota(t.Context()); err != nil || there.People[3].Slack != "" {
			t.Errorf("%s in another workspace: %q %v", tt.state, there.People[3].Slack, err)
		}
		if found, err := store.ApprovalOf(t.Context(), kept.ID); err != nil || found != kept {
			t.Errorf("%+v %v", found, err)
		}
	}
}

// §4.1: nobody changes what was said about a link or a waiver, and the database itself knows who may not approve.
func TestApprovals_AreKeptForEver(t *testing.T) {
	t.Parallel()
	store, _ := registered(t)
	a := message.WaiverOf("HT-1", 3)
	a.State, a.Person, a.By, a.Way, a.Reason = message.AskedFor, "zhang", "zhang", "slack", "邮件"
	if _, err := store.KeepApproval(t.Context(), a); err != nil {
		t.Fatal(err)
	}
	for _, statement := range []string{
		"UPDATE approval SET state = 'approved'", "DELETE FROM approval WHERE false", "TRUNCATE approval",
		"SET session_replication_role = replica; DELETE FROM approval",
	} {
		wantAppendOnly(t, asSuperuser(t, store, statement), statement)
	}
	const insert = "INSERT INTO approval (team, contract, what, state, person, reason, said_by, way) VALUES "
	for _, statement := range []string{
		"SET SESSION AUTHORIZATION lvyue_app; UPDATE approval SET state = 'approved'",
		"SET SESSION AUTHORIZATION lvyue_app; INSERT INTO approval (team, contract, what, state, person, reason, said_by, way, at) VALUES ('T', '', 'link/U', 'pending', 'x', '', 'U', 'x', now())",
		insert + "('', 'HT-1', 'waiver/3', 'approved', 'zhang', 'x', 'zhang', 'slack')",
		insert + "('T', '', 'link/U', 'approved', 'zhang', '', 'zhang', 'slack')",
		insert + "('', '', 'link/U', 'pending', 'zhang', '', 'U', 'slack')",
		insert + "('', 'HT-1', 'waiver/3', 'revoked', 'zhang', 'x', 'zhao', 'slack')",
		insert + "('', 'HT-1', 'waiver/3', 'pending', 'zhang', ' ', 'zhang', 'slack')",
		insert + "('', 'HT-1', 'waiver/0', 'pending', 'zhang', 'x', 'zhang', 'slack')",
		insert + "('T', '', 'link/U', 'on leave', 'zhang', '', 'U', 'slack')",
	} {
		if err := asSuperuser(t, store, statement); err == nil {
			t.Errorf("this was let pass: %s", statement)
		}
	}
}
