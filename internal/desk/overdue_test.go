package desk_test

import (
	"context"
	"slices"
	"testing"
	"time"

	"lvyue/internal/desk"
	"lvyue/internal/oncall"
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

// counted is a rota that keeps how often it was read.
type counted struct {
	book

	reads int
}

// Rota is read.
func (c *counted) Rota(ctx context.Context) (oncall.Rota, error) {
	c.reads++
	return c.book.Rota(ctx)
}

// §4.2: one look is of one rota: whoever is changing it meanwhile is seen whole or not at all.
func TestRota_OneLookReadsItOnce_4_2(t *testing.T) {
	t.Parallel()
	at := time.Date(2025, time.October, 6, 9, 0, 0, 0, workday.Shanghai)
	for what, look := range map[string]func(desk.Rota) error{
		"overdue": func(r desk.Rota) error {
			_, err := desk.Overdue{Store: steps{{Contract: "HT-1", DueAt: at}}, Rota: r}.Late(t.Context(), at)
			return err
		},
		"how people are reached": func(r desk.Rota) error {
			all, err := r.Addresses(t.Context(), []string{"zhang", "zhou", "chen"})
			if len(all) != 3 || len(all["zhang"]) != 2 {
				t.Errorf("reached %v", all)
			}
			return err
		},
	} {
		read := &counted{book: book{parsed(t)}}
		if err := look(desk.Rota{Store: read}); err != nil || read.reads != 1 {
			t.Errorf("%s: the rota was read %d times (%v)", what, read.reads, err)
		}
	}
}
