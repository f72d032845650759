package cli

import (
	"encoding/json"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"
	"time"

	"lvyue/internal/incident"
	"lvyue/internal/message"
)

func TestFaultReport_TheMomentOfTheCallCountsAndThatOfEntryIsKept(t *testing.T) { // §4.1
	t.Parallel()
	d := openDesk(t)
	for typed, want := range map[string]string{
		"2025-11-03 10:00:05":         "2025-11-03T10:00:05+08:00",
		"2025-11-03T10:00":            "2025-11-03T10:00:00+08:00",
		"2025-11-03 10:00:05.0000019": "2025-11-03T10:00:05.000001+08:00",
		"2025-11-03T02:00:05Z":        "2025-11-03T10:00:05+08:00",
		"2024-02-29T23:59:59+08:00":   "2024-02-29T23:59:59+08:00",
	} {
		a := told[actDocument](d, "fault", "report", "HT-1", "--by", "13900000001", "--text", "打不开", "--separate", "--called-at", typed)
		var r message.FaultReport
		if err := json.Unmarshal(d.last().Body, &r); err != nil {
			t.Fatal(err)
		}
		if a.CalledAt == nil || a.CalledAt.Format(time.RFC3339Nano) != want || !r.CalledAt.Equal(*a.CalledAt) {
			t.Errorf("%s: %+v, the engine hears %s", typed, a.CalledAt, r.CalledAt)
		}
		if a.ReceivedAt.Equal(*a.CalledAt) || a.Fault != len(d.faults) || !r.Administrator || a.Administrators != nil {
			t.Errorf("%s: %+v, %+v", typed, a, r)
		}
	}
	d.reads(map[string][]string{"zh": {"来电 2025-11-03 10:00:05，以此为准；录入 "}, "en": {"called at 2025-11-03 10:00:05, which counts; entered at "}},
		"fault", "report", "HT-1", "--by", "李明", "--text", "打不开", "--called-at", "2025-11-03 10:00:05")
}

func TestFaultReport_AnybodyElseIsToldTheAdministrators(t *testing.T) { // §3.13
	t.Parallel()
	d := openDesk(t)
	a := told[actDocument](d, "fault", "report", "HT-1", "--by", "路人", "--text", "打不开", "--id", "x1")
	if !reflect.DeepEqual(a.Administrators, []string{"李明", "周静"}) || a.Fault != 1 || d.last().Actor.Who != "路人" {
		t.Errorf("got %+v", a)
	}
	if again := told[actDocument](d, "fault", "report", "HT-1", "--by", "路人", "--text", "打不开", "--id", "x1"); !reflect.DeepEqual(again, a) || len(d.acts) != 1 {
		t.Errorf("again: %+v", again)
	}
	d.reads(map[string][]string{
		"zh": {"系统管理员：李明、周静。", "starter fault confirm HT-1"}, "en": {"system administrators: 李明, 周静.", "--by 李明"},
	}, "fault", "report", "HT-1", "--by", "路人", "--text", "打不开")
}

func TestFault_EveryActReachesItsFault(t *testing.T) { // §3.11 §3.12 §4.2 §4.3 §6.4
	t.Parallel()
	d := openDesk(t)
	file := filepath.Join(t.TempDir(), "notice.txt")
	if err := os.WriteFile(file, []byte("x"), 0o600); err != nil {
		t.Fatal(err)
	}
	call, at := []string{"--called-at", "2025-11-03 10:00:05"}, `"called_at":"2025-11-03T10:00:05+08:00"`
	for _, tt := range []struct {
		args []string
		act  message.ActName
		body string
	}{
		{append([]string{"ack", "HT-1", "2"}, call...), message.Acknowledge, `{` + at + `}`},
		{append([]string{"plan", "HT-1", "fault/2", "--cause", "disk", "--steps", "grow", "--works-by", "2025-11-03 12:30"}, call...), message.Plan, `{` + at + `,"cause":"disk","steps":"grow","works_by":"2025-11-03T12:30:00+08:00"}`},
		{[]string{"force-majeure", "HT-1", "2", "--kind", "cloud-vendor", "--evidence", "工单 7H2K91"}, message.ForceMajeure, `{"kind":"cloud-vendor","evidence":"工单 7H2K91"}`},
		{[]string{"force-majeure", "HT-1", "2", "--kind", "fire", "--evidence", file}, message.ForceMajeure, `{"kind":"fire","evidence":"notice.txt SHA-256 ` + hash([]byte("x")) + `"}`},
		{[]string{"lift", "HT-1", "2"}, message.LiftMajeure, `{}`},
		{[]string{"progress", "HT-1", "2", "--text", "soon"}, message.Progress, `{"text":"soon"}`},
		{[]string{"hand-over", "HT-1", "2", "--to", "chen"}, message.HandOver, `{"to":"chen"}`},
		{[]string{"escalate", "HT-1", "2", "--rung", "lead"}, message.Escalate, `{"rung":"lead"}`},
		{[]string{"resolve", "HT-1", "2", "--text", "grown"}, message.Resolve, `{"text":"grown"}`},
		{[]string{"confirm", "HT-1", "2", "--by", "李明"}, message.ConfirmFault, `{}`},
		{[]string{"classify", "HT-1", "2", "--as", "request"}, message.Classify, `{"request":true}`},
		{[]string{"classify", "HT-1", "2", "--as", "fault"}, message.Classify, `{"request":false}`},
		{append([]string{"classify", "HT-1", "2", "--as", "fault"}, call...), message.Classify, `{` + at + `,"request":false}`},
		{[]string{"explain", "HT-1", "2", "--text", "no signal"}, message.Explain, `{"text":"no signal"}`},
		{[]string{"waive", "HT-1", "2", "--text", "mail"}, message.WaiveFault, `{"text":"mail"}`},
	} {
		told[actDocument](d, append([]string{"fault"}, tt.args...)...)
		if got := d.last(); got.Name != tt.act || got.Fault != 2 || string(got.Body) != tt.body {
			t.Errorf("%v: %s to fault %d with %s, want %s", tt.args, got.Name, got.Fault, got.Body, tt.body)
		}
	}
}

func TestFaultReopen_IsAddressedToTheContract(t *testing.T) { // §3.11
	t.Parallel()
	d := openDesk(t)
	told[actDocument](d, "fault", "reopen", "HT-1", "7", "--by", "李明", "--text", "又打不开")
	var r message.FaultReport
	if err := json.Unmarshal(d.last().Body, &r); err != nil || r.Reopens != 7 || d.last().Fault != 0 || d.last().Name != message.Reopen || !r.Administrator {
		t.Errorf("got %+v, %+v (%v)", d.last(), r, err)
	}
}

func TestWaive_OfAFaultIsDoneToTheFault(t *testing.T) { // §6.4
	t.Parallel()
	d := openDesk(t)
	for _, duty := range []string{"fault/2/plan", "fault/2"} {
		told[actDocument](d, "waive", "HT-1", duty, "--reason", "goodwill")
		if got := d.last(); got.Name != message.WaiveFault || got.Fault != 2 || string(got.Body) != `{"text":"goodwill"}` {
			t.Errorf("%s: %+v", duty, got)
		}
	}
	told[actDocument](d, "waive", "HT-1", "deployment", "--reason", "goodwill")
	if got := d.last(); got.Name != message.Waive || got.Fault != 0 {
		t.Errorf("of the contract: %+v", got)
	}
	for _, duty := range []string{"fault/2/response", "fault/0/plan", "fault/x", "fault/"} {
		if got := d.refuses("waive", "HT-1", duty, "--reason", "goodwill"); got != "2 bad_choice OBLIGATION" {
			t.Errorf("%s: %s", duty, got)
		}
	}
}

func TestFault_NamesEveryMistakeWithItsCode(t *testing.T) {
	t.Parallel()
	d := openDesk(t)
	for command, want := range map[string]string{
		"fault report HT_1 --called-at yesterday":             "2 bad_input NUMBER called-at by text",
		"fault report HT-1 --by 李明":                           "2 missing text",
		"fault report HT-9 --by 李明 --text x":                  "3 unknown_contract",
		"fault ack HT-1 0":                                    "2 bad_count N",
		"fault ack HT-1":                                      "2 usage",
		"fault ack HT-1 1 --called-at 2025-02-29T10:00":       "2 bad_instant called-at",
		"fault ack HT-1 1 --called-at 0001-01-01T00:00:00Z":   "2 bad_instant called-at",
		"fault plan HT-1 x --works-by noon":                   "2 bad_input N cause steps works-by",
		"fault force-majeure HT-1 1 --kind flood":             "2 bad_input kind evidence",
		"fault force-majeure HT-1 1 --kind fire --evidence .": "2 bad_file evidence",
		"fault classify HT-1 1":                               "2 bad_choice as",
		"fault hand-over HT-1 1":                              "2 missing to",
		"fault hand-over HT-1 1 --to wu":                      "2 unknown_person to",
		"fault resolve HT-1 1":                                "2 missing text",
		"fault show HT-1 1":                                   "3 unknown_fault",
		"fault show HT-9 1":                                   "3 unknown_contract",
		"fault list HT-9":                                     "3 unknown_contract",
		"fault bogus":                                         "2 usage",
		"report sla":                                          "2 missing month",
		"report sla --month 2025-13 HT_1":                     "2 bad_input month NUMBER",
		"report sla --month 2025-11-01":                       "2 bad_month month",
		"report sla --month 2025-11 HT-9":                     "3 unknown_contract",
		"report sla --month 2025-11 --csv /nowhere/x.csv":     "2 bad_file csv",
		"report sla --month 2025-11 --xlsx /nowhere/x.xlsx":   "2 bad_file xlsx",
	} {
		if got := d.refuses(strings.Fields(command)...); got != want {
			t.Errorf("%s: %s, want %s", command, got, want)
		}
	}
}

func TestFaultList_WhatIsDueFirstStandsInFront(t *testing.T) { // §3.11
	t.Parallel()
	d := openDesk(t)
	d.opens(nil, message.FaultReport{Reporter: "路人", Text: "x"}, time.Now())                                                       // 1: no clock
	d.opens(nil, message.FaultReport{Reporter: "李明", Administrator: true, Text: "x", System: "OA"}, time.Now())                    // 2: an hour from now
	late := d.opens(nil, message.FaultReport{Reporter: "李明", Administrator: true, Text: "x"}, time.Now().Add(-90*time.Minute))     // 3: half an hour late
	closed := d.opens(nil, message.FaultReport{Reporter: "李明", Administrator: true, Text: "x"}, shanghaiAt("2025-11-03 10:00:00")) // 4
	d.takes(late, nil, time.Now(), func() { incident.Breach(late) })
	d.takes(closed, nil, time.Now(), func() {
		incident.Submit(closed, "zhang", shanghaiAt("2025-11-03 10:41:00").Add(-time.Millisecond)) // a begun second counts, as in the report
		incident.Resolve(closed, "zhang", shanghaiAt("2025-11-03 11:41:00"))
		incident.Close(closed, shanghaiAt("2025-11-03 12:41:00"))
	})
	order := func(args ...string) (numbers []int) {
		for _, f := range told[faultsDocument](d, args...).Faults {
			numbers = append(numbers, f.Fault)
		}
		return numbers
	}
	if got := order("fault", "list"); !reflect.DeepEqual(got, []int{4, 3, 2, 1}) {
		t.Errorf("all: %v", got)
	}
	if got := order("fault", "list", "HT-1", "--open"); !reflect.DeepEqual(got, []int{3, 2, 1}) {
		t.Errorf("open: %v", got)
	}
	for _, f := range told[faultsDocument](d, "fault", "list").Faults {
		left := f.LeftSeconds
		if ok := map[int]bool{1: left == nil, 2: left != nil && *left > 3000, 3: left != nil && *left <= -1800, 4: left == nil}[f.Fault]; !ok {
			t.Errorf("fault %d has %v left", f.Fault, left)
		}
	}
	d.reads(map[string][]string{
		"zh": {"已超 30 分", "用时 41 分", "待系统管理员确认", "59 分"}, "en": {"late by 30m", "took 41m 0s", "awaits an administrator"},
	}, "fault", "list")
	d.reads(map[string][]string{"zh": {"故障（第 2 号）", "starter fault show HT-1 2"}, "en": {"Fault no. 3: open, breached"}}, "show", "HT-1")
	if got := told[viewDocument](d, "show", "HT-1").Faults; len(got) != 3 {
		t.Errorf("show has %d open faults", len(got))
	}
}

func TestTimeLeft_IsBelowZeroAsSoonAsTheHourIsOver(t *testing.T) { // §3.11
	t.Parallel()
	deadline := shanghaiAt("2025-11-03 11:00:00")
	f := message.FaultRow{State: message.FaultOpen, SLA: message.SLARunning, DeadlineAt: deadline}
	for now, want := range map[time.Time]int64{
		deadline: 0, deadline.Add(time.Microsecond): -1, deadline.Add(-time.Microsecond): 0, deadline.Add(-time.Hour): 3600,
	} {
		if got := faultLineOf("HT-1", f, now).LeftSeconds; got == nil || *got != want {
			t.Errorf("at %s: %v left, want %d", now, got, want)
		}
	}
}

func TestFaultShow_TellsWhatCountedAndWhoWasPaged(t *testing.T) { // §3.11 §3.12 §4.1 §4.2
	t.Parallel()
	d := toldStory(t)
	f := told[faultDocument](d, "fault", "show", "HT-1", "1")
	if f.Promises.Plan != "met" || *f.Promises.PlanSeconds != 3600 || *f.Promises.ResponseSeconds != 181 || len(f.Pages) != 1 || f.Pages[0].To != "zhang" ||
		len(f.Majeure) != 0 || f.EnteredAt.Equal(f.ReportedAt) || f.Log[0].What != "report-fault" || f.Promises.Events.Plan == 0 {
		t.Errorf("got %+v", f)
	}
	d.reads(map[string][]string{
		"zh": {"来电 2025-11-03 10:00:00，以此为准；录入 2025-11-03 10:02:00", "zhang", "首次呼叫", "达标", "1 时 0 分", "3 分 1 秒", "OA：打不开", "值班"},
		"en": {"by a call at 2025-11-03 10:00:00, which counts; entered at 2025-11-03 10:02:00", "first word", "met", "running → met", "OA: 打不开"},
	}, "fault", "show", "HT-1", "1")
	d.reads(map[string][]string{
		"zh": {"不可抗力（云厂商）：2025-11-05 10:20:00 至 2025-11-05 15:00:00", "职责变更"}, "en": {"force majeure (cloud vendor)", "duty changed"},
	}, "fault", "show", "HT-1", "3")
	again := message.FaultReport{Reporter: "李明", Administrator: true, System: "OA", Text: "又打不开", Reopens: 1}
	d.opens(nil, again, shanghaiAt("2025-11-03 14:00:00"))
	d.reads(map[string][]string{"zh": {"再现为 故障（第 6 号）"}, "en": {"there again as Fault no. 6"}}, "fault", "show", "HT-1", "1")
	d.reads(map[string][]string{"zh": {"再现自 故障（第 1 号）"}, "en": {"there again after Fault no. 1"}}, "fault", "show", "HT-1", "6")
	d.reads(map[string][]string{"zh": {"报障", "zhang：首次呼叫（值班）", "计时中 → 达标"}, "en": {"zhang: first word (primary)", "Response to fault no. 1"}}, "timeline", "HT-1")
}

// toldStory is a November of four faults.
func toldStory(t *testing.T) *desk {
	t.Helper()
	d := openDesk(t)
	at := shanghaiAt
	admin := func(text string) message.FaultReport {
		return message.FaultReport{Reporter: "李明", Administrator: true, System: "OA", Text: text}
	}
	called := admin("打不开")
	called.CalledAt = at("2025-11-03 10:00:00")
	met := d.opens(nil, called, at("2025-11-03 10:02:00"))
	d.takes(met, nil, at("2025-11-03 10:02:00"), func() {}, page(1, "2025-11-03 10:02:00", "zhang", "primary", message.FirstPage))
	d.takes(met, nil, at("2025-11-03 10:03:01"), func() { incident.Acknowledge(met, "zhang", at("2025-11-03 10:03:00").Add(time.Microsecond)) })
	d.takes(met, nil, at("2025-11-03 11:00:00"), func() { incident.Submit(met, "zhang", at("2025-11-03 11:00:00")) })
	d.takes(met, nil, at("2025-11-03 12:00:00"), func() { incident.Resolve(met, "zhang", at("2025-11-03 12:00:00")) })
	d.opens(nil, admin("无人响应"), at("2025-11-04 10:00:00")) // 2: the engine was away, nobody came
	major := d.opens(nil, admin("机房断电"), at("2025-11-05 10:00:00"))
	d.takes(major, nil, at("2025-11-05 10:20:00"), func() {
		incident.Mark(major, message.Majeure{Kind: message.CloudVendor, Evidence: "T-7"}, at("2025-11-05 10:20:00"))
	})
	d.takes(major, nil, at("2025-11-05 15:00:00"), func() { incident.Resolve(major, "zhang", at("2025-11-05 15:00:00")) })
	wish := admin("希望换个颜色")
	wish.Request = true
	d.opens(nil, wish, at("2025-11-30 23:59:59"))
	d.opens(nil, admin("十二月"), at("2025-12-01 00:00:00"))
	return d
}
