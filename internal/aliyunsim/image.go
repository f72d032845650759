package aliyunsim

import (
	"cmp"
	"net/http"
	"slices"
	"strconv"
	"strings"

	"lvyue/internal/hosting"
)

const noImage = "InvalidImageId.NotFound"

// createImage makes an image of a server, for which it takes a snapshot of every disk, or else of one snapshot.
// The snapshots that it takes bear no tags.
func createImage(s *state, c call) (answer, error) {
	if err := s.checkImageName(c); err != nil {
		return nil, err
	}
	t := thing{
		Kind: hosting.Image, Region: c.region(), Name: c.text("ImageName"), Tags: c.tags(), CreatedAt: c.now, ReadyAt: c.now,
	}
	var disks []*thing
	switch {
	case c.text("InstanceId") != "":
		server, err := s.get(hosting.Server, c.region(), c.text("InstanceId"), noServer)
		if err != nil {
			return nil, err
		}
		disks = s.disksOf(server)
	case c.text("SnapshotId") != "":
		from, err := s.get(hosting.Snapshot, c.region(), c.text("SnapshotId"), noSnapshot)
		if err != nil {
			return nil, err
		}
		t.Snapshots = []string{from.ID}
	default:
		return nil, missing("InstanceId")
	}
	image := s.add("m-", c.text("ClientToken"), t)
	for _, disk := range disks {
		image.Snapshots = append(image.Snapshots, s.put("s-", image.ID+" "+disk.ID, snapshotOf(disk, c)).ID)
	}
	return answer{"ImageId": image.ID}, nil
}

// checkImageName refuses a name that another image has.
func (s *state) checkImageName(c call) error {
	name := c.text("ImageName")
	same := filter{kind: hosting.Image, only: func(t *thing) bool { return t.Name == name }}
	if name != "" && len(s.list(same, c.region())) > 0 {
		return refuse(http.StatusBadRequest, "InvalidImageName.Duplicated", "The specified image name has already been used.")
	}
	return nil
}

// checkImage refuses a server from an image of the account's own that is not there. The vendor's images all exist.
func (s *state) checkImage(c call) error {
	id := c.text("ImageId")
	if !strings.HasPrefix(id, "m-") {
		return nil
	}
	_, err := s.get(hosting.Image, c.region(), id, noImage)
	return err
}

// describeImages knows the account's own images. Of the vendor's it lists none, and knows any one that is asked for.
func describeImages(s *state, c call) (answer, error) {
	if id := c.text("ImageId"); id != "" && !strings.HasPrefix(id, "m-") && c.text("ImageOwnerAlias") != "self" {
		return answer{
			"PageNumber": 1, "PageSize": 10, "TotalCount": 1, "RegionId": c.region(),
			"Images": answer{"Image": []answer{{"ImageId": id, "Status": "Available", "Progress": "100%", "ImageOwnerAlias": "system"}}},
		}, nil
	}
	f := filter{kind: hosting.Image, ids: words(c.text("ImageId")), tags: c.tags(), only: func(t *thing) bool {
		owner, snapshot := c.text("ImageOwnerAlias"), c.text("SnapshotId")
		listed := words(cmp.Or(c.text("Status"), "Available")) // the vendor's default hides what is being made
		return (owner == "" || owner == "self") && (snapshot == "" || slices.Contains(t.Snapshots, snapshot)) &&
			slices.Contains(listed, t.status(c.now))
	}}
	p, err := c.page(s.list(f, c.region()), page{defaultSize: 10, limit: 100})
	if err != nil {
		return nil, err
	}
	return answer{
		"PageNumber": p.number, "PageSize": p.size, "TotalCount": p.of, "RegionId": c.region(),
		"Images": answer{"Image": p.each(func(t *thing) answer {
			return answer{
				"ImageId": t.ID, "ImageName": t.Name, "Status": t.status(c.now), "Progress": "100%", "ImageOwnerAlias": "self",
				"DiskDeviceMappings": answer{"DiskDeviceMapping": s.mappings(t)},
				"CreationTime":       instant(t.CreatedAt), "Tags": answer{"Tag": pairs(t.Tags, "TagKey", "TagValue")},
			}
		})},
	}, nil
}

// mappings are the snapshots behind an image.
func (s *state) mappings(image *thing) []answer {
	list := make([]answer, 0, len(image.Snapshots))
	for _, id := range image.Snapshots {
		v := s.Things[id].Volume // an image keeps its snapshots from being deleted
		list = append(list, answer{"SnapshotId": id, "Size": strconv.Itoa(v.GB), "Type": v.kind()})
	}
	return list
}

// deleteImage leaves the image's snapshots. Like the vendor, it says nothing about an image that is not there.
func deleteImage(s *state, c call) (answer, error) {
	t, err := s.get(hosting.Image, c.region(), c.text("ImageId"), noImage)
	if err != nil {
		return answer{}, nil //nolint:nilerr // the vendor's own silence
	}
	started := filter{kind: hosting.Server, only: func(server *thing) bool { return server.Image == t.ID }}
	if len(s.list(started, t.Region)) > 0 && !c.flag("Force") {
		return nil, refuse(http.StatusForbidden, "ImageUsingByInstance", "The specified image has been used to create instances.")
	}
	delete(s.Things, t.ID)
	return answer{}, nil
}
