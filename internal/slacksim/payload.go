package slacksim

import (
	"encoding/json"
	"fmt"
	"maps"
	"net/url"
	"strconv"
	"strings"
)

// verificationToken is Slack's old way to prove where a request comes from; it is still in every payload.
const verificationToken = "slacksim-verification" // #nosec G101 -- nobody checks it

// person is who did something, as payloads tell of them.
func (u *User) person() answer {
	return answer{"id": u.ID, "username": u.Name, "name": u.Name, "team_id": u.TeamID}
}

// envelopeOf are the fields that all interactions have.
func envelopeOf(kind string, u *User) answer {
	return answer{
		"type": kind, "team": answer{"id": TeamID, "domain": teamDomain}, "user": u.person(), "api_app_id": AppID, "token": verificationToken,
		"enterprise": nil, "is_enterprise_install": false,
	}
}

// action is what somebody did with an element, as "actions" tells it. chosen are the values of a choice or an input.
func (w *workspace) action(p place, chosen []string) (answer, error) {
	e, kind := p.element, word(p.element, "type")
	told := answer{
		"type": kind, "action_id": e["action_id"], "block_id": p.block["block_id"], "action_ts": stampText(w.now().UnixMicro()),
	}
	switch kind {
	case "button":
		for _, name := range []string{"text", "value", "style", "url"} {
			if value, given := e[name]; given {
				told[name] = value
			}
		}
		return told, nil
	case "overflow":
		if len(chosen) == 0 {
			return nil, fmt.Errorf("%v: no option is chosen", e["action_id"])
		}
		o, found := option(e, chosen[0])
		if !found {
			return nil, fmt.Errorf("%v has no option %q", e["action_id"], chosen[0])
		}
		told["selected_option"] = o
		return told, nil
	}
	state, ok := entered(e, chosen)
	if !ok {
		return nil, fmt.Errorf("%v takes no %q", e["action_id"], chosen)
	}
	maps.Copy(told, state)
	return told, nil
}

// clickOn is the payload of a click on a message.
func (w *workspace) clickOn(u *User, m *Message, blocks []Block, attachment int, actionID string, chosen []string) (answer, error) {
	p, found := find(blocks, actionID)
	if !found {
		return nil, fmt.Errorf("message %s has nothing with action id %s", m.TS, actionID)
	}
	done, err := w.action(p, chosen)
	if err != nil {
		return nil, err
	}
	channel, err := w.channel(m.Channel)
	if err != nil {
		return nil, err
	}
	container := answer{"type": "message", "message_ts": m.TS, "channel_id": m.Channel, "is_ephemeral": m.For != ""}
	if attachment > 0 {
		container["type"], container["attachment_id"], container["is_app_unfurl"] = "message_attachment", attachment, false
	}
	if m.ThreadTS != "" {
		container["thread_ts"] = m.ThreadTS
	}
	payload := envelopeOf("block_actions", u)
	payload["container"], payload["trigger_id"] = container, w.newTrigger(u.ID, "")
	payload["channel"] = answer{"id": channel.ID, "name": channel.shortName()}
	payload["state"], payload["actions"] = State{Values: stateOf(blocks)}, []answer{done}
	payload["response_url"] = w.newResponse(m.Channel, u.ID, m)
	if m.For == "" { // Slack does not send ephemeral messages along
		payload["message"] = m.bare()
	}
	return payload, nil
}

// shortName is the channel's name as payloads have it.
func (c *Channel) shortName() string {
	switch c.kind() {
	case "im":
		return "directmessage"
	case "groups":
		return "privategroup"
	default:
		return c.Name
	}
}

// parcel is a payload, ready to be handed over.
func parcel(kind string, payload answer) (Delivery, error) {
	text, err := json.Marshal(payload)
	if err != nil {
		return Delivery{}, fmt.Errorf("write a payload: %w", err)
	}
	name, _ := payload["type"].(string)
	return Delivery{Kind: kind, Type: name, Payload: text}, nil
}

// command is what a slash command hands over. The text goes as it was typed.
func (w *workspace) command(u *User, channel *Channel, typed string) (Delivery, error) {
	name, text, _ := strings.Cut(strings.TrimSpace(typed), " ")
	fields := map[string]string{
		"token": verificationToken, "team_id": TeamID, "team_domain": teamDomain, "channel_id": channel.ID, "channel_name": channel.shortName(),
		"user_id": u.ID, "user_name": u.Name, "command": name, "text": strings.TrimSpace(text), "api_app_id": AppID,
		"is_enterprise_install": "false", "response_url": w.newResponse(channel.ID, u.ID, nil), "trigger_id": w.newTrigger(u.ID, ""),
	}
	payload, err := json.Marshal(fields)
	if err != nil {
		return Delivery{}, fmt.Errorf("write a command: %w", err)
	}
	form := url.Values{}
	for name, value := range fields {
		form.Set(name, value)
	}
	return Delivery{Kind: "slash_commands", Type: name, Payload: payload, form: form}, nil
}

// fieldOf is a value in JSON by its path, numbers for places in lists; "" where there is none.
func fieldOf(text json.RawMessage, path string) string {
	var value any
	if json.Unmarshal(text, &value) != nil {
		return ""
	}
	for step := range strings.SplitSeq(path, ".") {
		switch at := value.(type) {
		case map[string]any:
			value = at[step]
		case []any:
			n, err := strconv.Atoi(step)
			if err != nil || n < 0 || n >= len(at) {
				return ""
			}
			value = at[n]
		default:
			return ""
		}
	}
	if value == nil {
		return ""
	}
	return fmt.Sprint(value)
}
