package invoicepage_test

import (
	"errors"
	"regexp"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"lvyue/internal/invoicepage"
	"lvyue/internal/money"
	"lvyue/internal/workday"
)

func invoice() invoicepage.Page {
	m := money.MustParse
	return invoicepage.Page{
		Number: "INV-2026-0117-Q1", Contract: "HC-2026-0117", Credits: "INV-NEVER-SHOWN",
		IssuedOn: workday.MustDate("2026-03-02"), DueOn: workday.MustDate("2026-03-17"),
		Buyer:  invoicepage.Party{Name: "华东智造有限公司", TaxNumber: "91320594MA1BUYER0K", Account: "工行 1102", Address: "苏州市星湖街 328 号"},
		Seller: invoicepage.Party{Name: "履约云有限公司", TaxNumber: "91310115MA1SELLER7", Account: "招行 1219", Address: "上海市祖冲之路 887 弄"},
		Lines: []invoicepage.Line{
			{What: "年度服务费", Period: "2026-01-01 至 2026-03-31", Net: m("113207.55"), Tax: m("6792.45"), Gross: m("120000.00"), Rate: "6%"},
			{What: "弹性扩容", Period: "2026-02", Net: m("28301.89"), Tax: m("1698.11"), Gross: m("30000.00"), Rate: "9%"},
		},
		Net: m("141509.44"), Tax: m("8490.56"), Gross: m("150000.00"), Capital: "壹拾伍万元整",
		Received: m("100000.00"), Open: m("50000.00"), Fapiao: []string{"26312000000012345678", "26312000000012345679"},
		Remark: "第一行\n第二行",
	}
}

func creditNote() invoicepage.Page {
	m := money.MustParse
	return invoicepage.Page{
		Number: "CN-2026-0003", CreditNote: true, Credits: "INV-2026-0117-Q1", Contract: "HC-2026-0117",
		IssuedOn: workday.MustDate("2026-04-08"), Buyer: invoice().Buyer, Seller: invoice().Seller,
		Lines: []invoicepage.Line{{What: "服务等级违约扣减", Period: "2026-02", Net: m("-5660.38"), Tax: m("-339.62"), Gross: m("-6000.00"), Rate: "6%"}},
		Net:   m("-5660.38"), Tax: m("-339.62"), Gross: m("-6000.00"), Capital: "负陆仟元整", Received: m("-1000.00"), Open: m("-5000.00"),
	}
}

// fatal is what *testing.T and *rapid.T have in common.
type fatal interface {
	Helper()
	Fatalf(format string, args ...any)
}

func draw(t fatal, p invoicepage.Page) string {
	t.Helper()
	var b strings.Builder
	if err := invoicepage.Write(&b, p); err != nil {
		t.Fatalf("write: %v", err)
	}
	return b.String()
}

// body is the page behind its style.
func body(t fatal, p invoicepage.Page) string {
	t.Helper()
	_, body, found := strings.Cut(draw(t, p), "<body>")
	if !found {
		t.Fatalf("the page has no body")
	}
	return body
}

func checkShows(t *testing.T, body string, wanted ...string) {
	t.Helper()
	for _, want := range wanted {
		if !strings.Contains(body, want) {
			t.Errorf("the page does not show %s", want)
		}
	}
}

func checkHides(t *testing.T, body string, unwanted ...string) {
	t.Helper()
	for _, no := range unwanted {
		if strings.Contains(body, no) {
			t.Errorf("the page shows %s", no)
		}
	}
}

func TestWrite_AnInvoiceShowsEverything(t *testing.T) {
	t.Parallel()
	page := body(t, invoice())
	checkShows(t, page, "<h1>账单</h1>", "付款通知书", "本单不是发票",
		"INV-2026-0117-Q1", "HC-2026-0117", "2026年3月2日", "2026年3月17日",
		"华东智造有限公司", "91320594MA1BUYER0K", "工行 1102", "苏州市星湖街 328 号",
		"履约云有限公司", "91310115MA1SELLER7", "招行 1219", "上海市祖冲之路 887 弄",
		"年度服务费", "2026-01-01 至 2026-03-31", "113,207.55", "6%", "6,792.45", "120,000.00",
		"弹性扩容", "28,301.89", "9%", "1,698.11", "30,000.00",
		"141,509.44", "8,490.56", "价税合计（大写）", "壹拾伍万元整", "（小写）", "¥150,000.00",
		"已收金额", "¥100,000.00", "未收金额", "¥50,000.00",
		"26312000000012345678、26312000000012345679", "第一行\n第二行", "盖章", "签收")
	checkHides(t, page, "INV-NEVER-SHOWN", "贷项", "冲减")
}

func TestWrite_ACreditNoteShowsNegativeAmountsAndWhatItCredits(t *testing.T) {
	t.Parallel()
	page := body(t, creditNote())
	checkShows(t, page, "<h1>贷项通知单</h1>", "本单不是发票", "CN-2026-0003", "INV-2026-0117-Q1", "2026年4月8日",
		"-5,660.38", "-339.62", "-6,000.00", "¥-6,000.00", "负陆仟元整", "¥-1,000.00", "¥-5,000.00", "无须付款")
	checkHides(t, page, "付款通知书", "付款期限", "结算期限", "汇入")
	due := creditNote()
	due.DueOn = workday.MustDate("2026-05-08")
	checkShows(t, body(t, due), "结算期限", "2026年5月8日")
}

func TestWrite_AsksForWhatIsOpenAndNoMore(t *testing.T) {
	t.Parallel()
	open := invoice()
	checkShows(t, body(t, open), "请于 2026年3月17日前（含当日）将未付金额 ¥50,000.00 汇入", "注明账单编号 INV-2026-0117-Q1")
	open.DueOn = workday.Date{}
	checkShows(t, body(t, open), "请将未付金额 ¥50,000.00 汇入")
	for _, amount := range []string{"0.00", "-0.01"} {
		open.Open = money.MustParse(amount)
		checkShows(t, body(t, open), "本账单已结清")
		checkHides(t, body(t, open), "汇入")
	}
}

func TestWrite_FooterOfEveryPaperPageHasNumberAndPage(t *testing.T) {
	t.Parallel()
	checkShows(t, draw(t, invoice()), `@bottom-left { content: "账单 INV-2026-0117-Q1";`, `counter(page)`, `counter(pages)`)
	checkShows(t, draw(t, creditNote()), `@bottom-left { content: "贷项通知单 CN-2026-0003";`)
}

func TestWrite_EmptyPlacesHaveADash(t *testing.T) {
	t.Parallel()
	// Number, two days, contract, two parties of four, capital, fapiao.
	if n := strings.Count(body(t, invoicepage.Page{}), "—"); n != 14 {
		t.Errorf("an empty page has %d dashes", n)
	}
	checkHides(t, body(t, invoicepage.Page{}), "备注", `class="issuer"`, "dense")
	spaces := invoicepage.Page{Contract: " \u3000", Capital: "\t"}
	if n := strings.Count(body(t, spaces), "—"); n != 14 {
		t.Errorf("spaces have %d dashes", n)
	}
}

func TestWrite_MakesRoomForHugeAmounts(t *testing.T) {
	t.Parallel()
	huge := invoice()
	huge.Gross = money.MustParse("-999999999.99")
	checkHides(t, body(t, huge), "dense")
	huge.Gross = money.MustParse("1000000000.00")
	checkShows(t, body(t, huge), "dense")
}

func TestWrite_NeedsNothingFromOutside(t *testing.T) {
	t.Parallel()
	for _, p := range []invoicepage.Page{invoice(), creditNote(), {}} {
		page := draw(t, p)
		checkShows(t, page, "default-src 'none'", `<meta charset="utf-8">`, `lang="zh-CN"`)
		checkHides(t, page, "http:", "https:", "//", "url(", "src=", "href=", "@import", "<script", "<link", "<img", "<iframe", "<form")
	}
}

// filled has text in every place that takes one.
func filled(p invoicepage.Page, text string) invoicepage.Page {
	party := invoicepage.Party{Name: text, TaxNumber: text, Account: text, Address: text}
	p.Number, p.Credits, p.Contract, p.Capital, p.Remark = text, text, text, text, text
	p.Buyer, p.Seller, p.Fapiao = party, party, []string{text, text}
	p.Lines = slices.Clone(p.Lines)
	for i := range p.Lines {
		p.Lines[i].What, p.Lines[i].Period, p.Lines[i].Rate = text, text, text
	}
	return p
}

func TestWrite_TextIsNeverMarkup(t *testing.T) {
	t.Parallel()
	for _, text := range []string{
		"<script>alert(1)</script>", `"><img src=x onerror=alert(1)>`, "</style><script>alert(1)</script>", "</title><b>",
		`"; } body { display: none } @page { x: "`, "\\\"; color: red", "\n} * { display: none }", "{{.Number}}", "<!--", "]]>", "&lt;b&gt;",
	} {
		for _, p := range []invoicepage.Page{invoice(), creditNote()} {
			checkStructure(t, p, text)
		}
	}
	checkShows(t, body(t, filled(invoice(), "<script>alert(1)</script>")), "&lt;script&gt;alert(1)&lt;/script&gt;")
}

func TestWrite_NoTextChangesTheStructure(t *testing.T) {
	t.Parallel()
	nasty := rapid.StringOf(rapid.OneOf(rapid.Rune(), rapid.RuneFrom([]rune("<>&\"'`/\\{};:@()=-!\n\r\x00 script"))))
	rapid.Check(t, func(t *rapid.T) { checkStructure(t, creditNote(), "x"+nasty.Draw(t, "text")) })
}

// checkStructure compares tags and style of the page with those of one that has plain text everywhere.
func checkStructure(t fatal, p invoicepage.Page, text string) {
	t.Helper()
	tag := regexp.MustCompile(`<[a-zA-Z/!][^>]*>`)
	got, want := draw(t, filled(p, text)), draw(t, filled(p, "x"))
	if !slices.Equal(tag.FindAllString(got, -1), tag.FindAllString(want, -1)) {
		t.Fatalf("%q became markup", text)
	}
	quoted := regexp.MustCompile(`(@bottom-left \{ content: )"[^"\n<>]*"`)
	if quoted.ReplaceAllString(style(got), "$1") != quoted.ReplaceAllString(style(want), "$1") {
		t.Fatalf("%q became style", text)
	}
}

func style(page string) string {
	_, after, _ := strings.Cut(page, "<style>")
	style, _, _ := strings.Cut(after, "</style>")
	return style
}

var errFull = errors.New("no space left")

// full takes nothing.
type full struct{}

func (full) Write([]byte) (int, error) { return 0, errFull }

func TestWrite_TellsThatThePageIsNotThere(t *testing.T) {
	t.Parallel()
	if err := invoicepage.Write(full{}, invoice()); !errors.Is(err, errFull) || !strings.Contains(err.Error(), "INV-2026-0117-Q1") {
		t.Errorf("the error is %v", err)
	}
}
