package main

import (
	"log/slog"
	"testing"

	"lvyue/internal/config"
	"lvyue/internal/failure"
	"lvyue/internal/systems"
	"lvyue/internal/testkit"
)

func TestMain(m *testing.M) { testkit.Main(m) }

// §3.9: a worker of real contracts does not start without a place for their copies, and one for the keys.
func TestOpenOffsite_RealContractsNeedTheirStores(t *testing.T) {
	t.Parallel()
	dir := "file://" + t.TempDir()
	store := testkit.Spoiled(t)
	for _, tt := range []struct {
		name  string
		cloud config.Cloud
		b     config.Backup
		code  string
	}{
		{"none", config.Aliyun, config.Backup{}, "no_backup_store"},
		{"the keys beside the copies", config.Aliyun, config.Backup{CopiesURL: config.Secret(dir), KeysURL: config.Secret(dir + "/keys")}, "bad_backup_store"},
		{"apart", config.Aliyun, config.Backup{CopiesURL: config.Secret(dir + "/copies"), KeysURL: config.Secret(dir + "/keys")}, ""},
		{"simulated", config.AliyunSim, config.Backup{CopiesURL: "mem://", KeysURL: "mem://"}, ""},
	} {
		settings := config.Config{Vendors: config.Vendors{Cloud: tt.cloud}, Backup: tt.b}
		outside, closeOutside, err := openOffsite(t.Context(), settings, systems.Way{}, store, slog.New(slog.DiscardHandler))
		if f, is := failure.As(err); is != (tt.code != "") || (is && f.Code != tt.code) {
			t.Errorf("%s: %v", tt.name, err)
		}
		if err != nil {
			continue
		}
		if (outside.Drills == nil) != (tt.cloud == config.Aliyun) {
			t.Errorf("%s: drills go into %v", tt.name, outside.Drills)
		}
		if err := closeOutside(); err != nil {
			t.Error(err)
		}
	}
}

// §3.9: each simulated drill has a system of its own, which takes the contract's token and holds nothing.
func TestFreshSystems_AreEmptyAndTakeTheToken(t *testing.T) {
	t.Parallel()
	way, err := systems.Simulated("http://127.0.0.1:1", simulatorKey, 0)
	if err != nil {
		t.Fatal(err)
	}
	client, fresh := way.Client(), drills(config.Config{Vendors: config.Vendors{Cloud: config.AliyunSim}}, way)
	host, done, err := fresh.Ready(t.Context(), "HT-1")
	if err != nil {
		t.Fatal(err)
	}
	counts, err := client.Counts(t.Context(), host, "HT-1")
	if err != nil || len(counts.Tables) != 0 || counts.Files.Files != 0 {
		t.Errorf("it holds %+v, %v", counts, err)
	}
	if _, err := client.Counts(t.Context(), host, "HT-2"); err == nil {
		t.Error("it takes the token of another contract")
	}
	other, otherDone, err := fresh.Ready(t.Context(), "HT-1")
	if err != nil || other == host {
		t.Errorf("two drills share %s, %v", other, err)
	}
	otherDone()
	done()
	if _, err := client.Counts(t.Context(), host, "HT-1"); err == nil {
		t.Error("it outlives its drill")
	}
}
