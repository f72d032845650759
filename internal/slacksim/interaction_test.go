package slacksim_test

import (
	"context"
	"errors"
	"sync"
	"testing"
	"time"

	"github.com/slack-go/slack"

	"lvyue/internal/slacksim"
)

// notebook keeps what an app saw.
type notebook struct {
	mu   sync.Mutex
	seen []seen
}

func (n *notebook) note(s seen) {
	n.mu.Lock()
	defer n.mu.Unlock()
	n.seen = append(n.seen, s)
}

func (n *notebook) last() seen {
	n.mu.Lock()
	defer n.mu.Unlock()
	return n.seen[len(n.seen)-1]
}

func (n *notebook) count() int {
	n.mu.Lock()
	defer n.mu.Unlock()
	return len(n.seen)
}

// plan is a modal with one required input and one choice.
func plan() slack.ModalViewRequest {
	plain := func(text string) *slack.TextBlockObject {
		return slack.NewTextBlockObject("plain_text", text, false, false)
	}
	cause := slack.NewPlainTextInputBlockElement(plain("原因"), "cause")
	kinds := slack.NewOptionsSelectBlockElement("static_select", plain("类别"), "kind",
		slack.NewOptionBlockObject("telecom", plain("运营商"), nil), slack.NewOptionBlockObject("cloud", plain("云厂商"), nil))
	choice := slack.NewInputBlock("kind_block", plain("类别"), nil, kinds)
	choice.Optional = true
	return slack.ModalViewRequest{
		Type: slack.VTModal, CallbackID: "fault.plan", PrivateMetadata: `{"incident":"F-0012"}`, Title: plain("提交方案"), Submit: plain("提交"),
		Close: plain("取消"), NotifyOnClose: true,
		Blocks: slack.Blocks{BlockSet: []slack.Block{slack.NewInputBlock("cause_block", plain("原因"), nil, cause), choice}},
	}
}

func TestClick_HasTheFullPayload(t *testing.T) {
	t.Parallel()
	var book sync.Map
	h := func(s seen) (any, int) { book.Store(s.interaction.TriggerID, s); return nil, 0 }
	transports(t, slacksim.Options{}, h, func(t *testing.T, a app) {
		_, ts, err := a.PostMessage(oncall, text("故障"), button("fault.ack", "响应"))
		if err != nil {
			t.Fatal(err)
		}
		d, err := a.s.Click(t.Context(), zhang, oncall, ts, "fault.ack")
		if err != nil || d.Type != "block_actions" || d.Field("actions.0.value") != "F-0012|3" {
			t.Fatalf("%+v %v", d, err)
		}
		got, _ := book.Load(d.Field("trigger_id"))
		i := got.(seen).interaction
		for name, pair := range map[string][2]string{
			"user": {i.User.ID, zhang}, "name": {i.User.Name, "zhang"}, "their team": {i.User.TeamID, slacksim.TeamID}, "team": {i.Team.ID, slacksim.TeamID},
			"app": {i.APIAppID, slacksim.AppID}, "channel": {i.Channel.ID, oncall}, "container": {i.Container.ChannelID, oncall},
			"type": {i.Container.Type, "message"}, "stamp": {i.Container.MessageTs, ts}, "message": {i.Message.Text, "故障"}, "its stamp": {i.Message.Timestamp, ts},
			"action": {i.ActionCallback.BlockActions[0].ActionID, "fault.ack"}, "block": {i.ActionCallback.BlockActions[0].BlockID, "act"},
		} {
			if pair[0] != pair[1] {
				t.Errorf("%s is %q, want %q", name, pair[0], pair[1])
			}
		}
		if i.TriggerID == "" || i.ResponseURL == "" || i.ActionCallback.BlockActions[0].ActionTs == "" || len(i.Message.Blocks.BlockSet) != 1 {
			t.Errorf("%+v", i)
		}
	})
}

func TestClick_WorksInAttachmentsOverflowsAndForeignHands(t *testing.T) {
	t.Parallel()
	transports(t, slacksim.Options{}, ok, func(t *testing.T, a app) {
		menu := slack.NewOverflowBlockElement("more",
			slack.NewOptionBlockObject("escalate", slack.NewTextBlockObject("plain_text", "升级", false, false), nil),
			slack.NewOptionBlockObject("fm", slack.NewTextBlockObject("plain_text", "不可抗力", false, false), nil))
		_, ts, err := a.PostMessage(oncall, text("故障"), slack.MsgOptionAttachments(slack.Attachment{
			Color: "#862421", Blocks: slack.Blocks{BlockSet: []slack.Block{slack.NewActionBlock("act", menu)}},
		}))
		if err != nil {
			t.Fatal(err)
		}
		d, err := a.s.Click(t.Context(), strange, oncall, ts, "more", "fm")
		if err != nil || d.Field("actions.0.selected_option.value") != "fm" || d.Field("container.type") != "message_attachment" ||
			d.Field("user.team_id") != slacksim.OtherTeam {
			t.Errorf("%s %v", d.Payload, err)
		}
		for name, click := range map[string]func() (slacksim.Delivery, error){
			"no such option":  func() (slacksim.Delivery, error) { return a.s.Click(t.Context(), zhang, oncall, ts, "more", "x") },
			"no such button":  func() (slacksim.Delivery, error) { return a.s.Click(t.Context(), zhang, oncall, ts, "less") },
			"no such message": func() (slacksim.Delivery, error) { return a.s.Click(t.Context(), zhang, oncall, "1.000000", "more") },
			"who has left":    func() (slacksim.Delivery, error) { return a.s.Click(t.Context(), gone, oncall, ts, "more", "fm") },
		} {
			if _, err := click(); !errors.Is(err, slacksim.ErrCannot) {
				t.Errorf("%s: %v", name, err)
			}
		}
	})
}

func TestClick_OnAStaleCardIsHandedOver(t *testing.T) {
	t.Parallel()
	transports(t, slacksim.Options{}, ok, func(t *testing.T, a app) {
		_, ts, _ := a.PostMessage(oncall, text("待响应"), button("fault.ack", "响应"))
		if _, _, _, err := a.UpdateMessage(oncall, ts, text("已关闭"), slack.MsgOptionBlocks()); err != nil {
			t.Fatal(err)
		}
		if _, err := a.s.Click(t.Context(), zhang, oncall, ts, "fault.ack"); !errors.Is(err, slacksim.ErrCannot) {
			t.Errorf("the button is gone: %v", err)
		}
		d, err := a.s.ClickStale(t.Context(), zhang, oncall, ts, "fault.ack")
		if err != nil || d.Field("message.text") != "已关闭" || d.Field("actions.0.value") != "F-0012|3" {
			t.Errorf("%s %v", d.Payload, err)
		}
	})
}

func TestClick_IsHandedOverAgainToTheLetter(t *testing.T) {
	t.Parallel()
	transports(t, slacksim.Options{}, ok, func(t *testing.T, a app) {
		_, ts, _ := a.PostMessage(oncall, text("x"), button("fault.ack", "响应"))
		first, err := a.s.Click(t.Context(), zhang, oncall, ts, "fault.ack")
		if err != nil {
			t.Fatal(err)
		}
		second, err := a.s.Redeliver(t.Context(), first)
		if err != nil || string(first.Payload) != string(second.Payload) || first.ID != "" && first.ID == second.ID {
			t.Errorf("%+v %v", second, err)
		}
	})
}

func TestTrigger_OpensOneModalWithinThreeSeconds(t *testing.T) {
	t.Parallel()
	transports(t, slacksim.Options{}, ok, func(t *testing.T, a app) {
		_, ts, _ := a.PostMessage(oncall, text("x"), button("fault.plan", "方案"))
		d, err := a.s.Click(t.Context(), zhang, oncall, ts, "fault.plan")
		if err != nil {
			t.Fatal(err)
		}
		if _, err := a.OpenView(d.Field("trigger_id"), plan()); err != nil {
			t.Fatal(err)
		}
		if _, err := a.OpenView(d.Field("trigger_id"), plan()); code(err) != "exchanged_trigger_id" {
			t.Error(err)
		}
		if _, err := a.OpenView("1.2.3", plan()); code(err) != "invalid_trigger_id" {
			t.Error(err)
		}
		d, _ = a.s.Click(t.Context(), zhang, oncall, ts, "fault.plan")
		a.s.Advance(3100 * time.Millisecond)
		if _, err := a.OpenView(d.Field("trigger_id"), plan()); code(err) != "expired_trigger_id" {
			t.Error(err)
		}
	})
}

func TestResponseURL_HasFiveUsesInThirtyMinutes(t *testing.T) {
	t.Parallel()
	transports(t, slacksim.Options{}, ok, func(t *testing.T, a app) {
		w := a.s.Watch(t)
		_, ts, _ := a.PostMessage(oncall, text("卡片"), button("fault.ack", "响应"))
		w.ExpectMessage(oncall, "卡片")
		d, _ := a.s.Click(t.Context(), zhang, oncall, ts, "fault.ack")
		say := func(url string, how ...slack.MsgOption) error {
			_, _, err := a.PostMessage("", append(how, text("已由张工响应"), slack.MsgOptionResponseURL(url, "ephemeral"))...)
			return err
		}
		for range 4 {
			if err := say(d.Field("response_url")); err != nil {
				t.Fatal(err)
			}
			w.ExpectEphemeral(zhang, "已由张工响应")
		}
		_, _, err := a.PostMessage("", text("新卡"), slack.MsgOptionReplaceOriginal(d.Field("response_url")))
		if err != nil {
			t.Fatal(err)
		}
		if m := w.ExpectUpdate(oncall, ts, "新卡"); len(m.Blocks) != 0 {
			t.Errorf("the old blocks are still there: %v", m.Blocks)
		}
		if say(d.Field("response_url")) == nil {
			t.Error("a sixth use was taken")
		}
		d, _ = a.s.ClickStale(t.Context(), zhang, oncall, ts, "fault.ack")
		a.s.Advance(31 * time.Minute)
		if say(d.Field("response_url")) == nil {
			t.Error("it was taken after half an hour")
		}
	})
}

func TestAcknowledgement_IsDueWithinThreeSeconds(t *testing.T) {
	t.Parallel()
	hold := func(s seen) (any, int) {
		if s.interaction.ActionCallback.BlockActions[0].ActionID == "slow" {
			time.Sleep(150 * time.Millisecond) // longer than this workspace waits
		}
		return nil, 0
	}
	transports(t, slacksim.Options{AckWithin: 50 * time.Millisecond}, hold, func(t *testing.T, a app) {
		_, ts, _ := a.PostMessage(oncall, text("x"), button("slow", "慢"))
		if d, err := a.s.Click(t.Context(), zhang, oncall, ts, "slow"); !errors.Is(err, slacksim.ErrNotAcknowledged) || d.Status != 0 {
			t.Errorf("%+v %v", d, err)
		}
		if n := len(a.s.Deliveries()); n != 1 {
			t.Errorf("an interaction was sent %d times", n)
		}
	})
}

func TestAcknowledgement_IsDueBySimulatedTimeToo(t *testing.T) {
	t.Parallel()
	for name, serve := range map[string]func(*testing.T, *slacksim.Server, handle){"http": serveHTTP, "socket": serveSocket} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			arrived, let := make(chan bool, 1), make(chan bool)
			s := start(t, slacksim.Options{AckWithin: time.Minute})
			serve(t, s, func(seen) (any, int) { arrived <- true; <-let; return nil, 0 })
			_, ts, _ := client(s).PostMessage(oncall, text("x"), button("slow", "慢"))
			result := make(chan error, 1)
			go func() {
				_, err := s.Click(context.WithoutCancel(t.Context()), zhang, oncall, ts, "slow")
				result <- err
			}()
			<-arrived
			s.Advance(4 * time.Second)
			if err := <-result; !errors.Is(err, slacksim.ErrNotAcknowledged) {
				t.Error(err)
			}
			close(let)
		})
	}
}

func TestCommand_IsAnsweredToTheUserOrToAll(t *testing.T) {
	t.Parallel()
	h := func(s seen) (any, int) {
		kind := "ephemeral"
		if s.command.Text == "oncall" {
			kind = "in_channel"
		}
		return map[string]any{"response_type": kind, "text": s.command.Command + " " + s.command.UserID + " " + s.command.ChannelID}, 0
	}
	transports(t, slacksim.Options{}, h, func(t *testing.T, a app) {
		w := a.s.Watch(t)
		if _, err := a.s.Command(t.Context(), zhang, oncall, "/fault  list open"); err != nil {
			t.Fatal(err)
		}
		w.ExpectEphemeral(zhang, "/fault "+zhang+" "+oncall)
		d, err := a.s.Command(t.Context(), zhang, oncall, "/fault oncall")
		if err != nil || d.Field("text") != "oncall" || d.Field("trigger_id") == "" {
			t.Fatalf("%s %v", d.Payload, err)
		}
		w.ExpectMessage(oncall, "/fault")
		if _, err := a.s.Command(t.Context(), guest, oncall, "/fault list"); !errors.Is(err, slacksim.ErrCannot) {
			t.Errorf("from outside the channel: %v", err)
		}
	})
}

func TestHome_IsPublishedWhenItIsOpened(t *testing.T) {
	t.Parallel()
	book := &notebook{}
	h := func(s seen) (any, int) { book.note(s); return nil, 0 }
	transports(t, slacksim.Options{}, h, func(t *testing.T, a app) {
		w := a.s.Watch(t)
		if _, err := a.s.OpenHome(t.Context(), zhang); err != nil {
			t.Fatal(err)
		}
		if got := book.last().event; got.InnerEvent.Type != "app_home_opened" || got.TeamID != slacksim.TeamID {
			t.Errorf("%+v", got)
		}
		home := slack.HomeTabViewRequest{Type: slack.VTHomeTab, Blocks: slack.Blocks{BlockSet: []slack.Block{
			slack.NewHeaderBlock(slack.NewTextBlockObject("plain_text", "我的故障", false, false)),
		}}}
		first, err := a.PublishView(zhang, home, "")
		if err != nil {
			t.Fatal(err)
		}
		w.ExpectView(slacksim.Published, zhang, "我的故障")
		old := first.Hash
		if _, err := a.PublishView(zhang, home, old); err != nil {
			t.Fatal(err)
		}
		w.ExpectView(slacksim.Published, zhang)
		if _, err := a.PublishView(zhang, home, old); code(err) != "hash_conflict" {
			t.Error(err)
		}
	})
}
