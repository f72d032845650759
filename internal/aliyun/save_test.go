package aliyun

import (
	"net/http"
	"net/url"
	"testing"
	"time"

	"github.com/aliyun/alibaba-cloud-sdk-go/services/ecs"

	"lvyue/internal/aliyunsim"
	"lvyue/internal/hosting"
)

// §5.7: a backup that failed is not taken again and again: a person is told, and a look after an hour has another one taken.
// The vendor's own, which fail by themselves, are no matter of the expansion.
func TestGrow_ABackupThatFailedIsForAPerson(t *testing.T) {
	t.Parallel()
	b := setup(t, 0)
	known := standing(b.ensure(t))
	g := b.growth(100*time.Hour, known)
	g.To = hosting.Shape{DatabaseGB: 300}
	made, mode, failedAt := 0, "Automated", b.clock().Add(-time.Minute)
	c := b.through(t, func(action string, _ url.Values) *http.Response {
		switch {
		case action == "CreateBackup":
			made++
			mode, failedAt = "Manual", b.clock()
			return says(http.StatusOK, `{"BackupJobId":"1"}`)
		case action == "DescribeBackups" && mode != "":
			return says(http.StatusOK, `{"TotalRecordCount":"1","Items":{"Backup":[{"BackupId":"1","BackupStatus":"Failed","BackupMode":"`+
				mode+`","BackupStartTime":"`+failedAt.UTC().Format(time.RFC3339)+`"}]}}`)
		}
		return nil
	})
	for _, want := range []struct {
		after time.Duration
		code  string
		made  int
	}{{0, "", 1}, {time.Minute, "aliyun_unclear", 1}, {58*time.Minute + 59*time.Second, "aliyun_unclear", 1}, {time.Second, "", 2}} {
		b.advance(want.after)
		grown, err := c.Grow(t.Context(), g)
		if codeOf(err) != want.code || made != want.made || grown.Done || grown.Step != stepSnapshot {
			t.Errorf("after %s: %+v, %d were ordered (%v)", want.after, grown, made, err)
		}
	}
	if grown := b.grow(t, g); !grown.Done {
		t.Errorf("when backups go well again: %+v", grown)
	}
}

// §5.7: a snapshot that somebody deletes before the disk has grown is taken again.
func TestGrow_TakesASnapshotAgainThatWasDeletedByHand(t *testing.T) {
	t.Parallel()
	b := setupWith(t, aliyunsim.Options{GrowTakes: time.Minute})
	known := standing(b.ensure(t))
	g := b.growth(100*time.Hour, known)
	g.To = hosting.Shape{ServerDiskGB: 800}
	first := standing(b.grow(t, g).Resources).ids(hosting.Snapshot)
	request := ecs.CreateDeleteSnapshotRequest()
	request.SnapshotId = first[0]
	hands{b, t}.do(request, ecs.CreateDeleteSnapshotResponse())
	b.advance(59 * time.Minute)
	if again := standing(b.grow(t, g).Resources).ids(hosting.Snapshot); len(again) != 0 {
		t.Errorf("within the hour: %v", again)
	}
	b.advance(time.Minute)
	again := standing(b.grow(t, g).Resources).ids(hosting.Snapshot)
	if len(again) != 1 || again[0] == first[0] {
		t.Errorf("%v after %v", again, first)
	}
	b.advance(time.Minute)
	if grown := b.grow(t, g); !grown.Done || b.sim.Left() != len(hosting.Kinds()) {
		t.Errorf("it ends with %+v; the vendor has %d", grown, b.sim.Left())
	}
}

// §5.7: what was saved for an expansion goes with it: at once when it stops before the disk has grown, and with a later
// expansion when it stopped after that.
func TestGrow_LeavesNoSnapshotOfAnExpansionThatCameToNoEnd(t *testing.T) {
	t.Parallel()
	b := setup(t, 0)
	known := standing(b.ensure(t))
	g := b.growth(100*time.Hour, known)
	g.Number, g.To.DatabaseClass, g.To.DatabaseGB = 2, g.From.DatabaseClass, g.From.DatabaseGB
	snapshots := func() int {
		left, err := b.Find(t.Context(), b.plan.Contract, "", known)
		if err != nil {
			t.Fatal(err)
		}
		return len(standing(left).of(hosting.Snapshot))
	}
	fails(t, b, aliyunsim.Fault{Operation: "ecs ResizeDisk", First: 1, Trouble: aliyunsim.NoStock})
	if _, err := b.Grow(t.Context(), g); codeOf(err) != "aliyun_no_stock" || snapshots() != 0 {
		t.Errorf("before the disk has grown %d are left (%v)", snapshots(), err)
	}
	fails(t, b)
	b.sim.SetSoldOut(g.To.ServerType)
	g.Try = 1
	if _, err := b.Grow(t.Context(), g); codeOf(err) != "aliyun_no_stock" || snapshots() != 1 {
		t.Errorf("after the disk has grown %d are left (%v)", snapshots(), err)
	}
	earlier := b.growth(100*time.Hour, known)
	earlier.Number, earlier.To = 1, hosting.Shape{DatabaseGB: 300}
	if grown := b.grow(t, earlier); !grown.Done || snapshots() != 1 {
		t.Errorf("an earlier expansion leaves %d: %+v", snapshots(), grown)
	}
	later := b.growth(100*time.Hour, known)
	later.Number, later.To = 12, hosting.Shape{DatabaseGB: 400}
	if grown := b.grow(t, later); !grown.Done || snapshots() != 0 {
		t.Errorf("a later expansion leaves %d: %+v", snapshots(), grown)
	}
}
