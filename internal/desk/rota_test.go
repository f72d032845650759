package desk_test

import (
	"context"
	"slices"
	"testing"
	"time"

	"lvyue/internal/desk"
	"lvyue/internal/incident"
	"lvyue/internal/message"
	"lvyue/internal/oncall"
	"lvyue/internal/paging"
	"lvyue/internal/refusal"
	"lvyue/internal/workday"
)

// book is a rota that is set, or none.
type book struct{ rota *oncall.Rota }

func (b book) Rota(context.Context) (oncall.Rota, error) {
	if b.rota == nil {
		return oncall.Rota{}, refusal.Rule("no_rota", "4.1", "尚未设置值班表。", "no rota is set")
	}
	return *b.rota, nil
}

const form = `
people:
  - {id: zhang, name: 张工, roles: [oncall], slack: U0PERSON1, email: zhang@example.com, mobile: "13900000001"}
  - {id: zhou, name: 周工, roles: [oncall], email: zhou@example.com}
  - {id: wang, name: 王主管, roles: [lead], slack: U0PERSON3}
  - {id: hong, name: 洪经理, roles: [manager], slack: U0PERSON4}
rotations:
  - {name: primary, weekday: monday, at: "09:00", since: 2025-09-29, people: [zhang, zhou]}
  - {name: secondary, weekday: monday, at: "09:00", since: 2025-09-29, people: [zhou, zhang]}
`

func parsed(t *testing.T) *oncall.Rota {
	t.Helper()
	rota, err := oncall.ParseRota([]byte(form))
	if err != nil {
		t.Fatal(err)
	}
	return &rota
}

func TestRota_BeforeOneIsSetTheLadderIsTheUsualAndNobodyIsNamed_4_2(t *testing.T) {
	t.Parallel()
	r := desk.Rota{Store: book{}}
	terms, err := r.DeskTerms(t.Context())
	if err != nil || len(terms.Ladder) != len(oncall.DefaultLadder().Rungs) || terms.Plan != time.Hour {
		t.Fatalf("terms %+v (%v)", terms, err)
	}
	reached, err := r.Whom(t.Context(), terms.Ladder, time.Now())
	if err != nil || len(reached.People) != 0 || len(reached.Silent) == 0 {
		t.Errorf("reached %+v (%v): the account manager must be paged, and the gap told", reached, err)
	}
}

func TestRota_ThePolicyOfTheFormRules_3_12_4_2(t *testing.T) {
	t.Parallel()
	rota := parsed(t)
	rota.Policy = oncall.Policy{ResponseMinutes: 3, AfterMajeure: oncall.Fresh}
	terms, err := desk.Rota{Store: book{rota}}.DeskTerms(t.Context())
	if err != nil || terms.Response != 3*time.Minute || !terms.Fresh || terms.Plan != time.Hour || terms.Confirm != 48*time.Hour {
		t.Errorf("terms %+v (%v)", terms, err)
	}
}

func TestRota_ARungIsThePeopleOfItsTargetsAtThatInstant_4_1_4_2(t *testing.T) {
	t.Parallel()
	r := desk.Rota{Store: book{parsed(t)}}
	handover := time.Date(2025, time.October, 6, 9, 0, 0, 0, workday.Shanghai)
	ladder := incident.Terms(oncall.DefaultLadder()).Ladder
	for _, tt := range []struct {
		rung int
		at   time.Time
		want []string
	}{
		{0, handover.Add(-time.Microsecond), []string{"zhang"}},
		{0, handover, []string{"zhou"}},
		{2, handover, []string{"zhang"}},
		{3, handover, []string{"wang"}},
	} {
		reached, err := r.Whom(t.Context(), ladder[tt.rung:], tt.at)
		if err != nil || !slices.Equal(reached.People, tt.want) || len(reached.Silent) != 0 {
			t.Errorf("rung %d at %s: %+v (%v), want %v", tt.rung, tt.at, reached, err, tt.want)
		}
	}
	gone := []message.Rung{{Name: "sales", To: []string{"sales"}}, ladder[3]}
	if reached, err := r.Whom(t.Context(), gone, handover); err != nil || !slices.Equal(reached.People, []string{"wang"}) {
		t.Errorf("a rung of nobody: %+v (%v); it falls on at once", reached, err)
	}
}

func TestRota_SlackComesFirstThenMailThenRobotsAndNobodyIsOutOfReach_4_2(t *testing.T) {
	t.Parallel()
	public := []paging.Address{{Way: paging.Slack, Room: "C0DESK"}}
	r := desk.Rota{Store: book{parsed(t)}, Ways: []paging.Way{paging.DingTalk}, Public: public}
	for _, tt := range []struct {
		who  string
		want []paging.Address
	}{
		{"zhang", []paging.Address{
			{Way: paging.Slack, Room: "U0PERSON1"}, {Way: paging.Email, Room: "zhang@example.com"}, {Way: paging.DingTalk, Mention: "13900000001"},
		}},
		{"zhou", []paging.Address{{Way: paging.Email, Room: "zhou@example.com"}, {Way: paging.DingTalk}}},
		{"chen", public},
	} {
		if got, err := r.Reach(t.Context(), tt.who); err != nil || !slices.Equal(got, tt.want) {
			t.Errorf("%s: %v (%v), want %v", tt.who, got, err, tt.want)
		}
	}
	if leads, err := r.Leads(t.Context()); err != nil || !slices.Equal(leads, []string{"wang"}) {
		t.Errorf("the leads are %v (%v)", leads, err)
	}
}
