package cli_test

import (
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"lvyue/internal/cli"
	"lvyue/internal/workday"
)

// environment is a process's variables.
type environment map[string]string

func (e environment) LookupEnv(name string) (string, bool) {
	value, set := e[name]
	return value, set
}

func (e environment) Environ() []string {
	all := make([]string, 0, len(e))
	for name, value := range e {
		all = append(all, name+"="+value)
	}
	return all
}

// starter runs one command in an empty folder, without any setting.
func starter(t *testing.T, args ...string) (out, complaint string, status int) {
	t.Helper()
	return starterIn(t, environment{"TEMPORAL_CONFIG_FILE": filepath.Join(t.TempDir(), "none")}, args...)
}

func starterIn(t *testing.T, env environment, args ...string) (out, complaint string, status int) {
	t.Helper()
	var stdout, stderr bytes.Buffer
	status = cli.Run(t.Context(), args, cli.Program{Out: &stdout, Err: &stderr, Env: env, Dir: t.TempDir()})
	return stdout.String(), stderr.String(), status
}

const example = "../../examples/first-contract/first-contract.yaml"

func TestStarter_AnswersWithoutAnEngine(t *testing.T) {
	t.Parallel()
	calendar := workday.Embedded().Version()
	for _, tt := range []struct{ command, out string }{
		{"workday add 2025-09-26 5 --json", `{"date":"2025-10-10","provisional":false,"calendar":"` + calendar + `"}`},
		{"workday before 2025-12-31 15 --json", `{"date":"2025-12-10","provisional":false,"calendar":"` + calendar + `"}`},
		{"workday add 2025-09-26 5", "2025-10-10 Fri"},
		{"workday add 2025-09-26 5 --lang zh", "2025-10-10 周五"},
		{"workday year 2024-02-29 1 --json", `{"first":"2024-02-29","last":"2025-02-28"}`},
		{"workday year 2024-02-29 4", "2027-03-01 Mon to 2028-02-28 Mon"},
		{"capital 1010.10 --json", `{"amount":"1010.10","capital":"壹仟零壹拾元零壹角整"}`},
		{"capital 120000", "壹拾贰万元整"},
		{"capital --parse 壹拾贰万元整", "120000.00"},
		{"capital --parse 壹拾贰万元整 --json", `{"amount":"120000.00","capital":"壹拾贰万元整"}`},
	} {
		t.Run(tt.command, func(t *testing.T) {
			t.Parallel()
			out, complaint, status := starter(t, strings.Fields(tt.command)...)
			if status != 0 || complaint != "" || strings.TrimSpace(out) != tt.out {
				t.Errorf("status %d, %s\n got %s\nwant %s", status, complaint, out, tt.out)
			}
		})
	}
}

// errorIn is the code and the paths of an error document.
func errorIn(t *testing.T, out string) (code string, paths []string) {
	t.Helper()
	var document struct {
		Error struct {
			Code    string  `json:"code"`
			Message string  `json:"message"`
			Clause  *string `json:"clause"`
			Fields  []struct {
				Path    string `json:"path"`
				Message string `json:"message"`
			} `json:"fields"`
		} `json:"error"`
	}
	decoder := json.NewDecoder(strings.NewReader(out))
	if err := decoder.Decode(&document); err != nil {
		t.Fatalf("%v in %q", err, out)
	}
	if decoder.More() || document.Error.Message == "" || document.Error.Clause == nil || document.Error.Fields == nil {
		t.Errorf("not the error document: %s", out)
	}
	for _, f := range document.Error.Fields {
		paths = append(paths, f.Path)
		if f.Message == "" {
			t.Errorf("%s has no message", f.Path)
		}
	}
	return document.Error.Code, paths
}

func TestStarter_NamesEveryMistakeWithItsCode(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct{ command, code, paths string }{
		{"workday add 2025-02-30 5", "impossible_date", "DATE"},
		{"workday add 2025-2-3 5", "impossible_date", "DATE"},
		{"workday add 2025-09-26 0", "bad_count", "N"},
		{"workday add 2025-09-26 1.5", "bad_count", "N"},
		{"workday add 2025-02-29 0", "bad_input", "DATE N"},
		{"workday before 2025-09-26 x", "bad_count", "N"},
		{"workday year 2024-02-29 0", "bad_count", "K"},
		{"workday year 2024-02-29 99999", "bad_count", "K"},
		{"capital 1.005", "bad_amount", "AMOUNT"},
		{"capital 1,000.00", "bad_amount", "AMOUNT"},
		{"capital -- -1.00", "bad_amount", "AMOUNT"},
		{"capital --parse 一万元", "bad_capital", "parse"},
		{"capital", "usage", ""},
		{"capital 1 --parse 壹元整", "usage", ""},
		{"workday add 2025-09-26", "usage", ""},
		{"workday bogus", "usage", ""},
		{"bogus", "usage", ""},
		{"workday add 2025-09-26 5 --bogus", "usage", ""},
		{"workday add 2025-09-26 5 --lang fr", "bad_language", "lang"},
		{"check nowhere.yaml", "bad_file", "FORM"},
		{"check .", "bad_file", "FORM"},
		{"check " + example + " --signed 2025-02-30", "impossible_date", "signed"},
	} {
		t.Run(tt.command, func(t *testing.T) {
			t.Parallel()
			args := append([]string{"--json"}, strings.Fields(tt.command)...)
			out, complaint, status := starter(t, args...)
			code, paths := errorIn(t, out)
			if status != 2 || code != tt.code || strings.Join(paths, " ") != tt.paths {
				t.Errorf("status %d, code %s, paths %v", status, code, paths)
			}
			if !strings.HasPrefix(complaint, "error: ") {
				t.Errorf("standard error has %q", complaint)
			}
		})
	}
}

func TestStarter_WithoutJSONAnErrorLeavesStandardOutputEmpty(t *testing.T) {
	t.Parallel()
	out, complaint, status := starter(t, "workday", "add", "2025-02-30", "5", "--lang", "zh")
	if out != "" || status != 2 || !strings.HasPrefix(complaint, "error: DATE：") || strings.Count(complaint, "\n") != 1 {
		t.Errorf("status %d, out %q, err %q", status, out, complaint)
	}
}

func TestCheck_ReportsEveryWrongFieldWithItsPathAndLine(t *testing.T) {
	t.Parallel()
	form, err := os.ReadFile(example)
	if err != nil {
		t.Fatal(err)
	}
	bad := strings.Replace(string(form), "concurrent: 120", "concurrent: 400", 1) + "\nextra: 1\n"
	file := filepath.Join(t.TempDir(), "bad.yaml")
	if err := os.WriteFile(file, []byte(bad), 0o600); err != nil {
		t.Fatal(err)
	}
	out, complaint, status := starter(t, "check", file, "--json")
	code, paths := errorIn(t, out)
	if status != 2 || code != "bad_form" || strings.Join(paths, " ") != "load.by_product.OA.concurrent extra" {
		t.Errorf("status %d, %s %v", status, code, paths)
	}
	if !strings.Contains(complaint, "line ") || !strings.Contains(complaint, "load.by_product.OA.concurrent: 400") {
		t.Errorf("standard error has %q", complaint)
	}
}

func TestCheck_ShowsTheDutiesThatSigningWouldOpen(t *testing.T) { // §5.4 §5.5 §5.6 §7.2
	t.Parallel()
	out, complaint, status := starter(t, "check", example, "--signed", "2025-09-26", "--json")
	var document struct {
		Contract string `json:"contract"`
		Duties   []struct {
			ID  string `json:"id"`
			Due string `json:"due_on"`
		} `json:"duties"`
		Assumptions []string `json:"assumptions"`
	}
	if err := json.Unmarshal([]byte(out), &document); err != nil || status != 0 {
		t.Fatalf("status %d, %v, %s", status, err, complaint)
	}
	want := map[string]string{
		"first-payment": "2025-10-10", "deployment": "2025-10-13", "renewal-talks/1": "2026-10-12",
		"renewal-fee/2": "2026-10-12", "destruction": "2026-10-19",
	}
	for _, d := range document.Duties {
		if want[d.ID] != d.Due {
			t.Errorf("%s is due %s, want %s", d.ID, d.Due, want[d.ID])
		}
	}
	if len(document.Duties) != len(want) || len(document.Assumptions) == 0 {
		t.Errorf("got %+v", document)
	}
}

func TestHelp_EveryCommandHasAnExampleInBothLanguages(t *testing.T) {
	t.Parallel()
	for _, lang := range []string{"zh", "en"} {
		for _, command := range cli.Commands(lang) {
			if command.Example == "" || command.Short == "" {
				t.Errorf("%s (%s) lacks an example or a line about it", command.CommandPath(), lang)
			}
		}
	}
}

func TestStarter_WhatIsWrongIsSaidInTheCallersLanguage(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct{ command, want string }{
		{"list --bogus", "error: 命令行有误：没有选项 --bogus"},
		{"list --phase", "error: 命令行有误：选项后面缺少值：--phase"},
		{"workday add 2025-09-26 -1", "error: 命令行有误：-1 是负数，这里不可以"},
		{"check nowhere.yaml", "error: FORM：没有文件 nowhere.yaml"},
		{"check .", "error: FORM：. 是目录，不是文件"},
		{"rehearse nowhere.yaml", "error: 读不了剧本文件 nowhere.yaml：没有这个文件"},
	} {
		_, complaint, status := starter(t, append([]string{"--lang", "zh"}, strings.Fields(tt.command)...)...)
		if status != 2 || strings.TrimSpace(complaint) != tt.want {
			t.Errorf("%s: status %d, %s", tt.command, status, complaint)
		}
	}
}

func TestStarter_CompletesChoices(t *testing.T) {
	t.Parallel()
	out, _, _ := starter(t, "__complete", "sign", "contract.yaml", "--by", "")
	if out != "customer\nprovider\n:4\n" {
		t.Errorf("got %q", out)
	}
}
