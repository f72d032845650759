package test

import (
	"os"
	"slices"
	"strings"
	"testing"
)

// inYear is in force on a day of January or February 2027, a year without a notice: weekends and the thirteen statutory days
// are off, so Spring Festival is 02-05, 8, 9 and 10.
func inYear(signed string) string {
	return `
cloud: {deploy_takes: 45m}
events:
  - {at: ` + signed + `T10:00, do: sign, by: customer}
  - {at: ` + signed + `T11:00, do: sign, by: provider}
`
}

const publish = "  - {at: 2027-02-10T09:00, do: publish-calendar, notice: 2027.json}\n"

// No duty is overdue on a day that a notice may still move; when the notice is out, the day is counted again and judged.
func TestCalendar_NothingIsOverdueOnAProvisionalDay(t *testing.T) {
	t.Parallel()
	beside := map[string]string{"2027.json": notice2027().json(t)}
	const moved = ", moved 2027-02-04 to 2027-02-03 by 2027"
	duty := func(on, rest string) []string {
		return []string{"first-payment §5.4 customer: opened " + on + " 11:00, due " + rest}
	}
	live(t, []life{{ // 29, 02-01, 2, 3, 4
		name: "no notice", beside: beside,
		scenario: inYear("2027-01-28") + "until: 2027-03-01T00:00\n",
		want:     want{State: "awaiting-payment", Duties: duty("2027-01-28", "2027-02-04 provisional, pending"), Refused: []string{}},
	}, { // 29, the worked Sunday 31, 02-01, 2, 3
		name: "known from the start", beside: beside,
		scenario: "notices: [2027.json]\n" + inYear("2027-01-28") + "until: 2027-02-03T23:59:59\n",
		want:     want{State: "awaiting-payment", Duties: duty("2027-01-28", "2027-02-03, pending"), Refused: []string{}},
	}, {
		name: "known from the start, the day over", beside: beside,
		scenario: "notices: [2027.json]\n" + inYear("2027-01-28") + "until: 2027-02-04T00:00\n",
		want:     want{State: "awaiting-payment", Duties: duty("2027-01-28", "2027-02-03, overdue"), Refused: []string{}},
	}, {
		name: "published in time, a day earlier", beside: beside,
		scenario: inYear("2027-01-28") + "  - {at: 2027-02-01T09:00, do: publish-calendar, notice: 2027.json}\nuntil: 2027-02-03T23:59:59\n",
		want:     want{State: "awaiting-payment", Duties: duty("2027-01-28", "2027-02-03"+moved+", pending"), Refused: []string{}},
	}, {
		name: "published in time, and over", beside: beside,
		scenario: inYear("2027-01-28") + "  - {at: 2027-02-01T09:00, do: publish-calendar, notice: 2027.json}\nuntil: 2027-02-04T00:00\n",
		want:     want{State: "awaiting-payment", Duties: duty("2027-01-28", "2027-02-03"+moved+", overdue"), Refused: []string{}},
	}, {
		name: "published after both days", beside: beside,
		scenario: inYear("2027-01-28") + publish + "until: 2027-02-10T09:00\n",
		want:     want{State: "awaiting-payment", Duties: duty("2027-01-28", "2027-02-03"+moved+", overdue"), Refused: []string{}},
	}, { // by law 02-04, 11, 12, 15, 16; by the notice 4, 15, 16, 17, 18
		name: "published, two days later", beside: beside,
		scenario: inYear("2027-02-03") + publish + "until: 2027-02-18T23:59:59\n",
		want: want{
			State: "awaiting-payment", Refused: []string{},
			Duties: duty("2027-02-03", "2027-02-18, moved 2027-02-16 to 2027-02-18 by 2027, pending"),
		},
	}, {
		name: "published, two days later, and over", beside: beside,
		scenario: inYear("2027-02-03") + publish + "until: 2027-02-19T00:00\n",
		want: want{
			State: "awaiting-payment", Refused: []string{},
			Duties: duty("2027-02-03", "2027-02-18, moved 2027-02-16 to 2027-02-18 by 2027, overdue"),
		},
	}, {
		name: "published, the day stays and is final", beside: beside,
		scenario: inYear("2027-01-11") + publish + "until: 2027-02-10T09:00\n",
		want:     want{State: "awaiting-payment", Duties: duty("2027-01-11", "2027-01-18, overdue"), Refused: []string{}},
	}, {
		name: "a second before it is published", beside: beside,
		scenario: inYear("2027-01-11") + publish + "until: 2027-02-10T08:59:59\n",
		want:     want{State: "awaiting-payment", Duties: duty("2027-01-11", "2027-01-18 provisional, pending"), Refused: []string{}},
	}, { // 22, 23, 24, 25, 28: the last days of 2026 are final with the notice of 2027
		name: "the days after 25 December", beside: beside,
		scenario: inYear("2026-12-21") + "  - {at: 2027-01-05T09:00, do: publish-calendar, notice: 2027.json}\nuntil: 2027-01-05T09:00\n",
		want:     want{State: "awaiting-payment", Duties: duty("2026-12-21", "2026-12-28, overdue"), Refused: []string{}},
	}})
}

// A duty that is met is judged by the day as then known, and again when the day is final.
func TestCalendar_AMetDutyIsJudgedAgain(t *testing.T) {
	t.Parallel()
	beside := map[string]string{"2027.json": notice2027().json(t)}
	pay := func(at string) string {
		return "  - {at: " + at + ", do: pay, amount: \"120000.00\", reference: ICBC-001}\n"
	}
	live(t, []life{{
		name: "met on the provisional day", beside: beside,
		scenario: inYear("2027-01-28") + pay("2027-02-04T10:00") + "until: 2027-02-10T09:00\n",
		want: want{
			State: "in-service", Left: whole, Refused: []string{}, Years: []string{"1: 2027-02-04..2028-02-03 120000.00"},
			Duties: []string{
				"first-payment §5.4 customer: opened 2027-01-28 11:00, due 2027-02-04 provisional, met 2027-02-04 10:00",
				"deployment §5.5 provider: opened 2027-02-04 10:00, due 2027-02-12 provisional, met 2027-02-04 10:45",
			},
		},
	}, { // the deployment by the notice: 15, 16
		name: "met becomes met-late", beside: beside,
		scenario: inYear("2027-01-28") + pay("2027-02-04T10:00") + publish + "until: 2027-02-10T09:00\n",
		want: want{
			State: "in-service", Left: whole, Refused: []string{}, Years: []string{"1: 2027-02-04..2028-02-03 120000.00"},
			Duties: []string{
				"first-payment §5.4 customer: opened 2027-01-28 11:00, due 2027-02-03, moved 2027-02-04 to 2027-02-03 by 2027, met-late 2027-02-04 10:00",
				"deployment §5.5 provider: opened 2027-02-04 10:00, due 2027-02-16, moved 2027-02-12 to 2027-02-16 by 2027, met 2027-02-04 10:45",
			},
		},
	}, {
		name: "met in the last second by either count", beside: beside,
		scenario: inYear("2027-01-28") + pay("2027-02-03T23:59:59") + publish + "until: 2027-02-10T09:00\n",
		want: want{
			State: "in-service", Left: whole, Refused: []string{}, Years: []string{"1: 2027-02-04..2028-02-03 120000.00"},
			Duties: []string{
				"first-payment §5.4 customer: opened 2027-01-28 11:00, due 2027-02-03, moved 2027-02-04 to 2027-02-03 by 2027, met 2027-02-03 23:59:59",
				"deployment §5.5 provider: opened 2027-02-03 23:59:59, due 2027-02-15, moved 2027-02-11 to 2027-02-15 by 2027, met 2027-02-04 00:44:59",
			},
		},
	}, { // late by the law's count (02-16), in time by the notice (02-18)
		name: "met-late becomes met", beside: beside,
		scenario: inYear("2027-02-03") + pay("2027-02-17T10:00") + `
  - {at: 2027-02-20T09:00, do: publish-calendar, notice: 2027.json}
until: 2027-02-21T00:00
`,
		want: want{
			State: "in-service", Left: whole, Refused: []string{}, Years: []string{"1: 2027-02-17..2028-02-16 120000.00"},
			Duties: []string{
				"first-payment §5.4 customer: opened 2027-02-03 11:00, due 2027-02-18, moved 2027-02-16 to 2027-02-18 by 2027, met 2027-02-17 10:00",
				"deployment §5.5 provider: opened 2027-02-17 10:00, due 2027-02-19, met 2027-02-17 10:45",
			},
		},
	}, {
		name: "and before the notice it is late as far as is known", beside: beside,
		scenario: inYear("2027-02-03") + pay("2027-02-17T10:00") + "until: 2027-02-18T00:00\n",
		want: want{
			State: "in-service", Left: whole, Refused: []string{}, Years: []string{"1: 2027-02-17..2028-02-16 120000.00"},
			Duties: []string{
				"first-payment §5.4 customer: opened 2027-02-03 11:00, due 2027-02-16 provisional, met-late 2027-02-17 10:00",
				"deployment §5.5 provider: opened 2027-02-17 10:00, due 2027-02-19 provisional, met 2027-02-17 10:45",
			},
		},
	}})
}

// A named day is a day that the customer chose: only the two working days can be moved by a notice (§5.5).
func TestCalendar_ANamedDayIsNotMoved_5_5(t *testing.T) {
	t.Parallel()
	beside := map[string]string{"2027.json": notice2027().json(t)}
	slowly := strings.Replace(inYear("2027-02-03"), "45m", "400h", 1)
	const head = "  - {at: 2027-02-03T12:00, do: designate, deploy_on: "
	const pay = "}\n  - {at: 2027-02-03T15:00, do: pay, amount: \"120000.00\", reference: ICBC-001}\n"
	deployment := func(rest string) []string {
		return []string{
			"first-payment §5.4 customer: opened 2027-02-03 11:00, due 2027-02-18, moved 2027-02-16 to 2027-02-18 by 2027, met 2027-02-03 15:00",
			"deployment §5.5 provider: opened 2027-02-03 15:00, due " + rest,
		}
	}
	live(t, []life{{ // by law 4, 11; by the notice 4, 15
		name: "the two working days move beyond the named day", beside: beside,
		scenario: slowly + head + "2027-02-12" + pay + publish + "until: 2027-02-15T23:59:59\n",
		want: want{
			State: "deploying", Left: whole, Duties: deployment("2027-02-15, moved 2027-02-12 to 2027-02-15 by 2027, pending"),
		},
	}, {
		name: "and not as far as the named day", beside: beside,
		scenario: slowly + head + "2027-02-16" + pay + publish + "until: 2027-02-16T23:59:59\n",
		want: want{
			State: "deploying", Left: whole, Duties: deployment("2027-02-16, pending"),
		},
	}})
}

// Publishing what is known changes nothing; a notice that cannot be one is refused; several notices each make their year final.
func TestCalendar_PublicationsKnownRefusedAndSeveral(t *testing.T) {
	t.Parallel()
	known, err := os.ReadFile("../internal/workday/notices/2026.json")
	if err != nil {
		t.Fatal(err)
	}
	bad := func(change func(*arranged)) string {
		n := notice2027()
		change(&n)
		return n.json(t)
	}
	is := func(day string) func(string) bool { return func(d string) bool { return d == day } }
	beside := map[string]string{
		"2026.json": string(known), "2027.json": notice2027().json(t), "2028.json": notice2028().json(t),
		"wednesday.json": bad(func(n *arranged) { n.On = append(n.On, "2027-03-03") }),
		"both.json":      bad(func(n *arranged) { n.On = append(n.On, "2027-02-06") }),
		"statutory.json": bad(func(n *arranged) {
			n.Off = slices.DeleteFunc(n.Off, is("2027-02-06"))
			n.On = append(n.On, "2027-02-06")
		}),
		"silent.json": bad(func(n *arranged) { n.Off = slices.DeleteFunc(n.Off, is("2027-04-05")) }),
		"amended.json": arranged{
			Year: 2027, Number: "试办发〔2027〕2号", PublishedOn: "2027-02-11", Amends: notice2027().Number,
			Off: []string{"2027-02-18"}, On: []string{"2027-02-27"},
		}.json(t),
		"empty.json": bad(func(n *arranged) { n.Off, n.On = nil, nil }),
		"many.json": bad(func(n *arranged) {
			n.On = append(n.On, "2027-03-06", "2027-03-13", "2027-03-20", "2027-03-27", "2027-03-07")
		}),
		"few.json":   bad(func(n *arranged) { n.Off = append(n.Off, "2027-03-03", "2027-03-04", "2027-03-05") }),
		"other.json": bad(func(n *arranged) { n.On[0] = "2027-02-21" }),
	}
	live(t, []life{{
		name: "known already", beside: beside,
		scenario: inYear("2025-12-31") + `
  - {at: 2026-01-02T09:00, do: publish-calendar, notice: 2026.json}
until: 2026-01-03T00:00
`,
		want: want{
			State: "awaiting-payment", Refused: []string{},
			Duties: []string{"first-payment §5.4 customer: opened 2025-12-31 11:00, due 2026-01-08, pending"},
		},
	}, {
		name: "the same twice", beside: beside,
		scenario: inYear("2027-01-28") + `
  - {at: 2027-02-01T09:00, do: publish-calendar, notice: 2027.json}
  - {at: 2027-02-02T09:00, do: publish-calendar, notice: 2027.json}
until: 2027-02-03T00:00
`,
		want: want{
			State: "awaiting-payment", Refused: []string{},
			Duties: []string{"first-payment §5.4 customer: opened 2027-01-28 11:00, due 2027-02-03, moved 2027-02-04 to 2027-02-03 by 2027, pending"},
		},
	}, {
		name: "refused", beside: beside,
		scenario: inYear("2027-01-28") + `
  - {at: 2027-02-01T09:00, do: publish-calendar, notice: wednesday.json}
  - {at: 2027-02-01T09:01, do: publish-calendar, notice: both.json}
  - {at: 2027-02-01T09:02, do: publish-calendar, notice: statutory.json}
  - {at: 2027-02-01T09:03, do: publish-calendar, notice: empty.json}
  - {at: 2027-02-01T09:04, do: publish-calendar, notice: many.json}
  - {at: 2027-02-01T09:05, do: publish-calendar, notice: few.json}
  - {at: 2027-02-01T09:06, do: publish-calendar, notice: silent.json}
until: 2027-02-10T00:00
`,
		want: want{
			State: "awaiting-payment",
			Refused: []string{
				"2027-02-01 09:00 publish-calendar notice_make_up_weekday §",
				"2027-02-01 09:01 publish-calendar notice_day_twice §",
				"2027-02-01 09:02 publish-calendar notice_statutory_working §",
				"2027-02-01 09:03 publish-calendar notice_empty §",
				"2027-02-01 09:04 publish-calendar notice_day_count §",
				"2027-02-01 09:05 publish-calendar notice_day_count §",
				"2027-02-01 09:06 publish-calendar notice_statutory_working §",
			},
			Duties: []string{"first-payment §5.4 customer: opened 2027-01-28 11:00, due 2027-02-04 provisional, pending"},
		},
	}, {
		name: "the same number with other days", beside: beside,
		scenario: inYear("2027-01-28") + `
  - {at: 2027-02-01T09:00, do: publish-calendar, notice: 2027.json}
  - {at: 2027-02-01T09:01, do: publish-calendar, notice: other.json}
until: 2027-02-03T00:00
`,
		want: want{
			State: "awaiting-payment", Refused: []string{"2027-02-01 09:01 publish-calendar notice_known_otherwise §"},
			Duties: []string{"first-payment §5.4 customer: opened 2027-01-28 11:00, due 2027-02-03, moved 2027-02-04 to 2027-02-03 by 2027, pending"},
		},
	}, { // by law 02-16; by the notice 18; and then Thursday 18 is given off and Saturday 27 worked
		name: "an amendment while the duty is open", beside: beside,
		scenario: inYear("2027-02-03") + `
  - {at: 2027-02-04T09:00, do: publish-calendar, notice: 2027.json}
  - {at: 2027-02-11T09:00, do: publish-calendar, notice: amended.json}
until: 2027-02-20T00:00
`,
		want: want{
			State: "awaiting-payment", Refused: []string{},
			Duties: []string{
				"first-payment §5.4 customer: opened 2027-02-03 11:00, due 2027-02-19, moved 2027-02-16 to 2027-02-18 by 2027, " +
					"moved 2027-02-18 to 2027-02-19 by 2027, overdue",
			},
		},
	}, { // by law 20, 21, 24, 31, 02-01; by the notice 20, 21, the worked Saturday 22, 24, 02-02
		name: "two years, one after the other", beside: beside,
		scenario: inYear("2028-01-19") + `
  - {at: 2028-01-20T09:00, do: publish-calendar, notice: 2027.json}
  - {at: 2028-01-20T10:00, do: publish-calendar, notice: 2028.json}
until: 2028-02-10T00:00
`,
		want: want{
			State: "awaiting-payment", Refused: []string{},
			Duties: []string{"first-payment §5.4 customer: opened 2028-01-19 11:00, due 2028-02-02, moved 2028-02-01 to 2028-02-02 by 2028, overdue"},
		},
	}})
}

// The talks' window opens by the calendar as it is then known (§5.6). Back from Monday 2027-02-08, by law: 4..1, 29..25, 22..18,
// 15; by the notice the worked Sunday 01-31 counts too, so 18 January is the fifteenth.
func TestCalendar_TheWindowOpensByTheCalendarThenKnown_5_6(t *testing.T) {
	t.Parallel()
	beside := map[string]string{"2027.json": notice2027().json(t)}
	const year = `
cloud: {deploy_takes: 45m}
events:
  - {at: 2026-02-09T08:00, do: sign, by: customer}
  - {at: 2026-02-09T09:00, do: sign, by: provider}
  - {at: 2026-02-09T10:00, do: pay, amount: "120000.00", reference: ICBC-001}
`
	duties := func(window string) []string {
		return []string{
			"first-payment §5.4 customer: opened 2026-02-09 09:00, due 2026-02-14, met 2026-02-09 10:00",
			"deployment §5.5 provider: opened 2026-02-09 10:00, due 2026-02-11, met 2026-02-09 10:45",
			"renewal-talks/1 §5.6 both: opened " + window + ", due 2027-02-08, pending",
		}
	}
	live(t, []life{{
		name: "no notice", beside: beside, scenario: year + "until: 2027-01-15T00:00\n",
		want: want{State: "in-service", Left: whole, Duties: duties("2027-01-15 00:00"), Refused: []string{}},
	}, {
		name: "no notice, the second before", beside: beside, scenario: year + "until: 2027-01-14T23:59:59\n",
		want: want{State: "in-service", Left: whole, Duties: duties("")[:2], Refused: []string{}},
	}, {
		name: "published before", beside: beside,
		scenario: year + "  - {at: 2026-11-30T09:00, do: publish-calendar, notice: 2027.json}\nuntil: 2027-01-18T00:00\n",
		want:     want{State: "in-service", Left: whole, Duties: duties("2027-01-18 00:00"), Refused: []string{}},
	}, {
		name: "published before, the second before", beside: beside,
		scenario: year + "  - {at: 2026-11-30T09:00, do: publish-calendar, notice: 2027.json}\nuntil: 2027-01-17T23:59:59\n",
		want:     want{State: "in-service", Left: whole, Duties: duties("")[:2], Refused: []string{}},
	}})
}

// A named day later than two provisional working days is the later of two days of which one can still move: a notice may
// push the two working days beyond it, so nothing is overdue on it before that notice (clauses.md, "How days are counted").
// By law 2027-02-04, 11; named 02-12; by the notice 02-04, 15.
func TestCalendar_ANamedDayThatANoticeMayStillPassIsProvisional_5_5(t *testing.T) {
	t.Parallel()
	beside := map[string]string{"2027.json": notice2027().json(t)}
	const acts = `  - {at: 2027-02-03T12:00, do: designate, deploy_on: 2027-02-12}
  - {at: 2027-02-03T15:00, do: pay, amount: "120000.00", reference: ICBC-001}
`
	slowly := strings.Replace(inYear("2027-02-03"), "45m", "400h", 1)
	moved := "first-payment §5.4 customer: opened 2027-02-03 11:00, due 2027-02-18, moved 2027-02-16 to 2027-02-18 by 2027, met 2027-02-03 15:00"
	live(t, []life{{
		name: "the named day is over and no notice is out", beside: beside,
		scenario: slowly + acts + "until: 2027-02-14T00:00\n",
		want: want{State: "deploying", Left: whole, Duties: []string{
			"first-payment §5.4 customer: opened 2027-02-03 11:00, due 2027-02-16 provisional, met 2027-02-03 15:00",
			"deployment §5.5 provider: opened 2027-02-03 15:00, due 2027-02-12 provisional, pending",
		}},
	}, {
		name: "nobody is told of a breach that the notice then takes back", beside: beside,
		scenario: slowly + acts + "  - {at: 2027-02-14T09:00, do: publish-calendar, notice: 2027.json}\nuntil: 2027-02-14T09:00\n",
		want: want{
			State: "deploying", Left: whole,
			Duties: []string{moved, "deployment §5.5 provider: opened 2027-02-03 15:00, due 2027-02-15, moved 2027-02-12 to 2027-02-15 by 2027, pending"},
			Messages: []string{
				"2027-02-05 09:00 deployment reminder", "2027-02-10 09:00 deployment reminder", "2027-02-12 09:00 deployment due-today",
				"2027-02-14 09:00 deployment moved", "2027-02-14 09:00 deployment reminder",
			},
		},
	}, {
		name: "a deployment that is met is counted again as an open one is", beside: beside,
		scenario: inYear("2027-02-03") + acts + publish + "until: 2027-02-10T09:00\n",
		want: want{State: "deploying", Left: whole, Duties: []string{
			moved, "deployment §5.5 provider: opened 2027-02-03 15:00, due 2027-02-15, moved 2027-02-12 to 2027-02-15 by 2027, met 2027-02-03 15:45",
		}},
	}})
}

// What several notices move is told of each, also when they are imported at one instant.
func TestCalendar_NoticesOfTwoYearsAtOneInstantEachMoveTheirDuties(t *testing.T) {
	t.Parallel()
	live(t, []life{{ // by law 20, 21, 24, 31, 02-01; by the notice 20, 21, the worked Saturday 22, 24, 02-02
		beside: map[string]string{"2027.json": notice2027().json(t), "2028.json": notice2028().json(t)},
		scenario: inYear("2027-01-28") + `
  - {at: 2027-02-04T10:00, do: pay, amount: "120000.00", reference: ICBC-001}
  - {at: 2028-01-19T10:00, do: terminate, ground: agreement, on: 2028-01-19, by: chen}
  - {at: 2028-01-20T09:00, do: publish-calendar, notice: 2027.json}
  - {at: 2028-01-20T09:00, do: publish-calendar, notice: 2028.json}
until: 2028-01-20T10:00
`,
		want: want{
			State: "ended, ended 2028-01-19", Left: whole, Refused: []string{},
			Duties: []string{
				"first-payment §5.4 customer: opened 2027-01-28 11:00, due 2027-02-03, moved 2027-02-04 to 2027-02-03 by 2027, met-late 2027-02-04 10:00",
				"deployment §5.5 provider: opened 2027-02-04 10:00, due 2027-02-16, moved 2027-02-12 to 2027-02-16 by 2027, met 2027-02-04 10:45",
				"renewal-talks/1 §5.6 both: opened 2028-01-07 00:00, due 2028-02-03, void",
				"destruction §7.2 provider: opened 2028-01-20 00:00, due 2028-02-02, moved 2028-02-01 to 2028-02-02 by 2028, pending",
			},
		},
	}})
}
