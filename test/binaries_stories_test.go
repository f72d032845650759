package test

import (
	"encoding/json"
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"
)

// aLife goes as far as the real clock lets it: from signing to a termination that is still to come.
func aLife(t *testing.T, u user) {
	form, other := u.form(t, "LIFE-1", "", ""), u.form(t, "LIFE-1", "employees: 500", "employees: 501")
	u.write(t, "report.pdf", "measured")
	u.say(t, []line{
		{"show LIFE-1", 3, "unknown_contract"},
		{"pay LIFE-1 --amount 1.00 --reference R0", 3, "unknown_contract"},
		{"sign " + form + " --by customer --signatory 张立 --authority legal-representative --sealed --on " + inDays(-1), 0, "yet to sign"},
		{"sign " + form + " --by customer", 3, "already_signed"},
		{"sign " + other + " --by provider", 3, "other_form"},
		{"pay LIFE-1 --amount 1.00 --reference R0", 3, "not_in_force"},
		{"sign " + form + " --by provider", 0, "in force"},
		{"designate LIFE-1 --deploy-on 2020-01-02", 3, "past_day"},
		{"pay LIFE-1 --amount 120000.00 --reference R1", 0, "120000.00"},
		{"pay LIFE-1 --amount 120000 --reference R1", 0, "already recorded"},
		{"pay LIFE-1 --amount 120000.01 --reference R1", 3, "reference_reused"},
	})
	u.eventually(t, "show LIFE-1", `"phase":"in-service"`)
	u.say(t, []line{
		{"designate LIFE-1 --deploy-on " + inDays(30), 3, "already_usable"},
		{"offer LIFE-1 --fee 120000.01", 3, "fee_rise_without_growth"},
		{"answer LIFE-1 --accept", 3, "no_open_offer"},
		{"offer LIFE-1 --fee 110000.00 --by customer", 0, ""},
		{"shortfall LIFE-1 --required 120 --measured 120 --evidence report.pdf", 3, "standard_met"},
		{"shortfall LIFE-1 --required 120 --measured 80 --evidence report.pdf", 0, "may terminate"},
		{"hold LIFE-1 --by wang --reason order", 0, "held"},
		{"hold LIFE-1 --by chen --reason order", 3, "already_held"},
		{"release-hold LIFE-1 --by wang --reason lifted", 0, ""},
		{"release-hold LIFE-1 --by wang --reason lifted", 3, "not_held"},
		{"waive LIFE-1 deployment --reason kind", 3, "not_open"},
		{"waive LIFE-1 nothing --reason kind", 3, "unknown_obligation"},
		{"settle-dispute LIFE-1 --outcome none", 3, "no_open_dispute"},
		{"amend LIFE-1 " + form + " --document report.pdf --by customer", 3, "nothing_changed"},
		{"amend LIFE-1 " + other + " --document report.pdf --by customer", 0, ""},
		{"amend LIFE-1 " + other + " --document report.pdf --by customer", 3, "already_signed"},
		{"amend LIFE-1 " + other + " --document report.pdf --by provider", 0, ""},
		{"retry LIFE-1 deployment", 3, "not_parked"},
		{"confirm LIFE-1 destruction --by chen", 3, "not_open"},
		{"terminate LIFE-1 --ground expiry --on " + inDays(30), 3, "not_expiry"},
		{"terminate LIFE-1 --ground agreement --on " + inDays(-2), 3, "past_day"},
		{"terminate LIFE-1 --ground agreement --on " + inDays(30) + " --document report.pdf", 0, inDays(30)},
		{"terminate LIFE-1 --ground agreement --on " + inDays(30), 3, "already_terminated"},
		{"calendar import nowhere.json", 2, "bad_file"},
	})
	looksTheSame(t, u)
}

// looksTheSame: what is shown stays as it is when the read tables are made again from the evidence.
func looksTheSame(t *testing.T, u user) {
	t.Helper()
	before := u.succeed(t, "starter", "show", "LIFE-1", "--json").out
	for _, key := range []string{"contract", "phase", "obligations", "service_years", "payments", "refused", "messages", "next_duty"} {
		if !strings.Contains(before, `"`+key+`":`) {
			t.Errorf("show lacks %s: %s", key, before)
		}
	}
	u.succeed(t, "starter", "rebuild")
	if after := u.succeed(t, "starter", "show", "LIFE-1", "--json").out; after != before {
		t.Errorf("rebuilt, it shows\n%s\nbefore\n%s", after, before)
	}
	timeline, status := u.ask(t, "timeline LIFE-1 --verify")
	events, _ := timeline["events"].([]any)
	last, _ := events[len(events)-1].(map[string]any)
	if status != 0 || timeline["verified"] != true || last["hash"] != timeline["head"] {
		t.Errorf("the timeline ends in %v: %v, verified %v", last, timeline["head"], timeline["verified"])
	}
	if list := u.succeed(t, "starter", "list", "--phase", "in-service", "--json").out; !strings.Contains(list, `"LIFE-1"`) {
		t.Errorf("the list lacks it: %s", list)
	}
}

// typedWrongly: status 2, a code, and nothing reaches the inbox.
func typedWrongly(t *testing.T, u user) {
	u.sign(t, "WRONG-1")
	before := u.succeed(t, "starter", "show", "WRONG-1", "--json").out
	for path, wrong := range map[string][2]string{
		"colour":                        {"language: zh", "language: zh\ncolour: red"},
		"account_manager":               {"account_manager: chen", "# none"},
		"fee.capital":                   {"壹拾贰万元整", "壹拾叁万元整"},
		"load.by_product.OA.concurrent": {"concurrent: 120", "concurrent: 400"},
		"products[1]":                   {"[OA, PB, HR, CRM]", "[OA, ABC, HR, CRM]"},
	} {
		for _, command := range []string{"check ", "sign --by customer "} {
			form := u.form(t, "WRONG-2", wrong[0], wrong[1])
			body, status := u.ask(t, command+form)
			paths := []string{}
			for _, f := range body["fields"].([]any) {
				paths = append(paths, fmt.Sprint(f.(map[string]any)["path"]))
			}
			if status != 2 || body["code"] != "bad_form" || !slices.Contains(paths, path) {
				t.Errorf("%s%s: status %d, %v; want bad_form about %s", command, wrong[1], status, body, path)
			}
		}
	}
	u.say(t, []line{
		{"show WRONG-2", 3, "unknown_contract"},
		{"pay WRONG-1 --amount -5 --reference R1", 2, "bad_amount"},
		{"pay WRONG-1 --amount 0 --reference R1", 2, "bad_amount"},
		{"pay WRONG-1 --amount 1.005 --reference R1", 2, "bad_amount"},
		{"pay WRONG-1 --amount 1,000.00 --reference R1", 2, "bad_amount"},
		{"pay WRONG-1 --amount 1.00", 2, "missing"},
		{"pay WRONG-1 --amount 1.00 --reference R1 --on 2025-02-30", 2, "impossible_date"},
		{"pay WRONG-1 --amount x --reference R1 --on yesterday", 2, "bad_input"},
		{"pay", 2, "usage"},
		{"pay WRONG-1 --colour red", 2, "usage"},
		{"designate WRONG-1 --deploy-on 2026-13-01", 2, "impossible_date"},
		{"sign nowhere.yaml --by customer", 2, "bad_file"},
		{"sign " + u.form(t, "WRONG-1", "", "") + " --by nobody", 2, "bad_choice"},
		{"answer WRONG-1 --accept --decline", 2, "bad_choice"},
		{"terminate WRONG-1 --ground boredom --on " + inDays(1), 2, "bad_choice"},
		{"confirm WRONG-1 destruction", 2, "missing"},
		{"amend WRONG-1 nowhere.yaml --by customer", 2, "bad_input"},
	})
	if after := u.succeed(t, "starter", "show", "WRONG-1", "--json").out; after != before {
		t.Errorf("it changed from\n%s\nto\n%s", before, after)
	}
	u.say(t, []line{{"pay WRONG-1 --amount 1.00 --reference R1 --on " + inDays(2), 2, "future_day"}})
}

// bothLanguages: the same command in Chinese and in English; codes never change.
func bothLanguages(t *testing.T, u user) {
	u.sign(t, "LANG-1")
	zh := u.with("LANG=zh_CN.UTF-8")
	for _, tt := range []struct{ command, zh, en string }{
		{"show LANG-1", "首付款", "First payment"},
		{"timeline LANG-1 --verify", "校验链完整", "the chain holds"},
		{"list", "下一项义务", "next duty"},
		{"workday explain 2025-09-26 5", "国庆节", "2025-10-10"},
		{"--help", "签订", "Start, watch and steer"},
		{"offer LANG-1 --fee 1", "报价", "offer"},
	} {
		for language, r := range map[string]reply{
			tt.zh: zh.do(t, "starter", strings.Fields(tt.command)...),
			tt.en: zh.do(t, "starter", append(strings.Fields(tt.command), "--lang", "en")...),
		} {
			if !strings.Contains(r.out+r.err, language) {
				t.Errorf("starter %s does not say %s: %s%s", tt.command, language, r.out, r.err)
			}
		}
	}
	in, out := zh.do(t, "starter", "confirm", "LANG-1", "destruction", "--by", "chen"), u.do(t, "starter", "confirm", "LANG-1", "destruction", "--by", "chen")
	if in.status != 3 || out.status != 3 || !chinese.MatchString(in.err) || chinese.MatchString(out.err) {
		t.Errorf("zh: %d %s, en: %d %s", in.status, in.err, out.status, out.err)
	}
}

func makeUpWednesday(t *testing.T, u user) {
	text, err := os.ReadFile("../examples/first-contract/calendar-2027.json")
	if err != nil {
		t.Fatal(err)
	}
	u.write(t, "2027.json", string(text))
	const wednesday = `"days": [{"date": "2027-03-03", "name": "调休", "off": false},`
	bad := strings.Replace(string(text), `"days": [`, wednesday, 1)
	if bad == string(text) {
		t.Fatal("the notice has another form than this test knows")
	}
	u.write(t, "bad.json", bad)
	body, status := u.ask(t, "calendar import bad.json")
	if status != 2 || !strings.Contains(fmt.Sprint(body), "2027-03-03") {
		t.Errorf("status %d, %v", status, body)
	}
	for _, want := range []bool{true, false} {
		document, status := u.ask(t, "calendar import 2027.json")
		if status != 0 || document["imported"] != want {
			t.Errorf("status %d, %v; want imported %v", status, document, want)
		}
	}
}

// rehearsed: a contract that ended and was destroyed, two confirmations by one person, and a scenario with
// mistakes.
func rehearsed(t *testing.T, u user) {
	form := u.form(t, "PLAY-1", "", "")
	u.write(t, "life.yaml", "contract: "+form+`
events:
  - {at: 2025-03-03T10:00, do: pay, amount: "1.00", reference: R0}
  - {at: 2025-03-03T11:00, do: sign, by: customer}
  - {at: 2025-03-03T12:00, do: sign, by: provider}
  - {at: 2025-03-04T10:00, do: terminate, ground: agreement, on: 2025-03-04}
  - {at: 2025-03-05T10:00, do: confirm, what: destruction, by: chen}
  - {at: 2025-03-05T11:00, do: confirm, what: destruction, by: chen}
  - {at: 2025-03-05T12:00, do: confirm, what: destruction, by: wang}
  - {at: 2025-03-06T10:00, do: offer, fee: "120000.00"}
  - {at: 2025-03-06T11:00, do: pay, amount: "2.00", reference: R2}
`)
	var report struct {
		Phase   string `json:"phase"`
		Refused []struct {
			Do     string `json:"do"`
			Code   string `json:"code"`
			Clause string `json:"clause"`
		} `json:"refused"`
	}
	if err := json.Unmarshal([]byte(u.succeed(t, "starter", "rehearse", "life.yaml", "--json").out), &report); err != nil {
		t.Fatal(err)
	}
	codes := []string{}
	for _, r := range report.Refused {
		codes = append(codes, r.Do+" "+r.Code+" "+r.Clause)
	}
	if want := []string{"pay not_in_force 5.1", "confirm same_person 7.2", "offer destroyed 7.2"}; report.Phase != "destroyed" || !slices.Equal(codes, want) {
		t.Errorf("%s, refused %v, want destroyed, %v", report.Phase, codes, want)
	}
	u.write(t, "wrong.yaml", "contract: "+form+`
events:
  - {at: 2025-03-03T10:00, do: dance}
  - {at: 2025-03-02T10:00, do: sign, by: customer}
  - {at: 2025-02-30T10:00, do: sign, by: nobody}
`)
	body, status := u.ask(t, "rehearse wrong.yaml")
	if fields, _ := body["fields"].([]any); status != 2 || body["code"] != "bad_scenario" || len(fields) < 3 {
		t.Errorf("status %d, %v", status, body)
	}
	u.say(t, []line{{"rehearse nowhere.yaml", 2, "no_scenario"}})
}
