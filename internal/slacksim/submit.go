package slacksim

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"
)

// Values are what somebody enters into a modal: by block id, by action id or by "block/action". Of a choice it is the value
// of the option; several are separated by commas.
type Values map[string]string

// ErrIncomplete is that Slack itself refuses to submit: an input that is not optional is empty.
var ErrIncomplete = errors.New("a required input is empty")

// Submit enters values into the modal and submits it. Inputs that are not named keep what is in them. It returns once the app has
// answered and the answer has been carried out: the modal is gone, or another is on top, or it shows the app's errors, which are
// also in the Delivery. Where the app fails to answer, the modal stays.
func (s *Server) Submit(ctx context.Context, view string, values Values) (Delivery, error) {
	d, err := s.prepare(func(w *workspace) (Delivery, error) { return w.submit(view, values) })
	if err != nil {
		return d, err
	}
	d = s.deliver(ctx, d)
	if d.Err == nil {
		d.Err = s.locked(func(w *workspace) error { return w.submitted(view, &d) })
	}
	return d, d.Err
}

func (w *workspace) submit(view string, values Values) (Delivery, error) {
	v := w.top(view)
	if v == nil {
		return Delivery{}, cannot("modal %s is not in front of anybody", view)
	}
	u, err := w.actor(v.User)
	if err != nil {
		return Delivery{}, err
	}
	if err := v.enter(values); err != nil {
		return Delivery{}, err
	}
	v.Errors = nil
	payload := envelopeOf("view_submission", u)
	payload["trigger_id"], payload["view"], payload["response_urls"] = w.newTrigger(u.ID, v.ID), v.clone(), []answer{}
	return parcel("interactive", payload)
}

// top is the modal if it is the one in front.
func (w *workspace) top(view string) *View {
	for _, stack := range w.stacks {
		if len(stack) > 0 && stack[len(stack)-1].ID == view {
			return stack[len(stack)-1]
		}
	}
	return nil
}

// enter puts values into the inputs.
func (v *View) enter(values Values) error {
	used := map[string]bool{}
	for _, b := range v.Blocks {
		for _, e := range elementsOf(b) {
			name, value, given := values.of(b, e)
			if !given {
				continue
			}
			used[name] = true
			state, ok := entered(e, split(e, value))
			if !ok {
				return cannot("%s takes no %q", name, value)
			}
			v.State.Values[word(b, "block_id")][word(e, "action_id")] = state
		}
	}
	for name := range values {
		if !used[name] {
			return cannot("modal %s has no input %s", v.ID, name)
		}
	}
	return v.complete()
}

// of finds the value for an element under any of its names.
func (v Values) of(b, e Block) (string, string, bool) {
	for _, name := range []string{word(b, "block_id") + "/" + word(e, "action_id"), word(e, "action_id"), word(b, "block_id")} {
		if value, given := v[name]; given {
			return name, value, true
		}
	}
	return "", "", false
}

// split is the value of an element that takes several.
func split(e Block, value string) []string {
	if kind := word(e, "type"); value != "" && (strings.HasPrefix(kind, "multi_") || kind == "checkboxes") {
		return strings.Split(value, ",")
	}
	if value == "" {
		return nil
	}
	return []string{value}
}

// complete refuses inputs that are required and empty, and says so beside each, as Slack itself does.
func (v *View) complete() error {
	missing := map[string]string{}
	for _, b := range v.Blocks {
		id := word(b, "block_id")
		if b["type"] == "input" && b["optional"] != true && !v.filled(id) {
			missing[id] = "请填写 Please complete this required field"
		}
	}
	if len(missing) == 0 {
		return nil
	}
	v.Errors = missing
	return fmt.Errorf("inputs %s: %w", strings.Join(slices.Sorted(maps.Keys(missing)), ", "), ErrIncomplete)
}

func (v *View) filled(block string) bool {
	for _, state := range v.State.Values[block] {
		if !filled(state) {
			return false
		}
	}
	return true
}

// submission is the app's answer to one.
type submission struct {
	Action string            `json:"response_action"`
	Errors map[string]string `json:"errors"`
	View   json.RawMessage   `json:"view"`
}

// submitted carries out the answer to a submission.
func (w *workspace) submitted(view string, d *Delivery) error {
	v := w.top(view)
	if v == nil {
		return nil // it has gone meanwhile
	}
	var said submission
	if d.Answer != nil && json.Unmarshal(d.Answer, &said) != nil {
		return fmt.Errorf("%w: %s", ErrBadAnswer, d.Answer)
	}
	switch said.Action {
	case "":
		w.stacks[v.User] = w.stacks[v.User][:len(w.stacks[v.User])-1]
		return nil
	case "clear":
		w.stacks[v.User] = nil
		return nil
	case "errors":
		d.Errors = said.Errors
		return w.complain(v, said.Errors)
	case "update", "push":
		return w.replace(v, said)
	}
	return fmt.Errorf("%w: response_action %q", ErrBadAnswer, said.Action)
}

// complain shows errors beside inputs. Slack takes only those that name an input block.
func (w *workspace) complain(v *View, errs map[string]string) error {
	for id := range errs {
		if !slices.ContainsFunc(v.Blocks, func(b Block) bool { return b["type"] == "input" && b["block_id"] == id }) {
			return fmt.Errorf("%w: %s is no input block", ErrBadAnswer, id)
		}
	}
	if len(errs) == 0 {
		return fmt.Errorf("%w: there are no errors in it", ErrBadAnswer)
	}
	v.Errors = errs
	w.happen(Refused, nil, v)
	return nil
}

func (w *workspace) replace(v *View, said submission) error {
	next, err := w.readView(string(said.View), "modal")
	switch {
	case err != nil:
	case said.Action == "update":
		w.redraw(v, next)
	case len(w.stacks[v.User]) >= mostModals:
		err = refuse("push_limit_reached")
	default:
		err = w.show(next, v.User)
	}
	if err != nil {
		return fmt.Errorf("%w: %w", ErrBadAnswer, err)
	}
	return nil
}

// CloseView closes the modal in front without submitting it, or with all the whole stack. The app is told where the modal asks for
// it; else the Delivery is empty.
func (s *Server) CloseView(ctx context.Context, view string, all bool) (Delivery, error) {
	d, err := s.prepare(func(w *workspace) (Delivery, error) { return w.closeView(view, all) })
	if err != nil || d.Kind == "" {
		return d, err
	}
	d = s.deliver(ctx, d)
	return d, d.Err
}

func (w *workspace) closeView(view string, all bool) (Delivery, error) {
	v := w.top(view)
	if v == nil {
		return Delivery{}, cannot("modal %s is not in front of anybody", view)
	}
	u, err := w.actor(v.User)
	if err != nil {
		return Delivery{}, err
	}
	stack := w.stacks[v.User]
	w.stacks[v.User] = stack[:len(stack)-1]
	if all || v.ClearOnClose {
		w.stacks[v.User] = nil
	}
	if !v.NotifyOnClose {
		return Delivery{}, nil
	}
	payload := envelopeOf("view_closed", u)
	payload["view"], payload["is_cleared"] = v.clone(), all || v.ClearOnClose
	return parcel("interactive", payload)
}

// answerCommand shows what a command was acknowledged with: text, or a message.
func (w *workspace) answerCommand(d Delivery) error {
	body := responseBody{}
	var text string
	if json.Unmarshal(d.Answer, &text) == nil {
		body.Text = &text
	} else if json.Unmarshal(d.Answer, &body) != nil {
		return fmt.Errorf("%w: %s", ErrBadAnswer, d.Answer)
	}
	if body.Text == nil && len(body.Blocks) == 0 && len(body.Attachments) == 0 {
		return nil // {} says nothing
	}
	to := &response{channel: fieldOf(d.Payload, "channel_id"), user: fieldOf(d.Payload, "user_id")}
	if err := w.place(to, body); err != nil {
		return fmt.Errorf("%w: %w", ErrBadAnswer, err)
	}
	return nil
}
