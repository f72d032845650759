package slacksim_test

import (
	"errors"
	"fmt"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/slack-go/slack"

	"lvyue/internal/slacksim"
)

// as is errors.As with a fresh target.
func as(err error, to *slack.SlackErrorResponse) {
	*to = slack.SlackErrorResponse{}
	errors.As(err, to)
}

func text(words string) slack.MsgOption { return slack.MsgOptionText(words, false) }

func TestMessages_HaveStrictlyIncreasingStampsWhileTheClockStands(t *testing.T) {
	t.Parallel()
	standing := &clock{noon()}
	s := start(t, slacksim.Options{Clock: standing.now})
	last := ""
	for i := range 5 {
		_, ts, err := client(s).PostMessage(oncall, text(strconv.Itoa(i)))
		if err != nil || ts <= last || len(ts) != len("1772424000.000001") {
			t.Fatalf("%q after %q (%v)", ts, last, err)
		}
		last = ts
	}
	if last != fmt.Sprintf("%d.000004", noon().Unix()) {
		t.Error(last)
	}
}

func TestMessages_AreGivenBackByHistoryWithTheirMetadata(t *testing.T) {
	t.Parallel()
	s := start(t, slacksim.Options{})
	c := client(s)
	note := slack.SlackMetadata{EventType: "fault_card", EventPayload: map[string]any{"k": "fault/1:open:0"}}
	_, ts, err := c.PostMessage(oncall, text("故障 F-0012"), slack.MsgOptionMetadata(note), button("fault.ack", "响应"))
	if err != nil {
		t.Fatal(err)
	}
	_, reply, err := c.PostMessage(oncall, text("进展"), slack.MsgOptionTS(ts))
	if err != nil {
		t.Fatal(err)
	}
	_, _, err = c.PostMessage(oncall, text("升级"), slack.MsgOptionTS(ts), slack.MsgOptionBroadcast())
	if err != nil {
		t.Fatal(err)
	}
	got, err := c.GetConversationHistory(&slack.GetConversationHistoryParameters{ChannelID: oncall, IncludeAllMetadata: true})
	if err != nil || len(got.Messages) != 2 || got.Messages[1].Metadata.EventPayload["k"] != "fault/1:open:0" || got.Messages[0].SubType != "thread_broadcast" {
		t.Fatalf("%+v %v", got, err)
	}
	if len(got.Messages[1].Blocks.BlockSet) != 1 || got.Messages[1].ReplyCount != 2 || got.Messages[1].Text != "故障 F-0012" {
		t.Errorf("%+v", got.Messages[1])
	}
	bare, err := c.GetConversationHistory(&slack.GetConversationHistoryParameters{ChannelID: oncall, Limit: 1, Latest: reply, Oldest: "0"})
	if err != nil || bare.Messages[0].Timestamp != ts || bare.Messages[0].Metadata.EventType != "" {
		t.Errorf("%+v %v", bare, err)
	}
	thread, _, _, err := c.GetConversationReplies(&slack.GetConversationRepliesParameters{ChannelID: oncall, Timestamp: ts})
	if err != nil || len(thread) != 3 || thread[1].Timestamp != reply || thread[1].ThreadTimestamp != ts {
		t.Errorf("%+v %v", thread, err)
	}
}

func TestHistory_ComesInPages(t *testing.T) {
	t.Parallel()
	s := start(t, slacksim.Options{})
	c := client(s)
	for i := range 5 {
		if _, _, err := c.PostMessage(oncall, text(strconv.Itoa(i))); err != nil {
			t.Fatal(err)
		}
	}
	var seen []string
	for cursor := ""; ; {
		page, err := c.GetConversationHistory(&slack.GetConversationHistoryParameters{ChannelID: oncall, Limit: 2, Cursor: cursor})
		if err != nil {
			t.Fatal(err)
		}
		for _, m := range page.Messages {
			seen = append(seen, m.Text)
		}
		if cursor = page.ResponseMetaData.NextCursor; cursor == "" {
			break
		}
	}
	if strings.Join(seen, "") != "43210" {
		t.Error(seen)
	}
	if _, err := c.GetConversationHistory(&slack.GetConversationHistoryParameters{ChannelID: oncall, Cursor: "x"}); code(err) != "invalid_cursor" {
		t.Error(err)
	}
}

func TestMessages_AreChangedAndDeletedOnlyByTheirAuthor(t *testing.T) {
	t.Parallel()
	s := start(t, slacksim.Options{})
	c := client(s)
	w := s.Watch(t)
	_, ts, _ := c.PostMessage(oncall, text("待响应"), button("fault.ack", "响应"))
	w.ExpectMessage(oncall, "待响应")
	if _, _, _, err := c.UpdateMessage(oncall, ts, text("已响应")); err != nil {
		t.Fatal(err)
	}
	if m := w.ExpectUpdate(oncall, ts, "已响应"); len(m.Blocks) != 1 {
		t.Error("blocks that were not sent are gone")
	}
	if _, _, _, err := c.UpdateMessage(oncall, ts, text("已关闭"), slack.MsgOptionBlocks()); err != nil {
		t.Fatal(err)
	}
	if m := w.ExpectUpdate(oncall, ts, "已关闭"); len(m.Blocks) != 0 || m.Edited == nil {
		t.Errorf("%+v", m)
	}
	said, err := s.Say(t.Context(), zhang, oncall, "", "收到")
	if err != nil {
		t.Fatal(err)
	}
	w.ExpectMessage(oncall, "收到")
	if _, _, _, err := c.UpdateMessage(oncall, said.TS, text("x")); code(err) != "cant_update_message" {
		t.Error(err)
	}
	if _, _, err := c.DeleteMessage(oncall, said.TS); code(err) != "cant_delete_message" {
		t.Error(err)
	}
	if err := s.Remove(oncall, ts); err != nil {
		t.Fatal(err)
	}
	w.ExpectDeleted(oncall, ts)
	if _, _, _, err := c.UpdateMessage(oncall, ts, text("x")); code(err) != "message_not_found" {
		t.Error(err)
	}
}

func TestMessages_GoOnlyWhereTheBotMayWrite(t *testing.T) {
	t.Parallel()
	s := start(t, slacksim.Options{})
	c := client(s)
	for channel, want := range map[string]string{"C0NOWHERE": "channel_not_found", secret: "channel_not_found", gone: "channel_not_found", zhang: "", lobby: ""} {
		if _, _, err := c.PostMessage(channel, text("x")); code(err) != want {
			t.Errorf("%s: %v, want %q", channel, err, want)
		}
	}
	if m := s.Messages(s.Direct(zhang)); len(m) != 1 {
		t.Errorf("the direct message has %v", m)
	}
	_ = s.Archive(t.Context(), li, oncall) // the app is not there to hear it
	if _, _, err := c.PostMessage(oncall, text("x")); code(err) != "is_archived" {
		t.Error(err)
	}
}

func TestMessages_ReplyToNothingBecomesAMessageOfTheChannel(t *testing.T) {
	t.Parallel()
	s := start(t, slacksim.Options{})
	_, _, err := client(s).PostMessage(oncall, text("x"), slack.MsgOptionTS("1700000000.000001"))
	if got := s.Messages(oncall); err != nil || got[0].ThreadTS != "" {
		t.Errorf("%+v %v", got, err)
	}
}

func TestMessages_HavePermalinksReactionsAndEphemerals(t *testing.T) {
	t.Parallel()
	s := start(t, slacksim.Options{})
	c := client(s)
	_, ts, _ := c.PostMessage(oncall, text("x"))
	link, err := c.GetPermalink(&slack.PermalinkParameters{Channel: oncall, Ts: ts})
	if err != nil || link != "https://lvyue.slack.com/archives/"+oncall+"/p"+strings.ReplaceAll(ts, ".", "") {
		t.Error(link, err)
	}
	if err := c.AddReaction("eyes", slack.NewRefToMessage(oncall, ts)); err != nil {
		t.Error(err)
	}
	if err := c.AddReaction("eyes", slack.NewRefToMessage(oncall, ts)); code(err) != "already_reacted" {
		t.Error(err)
	}
	if _, err := c.PostEphemeral(oncall, zhang, text("已由李经理响应")); err != nil || len(s.Ephemerals(zhang)) != 1 || len(s.Ephemerals(li)) != 0 {
		t.Error(err)
	}
	if _, err := c.PostEphemeral(oncall, guest, text("x")); code(err) != "user_not_in_channel" {
		t.Error(err)
	}
	if got := s.Messages(oncall); len(got) != 1 || got[0].Reactions[0].Name != "eyes" {
		t.Errorf("%+v", got)
	}
}

func TestBlocks_AreRefusedAsSlackDoes(t *testing.T) {
	t.Parallel()
	s := start(t, slacksim.Options{})
	section := func(n int) slack.Block {
		return slack.NewSectionBlock(slack.NewTextBlockObject("mrkdwn", strings.Repeat("故", n), false, false), nil, nil)
	}
	press := func(id, label, value string) slack.BlockElement {
		return slack.NewButtonBlockElement(id, value, slack.NewTextBlockObject("plain_text", label, false, false))
	}
	divider := func(id string) slack.Block { return slack.DividerBlock{Type: "divider", BlockID: id} }
	many := func(n int) []slack.Block {
		blocks := make([]slack.Block, n)
		for i := range blocks {
			blocks[i] = slack.NewDividerBlock()
		}
		return blocks
	}
	tests := map[string]struct {
		blocks []slack.Block
		want   string // the error, and a word of its message
		say    string
	}{
		"3000 characters of Chinese":     {[]slack.Block{section(3000)}, "", ""},
		"3001 characters":                {[]slack.Block{section(3001)}, "invalid_blocks", "must be less than 3001 characters [json-pointer:/blocks/0/text/text]"},
		"50 blocks":                      {many(50), "", ""},
		"51 blocks":                      {many(51), "invalid_blocks", "no more than 50 items allowed [json-pointer:/blocks]"},
		"the same block id twice":        {[]slack.Block{divider("a"), divider("a")}, "invalid_blocks", "already exists"},
		"a header that is too long":      {[]slack.Block{slack.NewHeaderBlock(slack.NewTextBlockObject("plain_text", strings.Repeat("x", 151), false, false))}, "invalid_blocks", "151"},
		"a long button":                  {[]slack.Block{slack.NewActionBlock("", press("a", strings.Repeat("x", 76), ""))}, "invalid_blocks", "less than 76"},
		"a long value":                   {[]slack.Block{slack.NewActionBlock("", press("a", "x", strings.Repeat("x", 2001)))}, "invalid_blocks", "/value"},
		"the same action id twice":       {[]slack.Block{slack.NewActionBlock("", press("a", "x", ""), press("a", "y", ""))}, "invalid_blocks", "action_id `a` already exists"},
		"a block for modals":             {[]slack.Block{slack.NewAlertBlock(slack.NewTextBlockObject("plain_text", "x", false, false))}, "invalid_blocks", "unsupported type: alert"},
		"more text than a message takes": {[]slack.Block{section(3000), section(3000), section(3000), section(3000), section(3000)}, "msg_blocks_too_long", ""},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			_, _, err := client(s).PostMessage(oncall, text("x"), slack.MsgOptionBlocks(tt.blocks...))
			said := slack.SlackErrorResponse{}
			as(err, &said)
			if said.Err != tt.want || !strings.Contains(strings.Join(said.ResponseMetadata.Messages, " "), tt.say) {
				t.Errorf("%v %v", err, said.ResponseMetadata.Messages)
			}
		})
	}
	for body, want := range map[string]string{strings.Repeat("x", 40_001): "msg_too_long", "": "no_text"} {
		if _, _, err := client(s).PostMessage(oncall, text(body)); code(err) != want {
			t.Errorf("%d characters: %v", len(body), err)
		}
	}
}

func TestMessages_ThatAreScheduledComeAtTheirTime(t *testing.T) {
	t.Parallel()
	standing := &clock{noon()}
	s := start(t, slacksim.Options{Clock: standing.now})
	c := client(s)
	at := func(d time.Duration) string { return strconv.FormatInt(noon().Add(d).Unix(), 10) }
	for when, want := range map[string]string{at(time.Hour): "", at(0): "time_in_past", at(121 * 24 * time.Hour): "time_too_far", "soon": "invalid_time"} {
		if _, _, err := c.ScheduleMessage(oncall, when, text("提醒")); code(err) != want {
			t.Errorf("%s: %v, want %q", when, err, want)
		}
	}
	s.Advance(59 * time.Minute)
	if n := len(s.Messages(oncall)); n != 0 {
		t.Errorf("%d messages before the hour", n)
	}
	s.Advance(time.Minute)
	if got := s.Messages(oncall); len(got) != 1 || got[0].TS != at(time.Hour)+".000000" {
		t.Errorf("%+v", got)
	}
}
