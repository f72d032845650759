package test

import "testing"

// Reminders come 7 and 2 days before the due day and on it, at 09:00, and once it is overdue.
func TestReminders_OfTheFirstPayment_5_4(t *testing.T) {
	t.Parallel()
	pay := func(at string) string {
		return "  - {at: " + at + `, do: pay, amount: "120000.00", reference: ICBC-001}` + "\n"
	}
	for _, c := range []struct {
		name, events, until string
		messages            []string
		left                int
	}{
		{"one second before the first", "", "2025-10-03T08:59:59", []string{}, 0},
		{"at the first", "", "2025-10-03T09:00", []string{reminded}, 0},
		{"one second before it is overdue", "", "2025-10-10T23:59:59", []string{reminded, again, dueToday}, 0},
		{"overdue", "", "2025-10-11T00:00", []string{reminded, again, dueToday, overdue}, 0},
		{"paid before the first", pay("2025-09-30T10:00"), "2025-10-20T00:00", []string{}, whole},
		{"paid between the two", pay("2025-10-04T10:00"), "2025-10-20T00:00", []string{reminded}, whole},
		{"paid on the due day before nine", pay("2025-10-10T08:00"), "2025-10-20T00:00", []string{reminded, again}, whole},
		{"paid on the due day after nine", pay("2025-10-10T10:00"), "2025-10-20T00:00", []string{reminded, again, dueToday}, whole},
		{
			"paid in part", "  - {at: 2025-10-04T10:00, do: pay, amount: \"119999.99\", reference: ICBC-001}\n", "2025-10-11T00:00",
			[]string{reminded, again, dueToday, overdue},
			0,
		},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			expect(t, play(t, inForce+c.events+"until: "+c.until+"\n"), want{Messages: c.messages, Refused: []string{}, Left: c.left})
		})
	}
}

// Talks, the fee of the next year, and the destruction.
func TestReminders_OfTheRestOfALife_5_6_7_2(t *testing.T) {
	t.Parallel()
	const (
		talks = "2022-09-16 00:00 renewal-talks/1 opened"
		gone  = "2022-10-13 00:00 destruction opened"
	)
	for _, c := range []struct {
		name, until string
		events      []string
		messages    []string
		left        int
	}{
		{"talks that nobody settles", "2022-10-13T12:00", nil, []string{
			talks, "2022-10-05 09:00 renewal-talks/1 reminder",
			"2022-10-10 09:00 renewal-talks/1 reminder", "2022-10-12 09:00 renewal-talks/1 due-today", gone,
		}, whole},
		{
			"talks settled early, the fee unpaid", "2022-10-14T00:00",
			[]string{agreed},
			[]string{
				talks, "2022-10-05 09:00 renewal-fee/2 reminder", "2022-10-10 09:00 renewal-fee/2 reminder",
				"2022-10-12 09:00 renewal-fee/2 due-today", "2022-10-13 00:00 renewal-fee/2 overdue",
			},
			whole,
		},
		{
			"talks settled and paid early", "2022-10-14T00:00",
			[]string{agreed, `2022-09-28T10:00, do: pay, amount: "120000.00", reference: SECOND`},
			[]string{talks},
			whole,
		},
		{
			"talks declined", "2022-10-12T23:59:59",
			[]string{`2022-09-20T11:00, do: offer, fee: "120000.00"`, "2022-09-22T11:00, do: answer, accept: false"},
			[]string{talks},
			whole,
		},
		{
			"a destruction that nobody confirms", "2022-03-09T00:00",
			[]string{ended},
			[]string{
				"2022-03-02 00:00 destruction opened", "2022-03-06 09:00 destruction reminder",
				"2022-03-08 09:00 destruction due-today", "2022-03-09 00:00 destruction overdue",
			},
			whole,
		},
		{
			"a destruction confirmed at once", "2022-03-20T00:00",
			[]string{ended, twoConfirm},
			[]string{"2022-03-02 00:00 destruction opened"},
			0,
		},
		{
			"a destruction that the law holds", "2022-03-20T00:00",
			[]string{ended, "2022-03-02T09:00, do: hold, what: destruction, by: chen"},
			[]string{"2022-03-02 00:00 destruction opened"},
			whole,
		},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			expect(t, play(t, serving("2021-10-13", c.until, c.events...)),
				want{Messages: c.messages, Refused: []string{}, Left: c.left})
		})
	}
}

// The fee opens in the last second, too late for a reminder: only that it is overdue is said.
func TestReminders_AreNotSentForMomentsBeforeTheDutyOpened_5_6(t *testing.T) {
	t.Parallel()
	r := play(t, serving("2021-10-13", "2022-10-13T00:00", `2022-09-20T11:00, do: offer, fee: "120000.00"`,
		"2022-10-12T23:59:59, do: answer, accept: true"))
	expect(t, r, want{Left: whole, Refused: []string{}, Messages: []string{
		"2022-09-16 00:00 renewal-talks/1 opened", "2022-10-05 09:00 renewal-talks/1 reminder",
		"2022-10-10 09:00 renewal-talks/1 reminder", "2022-10-12 09:00 renewal-talks/1 due-today",
		"2022-10-13 00:00 renewal-fee/2 overdue",
	}})
}
