package aliyunsim

import (
	"cmp"
	"net/http"
	"slices"
	"strconv"
	"time"

	"lvyue/internal/hosting"
)

// firstJob is where the numbers of backup tasks begin.
const firstJob = 10_000

// mostBackups is how many backups one deletion may name.
const mostBackups = 100

// createBackup takes GrowTakes, and holds what there is at its beginning. Whatever its method, it is a backup of the whole
// database.
func createBackup(s *state, c call) (answer, error) {
	database, err := s.runningDatabase(c)
	if err != nil {
		return nil, err
	}
	method := cmp.Or(c.text("BackupMethod"), physical)
	if !slices.Contains([]string{physical, logical, bySnapshot}, method) {
		return nil, invalid("The value of BackupMethod is not valid.")
	}
	s.Jobs++
	t := s.put("bak-", database.ID+" "+strconv.Itoa(s.Jobs), thing{
		Kind: hosting.Backup, Region: database.Region, Name: database.Name, Database: database.ID, Job: firstJob + s.Jobs,
		CreatedAt: c.now, ReadyAt: c.now.Add(c.grow), Method: method, File: database.dump(),
	})
	return answer{"BackupJobId": strconv.Itoa(t.Job)}, nil
}

// backupsOf gives the backups of a database, by id.
func (s *state) backupsOf(database *thing) []*thing {
	return s.list(filter{kind: hosting.Backup, only: func(t *thing) bool { return t.Database == database.ID && t.CopyIn == "" }}, database.Region)
}

// ownBackups gives the backups of the database that the call names, which must be there.
func (s *state) ownBackups(c call) ([]*thing, error) {
	database, err := s.get(hosting.Database, c.region(), c.text("DBInstanceId"), noDatabase)
	if err != nil {
		return nil, err
	}
	return s.backupsOf(database), nil
}

// releaseBackups keeps of a deleted database's backups what its policy says: all, none, or the last one, which the
// vendor takes at the end.
func (s *state) releaseBackups(database *thing, now time.Time) {
	if !database.KeepAllBackups {
		for _, t := range s.backupsOf(database) {
			delete(s.Things, t.ID)
		}
	}
	if database.KeepNoBackup {
		return
	}
	id := "bak-" + database.ID[len("rm-"):]
	s.Things[id] = &thing{
		Kind: hosting.Backup, ID: id, Region: database.Region, Name: database.Name, Database: database.ID,
		CreatedAt: now, ReadyAt: now, Method: physical, File: database.dump(),
	}
}

func describeBackupTasks(s *state, c call) (answer, error) {
	taken, err := s.ownBackups(c)
	if err != nil {
		return nil, err
	}
	jobs := []answer{}
	for _, t := range taken {
		if job := strconv.Itoa(t.Job); c.text("BackupJobId") == "" || c.text("BackupJobId") == job {
			done := !c.now.Before(t.ReadyAt)
			jobs = append(jobs, answer{
				"BackupJobId": job, "BackupId": either(done, t.ID, ""), "BackupProgressStatus": either(done, "Finished", "Progressing"),
				"Process": either(done, "100", "50"),
			})
		}
	}
	return answer{"Items": answer{"BackupJob": jobs}}, nil
}

func describeBackups(s *state, c call) (answer, error) {
	taken, err := s.ownBackups(c)
	if err != nil {
		return nil, err
	}
	taken = slices.DeleteFunc(taken, func(t *thing) bool {
		id, status, mode := c.text("BackupId"), c.text("BackupStatus"), c.text("BackupMode")
		return c.now.Before(t.ReadyAt) || !c.within(t.CreatedAt) || id != "" && id != t.ID || status != "" && status != t.status(c.now) || mode != "" && mode != "Manual"
	})
	return c.backups(taken)
}

// describeDetachedBackups gives what was kept of databases that are gone.
func describeDetachedBackups(s *state, c call) (answer, error) {
	return c.backups(s.list(filter{kind: hosting.Backup, only: func(t *thing) bool {
		id := c.text("DBInstanceId")
		return !s.goesAlong(t) && t.CopyIn == "" && (id == "" || id == t.Database)
	}}, c.text("Region")))
}

// within reports whether an instant lies between StartTime and EndTime, which the vendor writes to the minute; what is not
// given does not narrow.
func (c call) within(at time.Time) bool {
	minute, end := at.UTC().Format("2006-01-02T15:04Z"), c.text("EndTime")
	return minute >= c.text("StartTime") && (end == "" || minute <= end)
}

func (c call) backups(list []*thing) (answer, error) {
	p, err := c.page(list, page{defaultSize: 30, limit: 100})
	if err != nil {
		return nil, err
	}
	return answer{
		// The vendor writes these three as text.
		"PageNumber": strconv.Itoa(p.number), "PageRecordCount": strconv.Itoa(len(p.things)), "TotalRecordCount": strconv.Itoa(p.of),
		"Items": answer{"Backup": p.each(func(t *thing) answer { return t.backup(c) })},
	}, nil
}

// backup is how a backup is told of. A database of MySQL 8.0 has no ConsistentTime.
func (t *thing) backup(c call) answer {
	return answer{
		"BackupId": t.ID, "DBInstanceId": t.Database, "DBInstanceComment": t.Name, "BackupStatus": t.status(c.now),
		"BackupMode": either(t.Job > 0, "Manual", "Automated"), "BackupInitiator": either(t.Job > 0, "User", "System"),
		"BackupMethod": t.Method, "BackupType": "FullBackup", "StoreStatus": "Enabled", "IsAvail": 1,
		"Engine": "MySQL", "EngineVersion": "8.0", "ConsistentTime": 0, "Encryption": "{}",
		"BackupStartTime": instant(t.CreatedAt), "BackupEndTime": instant(t.ReadyAt),
		"BackupSize": len(t.File), "Checksum": t.checksum(),
		"BackupDownloadURL": c.links.to(publicFiles, t, c.now), "BackupIntranetDownloadURL": c.links.to(intranetFiles, t, c.now),
	}
}

// deleteBackup deletes all that are named or none. What was kept of a deleted database it does not reach.
func deleteBackup(s *state, c call) (answer, error) {
	taken, err := s.ownBackups(c)
	if err != nil {
		return nil, err
	}
	ids := words(c.text("BackupId"))
	if len(ids) > mostBackups {
		return nil, invalid("At most %d backups can be deleted at once.", mostBackups)
	}
	for _, id := range ids {
		if !slices.ContainsFunc(taken, func(t *thing) bool { return t.ID == id }) {
			return nil, refuse(http.StatusNotFound, "InvalidBackupId.NotFound", "The backup %s does not exist.", id)
		}
	}
	for _, id := range ids {
		delete(s.Things, id)
	}
	return answer{}, nil
}
