package aliyunsim

import (
	"strings"

	"lvyue/internal/hosting"
)

func describeDisks(s *state, c call) (answer, error) {
	ids, err := c.jsonIDs("DiskIds")
	if err != nil {
		return nil, err
	}
	f := filter{kind: hosting.Disk, ids: ids, tags: c.tags(), only: c.asksForDisk}
	p, err := c.page(s.list(f, c.region()), page{defaultSize: 10, limit: 100})
	if err != nil {
		return nil, err
	}
	return answer{
		"PageNumber": p.number, "PageSize": p.size, "TotalCount": p.of,
		"Disks": answer{"Disk": p.each(func(t *thing) answer { return t.asDisk(c) })},
	}, nil
}

// asksForDisk narrows by what only disks have.
func (c call) asksForDisk(t *thing) bool {
	server, use, status, from := c.text("InstanceId"), c.text("DiskType"), c.text("Status"), c.text("SnapshotId")
	return (from == "" || from == t.Volume.From) && (server == "" || server == t.Instance) && (isAny(use) || use == t.Volume.kind()) &&
		(isAny(status) || status == t.status(c.now))
}

// isAny reports whether a parameter that names one of several does not narrow.
func isAny(text string) bool { return text == "" || strings.EqualFold(text, "all") }

func (t *thing) asDisk(c call) answer {
	return answer{
		"DiskId": t.ID, "DiskName": t.Name, "RegionId": t.Region, "ZoneId": t.Zone, "Status": t.status(c.now),
		"Type": t.Volume.kind(), "Size": t.Volume.GB, "Category": t.Volume.Category, "PerformanceLevel": t.Volume.level(),
		"InstanceId": t.Instance, "DeleteWithInstance": t.Volume.DeleteWithInstance, "Portable": !t.Volume.System,
		"DiskChargeType": t.charge("PrePaid", "PostPaid"), "AutoSnapshotPolicyId": t.Volume.Policy, "EnableAutomatedSnapshotPolicy": t.Volume.Policy != "",
		"CreationTime": instant(t.CreatedAt), "Tags": answer{"Tag": pairs(t.Tags, "TagKey", "TagValue")},
	}
}
