package workflows_test

import (
	"fmt"
	"testing"

	"lvyue/internal/certificate"
	"lvyue/internal/message"
)

// The certificate follows from the evidence: all that was there, two persons' word, and that nothing was left twice.
func TestContract_ADestructionIsCertified(t *testing.T) { // §7.2
	t.Parallel()
	s := begin(t, "2025-09-26 09:00", soon)
	s.comesIntoService()
	s.at("2026-03-02 10:00", terminates("2026-03-02", message.Agreement))
	s.at("2026-03-03 10:00", confirms("chen"))
	s.at("2026-03-03 11:00", confirms("wang"))
	s.until("2026-03-04 00:00")
	s.expect(want{State: "destroyed, ended 2026-03-02"})
	links, err := s.store.Evidence(t.Context(), s.form.Number)
	must(t, err)
	f, err := certificate.Of(s.form.Number, links)
	must(t, err)
	must(t, f.Verify(f.Certificate.Head))
	kinds := map[string]int{}
	for _, item := range f.Certificate.Destroyed {
		kinds[string(item.Kind)+" by "+item.FoundBy]++
	}
	want := "map[disk by tag:2 ecs by tag:1 eip by tag:1 rds by tag:1 security-group by tag:1 vpc by tag:1 vswitch by tag:1]"
	if got := fmt.Sprint(kinds); got != want {
		t.Errorf("destroyed were %s, want %s", got, want)
	}
	c := f.Certificate
	if len(c.InstructedBy) != 2 || len(c.ReadBack) != 2 || moment(c.At) != "2026-03-03 11:05" || moment(c.Unrestorable) != "2026-03-03 11:05" || c.DueOn.String() != "2026-03-09" {
		t.Errorf("the certificate says %+v", c)
	}
}
