// Package refusal is the one shape of "no" in Lvyue: a stable code, a plain sentence in Chinese and in
// English, the clause it rests on, and every wrong field at once.
//
// It travels: a refusal made inside a workflow reaches the command line, the inbox row and the rehearsal
// report unchanged, so its fields are a wire format and only ever grow.
package refusal

import (
	"errors"
	"strings"
)

// Text is one sentence in the two languages that users read.
type Text struct {
	ZH string `json:"zh"`
	EN string `json:"en"`
}

// In gives the sentence in language lang: "zh" for Chinese, anything else for English.
func (t Text) In(lang string) string {
	if lang == "zh" {
		return t.ZH
	}
	return t.EN
}

// Field is one wrong field of an input: Path as the user wrote it (`load.by_product.OA.concurrent`), Line
// counted from 1 where the input has lines, else 0.
type Field struct {
	Path string `json:"path"`
	Line int    `json:"line,omitempty"`
	Text
}

// Refusal is an error that a person can act on. Input tells the two kinds apart: true for a mistake in what
// was typed (exit status 2), false for a rule of the contract (exit status 3).
type Refusal struct { //nolint:errname // refusal.Refusal says it
	Code   string  `json:"code"`
	Clause string  `json:"clause,omitempty"`
	Input  bool    `json:"input,omitempty"`
	Fields []Field `json:"fields,omitempty"`
	Text
}

// Rule refuses an act by a rule of the contract.
func Rule(code, clause, zh, en string) *Refusal {
	return &Refusal{Code: code, Clause: clause, Text: Text{ZH: zh, EN: en}}
}

// BadInput refuses what was typed, with every wrong field.
func BadInput(code, zh, en string, fields ...Field) *Refusal {
	return &Refusal{Code: code, Input: true, Fields: fields, Text: Text{ZH: zh, EN: en}}
}

// Wrong names one wrong field.
func Wrong(path, zh, en string) Field {
	return Field{Path: path, Text: Text{ZH: zh, EN: en}}
}

// Error is the English sentence with its fields, one per line.
func (r *Refusal) Error() string { return r.Sentence("en") }

// Sentence is what a person reads in language lang: the sentence, then one line per wrong field.
func (r *Refusal) Sentence(lang string) string {
	lines := []string{r.In(lang)}
	for _, f := range r.Fields {
		lines = append(lines, "  "+f.Path+": "+f.In(lang))
	}
	return strings.Join(lines, "\n")
}

// As finds the refusal in err's chain.
func As(err error) (*Refusal, bool) {
	var r *Refusal
	ok := errors.As(err, &r)
	return r, ok
}
