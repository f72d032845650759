package aliyunsim

import (
	"fmt"
	"strconv"

	"lvyue/internal/hosting"
)

// PlantCrossRegionBackup puts a copy of a database's backup into another region, as a policy that somebody set would. No call
// deletes it, and it survives the database.
func (s *Server) PlantCrossRegionBackup(database, region string) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	of, ok := s.state.Things[database]
	if !ok || of.Kind != hosting.Database {
		return fmt.Errorf("plant a backup: there is no database %s", database)
	}
	now := s.options.Clock()
	s.state.Jobs++
	s.state.put("copy-", database+" "+strconv.Itoa(s.state.Jobs), thing{
		Kind: hosting.Backup, Region: of.Region, Name: of.Name, Database: of.ID, CopyIn: region,
		Job: firstJob + s.state.Jobs, CreatedAt: now, ReadyAt: now,
	})
	return nil
}

// describeCopies gives the copies that are kept of a database's backups in other regions, also when the database is gone.
func describeCopies(s *state, c call) (answer, error) {
	if c.text("CrossBackupId") == "" {
		if err := c.require("StartTime", "EndTime"); err != nil {
			return nil, err
		}
	}
	copies := filter{kind: hosting.Backup, only: func(t *thing) bool {
		id := c.text("CrossBackupId")
		return t.CopyIn != "" && t.Database == c.text("DBInstanceId") && (id == "" || id == strconv.Itoa(t.Job))
	}}
	p, err := c.page(s.list(copies, c.region()), page{defaultSize: 30, limit: 100})
	if err != nil {
		return nil, err
	}
	return answer{
		"RegionId": c.region(), "PageNumber": p.number, "PageRecordCount": len(p.things), "TotalRecordCount": p.of,
		"Items": answer{"Item": p.each(func(t *thing) answer {
			return answer{
				"CrossBackupId": t.Job, "DBInstanceId": t.Database, "CrossBackupRegion": t.CopyIn, "Category": "HighAvailability",
				"BackupStartTime": instant(t.CreatedAt), "BackupEndTime": instant(t.CreatedAt), "BackupSetStatus": 0, "Engine": "MySQL",
			}
		})},
	}, nil
}
