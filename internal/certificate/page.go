package certificate

import (
	"bytes"
	_ "embed"
	"fmt"
	"html/template"
	"io"
	"time"

	"lvyue/internal/hosting"
	"lvyue/internal/words"
	"lvyue/internal/workday"
)

//go:embed page.html.tmpl
var document string

// Write writes the certificate to w as one HTML page in UTF-8, in Chinese and English, to be printed. All texts are
// escaped for their place; the page forbids itself scripts and all resources besides. The only error is one of w.
func (c *Certificate) Write(w io.Writer) error {
	page, err := template.New("page").Funcs(template.FuncMap{
		"name":    func(k hosting.Kind) string { return both(Name(k).ZH, Name(k).EN) },
		"found":   func(by string) string { return both(Found(by).ZH, Found(by).EN) },
		"ground":  func() string { return both(words.Ground(c.Ground).ZH, words.Ground(c.Ground).EN) },
		"moment":  func(t time.Time) string { return t.In(workday.Shanghai).Format("2006-01-02 15:04:05") },
		"ordinal": func(index int) int { return index + 1 },
	}).Parse(document)
	if err != nil {
		return fmt.Errorf("read the template of the certificate: %w", err)
	}
	var whole bytes.Buffer // a page that fails half-way is not to be taken for one
	if err := page.Execute(&whole, c); err != nil {
		return fmt.Errorf("draw the certificate of %s: %w", c.Contract, err)
	}
	if _, err := whole.WriteTo(w); err != nil {
		return fmt.Errorf("write the certificate of %s: %w", c.Contract, err)
	}
	return nil
}

func both(zh, en string) string {
	if zh == en {
		return zh
	}
	return zh + " " + en
}
