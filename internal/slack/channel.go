package slack

import (
	"context"
	"strings"

	api "github.com/slack-go/slack"

	"lvyue/internal/paging"
	"lvyue/internal/words"
)

// Channel brings pages to people in Slack. A room is a member's id, for a direct message, or a channel's.
type Channel struct{ post poster }

// NewChannel is the app's own.
func NewChannel(c Config) *Channel { return &Channel{post: poster{c.client()}} }

var _ paging.Channel = (*Channel)(nil)

// pageEvent names the metadata of pages, cardEvent that of cards and of what their threads tell.
const (
	pageEvent = "lvyue_page"
	cardEvent = "lvyue_card"
)

// Way is Slack.
func (*Channel) Way() paging.Way { return paging.Slack }

// Send writes a page, or one message for many, with the buttons of a fault's card where there is something to press. What may have been
// taken already is looked for first. The reference is "channel/ts".
func (c *Channel) Send(ctx context.Context, e paging.Envelope) (string, error) {
	room, err := c.post.room(ctx, e.Room)
	if err != nil {
		return "", trouble(err)
	}
	m := pageMessage(e)
	if channel, ts, known := strings.Cut(e.Earlier, "/"); known {
		err := c.post.edit(ctx, channel, ts, m)
		if err == nil {
			return e.Earlier, nil
		}
		if !says(err, gone) {
			return "", trouble(err)
		}
	}
	ts := ""
	if e.Again {
		if ts, err = c.post.find(ctx, room, "", m); err != nil {
			return "", trouble(err)
		}
	}
	switch {
	case ts == "":
		ts, _, err = c.post.write(ctx, room, "", m)
	case e.Count > 1: // more may have come since it was taken
		err = c.post.edit(ctx, room, ts, m)
	}
	if err != nil {
		return "", trouble(err)
	}
	return room + "/" + ts, nil
}

// said is one message as the app says it. Text is what telephones show: it never holds the customer's words. The blocks stand
// beside a bar of the colour.
type said struct {
	event, key string
	text       string
	color      string
	blocks     []api.Block
	broadcast  bool
}

func (m said) options() []api.MsgOption {
	options := []api.MsgOption{
		api.MsgOptionText(m.text, false), api.MsgOptionDisableLinkUnfurl(), api.MsgOptionDisableMediaUnfurl(),
		api.MsgOptionMetadata(api.SlackMetadata{EventType: m.event, EventPayload: map[string]any{"k": m.key}}),
		api.MsgOptionAttachments(api.Attachment{Color: m.color, Fallback: m.text, Blocks: api.Blocks{BlockSet: m.blocks}}),
	}
	if m.broadcast {
		options = append(options, api.MsgOptionBroadcast())
	}
	return options
}

// pageMessage is the message of an envelope.
func pageMessage(e paging.Envelope) said {
	var calls []string
	for _, id := range e.Mentions {
		calls = append(calls, "<@"+id+"> ")
	}
	link := e.Link
	e.Link = ""
	m := said{event: pageEvent, key: e.Key, color: pageColor(e.Pages[0].Kind), text: strings.Join(calls, "") + escape(e.Subject(), 1000)}
	m.blocks = []api.Block{section(escape(e.Body(0), sectionLimit))}
	if e.Count == 1 {
		if actions := pageActions(e.Pages[0]); actions != nil {
			m.blocks = append(m.blocks, actions)
		}
		m.text = strings.Join(calls, "") + escape(pageHeadline(e), 1000)
	}
	if link != "" {
		m.blocks = append(m.blocks, note("<"+link+"|不用 Slack 也能响应 · Acknowledge without Slack>"))
	}
	return m
}

// pageHeadline says in one line why somebody is paged; the block below says the rest.
func pageHeadline(e paging.Envelope) string {
	p := e.Pages[0]
	kind := words.PageKind(p.Kind)
	line := sign(p.Kind) + " " + kind.ZH + " / " + kind.EN
	if p.Fault > 0 {
		line += " · " + number(p.Fault)
	}
	if p.Contract != "" {
		line += " · " + p.Contract
	}
	return line
}
