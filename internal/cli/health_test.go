package cli_test

import (
	"encoding/json"
	"strings"
	"testing"
	"time"

	"lvyue/internal/hosting"
	"lvyue/internal/message"
	"lvyue/internal/money"
	"lvyue/internal/postgres"
	"lvyue/internal/testkit"
	"lvyue/internal/warning"
)

var (
	dataDisk = hosting.Gauge{Kind: hosting.Server, Resource: "i-1", Device: "/dev/vdb1", Metric: hosting.Storage}
	memory   = hosting.Gauge{Kind: hosting.Database, Resource: "rm-1", Metric: hosting.Memory}
)

// healthy is a contract in service, and a caller who asks how it is.
func healthy(t *testing.T) (*postgres.Store, asker) {
	t.Helper()
	store := testkit.Postgres(t)
	a := signedContract(t, store, "HT-1", "甲", "2025-09-26")
	a.pays("R1", a.row.Fee.String(), "2025-10-09")
	a.begins("2025-10-10", message.Outlook{})
	return store, asking(t, store)
}

// looks keeps what a look an hour ago has measured: a disk that grows by a point a day, and what else is given.
func looks(t *testing.T, store *postgres.Store, ago time.Duration, warnings ...warning.Warning) {
	t.Helper()
	at := time.Now().Add(-ago)
	var points []hosting.Point
	for day := range 5 {
		points = append(points, hosting.Point{Gauge: dataDisk, At: at.AddDate(0, 0, -day), Percent: 70 - float64(day)})
	}
	points = append(points, hosting.Point{Gauge: memory, At: at.Add(-2 * time.Hour), Percent: 41})
	for i := range warnings {
		warnings[i].OpenedAt, warnings[i].LookedAt = at, at
		if warnings[i].What == warning.Silent {
			warnings[i].Since = at.Add(-2 * time.Hour)
		}
	}
	if err := store.KeepLook(t.Context(), "HT-1", at, points, warnings); err != nil {
		t.Fatal(err)
	}
}

func filling() warning.Warning {
	return warning.Warning{
		Gauge: dataDisk, What: warning.High, Class: warning.Near, Percent: 70, Grows: true, PerDay: 1, Days: 29.9,
		Growth: &warning.Growth{To: hosting.Shape{ServerDiskGB: 1250}, Amount: money.MustParse("321.50"), AnswerHash: "abc"},
	}
}

func silence() warning.Warning {
	return warning.Warning{Gauge: memory, What: warning.Silent, Class: warning.Urgent}
}

func wantIn(t *testing.T, text string, all ...string) {
	t.Helper()
	for _, want := range all {
		if !strings.Contains(text, want) {
			t.Errorf("%q is not in\n%s", want, text)
		}
	}
}

// §3.6: nothing to warn of is done; the levels of one contract are shown all the same.
func TestHealth_NothingToWarnOf(t *testing.T) {
	t.Parallel()
	store, ask := healthy(t)
	looks(t, store, time.Hour)
	out, complaint, status := ask("health", "--lang", "en")
	if status != 0 || complaint != "" || !strings.Contains(out, "no warning (contracts in service: 1)") {
		t.Errorf("status %d, %s%s", status, out, complaint)
	}
	out, complaint, status = ask("health", "HT-1", "--lang", "en")
	if status != 0 || complaint != "" {
		t.Errorf("status %d, %s", status, complaint)
	}
	wantIn(t, out, "in service", "storage /dev/vdb1", "███████░░░", "70.00 %", "+1.00", "30 days", "no data")
}

// §3.6: what stands is told worst first, with what would help, and the exit status says so.
func TestHealth_ShowsWarningsAndExitsThree(t *testing.T) {
	t.Parallel()
	store, ask := healthy(t)
	looks(t, store, time.Hour, filling(), silence())
	for lang, want := range map[string][]string{
		"zh": {"紧急", "提前预警", "无数据，自 ", "70.00 %，用满还有 29 天", "1250 GB，321.50 元", "内存", "存储 /dev/vdb1"},
		"en": {"urgent", "early", "no data since ", "70.00 %, full in 29 days", "1250 GB, 321.50 CNY", "memory", "storage /dev/vdb1"},
	} {
		for _, about := range []string{"", "HT-1"} {
			out, complaint, status := ask(strings.Fields("health " + about + " --lang " + lang)...)
			if status != 3 || !strings.HasPrefix(complaint, "error: §3.6 ") {
				t.Errorf("status %d, %s", status, complaint)
			}
			wantIn(t, out, want...)
			if strings.LastIndex(out, want[0]) > strings.LastIndex(out, want[1]) {
				t.Errorf("the worst does not come first in\n%s", out)
			}
		}
	}
}

func TestHealth_ItsDocumentIsOneAndHoldsTheRefusal(t *testing.T) {
	t.Parallel()
	store, ask := healthy(t)
	looks(t, store, time.Hour, filling(), silence())
	out, _, status := ask("health", "--json")
	var all struct {
		Contracts int               `json:"contracts"`
		Open      []map[string]any  `json:"open"`
		Error     map[string]any    `json:"error"`
		Missing   []json.RawMessage `json:"unmeasured"`
	}
	if err := json.Unmarshal([]byte(out), &all); err != nil || status != 3 {
		t.Fatalf("status %d, %v in %s", status, err, out)
	}
	if all.Contracts != 1 || len(all.Open) != 2 || all.Open[0]["contract"] != "HT-1" || all.Open[0]["what"] != "silent" || all.Error["code"] != "early_warning" || all.Error["clause"] != "3.6" || all.Missing == nil {
		t.Errorf("got %s", out)
	}
	out, _, status = ask("health", "HT-1", "--json")
	var one struct {
		Phase  string `json:"phase"`
		Gauges []struct {
			Metric string   `json:"metric"`
			Full   *float64 `json:"days_to_full"`
			Silent bool     `json:"silent"`
		} `json:"gauges"`
		Open []map[string]any `json:"open"`
	}
	if err := json.Unmarshal([]byte(out), &one); err != nil || status != 3 {
		t.Fatalf("status %d, %v in %s", status, err, out)
	}
	if one.Phase != "in-service" || len(one.Gauges) != 2 || one.Gauges[0].Full == nil || one.Gauges[0].Silent || !one.Gauges[1].Silent || one.Gauges[1].Full != nil || len(one.Open) != 2 {
		t.Errorf("got %s", out)
	}
}

// §3.6: that nobody looks is an alarm too.
func TestHealth_TellsThatNobodyLooks(t *testing.T) {
	t.Parallel()
	store, ask := healthy(t)
	for _, about := range []string{"health", "health HT-1"} {
		if out, _, status := ask(append(strings.Fields(about), "--lang", "en")...); status != 3 || !strings.Contains(out, "not measured") {
			t.Errorf("%s: status %d, %s", about, status, out)
		}
	}
	looks(t, store, warning.Overdue-time.Minute)
	if out, _, status := ask("health"); status != 0 {
		t.Errorf("just in time: status %d, %s", status, out)
	}
}

func TestHealth_AnUnknownContract(t *testing.T) {
	t.Parallel()
	_, ask := healthy(t)
	out, _, status := ask("health", "HT-NONE", "--json")
	if code, _ := errorIn(t, out); status != 3 || code != "unknown_contract" {
		t.Errorf("status %d, %s", status, out)
	}
	out, _, status = ask("health", "a b", "--json")
	if code, _ := errorIn(t, out); status != 2 || code != "bad_number" {
		t.Errorf("status %d, %s", status, out)
	}
}
