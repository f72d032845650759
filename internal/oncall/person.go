package oncall

import (
	"slices"
	"time"

	"lvyue/internal/workday"
)

// Role is what a person may do beyond their turn in a rotation. The values are those of the form.
type Role string

// The roles. Engineer is needed to stand in a rotation; Lead and Manager are rungs of the ladder.
const (
	Engineer Role = "oncall"
	Lead     Role = "lead"
	Manager  Role = "manager"
	Sales    Role = "sales"
	Finance  Role = "finance"
)

// Roles are all roles.
func Roles() []Role { return []Role{Engineer, Lead, Manager, Sales, Finance} }

// Person is one of the provider's people. ID is a short word ("zhang"), the same that signs acts; it never changes. At least
// one of Slack (a member id such as U0123ABCD), Email and Mobile (by which chat robots mention them) is given; Phone is for
// people alone. Zone is where their days begin, Asia/Shanghai if empty. Inactive people are never paged, and may stay on the
// rota for their name.
type Person struct {
	ID       string `json:"id"`
	Name     string `json:"name"`
	Roles    []Role `json:"roles"`
	Phone    string `json:"phone,omitempty"`
	Email    string `json:"email,omitempty"`
	Slack    string `json:"slack,omitempty"`
	Mobile   string `json:"mobile,omitempty"`
	Zone     Zone   `json:"zone,omitempty"`
	Inactive bool   `json:"inactive,omitempty"`
	Away     []Away `json:"away,omitempty"`
}

// Away is a time in which nobody may count on a person: from the beginning of the first day to the end of the last, where
// they live.
type Away struct {
	First workday.Date `json:"first"`
	Last  workday.Date `json:"last"`
}

// Has tells whether the person has the role.
func (p Person) Has(role Role) bool { return slices.Contains(p.Roles, role) }

// Reachable tells whether there is a way by which a page gets to the person.
func (p Person) Reachable() bool { return p.Slack != "" || p.Email != "" || p.Mobile != "" }

// Answers tells whether the person is counted on at the instant: not inactive, and not away.
func (p Person) Answers(at time.Time) bool { return p.missing(at) == "" }

// missing is why the person is not counted on; empty if they are.
func (p Person) missing(at time.Time) Why {
	if p.Inactive {
		return Inactive
	}
	for _, a := range p.Away {
		if from, to := p.absence(a); !at.Before(from) && at.Before(to) {
			return IsAway
		}
	}
	return ""
}

// missingBetween tells whether there is any instant from one up to another at which the person is not counted on.
func (p Person) missingBetween(from, to time.Time) bool {
	return p.Inactive || slices.ContainsFunc(p.Away, func(a Away) bool {
		first, last := p.absence(a)
		return first.Before(to) && last.After(from)
	})
}

// absence is the time away as instants; the end is not in it.
func (p Person) absence(a Away) (from, to time.Time) {
	zone := p.Zone.location()
	return instant(a.First, 0, 0, zone), instant(a.Last, 1, 0, zone)
}
