package oncall

import (
	"fmt"
	"strings"
	"time"

	"lvyue/internal/workday"
)

// Swap is that two people exchange two whole turns of a rotation: Of gives With the turn of Week, and has the one of For.
// Either day names the turn that is on at its hour of handover: on the weekday of the handover, the turn that begins.
type Swap struct {
	Rotation string
	Of, With string
	Week     workday.Date
	For      workday.Date
	Reason   string
	By       string
}

// Exchange gives the two overrides of a swap that is to be entered now. Both people must stand in their turn from its
// beginning to its end, neither turn may have begun, and each must answer all through the other's. Everything wrong comes
// back in one refusal "bad_swap", under the names of the command line.
func (r Rota) Exchange(s Swap, now time.Time) ([]Override, error) {
	w := &wrong{}
	w.unless(strings.TrimSpace(s.By) != "", "by", "必须填写", "must be given")
	w.unless(s.Of != s.With, "with", "不能与自己换班", "is the same person")
	known := r.admitRotation(w, s.Rotation)
	known = w.unless(!s.Week.IsZero(), "week", "必须填写", "must be given") && known
	known = w.unless(!s.For.IsZero(), "for", "必须填写", "must be given") && known
	var both []Override
	if known {
		both = []Override{
			r.handOver(w, s, now, "week", s.Week, "of", s.Of, "with", s.With),
			r.handOver(w, s, now, "for", s.For, "with", s.With, "of", s.Of),
		}
		w.unless(!both[0].From.Equal(both[1].From), "for", "与 --week 是同一班", "is the same turn as --week")
	}
	return both, w.refusal("bad_swap", "换班有误，请改正下列各项", "the swap has mistakes; correct these fields")
}

// handOver is the override by which one person's turn goes to another.
func (r Rota) handOver(w *wrong, s Swap, now time.Time, day string, on workday.Date, giver, gives, taker, takes string) Override {
	rotation, _ := r.Rotation(s.Rotation)
	from, to := rotation.week(on)
	w.unless(from.After(now), day, "这一班已经开始，请改用 override", "has begun already; use an override")
	for _, shift := range r.Shifts(s.Rotation, from, to) {
		if shift.Person != gives {
			w.unless(false, giver, fmt.Sprintf("%s 在 %s 那一班中并非全程当班", gives, on), fmt.Sprintf("%s does not stand in the whole turn of %s", gives, on))
			break
		}
	}
	r.admitPerson(w, taker, takes, from, to)
	return Override{Rotation: s.Rotation, From: from, To: to, Person: takes, Reason: s.Reason, By: s.By, Swap: true}
}
