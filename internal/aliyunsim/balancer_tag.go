package aliyunsim

import (
	"maps"
	"slices"
	"strconv"

	"lvyue/internal/hosting"
)

// each gives the values of Name.1, Name.2 and so on.
func (c call) each(name string) []string {
	var values []string
	for n := 1; c.params.Has(name + "." + strconv.Itoa(n)); n++ {
		values = append(values, c.text(name+"."+strconv.Itoa(n)))
	}
	return values
}

// tagBalancers puts tags on load balancers, over those of the same keys.
func tagBalancers(s *state, c call) (answer, error) {
	if c.text("ResourceType") != "instance" {
		return nil, invalid("The value of ResourceType must be instance.")
	}
	ids, tags := c.each("ResourceId"), c.tags()
	if len(ids) == 0 || len(tags) == 0 {
		return nil, missing(either(len(ids) == 0, "ResourceId.1", "Tag.1.Key"))
	}
	for _, id := range ids {
		if _, err := s.get(hosting.LoadBalancer, c.region(), id, noBalancer); err != nil {
			return nil, err
		}
	}
	for _, id := range ids {
		maps.Copy(s.Things[id].Tags, tags)
	}
	return answer{}, nil
}

// listBalancerTags gives the tags of the load balancers that are named, or that have all the tags that are.
func listBalancerTags(s *state, c call) (answer, error) {
	if c.text("ResourceType") != "instance" {
		return nil, invalid("The value of ResourceType must be instance.")
	}
	ids, asked := c.each("ResourceId"), c.tags()
	if len(ids) == 0 && len(asked) == 0 {
		return nil, missing("ResourceId.1")
	}
	list := []answer{}
	for _, t := range s.list(filter{kind: hosting.LoadBalancer, ids: ids, tags: asked}, c.region()) {
		for _, key := range slices.Sorted(maps.Keys(t.Tags)) {
			list = append(list, answer{"ResourceId": t.ID, "ResourceType": "instance", "TagKey": key, "TagValue": t.Tags[key]})
		}
	}
	return c.tagPage(list), nil
}
