package words_test

import (
	"testing"

	"lvyue/internal/message"
	"lvyue/internal/words"
)

// §4.2: whoever is paged reads why in both languages, never a code.
func TestPageKind_EveryKindHasWords(t *testing.T) {
	t.Parallel()
	for _, kind := range []message.PageKind{
		message.FirstPage, message.RepeatedPage, message.EscalationPage, message.WarningPage, message.BreachPage, message.ProgressPage,
		message.ApprovalPage, message.ResolvedPage, message.ReopenedPage, message.ForwardedPage, message.GapPage, message.WatchdogPage,
		message.CorrectionPage, message.TroublePage,
	} {
		if text := words.PageKind(kind); text.ZH == string(kind) || text.EN == string(kind) || text.ZH == "" {
			t.Errorf("%s is called %+v", kind, text)
		}
	}
}
