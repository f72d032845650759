package cli

import (
	"encoding/csv"
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"lvyue/internal/incident"
	"lvyue/internal/message"
	"lvyue/internal/paging"
)

// act is one by which something was said about a fault.
func (d *desk) act(id string, name message.ActName, at string, body any) *message.Act {
	d.t.Helper()
	data, err := json.Marshal(body)
	if err != nil {
		d.t.Fatal(err)
	}
	return &message.Act{
		ID: id, Name: name, Contract: "HT-1", Fault: 1, Actor: message.Actor{Who: "wang", Role: "lead", Way: "test"},
		ReceivedAt: shanghaiAt(at), Body: data,
	}
}

// tries are attempts to send a page by ways, each with what became of it and why.
func (d *desk) tries(p message.Page, all ...[3]string) {
	d.t.Helper()
	var ended []paging.Try
	number := map[paging.Way]int{}
	for i, one := range all {
		way, at := paging.Way(one[0]), p.At.Add(time.Duration(i)*20*time.Second)
		number[way]++
		t := paging.Try{Key: p.Key, Way: way, Number: number[way], Room: one[0], Message: p.Key + "/" + one[0], BeganAt: at}
		begun, err := d.store.BeginTries(d.t.Context(), at, paging.Decision{Deliveries: []paging.Delivery{{
			Envelope: paging.Envelope{Key: t.Message, Room: t.Room, Pages: []message.Page{p}, Count: 1}, Way: way, Tries: []paging.Try{t},
		}}})
		if err != nil || len(begun) != 1 {
			d.t.Fatalf("%v begun (%v)", begun, err)
		}
		t.EndedAt, t.Outcome, t.Reason = at.Add(time.Second), paging.Outcome(one[1]), one[2]
		ended = append(ended, t)
	}
	if err := d.store.EndTries(d.t.Context(), ended, nil); err != nil {
		d.t.Fatal(err)
	}
}

// troubledStory is a November of one fault for which much went wrong: rungs were missed, ways failed, force majeure came and went, and
// the hour that was missed was let go.
func troubledStory(t *testing.T) *desk {
	t.Helper()
	d, at := openDesk(t), shanghaiAt
	f := d.opens(nil, message.FaultReport{Reporter: "李明", Administrator: true, System: "OA", Text: "x"}, at("2025-11-03 10:00:00"))
	first := page(1, "2025-11-03 10:00:00", "zhang", "first", message.FirstPage)
	missed := func(rung string) message.Event {
		return message.Event{What: "rung-missed", Clause: "4.2", Subject: "fault/1", New: rung}
	}
	d.takes(f, nil, at("2025-11-03 10:00:00"), func() {}, first)
	m := message.Majeure{Kind: message.CloudVendor, Evidence: "工单\n\x1b T-7"}
	d.takes(f, d.act("fm", message.ForceMajeure, "2025-11-03 10:20:00", m), at("2025-11-03 10:20:00"), func() {
		incident.Mark(f, m, at("2025-11-03 10:20:00"))
	})
	d.takes(f, nil, at("2025-11-03 10:30:00"), func() { incident.Lift(f, at("2025-11-03 10:30:00")) })
	d.takes(f, nil, at("2025-11-03 11:30:00"), func() { incident.Breach(f) }, missed("again"), missed("lead"))
	d.takes(f, d.act("w", message.WaiveFault, "2025-11-04 09:00:00", message.Words{Text: "客户来函"}), at("2025-11-04 09:00:00"), func() {
		incident.Waive(f, at("2025-11-04 09:00:00"))
	})
	late := page(1, "2025-11-03 11:31:00", "zhang", "first", message.WatchdogPage)
	if err := d.store.Enqueue(t.Context(), []message.Page{*late.Changed.Page}); err != nil {
		t.Fatal(err)
	}
	d.tries(*first.Changed.Page, [3]string{"slack", "failed", "HTTP 500"}, [3]string{"slack", "gave-up", "token_revoked"}, [3]string{"email", "sent", ""})
	d.tries(*late.Changed.Page, [3]string{"dingtalk", "failed", "130101"}, [3]string{"webhook", "sent", ""})
	return d
}

// §4.2 §3.12 §6.4: what went wrong with the pages, and on what grounds an hour was not held to, is told with the events.
func TestReportSLA_TellsMissedRungsFailedWaysAndGrounds(t *testing.T) {
	t.Parallel()
	d := troubledStory(t)
	m := told[monthDocument](d, "report", "sla", "--month", "2025-11")
	events := told[timelineDocument](d, "timeline", "HT-1").Events
	what := func(n int64) string { return events[n-1].What }
	if r := m.MissedRungs; r.Count != 2 || r.Rungs[0].Rung != "again" || r.Rungs[1].Rung != "lead" || what(r.Rungs[1].Event) != "rung-missed" {
		t.Errorf("missed rungs: %+v", r)
	}
	want := []wayLine{{paging.Slack, 2, 1}, {paging.Email, 0, 0}, {paging.DingTalk, 1, 0}, {paging.WeCom, 0, 0}, {paging.Webhook, 0, 0}}
	if m.Failures.Count != 3 || !slices.Equal(m.Failures.Ways, want) {
		t.Errorf("failures: %+v", m.Failures)
	}
	if f := m.Failures.Tries; what(f[0].Event) != "page" || f[0].Reason != "HTTP 500" || f[1].Try != 2 || f[2].Event != 0 || f[2].Way != paging.DingTalk {
		t.Errorf("failures: %+v", f)
	}
	if w := m.Waivers; len(w) != 1 || w[0].Reason != "客户来函" || w[0].Who != "wang" || what(w[0].WaivedBy) != string(message.WaiveFault) {
		t.Errorf("waivers: %+v", w)
	}
	if i := m.Majeure; len(i) != 1 || i[0].Evidence != "工单\n\x1b T-7" || what(i[0].EvidencedBy) != string(message.ForceMajeure) {
		t.Errorf("force majeure: %+v", i)
	}
	d.reads(map[string][]string{
		"zh": {"错过的呼叫级（当时无法呼叫）：2（HT-1 fault/1 again #", "钉钉", "HT-1 fault/1 ×2 #", "已豁免（§6.4）：HT-1 fault/1，客户来函，wang #", "证据：工单 T-7（wang #"},
		"en": {"rungs missed while nobody could page: 2 (HT-1 fault/1 again #", "DingTalk", "HT-1 fault/1 ×1", "waived (§6.4): HT-1 fault/1, 客户来函, by wang #", "evidence: 工单 T-7 (wang #"},
	}, "report", "sla", "--month", "2025-11")
}

func TestReportSLA_FilesCountMissedRungsAndFailedWays_4_2(t *testing.T) {
	t.Parallel()
	d := troubledStory(t)
	text, book := filepath.Join(t.TempDir(), "m.csv"), filepath.Join(t.TempDir(), "m.xlsx")
	m := told[monthDocument](d, "report", "sla", "--month", "2025-11", "HT-1", "--csv", text, "--xlsx", book)
	data, err := os.ReadFile(text)
	if err != nil {
		t.Fatal(err)
	}
	lines, err := csv.NewReader(strings.NewReader(string(data))).ReadAll()
	if err != nil || len(lines) != 2 {
		t.Fatalf("%v (%v)", lines, err)
	}
	cell := func(name string) string { return lines[1][slices.Index(lines[0], name)] }
	for name, want := range map[string]string{
		"missed_rungs": "2", "slack_failures": "2", "email_failures": "0", "dingtalk_failures": "1", "wecom_failures": "0", "webhook_failures": "0",
		"missed_rung_events":   eventList(m.MissedRungs.Rungs[0].Event, m.MissedRungs.Rungs[1].Event),
		"force_majeure_events": eventList(m.Majeure[0].MarkedBy, m.Majeure[0].EndedBy),
		"failed_page_events":   eventList(m.Failures.Tries[0].Event),
	} {
		if got := cell(name); got != want {
			t.Errorf("%s is %q, want %q", name, got, want)
		}
	}
	if strings.Contains(string(data), "客户来函") || strings.Contains(string(data), "T-7") {
		t.Error("the file holds what somebody typed")
	}
}

// A month without faults has no failures, and says so of every way.
func TestReportSLA_CountsNothingAsNothing_4_2(t *testing.T) {
	t.Parallel()
	m := told[monthDocument](openDesk(t), "report", "sla", "--month", "2024-02")
	if m.MissedRungs.Rungs == nil || m.Failures.Tries == nil || len(m.Failures.Ways) != 5 || m.Waivers == nil {
		t.Errorf("got %+v", m)
	}
}

// §4.2: that Slack was away while a fault's people were called stands in its evidence, with when and how they were called.
func TestTimeline_TellsThatSlackWasAway_4_2(t *testing.T) {
	t.Parallel()
	d := openDesk(t)
	d.opens(nil, message.FaultReport{Reporter: "李明", Administrator: true, Text: "x"}, shanghaiAt("2025-11-03 10:00:00"))
	away := paging.Away{
		Contract: "HT-1", Fault: 1, Since: shanghaiAt("2025-11-03 10:02:00"), Until: shanghaiAt("2025-11-03 10:31:00"),
		Ways: []paging.Way{paging.DingTalk, paging.Email},
	}
	d.record(nil, away.Event())
	for _, command := range [][]string{{"timeline", "HT-1"}, {"fault", "show", "HT-1", "1"}} {
		d.reads(map[string][]string{
			"zh": {"Slack 中断 2025-11-03 10:02:00–2025-11-03 10:31:00；其间经钉钉、邮件通知"}, "en": {"Slack was away", "pages went by DingTalk, mail"},
		}, command...)
	}
}
