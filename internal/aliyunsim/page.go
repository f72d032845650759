package aliyunsim

import (
	"bytes"
	"cmp"
	_ "embed"
	"html/template"
	"net/http"
	"slices"
	"strings"
	"time"

	"lvyue/internal/hosting"
)

//go:embed page.html
var pageText string

// contractTag is the tag by which the engine knows a contract's resources.
const contractTag = "lvyue:contract"

// row is one thing on the status page.
type row struct {
	Kind                       hosting.Kind
	ID, Name, Status, Contract string
}

// servePage shows people what the account holds. It takes no signature: whoever reaches the simulator may look.
func (s *Server) servePage(w http.ResponseWriter) {
	var text bytes.Buffer
	shown, err := template.New("page").Parse(pageText)
	if err == nil {
		err = shown.Execute(&text, s.overview())
	}
	if err != nil {
		http.Error(w, err.Error(), http.StatusInternalServerError)
		return
	}
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	_, _ = w.Write(text.Bytes()) // a reader who has gone away needs no page
}

func (s *Server) overview() map[string]any {
	now := s.options.Clock()
	overview := map[string]any{
		"At": now.In(beijing()).Format(time.DateTime), "Created": s.Created(), "Left": s.Left(),
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	rows := make([]row, 0, len(s.state.Things))
	for _, t := range s.state.Things {
		rows = append(rows, row{Kind: t.Kind, ID: t.ID, Name: t.Name, Status: t.status(now), Contract: t.Tags[contractTag]})
	}
	slices.SortFunc(rows, func(a, b row) int {
		return cmp.Or(cmp.Compare(a.Kind, b.Kind), strings.Compare(a.ID, b.ID))
	})
	overview["Rows"] = rows
	return overview
}
