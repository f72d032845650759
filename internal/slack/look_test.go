package slack_test

import (
	"context"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/chromedp"

	"lvyue/internal/message"
	"lvyue/internal/money"
	"lvyue/internal/slack"
	"lvyue/internal/slacksim"
	"lvyue/internal/workday"
)

// browse opens headless Chromium until the test ends.
func browse(t *testing.T) context.Context {
	t.Helper()
	program, err := exec.LookPath("chromium")
	if err != nil {
		t.Skip("the page is tested in Chromium: apt-get install chromium")
	}
	ctx, cancel := context.WithTimeout(context.Background(), time.Minute)
	t.Cleanup(cancel)
	options := append(chromedp.DefaultExecAllocatorOptions[:], chromedp.ExecPath(program), chromedp.NoSandbox,
		chromedp.WindowSize(1280, 900), chromedp.UserDataDir(t.TempDir()))
	ctx, cancel = chromedp.NewExecAllocator(ctx, options...)
	t.Cleanup(cancel)
	ctx, cancel = chromedp.NewContext(ctx)
	t.Cleanup(func() { _ = chromedp.Cancel(ctx); cancel() })
	return ctx
}

// shot takes a picture for people, if LVYUE_SCREENSHOTS names a folder.
func shot(ctx context.Context, t *testing.T, name string) {
	t.Helper()
	folder := os.Getenv("LVYUE_SCREENSHOTS")
	if folder == "" {
		return
	}
	picture, err := chromedp.Run(ctx, chromedp.CaptureScreenshot())
	if err == nil {
		err = os.WriteFile(filepath.Join(folder, name+".png"), picture, 0o600)
	}
	if err != nil {
		t.Fatal(err)
	}
}

// §4.2: the cards are what people see in a browser, with their buttons and without what they must not run, also on a narrow window.
func TestCards_AreSeenInABrowser_4_2(t *testing.T) {
	t.Parallel()
	ctx := browse(t)
	h := unwatched(t)
	h.story()
	see := func(name string, wide int64, address string, want ...string) {
		t.Helper()
		h.must(chromedp.Do(ctx, chromedp.EmulateViewport(wide, 2400), chromedp.Navigate(address)))
		page, err := chromedp.Run(ctx, chromedp.Text("body"))
		h.must(err)
		for _, words := range want {
			if !strings.Contains(page, words) {
				t.Errorf("%s does not show %q: %s", name, words, page)
			}
		}
		if width := wideness(ctx, t); width > float64(wide) {
			t.Errorf("%s is %v wide on a window of %d", name, width, wide)
		}
		shot(ctx, t, name)
	}
	channel := h.sim.URL() + "/?as=" + zhangID + "&at=" + deskRoom
	for name, wide := range map[string]int64{"cards": 1280, "cards-narrow": 390} {
		see(name, wide, channel, "确认销毁 Confirm", "<script>alert(1)</script>", "提交方案 Submit plan", "客户已接受 Accepted", "账号绑定", "批准 Approve")
	}
	_, err := slack.NewChannel(configOf(h.sim)).Send(t.Context(), envelope(zhangID, message.FirstPage))
	h.must(err)
	see("page", 1280, h.sim.URL()+"/?as="+zhangID+"&at="+h.sim.Direct(zhangID), "故障待响应", "响应 Acknowledge")
	see("thread", 1280, channel+"&thread="+h.sim.Messages(deskRoom)[0].TS, "磁盘写满")
	see("thread-narrow", 390, channel+"&thread="+h.sim.Messages(deskRoom)[0].TS, "磁盘写满")
}

// wideness is how wide the page is drawn.
func wideness(ctx context.Context, t *testing.T) float64 {
	t.Helper()
	width, err := chromedp.Run(ctx, chromedp.Evaluate[float64]("document.documentElement.scrollWidth"))
	if err != nil {
		t.Fatal(err)
	}
	return width
}

// §3.11: as an engineer does it: a card, a click, a form, what is wrong beside its input, the form again, and the card changes where it is.
func TestDesk_IsUsedByAPersonInABrowser_3_11(t *testing.T) {
	t.Parallel()
	over(t, setting{unwatched: true}, func(t *testing.T, d *desk) {
		ctx := browse(t)
		do := func(steps ...chromedp.Action[chromedp.Void]) {
			t.Helper()
			if err := chromedp.Do(ctx, steps...); err != nil {
				page, _ := chromedp.Run(ctx, chromedp.Text("body"))
				t.Fatalf("%v; the page says: %s", err, page)
			}
		}
		board := slack.NewBoard(d.config, d.books, d.books.Now)
		row := d.openFault(1, 1, 20*time.Minute)
		d.written(board, "待响应")
		do(chromedp.EmulateViewport(390, 844), chromedp.Navigate(d.s.URL()+"/?as="+zhang+"&at="+room), chromedp.WaitVisible(chromedp.CSS(`button[data-action="fault.plan"]`)))
		shot(ctx, t, "desk-1-card")
		do(chromedp.Click(chromedp.CSS(`button[data-action="fault.plan"]`)), chromedp.WaitVisible(chromedp.CSS(".modal")))
		do(chromedp.SendKeys(chromedp.CSS(`textarea[name="in:cause/cause"]`), " "), chromedp.SendKeys(chromedp.CSS(`textarea[name="in:steps/steps"]`), "清理日志并重启"))
		do(chromedp.Click(chromedp.CSS(".modal .primary")), chromedp.WaitVisible(chromedp.CSS(".modal .wrong .error")))
		wrong, err := chromedp.Run(ctx, chromedp.Text(".modal .wrong .error"))
		if err != nil || !strings.Contains(wrong, "不能为空 / is missing") || len(d.inbox()) != 0 {
			t.Fatalf("%q %v", wrong, err)
		}
		shot(ctx, t, "desk-2-refused")
		do(chromedp.SetValue(chromedp.CSS(`textarea[name="in:cause/cause"]`), "磁盘写满"), chromedp.Click(chromedp.CSS(".modal .primary")), chromedp.WaitNotPresent(chromedp.CSS(".modal")))
		wantBody(t, d.only(), message.FaultPlan{Cause: "磁盘写满", Steps: "清理日志并重启"})
		if _, err := chromedp.Run(ctx, chromedp.Evaluate[int]("window.stayed = 1")); err != nil {
			t.Fatal(err)
		}
		row.State, row.SLA, row.PlanAt, row.PlannedBy, row.Rev = message.FaultPlanned, message.SLAMet, row.ReportedAt.Add(21*time.Minute), "zhang", 2
		d.fault(row)
		d.written(board, "已出方案")
		do(chromedp.WaitVisible(chromedp.Search(`//article//b[contains(text(), "已出方案")]`)))
		stayed, err := chromedp.Run(ctx, chromedp.Evaluate[int](`window.stayed * document.querySelectorAll("article:not(.alone)").length`))
		if err != nil || stayed != 1 {
			t.Errorf("the page was loaded anew, or there is another card: %d %v", stayed, err)
		}
		shot(ctx, t, "desk-3-planned")
	})
}

// written has the board look until the first message of the channel says so.
func (d *desk) written(board *slack.Board, words string) {
	d.t.Helper()
	d.until(func() bool {
		if err := board.Refresh(d.t.Context()); err != nil {
			d.t.Error(err)
		}
		all := d.s.Messages(room)
		return len(all) > 0 && all[0].Says(words)
	})
}

// story lets a channel fill: a fault that is planned, one that is open, one that was missed, one that is force majeure, one that was
// resolved, and what contracts wait for.
func (h *hall) story() {
	h.t.Helper()
	at := func(minutes int) time.Time { return ten.Add(time.Duration(minutes) * time.Minute) }
	step := func(minutes int, do func()) {
		h.at(time.Duration(minutes) * time.Minute)
		do()
		h.looks(3)
	}
	planned := h.report(1, "登录页打不开，显示 502。\n影响全部用户，<script>alert(1)</script>")
	h.looks(1)
	step(3, func() {
		planned.State, planned.ResponseAt, planned.RespondedBy, planned.Owner, planned.Rev = message.FaultAcknowledged, at(3), of(0), of(0), 2
		h.stands(planned)
	})
	step(41, func() {
		h.act(of(0), message.Plan, 1, message.FaultPlan{Cause: "应用服务器磁盘写满，日志未轮转", Steps: "清理日志并重启应用；加上日志轮转", WorksBy: at(150)})
		planned.State, planned.SLA, planned.PlanAt, planned.PlannedBy, planned.Rev = message.FaultPlanned, message.SLAMet, at(41), of(0), 3
		h.stands(planned)
	})
	step(42, func() {
		missed := atTen(2)
		missed.ReportedAt, missed.ClockAt, missed.DeadlineAt, missed.Rung = at(-25), at(-25), at(35), "breach"
		missed.SLA, missed.BreachedAt, missed.ResponseAt, missed.RespondedBy, missed.Owner = message.SLABreached, at(35), at(-20), of(1), of(1)
		missed.State = message.FaultAcknowledged
		h.stands(missed)
		h.record(message.Event{What: "sla", Subject: message.FaultID(2), Old: "running", New: "breached"})
	})
	step(44, func() {
		majeure := atTen(3)
		majeure.State, majeure.SLA, majeure.MajeureKind, majeure.MajeureAt, majeure.DueAt = message.FaultMajeure, message.SLAChanged, message.CloudVendor, at(20), at(50)
		majeure.ResponseAt, majeure.RespondedBy, majeure.Owner = at(4), of(0), of(0)
		h.act(of(1), message.ForceMajeure, 3, message.Majeure{Kind: message.CloudVendor, Evidence: "云厂商工单 20260302-4711，公告可用区中断"})
		h.stands(majeure)
	})
	step(46, func() {
		h.row(func(r *message.ContractRow) {
			r.Phase, r.EndedOn, r.Quoted, r.QuotedUntil = message.Ended, workday.MustDate("2026-01-31"), money.MustParse("8800.00"), at(7*24*60)
		})
		h.duty("destruction", func(o *message.Obligation) { o.DueOn = workday.MustDate("2026-03-09") })
		h.duty("renewal-talks/1", func(o *message.Obligation) { o.DueOn = workday.MustDate("2026-03-22") })
		link := message.LinkOf(slacksim.TeamID, "U0NEW")
		link.State, link.Person, link.By, link.Way = message.AskedFor, of(3), "U0NEW", "slack"
		_, err := h.store.KeepApproval(h.t.Context(), link)
		h.must(err)
	})
	step(48, func() { h.report(4, "打印模块报错") })
}
