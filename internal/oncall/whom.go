package oncall

import (
	"slices"
	"time"
)

// Reached is whom a step of the ladder pages. Step and Rung are those that are answered: higher than what was asked for if
// nobody answered there. People are paged once each, in the order of the targets. Gaps are the targets that nobody answered,
// and the rungs that were passed over; they are told with the page.
type Reached struct {
	Step   int
	Rung   Rung
	People []Person
	Gaps   []Gap
}

// Whom resolves a step of the ladder at an instant. A rung that nobody answers falls on to the next at once; if none up to
// Again is answered, all people who are not inactive are paged, those who are away too. On a rota that Check lets pass,
// People is empty for no step.
func (r Rota) Whom(step int, at time.Time) Reached {
	found := Reached{Step: step, Rung: r.Ladder.Step(step)}
	for n := step; n <= max(step, len(r.Ladder.Rungs)); n++ {
		rung := r.Ladder.Step(n)
		people, gaps := r.called(rung.Targets, at)
		found.Gaps = append(found.Gaps, gaps...)
		if len(people) > 0 {
			found.Step, found.Rung, found.People = n, rung, people
			return found
		}
		found.Gaps = append(found.Gaps, Gap{Target: rung.Name, Why: FallsOn})
	}
	found.Gaps = append(found.Gaps, Gap{Target: Everyone, Why: LastResort})
	found.People = r.all(func(p Person) bool { return !p.Inactive })
	return found
}

// called are the people of the targets, each once, and the targets without.
func (r Rota) called(targets []string, at time.Time) (people []Person, gaps []Gap) {
	for _, target := range targets {
		some, gap := r.target(target, at)
		if len(some) == 0 {
			gaps = append(gaps, gap)
		}
		for _, p := range some {
			if !slices.ContainsFunc(people, func(known Person) bool { return known.ID == p.ID }) {
				people = append(people, p)
			}
		}
	}
	return people, gaps
}

// target are the people who answer for a target; without any, the gap says why.
func (r Rota) target(name string, at time.Time) ([]Person, Gap) {
	if _, rotates := r.Rotation(name); rotates {
		shift := r.OnCall(name, at)
		if shift.Why != "" {
			return nil, shift.gap()
		}
		person, _ := r.Person(shift.Person)
		return []Person{person}, Gap{}
	}
	return r.all(func(p Person) bool { return (name == Everyone || p.Has(Role(name))) && p.Answers(at) }), Gap{Target: name, Why: NobodyHas}
}

// all are the people to whom a page gets and who are so.
func (r Rota) all(so func(Person) bool) []Person {
	var people []Person
	for _, p := range r.People {
		if p.Reachable() && so(p) {
			people = append(people, p)
		}
	}
	return people
}
