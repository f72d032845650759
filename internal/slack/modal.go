package slack

import (
	"context"
	"encoding/json"
	"log/slog"
	"strings"
	"time"

	api "github.com/slack-go/slack"

	"lvyue/internal/refusal"
)

// longest is how many characters the engine takes of a text; longestTyped how many Slack lets people type.
const (
	longest      = 10000
	longestTyped = 3000
)

// entry is what is entered into an input.
type entry int

const (
	severalLines entry = iota
	oneLine
	oneOf
	dayAndTime
)

// option is one of a choice.
type option struct{ value, label string }

// input is one field of a modal. Its id is the field's name in the act, so that a refusal of the engine finds its place.
type input struct {
	id       string
	label    refusal.Text
	entry    entry
	optional bool
	// options are those of a choice. A choice without any, or with too many, is a line.
	options func(ctx context.Context, h *Handler) ([]option, error)
}

// modal is a form that is filled in before something is done. Prepare looks at what must be known first, and may refuse. Intro is a
// paragraph above the inputs. Verify finds what is wrong beyond what is empty or too long, by input.
type modal struct {
	title   refusal.Text
	submit  refusal.Text
	inputs  []input
	prepare func(ctx context.Context, h *Handler, a *about) (*refusal.Refusal, error)
	intro   func(a about) refusal.Text
	verify  func(ctx context.Context, h *Handler, a about, in values) (map[string]refusal.Text, error)
}

// values are what was entered, by block.
type values map[string]api.BlockAction

// entered is what stands in a view.
func entered(v *api.View) values {
	in := values{}
	if v.State == nil {
		return in
	}
	for block, actions := range v.State.Values {
		for _, a := range actions {
			in[block] = a
		}
	}
	return in
}

// text is what was typed or chosen, without space around it.
func (v values) text(id string) string {
	a := v[id]
	if a.SelectedOption.Value != "" {
		return a.SelectedOption.Value
	}
	return strings.TrimSpace(a.Value)
}

// moment is the instant that was chosen; zero for none.
func (v values) moment(id string) time.Time {
	if v[id].SelectedDateTime == 0 {
		return time.Time{}
	}
	return time.Unix(v[id].SelectedDateTime, 0).UTC()
}

// ask opens the form of a button, or says why not.
func (h *Handler) ask(ctx context.Context, d deed, a about) {
	c := controls()[d.name]
	if c.modal == nil {
		h.tell(ctx, d.listener(), refusing(unknownButton()))
		return
	}
	view, no := h.form(ctx, d, c, a)
	if no != nil {
		h.tellRefusal(ctx, d.listener(), no)
		return
	}
	if _, err := h.client.OpenViewContext(ctx, d.trigger, view); err != nil {
		h.warn(ctx, "a form was not opened", slog.String("form", d.name), slog.Any("error", err))
		h.tell(ctx, d.listener(), refusing(refusal.Rule("not_opened", "", "表单未能打开（Slack 要求 3 秒内），什么也没有提交，请再点一次。",
			"The form could not be opened (Slack allows 3 seconds); nothing was submitted, please click again.")))
	}
}

// form is the view that is opened for somebody who may.
func (h *Handler) form(ctx context.Context, d deed, c control, a about) (api.ModalViewRequest, *refusal.Refusal) {
	actor, no := h.mayAct(ctx, d, c.level, a)
	if no != nil {
		return api.ModalViewRequest{}, no
	}
	if c.modal.prepare != nil {
		no, err := c.modal.prepare(ctx, h, &a)
		if err != nil {
			h.warn(ctx, "a form cannot be made", slog.Any("error", err))
			return api.ModalViewRequest{}, unread()
		}
		if no != nil {
			h.turnAway(ctx, d, actor.Who, a, no)
			return api.ModalViewRequest{}, no
		}
	}
	view, err := c.modal.view(ctx, h, d.name, a)
	if err != nil {
		h.warn(ctx, "a form cannot be made", slog.Any("error", err))
		return view, unread()
	}
	return view, nil
}

// view is the form as Slack draws it.
func (m *modal) view(ctx context.Context, h *Handler, callback string, a about) (api.ModalViewRequest, error) {
	metadata, err := json.Marshal(a)
	if err != nil {
		return api.ModalViewRequest{}, err //nolint:wrapcheck // words and numbers always can be written
	}
	view := api.ModalViewRequest{
		Type: api.VTModal, CallbackID: callback, PrivateMetadata: string(metadata), Title: worded(m.title),
		Submit: worded(m.button()), Close: worded(refusal.Text{ZH: "取消", EN: "Cancel"}),
	}
	if intro := m.above(a); intro != "" {
		view.Blocks.BlockSet = append(view.Blocks.BlockSet, paragraph(intro))
	}
	for _, i := range m.inputs {
		block, err := i.block(ctx, h, a)
		if err != nil {
			return view, err
		}
		view.Blocks.BlockSet = append(view.Blocks.BlockSet, block)
	}
	return view, nil
}

func (m *modal) button() refusal.Text {
	if m.submit.ZH != "" {
		return m.submit
	}
	return refusal.Text{ZH: "提交", EN: "Submit"}
}

// above is what stands over the inputs: what it is about, and the form's own paragraph.
func (m *modal) above(a about) string {
	var all []string
	if a.Contract != "" {
		all = append(all, "*"+escaped(a.Contract)+faultName(a.Fault)+"*")
	}
	if m.intro != nil {
		t := m.intro(a)
		all = append(all, escaped(t.ZH), escaped(t.EN))
	}
	return strings.Join(all, "\n")
}

// block is the input as Slack draws it.
func (i input) block(ctx context.Context, h *Handler, a about) (*api.InputBlock, error) {
	element, err := i.element(ctx, h, a)
	if err != nil {
		return nil, err
	}
	block := api.NewInputBlock(i.id, worded(i.label), i.hint(), element)
	block.Optional = i.optional
	return block, nil
}

func (i input) hint() *api.TextBlockObject {
	if i.entry != severalLines {
		return nil
	}
	return worded(refusal.Text{
		ZH: "Slack 中最多 3000 字；更长（至 10000 字）请用 starter 提交。",
		EN: "At most 3,000 characters in Slack; longer ones, up to 10,000, by starter.",
	})
}

func (i input) element(ctx context.Context, h *Handler, a about) (api.BlockElement, error) {
	switch i.entry {
	case dayAndTime:
		return api.NewDateTimePickerBlockElement(i.id), nil
	case oneOf:
		options, err := i.options(ctx, h)
		if err != nil || len(options) > 0 && len(options) <= mostOptions {
			return selection(i.id, options, a), err
		}
	case severalLines, oneLine:
	}
	typed := api.NewPlainTextInputBlockElement(nil, i.id)
	if typed.Multiline = i.entry == severalLines; typed.Multiline {
		typed.MaxLength = longestTyped
	}
	if i.id == "contract" {
		typed.InitialValue = a.Contract
	}
	return typed, nil
}

// mostOptions is how many Slack takes.
const mostOptions = 100

func selection(id string, options []option, a about) *api.SelectBlockElement {
	menu := api.NewOptionsSelectBlockElement(api.OptTypeStatic, nil, id)
	for _, o := range options {
		drawn := api.NewOptionBlockObject(o.value, api.NewTextBlockObject(api.PlainTextType, short(o.label, 75), false, false), nil)
		menu.Options = append(menu.Options, drawn)
		if id == "contract" && o.value == a.Contract {
			menu.InitialOption = drawn
		}
	}
	return menu
}
