package slack

import (
	"context"
	"fmt"

	api "github.com/slack-go/slack"
)

// poster writes, changes and finds messages by the vendor's client, whose errors it hands on as they are.
type poster struct{ *api.Client }

// room is the channel behind an id: a member's is that of the direct message with them.
func (p poster) room(ctx context.Context, id string) (string, error) {
	if id == "" || id[0] != 'U' && id[0] != 'W' {
		return id, nil
	}
	c, _, _, err := p.OpenConversationContext(ctx, &api.OpenConversationParameters{Users: []string{id}})
	if err != nil {
		return "", fmt.Errorf("open a direct message: %w", err)
	}
	return c.ID, nil
}

// write posts a message, in a thread if one is named, and gives its ts and whether it stands in a thread: where the thread's first
// message is gone, Slack puts it into the channel.
func (p poster) write(ctx context.Context, channel, thread string, m said) (ts string, below bool, err error) {
	options := m.options()
	if thread != "" {
		options = append(options, api.MsgOptionTS(thread))
	}
	_, ts, stands, err := p.PostMessageWithResponseContext(ctx, channel, options...)
	if err != nil {
		return "", false, fmt.Errorf("post: %w", err)
	}
	return ts, stands.ThreadTimestamp != "", nil
}

// edit writes a message over.
func (p poster) edit(ctx context.Context, channel, ts string, m said) error {
	if _, _, _, err := p.UpdateMessageContext(ctx, channel, ts, m.options()...); err != nil {
		return fmt.Errorf("change a message: %w", err)
	}
	return nil
}

// pages and perPage bound how far back a message is looked for: what may have been taken a moment ago stands near the end.
const (
	pages   = 5
	perPage = 200
)

// find looks for the message by its key, among the newest of a channel or in a thread; empty if it is not there.
func (p poster) find(ctx context.Context, channel, thread string, m said) (string, error) {
	cursor := ""
	for range pages {
		all, next, err := p.read(ctx, channel, thread, cursor)
		if err != nil {
			return "", err
		}
		for _, found := range all {
			if found.Metadata.EventType == m.event && found.Metadata.EventPayload["k"] == m.key {
				return found.Timestamp, nil
			}
		}
		if cursor = next; cursor == "" {
			break
		}
	}
	return "", nil
}

func (p poster) read(ctx context.Context, channel, thread, cursor string) ([]api.Message, string, error) {
	if thread != "" {
		all, _, next, err := p.GetConversationRepliesContext(ctx, &api.GetConversationRepliesParameters{
			ChannelID: channel, Timestamp: thread, Cursor: cursor, Limit: perPage, IncludeAllMetadata: true,
		})
		if err != nil {
			return nil, "", fmt.Errorf("read a thread: %w", err)
		}
		return all, next, nil
	}
	history, err := p.GetConversationHistoryContext(ctx, &api.GetConversationHistoryParameters{
		ChannelID: channel, Cursor: cursor, Limit: perPage, IncludeAllMetadata: true,
	})
	if err != nil {
		return nil, "", fmt.Errorf("read a channel: %w", err)
	}
	return history.Messages, history.ResponseMetaData.NextCursor, nil
}
