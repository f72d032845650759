package slacksim

import (
	"cmp"
	"encoding/base64"
	"slices"
	"strconv"
	"strings"
)

// page cuts a list at the cursor and the limit (default 100, at most 1000), and gives the cursor of the rest.
func page[T any](all []T, c call) ([]T, string, error) {
	from := 0
	if cursor := c.text("cursor"); cursor != "" {
		text, err := base64.StdEncoding.DecodeString(cursor)
		if err == nil {
			from, err = strconv.Atoi(strings.TrimPrefix(string(text), "next:"))
		}
		if err != nil || from < 0 || from > len(all) {
			return nil, "", refuse("invalid_cursor")
		}
	}
	limit := 100
	if asked, err := strconv.Atoi(c.text("limit")); err == nil && asked > 0 {
		limit = min(asked, 1000)
	}
	to := min(from+limit, len(all))
	if to == len(all) {
		return all[from:to], "", nil
	}
	return all[from:to], base64.StdEncoding.EncodeToString([]byte("next:" + strconv.Itoa(to))), nil
}

func openConversation(w *workspace, c call) (answer, error) {
	id, err := c.need("users")
	if err != nil {
		return nil, refuse("users_list_not_supplied")
	}
	if strings.Contains(id, ",") {
		return nil, refuse("not_enough_users") // groups of several people are not simulated
	}
	u, err := w.user(id)
	if err != nil {
		return nil, err
	}
	if u.Deleted {
		return nil, refuse("user_disabled")
	}
	channel := w.direct(u)
	if c.is("return_im") {
		return answer{"channel": channel.onWire()}, nil
	}
	return answer{"channel": answer{"id": channel.ID}}, nil
}

func channelInfo(w *workspace, c call) (answer, error) {
	channel, err := w.reach(c.text("channel"))
	if err != nil {
		return nil, err
	}
	return answer{"channel": channel.onWire()}, nil
}

// listChannels lists public channels unless other types are asked for.
func listChannels(w *workspace, c call) (answer, error) {
	names := map[string]string{"public_channel": "channels", "private_channel": "groups", "im": "im"}
	wanted := map[string]bool{}
	for name := range strings.SplitSeq(cmp.Or(c.text("types"), "public_channel"), ",") {
		if kind := names[strings.TrimSpace(name)]; w.may(kind + ":read") {
			wanted[kind] = true
		}
	}
	var found []answer
	for _, channel := range w.channels {
		_, err := w.reach(channel.ID)
		if err == nil && wanted[channel.kind()] && (!channel.Archived || !c.is("exclude_archived")) {
			found = append(found, channel.onWire())
		}
	}
	list, next, err := page(found, c)
	if err != nil {
		return nil, err
	}
	return answer{"channels": orNone(list), "response_metadata": answer{"next_cursor": next}}, nil
}

func channelMembers(w *workspace, c call) (answer, error) {
	channel, err := w.reach(c.text("channel"))
	if err != nil {
		return nil, err
	}
	list, next, err := page(channel.Members, c)
	if err != nil {
		return nil, err
	}
	return answer{"members": orNone(list), "response_metadata": answer{"next_cursor": next}}, nil
}

// orNone is the list, which is [] and not null where it is empty.
func orNone[T any](list []T) []T {
	if list == nil {
		return []T{}
	}
	return list
}

// history tells what the channel shows, the newest first.
func history(w *workspace, c call) (answer, error) {
	channel, err := w.readable(c)
	if err != nil {
		return nil, err
	}
	var found []Message
	for _, m := range slices.Backward(w.messages[channel.ID]) {
		if m.inChannel() && c.spans(m.TS) {
			found = append(found, c.shown(m))
		}
	}
	return c.messages(found)
}

// replies tells a thread, its first message first.
func replies(w *workspace, c call) (answer, error) {
	channel, err := w.readable(c)
	if err != nil {
		return nil, err
	}
	asked, err := w.message(channel.ID, c.text("ts"))
	if err != nil {
		return nil, refuse("thread_not_found")
	}
	root := cmp.Or(asked.ThreadTS, asked.TS)
	var found []Message
	for _, m := range w.messages[channel.ID] {
		if m.TS == root || m.ThreadTS == root && c.spans(m.TS) {
			found = append(found, c.shown(m))
		}
	}
	return c.messages(found)
}

func (w *workspace) readable(c call) (*Channel, error) {
	channel, err := w.reach(c.text("channel"))
	if err == nil && !channel.has(BotUser) {
		return nil, refuse("not_in_channel")
	}
	return channel, err
}

// spans reports whether a time stamp lies between oldest and latest, which belong to it only if asked for.
func (c call) spans(ts string) bool {
	oldest, latest := c.text("oldest"), c.text("latest")
	if c.is("inclusive") && (ts == oldest || ts == latest) {
		return true
	}
	return (oldest == "" || later(ts, oldest)) && (latest == "" || latest == "now" || later(latest, ts))
}

// later reports whether a time stamp is after another; either may lack its fraction.
func later(a, b string) bool {
	x, _ := strconv.ParseFloat(a, 64)
	y, _ := strconv.ParseFloat(b, 64)
	return x > y
}

// shown is a message with its metadata only if it is asked for.
func (c call) shown(m *Message) Message {
	if c.is("include_all_metadata") {
		return m.clone()
	}
	return m.bare()
}

func (c call) messages(found []Message) (answer, error) {
	list, next, err := page(found, c)
	if err != nil {
		return nil, err
	}
	return answer{
		"messages": orNone(list), "has_more": next != "", "pin_count": 0, "response_metadata": answer{"next_cursor": next},
	}, nil
}
