package slack_test

import (
	"context"
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	"lvyue/internal/message"
	"lvyue/internal/paging"
	"lvyue/internal/slack"
	"lvyue/internal/slacksim"
)

// line is a workspace and a way to it.
type line struct {
	*slacksim.Watch
	paging.Channel

	t   *testing.T
	sim *slacksim.Server
}

func newLine(t *testing.T) *line {
	t.Helper()
	s := serveWorkspace(t, &hand{at: ten})
	return &line{Watch: s.Watch(t), Channel: slack.NewChannel(configOf(s)), t: t, sim: s}
}

func (l *line) send(e paging.Envelope) string {
	l.t.Helper()
	reference, err := l.Send(l.t.Context(), e)
	if err != nil {
		l.t.Fatal(err)
	}
	return reference
}

func envelope(room string, kind message.PageKind) paging.Envelope {
	return paging.Envelope{Key: "HT-1/fault/12/page/1", Room: room, Count: 1, Pages: []message.Page{{
		Key: "HT-1/fault/12/page/1", At: ten, Kind: kind, Contract: "HT-1", Fault: 12, Rung: "primary", To: "zhang", Deadline: ten.Add(time.Hour),
	}}}
}

// §4.2: a page comes as a direct message, a telephone can show it, and what can be done at once can be pressed.
func TestChannel_APersonIsPagedDirectly_4_2(t *testing.T) {
	t.Parallel()
	l := newLine(t)
	e := envelope(zhangID, message.FirstPage)
	e.Link = "https://desk.example.com/a/b"
	reference := l.send(e)
	m := l.ExpectMessage(zhangID, "【故障待响应】合同 HT-1 · 故障 F-0012 · 级别 primary · 方案截止 2026-03-02 11:00", "<https://desk.example.com/a/b|")
	if m.Text != "🔴 故障待响应 / Fault awaiting response · F-0012 · HT-1" || reference != m.Channel+"/"+m.TS || m.Channel[0] != 'D' {
		t.Errorf("%q in %q is %q", m.Text, m.Channel, reference)
	}
	wantActions(t, m, slack.ActAcknowledge, slack.ActPlan, "⋯ "+slack.ActEscalate, "⋯ "+slack.ActForceMajeure, "⋯ "+slack.ActNotAFault)
	if mark, ok := slack.ParseValue(buttonsOf(m)[0].value); !ok || mark != (slack.Mark{Contract: "HT-1", Fault: 12, Rung: "primary"}) {
		t.Errorf("%+v", mark)
	}
	if l.Way() != paging.Slack {
		t.Error(l.Way())
	}
}

// §4.2: each kind of page has the buttons for it, and one of no fault has none.
func TestChannel_EachPageHasItsButtons_4_2(t *testing.T) {
	t.Parallel()
	l := newLine(t)
	for kind, want := range map[message.PageKind][]string{
		message.WarningPage: {slack.ActPlan, slack.ActEscalate}, message.BreachPage: {slack.ActPlan, slack.ActExplain},
		message.ApprovalPage: {slack.ActForceMajeure}, message.ProgressPage: {slack.ActProgress, slack.ActResolve},
		message.ResolvedPage: {slack.ActConfirm, slack.ActReopen}, message.ForwardedPage: {slack.ActConfirm, "⋯ " + slack.ActNotAFault},
		message.GapPage: nil, message.TroublePage: nil, message.CorrectionPage: nil,
	} {
		l.send(envelope(deskRoom, kind))
		if got := actions(l.ExpectMessage(deskRoom)); !slices.Equal(got, want) {
			t.Errorf("%s: %q, want %q", kind, got, want)
		}
	}
}

// §4.2: in a channel a person is mentioned; a message for many lists what it tells of.
func TestChannel_AMessageForMany_4_2(t *testing.T) {
	t.Parallel()
	l := newLine(t)
	e := envelope(deskRoom, message.FirstPage)
	e.Mentions, e.Count = []string{zhangID}, 25
	e.Pages[0].Detail = "<!channel>"
	l.send(e)
	m := l.ExpectMessage(deskRoom, "<@"+zhangID+"> 【故障待响应】一分钟内共 25 条", "… 另有 24 条", "&lt;!channel&gt;")
	wantActions(t, m)
}

// §4.2: what may have been taken already is looked for by its key before it is written a second time.
func TestChannel_WhatWasTakenIsNotWrittenAgain_4_2(t *testing.T) {
	t.Parallel()
	l := newLine(t)
	l.must(l.sim.SetFaults(slacksim.Fault{Method: "chat.postMessage", First: 1, Trouble: slacksim.Dropped}))
	e := envelope(zhangID, message.FirstPage)
	if _, err := l.Send(t.Context(), e); err == nil {
		t.Fatal("the answer was not lost")
	}
	m := l.ExpectMessage(zhangID, "F-0012")
	e.Again = true
	if got := l.send(e); got != m.Channel+"/"+m.TS {
		t.Errorf("%q", got)
	}
	e.Key = "HT-1/fault/12/page/2"
	l.send(e)
	l.ExpectMessage(zhangID, "F-0012")
}

// §4.2: a message for many that was taken without our knowing tells of those that have come since, too.
func TestChannel_AListThatWasTakenIsBroughtUpToDate_4_2(t *testing.T) {
	t.Parallel()
	l := newLine(t)
	l.must(l.sim.SetFaults(slacksim.Fault{Method: "chat.postMessage", First: 1, Trouble: slacksim.Dropped}))
	e := envelope(zhangID, message.FirstPage)
	e.Count = 25
	if _, err := l.Send(t.Context(), e); err == nil {
		t.Fatal("the answer was not lost")
	}
	m := l.ExpectMessage(zhangID, "一分钟内共 25 条")
	e.Again, e.Count = true, 26
	if got := l.send(e); got != m.Channel+"/"+m.TS {
		t.Errorf("%q", got)
	}
	l.ExpectUpdate(zhangID, m.TS, "一分钟内共 26 条")
}

func (l *line) must(err error) {
	l.t.Helper()
	if err != nil {
		l.t.Fatal(err)
	}
}

// §4.2: a message is written over; one that was deleted is written anew.
func TestChannel_AnEarlierMessageIsWrittenOver_4_2(t *testing.T) {
	t.Parallel()
	l := newLine(t)
	e := envelope(deskRoom, message.FirstPage)
	e.Earlier = l.send(e)
	first := l.ExpectMessage(deskRoom)
	e.Count = 7
	if got := l.send(e); got != e.Earlier {
		t.Errorf("%q", got)
	}
	l.ExpectUpdate(deskRoom, first.TS, "共 7 条")
	l.must(l.sim.Remove(deskRoom, first.TS))
	l.ExpectDeleted(deskRoom, first.TS)
	if got := l.send(e); got == e.Earlier {
		t.Errorf("%q is gone", got)
	}
	l.ExpectMessage(deskRoom, "共 7 条")
}

// §4.2: of each trouble the sender hears whether it may try again, and when. Nothing of the message, the token or the address is in
// the words.
func TestChannel_TroublesAreToldApart_4_2(t *testing.T) {
	t.Parallel()
	tests := map[slacksim.Trouble]paging.SendError{
		slacksim.Limited:        {Reason: "Slack: too many messages", Wait: 30 * time.Second},
		slacksim.LimitedBare:    {Reason: "Slack: too many messages"},
		slacksim.Broken:         {Reason: "Slack: HTTP 500"},
		slacksim.Unreachable:    {Reason: "Slack: no answer, or one that cannot be read"},
		slacksim.Dropped:        {Reason: "Slack: no answer, or one that cannot be read"},
		slacksim.Slow:           {Reason: "Slack: no answer in time"},
		"internal_error":        {Reason: "Slack: internal_error"},
		"fatal_error":           {Reason: "Slack: fatal_error"},
		"xoxb-hush https://x":   {Reason: "Slack: refused"},
		"invalid_auth":          {Reason: "Slack: invalid_auth", Final: true},
		"token_revoked":         {Reason: "Slack: token_revoked", Final: true},
		"account_inactive":      {Reason: "Slack: account_inactive", Final: true},
		"missing_scope":         {Reason: "Slack: missing_scope", Final: true},
		"channel_not_found":     {Reason: "Slack: channel_not_found", Final: true},
		"is_archived":           {Reason: "Slack: is_archived", Final: true},
		"not_in_channel":        {Reason: "Slack: not_in_channel", Final: true},
		"invalid_blocks":        {Reason: "Slack: invalid_blocks", Final: true},
		"msg_too_long":          {Reason: "Slack: msg_too_long", Final: true},
		"ratelimited":           {Reason: "Slack: ratelimited"},
		"service_unavailable":   {Reason: "Slack: service_unavailable"},
		"user_not_found":        {Reason: "Slack: user_not_found", Final: true},
		"metadata_too_large":    {Reason: "Slack: metadata_too_large", Final: true},
		"request_timeout":       {Reason: "Slack: request_timeout"},
		"msg_blocks_too_long":   {Reason: "Slack: msg_blocks_too_long", Final: true},
		"invalid_blocks_format": {Reason: "Slack: invalid_blocks_format", Final: true},
	}
	for trouble, want := range tests {
		t.Run(string(trouble), func(t *testing.T) {
			t.Parallel()
			s := serveWorkspace(t, &hand{at: ten})
			fault := slacksim.Fault{Method: "chat.postMessage", Trouble: trouble}
			ctx := t.Context()
			if trouble == slacksim.Slow {
				fault.Wait = time.Minute
				short, cancel := context.WithTimeout(ctx, 100*time.Millisecond)
				defer cancel()
				ctx = short
			}
			if err := s.SetFaults(fault); err != nil {
				t.Fatal(err)
			}
			_, err := slack.NewChannel(configOf(s)).Send(ctx, envelope(deskRoom, message.FirstPage))
			got, ok := errors.AsType[*paging.SendError](err)
			if !ok || *got != want {
				t.Errorf("%+v, want %+v", got, want)
			}
			for _, secret := range []string{s.BotToken(), s.URL(), "F-0012", "hush"} {
				if err != nil && strings.Contains(err.Error(), secret) {
					t.Errorf("%q tells %q", err, secret)
				}
			}
		})
	}
}

// §4.2: a room that is not there, or not the app's to write in, is given up at once.
func TestChannel_ARoomThatIsNotThereIsGivenUp_4_2(t *testing.T) {
	t.Parallel()
	l := newLine(t)
	for room, want := range map[string]string{"U0NOBODY": "Slack: user_not_found", "C0NOWHERE": "Slack: channel_not_found", "C0SECRET": "Slack: channel_not_found"} {
		_, err := l.Send(t.Context(), envelope(room, message.FirstPage))
		if got, ok := errors.AsType[*paging.SendError](err); !ok || !got.Final || got.Reason != want {
			t.Errorf("%s: %+v", room, err)
		}
	}
	m := slacksim.DefaultBotToken
	wrong := slack.NewChannel(slack.Config{BotToken: m + "x", URL: l.sim.APIURL()})
	if _, err := wrong.Send(t.Context(), envelope(deskRoom, message.FirstPage)); err == nil || strings.Contains(err.Error(), m) {
		t.Errorf("%v", err)
	}
}
