package desk_test

import (
	"context"
	"slices"
	"testing"
	"time"

	"lvyue/internal/desk"
	"lvyue/internal/paging"
	"lvyue/internal/workday"
)

// steps are what is late.
type steps []paging.Late

func (s steps) Late(context.Context, time.Time) ([]paging.Late, error) { return slices.Clone(s), nil }

func TestOverdue_CallsWhoIsOnCallAndTheLeadsOrElseInPublic_4_2(t *testing.T) {
	t.Parallel()
	at := time.Date(2025, time.October, 6, 9, 0, 0, 0, workday.Shanghai)
	late := steps{{Contract: "HT-1", Fault: 1, Step: "first", DueAt: at}, {Contract: "HT-2", Step: "report", DueAt: at}}
	for name, tt := range map[string]struct {
		book book
		want []string
	}{
		"a rota": {book{parsed(t)}, []string{"wang", "zhou"}},
		"none":   {book{}, []string{"desk"}},
	} {
		got, err := desk.Overdue{Store: late, Rota: desk.Rota{Store: tt.book}}.Late(t.Context(), at)
		if err != nil || len(got) != len(late) {
			t.Fatalf("%s: %v (%v)", name, got, err)
		}
		for _, l := range got {
			if !slices.Equal(l.To, tt.want) {
				t.Errorf("%s: of %s %v are called, want %v", name, l.Contract, l.To, tt.want)
			}
		}
	}
}
