// Package oncall tells who is on call at an instant, and who is paged when nobody answers (§4.1, §4.2): people, weekly
// rotations, overrides, and the ladder of a fault's hour. Rules alone: no database, no chat, no clock of its own.
//
// Nothing here is ever silent: where nobody can be reached, a Gap says so and why, and the ladder is climbed on.
package oncall

import (
	"slices"
	"time"
)

// Rota is who may be called, and when. Its JSON is what the form says and the database keeps; Overrides and what is
// known of the version stand beside it. Where both rule, an override is stronger than the rotation.
type Rota struct {
	People    []Person   `json:"people"`
	Rotations []Rotation `json:"rotations"`
	Ladder    Ladder     `json:"ladder"`
	Policy    Policy     `json:"policy,omitzero"`

	// Overrides are those in force, in the order in which they were entered.
	Overrides []Override `json:"-"`
	// Version counts from 1, 0 for a rota that is not kept yet; SetBy set it at SetAt.
	Version int64     `json:"-"`
	SetAt   time.Time `json:"-"`
	SetBy   string    `json:"-"`
}

// Person is the person of that id; false if there is none.
func (r Rota) Person(id string) (Person, bool) {
	return found(r.People, func(p Person) bool { return p.ID == id })
}

// BySlack is the person with that Slack member id; false if there is none.
func (r Rota) BySlack(member string) (Person, bool) {
	return found(r.People, func(p Person) bool { return member != "" && p.Slack == member })
}

// Rotation is the rotation of that name; false if there is none.
func (r Rota) Rotation(name string) (Rotation, bool) {
	return found(r.Rotations, func(o Rotation) bool { return o.Name == name })
}

func found[T any](all []T, is func(T) bool) (T, bool) {
	i := slices.IndexFunc(all, is)
	if i < 0 {
		var none T
		return none, false
	}
	return all[i], true
}
