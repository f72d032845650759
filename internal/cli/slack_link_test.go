package cli_test

import (
	"encoding/json"
	"strings"
	"testing"
)

// §4.1: who is whom in Slack is entered, listed and revoked from the command line too, by whoever may.
func TestSlackLink_IsEnteredListedAndRevoked(t *testing.T) {
	t.Parallel()
	// mueller is on the rota by mail alone
	ask := rotating(t, "    slack: U0MUELLER4\n", "")
	for _, tt := range []struct {
		command string
		status  int
		says    string
	}{
		{"slack link U0NEW --by wang", 2, "team"},
		{"slack link U0NEW --by wang --team T1", 2, "bad_person"},
		{"slack link U0NEW --person mueller --team T1", 2, "by"},
		{"slack link U0NEW --person gao --by wang --team T1", 2, "bad_person"},
		{"slack link U0NEW --person li --by wang --team T1", 2, "bad_person"},
		{"slack link U0NEW --person mueller --by zhang --team T1", 3, "needs_role"},
		{"slack unlink U0NEW --by wang --team T1", 3, "not_linked"},
		{"slack link U0NEW --person mueller --by wang --team T1", 0, `"approved"`},
		{"slack link U0NEW --person mueller --by wang", 3, "answered_already"},
		{"slack unlink U0ZHANG001 --by zhao --team T1", 0, `"person":"zhang"`},
	} {
		if out, _, status := ask(append(strings.Fields(tt.command), "--json")...); status != tt.status || !strings.Contains(out, tt.says) {
			t.Errorf("%s: status %d, %s", tt.command, status, out)
		}
	}
	stands := map[string]string{"U0NEW": "mueller approved wang", "U0ZHANG001": "zhang revoked zhao", "U0LINA0002": "li approved chen"}
	for member, want := range stands {
		if got := linksShown(t, ask)[member]; got != want {
			t.Errorf("%s: %q, want %q", member, got, want)
		}
	}
	for lang, want := range map[string]string{"zh": "✓ U0NEW 不再是 mueller", "en": "revoked"} {
		command := "slack unlink U0NEW --by wang --lang zh"
		if lang == "en" {
			command = "slack links --lang en"
		}
		if out, complaint, status := ask(strings.Fields(command)...); status != 0 || !strings.Contains(out, want) {
			t.Errorf("%s: status %d, %s%s", command, status, out, complaint)
		}
	}
}

// linksShown is who is whom: the person, how the link stands, and by whom.
func linksShown(t *testing.T, ask asker) map[string]string {
	t.Helper()
	out, complaint, _ := ask("slack", "links", "--json")
	var d struct {
		Links []struct {
			Member string `json:"member"`
			Person string `json:"person"`
			State  string `json:"state"`
			By     string `json:"by"`
		} `json:"links"`
	}
	if err := json.Unmarshal([]byte(out), &d); err != nil {
		t.Fatalf("%v in %s%s", err, out, complaint)
	}
	all := map[string]string{}
	for _, l := range d.Links {
		all[l.Member] = l.Person + " " + l.State + " " + l.By
	}
	return all
}
