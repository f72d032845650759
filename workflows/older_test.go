package workflows_test

import (
	"context"
	"slices"
	"testing"
	"time"

	"go.temporal.io/sdk/activity"
	"go.temporal.io/sdk/testsuite"

	"lvyue/activities"
	"lvyue/internal/message"
)

// withoutBooksUntil records as a release without books did: nothing of money, and no word that it is booked.
func (s *story) withoutBooksUntil(at string) {
	upTo := instant(s.t, at)
	s.prepare = func(env *testsuite.TestWorkflowEnvironment) {
		record := func(ctx context.Context, r message.Record) (message.Recorded, error) {
			if !earlier(r, upTo) {
				return (&activities.Evidence{Store: s.evidence}).Record(ctx, r)
			}
			r.Events = slices.DeleteFunc(slices.Clone(r.Events), func(e message.Event) bool {
				return e.Changed.Money != nil || e.Changed.Outlook != nil
			})
			return message.Recorded{}, s.evidence.Record(ctx, r)
		}
		env.RegisterActivityWithOptions(record, activity.RegisterOptions{Name: "Record", DisableAlreadyRegisteredCheck: true})
	}
}

func earlier(r message.Record, at time.Time) bool {
	return len(r.Events) > 0 && r.Events[0].At.Before(at)
}

// A contract that began before there were books is booked with its next step, as of the days on which its money was owed
// and came; a person can ask for it at once.
func TestContract_OneThatIsOlderThanTheBooksCatchesUp(t *testing.T) { // §5.3 §5.4
	t.Parallel()
	for name, step := range map[string]deed{"by itself": pays("1.00", "R9"), "on demand": books()} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := begin(t, "2025-09-26 09:00", soon)
			s.withoutBooksUntil("2026-03-01 00:00")
			s.comesIntoService()
			s.at("2026-03-02 10:00", step)
			s.until("2026-03-02 12:00")
			account, err := s.store.Account(t.Context(), s.form.Number)
			must(t, err)
			if len(account.Invoices) != 1 || len(account.Applied) != 1 {
				t.Fatalf("the books hold %+v", account)
			}
			i := account.Invoices[0]
			if i.IssuedOn.String() != "2025-09-26" || i.Received.String() != fee || i.Number != "INV-2025-000001" {
				t.Errorf("the invoice is %+v", i)
			}
		})
	}
}

func TestContract_OneThatIsBookedIsNotBookedAgain(t *testing.T) { // §5.4
	t.Parallel()
	s := begin(t, "2025-09-26 09:00", soon)
	s.at("2025-09-26 09:30", books().as("unsigned"))
	s.comesIntoForce()
	s.at("2025-10-08 10:00", books().as("again"))
	s.until("2025-10-08 12:00")
	s.wantTold(map[string]string{"unsigned": "not_in_force", "again": "nothing_to_do"})
}

func books() deed { return deed{name: message.Book, who: "chen", body: struct{}{}} }
