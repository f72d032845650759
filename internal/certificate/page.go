package certificate

import (
	_ "embed"
	"html/template"
	"io"
	"time"

	"lvyue/internal/hosting"
	"lvyue/internal/htmlpage"
	"lvyue/internal/refusal"
	"lvyue/internal/words"
	"lvyue/internal/workday"
)

//go:embed page.html.tmpl
var document string

// Write writes the certificate to w as one HTML page in UTF-8, in Chinese and English, to be printed. All texts are
// escaped for their place; the page forbids itself scripts and all resources besides. The only error is one of w.
func (c *Certificate) Write(w io.Writer) error {
	page := htmlpage.Page{Name: "the certificate of " + c.Contract, Document: document, Functions: template.FuncMap{
		"name":   func(k hosting.Kind) string { return both(words.Piece(k)) },
		"found":  func(by string) string { return both(words.Found(by)) },
		"ground": func() string { return both(words.Ground(c.Ground)) },
		"moment": func(t time.Time) string { return t.In(workday.Shanghai).Format("2006-01-02 15:04:05") },
	}}
	return page.Write(w, c)
}

// both is a text in both languages, once if they agree.
func both(t refusal.Text) string {
	if t.ZH == t.EN {
		return t.ZH
	}
	return t.ZH + " " + t.EN
}
