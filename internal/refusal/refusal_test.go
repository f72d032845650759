package refusal_test

import (
	"encoding/json"
	"fmt"
	"testing"

	"lvyue/internal/refusal"
)

func TestARefusalNamesEveryWrongFieldInTheReadersLanguage(t *testing.T) {
	t.Parallel()
	no := refusal.BadInput("bad_form", "表单有误：", "the form is wrong:",
		refusal.Wrong("fee.annual", "须大于零", "must be more than zero"), refusal.Wrong("number", "缺少", "is missing"))
	for lang, want := range map[string]string{
		"zh": "表单有误：\n  fee.annual: 须大于零\n  number: 缺少",
		"en": "the form is wrong:\n  fee.annual: must be more than zero\n  number: is missing",
		"":   "the form is wrong:\n  fee.annual: must be more than zero\n  number: is missing",
	} {
		if got := no.Sentence(lang); got != want {
			t.Errorf("%q: %q, want %q", lang, got, want)
		}
	}
}

func TestARefusalIsFoundInAChainAndSurvivesTheWire(t *testing.T) {
	t.Parallel()
	no := refusal.Rule("fee_rise_without_growth", "5.8", "不得涨价", "may not rise")
	found, ok := refusal.As(fmt.Errorf("offer: %w", no))
	if !ok || found != no {
		t.Fatalf("found %v", found)
	}
	data, err := json.Marshal(found)
	if err != nil {
		t.Fatal(err)
	}
	var read refusal.Refusal
	if err := json.Unmarshal(data, &read); err != nil || read.Code != no.Code || read.Text != no.Text || read.Clause != "5.8" || read.Input {
		t.Errorf("read back %+v (%v) from %s", read, err, data)
	}
}
