package slacksim

import (
	"strconv"
	"strings"
	"unicode/utf8"
)

// elementTypes are the parts of blocks that people use.
func elementTypes() map[string]func(*checker, string, Block) {
	choice := func(most int) func(*checker, string, Block) {
		return func(k *checker, at string, e Block) { k.options(at, e, 1, most) }
	}
	placeholder := (*checker).placeholder
	return map[string]func(*checker, string, Block){
		"button": (*checker).button, "image": (*checker).image, "overflow": choice(5), "checkboxes": choice(10), "radio_buttons": choice(10),
		"static_select": (*checker).selects, "multi_static_select": (*checker).selects,
		"users_select": placeholder, "multi_users_select": placeholder, "conversations_select": placeholder, "channels_select": placeholder,
		"multi_conversations_select": placeholder, "multi_channels_select": placeholder, "external_select": placeholder,
		"plain_text_input": (*checker).typedInput, "email_text_input": placeholder, "url_text_input": placeholder, "number_input": placeholder,
		"datepicker": placeholder, "timepicker": placeholder, "datetimepicker": placeholder,
	}
}

// element checks one element; seen are the action ids of its block so far.
func (k *checker) element(at string, e Block, seen map[string]bool) {
	kind, _ := e["type"].(string)
	check, known := elementTypes()[kind]
	if !known {
		k.sayf(at+"/type", "unsupported type: %s", kind)
		return
	}
	k.short(at+"/action_id", e["action_id"], 255)
	if id, _ := e["action_id"].(string); id != "" {
		if seen[id] {
			k.sayf(at+"/action_id", "action_id `%s` already exists", id)
		}
		seen[id] = true
	}
	if confirm, ok := e["confirm"].(Block); ok {
		k.confirm(at+"/confirm", confirm)
	}
	check(k, at, e)
}

func (k *checker) confirm(at string, c Block) {
	k.text(at+"/title", c["title"], 100, true)
	k.text(at+"/text", c["text"], 300, false)
	k.text(at+"/confirm", c["confirm"], 30, true)
	k.text(at+"/deny", c["deny"], 30, true)
}

func (k *checker) button(at string, e Block) {
	k.text(at+"/text", e["text"], 75, true)
	k.short(at+"/value", e["value"], 2000)
	k.short(at+"/url", e["url"], 3000)
	if style, given := e["style"]; given && style != "primary" && style != "danger" && style != "" {
		k.sayf(at+"/style", "must be a valid enum value")
	}
}

func (k *checker) placeholder(at string, e Block) {
	k.optional(at+"/placeholder", e["placeholder"], 150)
}

func (k *checker) typedInput(at string, e Block) {
	k.placeholder(at, e)
	k.short(at+"/initial_value", e["initial_value"], 3000)
	if longest, ok := e["max_length"].(float64); ok && (longest < 1 || longest > 3000) {
		k.sayf(at+"/max_length", "must be between 1 and 3000")
	}
}

func (k *checker) selects(at string, e Block) {
	k.placeholder(at, e)
	if e["option_groups"] != nil {
		for i, group := range k.list(at+"/option_groups", e["option_groups"], 1, 100) {
			k.options(at+"/option_groups/"+strconv.Itoa(i), group, 1, 100)
		}
		return
	}
	k.options(at, e, 1, 100)
}

func (k *checker) options(at string, e Block, least, most int) {
	for i, option := range k.list(at+"/options", e["options"], least, most) {
		here := at + "/options/" + strconv.Itoa(i)
		k.text(here+"/text", option["text"], 75, false)
		k.short(here+"/value", option["value"], 150)
	}
}

// checkView is all that is wrong with a view of the wanted type.
func checkView(v *View, wanted string) []string {
	k := &checker{surface: wanted}
	if v.Type != wanted {
		k.sayf("/view/type", "must be a valid enum value")
		return k.problems
	}
	k.short("/view/private_metadata", v.PrivateMetadata, 3000)
	k.short("/view/callback_id", v.CallbackID, 255)
	k.short("/view/external_id", v.ExternalID, 255)
	k.checkBlocks("/view/blocks", v.Blocks, 100)
	if wanted == "modal" {
		k.text("/view/title", orNil(v.Title), 24, true)
		k.optional("/view/submit", orNil(v.Submit), 24)
		k.optional("/view/close", orNil(v.Close), 24)
		if k.inputs && v.Submit == nil {
			k.sayf("/view", "missing required field: submit")
		}
	}
	return k.problems
}

// orNil is nothing at all for an object that is missing.
func orNil(b Block) any {
	if b == nil {
		return nil
	}
	return b
}

// check refuses a message as Slack does: by its length, then by its blocks.
func (s *content) check(w *workspace) error {
	if s.text != nil && utf8.RuneCountInString(*s.text) > longestMessage {
		return refuse("msg_too_long")
	}
	k := &checker{surface: "message"}
	total := 0
	if s.blocks != nil {
		k.checkBlocks("/blocks", *s.blocks, 50)
		w.nameBlocks(*s.blocks)
		total += textOf(*s.blocks)
	}
	if s.attachments != nil {
		if len(*s.attachments) > 100 {
			return refuse("too_many_attachments")
		}
		for i, a := range *s.attachments {
			k.checkBlocks("/attachments/"+strconv.Itoa(i)+"/blocks", a.Blocks, 50)
			w.nameBlocks(a.Blocks)
			total += textOf(a.Blocks)
		}
	}
	if len(k.problems) > 0 {
		return &refusal{code: "invalid_blocks", messages: k.problems}
	}
	if total > longestBlocks {
		return refuse("msg_blocks_too_long")
	}
	return nil
}

// longestBlocks is about how many characters all blocks of a message may have together; Slack documents no exact number.
const longestBlocks = 13_200

// textOf counts the characters of all texts in the blocks.
func textOf(value any) int {
	total := 0
	switch value := value.(type) {
	case []Block:
		for _, b := range value {
			total += textOf(b)
		}
	case []any:
		for _, item := range value {
			total += textOf(item)
		}
	case Block:
		for name, item := range value {
			if text, ok := item.(string); ok && name == "text" {
				total += utf8.RuneCountInString(text)
			} else {
				total += textOf(item)
			}
		}
	}
	return total
}

// nameBlocks gives ids to blocks and elements that came without, as Slack does.
func (w *workspace) nameBlocks(blocks []Block) {
	for _, b := range blocks {
		if id, _ := b["block_id"].(string); id == "" {
			b["block_id"] = strings.ToLower(w.id("b"))
		}
		for _, e := range elementsOf(b) {
			if id, _ := e["action_id"].(string); id == "" && e["type"] != "image" && e["type"] != "mrkdwn" && e["type"] != "plain_text" {
				e["action_id"] = strings.ToLower(w.id("a"))
			}
		}
	}
}
