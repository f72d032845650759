package aliyunsim

import (
	"net/http"
	"slices"
	"strconv"

	"lvyue/internal/hosting"
)

const noSnapshot = "InvalidSnapshotId.NotFound"

// createSnapshot takes GrowTakes. It bears its own tags only, none of its disk's.
func createSnapshot(s *state, c call) (answer, error) {
	disk, err := s.disk(c)
	if err != nil {
		return nil, err
	}
	t := snapshotOf(disk, c)
	t.Name, t.Tags, t.ReadyAt = c.text("SnapshotName"), c.tags(), c.now.Add(c.grow)
	return answer{"SnapshotId": s.add("s-", c.text("ClientToken"), t).ID}, nil
}

// snapshotOf is what the disk is now; it stays when the disk grows or goes.
func snapshotOf(disk *thing, c call) thing {
	then := disk.Volume.copied()
	return thing{Kind: hosting.Snapshot, Region: disk.Region, Disk: disk.ID, Volume: &then, CreatedAt: c.now, ReadyAt: c.now}
}

func describeSnapshots(s *state, c call) (answer, error) {
	ids, err := c.jsonIDs("SnapshotIds")
	if err != nil {
		return nil, err
	}
	f := filter{kind: hosting.Snapshot, ids: ids, tags: c.tags(), only: func(t *thing) bool {
		disk, kind := c.text("DiskId"), c.text("SnapshotType")
		return (disk == "" || disk == t.Disk) && (isAny(kind) || kind == "user")
	}}
	p, err := c.page(s.list(f, c.region()), page{defaultSize: 10, limit: 100})
	if err != nil {
		return nil, err
	}
	return answer{
		"PageNumber": p.number, "PageSize": p.size, "TotalCount": p.of,
		"Snapshots": answer{"Snapshot": p.each(func(t *thing) answer {
			return answer{
				"SnapshotId": t.ID, "SnapshotName": t.Name, "RegionId": t.Region, "Status": t.status(c.now),
				"Progress":  either(c.now.Before(t.ReadyAt), "50%", "100%"),
				"Available": true, "SnapshotType": "user", "Usage": either(s.imaged(t), "image", "none"),
				"SourceDiskId": t.Disk, "SourceDiskSize": strconv.Itoa(t.Volume.GB), "SourceDiskType": t.Volume.kind(),
				"CreationTime": instant(t.CreatedAt), "Tags": answer{"Tag": pairs(t.Tags, "TagKey", "TagValue")},
			}
		})},
	}, nil
}

// imaged reports whether an image consists of the snapshot.
func (s *state) imaged(t *thing) bool {
	for _, image := range s.Things {
		if slices.Contains(image.Snapshots, t.ID) {
			return true
		}
	}
	return false
}

// deleteSnapshot, like the vendor, says nothing about a snapshot that is not there. Force does not help against an
// image.
func deleteSnapshot(s *state, c call) (answer, error) {
	t, err := s.get(hosting.Snapshot, c.region(), c.text("SnapshotId"), noSnapshot)
	if err != nil {
		return answer{}, nil //nolint:nilerr // the vendor's own silence
	}
	if s.imaged(t) {
		return nil, refuse(http.StatusForbidden, "SnapshotCreatedImage", "The snapshot %s has been used to create an image.", t.ID)
	}
	delete(s.Things, t.ID)
	return answer{}, nil
}
