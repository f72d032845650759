package slack_test

import (
	"strings"
	"testing"

	"lvyue/internal/message"
	"lvyue/internal/slack"
	"lvyue/internal/slacksim"
)

// §4.1: guests, strangers, people who have left and those whom the rota does not know do nothing, are told so, and it is kept.
func TestIdentity_WhoIsNoPersonOfTheRotaIsRefused(t *testing.T) {
	t.Parallel()
	over(t, setting{}, func(t *testing.T, d *desk) {
		for n, tt := range []struct{ member, team, person, reason, word string }{
			{guest, slacksim.TeamID, "", "guest", "访客"},
			{foreign, slacksim.OtherTeam, "", "other_team", "本工作区"},
			{left, slacksim.TeamID, "left", "inactive", "停用"},
			{nobody, slacksim.TeamID, "", "unlinked", "/fault link"}, // the name and the address of 张伟 prove nothing
		} {
			click := d.click(tt.member, "fault.ack", fault(0, ""))
			d.watch.ExpectEphemeral(tt.member, "⛔", tt.word)
			d.click(tt.member, "fault.plan", fault(0, ""))
			d.watch.ExpectEphemeral(tt.member, "⛔", tt.word)
			attempts := d.attempts()
			if len(attempts) != 2*n+2 {
				t.Fatalf("%s: %+v", tt.reason, attempts)
			}
			got := attempts[2*n]
			want := message.Attempt{
				Team: tt.team, Member: tt.member, Person: tt.person, What: "fault.ack", Contract: number, Fault: 1, Reason: tt.reason,
				ActedAt: click.Field("actions.0.action_ts"), At: got.At,
			}
			if got != want || want.At.IsZero() {
				t.Errorf("kept %+v, want %+v", got, want)
			}
		}
		if len(d.inbox()) != 0 || len(d.engine.effects()) != 0 {
			t.Error("something was done")
		}
	})
}

func TestIdentity_WhoLosesTheirPlaceWithAFormOpenIsRefused(t *testing.T) {
	t.Parallel()
	over(t, setting{}, func(t *testing.T, d *desk) {
		view := d.form(zhang, "fault.resolve", fault(0, ""))
		d.s.SetUser(slacksim.User{ID: zhang, Name: "zhang", IsRestricted: true})
		delivery, err := d.s.Submit(t.Context(), view.ID, slacksim.Values{"text": "好了"})
		if err != nil || delivery.Errors["text"] == "" || len(d.inbox()) != 0 || len(d.attempts()) != 1 {
			t.Errorf("%v %v", delivery.Errors, err)
		}
		d.watch.ExpectView(slacksim.Refused, zhang, "访客")
	})
}

func TestIdentity_AnotherAppOrWorkspaceIsRefused(t *testing.T) {
	t.Parallel()
	for name, change := range map[string]func(*slack.Config){
		"app":          func(c *slack.Config) { c.App = "A0OTHER" },
		"workspace":    func(c *slack.Config) { c.Team = slacksim.OtherTeam },
		"no workspace": func(c *slack.Config) { c.Team = "" },
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			over(t, setting{config: change}, func(t *testing.T, d *desk) {
				d.click(zhang, "fault.ack", fault(0, ""))
				d.watch.ExpectEphemeral(zhang, "⛔", "本工作区")
				if attempts := d.attempts(); len(attempts) != 1 || attempts[0].Reason != "other_team" || len(d.inbox()) != 0 {
					t.Errorf("%+v", attempts)
				}
			})
		})
	}
}

// §4.1: while Slack does not say who is a guest, the rota decides.
func TestIdentity_WhenSlackDoesNotTellTheRotaDecides(t *testing.T) {
	t.Parallel()
	over(t, setting{}, func(t *testing.T, d *desk) {
		if err := d.s.SetFaults(slacksim.Fault{Method: "users.info", Trouble: slacksim.Broken}); err != nil {
			t.Fatal(err)
		}
		d.click(zhang, "fault.ack", fault(0, ""))
		d.watch.ExpectEphemeral(zhang, "✅")
		d.click(nobody, "fault.ack", fault(0, ""))
		d.watch.ExpectEphemeral(nobody, "⛔", nobody)
	})
}

// §3.11–3.13, §7.2: each button is for those whose role it takes.
func TestIdentity_EachButtonWantsItsRole(t *testing.T) {
	t.Parallel()
	over(t, setting{}, func(t *testing.T, d *desk) {
		for _, tt := range []struct {
			member, action string
			role           string // "" is refused
		}{
			{zhang, "fault.ack", "oncall"},
			{wang, "fault.ack", "lead"},
			{zhao, "fault.ack", "manager"},
			{sun, "fault.ack", ""},
			{chen, "fault.escalate", ""},
			{zhang, "fault.lift", ""},
			{wang, "fault.lift", "lead"},
			{zhao, "fault.lift", "manager"},
			{chen, "fault.confirm", "account-manager"},
			{zhang, "fault.confirm", "oncall"},
			{sun, "fault.confirm", "sales"},
			{chen, "contract.decline", "account-manager"},
			{sun, "contract.decline", "sales"},
			{zhao, "contract.decline", "manager"},
			{zhang, "contract.decline", ""},
			{wang, "contract.decline", ""},
		} {
			value := fault(0, "")
			if tt.action == "contract.decline" {
				value = number + "|renewal-talks/1"
			}
			stored := len(d.inbox())
			d.click(tt.member, tt.action, value)
			if tt.role == "" {
				d.watch.ExpectEphemeral(tt.member, "没有权限")
			} else {
				d.watch.ExpectEphemeral(tt.member, "✅")
			}
			acts := d.inbox()
			switch {
			case tt.role == "" && len(acts) != stored:
				t.Errorf("%s %s was stored", tt.member, tt.action)
			case tt.role != "" && roleOf(acts, tt.member) != tt.role:
				t.Errorf("%s %s is stored as %q, want %q", tt.member, tt.action, roleOf(acts, tt.member), tt.role)
			}
		}
		for action, member := range map[string]string{
			"fault.plan": sun, "fault.force-majeure": zhang, "fault.not-a-fault": zhang, "fault.a-fault": zhang, "fault.explain": wang, "fault.waive": sun,
			"contract.confirm-destruction": wang, "contract.hold": zhang, "contract.release-hold": wang, "contract.offer": zhang, "contract.counter-offer": wang, "contract.agree": zhang, "contract.accept-quote": wang, "contract.retry": zhang,
		} {
			d.click(member, action, fault(0, ""))
			d.watch.ExpectEphemeral(member, "没有权限")
		}
		for _, a := range d.attempts() {
			if a.Reason != "needs_role" || a.Person == "" {
				t.Errorf("%+v", a)
			}
		}
	})
}

// roleOf is that of the person's last act.
func roleOf(acts []message.Act, member string) string {
	role := ""
	var seq int64
	for _, a := range acts {
		if "U0"+upper(a.Actor.Who) == member && a.Seq > seq {
			role, seq = a.Actor.Role, a.Seq
		}
	}
	return role
}

func upper(word string) string { return strings.ToUpper(word) }
