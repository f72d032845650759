package cli_test

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"lvyue/internal/oncall"
	"lvyue/internal/testkit"
)

// rotaFile is the example, each old text replaced by the new one behind it.
func rotaFile(t *testing.T, pairs ...string) string {
	t.Helper()
	text := string(oncall.ExampleForm())
	for i := 0; i < len(pairs); i += 2 {
		text = strings.Replace(text, pairs[i], pairs[i+1], 1)
	}
	file := filepath.Join(t.TempDir(), "rota.yaml")
	must(t, os.WriteFile(file, []byte(text), 0o600))
	return file
}

// rotating is an engine whose rota is the example, changed so.
func rotating(t *testing.T, pairs ...string) asker {
	t.Helper()
	ask := asking(t, testkit.Postgres(t))
	if out, complaint, status := ask("oncall", "set", rotaFile(t, pairs...), "--by", "chen"); status != 0 {
		t.Fatalf("status %d, %s%s", status, out, complaint)
	}
	return ask
}

// rotaShown is what `oncall show --json` tells.
type rotaShown struct {
	Version int64 `json:"version"`
	Days    int   `json:"days"`
	OnCall  []struct {
		Rotation    string `json:"rotation"`
		Person      string `json:"person"`
		Name        string `json:"name"`
		LeftSeconds *int64 `json:"left_seconds"`
	} `json:"on_call"`
	Gaps      []oncall.Gap      `json:"gaps"`
	Shifts    []oncall.Shift    `json:"shifts"`
	Overrides []oncall.Override `json:"overrides"`
	Ladder    []struct {
		Name       string   `json:"name"`
		People     []string `json:"people"`
		AnsweredBy string   `json:"answered_by"`
	} `json:"ladder"`
	Policy struct {
		oncall.Policy

		PlanMinutes int `json:"plan_minutes"`
	} `json:"policy"`
	Error *struct {
		Code   string `json:"code"`
		Clause string `json:"clause"`
	} `json:"error"`
}

func shownBy(t *testing.T, ask asker, args ...string) (rotaShown, int) {
	t.Helper()
	out, complaint, status := ask(append(append([]string{"oncall", "show"}, args...), "--json")...)
	var d rotaShown
	if err := json.Unmarshal([]byte(out), &d); err != nil {
		t.Fatalf("%v in %s%s", err, out, complaint)
	}
	return d, status
}

// §4.1: who is on call, for how long still, the shifts ahead and the ladder, in both languages; a rota without gap is exit 0.
func TestOncallShow_TellsWhoIsOnCall(t *testing.T) {
	t.Parallel()
	ask := rotating(t)
	d, status := shownBy(t, ask, "--at", "2027-01-07T12:00:00+08:00", "--days", "30")
	left := d.OnCall[0].LeftSeconds
	if status != 0 || d.OnCall[0].Person != "li" || d.OnCall[0].Name != "李娜" || left == nil || *left != 3*24*3600+21*3600 || d.Error != nil {
		t.Errorf("status %d, %+v", status, d)
	}
	if len(d.Shifts) != 10 || len(d.Ladder) != 8 || len(d.Gaps) != 0 || d.Ladder[2].People[0] != "mueller" {
		t.Errorf("%d shifts, %d rungs, %v", len(d.Shifts), len(d.Ladder), d.Gaps)
	}
	for lang, wants := range map[string][]string{
		"zh": {"值班表第 1 版", "li 李娜", "2027-01-11 周一 09:00", "3 天 21 小时", "今后 7 天", "此后每 30"},
		"en": {"version 1 of the rota", "li 李娜", "2027-01-11 Mon 09:00", "3 d 21 h", "The next 7 days", "then every 30"},
	} {
		out, complaint, status := ask("oncall", "show", "--at", "2027-01-07T12:00", "--days", "7", "--lang", lang)
		for _, want := range wants {
			if status != 0 || complaint != "" || !strings.Contains(out, want) {
				t.Errorf("%s: status %d, no %q in\n%s%s", lang, status, want, out, complaint)
			}
		}
	}
}

// §3.12, §4.2: the policy that rules is shown, usual or not; the hour is the contract's (§3.11).
func TestOncallShow_TellsThePolicy(t *testing.T) {
	t.Parallel()
	const at = "2027-01-07T12:00"
	ask := rotating(t)
	usual := oncall.Policy{ResponseMinutes: 5, ProgressMinutes: 30, SecondPersonMinutes: 45, ConfirmHours: 48, AfterMajeure: oncall.Rest}
	if d, _ := shownBy(t, ask, "--at", at, "--days", "7"); d.Policy.Policy != usual || d.Policy.PlanMinutes != 60 {
		t.Errorf("the usual policy is %+v", d.Policy)
	}
	changed := []string{"after_force_majeure: rest", "after_force_majeure: fresh", "# nudge_minutes: 15", "nudge_minutes: 15"}
	if out, complaint, status := ask("oncall", "set", rotaFile(t, changed...), "--by", "chen", "--json"); status != 0 || !strings.Contains(out, `"version":2`) {
		t.Fatalf("status %d, %s%s", status, out, complaint)
	}
	for lang, wants := range map[string][]string{
		"zh": {"另起一小时", "每 15 分钟", "5 分钟内", "48 小时后", "合同规定"},
		"en": {"a whole hour begins", "every 15 minutes", "within 5 minutes", "after 48 hours", "the contract's"},
	} {
		out, complaint, status := ask("oncall", "show", "--at", "2099-01-07T12:00", "--days", "1", "--lang", lang)
		for _, want := range wants {
			if !strings.Contains(out, want) {
				t.Errorf("%s: status %d, no %q in\n%s%s", lang, status, want, out, complaint)
			}
		}
	}
}

// §4.1: a gap is shown as many days ahead as are asked for, and is exit 3.
func TestOncallShow_AGapIsSeenDaysAhead(t *testing.T) {
	t.Parallel()
	// li stands on primary from 2027-01-25 on, and is away for three of these days.
	ask := rotating(t, "{first: 2026-10-01, last: 2026-10-07}", "{first: 2027-01-27, last: 2027-01-29}")
	if d, status := shownBy(t, ask, "--at", "2027-01-20T00:00", "--days", "7"); status != 0 || len(d.Gaps) != 0 {
		t.Errorf("7 days ahead, up to the gap: status %d, %+v", status, d.Gaps)
	}
	d, status := shownBy(t, ask, "--at", "2027-01-20T00:00", "--days", "8")
	if status != 3 || len(d.Gaps) != 1 || d.Gaps[0].Person != "li" || d.Gaps[0].Why != oncall.IsAway || d.Error.Code != "oncall_gap" || d.Error.Clause != "4.1" {
		t.Errorf("8 days ahead: status %d, %+v, %+v", status, d.Gaps, d.Error)
	}
	out, complaint, status := ask("oncall", "show", "--at", "2027-01-20", "--days", "14", "--lang", "en")
	if status != 3 || !strings.Contains(out, "✗ gap 2027-01-27 Wed 00:00 to 2027-01-30 Sat 00:00  primary li: away") || !strings.HasPrefix(complaint, "error: §4.1 ") {
		t.Errorf("status %d, %s%s", status, out, complaint)
	}
}

// §4.2: a rung that nobody answers shows on which it falls.
func TestOncallShow_ARungThatNobodyAnswersSaysSo(t *testing.T) {
	t.Parallel()
	ask := rotating(t, "inactive: false", "inactive: true ")
	out, _, status := ask("oncall", "show", "--lang", "en", "--at", "2027-01-07")
	if status != 3 || !strings.Contains(out, "→ everyone zhang li wang mueller sun") {
		t.Errorf("status %d, %s", status, out)
	}
}

// §4.1: what is entered rules at once, the later over the earlier, until it is cancelled.
func TestOncallOverride_RulesUntilItIsCancelled(t *testing.T) {
	t.Parallel()
	ask := rotating(t)
	enter := func(command string, more ...string) string {
		t.Helper()
		out, complaint, status := ask(append(append(strings.Fields("oncall "+command+" --by chen --lang en"), more...), "--reason", "doctor")...)
		if status != 0 {
			t.Fatalf("%s: status %d, %s%s", command, status, out, complaint)
		}
		return out
	}
	standing := func(at string) string {
		t.Helper()
		d, _ := shownBy(t, ask, "--at", at)
		return d.OnCall[0].Person
	}
	if out := enter("override primary --from 2027-01-08T18:00 --to 2027-01-09 --person wang"); !strings.Contains(out, "entered as #1") || !strings.Contains(out, "2027-01-10 Sun 00:00") {
		t.Errorf("a day ends at its 24:00: %s", out)
	}
	enter("override primary --from 2027-01-09 --to 2027-01-09T12:00 --person nobody")
	got := []string{standing("2027-01-08T17:59"), standing("2027-01-08T18:00"), standing("2027-01-09"), standing("2027-01-09T12:00"), standing("2027-01-10")}
	if strings.Join(got, ",") != "li,wang,,wang,li" {
		t.Errorf("standing are %q", got)
	}
	enter("cancel 2")
	if got := standing("2027-01-09"); got != "wang" {
		t.Errorf("after it was cancelled: %s", got)
	}
	enter("swap primary --of wang --with zhang --week 2027-01-11 --for 2027-01-20")
	if got := standing("2027-01-11T09:00") + " " + standing("2027-01-18T09:00"); got != "zhang wang" {
		t.Errorf("after the swap: %s", got)
	}
}

// §4.1: what cannot be is refused with its code and every wrong field, and nothing is kept of it.
func TestOncall_SaysWhyNot(t *testing.T) {
	t.Parallel()
	ask := rotating(t)
	bad := rotaFile(t, "[zhang, li, wang]", "[zhang, chen]", "every_minutes: 30", "every_minutes: 0")
	for _, tt := range []struct {
		command string
		status  int
		code    string
		paths   string
	}{
		{"set " + bad + " --by chen", 2, "bad_form", "rotations[0].people[1] ladder.again.every_minutes"},
		{"set nowhere.yaml", 2, "bad_input", "FORM by"},
		{"override primary", 2, "bad_input", "by reason from to person"},
		{"override primary --from 2027-01-09T18:00 --to 2027-01-08 --person he --reason r --by b", 2, "bad_override", "to person"},
		{"override third --from 2027-01-08 --to 2027-01-08 --person li --reason r --by b", 2, "bad_override", "ROTATION"},
		{"override primary --from 2020-01-08 --to 2020-01-08 --person li --reason r --by b", 2, "bad_override", "to"},
		{"override primary --from now --to 2027-01-08 --person li --reason r --by b", 2, "bad_instant", "from"},
		{"swap primary --by b", 2, "bad_input", "of with week for"},
		{"swap primary --of zhang --with li --week 2027-01-11 --for 2027-01-25 --by b", 2, "bad_swap", "of"},
		{"cancel 7 --reason r --by b", 3, "unknown_override", ""},
		{"cancel x --reason r --by b", 2, "bad_count", "OVERRIDE"},
		{"show --days 0", 2, "bad_count", "days"},
		{"show --days 367", 2, "bad_count", "days"},
		{"show --at yesterday", 2, "bad_instant", "at"},
		{"show --at 2020-01-01", 3, "no_rota", ""},
		{"bogus", 2, "usage", ""},
	} {
		out, complaint, status := ask(append(strings.Fields("oncall "+tt.command), "--json")...)
		code, paths := errorIn(t, out)
		if status != tt.status || code != tt.code || strings.Join(paths, " ") != tt.paths || !strings.HasPrefix(complaint, "error: ") {
			t.Errorf("%s: status %d, %s %v, %s", tt.command, status, code, paths, complaint)
		}
	}
	if d, _ := shownBy(t, ask); d.Version != 1 || len(d.Overrides) != 0 {
		t.Errorf("something was kept: %+v", d)
	}
}

// §4.1: the printed example can be set as it is; set again it says the same.
func TestOncallForm_CanBeSetAsItIs(t *testing.T) {
	t.Parallel()
	form, _, status := starter(t, "oncall", "form")
	if status != 0 || form != string(oncall.ExampleForm()) {
		t.Fatalf("status %d, %s", status, form)
	}
	ask := rotating(t)
	for _, tt := range []struct {
		file, want string
	}{
		{rotaFile(t), "the rota says the same as version 1"},
		{rotaFile(t, "[zhang, li, wang]", "[zhang, li]"), "version 2 of the rota rules from now on"},
	} {
		out, complaint, status := ask("oncall", "set", tt.file, "--by", "chen", "--lang", "en")
		if status != 0 || !strings.Contains(out, tt.want) || !strings.Contains(out, "primary") {
			t.Errorf("status %d, %s%s", status, out, complaint)
		}
	}
}
