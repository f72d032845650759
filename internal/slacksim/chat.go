package slacksim

import (
	"slices"
	"strings"
)

// target finds where the bot may write. A user's id stands for the direct message with them.
func (w *workspace) target(id string) (*Channel, error) {
	if u, err := w.user(id); err == nil {
		if u.Deleted {
			return nil, refuse("channel_not_found")
		}
		return w.direct(u), nil
	}
	c, err := w.reach(id)
	switch {
	case err != nil:
		return nil, err
	case c.Archived:
		return nil, refuse("is_archived")
	case !c.has(BotUser) && !w.may("chat:write.public"):
		return nil, refuse("not_in_channel")
	}
	return c, nil
}

// own is a message as the bot writes one.
func own(channel string) *Message {
	return &Message{User: BotUser, BotID: BotID, AppID: AppID, Team: TeamID, Channel: channel}
}

func postMessage(w *workspace, c call) (answer, error) {
	channel, err := w.target(c.text("channel"))
	if err != nil {
		return nil, err
	}
	said, err := w.read(c)
	if err != nil {
		return nil, err
	}
	m := own(channel.ID)
	said.dress(m)
	if m.empty() {
		return nil, refuse("no_text")
	}
	m.ThreadTS = c.text("thread_ts")
	if m.ThreadTS != "" && c.is("reply_broadcast") {
		m.Subtype = "thread_broadcast"
	}
	w.add(m)
	return answer{"channel": channel.ID, "ts": m.TS, "message": m.clone()}, nil
}

func (m *Message) empty() bool { return m.Text == "" && len(m.Blocks) == 0 && len(m.Attachments) == 0 }

// mine finds the bot's own message that a call names. That of somebody else is refused with the word no.
func (w *workspace) mine(c call, find func(id string) (*Channel, error), no string) (*Channel, *Message, error) {
	channel, err := find(c.text("channel"))
	if err != nil {
		return nil, nil, err
	}
	m, err := w.message(channel.ID, c.text("ts"))
	if err != nil {
		return nil, nil, err
	}
	if m.User != BotUser {
		return nil, nil, refuse(no)
	}
	return channel, m, nil
}

// updateMessage changes what the bot wrote itself. Blocks, attachments and metadata that are not sent stay.
func updateMessage(w *workspace, c call) (answer, error) {
	channel, m, err := w.mine(c, w.target, "cant_update_message")
	if err != nil {
		return nil, err
	}
	said, err := w.read(c)
	if err != nil {
		return nil, err
	}
	if err := w.change(m, said); err != nil {
		return nil, err
	}
	return answer{"channel": channel.ID, "ts": m.TS, "text": m.Text, "message": m.clone()}, nil
}

// change gives a message other content, and remembers what it was.
func (w *workspace) change(m *Message, said content) error {
	before, next := m.clone(), m.clone()
	said.dress(&next)
	if next.empty() {
		return refuse("no_text")
	}
	next.before = append(slices.Clone(m.before), &before)
	next.Edited = &Edited{User: BotUser, TS: stampText(w.now().UnixMicro())}
	*m = next
	w.happen(Updated, m, nil)
	return nil
}

func deleteMessage(w *workspace, c call) (answer, error) {
	channel, m, err := w.mine(c, w.reach, "cant_delete_message")
	if err != nil {
		return nil, err
	}
	w.remove(m)
	return answer{"channel": channel.ID, "ts": m.TS}, nil
}

// remove takes a message, or an ephemeral one, away.
func (w *workspace) remove(gone *Message) {
	w.messages[gone.Channel] = without(w.messages[gone.Channel], gone)
	w.notes = without(w.notes, gone)
	w.happen(Deleted, gone, nil)
}

func without(all []*Message, gone *Message) []*Message {
	var kept []*Message
	for _, m := range all {
		if m != gone {
			kept = append(kept, m)
		}
	}
	return kept
}

// postEphemeral shows a message to one user, who must be in the channel.
func postEphemeral(w *workspace, c call) (answer, error) {
	channel, err := w.target(c.text("channel"))
	if err != nil {
		return nil, err
	}
	if _, err := w.user(c.text("user")); err != nil || !channel.has(c.text("user")) {
		return nil, refuse("user_not_in_channel")
	}
	said, err := w.read(c)
	if err != nil {
		return nil, err
	}
	m := own(channel.ID)
	said.dress(m)
	if m.empty() {
		return nil, refuse("no_text")
	}
	w.whisper(m, c.text("user"))
	return answer{"message_ts": m.TS}, nil
}

// whisper shows a message to one user.
func (w *workspace) whisper(m *Message, user string) {
	m.Type, m.TS, m.For = "message", w.ts(m.Channel), user
	w.notes = append(w.notes, m)
	w.happen(Whispered, m, nil)
}

// permalink is Slack's own address of a message, not the simulator's.
func permalink(w *workspace, c call) (answer, error) {
	channel, err := w.reach(c.text("channel"))
	if err != nil {
		return nil, err
	}
	m, err := w.message(channel.ID, c.text("message_ts"))
	if err != nil {
		return nil, err
	}
	link := "https://" + teamDomain + ".slack.com/archives/" + channel.ID + "/p" + strings.ReplaceAll(m.TS, ".", "")
	if m.ThreadTS != "" && m.ThreadTS != m.TS {
		link += "?thread_ts=" + m.ThreadTS + "&cid=" + channel.ID
	}
	return answer{"channel": channel.ID, "permalink": link}, nil
}
