package test

import (
	"fmt"
	"io"
	"net/http"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"lvyue/internal/message"
	"lvyue/internal/slacksim"
)

// A request that Slack has not signed, people who may not act, and programs that look at links change nothing, and of people it is
// kept that they tried.
func TestOffice_WhoMayNotActChangesNothing_4_2(t *testing.T) {
	t.Parallel()
	over(t, func(t *testing.T, o *office) {
		number, w, card := o.faulty()
		page := w.ExpectMessage(zhangOnCall, number, "故障待响应")
		before := o.story(number, 1)
		if o.transport == overHTTP {
			o.forge(card)
		}
		link := o.linkOn(page)
		for range 2 {
			if status, text := o.visit(http.MethodGet, link); status != http.StatusOK || !strings.Contains(text, number) {
				t.Errorf("the link shows %d %s", status, text)
			}
		}
		o.turnedAway(w, card)
		o.quiet()
		if after := o.story(number, 1); after != before {
			t.Errorf("the evidence was\n%sand is\n%s", before, after)
		}
		o.stands(number, 1, message.FaultOpen, message.SLARunning)
		o.pressLink(link)
		o.shows(card, "张工", "已响应")
		if f := o.stands(number, 1, message.FaultAcknowledged, message.SLARunning); f.RespondedBy != "zhang" {
			t.Errorf("%s answered", f.RespondedBy)
		}
	})
}

// forge sends clicks that are not Slack's, or not as Slack sent them.
func (o *office) forge(card slacksim.Message) {
	o.t.Helper()
	for _, forgery := range slacksim.Forgeries() {
		status, err := o.slack.ForgeClick(o.t.Context(), forgery, zhangOnCall, card.Channel, card.TS, "fault.ack")
		if err != nil || status != http.StatusUnauthorized {
			o.t.Errorf("%s: %d, %v", forgery, status, err)
		}
	}
	if tried := o.attempts(); len(tried) > 0 {
		o.t.Errorf("%q are taken for what somebody did", tried)
	}
}

// turnedAway has people click who are not on the rota, guests, of another workspace, or without the role.
func (o *office) turnedAway(w *slacksim.Watch, card slacksim.Message) {
	o.t.Helper()
	o.slack.SetUser(slacksim.User{ID: "U0NEW", Name: "new", RealName: "新人"})
	for _, who := range []struct{ user, told string }{
		{"U0NEW", "U0NEW"}, {"U0GUEST", "访客账号不能操作"}, {"U0OTHER", "只接受本工作区成员的操作"}, {chenSales, "您没有权限"},
	} {
		for _, action := range []string{"fault.ack", "fault.plan"} {
			o.click(who.user, card, action)
			w.ExpectEphemeral(who.user, "⛔", who.told)
		}
	}
	want := []string{
		"U0CHEN fault.ack needs_role", "U0CHEN fault.plan needs_role", "U0GUEST fault.ack guest", "U0GUEST fault.plan guest",
		"U0NEW fault.ack unlinked", "U0NEW fault.plan unlinked", "U0OTHER fault.ack other_team", "U0OTHER fault.plan other_team",
	}
	if got := o.attempts(); !slices.Equal(got, want) {
		o.t.Errorf("kept are\n%q, want\n%q", got, want)
	}
}

// attempts are what people were refused before it was an act, sorted.
func (o *office) attempts() []string {
	o.t.Helper()
	all, err := o.Store.Attempts(o.t.Context(), time.Time{})
	if err != nil {
		o.t.Fatal(err)
	}
	var tried []string
	for _, a := range all {
		if a.Member != "" {
			tried = append(tried, fmt.Sprintf("%s %s %s", a.Member, a.What, a.Reason))
		}
	}
	slices.Sort(tried)
	return tried
}

// linkOn is the path of the link on a page, by which somebody acts without Slack.
func (o *office) linkOn(page slacksim.Message) string {
	o.t.Helper()
	found := regexp.MustCompile(regexp.QuoteMeta(linksBegin) + `(/a/[^|> ]+)`).FindStringSubmatch(fmt.Sprint(page.Attachments))
	if found == nil {
		o.t.Fatalf("no link on %v", page.Attachments)
	}
	return found[1]
}

func (o *office) visit(method, path string) (int, string) {
	o.t.Helper()
	request, err := http.NewRequestWithContext(o.t.Context(), method, o.url+path, nil)
	if err != nil {
		o.t.Fatal(err)
	}
	answer, err := http.DefaultClient.Do(request)
	if err != nil {
		o.t.Fatal(err)
	}
	defer answer.Body.Close()
	text, err := io.ReadAll(answer.Body)
	if err != nil {
		o.t.Fatal(err)
	}
	return answer.StatusCode, string(text)
}

// pressLink acts by a link, which then holds no more.
func (o *office) pressLink(link string) {
	o.t.Helper()
	for i, want := range []int{http.StatusOK, http.StatusForbidden} {
		if status, text := o.visit(http.MethodPost, link); status != want {
			o.t.Errorf("pressed %d times: %d %s", i+1, status, text)
		}
	}
}
