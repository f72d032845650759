package test

import (
	"errors"
	"regexp"
	"slices"
	"strings"
	"testing"

	"lvyue/internal/refusal"
	"lvyue/internal/rehearsal"
)

// Every mistake of a scenario is reported at once with its line, and nothing is started.
func TestScenario_EveryMistakeIsReportedWithItsLine(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name, scenario string
		mistakes       []string // the field and its line
	}{
		{"an event that does not exist", `contract: acme.yaml
events:
  - {at: 2025-09-26T10:00, do: sign, by: customer}
  - {at: 2025-09-26T11:00, do: dance}
`, []string{"events[1].do 4"}},
		{"a time out of order, and a tie, which is none", `contract: acme.yaml
events:
  - {at: 2025-09-26T10:00, do: sign, by: customer}
  - {at: 2025-09-26T10:00, do: sign, by: provider}
  - {at: 2025-09-26T09:59:59, do: designate, deploy_on: 2025-10-20}
`, []string{"events[2].at 5"}},
		{"days and moments that do not exist", `contract: acme.yaml
events:
  - {at: 2025-02-29T10:00, do: sign, by: customer}
  - {at: noon, do: sign, by: customer}
  - {do: sign, by: customer}
  - {at: 2025-09-28T10:00, do: designate, deploy_on: 2025-09-31}
  - {at: 2025-09-28T10:00, do: pay, amount: "1.00", reference: A, on: 2026-02-29}
until: tomorrow
`, []string{"events[0].at 3", "events[1].at 4", "events[2].at 5", "events[3].deploy_on 6", "events[4].on 7", "until 8"}},
		{"amounts that are none", `contract: acme.yaml
events:
  - {at: 2025-09-28T10:00, do: pay, amount: "-1.00", reference: A}
  - {at: 2025-09-28T10:00, do: pay, amount: "0.00", reference: B}
  - {at: 2025-09-28T10:00, do: pay, amount: "1.005", reference: C}
  - {at: 2025-09-28T10:00, do: pay, amount: "1,000.00", reference: D}
  - {at: 2025-09-28T10:00, do: pay, amount: "1e3", reference: E}
  - {at: 2025-09-28T10:00, do: pay, reference: F}
  - {at: 2025-09-28T10:00, do: offer, fee: "0.001"}
`, []string{
			"events[0].amount 3", "events[1].amount 4", "events[2].amount 5", "events[3].amount 6", "events[4].amount 7",
			"events[5].amount 8", "events[6].fee 9",
		}},
		{"fields that are missing, unknown or of another kind", `contract: acme.yaml
events:
  - {at: 2025-09-28T10:00, do: pay, amount: "1.00"}
  - {at: 2025-09-28T10:00, do: pay, amount: "1.00", reference: G, colour: red}
  - {at: 2025-09-28T10:00, do: sign, by: chen}
  - {at: 2025-09-28T10:00, do: sign, by: customer, authority: cousin}
  - {at: 2025-09-28T10:00, do: designate}
  - {at: 2025-09-28T10:00}
  - {at: 2025-09-28T10:00, do: terminate, ground: boredom, on: 2025-09-28, by: chen}
  - {at: 2025-09-28T10:00, do: answer}
  - {at: 2025-09-28T10:00, do: answer, accept: perhaps}
  - {at: 2025-09-28T10:00, do: publish-calendar, notice: nowhere.json}
  - {at: 2025-09-28T10:00, do: amend, form: nowhere.yaml, by: customer}
cloud: {deploy_takes: soon}
more: 1
`, []string{
			"events[0].reference 3", "events[1].colour 4", "events[2].by 5", "events[3].authority 6", "events[4].deploy_on 7",
			"events[5].do 8", "events[6].ground 9", "events[7].accept 10", "events[8].accept 11", "events[9].notice 12",
			"events[10].form 13", "cloud.deploy_takes 14", "more 15",
		}},
		{"no contract and no events", "cloud: {deploy_takes: 45m}\n", []string{"contract 1", "events 1"}},
		{"a form and a notice that are not there", `contract: nowhere.yaml
notices: [nowhere.json]
events:
  - {at: 2025-09-26T10:00, do: sign, by: customer}
`, []string{"contract 1", "notices[0] 2"}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			_, err := rehearsal.Load(written(t, tt.scenario, nil))
			if _, ok := errors.AsType[*refusal.Refusal](err); !ok {
				t.Fatalf("the answer is %v, want a refusal", err)
			}
			compare(t, "mistakes", mistakes(err), sorted(tt.mistakes))
		})
	}
}

// mistakes are the fields that an error names, each with its line.
func mistakes(err error) []string {
	named := regexp.MustCompile(`([a-z_]+(?:\[\d+\])?(?:\.[a-z_]+)?): line (\d+): `)
	var out []string
	for _, m := range named.FindAllStringSubmatch(err.Error(), -1) {
		out = append(out, strings.Join(m[1:], " "))
	}
	return sorted(out)
}

func sorted(list []string) []string {
	return slices.Sorted(slices.Values(list))
}
