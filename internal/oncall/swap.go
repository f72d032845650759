package oncall

import (
	"fmt"
	"slices"
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
	if !known {
		return nil, w.refusal(swapWrong())
	}
	both := []Override{
		r.handOver(w, s, half{"week", s.Week, "of", s.Of, "with", s.With}, now),
		r.handOver(w, s, half{"for", s.For, "with", s.With, "of", s.Of}, now),
	}
	w.unless(!both[0].From.Equal(both[1].From), "for", "与 --week 是同一班", "is the same turn as --week")
	if err := w.refusal(swapWrong()); err != nil {
		return nil, err
	}
	return both, nil
}

func swapWrong() (code, zh, en string) {
	return "bad_swap", "换班有误，请改正下列各项", "the swap has mistakes; correct these fields"
}

// half is one of the two turns of a swap: the day that names it, who gives it and who takes it, each after its name on the
// command line.
type half struct {
	day   string
	on    workday.Date
	giver string
	gives string
	taker string
	takes string
}

// handOver is the override by which a turn goes from one to the other.
func (r Rota) handOver(w *wrong, s Swap, h half, now time.Time) Override {
	rotation, _ := r.Rotation(s.Rotation)
	from, to := rotation.week(h.on)
	w.unless(from.After(now), h.day, "这一班已经开始，请改用 override", "has begun already; use an override")
	theirs := !slices.ContainsFunc(r.Shifts(s.Rotation, from, to), func(s Shift) bool { return s.Person != h.gives })
	w.unless(theirs, h.giver, fmt.Sprintf("%s 在 %s 那一班中并非全程当班", h.gives, h.on), fmt.Sprintf("%s does not stand in the whole turn of %s", h.gives, h.on))
	r.admitPerson(w, h.taker, h.takes, from, to)
	return Override{Rotation: s.Rotation, From: from, To: to, Person: h.takes, Reason: s.Reason, By: s.By, Swap: true}
}
