package rehearsal_test

import (
	"encoding/json"
	"strings"
	"testing"
	"time"

	"lvyue/internal/ledger"
	"lvyue/internal/message"
	"lvyue/internal/money"
	"lvyue/internal/rehearsal"
	"lvyue/internal/workday"
)

func day(s string) rehearsal.Day { return rehearsal.Day{Date: workday.MustDate(s)} }

func at(t *testing.T, s string) rehearsal.Instant {
	t.Helper()
	instant, err := time.Parse(time.RFC3339Nano, s)
	if err != nil {
		t.Fatal(err)
	}
	return rehearsal.Instant{Time: instant}
}

func sample(t *testing.T) rehearsal.Report {
	t.Helper()
	return rehearsal.Report{
		Contract: "HT-2025-001", Phase: message.InService, Effective: day("2025-09-26"), Start: day("2025-10-20"),
		Obligations: []rehearsal.Obligation{{
			ID: "first-payment", Clause: "5.4", OwedBy: message.Customer, OpenedAt: at(t, "2025-09-26T08:00:00Z"),
			DueOn: day("2025-10-10"), DueAt: at(t, "2025-10-10T16:00:00Z"), Status: message.Met,
			SettledAt: at(t, "2025-10-10T15:59:59.999Z"),
			Moved: []message.Move{{
				From: workday.MustDate("2026-01-05"), To: workday.MustDate("2026-01-06"), Notice: "2026",
			}},
		}, {
			ID: "refund/1", Clause: "1.4", OwedBy: message.Provider, OpenedAt: at(t, "2025-11-01T02:00:00Z"),
			Status: message.Pending, Moved: []message.Move{},
		}},
		ServiceYears: []rehearsal.ServiceYear{{
			Year: 1, First: day("2025-10-20"), Last: day("2026-10-19"), Fee: money.MustParse("120000"),
		}},
		Payments: []rehearsal.Payment{}, Incidents: []rehearsal.Incident{}, Invoices: []rehearsal.Invoice{}, Refunds: []rehearsal.Refund{},
		Refused: []rehearsal.Refused{{
			At: at(t, "2026-09-22T03:00:00Z"), Do: "offer", Code: "fee_rise_without_growth", Clause: "5.8", Message: "不得提高",
		}},
		Messages: []rehearsal.Message{{
			At: at(t, "2025-10-10T01:00:00Z"), To: "account-manager", About: "first-payment", Kind: "due-today",
		}},
		Books:    rehearsal.Books{TrialBalance: []rehearsal.Balance{}, Audit: rehearsal.Audit{Checked: 34, Failed: []ledger.Finding{}}},
		Evidence: rehearsal.Evidence{Events: 41, Head: "ab", Verified: true},
	}
}

func TestReport_IsTheFormatThatOthersTestAgainst(t *testing.T) {
	t.Parallel()
	const want = `{"contract":"HT-2025-001","phase":"in-service","effective":"2025-09-26","start":"2025-10-20",` +
		`"ends_on":null,"ended_on":null,"ground":"",` +
		`"obligations":[{"id":"first-payment","clause":"5.4","owed_by":"customer","opened_at":"2025-09-26T16:00:00+08:00",` +
		`"due_on":"2025-10-10","due_at":"2025-10-11T00:00:00+08:00","provisional":false,"status":"met",` +
		`"settled_at":"2025-10-10T23:59:59.999+08:00","moved":[{"from":"2026-01-05","to":"2026-01-06","notice":"2026"}]},` +
		`{"id":"refund/1","clause":"1.4","owed_by":"provider","opened_at":"2025-11-01T10:00:00+08:00",` +
		`"due_on":null,"due_at":null,"provisional":false,"status":"pending","settled_at":null,"moved":[]}],` +
		`"service_years":[{"year":1,"first":"2025-10-20","last":"2026-10-19","fee":"120000.00"}],` +
		`"payments":[],"unapplied":"0.00",` +
		`"refused":[{"at":"2026-09-22T11:00:00+08:00","do":"offer","code":"fee_rise_without_growth","clause":"5.8",` +
		`"message":"不得提高"}],"incidents":[],"invoices":[],"refunds":[],` +
		`"books":{"trial_balance":[],"audit":{"checked":34,"failed":[]}},"resources":{"created":0,"left":0},` +
		`"messages":[{"at":"2025-10-10T09:00:00+08:00","to":"account-manager","about":"first-payment","kind":"due-today"}],` +
		`"evidence":{"events":41,"head":"ab","verified":true},"cost":{"runs":0,"events":0,"actions":0},"not_played":0}`
	if got := string(marshal(t, sample(t))); got != want {
		t.Errorf("report\n%s\nwant\n%s", got, want)
	}
}

func TestReport_ReadsBack(t *testing.T) {
	t.Parallel()
	first := marshal(t, sample(t))
	var report rehearsal.Report
	if err := json.Unmarshal(first, &report); err != nil {
		t.Fatal(err)
	}
	if second := marshal(t, report); string(second) != string(first) {
		t.Errorf("read back\n%s\nwant\n%s", second, first)
	}
}

func TestReport_ForPeopleNamesDutiesAndDays(t *testing.T) {
	t.Parallel()
	for lang, words := range map[string][]string{
		"zh": {"HT-2025-001", "首付款", "§5.4", "2025-10-10", "已履行", "第 1 年", "120000.00", "§5.8", "不得提高"},
		"en": {"HT-2025-001", "First payment", "§5.4", "2025-10-10", "met", "year 1", "120000.00", "fee_rise_without_growth"},
	} {
		text := sample(t).Text(lang, 0)
		for _, word := range words {
			if !strings.Contains(text, word) {
				t.Errorf("%s: no %q in\n%s", lang, word, text)
			}
		}
	}
}
