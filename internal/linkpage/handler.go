// Package linkpage answers the links by which people act without Slack (§4.2). GET shows what a button would do and changes
// nothing: programs that preview links open them too. POST acts, once.
//
// The token in the path is the right itself, so there is no log-in, no cookie, and nothing that another site could borrow:
// a forged request would have to know the token, and then needs no forging. It stands in no query string, is sent to nobody as
// a referrer, and no page is kept by a cache.
package linkpage

import (
	"bytes"
	"context"
	"log/slog"
	"net/http"
	"time"

	"lvyue/internal/paging"
	"lvyue/internal/refusal"
)

// Used remembers which links were used.
type Used interface {
	// UseLink runs act and keeps that the link was used, or neither; it tells false, with no act, if it was used before.
	UseLink(ctx context.Context, l paging.Link, at time.Time, act func(context.Context) error) (first bool, err error)
	LinkUsed(ctx context.Context, l paging.Link) (bool, error)
}

// Handler serves /a/{token}. Act does what the link allows and says what came of it; a refusal of its is shown, and leaves the
// link as it was, as does any other error. It may be called again after a crash, and then finds what it did under l.ID(). Now
// is the clock by which links expire.
type Handler struct {
	Keys paging.Keys
	Used Used
	Act  func(ctx context.Context, l paging.Link) (refusal.Text, error)
	Now  func(ctx context.Context) (time.Time, error)
}

// ServeHTTP answers one request.
func (h Handler) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	mux := http.NewServeMux()
	mux.HandleFunc("GET /a/{token}", h.show)
	mux.HandleFunc("POST /a/{token}", h.act)
	protect(w.Header())
	mux.ServeHTTP(w, r)
}

// protect keeps the page, and with it the token, to the one who opened it.
func protect(header http.Header) {
	for name, value := range map[string]string{
		"Cache-Control":           "no-store",
		"Referrer-Policy":         "no-referrer",
		"X-Robots-Tag":            "noindex, nofollow",
		"X-Content-Type-Options":  "nosniff",
		"Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'",
	} {
		header.Set(name, value)
	}
}

// show says what the button does. It changes nothing.
func (h Handler) show(w http.ResponseWriter, r *http.Request) {
	link, _, err := h.open(r)
	if err != nil {
		h.fail(w, err)
		return
	}
	used, err := h.Used.LinkUsed(r.Context(), link)
	switch {
	case err != nil:
		h.fail(w, err)
	case used:
		h.fail(w, errUsed())
	default:
		write(w, http.StatusOK, asking(link))
	}
}

// act does it, once.
func (h Handler) act(w http.ResponseWriter, r *http.Request) {
	link, now, err := h.open(r)
	if err != nil {
		h.fail(w, err)
		return
	}
	var said refusal.Text
	first, err := h.Used.UseLink(r.Context(), link, now, func(ctx context.Context) (err error) {
		said, err = h.Act(ctx, link)
		return err
	})
	switch {
	case err != nil:
		h.fail(w, err)
	case !first:
		h.fail(w, errUsed())
	default:
		write(w, http.StatusOK, saying(link, said))
	}
}

func (h Handler) open(r *http.Request) (paging.Link, time.Time, error) {
	now, err := h.Now(r.Context())
	if err != nil {
		return paging.Link{}, now, err
	}
	link, err := h.Keys.Open(r.PathValue("token"), now)
	return link, now, err
}

func errUsed() error {
	return refusal.Rule("link_used", "4.2", "此链接已经用过。", "This link has been used already.")
}

// fail shows a refusal. Other troubles are logged, without the token, and shown as such.
func (h Handler) fail(w http.ResponseWriter, err error) {
	if no, ok := refusal.As(err); ok {
		write(w, http.StatusForbidden, refusing(no.Text))
		return
	}
	slog.Error("a link was not answered", "error", err)
	write(w, http.StatusServiceUnavailable, refusing(refusal.Text{
		ZH: "系统暂时无法处理，请稍后再按一次。", EN: "This cannot be done at the moment; please press again in a while.",
	}))
}

func write(w http.ResponseWriter, status int, v view) {
	var page bytes.Buffer
	if err := document.Write(&page, v); err != nil {
		slog.Error("a page of a link was not drawn", "error", err)
		status = http.StatusInternalServerError
	}
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	w.WriteHeader(status)
	_, _ = page.WriteTo(w) // whoever does not listen is not told
}
