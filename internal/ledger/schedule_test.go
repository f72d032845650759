package ledger_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"lvyue/internal/ledger"
	"lvyue/internal/money"
	"lvyue/internal/workday"
)

// written is rows as "2027-01 8.33, 2027-02 8.34".
func written(rows []ledger.Earned) string {
	var out []string
	for _, e := range rows {
		month, isFirst := strings.CutSuffix(e.Month.String(), "-01")
		if !isFirst {
			month = e.Month.String() + "!"
		}
		out = append(out, month+" "+e.Net.String())
	}
	return strings.Join(out, ", ")
}

// dayOrNone reads a day, "" as no day.
func dayOrNone(s string) workday.Date {
	if s == "" {
		return workday.Date{}
	}
	return workday.MustDate(s)
}

func TestAFeeIsEarnedOverThePeriodServed(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		net, first, last string
		grain            ledger.Grain
		want             string
	}{
		{"0.01", "2027-05-31", "2027-05-31", ledger.ByDay, "2027-05 0.01"},
		{"10.00", "2027-05-31", "2027-06-01", ledger.ByDay, "2027-05 5.00, 2027-06 5.00"},
		{"0.01", "2027-05-31", "2027-06-01", ledger.ByDay, "2027-05 0.01"}, // half a fen is a fen
		{"0.01", "2027-05-31", "2027-06-02", ledger.ByDay, "2027-06 0.01"}, // a third is none
		{"59.00", "2027-01-01", "2027-02-28", ledger.ByDay, "2027-01 31.00, 2027-02 28.00"},
		{"60.00", "2028-01-01", "2028-02-29", ledger.ByDay, "2028-01 31.00, 2028-02 29.00"},
		{"27.00", "2027-12-20", "2028-01-15", ledger.ByDay, "2027-12 12.00, 2028-01 15.00"},
		{"0.01", "2027-01-01", "2027-12-31", ledger.ByDay, "2027-07 0.01"}, // its middle is 2 July
		{"0.01", "2027-01-01", "2027-12-31", ledger.ByMonth, "2027-06 0.01"},
		{"100.00", "2027-01-15", "2027-02-14", ledger.ByMonth, "2027-01 100.00"},
		{"100.00", "2027-01-15", "2027-02-15", ledger.ByMonth, "2027-01 50.00, 2027-02 50.00"},
		{"100.00", "2027-01-15", "2027-03-31", ledger.ByMonth, "2027-01 33.33, 2027-02 33.34, 2027-03 33.33"},
		{"100.00", "2027-01-31", "2027-02-28", ledger.ByMonth, "2027-01 100.00"}, // the month's end is the last day
		{"100.00", "2027-01-31", "2027-03-01", ledger.ByMonth, "2027-01 50.00, 2027-02 50.00"},
		{"100.00", "2027-01-31", "2027-03-30", ledger.ByMonth, "2027-01 50.00, 2027-02 50.00"},
		{"100.00", "2027-01-31", "2027-03-31", ledger.ByMonth, "2027-01 33.33, 2027-02 33.34, 2027-03 33.33"},
		{"100.00", "2027-12-31", "2028-02-29", ledger.ByMonth, "2027-12 50.00, 2028-01 50.00"},
		{"-100.00", "2027-01-15", "2027-03-31", ledger.ByMonth, "2027-01 -33.33, 2027-02 -33.34, 2027-03 -33.33"},
		{"1.00", "9999-12-01", "9999-12-31", ledger.ByDay, "9999-12 1.00"},
		{"61.00", "9999-11-01", "9999-12-31", ledger.ByDay, "9999-11 30.00, 9999-12 31.00"},
		{"1.00", "9999-11-01", "9999-12-31", ledger.ByMonth, "9999-11 0.50, 9999-12 0.50"},
		{"61.00", "0001-01-31", "0001-04-01", ledger.ByDay, "0001-01 1.00, 0001-02 28.00, 0001-03 31.00, 0001-04 1.00"},
		{"10.00", "2027-05-31", "2027-06-01", "", "2027-05 5.00, 2027-06 5.00"},
	} {
		got := written(ledger.Schedule(money.MustParse(tt.net), dayOrNone(tt.first), dayOrNone(tt.last), tt.grain, ledger.IgnoreRefund))
		if got != tt.want {
			t.Errorf("%s of %s–%s by %q: %s, want %s", tt.net, tt.first, tt.last, tt.grain, got, tt.want)
		}
	}
}

func TestNothingIsEarnedWhileItMayHaveToBeRefunded_1_4(t *testing.T) {
	t.Parallel()
	for _, grain := range []ledger.Grain{ledger.ByDay, ledger.ByMonth} {
		for last, want := range map[string]string{"2027-10-19": "2027-10 12.34", "2026-10-20": "2026-10 12.34"} {
			got := ledger.Schedule(money.MustParse("12.34"), dayOrNone("2026-10-20"), dayOrNone(last), grain, ledger.HoldForRefund)
			if written(got) != want {
				t.Errorf("by %s until %s: %s, want %s", grain, last, written(got), want)
			}
		}
	}
}

func TestNoPeriodAndNoMoneyEarnNothing(t *testing.T) {
	t.Parallel()
	for _, tt := range [][3]string{
		{"1.00", "2027-01-02", "2027-01-01"},
		{"1.00", "", ""},
		{"1.00", "", "2027-01-01"},
		{"1.00", "2027-01-01", ""},
		{"0.00", "2027-01-01", "2027-12-31"},
	} {
		for _, grain := range []ledger.Grain{ledger.ByDay, ledger.ByMonth} {
			for _, right := range []ledger.RefundRight{ledger.IgnoreRefund, ledger.HoldForRefund} {
				if got := ledger.Schedule(money.MustParse(tt[0]), dayOrNone(tt[1]), dayOrNone(tt[2]), grain, right); got != nil {
					t.Errorf("%v by %s, %s: %s", tt, grain, right, written(got))
				}
			}
		}
	}
}

// ofFen writes fen as an amount.
func ofFen(fen int64) money.CNY {
	return money.MustParse(fmt.Sprintf("%d.%02d", fen/100, fen%100))
}

// nets draws 0.01 to ten thousand million, small ones often.
func nets() *rapid.Generator[int64] {
	return rapid.OneOf(rapid.Int64Range(1, 2_000), rapid.Int64Range(1, 1_000_000_000_000))
}

// firsts draws days over a century, and often those that other months or years lack.
func firsts() *rapid.Generator[workday.Date] {
	return rapid.Custom(func(t *rapid.T) workday.Date {
		odd := []string{"2024-02-29", "2028-02-29", "2027-01-29", "2027-01-30", "2027-01-31", "2027-08-31", "2027-12-31"}
		anyDay := workday.MustDate("2000-01-01").AddDays(rapid.IntRange(0, 36_500).Draw(t, "first"))
		return rapid.OneOf(rapid.Just(anyDay), rapid.Map(rapid.SampledFrom(odd), workday.MustDate)).Draw(t, "odd")
	})
}

// lasts draws an end: of the same day, of a service year, or anywhere within six years.
func lasts(first workday.Date) *rapid.Generator[workday.Date] {
	return rapid.OneOf(
		rapid.Map(rapid.IntRange(1, 5), func(k int) workday.Date { return workday.ServiceYear(first, k).Last }),
		rapid.Map(rapid.OneOf(rapid.IntRange(0, 70), rapid.IntRange(0, 2_200)), first.AddDays),
	)
}

func monthNumber(d workday.Date) int { return 12*d.Year() + int(d.Month()) }

func TestAScheduleIsTheFeeToTheFen(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		net, first := ofFen(nets().Draw(t, "net")), firsts().Draw(t, "first")
		last := lasts(first).Draw(t, "last")
		grain := rapid.SampledFrom([]ledger.Grain{ledger.ByDay, ledger.ByMonth}).Draw(t, "grain")
		right := rapid.SampledFrom([]ledger.RefundRight{ledger.IgnoreRefund, ledger.HoldForRefund}).Draw(t, "right")
		rows := ledger.Schedule(net, first, last, grain, right)
		var sum money.CNY
		for i, e := range rows {
			sum = sum.Add(e.Net)
			if !e.Net.IsPositive() || e.Month.Day() != 1 || i > 0 && !rows[i-1].Month.Before(e.Month) {
				t.Fatalf("row %d of %s", i, written(rows))
			}
			if monthNumber(e.Month) < monthNumber(first) || monthNumber(e.Month) > monthNumber(last) {
				t.Fatalf("%s is not in %s–%s", e.Month, first, last)
			}
		}
		if !sum.Equal(net) {
			t.Fatalf("%s is scheduled of %s", sum, net)
		}
		mirrored := ledger.Schedule(net.Neg(), first, last, grain, right)
		if got := strings.ReplaceAll(written(mirrored), " -", " "); got != written(rows) {
			t.Fatalf("−%s is %s, but %s is %s", net, written(mirrored), net, written(rows))
		}
	})
}

// byWalking is the schedule of steps of one size: each adds to the month of its day, all in whole numbers.
func byWalking(fen int64, steps []workday.Date) string {
	var rows []ledger.Earned
	whole, before := int64(len(steps)), int64(0)
	for i, step := range steps {
		isMonthsLast := i+1 == len(steps) || steps[i+1].Month() != step.Month()
		through := (2*fen*int64(i+1) + whole) / (2 * whole)
		if isMonthsLast && through > before {
			rows = append(rows, ledger.Earned{Month: step.AddDays(1 - step.Day()), Net: ofFen(through - before)})
			before = through
		}
	}
	return written(rows)
}

func TestByDayEveryDayServedEarnsTheSame(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		fen, first := nets().Draw(t, "fen"), firsts().Draw(t, "first")
		last := lasts(first).Draw(t, "last")
		var days []workday.Date
		for d := first; !d.After(last); d = d.AddDays(1) {
			days = append(days, d)
		}
		got := written(ledger.Schedule(ofFen(fen), first, last, ledger.ByDay, ledger.IgnoreRefund))
		if want := byWalking(fen, days); got != want {
			t.Fatalf("%d fen of %s–%s: %s, want %s", fen, first, last, got, want)
		}
	})
}

func TestByMonthEveryServiceMonthBegunEarnsTheSame(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		fen, first := nets().Draw(t, "fen"), firsts().Draw(t, "first")
		last := lasts(first).Draw(t, "last")
		var months []workday.Date
		year, month := first.Year(), first.Month()
		for {
			begins, err := workday.NewDate(year, month, first.Day())
			begun := begins
			if err != nil { // the service month before takes all of this calendar month
				begins = workday.MustDate(fmt.Sprintf("%d-%02d-01", year, month+1))
				begun = begins.AddDays(-1)
			}
			if begins.After(last) {
				break
			}
			months = append(months, begun)
			if month++; month > time.December {
				year, month = year+1, time.January
			}
		}
		got := written(ledger.Schedule(ofFen(fen), first, last, ledger.ByMonth, ledger.IgnoreRefund))
		if want := byWalking(fen, months); got != want {
			t.Fatalf("%d fen of %s–%s: %s, want %s", fen, first, last, got, want)
		}
	})
}

func TestEveryServiceYearHasTwelveServiceMonths(t *testing.T) {
	t.Parallel()
	start := workday.MustDate("2023-01-01")
	for range 1461 {
		for k := 1; k <= 5; k++ {
			year := workday.ServiceYear(start, k)
			rows := ledger.Schedule(ofFen(1200), year.First, year.Last, ledger.ByMonth, ledger.IgnoreRefund)
			if len(rows) != 12 || strings.Count(written(rows), " 1.00") != 12 {
				t.Fatalf("%s–%s: %s", year.First, year.Last, written(rows))
			}
		}
		start = start.AddDays(1)
	}
}

// fourMonths are January to April 2027 with 100.00 each.
func fourMonths() []ledger.Earned {
	return ledger.Schedule(ofFen(40_000), dayOrNone("2027-01-01"), dayOrNone("2027-04-30"), ledger.ByMonth, ledger.IgnoreRefund)
}

func TestACreditNoteTakesWhatIsNotEarnedFirst(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct{ credited, earnedThrough, on, want string }{
		{"0.00", "", "2027-02-10", ""},
		{"0.01", "", "2027-02-10", "2027-04 -0.01"},
		{"100.00", "", "2027-02-10", "2027-04 -100.00"},
		{"100.01", "", "2027-02-10", "2027-03 -0.01, 2027-04 -100.00"},
		{"400.00", "", "2027-02-10", "2027-01 -100.00, 2027-02 -100.00, 2027-03 -100.00, 2027-04 -100.00"},
		{"200.00", "2027-02-01", "2027-03-10", "2027-03 -100.00, 2027-04 -100.00"},
		{"200.01", "2027-02-01", "2027-03-10", "2027-03 -100.01, 2027-04 -100.00"},
		{"200.01", "2027-02-01", "2027-04-10", "2027-03 -100.00, 2027-04 -100.01"},
		{"200.01", "2027-02-01", "2027-07-01", "2027-03 -100.00, 2027-04 -100.00, 2027-07 -0.01"},
		{"200.01", "2027-02-01", "2027-02-28", "2027-03 -100.01, 2027-04 -100.00"}, // February is recognised
		{"200.01", "2027-02-01", "2027-01-31", "2027-03 -100.01, 2027-04 -100.00"},
		{"200.01", "2027-02-28", "2027-02-28", "2027-03 -100.01, 2027-04 -100.00"}, // any day means its month
		{"400.00", "2027-04-01", "2027-04-30", "2027-05 -400.00"},
		{"400.00", "2027-04-01", "2027-05-01", "2027-05 -400.00"},
		{"400.00", "2027-12-01", "2027-12-31", "2028-01 -400.00"},
	} {
		got := written(ledger.Credit(fourMonths(), money.MustParse(tt.credited), dayOrNone(tt.earnedThrough), dayOrNone(tt.on)))
		if got != tt.want {
			t.Errorf("%s, earned through %q, on %s: %s, want %s", tt.credited, tt.earnedThrough, tt.on, got, tt.want)
		}
	}
}

func TestASecondCreditNoteSeesTheFirst(t *testing.T) {
	t.Parallel()
	rows := fourMonths()
	rows = append(rows, ledger.Credit(rows, ofFen(15_000), dayOrNone("2027-01-01"), dayOrNone("2027-02-10"))...)
	got := written(ledger.Credit(rows, ofFen(20_000), dayOrNone("2027-02-01"), dayOrNone("2027-03-10")))
	if want := "2027-03 -200.00"; got != want { // 50.00 are left of March, nothing of April
		t.Errorf("%s, want %s", got, want)
	}
}

// sums adds up rows per month.
func sums(rows []ledger.Earned) map[workday.Date]money.CNY {
	byMonth := map[workday.Date]money.CNY{}
	for _, e := range rows {
		byMonth[e.Month] = byMonth[e.Month].Add(e.Net)
	}
	return byMonth
}

// months draws the first day of a month after that of the day, or no day.
func months(from workday.Date) *rapid.Generator[workday.Date] {
	return rapid.OneOf(rapid.Just(workday.Date{}), rapid.Map(rapid.IntRange(31, 2_500), func(n int) workday.Date {
		d := from.AddDays(n)
		return d.AddDays(1 - d.Day())
	}))
}

func TestCreditNotesTakeWhatTheyCreditAndNothingRecognised(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		left, first := nets().Draw(t, "net"), firsts().Draw(t, "first")
		grain := rapid.SampledFrom([]ledger.Grain{ledger.ByDay, ledger.ByMonth}).Draw(t, "grain")
		right := rapid.SampledFrom([]ledger.RefundRight{ledger.IgnoreRefund, ledger.HoldForRefund}).Draw(t, "right")
		books := ledger.Schedule(ofFen(left), first, lasts(first).Draw(t, "last"), grain, right)
		var earnedThrough workday.Date
		overdrawn := map[workday.Date]bool{} // the months of credit notes may go below zero
		for range rapid.IntRange(1, 4).Draw(t, "notes") {
			on := first.AddDays(rapid.IntRange(0, 2_500).Draw(t, "on"))
			earnedThrough = workday.Later(earnedThrough, months(first).Draw(t, "earned through"))
			credited := rapid.OneOf(rapid.Just(left), rapid.Int64Range(0, left)).Draw(t, "credited")
			left -= credited
			month := on.AddDays(1 - on.Day())
			if !month.After(earnedThrough) {
				month = earnedThrough.AddDays(31)
				month = month.AddDays(1 - month.Day())
			}
			overdrawn[month] = true
			rows := ledger.Credit(books, ofFen(credited), earnedThrough, on)
			checkCredit(t, rows, ofFen(credited), earnedThrough)
			before := sums(books)
			books = append(books, rows...)
			after := sums(books)
			for m, net := range after {
				if net.IsNegative() && !overdrawn[m] {
					t.Fatalf("%s is %s after %s", m, net, written(rows))
				}
				if net.IsPositive() && m.After(earnedThrough) && after[month].IsNegative() && after[month].Less(before[month]) {
					t.Fatalf("%s was overdrawn while %s had %s left", month, m, net)
				}
			}
		}
	})
}

func checkCredit(t *rapid.T, rows []ledger.Earned, credited money.CNY, earnedThrough workday.Date) {
	t.Helper()
	var sum money.CNY
	for i, e := range rows {
		sum = sum.Add(e.Net)
		if !e.Net.IsNegative() || !e.Month.After(earnedThrough) || i > 0 && !rows[i-1].Month.Before(e.Month) {
			t.Fatalf("%s, earned through %s", written(rows), earnedThrough)
		}
	}
	if !sum.Equal(credited.Neg()) {
		t.Fatalf("%s for a credit of %s", sum, credited)
	}
}
