package aliyunsim

import (
	"strings"
	"sync/atomic"
	"testing"
	"time"
)

func TestBackups_AreFoundByTheirJob(t *testing.T) {
	t.Parallel()
	c := newClient(t, Options{})
	database := c.database()
	mine := "DBInstanceId=" + database
	c.want("", "CreateBackup", mine+"&BackupMethod=Physical")
	job := c.want("", "CreateBackup", mine).id(t, "BackupJobId")
	tasks := c.want("", "DescribeBackupTasks", mine+"&BackupJobId="+job)
	tasks.is(t, map[string]any{"Items.BackupJob.0.BackupProgressStatus": "Finished", "Items.BackupJob.1": nil})
	backup := tasks.id(t, "Items.BackupJob.0.BackupId")
	c.want("", "DescribeBackups", mine+"&BackupId="+backup+"&BackupStatus=Success&BackupMode=Manual").is(t, map[string]any{
		"TotalRecordCount": "1", "PageNumber": "1", "Items.Backup.0.BackupId": backup, "Items.Backup.0.BackupStatus": "Success",
		"Items.Backup.0.StoreStatus": "Enabled", "Items.Backup.0.DBInstanceId": database,
	})
	for params, count := range map[string]string{"": "2", "&BackupId=none": "0", "&BackupStatus=Failed": "0", "&BackupMode=Automated": "0"} {
		c.want("", "DescribeBackups", mine+params).is(t, map[string]any{"TotalRecordCount": count})
	}
	c.want("", "DescribeDetachedBackups", "Region="+here).is(t, map[string]any{"TotalRecordCount": "0"})
	if c.s.Created() != 3 || c.s.Left() != 3 {
		t.Errorf("%d ordered, %d left: a backup stands and falls with its database", c.s.Created(), c.s.Left())
	}
	for _, action := range []string{"CreateBackup", "DescribeBackupTasks", "DescribeBackups", "DeleteBackup"} {
		c.want(noDatabase, action, "DBInstanceId=rm-none&"+either(action == "DeleteBackup", "BackupId=b", ""))
	}
}

func TestBackups_AreDeletedTogetherOrNotAtAll(t *testing.T) {
	t.Parallel()
	c := newClient(t, Options{})
	mine := "DBInstanceId=" + c.database()
	c.want("", "CreateBackup", mine)
	c.want("", "CreateBackup", mine)
	taken := c.want("", "DescribeBackups", mine)
	a, b := taken.id(t, "Items.Backup.0.BackupId"), taken.id(t, "Items.Backup.1.BackupId")
	c.want("InvalidBackupId.NotFound", "DeleteBackup", mine+"&BackupId="+a+",none")
	c.want("InvalidParameter", "DeleteBackup", mine+"&BackupId="+strings.Repeat("x,", 101))
	c.want("InvalidBackupId.NotFound", "DeleteBackup", mine+"&BackupId="+strings.Repeat("x,", 100))
	c.want("", "DescribeBackups", mine).is(t, map[string]any{"TotalRecordCount": "2"})
	c.want("", "DeleteBackup", mine+"&BackupId="+a+","+b)
	c.want("", "DescribeBackups", mine).is(t, map[string]any{"TotalRecordCount": "0", "Items.Backup": []any{}})
}

// §7.2 keeps no backup, and the vendor keeps one unless it is told.
func TestBackups_ThePolicySaysWhatAReleaseLeaves(t *testing.T) {
	t.Parallel()
	for policy, kept := range map[string]string{"": "1", "Lastest": "1", "None": "0", "All": "3"} {
		t.Run("policy "+policy, func(t *testing.T) {
			t.Parallel()
			c := newClient(t, Options{})
			mine := "DBInstanceId=" + c.database()
			c.want("", "CreateBackup", mine)
			c.want("", "CreateBackup", mine)
			if policy != "" {
				c.want("", "ModifyBackupPolicy", mine+"&BackupPolicyMode=DataBackupPolicy&ReleasedKeepPolicy="+policy)
			}
			c.want("", "DeleteDBInstance", mine)
			c.want("", "DescribeDetachedBackups", "Region="+here+"&"+mine).is(t, map[string]any{"TotalRecordCount": kept})
			c.want(noDatabase, "DescribeBackups", mine)
			c.want(noDatabase, "DeleteBackup", mine+"&BackupId=b") // what was kept is out of its reach
			if left := map[string]int{"0": 2, "1": 3, "3": 5}[kept]; c.s.Left() != left {
				t.Errorf("%d left, want %d", c.s.Left(), left)
			}
		})
	}
}

func TestBackups_OnlyOfADatabaseThatRuns(t *testing.T) {
	t.Parallel()
	var late atomic.Int64 // nanoseconds
	clock := func() time.Time { return time.Date(2025, 10, 9, 4, 0, 0, 0, time.UTC).Add(time.Duration(late.Load())) }
	c := newClient(t, Options{Clock: clock, DeployTakes: time.Hour})
	mine := "DBInstanceId=" + c.database()
	c.want("OperationDenied.DBInstanceStatus", "CreateBackup", mine)
	late.Store(int64(time.Hour))
	c.want("", "CreateBackup", mine)
}
