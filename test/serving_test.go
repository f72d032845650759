package test

import (
	"strings"
	"testing"

	"lvyue/internal/rehearsal"
)

// serving is a contract signed and paid in full on its first day and usable at 10:45 of it, so that this day begins
// the first service year (§5.5). Its two first duties are long met when the events begin.
func serving(first, until string, events ...string) string {
	all := append([]string{
		first + "T09:00, do: sign, by: customer",
		first + "T09:30, do: sign, by: provider",
		first + `T10:00, do: pay, amount: "120000.00", reference: FIRST`,
	}, events...)
	return "contract: acme.yaml\nevents:\n  - {at: " + strings.Join(all, "}\n  - {at: ") + "}\n" +
		"cloud: {deploy_takes: 45m}\nuntil: " + until + "\n"
}

// served leaves out what every life has: the first payment and the deployment, both met.
func served(t *testing.T, r rehearsal.Report) rehearsal.Report {
	t.Helper()
	if len(r.Obligations) < 2 || r.Obligations[0].Status != "met" || r.Obligations[1].Status != "met" {
		t.Fatalf("the service did not begin: %+v", r.Obligations)
	}
	r.Obligations = r.Obligations[2:]
	return r
}
