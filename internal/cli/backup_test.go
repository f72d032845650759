package cli_test

import (
	"encoding/json"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"lvyue/internal/backup"
	"lvyue/internal/hosting"
	"lvyue/internal/message"
	"lvyue/internal/offsite"
	"lvyue/internal/operator"
	"lvyue/internal/postgres"
	"lvyue/internal/suite"
	"lvyue/internal/suitesim"
	"lvyue/internal/testkit"
	"lvyue/internal/workday"
)

// backedUp is an engine with one contract in service and its copy of that moment.
type backedUp struct {
	store *postgres.Store
	env   environment
	made  backup.Copy
	data  *suitesim.Database
}

func backing(t *testing.T, at time.Time) backedUp {
	t.Helper()
	b := backedUp{store: testkit.Spoiled(t)}
	signedContract(t, b.store, "HT-1", "远山商贸有限公司", "2025-09-26")
	inService(t, b.store, "HT-1", at)
	dir := t.TempDir()
	b.env = environmentOf(t, b.store)
	b.env["LVYUE_BACKUP_URL"], b.env["LVYUE_BACKUP_KEYS_URL"] = "file://"+dir+"/copies", "file://"+dir+"/keys"
	v, err := offsite.Open(t.Context(), offsite.Options{
		Copies: b.env["LVYUE_BACKUP_URL"], Keys: b.env["LVYUE_BACKUP_KEYS_URL"], Engine: b.store.Schema(), Now: func() time.Time { return at },
	}, operator.Client{Scheme: "http", Secret: "secret"})
	must(t, err)
	defer v.Close()
	b.data = &suitesim.Database{}
	b.made, err = v.Copy(t.Context(), backup.Order{Contract: "HT-1", Day: workday.Of(at), Host: running(t, b.data)})
	must(t, err)
	must(t, b.store.KeepOffsiteCopy(t.Context(), b.made))
	return b
}

func inService(t *testing.T, store *postgres.Store, number string, at time.Time) {
	t.Helper()
	must(t, store.Record(t.Context(), message.Record{Contract: number, Events: []message.Event{
		{Key: "in service", At: at, What: "phase", Changed: message.Changed{Contract: &message.ContractRow{
			Number: number, Phase: message.InService, Start: workday.Of(at),
		}}},
		{Key: "deployed", At: at, What: "deployed", Detail: message.Report{
			Resources: []hosting.Resource{{Kind: hosting.EIP, ID: "eip-1", Address: "203.0.113.7"}},
		}},
	}}))
}

func running(t *testing.T, data *suitesim.Database) string {
	t.Helper()
	world := suitesim.Alone{Data: data, Kept: &suitesim.Files{}, Disk: 100}
	is := suitesim.New(100)
	out, exit := is.Run("suite database db 3306 oa admin p\nsuite token "+suite.Token("secret", "HT-1", "operator")+
		"\nsuite fetch oa 8.4.2\nsuite migrate oa 8.4.2\nsuite start oa 8.4.2", world)
	if exit != 0 {
		t.Fatal(out)
	}
	server := httptest.NewServer(suitesim.Site{System: is, World: world, Lock: &sync.Mutex{}})
	t.Cleanup(server.Close)
	return strings.TrimPrefix(server.URL, "http://")
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// §3.9: the age of the newest good copy is there for all to see, and a gap says so and is exit status 3.
func TestBackupList_ShowsTheAgeAndTheGap(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		ago    time.Duration
		status int
		zh, en string
	}{
		{5*time.Hour + 10*time.Minute, 0, "5 小时 10 分", "5 h 10 min"},
		{27*time.Hour + 10*time.Minute, 3, "缺口", "gap"},
	} {
		b := backing(t, time.Now().Add(-tt.ago))
		for lang, want := range map[string]string{"zh": tt.zh, "en": tt.en} {
			for _, args := range [][]string{{"backup", "list"}, {"backup", "list", "HT-1"}} {
				out, complaint, status := starterIn(t, b.env, append(args, "--lang", lang)...)
				if status != tt.status || !strings.Contains(out, want) || !strings.Contains(out, "HT-1") || (status == 3) != strings.HasPrefix(complaint, "error: ") {
					t.Errorf("%v: status %d, %s%s", args, status, out, complaint)
				}
			}
		}
		out, _, status := starterIn(t, b.env, "backup", "list", "HT-1", "--json")
		var d struct {
			Contracts []struct {
				Contract string       `json:"contract"`
				Age      int64        `json:"age_seconds"`
				Gap      bool         `json:"gap"`
				Newest   *backup.Copy `json:"newest"`
			} `json:"contracts"`
			Copies []backup.Copy `json:"copies"`
		}
		must(t, json.Unmarshal([]byte(out), &d))
		if c := d.Contracts[0]; status != tt.status || c.Gap != (tt.status == 3) || c.Newest.SHA256 != b.made.SHA256 ||
			len(d.Copies) != 1 || c.Age < int64(tt.ago/time.Second) {
			t.Errorf("status %d, %s", status, out)
		}
	}
}

// §3.9 §7.1: a copy becomes plain files that are read without us; who read it is kept.
func TestBackupRestore_GivesPlainFilesAndNotesWho(t *testing.T) {
	t.Parallel()
	b := backing(t, time.Now())
	to := filepath.Join(t.TempDir(), "restored")
	out, complaint, status := starterIn(t, b.env, "backup", "restore", "HT-1", "--copy", b.made.Day.String(), "--to", to, "--by", "chen", "--lang", "en")
	if status != 0 || !strings.Contains(out, "manifest.json") {
		t.Fatalf("status %d, %s%s", status, out, complaint)
	}
	text, err := os.ReadFile(filepath.Join(to, "database.sql"))
	if err != nil || string(text) != string(b.data.Dump()) {
		t.Errorf("the database is %s, %v", text, err)
	}
	spoil(t, b.store, `DO $$ BEGIN IF (SELECT count(*) FROM offsite_reading WHERE read_by = 'chen') <> 1 THEN RAISE 'nobody'; END IF; END $$`)
	out, _, status = starterIn(t, b.env, "backup", "restore", "HT-1", "--copy", b.made.Day.String(), "--to", to, "--json")
	if status != 2 || refused(t, out) != "bad_folder" {
		t.Errorf("into a folder that is not empty: status %d, %s", status, out)
	}
}

// §3.9: what cannot be done is refused with its code, before anything is asked of a worker.
func TestBackup_SaysWhyNot(t *testing.T) {
	t.Parallel()
	b := backing(t, time.Now())
	signedContract(t, b.store, "HT-2", "乙", "2025-09-26")
	bare := environmentOf(t, b.store)
	day := b.made.Day.String()
	for _, tt := range []struct {
		env     environment
		command string
		status  int
		code    string
	}{
		{b.env, "backup run HT-2", 3, "not_in_service"},
		{b.env, "backup run HT-9", 3, "unknown_contract"},
		{b.env, "backup run -HT", 2, "usage"},
		{b.env, "backup run HT-1", 1, "temporal_unreachable"},
		{b.env, "backup drill HT-1 --copy 2020-01-01", 3, "no_copy"},
		{b.env, "backup drill HT-1 --copy tomorrow", 2, "impossible_date"},
		{b.env, "backup restore HT-1 --copy 2020-01-01 --to /tmp/nowhere", 3, "no_copy"},
		{b.env, "backup restore HT-1 --to /tmp/nowhere", 2, "missing"},
		{b.env, "backup restore HT-1", 2, "bad_input"},
		{bare, "backup restore HT-1 --copy " + day + " --to /tmp/nowhere", 1, "no_backup_store"},
	} {
		out, _, status := starterIn(t, tt.env, append(strings.Fields(tt.command), "--json")...)
		if status != tt.status || refused(t, out) != tt.code {
			t.Errorf("%s: status %d, %s", tt.command, status, out)
		}
	}
}

// §3.9: a copy that is damaged is not restored, and the command says so.
func TestBackupRestore_OfADamagedCopyGivesNothing(t *testing.T) {
	t.Parallel()
	b := backing(t, time.Now())
	dir := strings.TrimPrefix(b.env["LVYUE_BACKUP_URL"], "file://")
	parts, err := filepath.Glob(filepath.Join(dir, b.store.Schema(), "HT-1", "*", "database-*"))
	must(t, err)
	must(t, os.WriteFile(parts[0], []byte("other"), 0o600))
	to := filepath.Join(t.TempDir(), "restored")
	out, _, status := starterIn(t, b.env, "backup", "restore", "HT-1", "--copy", b.made.Day.String(), "--to", to, "--json")
	if status != 1 || refused(t, out) != "copy_damaged" {
		t.Errorf("status %d, %s", status, out)
	}
	if left, err := os.ReadDir(to); err != nil || len(left) != 0 {
		t.Errorf("there is %v, %v", left, err)
	}
}
