package test

import "testing"

func TestTheExampleOfTheSpecification(t *testing.T) {
	t.Parallel()
	r := play(t, `
contract: acme.yaml
events:
  - {at: 2025-09-26T10:00, do: sign, by: customer}
  - {at: 2025-09-26T16:00, do: sign, by: provider}
  - {at: 2025-10-09T09:00, do: designate, deploy_on: 2025-10-20}
  - {at: 2025-10-09T15:00, do: pay, amount: "120000.00", reference: ICBC-001}
  - {at: 2026-09-22T11:00, do: offer, fee: "120000.00"}
  - {at: 2026-09-28T11:00, do: answer, accept: true}
  - {at: 2026-10-10T10:00, do: pay, amount: "120000.00", reference: ICBC-002}
  - {at: 2027-03-01T10:00, do: terminate, ground: agreement, on: 2027-03-01, by: chen}
  - {at: 2027-03-02T10:00, do: confirm, what: destruction, by: chen}
  - {at: 2027-03-02T11:00, do: confirm, what: destruction, by: wang}
cloud: {deploy_takes: 45m}
until: 2027-04-01T00:00
`)
	expect(t, r, want{
		State: "destroyed, ended 2027-03-01",
		Duties: []string{
			"first-payment §5.4 customer: opened 2025-09-26 16:00, due 2025-10-10, met 2025-10-09 15:00",
			"deployment §5.5 provider: opened 2025-10-09 15:00, due 2025-10-20, met 2025-10-09 15:45",
			"renewal-talks/1 §5.6 both: opened 2026-09-21 00:00, due 2026-10-19, met 2026-09-28 11:00",
			"renewal-fee/2 §5.6 customer: opened 2026-09-28 11:00, due 2026-10-19, met 2026-10-10 10:00",
			"destruction §7.2 provider: opened 2027-03-02 00:00, due 2027-03-08 provisional, met 2027-03-02 11:00",
		},
		Years: []string{
			"1: 2025-10-20..2026-10-19 120000.00",
			"2: 2026-10-20..2027-10-19 120000.00",
		},
		Refused: []string{},
	})
}
