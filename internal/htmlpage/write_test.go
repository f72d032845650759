package htmlpage_test

import (
	"bytes"
	"errors"
	"html/template"
	"strings"
	"testing"

	"lvyue/internal/htmlpage"
)

func TestWrite_EscapesAndCountsFromOne(t *testing.T) {
	t.Parallel()
	var page bytes.Buffer
	p := htmlpage.Page{
		Name: "a list", Document: `{{range $n, $text := .}}{{ordinal $n}} {{loud $text}};{{end}}`,
		Functions: template.FuncMap{"loud": strings.ToUpper},
	}
	if err := p.Write(&page, []string{"<a>", "b"}); err != nil || page.String() != "1 &lt;A&gt;;2 B;" {
		t.Errorf("%s (%v)", page.String(), err)
	}
}

func TestWrite_NothingIsWrittenHalf(t *testing.T) {
	t.Parallel()
	for _, document := range []string{"{{", "before {{.Nothing.There}}"} {
		var page bytes.Buffer
		err := htmlpage.Page{Name: "a list", Document: document}.Write(&page, struct{ Nothing *struct{ There string } }{})
		if err == nil || !strings.Contains(err.Error(), "a list") || page.Len() > 0 {
			t.Errorf("%q leaves %q (%v)", document, page.String(), err)
		}
	}
}

type full struct{}

var errFull = errors.New("the disk is full")

func (full) Write([]byte) (int, error) { return 0, errFull }

func TestWrite_TellsWhatTheWriterSays(t *testing.T) {
	t.Parallel()
	if err := (htmlpage.Page{Name: "a list", Document: "x"}).Write(full{}, nil); !errors.Is(err, errFull) {
		t.Errorf("got %v", err)
	}
}
