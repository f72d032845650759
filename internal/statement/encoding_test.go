package statement_test

import (
	"bytes"
	"slices"
	"strings"
	"testing"
)

func TestRead_TakesUTF8AndGB18030(t *testing.T) {
	t.Parallel()
	plain := text("户名：履约云", head, "2025-10-09,￥12,R1,甲方科技有限公司,62,模", "2025-10-09,13,R2,㐀𠮷有限公司,63,€")
	for name, content := range map[string][]byte{
		"UTF-8":                     plain,
		"UTF-8 with a mark":         append([]byte("\uFEFF"), plain...),
		"GB18030":                   gb18030(t, plain),
		"GB18030 with a mark":       gb18030(t, append([]byte("\uFEFF"), plain...)),
		"GB18030 with \\r\\n":       gb18030(t, bytes.ReplaceAll(plain, []byte("\n"), []byte("\r\n"))),
		"UTF-8 header, GB lines":    mixed(t, plain, func(n int) bool { return n >= 2 }),
		"GB header, UTF-8 lines":    mixed(t, plain, func(n int) bool { return n < 2 }),
		"every other line in GB":    mixed(t, plain, func(n int) bool { return n%2 == 0 }),
		"the other lines in GB":     mixed(t, plain, func(n int) bool { return n%2 == 1 }),
		"mark before a mixed file":  append([]byte("\uFEFF"), mixed(t, plain, func(n int) bool { return n > 1 })...),
		"GB after one ASCII title":  append([]byte("ACCOUNT 62\n"), gb18030(t, plain)...),
		"a quoted GB field in UTF8": append(bytes.Clone(plain), append([]byte("2025-10-09,14,R3,"), gb18030(t, []byte("\"甲\n方\",62,\n"))...)...),
	} {
		lines := read(t, content)
		if len(lines) < 2 || lines[0].Amount.String() != "12.00" || lines[0].Payer != "甲方科技有限公司" || lines[0].Memo != "模" ||
			lines[1].Payer != "㐀𠮷有限公司" || lines[1].Memo != "€" {
			t.Errorf("%s: %+v", name, lines)
		}
		if len(lines) == 3 && lines[2].Payer != "甲 方" {
			t.Errorf("%s: %+v", name, lines[2])
		}
	}
}

// mixed encodes some lines, counted from 0, in GB18030.
func mixed(t *testing.T, text []byte, inGB func(int) bool) []byte {
	t.Helper()
	lines := bytes.SplitAfter(text, []byte("\n"))
	for i, line := range lines {
		if inGB(i) {
			lines[i] = gb18030(t, line)
		}
	}
	return slices.Concat(lines...)
}

func TestRead_TakesAGBLineThatIsUTF8ByChance(t *testing.T) {
	t.Parallel()
	content := gb18030(t, text(head, "2025-10-09,12,R1,,,甲方", "2025-10-09,12,R2,,,模"))
	if !bytes.Contains(content, []byte("R2,,,\xC4\xA3\n")) {
		t.Fatal("模 is not ģ")
	}
	if lines := read(t, content); lines[1].Memo != "模" {
		t.Errorf("模 is read as %s", lines[1].Memo)
	}
}

func TestRead_RefusesBytesOfNoEncodingWhereTheyAreRead(t *testing.T) {
	t.Parallel()
	broken := func(line string) []byte { return append(gb18030(t, text(head)), line...) }
	wantPlaces(t, broken("2025-10-09,12,R1,\xD2,,"), "payer@2")
	wantPlaces(t, broken("2025-10-09,12,\xFF\xFE,,,"), "reference@2")
	wantPlaces(t, broken("2025-10-09,12\xFF,R1,,,\xFF"), "amount@2 memo@2")
	wantPlaces(t, text(head, "2025-10-09,12,R1,\uFFFD,,"), "payer@2")
	wantPlaces(t, text(head, "2025-10-09,12,R1,甲方科技\xE5\x85,62,货款"), "payer@2")
	wantPlaces(t, text(head, "2025-10-09,12,R1,甲方科技,62,货款\xE5"), "memo@2")
	lines := read(t, append([]byte("\xFF\xFF title\n"), text(head+",余额", "2025-10-09,12,R1,甲方,,,\xFF")...))
	if len(lines) != 1 || lines[0].Payer != "甲方" {
		t.Errorf("damage where nothing is read: %+v", lines)
	}
}

func TestRead_RefusesWhatIsNoText(t *testing.T) {
	t.Parallel()
	utf16 := strings.Join(strings.Split("date,amount,reference\n2025-10-09,1,R\n", ""), "\x00")
	for _, content := range []string{"\xFF\xFE" + utf16, "\x00", "%PDF-1.7\n\x00\x01", "<html><table><tr><td>交易日期</td></tr></table></html>"} {
		refused(t, []byte(content))
	}
	long := strings.Repeat("x", 65_000)
	if got := one(t, text(long, head, "2025-10-09,12,R1,,,")); got.Number != 3 {
		t.Errorf("a long title: %+v", got)
	}
	refused(t, text(long+strings.Repeat("x", 1_000), head, "2025-10-09,12,R1,,,"))
}

func TestRead_RefusesAFileOver64MB(t *testing.T) {
	t.Parallel()
	line := strings.Repeat(" ", 60_000) + "\n"
	content := append(text(head, "2025-10-09,12,R1,,,"), strings.Repeat(line, 64<<20/len(line))...)
	content = append(content, strings.Repeat(" ", 64<<20-len(content))...)
	if got := one(t, content); got.Reference != "R1" {
		t.Errorf("%+v", got)
	}
	refused(t, append(content, ' '))
}
