package aliyunsim

import (
	"encoding/json"
	"maps"
	"strconv"
	"time"

	"lvyue/internal/hosting"
	"lvyue/internal/suitesim"
)

// firstDisk gives the system disk of a server, or the first of its data disks; nil for none.
func (s *state) firstDisk(server *thing, system bool) *thing {
	for _, t := range s.disksOf(server) {
		if t.Volume.System == system {
			return t
		}
	}
	return nil
}

// system is what is installed on a server. It stands on its system disk.
func (s *state) system(server *thing) *suitesim.System {
	disk := s.firstDisk(server, true)
	if disk == nil { // a server always has one
		return suitesim.New(0)
	}
	if disk.Volume.Programs == nil {
		disk.Volume.Programs = suitesim.New(surroundings{state: s, server: server}.DiskGB())
	}
	return disk.Volume.Programs
}

// surroundings are what a server's system finds around itself at a moment.
type surroundings struct {
	state  *state
	server *thing
	now    time.Time
}

// Database is the one that the account opens: it must run in the server's own network and let the server in.
func (w surroundings) Database(with suitesim.Binding) *suitesim.Database {
	for _, t := range w.state.Things {
		if t.Kind != hosting.Database || t.host() != with.Host || strconv.Itoa(with.Port) != databasePort {
			continue
		}
		in := t.Inner
		if t.VPC != w.server.VPC || t.status(w.now) != "Running" || in == nil || !in.lets(w.server.Private) {
			return nil
		}
		who, data := in.Accounts[with.User], in.Databases[with.Name]
		if who == nil || data == nil || who.Password != with.Password || who.Rights[with.Name] != "ReadWrite" {
			return nil
		}
		return &data.Data
	}
	return nil
}

// Files are those on the first data disk of the server, or of the node in its network that has the private address.
func (w surroundings) Files(address string) *suitesim.Files {
	node := w.server
	if address != "" {
		node = w.state.neighbour(w.server, address)
	}
	if node == nil || node.Stopped {
		return nil
	}
	disk := w.state.firstDisk(node, false)
	if disk == nil {
		return nil
	}
	if disk.Volume.Files == nil {
		disk.Volume.Files = &suitesim.Files{}
	}
	return disk.Volume.Files
}

// neighbour is the server with that private address in the same network, nil for none.
func (s *state) neighbour(of *thing, address string) *thing {
	for _, t := range s.Things {
		if t.Kind == hosting.Server && t.VPC == of.VPC && t.Private == address {
			return t
		}
	}
	return nil
}

// DiskGB is the size of the first data disk, 0 without one.
func (w surroundings) DiskGB() int {
	if disk := w.state.firstDisk(w.server, false); disk != nil {
		return disk.Volume.GB
	}
	return 0
}

// copied is what a snapshot holds of a disk, and what a disk made of a snapshot holds: programs and files of its own.
func (v volume) copied() volume {
	if v.Files != nil {
		v.Files = &suitesim.Files{Kept: maps.Clone(v.Files.Kept)} // the content of a file is replaced, never changed
	}
	if v.Programs != nil {
		v.Programs = clone(v.Programs)
	}
	return v
}

// clone copies a system by way of its JSON, which is all that is kept of it.
func clone(programs *suitesim.System) *suitesim.System {
	text, err := json.Marshal(programs)
	twin := &suitesim.System{}
	if err != nil || json.Unmarshal(text, twin) != nil { // a state file is written and read the same way
		return suitesim.New(programs.DiskGB)
	}
	return twin
}

// fill fills the disks of a new server from an image of the account's own: its system disk from the snapshot of one, its
// data disks from the others in their order.
func (s *state) fill(disks []orderedDisk, image string) {
	source, ok := s.Things[image]
	if !ok {
		return
	}
	var data []*volume
	for _, id := range source.Snapshots {
		switch v := s.Things[id].Volume; {
		case v.System:
			disks[0].Programs = v.copied().Programs
		default:
			data = append(data, v)
		}
	}
	for n, v := range data {
		if n+1 < len(disks) {
			disks[n+1].Files = v.copied().Files
		}
	}
}
