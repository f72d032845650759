package oncall_test

import (
	"encoding/json"
	"reflect"
	"slices"
	"strings"
	"testing"

	"lvyue/internal/oncall"
	"lvyue/internal/refusal"
)

// changed is the example with each old text replaced by the new one behind it.
func changed(tb testing.TB, pairs ...string) []byte {
	tb.Helper()
	text := string(oncall.ExampleForm())
	for i := 0; i < len(pairs); i += 2 {
		if !strings.Contains(text, pairs[i]) {
			tb.Fatalf("the example has no %q", pairs[i])
		}
		text = strings.Replace(text, pairs[i], pairs[i+1], 1)
	}
	return []byte(text)
}

func TestParseRota_NamesTheWrongField(t *testing.T) {
	t.Parallel()
	const word = "must be at most 32 small letters, digits or hyphens, a letter first"
	for name, tt := range map[string]struct {
		pairs []string
		want  []string
	}{
		"id in capitals":     {[]string{"id: zhao", "id: Zhao"}, []string{"people[5].id: " + word}},
		"id twice":           {[]string{"id: zhao", "id: li"}, []string{"people[5].id: li is listed twice"}},
		"id nobody":          {[]string{"id: zhao", "id: nobody"}, []string{"people[5].id: nobody means something else; choose another word"}},
		"name missing":       {[]string{"    name: 赵敏\n", ""}, []string{"people[5].name: is missing"}},
		"role mistyped":      {[]string{"[oncall, lead]", "[oncall, leed]"}, []string{"people[2].roles[1]: must be one of oncall, lead, manager, sales, finance", "ladder.rungs[3].targets[0]: nobody has the role lead", "ladder.rungs[6].targets[0]: nobody has the role lead", "ladder.again.targets[1]: nobody has the role lead"}},
		"no way to reach":    {[]string{"    email: mueller@example.com\n    slack: U0MUELLER4\n", ""}, []string{"people[3]: needs one of slack, email, mobile, or no page gets there"}},
		"slack of two":       {[]string{"U0ZHAO0006", "U0LINA0002"}, []string{"people[5].slack: U0LINA0002 is somebody else's"}},
		"slack is a name":    {[]string{"U0ZHAO0006", "zhao"}, []string{"people[5].slack: must be a Slack member id such as U0123ABCD"}},
		"bad e-mail":         {[]string{"zhao@example.com", "zhao"}, []string{"people[5].email: must be an e-mail address"}},
		"bad mobile":         {[]string{`"13900000015"`, "none"}, []string{"people[5].mobile: must be a mobile number such as 13900000001 or +49-1700000000"}},
		"zone of nowhere":    {[]string{"zone: Europe/Berlin   ", "zone: Europe/Bärlin   "}, []string{"people[3].zone: must be a zone of the IANA database such as Asia/Shanghai"}},
		"zone unknown":       {[]string{"zone: Europe/Berlin   ", "zone: Europe/Bonn   "}, []string{"people[3].zone: is not a zone of the IANA database such as Asia/Shanghai"}},
		"zone of a machine":  {[]string{"zone: Asia/Shanghai\n", "zone: Local\n"}, []string{"rotations[0].zone: is not a zone of the IANA database such as Asia/Shanghai"}},
		"away backwards":     {[]string{"last: 2026-10-07", "last: 2026-09-30"}, []string{"people[1].away[0].last: is before the first day"}},
		"away on no day":     {[]string{"last: 2026-10-07", "last: 2026-10-32"}, []string{"people[1].away[0].last: there is no such day"}},
		"inactive no switch": {[]string{"inactive: false", "inactive: perhaps"}, []string{"people[5].inactive: must be true or false"}},
		"unknown field":      {[]string{"inactive: false", "active: true"}, []string{"people[5].active: is not a field of the form"}},
		"nobody at all":      {[]string{string(oncall.ExampleForm()), "people: []\nrotations: []\n"}, []string{"people: needs at least one person", "rotations: needs at least one rotation"}},
		"weekday differs":    {[]string{"since: 2026-01-05", "since: 2026-01-06"}, []string{"rotations[0].since: must be such a weekday; 2026-01-06 is a tuesday"}},
		"weekday mistyped":   {[]string{"weekday: monday", "weekday: Mon"}, []string{"rotations[0].weekday: must be one of sunday, monday, tuesday, wednesday, thursday, friday, saturday"}},
		"handover at 24:00":  {[]string{`at: "09:00"`, `at: "24:00"`}, []string{"rotations[0].at: must be a time from 00:00 to 23:59 such as 09:00"}},
		"rotation twice":     {[]string{"name: secondary\n", "name: primary\n", "targets: [secondary]", "targets: [primary]"}, []string{"rotations[1].name: primary is listed twice"}},
		"rotation is a role": {[]string{"name: secondary\n", "name: lead\n", "targets: [secondary]", "targets: [primary]"}, []string{"rotations[1].name: lead means something else; choose another word"}},
		"rotates a stranger": {[]string{"[zhang, li, wang]", "[zhang, gao]"}, []string{"rotations[0].people[1]: gao is not one of the people"}},
		"rotates a manager":  {[]string{"[zhang, li, wang]", "[zhang, zhao]"}, []string{"rotations[0].people[1]: zhao does not have the role oncall"}},
		"first rung later":   {[]string{"after_minutes: 0,", "after_minutes: 1,"}, []string{"ladder.rungs[0].after_minutes: must be 0 for the first rung: the response is immediate (§4.2)"}},
		"rungs not rising":   {[]string{"after_minutes: 15", "after_minutes: 5"}, []string{"ladder.rungs[2].after_minutes: must be more than the 5 of the rung before"}},
		"minutes with unit":  {[]string{"after_minutes: 15", "after_minutes: 15m"}, []string{"ladder.rungs[2].after_minutes: must be a number of minutes"}},
		"rung twice":         {[]string{"name: again", "name: first"}, []string{"ladder.rungs[1].name: first is listed twice"}},
		"second first":       {[]string{"kind: repeat", "kind: first"}, []string{"ladder.rungs[1].kind: the first rung is first, and no other is"}},
		"§3.11 breach early": {[]string{"after_minutes: 60", "after_minutes: 59"}, []string{"ladder.rungs[6].kind: the hour of §3.11 is not over by then"}},
		"§3.11 warning late": {[]string{"after_minutes: 60, name: breach, kind: breach", "after_minutes: 60, name: breach, kind: warning"}, []string{"ladder.rungs[6].kind: the hour of §3.11 is over by then"}},
		"target unknown":     {[]string{"targets: [secondary]", "targets: [second]"}, []string{"ladder.rungs[2].targets[0]: second is no rotation, role or everyone (primary, secondary, oncall, lead, manager, sales, finance, everyone)"}},
		"no targets":         {[]string{"targets: [secondary]", "targets: []"}, []string{"ladder.rungs[2].targets: needs at least one target"}},
		"no rungs":           {[]string{"  again: ", "  repeat: "}, []string{"ladder.again: is missing", "ladder.repeat: is not a field of the form"}},
		"again never":        {[]string{"every_minutes: 30", "every_minutes: 0"}, []string{"ladder.again.every_minutes: must be 1 to 1440"}},
		"again first":        {[]string{"name: no-plan, kind: breach", "name: no-plan, kind: first"}, []string{"ladder.again.kind: cannot be first"}},
		"again warns":        {[]string{"name: no-plan, kind: breach", "name: no-plan, kind: warning"}, []string{"ladder.again.kind: cannot be warning"}},
		"again is a rung":    {[]string{"name: no-plan", "name: breach"}, []string{"ladder.again.name: breach is listed twice"}},
		"a day to the next":  {[]string{"after_minutes: 60", "after_minutes: 1496"}, []string{"ladder.rungs[6].after_minutes: must be within a day of the rung before"}},
		"nobody is reached": {
			[]string{"targets: [everyone]", "targets: [secondary]", "[zhang, li, wang]", "[]", "[mueller, sun]", "[]", "targets: [lead]", "targets: [primary]", "targets: [manager]", "targets: [primary]", "targets: [lead, manager]", "targets: [secondary]"},
			[]string{"ladder.rungs: no rung reaches anybody"},
		},
		"no rota at all": {[]string{string(oncall.ExampleForm()), "- a\n- b\n"}, []string{"form: must be a group of name: value"}},
		"everything at once": {
			[]string{"id: zhang", "id: ZHANG", "zone: Europe/Berlin   ", "zone: Europe/Bonn   ", "every_minutes: 30", "every_minutes: 0"},
			[]string{"people[0].id: " + word, "people[3].zone: is not a zone of the IANA database such as Asia/Shanghai", "rotations[0].people[0]: zhang is not one of the people", "ladder.again.every_minutes: must be 1 to 1440"},
		},
	} {
		_, err := oncall.ParseRota(changed(t, tt.pairs...))
		if got := wrongIn(t, err, "bad_form"); !slices.Equal(got, tt.want) {
			t.Errorf("%s: %q, want %q", name, got, tt.want)
		}
	}
}

func TestParseRota_NamesTheLineOfEachWrongField(t *testing.T) {
	t.Parallel()
	form := changed(t, "[zhang, li, wang]", "[zhang, gao]")
	_, err := oncall.ParseRota(form)
	no, _ := refusal.As(err)
	line := 1 + strings.Count(strings.SplitN(string(form), "[zhang, gao]", 2)[0], "\n")
	if len(no.Fields) != 1 || no.Fields[0].Line != line {
		t.Errorf("got %+v, want line %d", no.Fields, line)
	}
}

// The database keeps the rota as JSON: it comes back as it was.
func TestRota_SurvivesTheDatabase(t *testing.T) {
	t.Parallel()
	want := exampleRota(t)
	data, err := json.Marshal(want)
	if err != nil {
		t.Fatal(err)
	}
	var got oncall.Rota
	if err := json.Unmarshal(data, &got); err != nil || !reflect.DeepEqual(got, want) {
		t.Errorf("%v\n got %+v\nwant %+v", err, got, want)
	}
	var at oncall.TimeOfDay
	for _, bad := range []string{"9:00", "24:00", "09:60", "", "09:00:00"} {
		if at.UnmarshalText([]byte(bad)) == nil {
			t.Errorf("%q is read as %s", bad, at)
		}
	}
}

func FuzzParseRota(f *testing.F) {
	f.Add(oncall.ExampleForm())
	f.Add([]byte("people: [{id: a, name: b, roles: [oncall]}]\nrotations: [{}]\nladder: {rungs: [], again: {}}"))
	f.Fuzz(func(t *testing.T, data []byte) {
		rota, err := oncall.ParseRota(data)
		if no, ok := refusal.As(err); err != nil && (!ok || len(no.Fields) == 0) {
			t.Errorf("refused without a field: %v", err)
		}
		if err == nil && len(rota.Check()) > 0 {
			t.Errorf("%+v is read", rota)
		}
	})
}
