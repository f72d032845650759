package aliyunsim

import (
	"maps"
	"net/http"
	"slices"
	"strconv"

	"lvyue/internal/hosting"
)

// ecsKinds and networkKinds are the words by which the two products' tags know the kinds.
func ecsKinds() map[string]hosting.Kind {
	return map[string]hosting.Kind{
		"instance": hosting.Server, "disk": hosting.Disk, "snapshot": hosting.Snapshot, "image": hosting.Image,
		"securitygroup": hosting.SecurityGroup, "snapshotpolicy": hosting.SnapshotPolicy,
		"eni": hosting.NetworkInterface,
	}
}

func networkKinds() map[string]hosting.Kind {
	return map[string]hosting.Kind{"VPC": hosting.VPC, "VSWITCH": hosting.VSwitch, "EIP": hosting.EIP}
}

func tagServers(s *state, c call) (answer, error)      { return s.tag(c, ecsKinds()) }
func tagNetworks(s *state, c call) (answer, error)     { return s.tag(c, networkKinds()) }
func listServerTags(s *state, c call) (answer, error)  { return s.tagsOf(c, ecsKinds()) }
func listNetworkTags(s *state, c call) (answer, error) { return s.tagsOf(c, networkKinds()) }

// named are the ResourceId.N.
func (c call) named() []string {
	var ids []string
	for n := 1; c.text("ResourceId."+strconv.Itoa(n)) != ""; n++ {
		ids = append(ids, c.text("ResourceId."+strconv.Itoa(n)))
	}
	return ids
}

func (c call) taggedKind(kinds map[string]hosting.Kind) (hosting.Kind, error) {
	kind, ok := kinds[c.text("ResourceType")]
	if !ok {
		return "", refuse(http.StatusNotFound, "InvalidResourceType.NotFound", "The ResourceType %q is not known.", c.text("ResourceType"))
	}
	return kind, nil
}

// tag puts tags on all that are named, or on none; one of the same key is replaced.
func (s *state) tag(c call, kinds map[string]hosting.Kind) (answer, error) {
	kind, err := c.taggedKind(kinds)
	if err != nil {
		return nil, err
	}
	ids, tags := c.named(), c.tags()
	if len(ids) == 0 || len(tags) == 0 {
		return nil, missing("ResourceId.1")
	}
	for _, id := range ids {
		if _, err := s.get(kind, c.region(), id, "InvalidResourceId.NotFound"); err != nil {
			return nil, err
		}
	}
	for _, id := range ids {
		t := s.Things[id]
		all := maps.Clone(t.Tags) // a server shares its own with its disks
		if all == nil {
			all = map[string]string{}
		}
		maps.Copy(all, tags)
		t.Tags = all
	}
	return answer{}, nil
}

// tagsOf lists the tags of what is named and bears all that are asked for.
func (s *state) tagsOf(c call, kinds map[string]hosting.Kind) (answer, error) {
	kind, err := c.taggedKind(kinds)
	if err != nil {
		return nil, err
	}
	f := filter{kind: kind, ids: c.named(), tags: c.tags()}
	if len(f.ids) == 0 && len(f.tags) == 0 {
		return nil, missing("ResourceId.1")
	}
	list := []answer{}
	for _, t := range c.visible(s.list(f, c.region())) {
		for _, key := range slices.Sorted(maps.Keys(t.Tags)) {
			list = append(list, answer{"ResourceId": t.ID, "ResourceType": c.text("ResourceType"), "TagKey": key, "TagValue": t.Tags[key]})
		}
	}
	return c.tagPage(list), nil
}
