package statement_test

import (
	"strings"
	"testing"
)

func TestReference_IsThereShortAndVisible(t *testing.T) {
	t.Parallel()
	for _, good := range []string{"1", "HC-2026/0117", "流水 1", strings.Repeat("9", 64), strings.Repeat("流", 64), " 000123 "} {
		if got := one(t, text(head, "2025-10-09,12,"+good+",,,")); got.Reference != strings.TrimSpace(good) {
			t.Errorf("%q is read as %q", good, got.Reference)
		}
	}
	for _, bad := range []string{"", " ", strings.Repeat("9", 65), strings.Repeat("流", 65), "a\x01b", "a\tb", "a\nb", "a\x7fb", "a\u0085b", "a\u200Bb", "a\u202Eb"} {
		wantPlaces(t, text(head, "2025-10-09,12,\""+bad+"\",,,"), "reference@2")
	}
}

func TestText_IsTrimmedAndOneLine(t *testing.T) {
	t.Parallel()
	for in, want := range map[string]string{
		"\u0020 甲方\u0020": "甲方", "　甲方　": "甲方", "甲\n方": "甲 方", "甲\r\n方": "甲 方", "甲\t方": "甲 方", "甲\u2028方": "甲 方", "甲\u200B方": "甲方", "甲\u202E方": "甲方",
		"甲\u00A0方": "甲 方", "甲　方": "甲　方", "\t62220001\t": "62220001",
		strings.Repeat("方", 500): strings.Repeat("方", 500), strings.Repeat("方", 500) + "\n": strings.Repeat("方", 500),
	} {
		got := one(t, text(head, `2025-10-09,12,R1,"`+in+`","`+in+`","`+in+`"`))
		if got.Payer != want || got.PayerAccount != want || got.Memo != want {
			t.Errorf("%q is read as %q, %q, %q", in, got.Payer, got.PayerAccount, got.Memo)
		}
	}
	for _, in := range []string{strings.Repeat("方", 501), "甲\x01方", "甲\x1b[31m方", "甲\x7f方", "甲\u0090方"} {
		wantPlaces(t, text(head, `2025-10-09,12,R1,"`+in+`","`+in+`","`+in+`"`), "payer@2 payer_account@2 memo@2")
	}
}

func TestMemo_IsAtMost500CharactersTogether(t *testing.T) {
	t.Parallel()
	header := "日期,金额,流水号,摘要,附言"
	half := strings.Repeat("a", 248)
	if got := one(t, text(header, "2025-10-09,12,R1,"+half+"x,"+half)); len(got.Memo) != 500 {
		t.Errorf("the memo has %d characters", len(got.Memo))
	}
	wantPlaces(t, text(header, "2025-10-09,12,R1,"+half+"x,"+half+"y"), "memo@2")
}
