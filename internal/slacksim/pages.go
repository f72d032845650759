package slacksim

import "net/http"

func (s *Server) addPages(mux *http.ServeMux) {}
