package aliyun

import (
	"context"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/aliyun/alibaba-cloud-sdk-go/sdk/requests"
	"github.com/aliyun/alibaba-cloud-sdk-go/services/ecs"
	"github.com/aliyun/alibaba-cloud-sdk-go/services/rds"

	"lvyue/internal/hosting"
)

// freshBackup is how old the backup may be that a database is changed upon. From it and the log that the vendor keeps of every
// change, the database can be brought back as it was at any moment since.
const freshBackup = 24 * time.Hour

// save takes a snapshot of every disk that will grow, and a backup of every database that will change, and tells whether they
// are done. It asks whether the growth can be paid before it orders one.
func (s site) save(ctx context.Context, g hosting.Growth, todo steps, affordable func() error) (bool, error) {
	saved := true
	for _, d := range todo.disks {
		done, err := s.saveDisk(ctx, g, d.DiskId, affordable)
		if err != nil {
			return false, err
		}
		saved = saved && done
	}
	for _, d := range todo.databases {
		done, err := s.saveDatabase(ctx, d.DBInstanceId, affordable)
		if err != nil {
			return false, err
		}
		saved = saved && done
	}
	return saved, nil
}

// snapshotName marks the snapshots of one expansion.
func snapshotName(g hosting.Growth) string {
	return name(g.From.Contract, hosting.Kind("growth-"+strconv.Itoa(g.Number)))
}

// outlived reports whether a snapshot was taken for this expansion, or for one before it that came to no end.
func outlived(g hosting.Growth, snapshot string) bool {
	rest, ours := strings.CutPrefix(snapshot, name(g.From.Contract, "growth-"))
	number, err := strconv.Atoi(rest)
	return ours && err == nil && number <= g.Number
}

// saveDisk takes one snapshot for the expansion: it is found again, or its order repeated under the same token. That holds
// for an hour, for it would for ever be answered with the id of a snapshot that somebody has deleted since; a second one,
// where the list lags just then, goes with the first.
func (s site) saveDisk(ctx context.Context, g hosting.Growth, disk string, affordable func() error) (bool, error) {
	taken, err := s.snapshotsOf(ctx, g, disk)
	if err != nil {
		return false, err
	}
	if len(taken) == 0 {
		if err := affordable(); err != nil {
			return false, err
		}
		request := ecs.CreateCreateSnapshotRequest()
		request.DiskId, request.SnapshotName = disk, snapshotName(g)
		request.ClientToken = growthToken(g, "snapshot "+disk+s.now().UTC().Format(" 2006-01-02T15"))
		request.Tag = &[]ecs.CreateSnapshotTag{{Key: tagKey, Value: g.From.Contract}}
		if err := s.do(ctx, s.region, request, ecs.CreateCreateSnapshotResponse()); err != nil {
			return false, err
		}
		if taken, err = s.snapshotsOf(ctx, g, disk); err != nil {
			return false, err
		}
	}
	for _, t := range taken {
		if t.Status == "failed" {
			return false, puzzling("Grow", "snapshot "+t.ID+" of disk "+disk+" failed")
		}
	}
	return len(taken) > 0 && taken[0].Usable, nil
}

// snapshotsOf finds the expansion's snapshots of one disk.
func (s site) snapshotsOf(ctx context.Context, g hosting.Growth, disk string) ([]hosting.Resource, error) {
	return s.takenOf(ctx, disk, func(name string) bool { return name == snapshotName(g) })
}

// takenOf finds the snapshots of a disk by their names.
func (s site) takenOf(ctx context.Context, disk string, named func(string) bool) ([]hosting.Resource, error) {
	all, err := pages(func(page int) ([]ecs.Snapshot, int, error) {
		request, response := ecs.CreateDescribeSnapshotsRequest(), ecs.CreateDescribeSnapshotsResponse()
		request.PageNumber, request.PageSize = requests.NewInteger(page), requests.NewInteger(pageSize)
		request.DiskId = disk
		err := s.do(ctx, s.region, request, response)
		return response.Snapshots.Snapshot, response.TotalCount, err
	})
	var found []hosting.Resource
	for _, t := range all {
		if named(t.SnapshotName) {
			found = append(found, s.resource(hosting.Snapshot, t.SnapshotId, t.Status, "accomplished"))
		}
	}
	return found, err
}

// growthSnapshots finds the expansion's snapshots of all its disks.
func (s site) growthSnapshots(ctx context.Context, g hosting.Growth, have extent) ([]hosting.Resource, error) {
	var all []hosting.Resource
	for _, disk := range have.grownDisks(g) {
		taken, err := s.snapshotsOf(ctx, g, disk)
		if err != nil {
			return nil, err
		}
		all = append(all, taken...)
	}
	return all, nil
}

// dropSnapshots deletes the snapshots of an expansion that is done, and of those before it that never were. The caller reads
// them back.
func (s site) dropSnapshots(ctx context.Context, g hosting.Growth, have extent) error {
	for _, d := range have.disks {
		if err := s.dropSnapshotsOf(ctx, g, d.DiskId); err != nil {
			return err
		}
	}
	return nil
}

func (s site) dropSnapshotsOf(ctx context.Context, g hosting.Growth, disk string) error {
	taken, err := s.takenOf(ctx, disk, func(name string) bool { return outlived(g, name) })
	if err != nil {
		return err
	}
	for _, t := range taken {
		if err := s.removeSnapshot(ctx, t.ID, nil); err != nil && !is(err, absent) {
			return err
		}
	}
	return nil
}

// saveDatabase has a fresh backup taken if there is none. The vendor has no token for it: what is there, and what is being
// taken, is looked up before.
func (s site) saveDatabase(ctx context.Context, id string, affordable func() error) (bool, error) {
	fresh, err := s.backups(ctx, id, s.now().Add(-freshBackup))
	if err != nil {
		return false, err
	}
	if slices.ContainsFunc(fresh, func(b rds.Backup) bool { return b.BackupStatus == "Success" }) {
		return true, nil
	}
	if slices.ContainsFunc(fresh, s.failedLately) {
		return false, puzzling("Grow", "the backup of database "+id+" failed; nothing is changed without one")
	}
	if busy, err := s.backingUp(ctx, id); err != nil || busy {
		return false, err
	}
	if err := affordable(); err != nil {
		return false, err
	}
	request := rds.CreateCreateBackupRequest()
	request.DBInstanceId = id
	if err := s.do(ctx, s.region, request, rds.CreateCreateBackupResponse()); err != nil {
		return false, err
	}
	fresh, err = s.backups(ctx, id, s.now().Add(-freshBackup))
	return slices.ContainsFunc(fresh, func(b rds.Backup) bool { return b.BackupStatus == "Success" }), err
}

// afterFailedBackup is how long a failed backup stands as the answer: a look that comes later, when a person has seen to it,
// has another one taken.
const afterFailedBackup = time.Hour

// failedLately reports whether a backup that somebody asked for failed a short while ago. Only the backups tell when: the
// vendor's list of backup tasks bears no time.
func (s site) failedLately(b rds.Backup) bool {
	at, ok := instant(b.BackupStartTime)
	return b.BackupStatus == "Failed" && b.BackupMode == "Manual" && ok && s.now().Sub(at) < afterFailedBackup
}

// backups are those of a database that began since, all for the zero time.
func (s site) backups(ctx context.Context, id string, since time.Time) ([]rds.Backup, error) {
	return pages(func(page int) ([]rds.Backup, int, error) {
		request, response := rds.CreateDescribeBackupsRequest(), rds.CreateDescribeBackupsResponse()
		request.DBInstanceId = id
		request.PageNumber, request.PageSize = requests.NewInteger(page), requests.NewInteger(pageSize)
		if !since.IsZero() {
			const minute = "2006-01-02T15:04Z"
			request.StartTime, request.EndTime = since.UTC().Format(minute), s.now().Add(time.Hour).UTC().Format(minute)
		}
		if err := s.do(ctx, s.region, request, response); err != nil {
			return nil, 0, err
		}
		total, err := strconv.Atoi(response.TotalRecordCount)
		if err != nil {
			return nil, 0, &Error{Action: request.GetActionName(), Message: "the answer names no number of backups"}
		}
		return response.Items.Backup, total, nil
	})
}

// backingUp reports whether the vendor is taking a backup of the database now.
func (s site) backingUp(ctx context.Context, id string) (bool, error) {
	request, response := rds.CreateDescribeBackupTasksRequest(), rds.CreateDescribeBackupTasksResponse()
	request.DBInstanceId = id
	err := s.do(ctx, s.region, request, response)
	busy := slices.ContainsFunc(response.Items.BackupJob, func(j rds.BackupJob) bool {
		return j.BackupProgressStatus != "Finished" && j.BackupProgressStatus != "Failed"
	})
	return busy, err
}
