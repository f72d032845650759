package suitesim

import (
	"net/http"
	"strconv"
	"strings"
)

// page answers a user. GET of any path under a product's is one of its pages; POST there enters a document, whose body is
// the request's.
func (s Site) page(r *http.Request, body []byte) answer {
	product, path, _ := strings.Cut(strings.TrimPrefix(r.URL.Path, "/"), "/")
	installed := s.System.Products[strings.ToUpper(product)]
	switch {
	case installed == nil || product != strings.ToLower(product):
		return refuse(http.StatusNotFound, "this product is not enabled")
	case installed.Started == "" || !s.System.works(s.World):
		return refuse(http.StatusServiceUnavailable, "this product does not work")
	case path == "health":
		return object(map[string]string{"release": installed.Started})
	case !s.System.carry():
		return refuse(http.StatusServiceUnavailable, "too many requests for this server")
	}
	switch r.Method {
	case http.MethodGet, http.MethodHead:
		return answer{content: []byte("<!doctype html><title>" + product + "</title>\n"), kind: "text/html; charset=utf-8"}
	case http.MethodPost:
		return s.enter(product, string(body))
	}
	return refuse(http.StatusMethodNotAllowed, "a page does not take %s", r.Method)
}

// enter keeps a document of a user.
func (s Site) enter(product, body string) answer {
	if s.System.Frozen {
		return frozen()
	}
	data, table := s.System.database(s.World), product+"_document"
	documents := data.Tables[table]
	if documents == nil {
		return refuse(http.StatusServiceUnavailable, "the database has no %s", table)
	}
	id := strconv.Itoa(len(documents.Rows) + 1)
	if err := data.Insert(table, id, "document "+id, body); err != nil {
		return refuse(http.StatusBadRequest, "%s", err)
	}
	return answer{status: http.StatusCreated, object: map[string]string{"id": id}, changed: true}
}
