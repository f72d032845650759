package rehearsal_test

import (
	"encoding/json"
	"fmt"
	"testing"

	"lvyue/internal/refusal"
	"lvyue/internal/rehearsal"
)

// play is a scenario of one event.
func play(event string) string { return "contract: form.yaml\nevents:\n  - " + event + "\n" }

func parse(t *testing.T, text string) rehearsal.Scenario {
	t.Helper()
	s, err := rehearsal.Parse([]byte(text), "testdata")
	if err != nil {
		t.Fatalf("refused: %v\n%s", err, text)
	}
	return s
}

func marshal(t *testing.T, v any) []byte {
	t.Helper()
	data, err := json.Marshal(v)
	if err != nil {
		t.Fatal(err)
	}
	return data
}

func equalJSON(t *testing.T, a, b any) bool {
	t.Helper()
	return fmt.Sprintf("%T", a) == fmt.Sprintf("%T", b) && string(marshal(t, a)) == string(marshal(t, b))
}

// places are the line and path of every mistake.
func places(no *refusal.Refusal) []string {
	out := make([]string, 0, len(no.Fields))
	for _, f := range no.Fields {
		out = append(out, fmt.Sprintf("%d %s", f.Line, f.Path))
	}
	return out
}
