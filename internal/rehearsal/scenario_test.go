package rehearsal_test

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"lvyue/internal/message"
	"lvyue/internal/money"
	"lvyue/internal/refusal"
	"lvyue/internal/rehearsal"
	"lvyue/internal/workday"
)

// play is a scenario of one event.
func play(event string) string { return "contract: form.yaml\nevents:\n  - " + event + "\n" }

func parse(t *testing.T, text string) rehearsal.Scenario {
	t.Helper()
	s, err := rehearsal.Parse([]byte(text), "testdata")
	if err != nil {
		t.Fatalf("refused: %v\n%s", err, text)
	}
	return s
}

func TestParse_ReadsEveryAct(t *testing.T) {
	t.Parallel()
	chen := message.Actor{Who: "chen", Role: "account-manager", Way: "rehearsal"}
	wang := message.Actor{Who: "wang", Role: "person", Way: "rehearsal"}
	customer := message.Actor{Who: "customer", Role: "party", Way: "rehearsal"}
	hash := parse(t, play("{at: 2025-09-26T10:00, do: sign, by: customer}")).Form.Hash()
	tests := []struct {
		event string
		actor message.Actor
		body  any
	}{
		{
			"{do: sign, by: customer, on: 2025-09-25, signatory: 张立, authority: authorised, sealed: true}", customer,
			message.Signature{
				By: message.Customer, On: workday.MustDate("2025-09-25"), FormHash: hash, Signatory: "张立",
				Authority: "authorised", Sealed: true,
			},
		},
		{
			`{do: pay, amount: "120000.00", reference: ICBC-001}`, chen,
			message.Payment{Amount: money.MustParse("120000.00"), Reference: "ICBC-001"},
		},
		{
			`{do: pay, amount: 0.01, on: 2025-09-24, reference: 7, account: A1, by: wang}`, wang,
			message.Payment{
				Amount: money.MustParse("0.01"), On: workday.MustDate("2025-09-24"), Reference: "7", Account: "A1",
			},
		},
		{"{do: designate, deploy_on: 2025-10-20}", chen, message.Designation{DeployOn: workday.MustDate("2025-10-20")}},
		{`{do: offer, fee: "1.00"}`, chen, message.Proposal{By: message.Provider, Fee: money.MustParse("1.00")}},
		{
			`{do: offer, fee: "1.00", by: customer}`, customer,
			message.Proposal{By: message.Customer, Fee: money.MustParse("1.00")},
		},
		{`{do: offer, fee: "1.00", by: wang}`, wang, message.Proposal{By: message.Provider, Fee: money.MustParse("1.00")}},
		{"{do: answer, accept: true}", chen, message.Decision{Accept: true}},
		{"{do: answer, accept: false, by: wang}", wang, message.Decision{}},
		{
			"{do: shortfall, required: 120, measured: 80, evidence: 压测报告}", chen,
			message.Measurement{Required: 120, Measured: 80, Evidence: "压测报告"},
		},
		{
			"{do: terminate, ground: load-shortfall, on: 2027-03-01, by: wang, document: abc}", wang,
			message.Termination{Ground: message.LoadShortfall, On: workday.MustDate("2027-03-01"), Document: "abc"},
		},
		{"{do: confirm, what: destruction, by: wang}", wang, message.Confirmation{What: "destruction"}},
		{"{do: hold, what: destruction, reason: 调查}", chen, message.Confirmation{What: "destruction", Reason: "调查"}},
		{"{do: release-hold, what: destruction}", chen, message.Confirmation{What: "destruction"}},
		{"{do: waive, obligation: first-payment}", chen, message.Waiver{Obligation: "first-payment"}},
		{
			"{do: dispute, obligations: [first-payment, deployment], by: customer}", customer,
			message.Complaint{By: message.Customer, Obligations: []string{"first-payment", "deployment"}},
		},
		{"{do: settle-dispute, outcome: 和解, dispute: 2}", chen, message.Settlement{Dispute: 2, Outcome: "和解"}},
		{"{do: retry, duty: deployment}", chen, message.Again{Duty: "deployment"}},
	}
	for _, tt := range tests {
		t.Run(tt.event, func(t *testing.T) {
			t.Parallel()
			s := parse(t, play(strings.Replace(tt.event, "{", "{at: 2025-09-26T10:00, ", 1)))
			got := s.Events[0]
			if got.Body != nil && !equalJSON(t, got.Body, tt.body) {
				t.Errorf("body = %+v, want %+v", got.Body, tt.body)
			}
			if got.Actor != tt.actor {
				t.Errorf("actor = %+v, want %+v", got.Actor, tt.actor)
			}
		})
	}
}

func TestParse_ReadsWhatIsAskedFor(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name, asked, want string
	}{
		{"products alone", "products: [OA, TC]", `{"products":["OA","TC"],"load":{"users":300,"employees":500,"disk_gb":500,` +
			`"database_gb":100,"by_product":{"OA":{"users":300,"concurrent":120}}}}`},
		{
			"load alone", "load: {users: 400, employees: 500, disk_gb: 500, database_gb: 100, " +
				"by_product: {OA: {users: 400, concurrent: 120}, PB: {users: 80, concurrent: 20}}}",
			`{"products":["OA","PB"],"load":{"users":400,"employees":500,"disk_gb":500,"database_gb":100,` +
				`"by_product":{"OA":{"users":400,"concurrent":120},"PB":{"users":80,"concurrent":20}}}}`,
		},
		{
			"both", "products: [OA], load: {users: 1, employees: 1, disk_gb: 1, database_gb: 1, " +
				"by_product: {OA: {users: 1, concurrent: 1}}}",
			`{"products":["OA"],"load":{"users":1,"employees":1,"disk_gb":1,"database_gb":1,` +
				`"by_product":{"OA":{"users":1,"concurrent":1}}}}`,
		},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			s := parse(t, play(`{at: 2026-09-26T10:00, do: offer, fee: "1.00", `+tt.asked+"}"))
			proposal, _ := s.Events[0].Body.(message.Proposal)
			if got := string(marshal(t, proposal.Terms)); got != tt.want {
				t.Errorf("asks for %s\nwant     %s", got, tt.want)
			}
		})
	}
}

func TestParse_ReadsMomentsInBeijingTime(t *testing.T) {
	t.Parallel()
	tests := []struct{ typed, want string }{
		{"2025-09-26T10:00", "2025-09-26T10:00:00+08:00"},
		{"2025-09-26T10:00:07", "2025-09-26T10:00:07+08:00"},
		{"2025-10-10T23:59:59.999", "2025-10-10T23:59:59.999+08:00"},
		{"2025-09-26T10:00:00+08:00", "2025-09-26T10:00:00+08:00"},
		{`"2025-09-26T00:00"`, "2025-09-26T00:00:00+08:00"},
		{"2025-09-26T24:00", ""},
		{"2025-09-26", ""},
		{"2025-02-29T10:00", ""},
		{"2025-09-26 10:00", ""},
		{"2025-09-26T10:00Z", ""},
		{"2025-09-26T10:00:00.1234567", ""},
		{"1999-01-01T00:00", ""},
	}
	for _, tt := range tests {
		t.Run(tt.typed, func(t *testing.T) {
			t.Parallel()
			s, err := rehearsal.Parse([]byte(play("{at: "+tt.typed+", do: sign, by: customer}")), "testdata")
			got := ""
			if err == nil {
				got = s.Events[0].At.Format(time.RFC3339Nano)
			}
			if got != tt.want {
				t.Errorf("read as %q, want %q (%v)", got, tt.want, err)
			}
		})
	}
}

func TestParse_ReportsEveryMistakeWithItsLine(t *testing.T) {
	t.Parallel()
	const text = `contract: form.yaml
notices: [2026.json, {year: 2027, number: "", days: [{date: 2027-01-06, name: 元旦, off: false}]}]
events:
  - {at: 2025-09-26T10:00, do: sign, by: nobody}
  - {at: 2025-09-25T10:00, do: sign, by: provider}
  - {at: 2025-09-26T10:00, do: dance}
  - {at: 2025-13-26T10:00, do: pay, amount: "1.001", remark: R}
  - {do: designate, deploy_on: 2025-02-30}
  - {at: 2025-09-27T10:00, do: pay, amount: "-5.00", reference: R, amount: "1"}
  - {at: 2025-09-27T10:00, do: answer, accept: maybe}
  - {at: 2025-09-27T10:00, do: terminate, ground: boredom, on: 2025-10-01}
  - {at: 2025-09-27T10:00, do: dispute, obligations: [], by: customer}
  - {at: 2025-09-27T10:00, do: offer, fee: "0", load: {users: 3}}
  - {at: 2025-09-27T10:00, do: publish-calendar, notice: nowhere.json}
  - {at: 2025-09-27T10:00, do: shortfall, required: 0, measured: -1, evidence: }
cloud: {deploy_takes: -45m, faults: 3}
until: tomorrow
speed: 3
`
	_, err := rehearsal.Parse([]byte(text), "testdata")
	no, ok := refusal.As(err)
	if !ok || no.Code != "bad_scenario" || !no.Input {
		t.Fatalf("err = %v, want the bad input bad_scenario", err)
	}
	want := []string{
		"2 notices[0]", "2 notices[1].days[0].date",
		"4 events[0].by", "5 events[1].at", "6 events[2].do",
		"7 events[3].at", "7 events[3].amount", "7 events[3].reference", "7 events[3].remark",
		"8 events[4].at", "8 events[4].deploy_on", "9 events[5].amount", "9 events[5].amount",
		"10 events[6].accept", "11 events[7].ground", "12 events[8].obligations",
		"13 events[9].fee", "13 events[9].load.employees",
		"14 events[10].notice", "15 events[11].required", "15 events[11].measured", "15 events[11].evidence",
		"16 cloud.deploy_takes", "16 cloud.faults", "17 until", "18 speed",
	}
	got := places(no)
	for _, place := range want {
		if !slices.Contains(got, place) {
			t.Errorf("%s is not reported", place)
		}
	}
	if !slices.IsSortedFunc(no.Fields, func(a, b refusal.Field) int { return a.Line - b.Line }) {
		t.Error("the mistakes do not stand in the order of the lines")
	}
	if t.Failed() {
		t.Logf("reported: %v", err)
	}
}

func TestParse_NamesTheLineInsideTheForm(t *testing.T) {
	t.Parallel()
	form, err := os.ReadFile("testdata/form.yaml")
	if err != nil {
		t.Fatal(err)
	}
	bad := strings.Replace(string(form), "concurrent: 120", "concurrent: 400", 1)
	t.Run("inline", func(t *testing.T) {
		t.Parallel()
		text := "contract:\n  " + strings.ReplaceAll(bad, "\n", "\n  ") + "\nevents:\n" +
			"  - {at: 2025-09-26T10:00, do: sign, by: customer}\n"
		no := mustRefuse(t, text, "testdata")
		if got := places(no); !slices.Contains(got, "15 contract.load.by_product.OA.concurrent") {
			t.Errorf("reported %v", got)
		}
	})
	t.Run("file", func(t *testing.T) {
		t.Parallel()
		dir := t.TempDir()
		if err := os.WriteFile(filepath.Join(dir, "form.yaml"), []byte(bad), 0o600); err != nil {
			t.Fatal(err)
		}
		no := mustRefuse(t, play("{at: 2025-09-26T10:00, do: sign, by: customer}"), dir)
		if got := no.Sentence("en"); !strings.Contains(got, "line 1: form.yaml:14 400 is more than its 300 users") {
			t.Errorf("reported %v", got)
		}
	})
}

func TestParse_RefusesWhatIsNoScenario(t *testing.T) {
	t.Parallel()
	for _, text := range []string{
		"", "42", "[]", "contract: form.yaml", "contract: form.yaml\nevents: []", "a: b: c", "contract: form.yaml\n---\n{}",
		"contract: /dev/zero\nevents: [{at: 2025-09-26T10:00, do: sign, by: customer}]",
		"contract: testdata\nevents: [{at: 2025-09-26T10:00, do: sign, by: customer}]",
		"contract: &f form.yaml\nevents: [{at: 2025-09-26T10:00, do: amend, form: *f, by: customer}]",
	} {
		mustRefuse(t, text, "testdata")
	}
}

func TestParse_TiesAreInOrder(t *testing.T) {
	t.Parallel()
	s := parse(t, `contract: form.yaml
notices: [2027.json]
events:
  - {at: 2025-09-26T10:00, do: sign, by: customer, id: s1}
  - {at: 2025-09-26T10:00, do: sign, by: provider}
  - {at: 2026-11-30T09:00, do: publish-calendar, notice: 2027.json}
cloud: {deploy_takes: 45m}
until: 2027-04-01T00:00
`)
	if s.Events[0].ID != "s1" || s.Events[1].ID != "event-2" || s.Events[2].Notice.Year != 2027 || len(s.Notices) != 1 {
		t.Errorf("read %+v", s.Events)
	}
	if s.DeployTakes != 45*time.Minute || s.Until != workday.MustDate("2027-04-01").Start() {
		t.Errorf("deploy takes %v, until %v", s.DeployTakes, s.Until)
	}
}

func FuzzParse(f *testing.F) {
	f.Add([]byte(play(`{at: 2025-09-26T10:00, do: offer, fee: "1.00", load: {users: 3}}`)))
	f.Add([]byte("contract: {number: A}\nevents: [{at: 2025-09-26T10:00, do: publish-calendar, notice: {year: 2027}}]"))
	f.Add([]byte("contract: &a {b: *a}\nevents: *a"))
	f.Fuzz(func(t *testing.T, data []byte) {
		_, err := rehearsal.Parse(data, t.TempDir())
		if no, ok := refusal.As(err); err != nil && (!ok || len(no.Fields) == 0) {
			t.Errorf("not a refusal with fields: %v", err)
		}
	})
}

func mustRefuse(t *testing.T, text, dir string) *refusal.Refusal {
	t.Helper()
	_, err := rehearsal.Parse([]byte(text), dir)
	no, ok := refusal.As(err)
	if !ok || no.Code != "bad_scenario" || len(no.Fields) == 0 {
		t.Fatalf("err = %v, want bad_scenario with fields\n%s", err, text)
	}
	return no
}

func TestLoad_EveryExampleIsAScenario(t *testing.T) {
	t.Parallel()
	paths, err := filepath.Glob("../../examples/*/scenario.yaml")
	if err != nil || len(paths) == 0 {
		t.Fatalf("no examples: %v", err)
	}
	for _, path := range paths {
		s, err := rehearsal.Load(path)
		if err != nil {
			t.Errorf("%s: %v", path, err)
		}
		for _, event := range s.Events {
			if event.Notice == nil {
				continue
			}
			if _, _, err := workday.Embedded().With(*event.Notice); err != nil {
				t.Errorf("%s: %v", path, err)
			}
		}
	}
}

func TestLoad_NamesAFileThatIsNotThere(t *testing.T) {
	t.Parallel()
	_, err := rehearsal.Load("testdata/nowhere.yaml")
	if no, ok := refusal.As(err); !ok || no.Code != "no_scenario" || !no.Input {
		t.Errorf("err = %v, want the bad input no_scenario", err)
	}
}
