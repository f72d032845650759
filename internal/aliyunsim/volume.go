package aliyunsim

import (
	"cmp"
	"net/http"
	"strconv"

	"lvyue/internal/hosting"
	"lvyue/internal/suitesim"
)

// volume is a disk's size and make.
type volume struct {
	GB       int    `json:"gb"`
	Category string `json:"category,omitempty"`
	Level    string `json:"level,omitempty"`
	// System marks the disk that a server starts from.
	System bool `json:"system,omitempty"`
	// DeleteWithInstance is that an attached disk goes when its server is deleted.
	DeleteWithInstance bool `json:"delete_with_instance,omitempty"`
	// From is the snapshot that the disk was made of, "" for none.
	From string `json:"from,omitempty"`
	// Policy is the snapshot policy that is applied to the disk, "" for none.
	Policy string `json:"policy,omitempty"`
	// Programs are what is installed on a system disk, Files what is kept on a data disk; nil before the first use.
	Programs *suitesim.System `json:"programs,omitempty"`
	Files    *suitesim.Files  `json:"files,omitempty"`
}

// price is what the disk costs.
func (v volume) price() thingPrice { return diskPrice(v.Category, v.Level, v.GB) }

// level is the disk's level of performance, "" for a sort that has none.
func (v volume) level() string {
	return cmp.Or(v.Level, either(v.Category == "cloud_essd", usualLevel, ""))
}

// kind is what the vendor calls a disk's use.
func (v volume) kind() string { return either(v.System, "system", "data") }

// defaultSystemGB is what the vendor gives a system disk when nobody says.
const defaultSystemGB = 40

// orderedDisk is a disk that is ordered with its server.
type orderedDisk struct {
	name string
	volume
}

// categories are the sorts of the disks.
func categories(disks []orderedDisk) []string {
	var names []string
	for _, d := range disks {
		names = append(names, d.Category)
	}
	return names
}

// orderedDisks reads the disks that come with a new server: always a system disk, and a data disk for every
// DataDisk.N.
func (c call) orderedDisks(s *state) ([]orderedDisk, error) {
	system, err := c.orderedDisk(s, "SystemDisk")
	if err != nil {
		return nil, err
	}
	system.System = true
	disks := []orderedDisk{system}
	for n := 1; c.gives("DataDisk." + strconv.Itoa(n) + "."); n++ {
		name := "DataDisk." + strconv.Itoa(n)
		if err := c.require(name + ".Size"); err != nil {
			return nil, err
		}
		data, err := c.orderedDisk(s, name)
		if err != nil {
			return nil, err
		}
		disks = append(disks, data)
	}
	return disks, nil
}

// orderedDisk reads one group of parameters. The vendor's default is that a disk goes with its server.
func (c call) orderedDisk(s *state, group string) (orderedDisk, error) {
	v := volume{
		GB: defaultSystemGB, Category: cmp.Or(c.text(group+".Category"), "cloud_efficiency"),
		Level: c.text(group + ".PerformanceLevel"), Policy: c.text(group + ".AutoSnapshotPolicyId"),
		DeleteWithInstance: c.text(group+".DeleteWithInstance") != "false",
	}
	if v.Policy != "" {
		if _, err := s.get(hosting.SnapshotPolicy, c.region(), v.Policy, "InvalidAutoSnapshotPolicyId.NotFound"); err != nil {
			return orderedDisk{}, err
		}
	}
	if c.text(group+".Size") != "" {
		v.GB = c.number(group + ".Size")
	}
	if v.GB < 1 { // a system disk's size is text to the table: what is no number is 0
		return orderedDisk{}, refuse(http.StatusForbidden, "InvalidDiskSize.NotSupported", "The size of %s is not supported.", group)
	}
	return orderedDisk{name: c.text(group + ".DiskName"), volume: v}, nil
}

// addDisks makes the disks of a new server. They bear the server's tags, and are not orders of their own.
func (s *state) addDisks(server *thing, disks []orderedDisk) {
	for n, d := range disks {
		s.put("d-", server.ID+" "+strconv.Itoa(n), thing{
			Kind: hosting.Disk, Region: server.Region, Zone: server.Zone, Name: d.name, Tags: server.Tags,
			Instance: server.ID, Volume: &d.volume, CreatedAt: server.CreatedAt, ReadyAt: server.CreatedAt,
		})
	}
}

// leave is what becomes of everything that was attached or bound to a deleted server: disks go if it was so
// ordered, all else is free and stays.
func (s *state) leave(server string) {
	for id, t := range s.Things {
		switch {
		case t.Instance != server:
		case s.goesAlong(t):
			delete(s.Things, id)
		default:
			t.Instance = ""
		}
	}
}

// disksOf gives the disks of a server, the system disk first, then by id.
func (s *state) disksOf(server *thing) []*thing {
	of := func(system bool) []*thing {
		return s.list(filter{kind: hosting.Disk, only: func(t *thing) bool {
			return t.Instance == server.ID && t.Volume.System == system
		}}, server.Region)
	}
	return append(of(true), of(false)...)
}
