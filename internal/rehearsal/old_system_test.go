package rehearsal_test

import (
	"slices"
	"strings"
	"testing"

	"lvyue/internal/refusal"
	"lvyue/internal/rehearsal"
)

// §3.7: a scenario may say where the customer's own system stands, and of how many bits it is.
func TestParse_ReadsTheCustomersOwnSystem(t *testing.T) {
	t.Parallel()
	signs := play("{at: 2025-09-26T10:00, do: sign, by: customer}")
	own := strings.Replace(signs, "form.yaml", "../../../examples/first-contract/first-contract.yaml", 1)
	for text, want := range map[string]rehearsal.OldSystem{
		own:                                     {Host: "old-system.example.com", Bits: 64},
		own + "cloud: {deploy_takes: 45m}":      {Host: "old-system.example.com", Bits: 64},
		own + "cloud: {old_system: {bits: 32}}": {Host: "old-system.example.com", Bits: 32},
		signs + "cloud: {old_system: {host: 'oa.example.com:8080', bits: 64}}": {Host: "oa.example.com:8080", Bits: 64},
	} {
		if s := parse(t, text+"\n"); s.OldSystem == nil || *s.OldSystem != want {
			t.Errorf("%q: %+v, want %+v", text, s.OldSystem, want)
		}
	}
	if s := parse(t, signs); s.OldSystem != nil {
		t.Errorf("%+v, though the form speaks of none", s.OldSystem)
	}
	_, err := rehearsal.Parse([]byte(signs+"cloud: {old_system: {host: 127.0.0.1, bits: 16, more: 1}}\n"), "testdata")
	no, _ := refusal.As(err)
	for _, place := range []string{"4 cloud.old_system.host", "4 cloud.old_system.bits", "4 cloud.old_system.more"} {
		if no == nil || !slices.Contains(places(no), place) {
			t.Errorf("%s is not reported: %v", place, err)
		}
	}
}
