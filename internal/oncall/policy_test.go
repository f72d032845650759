package oncall_test

import (
	"slices"
	"strings"
	"testing"

	"lvyue/internal/oncall"
	"lvyue/internal/refusal"
)

// policed is the example with another policy.
func policed(t *testing.T, policy string) (oncall.Rota, []string) {
	t.Helper()
	text, _, _ := strings.Cut(string(oncall.ExampleForm()), "policy:\n")
	rota, err := oncall.ParseRota([]byte(text + policy))
	var wrong []string
	if no, is := refusal.As(err); is {
		for _, f := range no.Fields {
			wrong = append(wrong, f.Path+": "+f.EN)
		}
	}
	return rota, wrong
}

func TestParseRota_APolicyIsOptionalAndSoIsAllOfIt(t *testing.T) { // §3.12 §4.2
	t.Parallel()
	for policy, want := range map[string]oncall.Policy{
		"":                                       {},
		"policy: {response_minutes: 1}":          {ResponseMinutes: 1},
		"policy: {response_minutes: 30}":         {ResponseMinutes: 30},
		"policy: {confirm_hours: 720}":           {ConfirmHours: 720},
		"policy: {after_force_majeure: fresh}":   {AfterMajeure: oncall.Fresh},
		"policy: {nudge_minutes: 59}":            {NudgeMinutes: 59},
		"policy: {second_person_minutes: 59}":    {SecondPersonMinutes: 59},
		"policy: {progress_minutes: 1440}":       {ProgressMinutes: 1440},
		"policy: {after_force_majeure: rest}\n#": {AfterMajeure: oncall.Rest},
	} {
		if rota, wrong := policed(t, policy); len(wrong) > 0 || rota.Policy != want {
			t.Errorf("%q: %+v, %v; want %+v", policy, rota.Policy, wrong, want)
		}
	}
}

func TestParseRota_EveryWrongFieldOfThePolicyIsNamed(t *testing.T) { // §3.11 §3.12 §4.2
	t.Parallel()
	_, wrong := policed(t, `policy:
  response_minutes: 31
  nudge_minutes: 60
  progress_minutes: 1441
  second_person_minutes: 60
  confirm_hours: 721
  after_force_majeure: none
`)
	if want := []string{
		"policy.response_minutes: must be 1 to 30", "policy.nudge_minutes: must be 1 to 59", "policy.progress_minutes: must be 1 to 1440",
		"policy.second_person_minutes: must be 1 to 59", "policy.confirm_hours: must be 1 to 720",
		"policy.after_force_majeure: must be one of rest, fresh",
	}; !slices.Equal(wrong, want) {
		t.Errorf("wrong are\n\t%s", strings.Join(wrong, "\n\t"))
	}
	const whole = "must be a whole number from 1 to 999999999, without quotes"
	for policy, want := range map[string]string{
		"policy: {plan_minutes: 90}":       "policy.plan_minutes: is not a field of the form",
		"policy: {response_minutes: 0}":    "policy.response_minutes: " + whole,
		"policy: {confirm_hours: -1}":      "policy.confirm_hours: " + whole,
		"policy: {progress_minutes: 30m}":  "policy.progress_minutes: " + whole,
		`policy: {nudge_minutes: "15"}`:    "policy.nudge_minutes: " + whole,
		"policy: {response_minutes: 0.5}":  "policy.response_minutes: " + whole,
		"policy: {after_force_majeure: 1}": "policy.after_force_majeure: must be one of rest, fresh",
	} {
		if _, wrong := policed(t, policy); len(wrong) != 1 || wrong[0] != want {
			t.Errorf("%q: %q, want %q", policy, wrong, want)
		}
	}
}

// What is kept, or comes another way than by a form, is held to the same.
func TestCheck_HoldsThePolicyToItsBounds(t *testing.T) {
	t.Parallel()
	rota, _ := policed(t, "")
	rota.Policy = oncall.Policy{ResponseMinutes: -1, AfterMajeure: "never"}
	if wrong := rota.Check(); len(wrong) != 2 {
		t.Errorf("wrong are %+v", wrong)
	}
}
