package slack

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"io"
	"log/slog"
	"net/http"
	"net/url"
	"strings"

	api "github.com/slack-go/slack"
	"github.com/slack-go/slack/slackevents"
)

// largestBody is how many bytes a request may have.
const largestBody = 1 << 20

// ServeHTTP takes what Slack posts to /slack/interactions, /slack/commands and /slack/events. What is not signed by Slack within five
// minutes, or has anything in its query, is 401; whoever sends much of that is answered 429.
func (h *Handler) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	mux := http.NewServeMux()
	mux.HandleFunc("POST /slack/interactions", h.signed(h.interactions))
	mux.HandleFunc("POST /slack/commands", h.signed(h.commands))
	mux.HandleFunc("POST /slack/events", h.signed(h.events))
	mux.ServeHTTP(w, r)
}

// signed lets a request in whose raw body one of the secrets has signed.
func (h *Handler) signed(serve func(http.ResponseWriter, *http.Request, []byte)) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		body, err := io.ReadAll(http.MaxBytesReader(w, r.Body, largestBody))
		if _, large := errors.AsType[*http.MaxBytesError](err); large {
			http.Error(w, "the request is too large", http.StatusRequestEntityTooLarge)
			return
		}
		if err != nil {
			http.Error(w, "the request cannot be read", http.StatusBadRequest)
			return
		}
		if why := h.verify(r, body); why != nil {
			h.refuseUnsigned(w, r, why)
			return
		}
		serve(w, r, body)
	}
}

var (
	errNoSecret = errors.New("no signing secret is set")
	errQuery    = errors.New("there is a query, which nobody has signed")
)

// verify checks the signature with the present secret, then with the one of before.
func (h *Handler) verify(r *http.Request, body []byte) error {
	if r.URL.RawQuery != "" {
		return errQuery
	}
	why := errNoSecret
	for _, secret := range h.config.SigningSecrets {
		verifier, err := api.NewSecretsVerifier(r.Header, secret)
		if err == nil {
			_, _ = verifier.Write(body) // a hash takes everything
			err = verifier.Ensure()
		}
		if err == nil {
			return nil
		}
		why = err
	}
	return why
}

// fields are the form in a body; false for a body that is none.
func fields(r *http.Request, body []byte) (url.Values, bool) {
	if !strings.HasPrefix(r.Header.Get("Content-Type"), "application/x-www-form-urlencoded") {
		return nil, false
	}
	form, err := url.ParseQuery(string(body))
	return form, err == nil
}

func (h *Handler) interactions(w http.ResponseWriter, r *http.Request, body []byte) {
	form, ok := fields(r, body)
	var callback api.InteractionCallback
	if !ok || len(form["payload"]) != 1 || json.Unmarshal([]byte(form["payload"][0]), &callback) != nil {
		http.Error(w, "no payload that can be read", http.StatusBadRequest)
		return
	}
	h.acknowledge(r.Context(), w, h.take(r.Context(), ofInteraction(callback)))
}

func (h *Handler) commands(w http.ResponseWriter, r *http.Request, body []byte) {
	r.Body = io.NopCloser(bytes.NewReader(body))
	command, err := api.SlashCommandParse(r)
	if _, ok := fields(r, body); !ok || err != nil || command.Command == "" {
		http.Error(w, "no command that can be read", http.StatusBadRequest)
		return
	}
	h.acknowledge(r.Context(), w, h.take(r.Context(), ofCommand(command)))
}

func (h *Handler) events(w http.ResponseWriter, r *http.Request, body []byte) {
	event, err := slackevents.ParseEvent(body, slackevents.OptionNoVerifyToken())
	if err != nil {
		w.Header().Set("X-Slack-No-Retry", "1") // it would be no better
		http.Error(w, "no event that can be read", http.StatusBadRequest)
		return
	}
	if asked, ok := event.Data.(*slackevents.EventsAPIURLVerificationEvent); ok {
		h.acknowledge(r.Context(), w, map[string]string{"challenge": asked.Challenge})
		return
	}
	h.acknowledge(r.Context(), w, h.take(r.Context(), ofEvent(event)))
}

// acknowledge answers with a payload, or with nothing.
func (h *Handler) acknowledge(ctx context.Context, w http.ResponseWriter, payload any) {
	if payload == nil {
		w.WriteHeader(http.StatusOK)
		return
	}
	w.Header().Set("Content-Type", "application/json; charset=utf-8")
	if err := json.NewEncoder(w).Encode(payload); err != nil {
		h.warn(ctx, "Slack has not heard the answer", slog.Any("error", err))
	}
}

// ofInteraction is the deed of a press, a form or a shortcut.
func ofInteraction(c api.InteractionCallback) deed {
	d := deed{
		team: c.Team.ID, app: c.APIAppID, member: c.User.ID, memberTeam: c.User.TeamID, trigger: c.TriggerID, responseURL: c.ResponseURL,
		name: c.CallbackID, at: c.ActionTs,
	}
	switch c.Type { //nolint:exhaustive // the others are not of this app
	case api.InteractionTypeBlockActions:
		return d.pressedOn(c)
	case api.InteractionTypeViewSubmission:
		d.kind, d.name, d.view = submitted, c.View.CallbackID, &c.View
	case api.InteractionTypeViewClosed:
		d.kind, d.name = closed, c.View.CallbackID
	case api.InteractionTypeShortcut:
		d.kind = shortcut
	}
	return d
}

// pressedOn finds what was pressed. A choice of an overflow menu is a button's action id and value, with a | between them.
func (d deed) pressedOn(c api.InteractionCallback) deed {
	if len(c.ActionCallback.BlockActions) == 0 {
		return d
	}
	action := c.ActionCallback.BlockActions[0]
	d.kind, d.name, d.value, d.at = pressed, action.ActionID, action.Value, action.ActionTs
	if chosen := action.SelectedOption.Value; chosen != "" {
		d.name, d.value, _ = ParseChoice(chosen)
	}
	d.channel, d.ts = c.Container.ChannelID, c.Container.MessageTs
	return d
}

func ofCommand(c api.SlashCommand) deed {
	return deed{
		kind: commanded, team: c.TeamID, app: c.APIAppID, member: c.UserID, name: c.Command, typed: c.Text, channel: c.ChannelID,
		trigger: c.TriggerID, responseURL: c.ResponseURL, at: c.TriggerID,
	}
}

// ofEvent is the deed of an event; that of no kind is acknowledged and forgotten.
func ofEvent(e slackevents.EventsAPIEvent) deed {
	d := deed{team: e.TeamID, app: e.APIAppID, name: e.InnerEvent.Type}
	switch inner := e.InnerEvent.Data.(type) {
	case *slackevents.AppHomeOpenedEvent:
		if inner.Tab != "messages" {
			d.kind, d.member, d.channel = homeOpened, inner.User, inner.Channel
		}
	case *slackevents.ChannelArchiveEvent:
		d.kind, d.channel = happened, inner.Channel
	case *slackevents.AppUninstalledEvent, *slackevents.TokensRevokedEvent:
		d.kind = happened
	}
	return d
}
