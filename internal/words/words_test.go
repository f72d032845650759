package words_test

import (
	"testing"

	"lvyue/internal/message"
	"lvyue/internal/words"
)

func TestDuty_NamesEveryDutyInBothLanguages(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct{ id, zh, en string }{
		{"first-payment", "首付款", "First payment"},
		{"renewal-talks/1", "续约商谈（第 1 年到期）", "Renewal talks as year 1 ends"},
		{"renewal-fee/12", "第 12 年服务费", "Fee of service year 12"},
		{"expansion/3", "扩容（第 3 次）", "Expansion no. 3"},
		{"expansion-fee/3", "扩容费（第 3 次）", "Price of expansion no. 3"},
		{"migration-out", "migration-out", "migration-out"},
		{"fault/2", "故障（第 2 号）", "Fault no. 2"},
		{"fault/2/response", "响应（第 2 号故障）", "Response to fault no. 2"},
		{"fault/12/plan", "解决方案（第 12 号故障）", "Plan for fault no. 12"},
		{"fault/2/coffee", "fault/2/coffee", "fault/2/coffee"},
	} {
		if got := words.Duty(tt.id); got.ZH != tt.zh || got.EN != tt.en {
			t.Errorf("Duty(%q) = %+v, want %s, %s", tt.id, got, tt.zh, tt.en)
		}
	}
}

func TestLookup_AnUnknownCodeIsItsOwnName(t *testing.T) {
	t.Parallel()
	if got := words.Phase("later"); got.ZH != "later" || got.EN != "later" {
		t.Errorf("Phase of an unknown code = %+v", got)
	}
	if got := words.Phase(message.InService).In("zh"); got != "服务中" {
		t.Errorf("in-service = %q", got)
	}
}

func TestMatter_TellsWhatAPersonDecided(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		act    message.ActName
		body   map[string]any
		zh, en string
	}{
		{message.Pay, map[string]any{"amount": "5.00", "reference": "R1"}, "5.00 元，R1", "5.00 CNY, R1"},
		{message.Designate, map[string]any{"deploy_on": "2025-10-13"}, "2025-10-13", "2025-10-13"},
		{message.Offer, map[string]any{"fee": "120000.00"}, "120000.00 元/年", "120000.00 CNY a year"},
		{message.Reply, map[string]any{"accept": false}, "拒绝", "declined"},
		{
			message.Expand,
			map[string]any{"disk_gb": 700, "database_gb": 200, "price": map[string]any{"amount": "5.00"}},
			"磁盘 700 G，数据库 200 G，5.00 元", "700 GB of disk, 200 GB of database, 5.00 CNY",
		},
		{message.AcceptQuote, map[string]any{"amount": "5.00"}, "5.00 元", "5.00 CNY"},
		{message.Expanded, map[string]any{"expansion": "expansion/1"}, "扩容（第 1 次）", "Expansion no. 1"},
		{message.Shortfall, map[string]any{"required": 120, "measured": 80}, "标准 120，实测 80", "80 of 120 reached"},
		{message.Terminate, map[string]any{"ground": "agreement", "on": "2027-09-30"}, "协议终止，终止日 2027-09-30", "agreement, ending 2027-09-30"},
		{message.Waive, map[string]any{"obligation": "deployment", "reason": "goodwill"}, "系统部署：goodwill", "Deployment: goodwill"},
		{message.Dispute, map[string]any{"obligations": []string{"first-payment", "deployment"}}, "首付款、系统部署", "First payment, Deployment"},
		{message.Confirm, map[string]any{"what": "destruction"}, "", ""},
		{message.Offer, map[string]any{"fee": 7}, "", ""},
		{message.ReportFault, map[string]any{"system": "OA", "text": "打不开"}, "OA：打不开", "OA: 打不开"},
		{message.Reopen, map[string]any{"text": "又打不开"}, "又打不开", "又打不开"},
		{message.Plan, map[string]any{"cause": "disk", "steps": "grow"}, "原因：disk；步骤：grow", "cause: disk; steps: grow"},
		{message.ForceMajeure, map[string]any{"kind": "cloud-vendor", "evidence": "T-7"}, "云厂商：T-7", "cloud vendor: T-7"},
		{message.HandOver, map[string]any{"to": "wu"}, "wu", "wu"},
		{message.Classify, map[string]any{"request": true, "text": "wish"}, "非故障：wish", "a request: wish"},
		{message.Classify, map[string]any{"request": false}, "是故障", "a fault"},
		{message.Acknowledge, map[string]any{}, "", ""},
	} {
		if got := words.Matter(tt.act, tt.body); got.ZH != tt.zh || got.EN != tt.en {
			t.Errorf("Matter(%s, %v) = %+v", tt.act, tt.body, got)
		}
	}
}

func TestEvent_NamesEverythingAboutAFault(t *testing.T) { // §3.11 §3.12 §4.2
	t.Parallel()
	for _, what := range []string{
		"fault", "sla", "breach-corrected", "joined", "page", "rung-missed", "nobody-on-call", "reopened", "reported", "open",
		"acknowledged", "planned", "force-majeure", "resolved", "closed", "request", "report-fault", "ack", "plan", "lift",
		"progress", "hand-over", "escalate", "resolve", "confirm-fault", "reopen", "classify", "explain", "waive-fault",
	} {
		if got := words.Event(what); got.ZH == what || got.EN == "" {
			t.Errorf("Event(%q) = %+v", what, got)
		}
	}
}
