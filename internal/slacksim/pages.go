package slacksim

import (
	"bytes"
	"embed"
	"errors"
	"fmt"
	"html/template"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"
)

// web is what the page is made of; it loads nothing from elsewhere.
//
//go:embed web
var web embed.FS

// addPages adds what people see. It takes no token: whoever reaches the simulator may be anybody in it. What changes
// something is taken only from its own pages.
func (s *Server) addPages(mux *http.ServeMux) {
	own := http.NewCrossOriginProtection()
	mux.HandleFunc("GET /{$}", s.servePage)
	mux.HandleFunc("GET /page/live", s.serveLive)
	mux.HandleFunc("GET /page/style.css", func(w http.ResponseWriter, r *http.Request) { http.ServeFileFS(w, r, web, "web/style.css") })
	mux.HandleFunc("GET /page/page.js", func(w http.ResponseWriter, r *http.Request) { http.ServeFileFS(w, r, web, "web/page.js") })
	for path, do := range s.gestures() {
		mux.Handle("POST /page/"+path, own.Handler(s.gesture(do)))
	}
}

// servePage draws the workspace as one user sees it, at one place: ?as=U…&at=C…&thread=ts.
func (s *Server) servePage(w http.ResponseWriter, r *http.Request) {
	var text bytes.Buffer
	shown, err := template.New("page.html").Funcs(drawing()).ParseFS(web, "web/*.html")
	if err == nil {
		err = shown.Execute(&text, s.sight(r.URL.Query()))
	}
	if err != nil {
		http.Error(w, err.Error(), http.StatusInternalServerError)
		return
	}
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	w.Header().Set("Content-Security-Policy", "default-src 'self'; style-src 'self' 'unsafe-inline'") // colour bars are inline
	_, _ = w.Write(text.Bytes())                                                                      // a reader who has gone away needs no page
}

// serveLive tells the page whenever something changed, as server-sent events.
func (s *Server) serveLive(w http.ResponseWriter, r *http.Request) {
	w.Header().Set("Content-Type", "text/event-stream")
	w.Header().Set("Cache-Control", "no-store")
	flusher := http.NewResponseController(w)
	s.mu.Lock()
	told := s.version
	s.mu.Unlock()
	for {
		if _, err := w.Write([]byte("data: " + strconv.Itoa(told) + "\n\n")); err != nil || flusher.Flush() != nil {
			return
		}
		err := s.WaitFor(r.Context(), func() bool {
			s.mu.Lock()
			defer s.mu.Unlock()
			changed := s.version != told
			told = s.version
			return changed
		})
		if err != nil || s.life.Err() != nil {
			return
		}
	}
}

// gesture does something for a user, and leads back to where they were; what went wrong is shown there.
func (s *Server) gesture(do func(*http.Request) (url.Values, error)) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		r.Body = http.MaxBytesReader(w, r.Body, largestCall)
		if err := r.ParseForm(); err != nil {
			http.Error(w, err.Error(), http.StatusBadRequest)
			return
		}
		back := url.Values{"as": {r.Form.Get("as")}, "at": {r.Form.Get("at")}}
		if thread := r.Form.Get("thread"); thread != "" {
			back.Set("thread", thread)
		}
		to, err := do(r)
		for name := range to {
			back.Set(name, to.Get(name))
		}
		if err != nil {
			back.Set("trouble", err.Error())
		}
		http.Redirect(w, r, "/?"+back.Encode(), http.StatusSeeOther)
	})
}

// gestures are what people can do on the page.
func (s *Server) gestures() map[string]func(*http.Request) (url.Values, error) {
	type form = *http.Request
	return map[string]func(*http.Request) (url.Values, error){
		"click": func(r form) (url.Values, error) {
			_, err := s.Click(r.Context(), r.Form.Get("as"), r.Form.Get("channel"), r.Form.Get("ts"), r.Form.Get("action"), r.Form["chosen"]...)
			return nil, err
		},
		"view": func(r form) (url.Values, error) {
			_, err := s.ClickView(r.Context(), r.Form.Get("as"), r.Form.Get("view"), r.Form.Get("action"), r.Form["chosen"]...)
			return nil, err
		},
		"submit": s.submitForm,
		"close": func(r form) (url.Values, error) {
			_, err := s.CloseView(r.Context(), r.Form.Get("view"), r.Form.Get("all") != "")
			return nil, err
		},
		"say": s.sayForm,
		"home": func(r form) (url.Values, error) {
			_, err := s.OpenHome(r.Context(), r.Form.Get("as"))
			return url.Values{"at": {homePlace}}, err
		},
		"clock": func(r form) (url.Values, error) {
			by, err := time.ParseDuration(r.Form.Get("by"))
			if err != nil {
				return nil, fmt.Errorf("advance the clock: %w", err)
			}
			s.Advance(by)
			return nil, nil
		},
	}
}

// sayForm takes what somebody typed: a message, or a command where it begins with a slash.
func (s *Server) sayForm(r *http.Request) (url.Values, error) {
	as, at, typed := r.Form.Get("as"), r.Form.Get("at"), r.Form.Get("text")
	if at == homePlace || at == s.Direct(as) {
		at = ""
	}
	if len(typed) > 0 && typed[0] == '/' {
		d, err := s.Command(r.Context(), as, at, typed)
		return url.Values{"at": {fieldOf(d.Payload, "channel_id")}}, err
	}
	if at == "" {
		at = s.Direct(as)
	}
	_, err := s.Say(r.Context(), as, at, r.Form.Get("thread"), typed)
	return nil, err
}

// submitForm takes what was entered into a modal, by "in:block/action"; a moment, as browsers write one, by "at:block/action".
func (s *Server) submitForm(r *http.Request) (url.Values, error) {
	values := Values{}
	for name, given := range r.PostForm {
		if of, is := strings.CutPrefix(name, "in:"); is {
			values[of] = strings.Join(slices.DeleteFunc(given, func(v string) bool { return v == "" }), ",")
		}
		if of, is := strings.CutPrefix(name, "at:"); is {
			values[of] = seconds(given[0])
		}
	}
	_, err := s.Submit(r.Context(), r.Form.Get("view"), values)
	if errors.Is(err, ErrIncomplete) {
		err = nil // the modal says so beside its inputs
	}
	return nil, err
}

// seconds is a moment of Beijing as Slack tells it; what is none is handed on.
func seconds(moment string) string {
	at, err := time.ParseInLocation(localMoment, moment, beijing())
	if err != nil {
		return moment
	}
	return strconv.FormatInt(at.Unix(), 10)
}
