package sheet_test

import (
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/xuri/excelize/v2"
	"pgregory.net/rapid"

	"lvyue/internal/sheet"
)

func TestText_ThatCouldRunGetsAnApostrophe(t *testing.T) {
	t.Parallel()
	for _, text := range []string{
		"=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\tx", "\nx", "=", "-", " =1", "   @x", "\u00a0=1", "\u3000=1",
		"\u200b=1", "\ufeff=1", " \u200e \t=1", "＝1+1", "＋1", "－1", "＠x", " ＝1", "﹦1", "−1", "\x00=1", "\x0b=1",
		"=HYPERLINK(\"http://x\",\"y\")", "=cmd|'/C calc'!A0",
	} {
		got := one(t, sheet.Text, text)
		if got.Type != "inlineStr" || !strings.HasPrefix(got.Text, "'") || !strings.Contains(text, got.Text[1:]) {
			t.Errorf("%q is %+v", text, got)
		}
	}
	if got := one(t, sheet.Text, "\r\n=1"); got.Text != "'\n=1" {
		t.Errorf("a line end and a formula are %+v", got)
	}
}

func TestText_ThatCannotRunStaysAsItIs(t *testing.T) {
	t.Parallel()
	for _, text := range []string{
		"甲=乙", "a+b", "1-2", "x@y.cn", "'=1", "00123", "1e5", "2026-03-02", "TRUE", "91310000MA1FL0XXXX", " x ", "  ",
		"第一行\n=第二行", "<f>1+1</f>", "&amp;", "]]>", "_x0041_", "_x005F_", "𠮷野家", "\"=1\"", "\u00a0", "#N/A",
	} {
		if got := readBack(t, text); got != text {
			t.Errorf("%q reads back as %q", text, got)
		}
	}
}

func TestText_InTitleAndHeaderCannotRunEither(t *testing.T) {
	t.Parallel()
	got := cells(t, workbook(t, sheet.Table{Title: "=1", Columns: []sheet.Column{{Title: "@x"}}}))
	if got["A1"].Text != "'=1" || got["A2"].Text != "'@x" {
		t.Errorf("title and header are %+v", got)
	}
}

func TestText_LosesWhatXMLCannotCarry(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		"a\x00b\x08\x0b\x0c\x1f\uFFFE\uFFFFc": "abc",
		"a\xffb":                              "a\uFFFDb",
		"a\r\nb\rc\nd":                        "a\nb\nc\nd",
		"a\tb\u007f\u0085":                    "a\tb\u007f\u0085",
	} {
		if got := readBack(t, text); got != want {
			t.Errorf("%q reads back as %q, want %q", text, got, want)
		}
	}
}

func TestText_IsCutWhereACellEnds(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct{ name, text, want string }{
		{"fits", strings.Repeat("x", 32_767), strings.Repeat("x", 32_767)},
		{"one too many", strings.Repeat("x", 32_768), strings.Repeat("x", 32_766) + "…"},
		{"Chinese fits", strings.Repeat("账", 32_767), strings.Repeat("账", 32_767)},
		{"Chinese, one too many", strings.Repeat("账", 32_768), strings.Repeat("账", 32_766) + "…"},
		{"pairs fit", strings.Repeat("𠮷", 16_383) + "x", strings.Repeat("𠮷", 16_383) + "x"},
		{"a pair is not split", strings.Repeat("𠮷", 16_384), strings.Repeat("𠮷", 16_383) + "…"},
		{"a pair is not split at odd places", "x" + strings.Repeat("𠮷", 16_384), "x" + strings.Repeat("𠮷", 16_382) + "…"},
		{"the apostrophe counts", "=" + strings.Repeat("x", 32_766), "'=" + strings.Repeat("x", 32_764) + "…"},
	} {
		if got := one(t, sheet.Text, tt.text); got.Text != tt.want {
			t.Errorf("%s: has %d runes, want %d", tt.name, utf8.RuneCountInString(got.Text), utf8.RuneCountInString(tt.want))
		}
	}
}

func TestText_EveryTextReadsBackAndNoneRuns(t *testing.T) {
	t.Parallel()
	nasty := rapid.StringOf(rapid.OneOf(rapid.Rune(), rapid.RuneFrom([]rune("=+-@＝＋－＠'\" \t\r\n\u3000\u200b\x00\x1f<>&_x0041_;,|"))))
	rapid.Check(t, func(t *rapid.T) {
		text := rapid.OneOf(rapid.String(), nasty).Draw(t, "text")
		got := readBack(t, text)
		want := strings.Map(func(r rune) rune {
			if r < ' ' && r != '\t' && r != '\n' || r == 0xFFFE || r == 0xFFFF {
				return -1
			}
			return r
		}, strings.ReplaceAll(strings.ReplaceAll(text, "\r\n", "\n"), "\r", "\n"))
		if strings.TrimPrefix(got, "'") != strings.TrimPrefix(want, "'") {
			t.Fatalf("%q reads back as %q", text, got)
		}
		if strings.ContainsAny(firstSign(got), "=+-@＝＋－＠\t\n") {
			t.Fatalf("%q runs", got)
		}
	})
}

// firstSign is the first character behind the spaces.
func firstSign(text string) string {
	text = strings.TrimLeft(text, " \u00a0\u3000\u200b")
	_, size := utf8.DecodeRuneInString(text)
	return text[:size]
}

// readBack is what a reader of workbooks finds in the cell of text.
func readBack(t fatal, text string) string {
	t.Helper()
	file := workbook(t, sheet.Table{Columns: []sheet.Column{{Title: "值"}}}, []any{text})
	_ = cells(t, file) // no formula
	book, err := excelize.OpenReader(strings.NewReader(string(file)))
	if err != nil {
		t.Fatalf("open: %v", err)
	}
	defer book.Close()
	got, err := book.GetCellValue("Sheet1", "A2")
	if err != nil {
		t.Fatalf("read: %v", err)
	}
	return got
}
