package activities_test

import (
	"bytes"
	"context"
	"errors"
	"log/slog"
	"strings"
	"testing"

	"go.temporal.io/sdk/temporal"

	"lvyue/activities"
	"lvyue/internal/contract"
	"lvyue/internal/message"
	"lvyue/internal/workday"
)

// embedded is a store to which nothing was imported: 2026 is the last year with a notice.
type embedded struct{ err error }

func (e embedded) Calendar(context.Context) (*workday.Calendar, error) {
	return workday.Embedded(), e.err
}

func TestCalendar_WarnsFromOctoberWhileNextYearsNoticeIsMissing(t *testing.T) {
	t.Parallel()
	for day, level := range map[string]string{
		"2026-09-30": "", "2026-10-01": "WARN", "2026-12-19": "WARN", "2026-12-20": "ERROR", "2026-12-31": "ERROR",
		"2025-12-31": "", "2027-01-01": "",
	} {
		t.Run(day, func(t *testing.T) {
			t.Parallel()
			var log bytes.Buffer
			calendar := activities.Calendar{Store: embedded{}, Log: slog.New(slog.NewTextHandler(&log, nil))}
			if err := calendar.Watch(t.Context(), workday.MustDate(day)); err != nil {
				t.Fatal(err)
			}
			if got := log.String(); (level == "") != (got == "") || !strings.Contains(got, level) {
				t.Errorf("the log says %q, want level %q", got, level)
			}
		})
	}
}

func TestCalendar_CountsByRuleAndGivesUpOnOneThatNobodyKnows(t *testing.T) { // §5.4
	t.Parallel()
	calendar := activities.Calendar{Store: embedded{}}
	d, err := calendar.Deadline(t.Context(), message.DeadlineQuestion{
		Rule: contract.FirstPaymentRule, From: workday.MustDate("2025-09-26"),
	})
	if err != nil || d.On != workday.MustDate("2025-10-10") || d.Provisional {
		t.Errorf("got %+v, %v; want 2025-10-10", d, err)
	}
	away := errors.New("the database is away")
	_, err = (&activities.Calendar{Store: embedded{away}}).Deadline(t.Context(), message.DeadlineQuestion{})
	if !errors.Is(err, away) || permanent(err) {
		t.Errorf("got %v, want an error that is tried again", err)
	}
}

func permanent(err error) bool {
	application, ok := errors.AsType[*temporal.ApplicationError](err)
	return ok && application.NonRetryable()
}
