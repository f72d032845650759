package test

import (
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"slices"
	"sync/atomic"
	"testing"
	"time"

	"lvyue/internal/message"
	"lvyue/internal/slacksim"
)

// gated is the shared place behind two gates.
func gated(t *testing.T) (at place, temporal, database *gate) {
	t.Helper()
	at = here()
	u, err := url.Parse(at.database)
	if err != nil {
		t.Fatal(err)
	}
	temporal, database = newGate(t, at.temporal), newGate(t, u.Host)
	u.Host = database.Addr().String()
	at.temporal, at.database = temporal.Addr().String(), u.String()
	return at, temporal, database
}

// away is for how long nobody gets through.
const away = 10 * time.Second

// While Temporal is away what is reported is stored with its moment, and performed afterwards; while PostgreSQL is away people are
// told that nothing came of their click, and can do it again.
func TestOffice_WhileTemporalOrPostgresAreAwayNothingIsLost_3_11_4_2(t *testing.T) {
	t.Parallel()
	overEach(t, func(t *testing.T, transport string) {
		at, temporal, database := gated(t)
		o := openOffice(t, at, transport, slacksim.Options{})
		o.Store = openSchema(t, here().database, o.schema)
		number := o.usable(time.Now().Add(-2 * time.Hour))
		w := o.strict()

		temporal.setShut(true)
		o.reports(w, zhangOnCall, number, "OA", "李明", "打不开")
		stored := o.clock()
		w.ExpectEphemeral(zhangOnCall, "⏳")
		o.until("Temporal was away for long", func() bool { return o.clock().After(stored.Add(away)) })
		temporal.setShut(false)
		w.ExpectEphemeral(zhangOnCall, "✅", "已受理")
		card := o.card(w, number, 1)
		o.paged(w, number, 1, "故障待响应", zhangOnCall)
		f := o.stands(number, 1, message.FaultOpen, message.SLARunning)
		if f.ReportedAt.After(stored) || !f.DeadlineAt.Equal(f.ReportedAt.Add(time.Hour)) {
			t.Errorf("it was stored by %s, counts from %s and is due by %s", stored, f.ReportedAt, f.DeadlineAt)
		}

		database.setShut(true)
		shut := o.clock()
		_, _ = o.slack.Click(t.Context(), zhangOnCall, card.Channel, card.TS, "fault.ack") // it may not even be acknowledged
		w.Expect("he is told that nothing came of it", func(h slacksim.Happening) bool {
			return h.Kind == slacksim.Whispered && h.Message.For == zhangOnCall && h.Message.Says("⛔") &&
				(h.Message.Says("没有生效") || h.Message.Says("无法确认是否已保存"))
		})
		o.until("PostgreSQL was away for long", func() bool { return o.clock().After(shut.Add(away)) })
		database.setShut(false)
		o.tells(number, 1, map[string]int{"ack": 0})
		o.pressUntilTaken(card, away)
		w.ExpectEphemeral(zhangOnCall, "✅", "响应")
		o.shows(card, "张工", "已响应")
		o.quiet()
		o.tells(number, 1, map[string]int{"ack": 1, "acknowledged open>acknowledged": 1})
	})
}

// A robot that answers HTTP 200 and means no is no way: the next one is tried, and no page is lost.
func TestOffice_ARobotThatMeansNoIsNoWay_4_2(t *testing.T) {
	t.Parallel()
	overEach(t, func(t *testing.T, transport string) {
		var asked atomic.Int32
		ding := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
			asked.Add(1)
			_, _ = io.WriteString(w, `{"errcode":130101,"errmsg":"send too fast"}`)
		}))
		t.Cleanup(ding.Close)
		o := openOffice(t, here(), transport, slacksim.Options{}, "LVYUE_DINGTALK_URL="+ding.URL+"/?access_token=x", "LVYUE_DINGTALK_SECRET=y")
		number := o.usable(time.Now().Add(-2 * time.Hour))
		w := o.strict()
		o.lose("is_archived")
		o.report(number, "OA", time.Time{})
		o.until("he is paged by the webhook", func() bool { return len(o.receiver.pages(message.FirstPage, 1)) == 1 })
		o.lose("")
		o.card(w, number, 1)
		const want = "first to zhang: dingtalk failed, slack gave-up at once, Slack: is_archived, webhook sent"
		o.until("all ways are tried", func() bool { return slices.Equal(o.tries(number), []string{want}) })
		if asked.Load() == 0 {
			t.Error("DingTalk was not asked")
		}
		o.stands(number, 1, message.FaultOpen, message.SLARunning)
	})
}
