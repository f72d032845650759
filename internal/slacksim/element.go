package slacksim

import (
	"maps"
	"slices"
	"strconv"
	"strings"
)

// elementsOf are the elements of a block, wherever it keeps them.
func elementsOf(b Block) []Block {
	var found []Block
	for _, place := range []string{"accessory", "element"} {
		if e, ok := b[place].(Block); ok {
			found = append(found, e)
		}
	}
	if b["type"] == "rich_text" {
		return found
	}
	list, _ := b["elements"].([]any)
	for _, item := range list {
		if e, ok := item.(Block); ok {
			found = append(found, e)
		}
	}
	return found
}

// place is an element and the block that it stands in.
type place struct {
	block   Block
	element Block
}

// find looks for the element with an action id; several blocks may have one of the same name, then "block/action" tells
// them apart.
func find(blocks []Block, name string) (place, bool) {
	block, action, both := strings.Cut(name, "/")
	for _, b := range blocks {
		for _, e := range elementsOf(b) {
			if e["action_id"] == name || both && b["block_id"] == block && e["action_id"] == action {
				return place{b, e}, true
			}
		}
	}
	return place{}, false
}

// word is a string in a block, "" where there is none.
func word(b Block, name string) string {
	text, _ := b[name].(string)
	return text
}

// optionsOf are the options of a choice, groups included.
func optionsOf(e Block) []Block {
	var found []Block
	groups, _ := e["option_groups"].([]any)
	for _, group := range append([]any{any(e)}, groups...) {
		object, _ := group.(Block)
		list, _ := object["options"].([]any)
		for _, item := range list {
			if option, ok := item.(Block); ok {
				found = append(found, option)
			}
		}
	}
	return found
}

// option finds one by its value.
func option(e Block, value string) (Block, bool) {
	all := optionsOf(e)
	i := slices.IndexFunc(all, func(o Block) bool { return word(o, "value") == value })
	if i < 0 {
		return nil, false
	}
	return all[i], true
}

// plainKinds are elements whose state is one word, by the name that it has there.
func plainKinds() map[string]string {
	return map[string]string{
		"plain_text_input": "value", "email_text_input": "value", "url_text_input": "value", "number_input": "value",
		"datepicker": "selected_date", "timepicker": "selected_time", "users_select": "selected_user",
		"conversations_select": "selected_conversation", "channels_select": "selected_channel", "datetimepicker": "selected_date_time",
	}
}

// severalKinds are elements whose state is a list of words.
func severalKinds() map[string]string {
	return map[string]string{
		"multi_users_select": "selected_users", "multi_conversations_select": "selected_conversations",
		"multi_channels_select": "selected_channels",
	}
}

// entered is the state of an element after people entered these values; false where it has none or cannot take them.
func entered(e Block, values []string) (Block, bool) {
	kind := word(e, "type")
	state := Block{"type": kind}
	if name, ok := plainKinds()[kind]; ok {
		state[name] = nil
		if len(values) > 0 && values[0] != "" {
			state[name] = values[0]
			if stamp, err := strconv.Atoi(values[0]); err == nil && kind == "datetimepicker" {
				state[name] = stamp
			}
		}
		return state, true
	}
	if name, ok := severalKinds()[kind]; ok {
		state[name] = orNone(values)
		return state, true
	}
	switch kind {
	case "static_select", "external_select", "radio_buttons":
		state["selected_option"] = nil
		if len(values) == 0 || values[0] == "" {
			return state, true
		}
		chosen, found := option(e, values[0])
		state["selected_option"] = chosen
		return state, found
	case "multi_static_select", "checkboxes":
		chosen, found := chosenOf(e, values)
		state["selected_options"] = chosen
		return state, found
	}
	return nil, false
}

func chosenOf(e Block, values []string) ([]Block, bool) {
	chosen := []Block{}
	for _, value := range values {
		o, found := option(e, value)
		if !found {
			return nil, false
		}
		chosen = append(chosen, o)
	}
	return chosen, true
}

// initial is the state of an element that nobody has touched.
func initial(e Block) (Block, bool) {
	state, has := entered(e, nil)
	for from, to := range map[string]string{
		"initial_value": "value", "initial_date": "selected_date", "initial_time": "selected_time", "initial_user": "selected_user",
		"initial_users": "selected_users", "initial_conversation": "selected_conversation", "initial_channel": "selected_channel",
		"initial_option": "selected_option", "initial_options": "selected_options", "initial_date_time": "selected_date_time",
	} {
		if value, given := e[from]; has && given {
			state[to] = value
		}
	}
	return state, has
}

// stateOf is the state of all elements that have one, by block and action.
func stateOf(blocks []Block) map[string]map[string]Block {
	values := map[string]map[string]Block{}
	for _, b := range blocks {
		for _, e := range elementsOf(b) {
			if state, has := initial(e); has {
				id := word(b, "block_id")
				if values[id] == nil {
					values[id] = map[string]Block{}
				}
				values[id][word(e, "action_id")] = state
			}
		}
	}
	return values
}

// filled reports whether somebody entered something.
func filled(state Block) bool {
	for name, value := range maps.All(state) {
		if name == "type" {
			continue
		}
		switch value := value.(type) {
		case nil:
		case []Block:
			return len(value) > 0
		case []any:
			return len(value) > 0
		case []string:
			return len(value) > 0
		default:
			return true
		}
	}
	return false
}
