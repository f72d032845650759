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
	"lvyue/internal/workday"
)

// §4.2: the cards are what people see in a browser, with their buttons and without what they must not run. LVYUE_SCREENSHOTS names a
// folder for pictures of them.
func TestCards_AreSeenInABrowser_4_2(t *testing.T) {
	t.Parallel()
	program, err := exec.LookPath("chromium")
	if err != nil {
		t.Skip("the page is tested in Chromium: apt-get install chromium")
	}
	h := unwatched(t)
	h.story()
	ctx, cancel := context.WithTimeout(context.Background(), time.Minute)
	t.Cleanup(cancel)
	options := append(chromedp.DefaultExecAllocatorOptions[:], chromedp.ExecPath(program), chromedp.NoSandbox,
		chromedp.WindowSize(1280, 900), chromedp.UserDataDir(t.TempDir()))
	ctx, cancel = chromedp.NewExecAllocator(ctx, options...)
	t.Cleanup(cancel)
	ctx, cancel = chromedp.NewContext(ctx)
	t.Cleanup(func() { _ = chromedp.Cancel(ctx); cancel() })
	see := func(name, address string, want ...string) {
		t.Helper()
		h.must(chromedp.Do(ctx, chromedp.EmulateViewport(1280, 2400), chromedp.Navigate(address)))
		page, err := chromedp.Run(ctx, chromedp.Text("body"))
		h.must(err)
		for _, words := range want {
			if !strings.Contains(page, words) {
				t.Errorf("%s does not show %q: %s", name, words, page)
			}
		}
		picture, err := chromedp.Run(ctx, chromedp.CaptureScreenshot())
		h.must(err)
		if folder := os.Getenv("LVYUE_SCREENSHOTS"); folder != "" {
			h.must(os.WriteFile(filepath.Join(folder, name+".png"), picture, 0o600))
		}
	}
	channel := h.sim.URL() + "/?as=" + zhangID + "&at=" + deskRoom
	see("cards", channel, "确认销毁 Confirm", "<script>alert(1)</script>", "提交方案 Submit plan", "客户已接受 Accepted")
	_, err = slack.NewChannel(configOf(h.sim)).Send(t.Context(), envelope(zhangID, message.FirstPage))
	h.must(err)
	see("page", h.sim.URL()+"/?as="+zhangID+"&at="+h.sim.Direct(zhangID), "故障待响应", "响应 Acknowledge")
	see("thread", channel+"&thread="+h.sim.Messages(deskRoom)[0].TS, "磁盘写满")
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
	})
	step(48, func() { h.report(4, "打印模块报错") })
}
