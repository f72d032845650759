package slacksim

import (
	"encoding/json"
	"slices"
)

// Block is one block, element or text object of Block Kit, as it came.
type Block = map[string]any

// Attachment is the older way to dress a message; it is what has a colour bar.
type Attachment struct {
	ID       int     `json:"id"`
	Color    string  `json:"color,omitempty"`
	Fallback string  `json:"fallback,omitempty"`
	Pretext  string  `json:"pretext,omitempty"`
	Title    string  `json:"title,omitempty"`
	Text     string  `json:"text,omitempty"`
	Blocks   []Block `json:"blocks,omitempty"`
}

// Metadata is what an app notes on a message for itself.
type Metadata struct {
	EventType    string         `json:"event_type"`
	EventPayload map[string]any `json:"event_payload"`
}

// Edited says who changed a message last.
type Edited struct {
	User string `json:"user"`
	TS   string `json:"ts"`
}

// Reaction is an emoji under a message.
type Reaction struct {
	Name  string   `json:"name"`
	Users []string `json:"users"`
	Count int      `json:"count"`
}

// Message is one message, as Slack tells of it.
type Message struct {
	Type    string `json:"type"`
	Subtype string `json:"subtype,omitempty"` // "thread_broadcast": a reply that the channel sees, too
	User    string `json:"user"`
	BotID   string `json:"bot_id,omitempty"`
	AppID   string `json:"app_id,omitempty"`
	Team    string `json:"team,omitempty"`
	Text    string `json:"text"`
	TS      string `json:"ts"`
	// ThreadTS is the ts of the thread's first message, which has it as well once it is answered.
	ThreadTS    string       `json:"thread_ts,omitempty"`
	ParentUser  string       `json:"parent_user_id,omitempty"`
	Blocks      []Block      `json:"blocks,omitempty"`
	Attachments []Attachment `json:"attachments,omitempty"`
	Metadata    *Metadata    `json:"metadata,omitempty"`
	Edited      *Edited      `json:"edited,omitempty"`
	ReplyCount  int          `json:"reply_count,omitempty"`
	ReplyUsers  []string     `json:"reply_users,omitempty"`
	LatestReply string       `json:"latest_reply,omitempty"`
	Reactions   []Reaction   `json:"reactions,omitempty"`

	// Channel is where it stands; For is the only user who sees it, "" for all.
	Channel string `json:"-"`
	For     string `json:"-"`

	before []*Message // what it was, oldest first
}

// clone is a copy that later edits leave alone.
func (m *Message) clone() Message {
	copied := *m
	copied.before = nil
	copied.Blocks = slices.Clone(m.Blocks)
	copied.Attachments = slices.Clone(m.Attachments)
	copied.ReplyUsers = slices.Clone(m.ReplyUsers)
	copied.Reactions = slices.Clone(m.Reactions)
	return copied
}

// inChannel reports whether the channel shows it, and not only its thread.
func (m *Message) inChannel() bool {
	return m.ThreadTS == "" || m.ThreadTS == m.TS || m.Subtype == "thread_broadcast"
}

// bare is the message without its metadata, which is told only to who asks.
func (m *Message) bare() Message {
	copied := m.clone()
	copied.Metadata = nil
	return copied
}

// message finds one in a channel.
func (w *workspace) message(channel, ts string) (*Message, error) {
	for _, m := range w.messages[channel] {
		if m.TS == ts {
			return m, nil
		}
	}
	return nil, refuse("message_not_found")
}

// add puts a message into its channel and thread, and gives it its ts. A reply to what is not there becomes a message of
// the channel, as Slack does it.
func (w *workspace) add(m *Message) *Message {
	m.Type, m.TS = "message", w.ts(m.Channel)
	parent, err := w.message(m.Channel, m.ThreadTS)
	if err != nil {
		m.ThreadTS, m.Subtype = "", ""
	} else {
		w.reply(parent, m)
	}
	w.messages[m.Channel] = append(w.messages[m.Channel], m)
	w.happen(Posted, m, nil)
	return m
}

func (w *workspace) reply(parent, m *Message) {
	if parent.ThreadTS != "" && parent.ThreadTS != parent.TS { // an answer to an answer goes to the thread
		if first, err := w.message(m.Channel, parent.ThreadTS); err == nil {
			parent = first
		}
	}
	m.ThreadTS, m.ParentUser, parent.ThreadTS = parent.TS, parent.User, parent.TS
	parent.ReplyCount++
	parent.LatestReply = m.TS
	if !slices.Contains(parent.ReplyUsers, m.User) {
		parent.ReplyUsers = append(parent.ReplyUsers, m.User)
	}
}

// content is what an app says in a message. A nil part is one that was not sent.
type content struct {
	text        *string
	blocks      *[]Block
	attachments *[]Attachment
	metadata    *Metadata
}

// read takes the content of a message from the arguments, and refuses what Slack would.
func (w *workspace) read(c call) (content, error) {
	var said content
	if c.has("text") {
		text := c.text("text")
		said.text = &text
	}
	if err := said.readBlocks(w, c); err != nil {
		return said, err
	}
	if given := c.text("attachments"); given != "" {
		var attachments []Attachment
		if json.Unmarshal([]byte(given), &attachments) != nil {
			return said, refuse("invalid_attachments")
		}
		for i := range attachments {
			attachments[i].ID = i + 1
		}
		said.attachments = &attachments
	}
	if given := c.text("metadata"); given != "" {
		said.metadata = &Metadata{}
		if json.Unmarshal([]byte(given), said.metadata) != nil {
			return said, refuse("invalid_metadata_format")
		}
	}
	return said, said.check(w)
}

func (s *content) readBlocks(_ *workspace, c call) error {
	given := c.text("blocks")
	if given == "" {
		return nil
	}
	var blocks []Block
	if json.Unmarshal([]byte(given), &blocks) != nil {
		return refuse("invalid_blocks_format")
	}
	s.blocks = &blocks
	return nil
}

// dress puts the content on a message; what was not sent stays as it was.
func (s *content) dress(m *Message) {
	if s.text != nil {
		m.Text = *s.text
	}
	if s.blocks != nil {
		m.Blocks = *s.blocks
	}
	if s.attachments != nil {
		m.Attachments = *s.attachments
	}
	if s.metadata != nil {
		m.Metadata = s.metadata
		if s.metadata.EventType == "" {
			m.Metadata = nil // an empty one takes the old one away
		}
	}
}
