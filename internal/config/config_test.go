package config_test

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"lvyue/internal/config"
	"lvyue/internal/failure"
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

// stack writes the state file of a running local stack and returns a folder below it.
func stack(t *testing.T) string {
	t.Helper()
	root := t.TempDir()
	below := filepath.Join(root, "some", "where")
	for _, dir := range []string{below, filepath.Join(root, ".dev")} {
		if err := os.MkdirAll(dir, 0o700); err != nil {
			t.Fatal(err)
		}
	}
	state := `{"pid":7,"temporal_address":"127.0.0.1:7233","temporal_namespace":"dev","database_url":"postgres://u:hush@h/d","more":1}`
	if err := os.WriteFile(filepath.Join(root, ".dev", "state.json"), []byte(state), 0o600); err != nil {
		t.Fatal(err)
	}
	return below
}

// nowhere keeps the tests from the profile of whoever runs them.
func nowhere(t *testing.T, env environment) environment {
	t.Helper()
	if _, set := env["TEMPORAL_CONFIG_FILE"]; !set {
		env["TEMPORAL_CONFIG_FILE"] = filepath.Join(t.TempDir(), "none.toml")
	}
	return env
}

func TestLoad_ExplicitSettingsWinOverTheLocalStack(t *testing.T) {
	t.Parallel()
	profile := filepath.Join(t.TempDir(), "temporal.toml")
	if err := os.WriteFile(profile, []byte("[profile.prod]\naddress = \"prod:7233\"\nnamespace = \"books\"\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	for _, tt := range []struct {
		name                         string
		flags                        config.Flags
		env                          environment
		address, namespace, database string
	}{
		{"the stack alone", config.Flags{}, environment{}, "127.0.0.1:7233", "dev", "postgres://u:hush@h/d"},
		{
			"the environment",
			config.Flags{},
			environment{"TEMPORAL_ADDRESS": "env:1", "TEMPORAL_NAMESPACE": "n", "DATABASE_URL": "postgres://e"},
			"env:1", "n", "postgres://e",
		},
		{
			"an address of its own does not take the stack's namespace",
			config.Flags{},
			environment{"TEMPORAL_ADDRESS": "env:1"},
			"env:1", "default", "postgres://u:hush@h/d",
		},
		{
			"a profile",
			config.Flags{Profile: "prod"},
			environment{"TEMPORAL_CONFIG_FILE": profile},
			"prod:7233", "books", "postgres://u:hush@h/d",
		},
		{
			"flags over all",
			config.Flags{Address: "flag:1", Namespace: "f"},
			environment{"TEMPORAL_ADDRESS": "env:1"},
			"flag:1", "f", "postgres://u:hush@h/d",
		},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			c, err := config.Load(tt.flags, nowhere(t, tt.env), stack(t))
			if err != nil {
				t.Fatal(err)
			}
			if c.Temporal.HostPort != tt.address || c.Temporal.Namespace != tt.namespace ||
				c.DatabaseURL.Reveal() != tt.database {
				t.Errorf("got %s %s %s", c.Temporal.HostPort, c.Temporal.Namespace, c.DatabaseURL.Reveal())
			}
		})
	}
}

func TestLoad_WithoutAnyEngineSaysHowToStartOne(t *testing.T) {
	t.Parallel()
	for _, env := range []environment{{}, {"TEMPORAL_ADDRESS": "a:1"}, {"DATABASE_URL": "postgres://e"}} {
		_, err := config.Load(config.Flags{}, nowhere(t, env), t.TempDir())
		wantFailure(t, err, "not_connected")
		if !strings.Contains(err.Error(), "make up") {
			t.Errorf("%v does not say how to start one", err)
		}
	}
}

func TestLoad_ReadsSecretsFromFiles(t *testing.T) {
	t.Parallel()
	file := filepath.Join(t.TempDir(), "url")
	if err := os.WriteFile(file, []byte("postgres://file\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	env := nowhere(t, environment{"TEMPORAL_ADDRESS": "a:1", "DATABASE_URL_FILE": file})
	c, err := config.Load(config.Flags{}, env, t.TempDir())
	if err != nil || c.DatabaseURL.Reveal() != "postgres://file" {
		t.Errorf("got %q, %v", c.DatabaseURL.Reveal(), err)
	}
	env["DATABASE_URL_FILE"] = file + "-missing"
	_, err = config.Load(config.Flags{}, env, t.TempDir())
	wantFailure(t, err, "bad_settings")
}

func TestVendors_AWorkerStartsOnlyWithACloudThatWasChosen(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		vendors config.Vendors
		code    string
	}{
		{config.Vendors{}, "no_cloud"},
		{config.Vendors{Cloud: "azure"}, "no_cloud"},
		{config.Vendors{Cloud: config.Aliyun, AccessKeyID: "id"}, "no_credentials"},
		{config.Vendors{Cloud: config.Aliyun, AccessKeyID: "id", AccessKeySecret: "s"}, "no_system_secret"},
		{config.Vendors{Cloud: config.Aliyun, AccessKeyID: "id", AccessKeySecret: "s", SystemSecret: "x"}, "no_image"},
		{config.Vendors{Cloud: config.Aliyun, AccessKeyID: "id", AccessKeySecret: "s", SystemSecret: "x", Image: "m-1"}, ""},
		{config.Vendors{Cloud: config.AliyunSim}, ""},
	} {
		wantFailure(t, tt.vendors.Check(), tt.code)
	}
}

// §3.9: real contracts are never served without a place for their copies that lasts.
func TestBackup_RealContractsNeedTwoStoresThatLast(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		name, cloud, copies, keys, code string
	}{
		{"the real cloud, none", "aliyun", "", "", "no_backup_store"},
		{"no store for the keys", "aliyun", "file:///c", "", "no_backup_store"},
		{"no store for the copies", "aliyun", "", "file:///k", "no_backup_store"},
		{"copies in memory", "aliyun", "mem://", "file:///k", "no_backup_store"},
		{"keys in memory", "aliyun", "file:///c", "mem://", "no_backup_store"},
		{"both", "aliyun", "file:///c", "file:///k", ""},
		{"the simulator beside a stack", "aliyunsim", "", "", ""},
		{"half of it", "aliyunsim", "file:///c", "", "no_backup_store"},
	} {
		env := environment{"LVYUE_CLOUD": tt.cloud, "LVYUE_BACKUP_URL": tt.copies, "LVYUE_BACKUP_KEYS_URL": tt.keys}
		c, err := config.Load(config.Flags{}, nowhere(t, env), stack(t))
		if err != nil {
			t.Fatal(err)
		}
		t.Log(tt.name)
		wantFailure(t, c.Backup.Check(c.Vendors.Cloud), tt.code)
	}
}

func TestBackup_BesideTheSimulatorItIsInTheStack_ElseInMemory(t *testing.T) {
	t.Parallel()
	beside, err := config.Load(config.Flags{}, nowhere(t, environment{}), stack(t))
	if err != nil || beside.Backup.CopiesURL.Reveal() != "file://"+beside.StackDir+"/offsite/copies" ||
		beside.Backup.KeysURL.Reveal() != "file://"+beside.StackDir+"/offsite/keys" {
		t.Errorf("beside a stack: %s (%v)", beside.Backup.CopiesURL.Reveal(), err)
	}
	for cloud, want := range map[string]string{"aliyunsim": "mem://", "": "", "aliyun": ""} {
		env := environment{"LVYUE_CLOUD": cloud, "TEMPORAL_ADDRESS": "a:1", "DATABASE_URL": "postgres://e"}
		c, err := config.Load(config.Flags{}, nowhere(t, env), t.TempDir())
		if err != nil || c.Backup.CopiesURL.Reveal() != want || c.Backup.KeysURL.Reveal() != want {
			t.Errorf("%q without a stack: %q (%v)", cloud, c.Backup.CopiesURL.Reveal(), err)
		}
	}
}

func TestSecret_IsNeverPrinted(t *testing.T) {
	t.Parallel()
	c := config.Config{DatabaseURL: "postgres://u:hush@h/d", Vendors: config.Vendors{AccessKeySecret: "hush"}}
	document, err := json.Marshal([]config.Secret{c.DatabaseURL, c.Vendors.AccessKeySecret})
	if err != nil {
		t.Fatal(err)
	}
	all := fmt.Sprintf("%v %+v %#v %s %s %s", c.DatabaseURL, c.Vendors, c.Vendors, c.DatabaseURL, document, c.DatabaseURL.LogValue())
	if strings.Contains(all, "hush") {
		t.Errorf("a secret was printed: %s", all)
	}
}

// wantFailure checks the code of a failure; "" means none.
func wantFailure(t *testing.T, err error, code string) {
	t.Helper()
	f, is := failure.As(err)
	if code == "" {
		if err != nil {
			t.Errorf("got %v, want no failure", err)
		}
		return
	}
	if !is || f.Code != code {
		t.Errorf("got %v, want the failure %s", err, code)
	}
}

func TestLanguage_FollowsTheFirstVariableThatIsSet(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		env  environment
		want string
	}{
		{environment{}, "en"},
		{environment{"LANG": "zh_CN.UTF-8"}, "zh"},
		{environment{"LANG": "zh_CN.UTF-8", "LC_ALL": "C.UTF-8"}, "en"},
		{environment{"LANG": "en_US.UTF-8", "LC_MESSAGES": "ZH_TW"}, "zh"},
		{environment{"LANG": "zh_CN", "LC_ALL": ""}, "zh"},
	} {
		if got := config.Language(tt.env); got != tt.want {
			t.Errorf("%v: %s, want %s", tt.env, got, tt.want)
		}
	}
}

func TestTheFirstFolderWithALocalStackCounts(t *testing.T) {
	t.Parallel()
	for name, dirs := range map[string][]string{
		"the working directory": {stack(t), t.TempDir()}, "the program's own folder": {t.TempDir(), stack(t)},
	} {
		c, err := config.Load(config.Flags{}, nowhere(t, environment{}), dirs...)
		if err != nil || c.Temporal.Namespace != "dev" {
			t.Errorf("%s: %q (%v)", name, c.Temporal.Namespace, err)
		}
	}
}

func TestVendors_ASystemIsMeasuredForAMinuteOrAsLongAsIsSet(t *testing.T) { // §1.3
	t.Parallel()
	for _, tt := range []struct {
		cloud, seconds string
		want           time.Duration
		wrong          bool
	}{
		{"aliyun", "", time.Minute, false},
		{"aliyunsim", "", 300 * time.Millisecond, false},
		{"aliyun", "1", time.Second, false},
		{"aliyun", "3600", time.Hour, false},
		{"aliyun", "0", 0, true},
		{"aliyun", "3601", 0, true},
		{"aliyun", "1m", 0, true},
	} {
		env := environment{
			"TEMPORAL_ADDRESS": "h:1", "DATABASE_URL": "postgres://h/d", "LVYUE_CLOUD": tt.cloud, "LVYUE_ACCEPTANCE_SECONDS": tt.seconds,
		}
		c, err := config.Load(config.Flags{}, nowhere(t, env), t.TempDir())
		if got := c.Vendors.MeasureFor; (err != nil) != tt.wrong || (err == nil && got != tt.want) {
			t.Errorf("%s with %q: %s, %v", tt.cloud, tt.seconds, got, err)
		}
	}
}

// §4.2: a way is set whole or not at all, and what is wrong is named without quoting a secret.
func TestPaging_HalfAWayIsNone(t *testing.T) {
	t.Parallel()
	file := filepath.Join(t.TempDir(), "password")
	if err := os.WriteFile(file, []byte("hush\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	for _, tt := range []struct {
		name, missing string
		env           environment
	}{
		{"none", "", environment{}},
		{"mail", "", environment{"LVYUE_SMTP_ADDRESS": "h:587", "LVYUE_SMTP_FROM": "a@b", "LVYUE_SMTP_USER": "u", "LVYUE_SMTP_PASSWORD_FILE": file}},
		{"mail of nobody", "LVYUE_SMTP_FROM", environment{"LVYUE_SMTP_ADDRESS": "h:587"}},
		{"no password", "LVYUE_SMTP_PASSWORD", environment{"LVYUE_SMTP_ADDRESS": "h:587", "LVYUE_SMTP_FROM": "a@b", "LVYUE_SMTP_USER": "u"}},
		{"robots", "", environment{"LVYUE_DINGTALK_URL": "https://h/?access_token=hush", "LVYUE_WECOM_URL": "https://h/?key=hush"}},
		{"no URL", "LVYUE_WECOM_URL", environment{"LVYUE_WECOM_URL": "hush"}},
		{"a webhook without a secret", "LVYUE_WEBHOOK_SECRET", environment{"LVYUE_WEBHOOK_URL": "https://hush"}},
		{"links", "", environment{"LVYUE_DESK_URL": "https://desk", "LVYUE_LINK_SECRET": "hush"}},
		{"links without a secret", "LVYUE_LINK_SECRET", environment{"LVYUE_DESK_URL": "https://desk"}},
		{"a heartbeat to nowhere", "LVYUE_HEARTBEAT_URL", environment{"LVYUE_HEARTBEAT_URL": "hush"}},
	} {
		c, err := config.Load(config.Flags{}, nowhere(t, tt.env), stack(t))
		if err != nil {
			t.Fatal(err)
		}
		err = c.Paging.Check()
		t.Log(tt.name)
		if tt.missing == "" {
			wantFailure(t, err, "")
			continue
		}
		wantFailure(t, err, "half_a_way")
		if !strings.Contains(err.Error(), tt.missing) || strings.Contains(err.Error(), "hush") {
			t.Errorf("it says %v", err)
		}
	}
	c, err := config.Load(config.Flags{}, nowhere(t, environment{"LVYUE_SMTP_PASSWORD_FILE": file}), stack(t))
	if err != nil || c.Paging.SMTPPassword.Reveal() != "hush" || strings.Contains(fmt.Sprintf("%+v", c.Paging), "hush") {
		t.Errorf("the password is %s (%v)", c.Paging.SMTPPassword.Reveal(), err)
	}
}

func TestDesk_TheAppsTokenGoesNowhereInTheClear(t *testing.T) {
	t.Parallel()
	for address, may := range map[string]bool{
		"": true, "https://relay.example.com/api/": true, "http://127.0.0.1:8700/api/": true, "http://[::1]:1/": true,
		"http://localhost:8700/api/": true, "http://relay.example.com/api/": false, "http://127.0.0.1.example.com/": false,
		"relay.example.com": false, "ftp://127.0.0.1/": false,
	} {
		desk := config.Desk{Chat: config.Slack, BotToken: "xoxb-1", AppToken: "xapp-1", Team: "T1", Channel: "C1", APIURL: address}
		if err := desk.Check(); (err == nil) != may {
			t.Errorf("%q: %v, want it taken: %v", address, err, may)
		}
	}
}
