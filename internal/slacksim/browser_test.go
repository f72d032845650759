package slacksim_test

import (
	"context"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/chromedp/chromedp"
	"github.com/slack-go/slack"

	"lvyue/internal/slacksim"
)

// browse opens headless Chromium until the test ends. LVYUE_SCREENSHOTS names a folder for pictures of what is tested.
func browse(t *testing.T) context.Context {
	t.Helper()
	program, err := exec.LookPath("chromium")
	if err != nil {
		t.Skip("the page is tested in Chromium: apt-get install chromium")
	}
	options := append(chromedp.DefaultExecAllocatorOptions[:], chromedp.ExecPath(program), chromedp.NoSandbox, chromedp.WindowSize(1280, 860), chromedp.UserDataDir(t.TempDir()))
	ctx, cancel := chromedp.NewExecAllocator(context.Background(), options...)
	t.Cleanup(cancel)
	ctx, cancel = chromedp.NewContext(ctx)
	t.Cleanup(func() { _ = chromedp.Cancel(ctx); cancel() })
	if err := chromedp.Do(ctx); err != nil { // the browser lives as long as the context of its first use
		t.Fatal(err)
	}
	return ctx
}

// step is one thing that a person does or sees.
type step = chromedp.Action[chromedp.Void]

// do takes steps, with patience for a busy machine.
func do(ctx context.Context, t *testing.T, steps ...step) {
	t.Helper()
	soon, cancel := context.WithTimeout(ctx, 20*time.Second)
	defer cancel()
	if err := chromedp.Do(soon, steps...); err != nil {
		page, _ := chromedp.Run(ctx, chromedp.Text("body"))
		t.Fatalf("%v; the page says: %s", err, page)
	}
}

// load takes steps that lead to another page, and waits until it is there.
func load(ctx context.Context, t *testing.T, steps ...step) {
	t.Helper()
	soon, cancel := context.WithTimeout(ctx, 20*time.Second)
	defer cancel()
	if _, err := chromedp.RunResponse(soon, steps...); err != nil {
		t.Fatal(err)
	}
}

// shot takes a picture for people.
func shot(ctx context.Context, t *testing.T, name string) {
	t.Helper()
	folder := os.Getenv("LVYUE_SCREENSHOTS")
	if folder == "" {
		return
	}
	picture, err := chromedp.Run(ctx, chromedp.CaptureScreenshot())
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(folder, name+".png"), picture, 0o600); err != nil {
		t.Fatal(err)
	}
}

func click(selector string) step { return chromedp.Click(chromedp.CSS(selector)) }

func typed(selector, text string) step { return chromedp.SendKeys(chromedp.CSS(selector), text) }

// shows waits until the page has these words.
func shows(words string) step {
	return chromedp.WaitVisible(chromedp.Search(`//*[contains(text(), "` + words + `")]`))
}

// desk is an app with a card, a plan and a home tab.
type desk struct {
	mu sync.Mutex
	c  *slack.Client
}

func (d *desk) handle(s seen) (any, int) {
	d.mu.Lock()
	defer d.mu.Unlock()
	switch {
	case s.event != nil:
		_, _ = d.c.PublishView(zhang, home(), "")
	case s.command != nil:
		return map[string]any{"text": "*当前值班*：<@" + zhang + ">，下一班 <@" + li + ">"}, 0
	case s.interaction.Type == slack.InteractionTypeViewSubmission:
		cause := s.interaction.View.State.Values["cause_block"]["cause"].Value
		if len([]rune(cause)) < 4 {
			return slack.NewErrorsViewSubmissionResponse(map[string]string{"cause_block": "请写明原因与步骤（至少四个字）"}), 0
		}
		_, _, _ = d.c.PostMessage(oncall, text("🔵 方案已提交："+cause), slack.MsgOptionTS(s.interaction.View.PrivateMetadata), slack.MsgOptionBroadcast())
	case s.interaction.ActionCallback.BlockActions[0].ActionID == "fault.plan":
		request := plan()
		request.PrivateMetadata = s.interaction.Message.Timestamp
		_, _ = d.c.OpenView(s.interaction.TriggerID, request)
	default:
		_, _ = d.c.PostEphemeral(s.interaction.Channel.ID, s.interaction.User.ID, text("已由 *张工* 于 10:03 响应"))
		_, _, _, _ = d.c.UpdateMessage(s.interaction.Channel.ID, s.interaction.Message.Timestamp, card("🟠 张工 10:03 已响应", "#b7791f", false))
	}
	return nil, 0
}

func plain(text string) *slack.TextBlockObject {
	return slack.NewTextBlockObject("plain_text", text, false, false)
}

func marked(text string) *slack.TextBlockObject {
	return slack.NewTextBlockObject("mrkdwn", text, false, false)
}

// card is a fault as the channel sees it.
func card(title, color string, open bool) slack.MsgOption {
	ack := slack.NewButtonBlockElement("fault.ack", "F-0012|1", plain("响应 Acknowledge")).WithStyle(slack.StylePrimary)
	propose := slack.NewButtonBlockElement("fault.plan", "F-0012|1", plain("提交方案 Submit plan"))
	more := slack.NewOverflowBlockElement("fault.more", slack.NewOptionBlockObject("escalate", plain("升级 Escalate"), nil), slack.NewOptionBlockObject("fm", plain("不可抗力 Force majeure"), nil))
	actions := slack.NewActionBlock("act", ack, propose, more)
	if !open {
		actions = slack.NewActionBlock("act", propose, more)
	}
	return slack.MsgOptionAttachments(slack.Attachment{Color: color, Fallback: title, Blocks: slack.Blocks{BlockSet: []slack.Block{
		slack.NewHeaderBlock(plain(title)),
		slack.NewSectionBlock(marked("办公系统登录页打不开，`502`，见 <https://status.example.com/f12|状态页>。\n<script>alert(1)</script> &lt;!channel&gt;"), nil, nil),
		slack.NewSectionBlock(nil, []*slack.TextBlockObject{marked("*合同*\nHT-2026-008"), marked("*报告人*\n李管理员 10:00"), marked("*方案截止*\n11:00（剩 60 分）"), marked("*值班*\n<@" + zhang + ">")}, nil),
		slack.NewDividerBlock(), actions, slack.NewContextBlock("", marked("F-0012 · 规则 §4 · *7×24*")),
	}}})
}

func home() slack.HomeTabViewRequest {
	return slack.HomeTabViewRequest{Type: slack.VTHomeTab, Blocks: slack.Blocks{BlockSet: []slack.Block{
		slack.NewHeaderBlock(plain("我的故障 My faults")),
		slack.NewSectionBlock(marked("*F-0012* 待响应 · 方案截止 11:00"), nil, slack.NewAccessory(slack.NewButtonBlockElement("fault.open", "F-0012", plain("打开 Open")))),
		slack.NewDividerBlock(), slack.NewContextBlock("", marked("本周值班：张工（至周日 24:00）")),
	}}}
}

// field is the modal's text input.
const field = `.modal input[form=submit]:not([type=hidden])`

func TestPage_IsUsedByAPersonInABrowser(t *testing.T) {
	t.Parallel()
	s := start(t, slacksim.Options{})
	d := &desk{c: client(s)}
	serveSocket(t, s, d.handle)
	_, ts, err := d.c.PostMessage(oncall, card("🔴 故障 F-0012 待响应", "#862421", true))
	if err != nil {
		t.Fatal(err)
	}
	ctx := browse(t)
	do(ctx, t, chromedp.Navigate(s.URL()+"/?as="+zhang+"&at="+oncall), shows("待响应"))
	shot(ctx, t, "1-card")

	// The channel changes while somebody looks.
	if _, _, err := d.c.PostMessage(oncall, text("⏳ 距方案截止 15 分钟 <@"+li+">"), slack.MsgOptionTS(ts)); err != nil {
		t.Fatal(err)
	}
	do(ctx, t, shows("1 reply"))

	load(ctx, t, click(`button[data-action="fault.ack"]`))
	do(ctx, t, shows("10:03 已响应"), shows("Only visible to you"))
	shot(ctx, t, "2-acknowledged")

	load(ctx, t, click(`button[data-action="fault.plan"]`))
	do(ctx, t, shows("提交方案"), chromedp.WaitVisible(chromedp.CSS(".modal")), typed(field, "短"))
	load(ctx, t, click(".modal .primary"))
	do(ctx, t, shows("至少四个字"))
	shot(ctx, t, "3-refused")

	do(ctx, t, chromedp.SetValue(chromedp.CSS(field), "磁盘写满：清理日志后重启"), chromedp.SetValue(chromedp.CSS(".modal select"), "cloud"))
	load(ctx, t, click(".modal .primary"))
	do(ctx, t, shows("方案已提交"), chromedp.WaitNotPresent(chromedp.CSS(".modal")))
	load(ctx, t, chromedp.Click(chromedp.Search(`//a[contains(text(), "2 replies")]`)))
	do(ctx, t, chromedp.WaitVisible(chromedp.CSS("aside.thread")))
	shot(ctx, t, "4-thread")

	load(ctx, t, click("nav .link"))
	do(ctx, t, shows("我的故障"))
	shot(ctx, t, "5-home")

	load(ctx, t, chromedp.Navigate(s.URL()+"/?as="+zhang+"&at="+oncall))
	load(ctx, t, typed(".say input[name=text]", "/fault oncall\n"))
	do(ctx, t, shows("当前值班"))
	page, _ := chromedp.Run(ctx, chromedp.OuterHTML(chromedp.CSS("html")))
	hidden, _ := chromedp.Run(ctx, chromedp.Text(chromedp.CSS(".messages")))
	if strings.Contains(page, "<script>alert") || !strings.Contains(hidden, "<script>alert(1)</script>") || !strings.Contains(hidden, "<!channel>") {
		t.Errorf("what came from outside is not shown as it is: %s", hidden)
	}
	shot(ctx, t, "6-command")

	load(ctx, t, chromedp.SetValue(chromedp.CSS("select[name=as]"), li)) // the choice itself leads there
	do(ctx, t, chromedp.WaitReady(chromedp.CSS(`body[data-as="`+li+`"]`)))
	hidden, _ = chromedp.Run(ctx, chromedp.Text(chromedp.CSS(".messages")))
	if strings.Contains(hidden, "当前值班") {
		t.Error("somebody else sees what only one was told")
	}
}
