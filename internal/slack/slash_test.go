package slack_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"lvyue/internal/message"
	"lvyue/internal/slacksim"
)

// §4.1: what /fault shows, in both languages, to its user alone.
func TestSlash_ShowsFaultsAndWhoIsOnCall(t *testing.T) {
	t.Parallel()
	over(t, setting{}, func(t *testing.T, d *desk) {
		ask := func(text string, words ...string) {
			t.Helper()
			if _, err := d.s.Command(t.Context(), zhang, room, "/fault "+text); err != nil {
				t.Fatal(err)
			}
			d.watch.ExpectEphemeral(zhang, words...)
		}
		ask("list", "没有未关闭的故障", "No open faults")
		row := d.openFault(1, 1, 20*time.Minute)
		d.openFault(2, 1, 70*time.Minute)
		closed := row
		closed.Fault, closed.State, closed.ClosedAt = 3, message.FaultClosed, row.ReportedAt
		d.fault(closed)
		for _, name := range []string{"list", "列表", ""} {
			ask(name, "2 件 / open faults: 2", number+" F-0001", "待响应 awaiting response", "剩 39 分 39 min left", "F-0002", "已超 10 分 10 min over")
		}
		for _, name := range []string{"show 3", "查看 F-0003", "show " + number + " fault/3"} {
			ask(name, number+" F-0003", "已关闭 closed", "关闭 closed：")
		}
		ask("show 9", "没有故障  F-0009", "there is no fault")
		ask("show", "用法", "usage")
		ask("show 0", "用法")
		for _, name := range []string{"oncall", "值班"} {
			ask(name, "primary：", "secondary：", "(wang)")
		}
		for _, name := range []string{"help", "帮助"} {
			ask(name, "/fault new", "谁在值班")
		}
		for name, word := range map[string]string{"what?": "what?", "<!channel>": "&lt;!channel&gt;", strings.Repeat("长", 3000): "…", "list;drop": "list;drop"} {
			ask(name, "⛔", "没有 /fault", word, "/fault new")
		}
	})
}

// §4.1: strangers see nothing, and that they asked is kept.
func TestSlash_ShowsNothingToWhoIsNotOnTheRota(t *testing.T) {
	t.Parallel()
	over(t, setting{}, func(t *testing.T, d *desk) {
		d.openFault(1, 1, time.Minute)
		for n, member := range []string{nobody, guest, left} {
			if _, err := d.s.Command(t.Context(), member, room, "/fault list"); err != nil {
				t.Fatal(err)
			}
			if m := d.watch.ExpectEphemeral(member, "⛔"); strings.Contains(m.Text, number) {
				t.Error(m.Text)
			}
			if attempts := d.attempts(); len(attempts) != n+1 || attempts[n].What != "/fault list" || attempts[n].Member != member {
				t.Errorf("%+v", attempts)
			}
		}
	})
}

func TestSlash_NewOpensTheFormForAReport(t *testing.T) {
	t.Parallel()
	over(t, setting{}, func(t *testing.T, d *desk) {
		for _, text := range []string{"new " + number, "报障", "new <!channel>"} {
			if _, err := d.s.Command(t.Context(), zhang, room, "/fault "+text); err != nil {
				t.Fatal(err)
			}
			view := d.watch.ExpectView(slacksim.Opened, zhang, "报告故障")
			chosen := fmt.Sprint(view.State.Values["contract"]["contract"]["selected_option"])
			if strings.Contains(text, number) != strings.Contains(chosen, number) {
				t.Errorf("%s: %s is chosen", text, chosen)
			}
			in := slacksim.Values{"contract": number, "reporter": "王五", "text": "慢"}
			if _, err := d.s.Submit(t.Context(), view.ID, in); err != nil {
				t.Fatal(err)
			}
			d.watch.ExpectEphemeral(zhang, "好的 report-fault")
		}
		if n := len(d.inbox()); n != 3 {
			t.Errorf("%d are stored", n)
		}
	})
}

// §4.1: the home page shows what is open, whose turn it is, where nobody is, and what waits for a person.
func TestHome_ShowsWhatWaits(t *testing.T) {
	t.Parallel()
	over(t, setting{}, func(t *testing.T, d *desk) {
		d.openFault(1, 1, 20*time.Minute)
		row := d.openFault(2, 1, 3*time.Hour)
		row.State, row.ResolvedAt, row.Rev = message.FaultResolved, row.ReportedAt, 2
		d.fault(row)
		if _, err := d.s.OpenHome(t.Context(), wang); err != nil {
			t.Fatal(err)
		}
		home := d.watch.ExpectView(slacksim.Published, wang, "F-0001", "剩 39 分", "F-0002：已解决，待确认", "secondary：", "值班空档", "报告故障")
		if _, err := d.s.OpenHome(t.Context(), nobody); err != nil {
			t.Fatal(err)
		}
		if v := d.watch.ExpectView(slacksim.Published, nobody, nobody); v.Says(number) {
			t.Error("a stranger sees faults")
		}
		if _, err := d.s.ClickView(t.Context(), wang, home.ID, "fault.new"); err != nil {
			t.Fatal(err)
		}
		d.watch.ExpectView(slacksim.Opened, wang, "报告故障")
	})
}
