package aliyunsim

import (
	"cmp"
	"encoding/json"
	"maps"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"

	"lvyue/internal/hosting"
)

// answer is the body of a response, before its RequestId.
type answer map[string]any

// call is one admitted request.
type call struct {
	params url.Values
	now    time.Time
	delay  time.Duration // from a database's creation until it runs
	early  bool          // a database may be released before it runs
	grow   time.Duration // from a snapshot's, a backup's or a change's beginning until it is done
	lag    time.Duration // until a new thing is listed

	commandTakes time.Duration // until the result of a command is known
	links        links         // to the files of backups
}

func (c call) text(name string) string { return c.params.Get(name) }

// region is where the call looks. The operations on snapshot policies spell the parameter otherwise, and the
// vendor's client sends both.
func (c call) region() string { return cmp.Or(c.text("regionId"), c.text("RegionId")) }

// number reads a whole number; what is none gives 0, as does "".
func (c call) number(name string) int {
	n, _ := strconv.Atoi(c.text(name))
	return n
}

func (c call) flag(name string) bool { return c.text(name) == "true" }

// require refuses when one of the parameters is empty: the vendor's metadata marks fewer as required than its
// servers insist on.
func (c call) require(names ...string) error {
	for _, name := range names {
		if c.text(name) == "" {
			return missing(name)
		}
	}
	return nil
}

// order is what makes two requests the same order. It is kept, so of secrets it has only what tells them apart.
func (c call) order() string {
	same := maps.Clone(c.params)
	maps.DeleteFunc(same, func(name string, _ []string) bool { return isPerRequest(name) })
	for name := range same {
		if isSecret(name) {
			same[name] = []string{shortSum(same.Get(name))}
		}
	}
	return same.Encode()
}

// tags reads Tag.N.Key and Tag.N.Value.
func (c call) tags() map[string]string {
	tags := map[string]string{}
	for n := 1; c.params.Has("Tag." + strconv.Itoa(n) + ".Key"); n++ {
		name := "Tag." + strconv.Itoa(n)
		tags[c.text(name+".Key")] = c.text(name + ".Value")
	}
	return tags
}

// filter says which things a Describe call asks for; what is empty does not narrow.
type filter struct {
	kind hosting.Kind
	ids  []string
	vpc  string
	tags map[string]string
	only func(*thing) bool // nil: all
}

func (f filter) takes(t *thing, region string) bool {
	if t.Kind != f.kind || t.Region != region || f.vpc != "" && t.VPC != f.vpc || f.only != nil && !f.only(t) {
		return false
	}
	if len(f.ids) > 0 && !slices.Contains(f.ids, t.ID) {
		return false
	}
	return bears(t.Tags, f.tags)
}

// bears reports whether all the tags asked for are there. Like the vendor: an empty value asks for any.
func bears(tags, asked map[string]string) bool {
	for key, value := range asked {
		if has, tagged := tags[key]; !tagged || value != "" && has != value {
			return false
		}
	}
	return true
}

// hides reports whether what was made then is too new to be listed.
func (c call) hides(at time.Time) bool { return c.now.Before(at.Add(c.lag)) }

// visible are the things that are listed already.
func (c call) visible(things []*thing) []*thing {
	return slices.DeleteFunc(things, func(t *thing) bool { return c.hides(t.CreatedAt) })
}

// list gives the things that the filter takes, by id.
func (s *state) list(f filter, region string) []*thing {
	var found []*thing
	for _, id := range slices.Sorted(maps.Keys(s.Things)) {
		if f.takes(s.Things[id], region) {
			found = append(found, s.Things[id])
		}
	}
	return found
}

// page is one page of a list and what the vendor says about it.
type page struct {
	things             []*thing
	number, size, of   int
	from, to           int // of the whole list
	defaultSize, limit int
}

// page cuts the page that the call asks for.
func (c call) page(things []*thing, p page) (page, error) {
	things = c.visible(things)
	p, err := c.cut(len(things), p)
	p.things = things[p.from:p.to]
	return p, err
}

// cut finds where the page that the call asks for begins and ends, from page 1 on.
func (c call) cut(of int, p page) (page, error) {
	p.number, p.size, p.of = 1, p.defaultSize, of
	for name, into := range map[string]*int{"PageNumber": &p.number, "PageSize": &p.size} {
		if c.text(name) != "" {
			*into = c.number(name)
		}
	}
	if p.number < 1 || p.size < 1 || p.size > p.limit {
		return p, invalid("PageNumber must be at least 1 and PageSize between 1 and %d.", p.limit)
	}
	p.from = min((p.number-1)*p.size, of)
	p.to = min(p.from+p.size, of)
	return p, nil
}

// each makes one answer item of every thing on the page; never nil, since the vendor sends empty lists.
func (p page) each(item func(*thing) answer) []answer {
	items := make([]answer, 0, len(p.things))
	for _, t := range p.things {
		items = append(items, item(t))
	}
	return items
}

// pairs gives tags as the vendor lists them, under the two names that the product uses.
func pairs(tags map[string]string, key, value string) []answer {
	list := make([]answer, 0, len(tags))
	for _, k := range slices.Sorted(maps.Keys(tags)) {
		list = append(list, answer{key: k, value: tags[k]})
	}
	return list
}

// instant writes a moment as the vendor does, in UTC.
func instant(t time.Time) string { return t.UTC().Format("2006-01-02T15:04:05Z") }

// words splits a comma-separated parameter; an empty one gives none.
func words(list string) []string {
	return strings.FieldsFunc(list, func(r rune) bool { return r == ',' })
}

// jsonIDs reads a parameter that is a JSON list of ids.
func (c call) jsonIDs(name string) ([]string, error) {
	var ids []string
	if text := c.text(name); text != "" {
		if err := json.Unmarshal([]byte(text), &ids); err != nil {
			return nil, invalid("The value of %s is not a JSON list of ids.", name)
		}
	}
	return ids, nil
}

// gives reports whether any parameter begins so.
func (c call) gives(prefix string) bool {
	for name := range c.params {
		if strings.HasPrefix(name, prefix) {
			return true
		}
	}
	return false
}
