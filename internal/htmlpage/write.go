// Package htmlpage writes a page that people print: a template with its data, whole or not at all.
package htmlpage

import (
	"bytes"
	"fmt"
	"html/template"
	"io"
)

// Page is one page to be written. Name is what its errors call it, Document its template, Functions what the template may
// call beside "ordinal", which counts rows from 1.
type Page struct {
	Name, Document string
	Functions      template.FuncMap
}

// Write writes the page of that data to w, in UTF-8. Every text of the data is escaped for its place. A template that
// cannot be read or filled is an error, with nothing written; so is one of w.
func (p Page) Write(w io.Writer, data any) error {
	page, err := template.New("page").Funcs(template.FuncMap{
		"ordinal": func(index int) int { return index + 1 },
	}).Funcs(p.Functions).Parse(p.Document)
	if err != nil {
		return fmt.Errorf("read the template of %s: %w", p.Name, err)
	}
	// A page that fails half-way is not to be taken for one.
	var whole bytes.Buffer
	if err := page.Execute(&whole, data); err != nil {
		return fmt.Errorf("draw %s: %w", p.Name, err)
	}
	if _, err := whole.WriteTo(w); err != nil {
		return fmt.Errorf("write %s: %w", p.Name, err)
	}
	return nil
}
