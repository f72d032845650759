package statement_test

import (
	"bytes"
	"strings"
	"testing"
	"time"

	"github.com/xuri/excelize/v2"
)

var titles = []any{"交易日期", "交易金额", "流水号", "对方户名", "对方账号", "摘要"}

func TestRead_TakesAWorkbook(t *testing.T) {
	t.Parallel()
	lines := read(t, workbook(t,
		[]any{"某银行对账单"}, nil, titles,
		[]any{"2025-10-09", "120,000.00", "R1", "甲方", "62220001", "货款"}, nil,
		[]any{time.Date(2025, 10, 10, 14, 3, 22, 0, time.UTC), 35.5, 20251009001, nil, 6222020200112, "第一行\n第二行"},
		[]any{"合计", 120035.5}))
	if len(lines) != 2 || lines[0].Number != 4 || lines[0].Amount.String() != "120000.00" || lines[0].Payer != "甲方" {
		t.Fatalf("%+v", lines)
	}
	if l := lines[1]; l.Number != 6 || l.On.String() != "2025-10-10" || l.Amount.String() != "35.50" || l.Reference != "20251009001" ||
		l.PayerAccount != "6222020200112" || l.Memo != "第一行 第二行" {
		t.Errorf("%+v", l)
	}
}

func TestRead_TakesEveryWayToNameAPart(t *testing.T) {
	t.Parallel()
	good := workbook(t, titles, []any{"2025-10-09", 12, "R1"})
	for _, target := range []string{"worksheets/sheet1.xml", "/xl/worksheets/sheet1.xml", "./worksheets/sheet1.xml", `worksheets\sheet1.xml`} {
		one(t, altered(t, good, map[string]func([]byte) []byte{"xl/_rels/workbook.xml.rels": func(part []byte) []byte {
			return bytes.ReplaceAll(bytes.ReplaceAll(part, []byte("/xl/worksheets/sheet1.xml"), []byte("worksheets/sheet1.xml")), []byte("worksheets/sheet1.xml"), []byte(target))
		}}))
	}
}

func TestRead_TakesTheFirstSheetWithAHeader(t *testing.T) {
	t.Parallel()
	line := func(reference string) []any { return []any{"2025-10-09", 12, reference} }
	content := sheets(t, [][]any{{"说明"}, {"日期", "流水号"}}, [][]any{titles, line("second")}, [][]any{titles, line("third")})
	if got := one(t, content); got.Reference != "second" {
		t.Errorf("read the sheet of %s", got.Reference)
	}
	wantPlaces(t, sheets(t, [][]any{{"说明"}}, [][]any{{"x"}, {"日期", "流水号"}, line("R")}), "amount@2")
	wantPlaces(t, sheets(t, [][]any{{"说明"}}), "date@0 amount@0 reference@0")
}

func TestWorkbook_ReadsNumbersToTheFen(t *testing.T) {
	t.Parallel()
	for in, want := range map[string]string{
		"120000": "120000.00", "120000.01": "120000.01", "-0.01": "-0.01", "12.50": "12.50", "12.500": "12.50", "+5": "5.00",
		"0.30000000000000004": "0.30", "0.10000000000002274": "0.10", "359999.99999999994": "360000.00", "-0.30000000000000004": "-0.30",
		"120000.0000000001": "120000.00", "120000.0000000005": "amount@2", "120000.000000001": "amount@2", "120000.00000001": "amount@2",
		"12345678.900000002": "12345678.90", "12345678.9000001": "amount@2", "1.3580246790000001E7": "13580246.79",
		"123456789012.98001": "123456789012.98", "123456789012.981": "amount@2", "9999999999999.98": "9999999999999.98", "9999999999999.979": "amount@2",
		"9999999999999999": "9999999999999999.00", "10000000000000000": "amount@2",
		"0.00000000004": "amount@2", "1.005": "amount@2", "0.001": "amount@2", "0": "amount@2", "1E20": "amount@2", "1,200.00": "amount@2", "x": "amount@2", "NaN": "amount@2",
	} {
		wantAmount(t, rawSheet(t, cells(`<c r="A2"><v>45939</v></c>`, `<c r="B2"><v>`+in+`</v></c>`, `<c r="C2"><v>7</v></c>`)), want)
	}
}

func TestWorkbook_ReadsTextsOfAmountsLikeAnyText(t *testing.T) {
	t.Parallel()
	for in, want := range map[string]string{
		"1,200.00": "1200.00", "(5)": "-5.00", "0.30000000000000004": "amount@2", "1.2E5": "amount@2",
	} {
		wantAmount(t, workbook(t, titles[:3], []any{"2025-10-09", in, "R"}), want)
	}
	wantAmount(t, workbook(t, titles[:3], []any{"2025-10-09", true, "R"}), "amount@2")
}

// cells is one movement as XML: the date and amount as they are written, everything else plain.
func cells(date, amount, reference string) string {
	return `<sheetData><row r="1"><c r="A1" t="inlineStr"><is><t>日期</t></is></c><c r="B1" t="inlineStr"><is><t>金额</t></is></c>` +
		`<c r="C1" t="inlineStr"><is><t>流水号</t></is></c></row><row r="2">` + date + amount + reference + `</row></sheetData>`
}

func TestWorkbook_ReadsNumbersAsOtherProgramsWriteThem(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct{ date, amount, reference, want string }{
		{`<v>45939</v>`, `<v>1.200005E5</v>`, `<v>2.0251009001E10</v>`, "2025-10-09 120000.50 20251009001"},
		{`<v>2.0251009E7</v>`, `<v>120000.10000000001</v>`, `<v>7</v>`, "2025-10-09 120000.10 7"},
		{`<v>45939.0</v>`, `<v>12.50</v>`, `<v>123456789012345</v>`, "2025-10-09 12.50 123456789012345"},
		{`<v>45939.999988</v>`, `<f>1+1</f><v>2</v>`, `<v>7.0</v>`, "2025-10-09 2.00 7"},
		{`<v>45939</v>`, `<v>5</v>`, `<v>1234567890123456</v>`, "reference@2"},
		{`<v>45939</v>`, `<v>5</v>`, `<v>1.2345678901234568E+17</v>`, "reference@2"},
		{`<v>45939</v>`, `<v>1E300000000</v>`, `<v>1E300000000</v>`, "amount@2"},
		{`<v>45939</v>`, `<v>1E300</v>`, `<v>1E300</v>`, "amount@2 reference@2"},
		{`<v>45939</v>`, `<f>A1</f>`, `<v>7</v>`, "amount@2"},
		{`<v>9999</v>`, `<v>5</v>`, `<v>7</v>`, "date@2"},
		{`<v>100000</v>`, `<v>5</v>`, `<v>7</v>`, "date@2"},
		{`<v>45962</v>`, `<v>5</v>`, `<v>7</v>`, "date@2"},
		{`<v>45961.9</v>`, `<v>5</v>`, `<v>7</v>`, "2025-10-31 5.00 7"},
		{`<v>-45939</v>`, `<v>5</v>`, `<v>7</v>`, "date@2"},
		{`<v>20250230</v>`, `<v>5</v>`, `<v>7</v>`, "date@2"},
	} {
		content := rawSheet(t, cells(`<c r="A2">`+tt.date+`</c>`, `<c r="B2" t="n">`+tt.amount+`</c>`, `<c r="C2">`+tt.reference+`</c>`))
		if strings.Contains(tt.want, "@") {
			wantPlaces(t, content, tt.want)
			continue
		}
		l := one(t, content)
		if got := l.On.String() + " " + l.Amount.String() + " " + l.Reference; got != tt.want {
			t.Errorf("%+v is %s", tt, got)
		}
	}
}

func TestWorkbook_TellsTextFromNumbers(t *testing.T) {
	t.Parallel()
	long := strings.Repeat("9", 20)
	for _, content := range [][]byte{
		rawSheet(t, cells(`<c r="A2" t="s"><v>0</v></c>`, `<c r="B2" t="s"><v>1</v></c>`, `<c r="C2" t="s"><v>2</v></c>`), "20251009", "12.50", long),
		rawSheet(t, cells(`<c t="str"><v>20251009</v></c>`, `<c t="str"><v>12.50</v></c>`, `<c t="str"><v>`+long+`</v></c>`)),
		rawSheet(t, strings.NewReplacer(` r="1"`, "", ` r="2"`, "", ` r="A1"`, "", ` r="B1"`, "", ` r="C1"`, "").Replace(
			cells(`<c t="str"><v>20251009</v></c>`, `<c><v>12.5</v></c>`, `<c t="str"><v>`+long+`</v></c>`))),
	} {
		if got := one(t, content); got.Reference != long || got.Amount.String() != "12.50" || got.Number != 2 {
			t.Errorf("%+v", got)
		}
	}
	wantPlaces(t, workbook(t, titles[:3], []any{"45939", "5", "R"}), "date@2")
	if got := one(t, workbook(t, titles[:3], []any{45939, 5, "4.5E3"})); got.Reference != "4.5E3" {
		t.Errorf("a text is taken for a number: %+v", got)
	}
}

func TestWorkbook_CountsDaysFrom1904IfItSaysSo(t *testing.T) {
	t.Parallel()
	book := excelize.NewFile()
	old := true
	if err := book.SetWorkbookProps(&excelize.WorkbookPropsOptions{Date1904: &old}); err != nil {
		t.Fatal(err)
	}
	for cell, value := range map[string]any{"A1": "日期", "B1": "金额", "C1": "流水号", "A2": 45939 - 1462, "B2": 5, "C2": "R"} {
		if err := book.SetCellValue("Sheet1", cell, value); err != nil {
			t.Fatal(err)
		}
	}
	if got := one(t, saved(t, book)); got.On.String() != "2025-10-09" {
		t.Errorf("the day is %s", got.On)
	}
}

func TestWorkbook_ReadsASheetWithGaps(t *testing.T) {
	t.Parallel()
	content := rawSheet(t, `<sheetData>
		<row r="3"><c r="B3" t="str"><v>日期</v></c><c r="D3" t="str"><v>金额</v></c><c r="Z3" t="str"><v>流水号</v></c></row>
		<row r="7"><c r="B7"><v>45939</v></c><c r="D7"><v>5</v></c><c r="Z7"><v>7</v></c></row>
		<row r="9"/><row><c r="B10"><v>45939</v></c><c r="D10"><v>6</v></c><c r="Z10"><v>8</v></c></row></sheetData>`)
	lines := read(t, content)
	if len(lines) != 2 || lines[0].Number != 7 || lines[1].Number != 10 || lines[1].Reference != "8" || lines[1].Amount.String() != "6.00" {
		t.Errorf("%+v", lines)
	}
}

func TestWorkbook_RefusesASheetThatIsNotWhole(t *testing.T) {
	t.Parallel()
	good := cells(`<c r="A2"><v>45939</v></c>`, `<c r="B2"><v>5</v></c>`, `<c r="C2"><v>7</v></c>`)
	one(t, rawSheet(t, good))
	second := `<row r="3"><c r="A3"><v>45939</v></c><c r="B3"><v>6</v></c><c r="C3"><v>8</v></c></row>`
	for name, sheet := range map[string]string{
		"broken off":         strings.TrimSuffix(good, "</sheetData>") + "<row",
		"not closed":         strings.TrimSuffix(good, "</sheetData>"),
		"wrongly nested":     strings.Replace(good, "</v></c></row>", "</c></v></row>", 1),
		"rows out of order":  strings.Replace(strings.Replace(good, `r="2"`, `r="9"`, 1), "</sheetData>", second+"</sheetData>", 1),
		"the same row":       strings.Replace(good, `</sheetData>`, strings.Replace(second, `r="3"`, `r="2"`, 1)+`</sheetData>`, 1),
		"cells out of order": cells(`<c r="B2"><v>5</v></c>`, `<c r="A2"><v>45939</v></c>`, `<c r="C2"><v>7</v></c>`),
		"the same cell":      cells(`<c r="A2"><v>45939</v></c>`, `<c r="B2"><v>5</v></c><c r="B2"><v>6</v></c>`, `<c r="C2"><v>7</v></c>`),
		"rows after rows":    good + "<sheetData>" + second + "</sheetData>",
		"a bad row number":   strings.Replace(good, `r="2"`, `r="two"`, 1),
		"a bad cell name":    strings.Replace(good, `r="B2"`, `r="2B"`, 1),
		"a row too far":      strings.Replace(good, `r="2"`, `r="1048577"`, 1),
	} {
		if r := refused(t, rawSheet(t, sheet)); len(r.Fields) > 0 {
			t.Errorf("%s: %v", name, r)
		}
	}
	controls := good + `<controls><control><anchor><from><row>2</row></from></anchor></control></controls>`
	if got := one(t, rawSheet(t, controls)); got.Reference != "7" {
		t.Errorf("form controls: %+v", got)
	}
}

func TestWorkbook_RefusesMoreThan256Columns(t *testing.T) {
	t.Parallel()
	wide := func(name string) []byte {
		return rawSheet(t, cells(`<c r="A2"><v>45939</v></c>`, `<c r="B2"><v>5</v></c>`, `<c r="C2"><v>7</v></c><c r="`+name+`"><v>1</v></c>`))
	}
	one(t, wide("IV2"))
	refused(t, wide("IW2"))
	one(t, rawSheet(t, cells(`<c r="A2"><v>45939</v></c>`, `<c r="B2"><v>5</v></c>`, `<c r="C2"><v>7</v></c><c r="XFD2" s="1"/>`)))
}

func TestRead_RefusesWhatIsNoWholeWorkbook(t *testing.T) {
	t.Parallel()
	good := workbook(t, titles, []any{"2025-10-09", 12, "R1"})
	one(t, good)
	sealed := saved(t, mustOpen(t, good), excelize.Options{Password: "secret"})
	flipped := bytes.Clone(good)
	flipped[len(flipped)/2] ^= 0xFF
	for name, content := range map[string][]byte{
		"a password":       sealed,
		"an old XLS":       append([]byte("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1"), make([]byte, 1024)...),
		"half":             good[:len(good)/2],
		"only a beginning": []byte("PK\x03\x04"),
		"an empty archive": append([]byte("PK\x05\x06"), make([]byte, 18)...),
		"another archive":  altered(t, append([]byte("PK\x05\x06"), make([]byte, 18)...), map[string]func([]byte) []byte{"a.txt": func([]byte) []byte { return []byte("a") }}),
		"a flipped bit":    flipped,
		"no workbook part": altered(t, good, map[string]func([]byte) []byte{"xl/workbook.xml": func([]byte) []byte { return []byte("<") }}),
		"a sheet twice":    altered(t, good, map[string]func([]byte) []byte{"xl/workbook.xml": doubled("</sheets>")}),
		"a part twice":     altered(t, good, map[string]func([]byte) []byte{"xl/_rels/workbook.xml.rels": doubled("</Relationships>")}),
		"no relations":     altered(t, good, map[string]func([]byte) []byte{"xl/_rels/workbook.xml.rels": func([]byte) []byte { return []byte("<Relationships/>") }}),
		"an empty sheet":   altered(t, good, map[string]func([]byte) []byte{"xl/worksheets/sheet1.xml": func([]byte) []byte { return nil }}),
		"bad strings":      altered(t, good, map[string]func([]byte) []byte{"xl/sharedStrings.xml": func(b []byte) []byte { return b[:len(b)/2] }}),
	} {
		r := refused(t, content)
		if name == "a password" && !strings.Contains(r.EN, "password") || name == "an old XLS" && !strings.Contains(r.EN, "old XLS") {
			t.Errorf("%s is refused with %s", name, r.EN)
		}
	}
}

// doubled repeats the elements up to the end of their list.
func doubled(end string) func([]byte) []byte {
	return func(part []byte) []byte {
		text := string(part)
		element := map[string]string{"</sheets>": "<sheet ", "</Relationships>": "<Relationship "}[end]
		list := text[strings.Index(text, element):strings.Index(text, end)]
		return []byte(strings.Replace(text, end, list+end, 1))
	}
}

func mustOpen(t *testing.T, content []byte) *excelize.File {
	t.Helper()
	book, err := excelize.OpenReader(bytes.NewReader(content))
	if err != nil {
		t.Fatal(err)
	}
	return book
}

func TestRead_RefusesAZipBomb(t *testing.T) {
	t.Parallel()
	good := workbook(t, titles, []any{"2025-10-09", 12, "R1"})
	padded := func(size int) []byte {
		return altered(t, good, map[string]func([]byte) []byte{"xl/media/a.bin": func([]byte) []byte { return make([]byte, size) }})
	}
	one(t, padded(3<<20))
	for _, size := range []int{5 << 20, 257 << 20} {
		if r := refused(t, padded(size)); !strings.Contains(r.EN, "too large") {
			t.Errorf("%d bytes are refused with %s", size, r.EN)
		}
	}
}
