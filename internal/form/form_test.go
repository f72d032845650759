package form_test

import (
	"fmt"
	"slices"
	"testing"

	"lvyue/internal/form"
	"lvyue/internal/refusal"
)

const filled = `number: 7
people:
  - name: a
  - name: [b]
  - named: c
`

func wrongIn(t *testing.T, err error) []string {
	t.Helper()
	no, ok := refusal.As(err)
	if !ok || no.Code != "bad_form" || !no.Input {
		t.Fatalf("got %v", err)
	}
	var all []string
	for _, f := range no.Fields {
		all = append(all, fmt.Sprintf("%d %s: %s", f.Line, f.Path, f.EN))
	}
	return all
}

func readPeople(f form.Field) []refusal.Field {
	group := f.Group([]string{"number", "people"})
	group["number"].Count()
	for _, item := range group["people"].Items() {
		item.Group([]string{"name"})["name"].Text()
	}
	return nil
}

func TestRead_NamesEverythingThatIsWrong_InTheOrderOfTheLines(t *testing.T) {
	t.Parallel()
	got := wrongIn(t, form.Read([]byte(filled), readPeople))
	want := []string{"4 people[1].name: must be text", "5 people[2].named: is not a field of the form", "5 people[2].name: is missing"}
	if !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
}

// What is found without lines is said with the line of its field, or of the nearest that it is part of; of a field that
// cannot be read nothing more is said.
func TestRead_PlacesWhatIsFoundAfterwards(t *testing.T) {
	t.Parallel()
	got := wrongIn(t, form.Read([]byte(filled), func(f form.Field) []refusal.Field {
		readPeople(f)
		return []refusal.Field{
			refusal.Wrong("people[0].name", "", "is taken"), refusal.Wrong("people[1].name", "", "is taken"), refusal.Wrong("people[1]", "", "is odd"),
			refusal.Wrong("people[2].name.first", "", "is odd"), refusal.Wrong("people[0].phone.home", "", "is odd"), refusal.Wrong("people[0]x", "", "is nowhere"),
			refusal.Wrong("number", "", "is taken"),
		}
	}))
	want := []string{
		"1 number: is taken", "3 people[0].name: is taken", "3 people[0].phone.home: is odd", "3 people[0]x: is nowhere",
		"4 people[1].name: must be text", "5 people[2].named: is not a field of the form", "5 people[2].name: is missing",
	}
	if !slices.Equal(got, want) {
		t.Errorf("got %q\nwant %q", got, want)
	}
}

func TestRead_SaysOnceThatAFormCannotBeReadAtAll(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		"": "0 form: is empty", "- a": "1 form: must be a group of name: value",
	} {
		got := wrongIn(t, form.Read([]byte(text), func(f form.Field) []refusal.Field {
			readPeople(f)
			return []refusal.Field{refusal.Wrong("people", "", "needs at least one")}
		}))
		if len(got) != 1 || got[0] != want {
			t.Errorf("%q: %q, want %s alone", text, got, want)
		}
	}
}
