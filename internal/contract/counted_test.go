package contract_test

import (
	"testing"
	"time"

	"lvyue/internal/contract"
	"lvyue/internal/workday"
)

func TestAnEarlierDayCountsAtItsLastSecond(t *testing.T) {
	t.Parallel()
	received := workday.MustDate("2027-03-10").Start().Add(12 * time.Hour)
	for _, tt := range []struct {
		on      workday.Date
		want    string
		refused bool
	}{
		{workday.Date{}, "2027-03-10T12:00:00+08:00", false},
		{workday.MustDate("2027-03-10"), "2027-03-10T12:00:00+08:00", false},
		{workday.MustDate("2027-03-09"), "2027-03-09T23:59:59+08:00", false},
		{workday.MustDate("2027-03-11"), "2027-03-11T23:59:59+08:00", true},
	} {
		on, at := contract.CountedOn(received, tt.on)
		if got := at.In(workday.Shanghai).Format(time.RFC3339); got != tt.want || on != workday.Of(at) {
			t.Errorf("on %q counts at %s on %s, want %s", tt.on, got, on, tt.want)
		}
		if no := contract.RefuseFutureDay(received, tt.on); (no != nil) != tt.refused {
			t.Errorf("on %q: refused with %v", tt.on, no)
		}
	}
}
