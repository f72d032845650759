package invoicepage

import (
	_ "embed"
	"fmt"
	"html/template"
	"io"
	"strings"

	"lvyue/internal/htmlpage"
	"lvyue/internal/money"
	"lvyue/internal/workday"
)

//go:embed page.html.tmpl
var document string

// Write writes p to w as one HTML page in UTF-8. Every text of p is escaped for its place, so none can become
// markup, style or script; the page forbids itself scripts and all resources besides. It refuses no page: the
// only error is one of w.
func Write(w io.Writer, p Page) error {
	page := htmlpage.Page{Name: "page " + p.Number, Document: document, Functions: template.FuncMap{
		"figures": figures,
		"date":    date,
		"or":      orDash,
		"list":    func(texts []string) string { return strings.Join(texts, "、") },
	}}
	return page.Write(w, p)
}

// figures is an amount with two decimals and a comma between thousands: -1,234,567.80.
func figures(c money.CNY) string {
	sign, rest := "", c.String()
	if c.IsNegative() {
		sign, rest = "-", rest[1:]
	}
	whole, decimals, _ := strings.Cut(rest, ".")
	for at := len(whole) - 3; at > 0; at -= 3 {
		whole = whole[:at] + "," + whole[at:]
	}
	return sign + whole + "." + decimals
}

// date is a day in Chinese: 2026年3月2日.
func date(d workday.Date) string {
	if d.IsZero() {
		return orDash("")
	}
	return fmt.Sprintf("%d年%d月%d日", d.Year(), int(d.Month()), d.Day())
}

// orDash shows that a place was left empty on purpose.
func orDash(text string) string {
	if strings.TrimSpace(text) == "" {
		return "—"
	}
	return text
}
