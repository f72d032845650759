package oncall

import (
	"strings"
	"time"

	"lvyue/internal/refusal"
)

// Override puts a person on duty instead of whoever would be, from From up to To, which is not in it. Person empty is
// nobody: a gap that is meant. Of two that hold at one instant, the one entered later wins. ID is the number of its entry,
// in the order of entry; the two overrides of a swap have the same one.
type Override struct {
	ID       int64     `json:"id"`
	Rotation string    `json:"rotation"`
	From     time.Time `json:"from"`
	To       time.Time `json:"to"`
	Person   string    `json:"person"`
	Reason   string    `json:"reason"`
	By       string    `json:"by"`
	At       time.Time `json:"at"`
	Swap     bool      `json:"swap,omitempty"`
}

func (o Override) holds(at time.Time) bool { return !at.Before(o.From) && at.Before(o.To) }

// overridden is the shift under the override that was entered last, cut where one entered later begins or ends.
func (r Rota) overridden(s Shift, at time.Time) Shift {
	for _, o := range r.Overrides {
		if o.Rotation == s.Rotation && o.holds(at) && o.ID > s.Override {
			s = Shift{Rotation: s.Rotation, From: o.From, To: o.To, Person: o.Person, Override: o.ID}
			if o.Person == "" {
				s.Why = Vacated
			}
		}
	}
	for _, o := range r.Overrides {
		if o.Rotation == s.Rotation && o.ID > s.Override {
			s = s.cut(o.From, at).cut(o.To, at)
		}
	}
	return s
}

// Admit checks an override that is to be entered now. Everything wrong comes back in one refusal "bad_override", under the
// names of the command line: the rotation and the person must be on the rota, the person must answer all the time, there must
// be a reason and who enters it, and it must end after it begins and after now.
func (r Rota) Admit(o Override, now time.Time) error {
	w := &wrong{}
	r.admitRotation(w, o.Rotation)
	w.unless(strings.TrimSpace(o.Reason) != "", "reason", "必须填写", "must be given")
	w.unless(strings.TrimSpace(o.By) != "", "by", "必须填写", "must be given")
	w.unless(o.To.After(o.From), "to", "必须晚于开始时刻", "must be later than its beginning")
	w.unless(!o.To.After(o.From) || o.To.After(now), "to", "已经过去", "has passed already")
	if o.Person != "" {
		r.admitPerson(w, "person", o.Person, o.From, o.To)
	}
	return w.refusal("bad_override", "换班有误，请改正下列各项", "the override has mistakes; correct these fields")
}

func (r Rota) admitRotation(w *wrong, name string) bool {
	_, known := r.Rotation(name)
	w.unless(known, "ROTATION", "值班表中没有轮班 "+name, "is not a rotation of the rota: "+name)
	return known
}

// admitPerson wants somebody of the rota who answers all the time.
func (r Rota) admitPerson(w *wrong, path, id string, from, to time.Time) {
	person, known := r.Person(id)
	if !w.unless(known, path, "值班表中没有 "+id, "is not on the rota: "+id) {
		return
	}
	w.unless(person.Reachable(), path, id+" 没有任何通知方式", "no page gets to "+id)
	w.unless(!person.missingBetween(from, to), path, id+" 届时不在或已停用", id+" is away then, or inactive")
}

// wrong collects what is wrong.
type wrong struct{ fields []refusal.Field }

// unless notes a wrong field if it is not good, and tells whether it is.
func (w *wrong) unless(good bool, path, zh, en string) bool {
	if !good {
		w.fields = append(w.fields, refusal.Wrong(path, zh, en))
	}
	return good
}

// refusal is nil if nothing is wrong.
func (w *wrong) refusal(code, zh, en string) error {
	if len(w.fields) == 0 {
		return nil
	}
	return refusal.BadInput(code, zh, en, w.fields...)
}
