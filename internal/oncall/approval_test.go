package oncall_test

import (
	"testing"

	"lvyue/internal/message"
	"lvyue/internal/oncall"
	"lvyue/internal/refusal"
)

const workspace = "T0001"

// link is a word about a member.
func link(member string, state message.ApprovalState, person, by string) message.Approval {
	a := message.LinkOf(workspace, member)
	a.State, a.Person, a.By = state, person, by
	return a
}

// §4.1: who somebody is in a workspace: the form says it, unless it was revoked, and else an approval; an account is one person's.
func TestInSlack_TheFormThenApprovalsAndNothingThatWasRevoked(t *testing.T) {
	t.Parallel()
	for name, tt := range map[string]struct {
		links []message.Approval
		want  map[string]string // whose account is whose
	}{
		"no links":                      {nil, map[string]string{"U0ZHANG001": "zhang", "U0NEW": ""}},
		"asked for alone":               {[]message.Approval{link("U0NEW", message.AskedFor, "chen", "U0NEW")}, map[string]string{"U0NEW": ""}},
		"refused":                       {[]message.Approval{link("U0NEW", message.Refused, "chen", "wang")}, map[string]string{"U0NEW": ""}},
		"approved":                      {[]message.Approval{link("U0NEW", message.Approved, "chen", "wang")}, map[string]string{"U0NEW": "chen", "U0ZHANG001": "zhang"}},
		"the form is stronger":          {[]message.Approval{link("U0NEW", message.Approved, "zhang", "wang")}, map[string]string{"U0NEW": "", "U0ZHANG001": "zhang"}},
		"an account of the form":        {[]message.Approval{link("U0LINA0002", message.Approved, "chen", "wang")}, map[string]string{"U0LINA0002": "li"}},
		"revoked though the form":       {[]message.Approval{link("U0ZHANG001", message.Revoked, "zhang", "wang")}, map[string]string{"U0ZHANG001": ""}},
		"revoked, and another approved": {[]message.Approval{link("U0NEW", message.Approved, "zhang", "wang"), link("U0ZHANG001", message.Revoked, "zhang", "wang")}, map[string]string{"U0ZHANG001": "", "U0NEW": "zhang"}},
	} {
		rota := withChen(t)
		got := rota.InSlack(tt.links)
		for member, want := range tt.want {
			if p, _ := got.BySlack(member); p.ID != want {
				t.Errorf("%s: %s is %q, want %q", name, member, p.ID, want)
			}
		}
		if p, _ := rota.BySlack("U0ZHANG001"); p.ID != "zhang" {
			t.Errorf("%s: the rota itself was changed", name)
		}
	}
}

// withChen is the example with somebody who has no account.
func withChen(t *testing.T) oncall.Rota {
	t.Helper()
	rota := exampleRota(t)
	rota.People = append(rota.People, oncall.Person{ID: "chen", Email: "chen@example.com", Roles: []oncall.Role{oncall.Sales}})
	return rota
}

// §4.1, §6.4: what is asked for is answered once, by another person who may; a person of the rota has one account.
func TestRefuseApproval_HoldsEachWordToItsOrder(t *testing.T) {
	t.Parallel()
	asked := link("U0NEW", message.AskedFor, "chen", "U0NEW")
	asked.ID = 7
	numbered := func(a message.Approval, id int64) message.Approval { a.ID = id; return a }
	waiver := func(state message.ApprovalState, by string) message.Approval {
		a := message.WaiverOf("HT-1", 3)
		a.State, a.Person, a.By, a.Reason = state, "zhang", by, "x"
		return a
	}
	none := message.Approval{}
	for name, tt := range map[string]struct {
		last, next message.Approval
		code       string
	}{
		"asked":                           {none, asked, ""},
		"asked twice":                     {asked, asked, "asked_already"},
		"asked for somebody unknown":      {none, link("U0NEW", message.AskedFor, "gao", "U0NEW"), "bad_person"},
		"asked for nobody":                {none, link("U0NEW", message.AskedFor, "", "U0NEW"), "bad_person"},
		"asked for somebody else's":       {none, link("U0NEW", message.AskedFor, "li", "U0NEW"), "bad_person"},
		"asked by who is linked":          {none, link("U0LINA0002", message.AskedFor, "chen", "U0LINA0002"), "linked_already"},
		"asked anew after a refusal":      {link("U0NEW", message.Refused, "chen", "wang"), asked, ""},
		"approved by a lead":              {asked, link("U0NEW", message.Approved, "", "wang"), ""},
		"approved by a manager, by card":  {asked, numbered(link("U0NEW", message.Approved, "", "zhao"), 7), ""},
		"approved by an engineer":         {asked, link("U0NEW", message.Approved, "", "zhang"), "needs_role"},
		"approved by who is to be linked": {asked, link("U0NEW", message.Approved, "", "chen"), "same_person"},
		"approved by nobody known":        {asked, link("U0NEW", message.Approved, "", "U0NEW"), "needs_role"},
		"approved on an older card":       {asked, numbered(link("U0NEW", message.Approved, "", "wang"), 5), "not_asked"},
		"approved twice":                  {link("U0NEW", message.Approved, "chen", "wang"), link("U0NEW", message.Approved, "chen", "zhao"), "answered_already"},
		"refused after that":              {link("U0NEW", message.Approved, "chen", "wang"), link("U0NEW", message.Refused, "", "zhao"), "answered_already"},
		"refused, never asked":            {none, link("U0NEW", message.Refused, "chen", "wang"), "not_asked"},
		"entered without a question":      {none, link("U0NEW", message.Approved, "chen", "wang"), ""},
		"entered for oneself":             {none, link("U0NEW", message.Approved, "wang", "wang"), "same_person"},
		"entered for somebody else's":     {none, link("U0NEW", message.Approved, "li", "wang"), "bad_person"},
		"entered after a revocation":      {link("U0NEW", message.Revoked, "chen", "wang"), link("U0NEW", message.Approved, "chen", "wang"), ""},
		"revoked, of the form":            {none, link("U0LINA0002", message.Revoked, "", "wang"), ""},
		"revoked by an engineer":          {none, link("U0LINA0002", message.Revoked, "", "zhang"), "needs_role"},
		"revoked, never linked":           {none, link("U0NEW", message.Revoked, "", "wang"), "not_linked"},
		"revoked while asked for":         {asked, link("U0NEW", message.Revoked, "", "wang"), ""},
		"a waiver is asked for":           {none, waiver(message.AskedFor, "zhang"), ""},
		"a waiver is approved":            {waiver(message.AskedFor, "zhang"), waiver(message.Approved, "zhao"), ""},
		"a waiver by who asks":            {waiver(message.AskedFor, "zhang"), waiver(message.Approved, "zhang"), "same_person"},
		"a waiver nobody asked for":       {none, waiver(message.Approved, "zhao"), "not_asked"},
		"a waiver is no link":             {none, waiver(message.Revoked, "zhao"), "not_linked"},
	} {
		if no := withChen(t).RefuseApproval(tt.last, tt.next); codeOf(no) != tt.code {
			t.Errorf("%s: %q, want %q", name, codeOf(no), tt.code)
		}
	}
}

func codeOf(no *refusal.Refusal) string {
	if no == nil {
		return ""
	}
	return no.Code
}
