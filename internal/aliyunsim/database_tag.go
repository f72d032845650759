package aliyunsim

import (
	"maps"
	"slices"
	"strconv"

	"lvyue/internal/hosting"
)

// mostTagged is how many tags come at once; a token leads to the rest.
const mostTagged = 50

// listDatabaseTags gives the tags that are asked for, since the list of databases has none.
func listDatabaseTags(s *state, c call) (answer, error) {
	if c.text("ResourceType") != "INSTANCE" {
		return nil, invalid("The value of ResourceType must be INSTANCE.")
	}
	asked := c.tags()
	if len(asked) == 0 {
		return nil, missing("Tag.1.Key")
	}
	list := []answer{}
	for _, t := range c.visible(s.list(filter{kind: hosting.Database, tags: asked}, c.region())) {
		for _, key := range slices.Sorted(maps.Keys(asked)) {
			list = append(list, answer{
				"ResourceId": t.ID, "ResourceType": "ALIYUN::RDS::INSTANCE", "TagKey": key, "TagValue": t.Tags[key],
			})
		}
	}
	return c.tagPage(list), nil
}

// tagPage cuts the page to which the token leads.
func (c call) tagPage(list []answer) answer {
	from := min(max(c.number("NextToken"), 0), len(list))
	to := min(from+mostTagged, len(list))
	next := ""
	if to < len(list) {
		next = strconv.Itoa(to)
	}
	return answer{"NextToken": next, "TagResources": answer{"TagResource": list[from:to]}}
}
