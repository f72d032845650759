package slacksim_test

import (
	"bufio"
	"io"
	"net/http"
	"net/url"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/slack-go/slack"

	"lvyue/internal/slacksim"
)

// look fetches the page.
func look(t *testing.T, s *slacksim.Server, query string) (string, http.Header) {
	t.Helper()
	response, err := http.Get(s.URL() + "/?" + query)
	if err != nil {
		t.Fatal(err)
	}
	defer response.Body.Close()
	text, err := io.ReadAll(response.Body)
	if err != nil || response.StatusCode != http.StatusOK {
		t.Fatalf("%d %s %v", response.StatusCode, text, err)
	}
	return string(text), response.Header
}

// gesture posts a form of the page.
func gesture(t *testing.T, s *slacksim.Server, path, site string, form url.Values) (int, url.Values) {
	t.Helper()
	request, err := http.NewRequest(http.MethodPost, s.URL()+"/page/"+path, strings.NewReader(form.Encode()))
	if err != nil {
		t.Fatal(err)
	}
	request.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	request.Header.Set("Sec-Fetch-Site", site)
	response, err := http.DefaultTransport.RoundTrip(request)
	if err != nil || response.Body.Close() != nil {
		t.Fatal(err)
	}
	to, _ := url.Parse(response.Header.Get("Location"))
	return response.StatusCode, to.Query()
}

func TestPage_DrawsMarkupAndEscapesTheRest(t *testing.T) {
	t.Parallel()
	s := start(t, slacksim.Options{})
	for given, want := range map[string]string{
		"*方案截止* 11:00":        "<b>方案截止</b> 11:00",
		"2*3*4":               "2*3*4",
		"<@" + zhang + "> 请看": `<span class="mention">@张工</span> 请看`,
		"<#" + lobby + ">":    `<span class="mention">#lobby</span>`,
		"<!here>":             `<span class="mention all">@here</span>`,
		"<https://example.com/?a=1&b=2|状态页>":     `<a href="https://example.com/?a=1&amp;b=2" rel="noreferrer noopener" target="_blank">状态页</a>`,
		"<javascript:alert(1)|x>":                "&lt;javascript:alert(1)|x&gt;",
		"<https://x\" onmouseover=\"alert(1)|x>": "onmouseover=&#34;alert",
		"<img src=x onerror=alert(1)>":           "&lt;img src=x onerror=alert(1)&gt;",
		"&lt;!channel&gt; &amp;":                 "&lt;!channel&gt; &amp;",
		"一\n二":                                   "一<br>二",
		"~旧~ `码`":                                "<s>旧</s> <code>码</code>",
		"客户说：\n>登录 *不了*\n> 第二行\n以上":              "客户说：<blockquote>登录 <b>不了</b><br>第二行</blockquote>以上",
		"&gt; 引用":                                "<blockquote>引用</blockquote>",
		"1 > 0 &gt; -1":                          "1 &gt; 0 &gt; -1",
		">&gt; <script>":                         "<blockquote>&gt; &lt;script&gt;</blockquote>",
	} {
		post(t, s, given)
		if page, _ := look(t, s, "as="+zhang+"&at="+oncall); !strings.Contains(page, want) || strings.Contains(page, "<img") {
			t.Errorf("%q is not drawn as %s", given, want)
		}
	}
}

func TestPage_DrawsAllKindsOfBlocks(t *testing.T) {
	t.Parallel()
	s := start(t, slacksim.Options{})
	evil := `"><script>alert(1)</script>`
	choice := slack.NewOptionsSelectBlockElement("static_select", plain(evil), "kind", slack.NewOptionBlockObject(evil, plain(evil), nil))
	_, _, err := client(s).PostMessage(oncall, text("x"), slack.MsgOptionBlocks(
		slack.NewHeaderBlock(plain(evil)), slack.NewSectionBlock(marked(evil), []*slack.TextBlockObject{marked(evil)}, slack.NewAccessory(choice)),
		slack.NewContextBlock("", marked(evil), slack.NewImageBlockElement("https://example.com/x.png", evil)), slack.NewImageBlock("https://example.com/x.png", evil, "", nil),
		slack.NewActionBlock(evil, slack.NewButtonBlockElement(evil, evil, plain(evil)).WithConfirm(slack.NewConfirmationBlockObject(plain("a"), plain(evil), plain("b"), plain("c")))),
	), slack.MsgOptionAttachments(slack.Attachment{Color: evil, Text: evil, Title: evil}))
	if err != nil {
		t.Fatal(err)
	}
	page, header := look(t, s, "as="+zhang+"&at="+oncall+"&trouble="+url.QueryEscape(evil))
	if strings.Contains(page, "<script>alert") || strings.Count(page, "&lt;script&gt;alert(1)") < 10 {
		t.Error(page)
	}
	if !strings.Contains(header.Get("Content-Security-Policy"), "default-src 'self'") {
		t.Errorf("%v", header)
	}
}

func TestPage_ShowsOnlyWhatTheUserSees(t *testing.T) {
	t.Parallel()
	s := start(t, slacksim.Options{})
	if _, err := client(s).PostEphemeral(oncall, zhang, text("只给张工")); err != nil {
		t.Fatal(err)
	}
	for user, want := range map[string][2]bool{zhang: {true, false}, li: {false, true}} {
		page, _ := look(t, s, "as="+user+"&at="+oncall)
		if got := [2]bool{strings.Contains(page, "只给张工"), strings.Contains(page, "board")}; got != want {
			t.Errorf("%s sees %v, want %v", user, got, want)
		}
		if page, _ := look(t, s, "as="+zhang+"&at="+secret); strings.Contains(page, "<b># board") {
			t.Error("a private channel is shown to an outsider")
		}
	}
	if page, _ := look(t, start(t, slacksim.Options{Users: []slacksim.User{}}), ""); !strings.Contains(page, "履约") {
		t.Error("without people there is no page")
	}
}

func TestPage_TakesGesturesOnlyFromItself(t *testing.T) {
	t.Parallel()
	s := start(t, slacksim.Options{})
	form := url.Values{"as": {zhang}, "at": {oncall}, "text": {"你好"}}
	if status, _ := gesture(t, s, "say", "cross-site", form); status != http.StatusForbidden || len(s.Messages(oncall)) != 0 {
		t.Errorf("%d", status)
	}
	if status, _ := gesture(t, s, "say", "same-origin", form); status != http.StatusSeeOther || len(s.Messages(oncall)) != 1 {
		t.Errorf("%d", status)
	}
	_, to := gesture(t, s, "click", "same-origin", url.Values{"as": {zhang}, "at": {oncall}, "channel": {oncall}, "ts": {"1.0"}})
	if to.Get("trouble") == "" || to.Get("at") != oncall {
		t.Errorf("the user is not told: %v", to)
	}
}

// A form that lacks something, or that the app refuses, says so beside the input to whoever loads the page, and keeps what was entered.
func TestPage_ShowsWhatIsWrongBesideTheInput(t *testing.T) {
	t.Parallel()
	s := start(t, slacksim.Options{})
	d := &desk{c: client(s)}
	serveSocket(t, s, d.handle)
	_, ts, err := d.c.PostMessage(oncall, card("F-0012", "#862421", true))
	if err != nil {
		t.Fatal(err)
	}
	if _, err := s.Click(t.Context(), zhang, oncall, ts, "fault.plan"); err != nil {
		t.Fatal(err)
	}
	modal, open := s.Modal(zhang)
	if !open {
		t.Fatal("there is no form")
	}
	form := url.Values{"as": {zhang}, "at": {oncall}, "view": {modal.ID}}
	for entered, want := range map[string]string{"": "请填写 Please complete", "短": "至少四个字"} {
		form.Set("in:cause_block/cause", entered)
		if _, to := gesture(t, s, "submit", "same-origin", form); to.Get("trouble") != "" {
			t.Errorf("%v", to)
		}
		page, _ := look(t, s, "as="+zhang+"&at="+oncall)
		if !strings.Contains(page, `<div class="error">⚠ `) || !strings.Contains(page, want) || !strings.Contains(page, `value="`+entered+`"`) {
			t.Errorf("%q: %s is not seen", entered, want)
		}
	}
}

// A moment is entered as browsers write one, in Beijing, and reaches the app as Slack tells it.
func TestPage_TakesAMoment(t *testing.T) {
	t.Parallel()
	s := start(t, slacksim.Options{})
	var mu sync.Mutex
	var got int64
	serveSocket(t, s, func(s seen) (any, int) {
		mu.Lock()
		defer mu.Unlock()
		if s.interaction.Type == slack.InteractionTypeViewSubmission {
			got = s.interaction.View.State.Values["when"]["at"].SelectedDateTime
		}
		return nil, 0
	})
	_, ts, err := client(s).PostMessage(oncall, card("F-0012", "#862421", true))
	if err != nil {
		t.Fatal(err)
	}
	click, err := s.Click(t.Context(), zhang, oncall, ts, "fault.ack")
	if err != nil {
		t.Fatal(err)
	}
	request := plan()
	request.Blocks = slack.Blocks{BlockSet: []slack.Block{slack.NewInputBlock("when", plain("何时"), nil, slack.NewDateTimePickerBlockElement("at"))}}
	view, err := client(s).OpenView(click.Field("trigger_id"), request)
	if err != nil {
		t.Fatal(err)
	}
	if page, _ := look(t, s, "as="+zhang+"&at="+oncall); !strings.Contains(page, `type="datetime-local" form="submit" name="at:when/at"`) {
		t.Error("nobody can enter a moment")
	}
	gesture(t, s, "submit", "same-origin", url.Values{"as": {zhang}, "view": {view.ID}, "at:when/at": {"2026-03-02T10:30"}})
	mu.Lock()
	defer mu.Unlock()
	if want := time.Date(2026, 3, 2, 2, 30, 0, 0, time.UTC).Unix(); got != want {
		t.Errorf("%d, want %d", got, want)
	}
}

func TestPage_IsToldOfEveryChange(t *testing.T) {
	t.Parallel()
	s := start(t, slacksim.Options{})
	response, err := http.Get(s.URL() + "/page/live")
	if err != nil {
		t.Fatal(err)
	}
	defer response.Body.Close()
	lines := bufio.NewScanner(response.Body)
	lines.Scan()
	first := lines.Text()
	post(t, s, "x")
	lines.Scan()
	if lines.Scan(); !strings.HasPrefix(first, "data: ") || !strings.HasPrefix(lines.Text(), "data: ") || lines.Text() == first {
		t.Errorf("%q after %q", lines.Text(), first)
	}
}
