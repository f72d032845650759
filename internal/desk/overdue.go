package desk

import (
	"context"
	"slices"
	"time"

	"lvyue/internal/message"
	"lvyue/internal/oncall"
	"lvyue/internal/paging"
)

// Overdue are the steps that nobody took, with whom to call: who is on call first, and the leads. Where the rota names nobody, the
// desk itself is told, which is in public.
type Overdue struct {
	Store paging.Overdue
	Rota  Rota
}

// nobody is told in public: the rota knows no such person.
const nobody = "desk"

// Late are the steps as the store knows them.
func (o Overdue) Late(ctx context.Context, now time.Time) ([]paging.Late, error) {
	late, err := o.Store.Late(ctx, now)
	if err != nil || len(late) == 0 {
		return nil, err
	}
	rota, err := o.Rota.asIs(ctx)
	if err != nil {
		return nil, err
	}
	first := message.Rung{Name: "watchdog", To: oncall.DefaultLadder().Rungs[0].Targets}
	reached, err := rota.Whom(ctx, []message.Rung{first}, now)
	if err != nil {
		return nil, err
	}
	leads, err := rota.Leads(ctx)
	if err != nil {
		return nil, err
	}
	people := slices.Concat(reached.People, leads)
	slices.Sort(people)
	if people = slices.Compact(people); len(people) == 0 {
		people = []string{nobody}
	}
	for i := range late {
		late[i].To = people
	}
	return late, nil
}
