package test

import (
	"bytes"
	"cmp"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"syscall"
	"testing"
	"time"

	"lvyue/internal/workday"
)

// The three programs as a user has them: built, started in a folder, asked from the command line. One stack
// serves all of it; each story has a contract of its own.
//
//nolint:tparallel // one story after another: the last ones kill what the others stand on
func TestPrograms_AsAUserHasThem(t *testing.T) {
	t.Parallel()
	u := newUser(t)
	u.succeed(t, "devstack", "up", "--dir", ".dev")
	u.succeed(t, "devstack", "up", "--dir", ".dev") // runs already
	for _, story := range []struct {
		name string
		tell func(*testing.T, user)
	}{
		{"a life", aLife},
		{"what is typed wrongly stores nothing", typedWrongly},
		{"both languages", bothLanguages},
		{"a notice with a make-up Wednesday", makeUpWednesday},
		{"what cannot be aged is rehearsed", rehearsed},
		{"the database away", databaseAway},
		{"Temporal away", temporalAway},
		{"the worker killed", workerKilled},
		{"the stack killed", stackKilled},
	} {
		t.Run(story.name, func(t *testing.T) { story.tell(t, u) })
	}
	u.succeed(t, "devstack", "down", "--dir", ".dev")
	u.succeed(t, "devstack", "down", "--dir", ".dev") // nothing runs
	if left := processesOf(u.dir); left != "" {
		t.Errorf("down left behind:\n%s", left)
	}
}

// user is a person in a folder with the programs, and nothing else set.
type user struct {
	dir string
	env []string
}

// reply is what a program said, and its exit status.
type reply struct {
	out, err string
	status   int
}

func newUser(t *testing.T) user {
	t.Helper()
	dir, err := os.MkdirTemp("", "lvyue-programs-test-") // PostgreSQL's user must pass, which t.TempDir forbids
	if err != nil {
		t.Fatal(err)
	}
	u := user{dir: dir, env: []string{
		"PATH=" + os.Getenv("PATH"), "HOME=" + t.TempDir(), "LANG=C", "TMPDIR=" + os.TempDir(),
	}}
	t.Cleanup(func() {
		if _, err := os.Stat(u.program("devstack")); err == nil {
			u.do(t, "devstack", "down", "--dir", ".dev")
		}
		if err := os.RemoveAll(dir); err != nil {
			t.Error(err)
		}
	})
	bin := u.program("")
	if err := errors.Join(os.Chmod(dir, 0o711), os.MkdirAll(bin, 0o755)); err != nil {
		t.Fatal(err)
	}
	for _, program := range []string{"devstack", "worker", "starter"} {
		build(t, bin, program)
	}
	return u
}

func (u user) program(name string) string { return filepath.Join(u.dir, ".dev", "bin", name) }

func (u user) do(t *testing.T, program string, args ...string) reply {
	t.Helper()
	var out, complaint bytes.Buffer
	c := exec.Command(u.program(program), args...)
	c.Dir, c.Env, c.Stdout, c.Stderr = u.dir, u.env, &out, &complaint
	err := c.Run()
	var exit *exec.ExitError
	if err != nil && !errors.As(err, &exit) {
		t.Fatal(err)
	}
	return reply{out: out.String(), err: complaint.String(), status: c.ProcessState.ExitCode()}
}

func (u user) succeed(t *testing.T, program string, args ...string) reply {
	t.Helper()
	r := u.do(t, program, args...)
	if r.status != 0 {
		t.Fatalf("%s %s: status %d\n%s%s", program, strings.Join(args, " "), r.status, r.out, r.err)
	}
	return r
}

// with is the same person with one more variable set.
func (u user) with(variable string) user {
	u.env = append(append([]string{}, u.env...), variable)
	return u
}

// ask runs one command of the starter with --json, and gives its document. What an error says on standard error,
// it says in the document too.
func (u user) ask(t *testing.T, command string) (document map[string]any, status int) {
	t.Helper()
	r := u.do(t, "starter", append(strings.Fields(command), "--json")...)
	decoder := json.NewDecoder(strings.NewReader(r.out))
	if err := decoder.Decode(&document); err != nil || decoder.More() {
		t.Fatalf("%s: not one document: %v\n%s%s", command, err, r.out, r.err)
	}
	if r.status == 0 {
		return document, 0
	}
	body, _ := document["error"].(map[string]any)
	first, _, _ := strings.Cut(fmt.Sprint(body["message"]), "\n")
	if len(document) != 1 || len(body) != 4 || body["fields"] == nil || !strings.HasPrefix(r.err, "error: ") || !strings.Contains(r.err, first) {
		t.Errorf("%s: not the error document, or another sentence: %s\n%s", command, r.out, r.err)
	}
	return body, r.status
}

// line is one command with what it must come to: exit status and code of the error, or a part of the message.
type line struct {
	command string
	status  int
	says    string
}

func (u user) say(t *testing.T, lines []line) {
	t.Helper()
	for _, l := range lines {
		document, status := u.ask(t, l.command)
		said := fmt.Sprint(cmp.Or(document["code"], document["message"]))
		if status != l.status || (status != 0 && said != l.says) || !strings.Contains(said, l.says) {
			t.Errorf("starter %s\n\tstatus %d, %v\n\twant status %d, %s", l.command, status, document, l.status, l.says)
		}
	}
}

// sign puts both signatures under a new contract.
func (u user) sign(t *testing.T, number string) {
	t.Helper()
	form := u.form(t, number, "", "")
	u.say(t, []line{
		{"sign " + form + " --by customer", 0, "the other side has yet to sign"},
		{"sign " + form + " --by provider", 0, "in force from"},
	})
}

// form writes the example's form under another number, with one more text replaced.
func (u user) form(t *testing.T, number, old, replaced string) (name string) {
	t.Helper()
	text, err := os.ReadFile("testdata/acme.yaml")
	if err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(string(text), old) {
		t.Fatalf("the form has no %q", old)
	}
	name = fmt.Sprintf("%s-%d.yaml", number, len(replaced))
	changed := strings.Replace(strings.Replace(string(text), "HT-2025-001", number, 1), old, replaced, 1)
	u.write(t, name, changed)
	return name
}

func (u user) write(t *testing.T, name, text string) {
	t.Helper()
	if err := os.WriteFile(filepath.Join(u.dir, name), []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
}

// eventually asks until the document says so.
func (u user) eventually(t *testing.T, command, says string) {
	t.Helper()
	const patience = time.Minute
	said := ""
	for giveUp := time.Now().Add(patience); time.Now().Before(giveUp); time.Sleep(100 * time.Millisecond) {
		if said = u.do(t, "starter", append(strings.Fields(command), "--json")...).out; strings.Contains(said, says) {
			return
		}
	}
	t.Fatalf("starter %s never said %s: %s", command, says, said)
}

// kill ends one of the stack's processes with SIGKILL, by the id in its file.
func (u user) kill(t *testing.T, file string) {
	t.Helper()
	text, err := os.ReadFile(filepath.Join(u.dir, ".dev", file))
	if err != nil {
		t.Fatal(err)
	}
	var id struct {
		PID int `json:"pid"`
	}
	if err := json.Unmarshal(text, &id); err != nil || id.PID < 2 {
		t.Fatalf("%s names no process: %v", file, err)
	}
	if err := syscall.Kill(id.PID, syscall.SIGKILL); err != nil {
		t.Fatal(err)
	}
}

// processesOf lists the processes whose command line names the folder.
func processesOf(dir string) string {
	var found strings.Builder
	files, _ := filepath.Glob("/proc/[0-9]*/cmdline")
	for _, file := range files {
		if text, err := os.ReadFile(file); err == nil && bytes.Contains(text, []byte(dir)) {
			fmt.Fprintf(&found, "%s %s\n", file, bytes.ReplaceAll(text, []byte{0}, []byte{' '}))
		}
	}
	return found.String()
}

// inDays is a day of Asia/Shanghai, counted from today.
func inDays(n int) string { return workday.Of(time.Now()).AddDays(n).String() }

// chinese finds a letter that English lacks.
var chinese = regexp.MustCompile(`\p{Han}`)
