package oncall

import (
	"fmt"
	"slices"
	"strings"

	"lvyue/internal/refusal"
	"lvyue/internal/workday"
)

// Check holds the rota against itself and gives everything that is wrong, each with the path of its field. Forms of single
// fields, such as e-mail addresses, are ParseRota's to check.
func (r Rota) Check() []refusal.Field {
	w := &wrong{}
	w.unless(len(r.People) > 0, "people", "至少要有一人", "needs at least one person")
	for i, p := range r.People {
		r.checkPerson(w, fmt.Sprintf("people[%d]", i), i, p)
	}
	w.unless(len(r.Rotations) > 0, "rotations", "至少要有一个轮班", "needs at least one rotation")
	for i, o := range r.Rotations {
		r.checkRotation(w, fmt.Sprintf("rotations[%d]", i), i, o)
	}
	r.checkLadder(w)
	r.Policy.check(w)
	return w.fields
}

// reserved are the words that mean something else where an id or a rotation is named.
func reserved(word string) bool {
	return word == Everyone || word == Nobody || slices.Contains(Roles(), Role(word))
}

// Nobody is what the command line calls no person; no person may be called so.
const Nobody = "nobody"

func (r Rota) checkPerson(w *wrong, path string, i int, p Person) {
	w.unless(!reserved(p.ID), path+".id", p.ID+" 另有含义，请换一个", p.ID+" means something else; choose another word")
	w.unless(!slices.ContainsFunc(r.People[:i], func(o Person) bool { return o.ID == p.ID }), path+".id", p.ID+" 列了两次", p.ID+" is listed twice")
	w.unless(p.Slack == "" || !slices.ContainsFunc(r.People[:i], func(o Person) bool { return o.Slack == p.Slack }), path+".slack",
		p.Slack+" 已属于另一人", p.Slack+" is somebody else's")
	w.unless(p.Reachable(), path, "至少要有 slack、email、mobile 之一，否则通知不到", "needs one of slack, email, mobile, or no page gets there")
	checkZone(w, path, p.Zone)
	for n, a := range p.Away {
		w.unless(!a.Last.Before(a.First), fmt.Sprintf("%s.away[%d].last", path, n), "早于第一天", "is before the first day")
	}
}

func checkZone(w *wrong, path string, z Zone) {
	w.unless(z.known(), path+".zone", "不是 IANA 时区，例如 Asia/Shanghai", "is not a zone of the IANA database such as Asia/Shanghai")
}

// checkRotation allows a rotation of nobody: it is a gap, which is shown as long as it lasts.
func (r Rota) checkRotation(w *wrong, path string, i int, o Rotation) {
	w.unless(!reserved(o.Name), path+".name", o.Name+" 另有含义，请换一个", o.Name+" means something else; choose another word")
	w.unless(!slices.ContainsFunc(r.Rotations[:i], func(b Rotation) bool { return b.Name == o.Name }), path+".name", o.Name+" 列了两次", o.Name+" is listed twice")
	checkZone(w, path, o.Zone)
	w.unless(o.Since.IsZero() || o.Weekday == "" || weekdayOf(o.Since) == o.Weekday, path+".since",
		"须与 weekday 一致；"+o.Since.String()+" 是 "+weekdayOf(o.Since), "must be such a weekday; "+o.Since.String()+" is a "+weekdayOf(o.Since))
	for n, id := range o.People {
		at := fmt.Sprintf("%s.people[%d]", path, n)
		if p, known := r.Person(id); w.unless(known, at, id+" 不在 people 之中", id+" is not one of the people") {
			w.unless(p.Has(Engineer), at, id+" 没有角色 "+string(Engineer), id+" does not have the role "+string(Engineer))
		}
	}
}

func weekdayOf(d workday.Date) string {
	if d.IsZero() {
		return ""
	}
	return Weekdays()[d.Weekday()]
}

// reachesSomebody tells whether a target could ever be answered.
func (r Rota) reachesSomebody(target string) bool {
	able := r.all(func(p Person) bool { return !p.Inactive })
	rotation, rotates := r.Rotation(target)
	return slices.ContainsFunc(able, func(p Person) bool {
		if rotates {
			return slices.Contains(rotation.People, p.ID)
		}
		return target == Everyone || p.Has(Role(target))
	})
}

// targets are the words that may stand as a target.
func (r Rota) targets() []string {
	var words []string
	for _, o := range r.Rotations {
		words = append(words, o.Name)
	}
	for _, role := range Roles() {
		words = append(words, string(role))
	}
	return append(words, Everyone)
}

func (r Rota) checkTargets(w *wrong, path string, c Call) {
	w.unless(len(c.Targets) > 0, path+".targets", "至少要有一个对象", "needs at least one target")
	if len(r.People) == 0 || len(r.Rotations) == 0 {
		return // which is wrong already
	}
	words := r.targets()
	for n, target := range c.Targets {
		at := fmt.Sprintf("%s.targets[%d]", path, n)
		known := w.unless(slices.Contains(words, target), at,
			target+" 不是轮班、角色或 everyone（"+strings.Join(words, "、")+"）", target+" is no rotation, role or everyone ("+strings.Join(words, ", ")+")")
		w.unless(!known || r.borne(target), at, "没有人有角色 "+target, "nobody has the role "+target)
	}
}

// borne tells whether anybody has the role, if it is one.
func (r Rota) borne(target string) bool {
	return !slices.Contains(Roles(), Role(target)) || slices.ContainsFunc(r.People, func(p Person) bool { return p.Has(Role(target)) })
}
