package aliyunsim

import (
	"cmp"
	"net/http"
	"strings"

	"lvyue/internal/hosting"
)

const noDisk = "InvalidDiskId.NotFound"

// wrongDisk is the refusal of what a disk in its present state does not allow.
func wrongDisk(t *thing) error {
	return refuse(http.StatusForbidden, "IncorrectDiskStatus", "The current status of disk %s does not support this operation.", t.ID)
}

func (s *state) disk(c call) (*thing, error) {
	return s.get(hosting.Disk, c.region(), c.text("DiskId"), noDisk)
}

// createDisk makes a pay-as-you-go data disk, attached to nothing.
func createDisk(s *state, c call) (answer, error) {
	if err := c.require("ZoneId", "DiskCategory"); err != nil {
		return nil, err
	}
	if !strings.HasPrefix(c.text("ZoneId"), c.region()+"-") {
		return nil, refuse(http.StatusNotFound, "InvalidZoneId.NotFound", "The zone %q does not exist.", c.text("ZoneId"))
	}
	size, err := s.newDiskSize(c)
	if err != nil {
		return nil, err
	}
	v := volume{GB: size, Category: c.text("DiskCategory"), Level: c.text("PerformanceLevel"), From: c.text("SnapshotId")}
	if from := s.Things[v.From]; from != nil {
		held := from.Volume.copied()
		v.Programs, v.Files = held.Programs, held.Files
	}
	t := s.add("d-", c.text("ClientToken"), thing{
		Kind: hosting.Disk, Region: c.region(), Zone: c.text("ZoneId"), Name: c.text("DiskName"), Tags: c.tags(),
		Volume: &v, CreatedAt: c.now, ReadyAt: c.now,
	})
	return answer{"DiskId": t.ID}, nil
}

// newDiskSize is the size asked for, or else that of the snapshot, which it may not be below.
func (s *state) newDiskSize(c call) (int, error) {
	size, least := c.number("Size"), 1
	if id := c.text("SnapshotId"); id != "" {
		from, err := s.get(hosting.Snapshot, c.region(), id, noSnapshot)
		if err != nil {
			return 0, err
		}
		least = from.Volume.GB
		size = cmp.Or(size, least)
	}
	if size < least {
		return 0, refuse(http.StatusForbidden, "InvalidDiskSize.TooSmall", "Specified disk size is less than %d GiB.", least)
	}
	return size, nil
}

func attachDisk(s *state, c call) (answer, error) {
	server, err := s.get(hosting.Server, c.region(), c.text("InstanceId"), noServer)
	if err != nil {
		return nil, err
	}
	t, err := s.disk(c)
	switch {
	case err != nil:
		return nil, err
	case t.Instance != "":
		return nil, wrongDisk(t)
	case t.Zone != server.Zone:
		return nil, refuse(http.StatusForbidden, "ResourcesNotInSameZone", "The specified instance and disk are not in the same zone.")
	}
	// Unlike the disks that come with a server, one attached later stays unless it is said that it goes.
	t.Instance, t.Volume.DeleteWithInstance = server.ID, c.flag("DeleteWithInstance")
	return answer{}, nil
}

// detachDisk leaves a data disk Available. No system disk comes off its server here.
func detachDisk(s *state, c call) (answer, error) {
	server, err := s.get(hosting.Server, c.region(), c.text("InstanceId"), noServer)
	if err != nil {
		return nil, err
	}
	t, err := s.disk(c)
	switch {
	case err != nil:
		return nil, err
	case t.Instance != server.ID:
		return nil, wrongDisk(t)
	case t.Volume.System:
		return nil, refuse(http.StatusForbidden, "IncorrectInstanceStatus", "The current status of the resource does not support this operation.")
	}
	t.Instance = ""
	return answer{}, nil
}

func deleteDisk(s *state, c call) (answer, error) {
	t, err := s.disk(c)
	if err != nil {
		return nil, err
	}
	if t.Instance != "" {
		return nil, wrongDisk(t)
	}
	if t.paid(c.now) {
		return nil, wrongCharge(t)
	}
	delete(s.Things, t.ID)
	return answer{}, nil
}

// resizeDisk takes effect at once; a disk never shrinks. Online, its server must run.
func resizeDisk(s *state, c call) (answer, error) {
	t, err := s.disk(c)
	if err != nil {
		return nil, err
	}
	if way := c.text("Type"); way != "" && way != "offline" && way != "online" {
		return nil, invalid("The value of Type is not valid.")
	}
	if c.number("NewSize") <= t.Volume.GB {
		return nil, refuse(http.StatusForbidden, "InvalidDiskSize.TooSmall", "Specified new disk size is not larger than the original disk size.")
	}
	if server, attached := s.Things[t.Instance]; c.text("Type") == "online" && attached && server.status(c.now) != running {
		return nil, refuse(http.StatusForbidden, "IncorrectInstanceStatus", "The current status of the instance does not support this operation.")
	}
	if c.number("NewSize") > mostDiskGB {
		return nil, refuse(http.StatusForbidden, "InvalidDiskSize.NotSupported", "Specified disk size is not supported.")
	}
	return s.growDisk(t, c)
}

// mostDiskGB is the vendor's bound for an enhanced SSD of level PL1.
const mostDiskGB = 32768

// growDisk takes money for a disk that is paid ahead alone.
func (s *state) growDisk(t *thing, c call) (answer, error) {
	if t.Subscription == nil {
		if err := s.solvent(); err != nil {
			return nil, err
		}
		t.Volume.GB = c.number("NewSize")
		return answer{}, nil
	}
	placed, err := s.upgrade(t, t.Volume.price(), diskPrice(t.Volume.Category, t.Volume.Level, c.number("NewSize")), c.now)
	if err != nil {
		return nil, err
	}
	t.Volume.GB = c.number("NewSize")
	return answer{"OrderId": placed.ID}, nil
}

// changeDisk changes what is given and leaves the rest. DeleteAutoSnapshot is taken and without effect: no
// snapshot here is automatic.
func changeDisk(s *state, c call) (answer, error) {
	if err := c.require("DiskId"); err != nil {
		return nil, err
	}
	t, err := s.disk(c)
	if err != nil {
		return nil, err
	}
	t.Name = cmp.Or(c.text("DiskName"), t.Name)
	if c.text("DeleteWithInstance") != "" {
		t.Volume.DeleteWithInstance = c.flag("DeleteWithInstance")
	}
	return answer{}, nil
}
