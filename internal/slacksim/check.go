package slacksim

import (
	"fmt"
	"slices"
	"strconv"
	"unicode/utf8"
)

// checker collects what Slack would find wrong with blocks, in Slack's words. Lengths count characters, not bytes.
type checker struct {
	problems []string
	surface  string // "message", "modal" or "home"
	blocks   map[string]bool
	inputs   bool // an input block was seen
}

func (k *checker) sayf(at, format string, words ...any) {
	k.problems = append(k.problems, "[ERROR] "+fmt.Sprintf(format, words...)+" [json-pointer:"+at+"]")
}

// short checks that a string has at most limit characters.
func (k *checker) short(at string, value any, limit int) {
	text, _ := value.(string)
	if utf8.RuneCountInString(text) > limit {
		k.sayf(at, "must be less than %d characters", limit+1)
	}
}

// text checks a text object; plain ones take no mrkdwn.
func (k *checker) text(at string, value any, limit int, plain bool) {
	object, ok := value.(Block)
	text, _ := object["text"].(string)
	kind := object["type"]
	switch {
	case !ok:
		k.sayf(at, "missing required field: text")
	case kind != "plain_text" && (plain || kind != "mrkdwn"):
		k.sayf(at+"/type", "unsupported type: %v", kind)
	case text == "":
		k.sayf(at+"/text", "must be more than 0 characters")
	default:
		k.short(at+"/text", text, limit)
	}
}

// optional is text for what may be missing.
func (k *checker) optional(at string, value any, limit int) {
	if value != nil {
		k.text(at, value, limit, true)
	}
}

// list checks how many there are, and gives them.
func (k *checker) list(at string, value any, least, most int) []Block {
	given, _ := value.([]any)
	if len(given) < least {
		k.sayf(at, "must provide at least %d items", least)
	}
	if len(given) > most {
		k.sayf(at, "no more than %d items allowed", most)
	}
	var items []Block
	for _, item := range given {
		object, ok := item.(Block)
		if !ok {
			k.sayf(at, "must be an object")
			continue
		}
		items = append(items, object)
	}
	return items
}

// checkBlocks is what is wrong with a list of blocks, at most so many.
func (k *checker) checkBlocks(at string, blocks []Block, most int) {
	if len(blocks) > most {
		k.sayf(at, "no more than %d items allowed", most)
	}
	if k.blocks == nil {
		k.blocks = map[string]bool{}
	}
	for i, b := range blocks {
		k.block(at+"/"+strconv.Itoa(i), b)
	}
}

// block checks one block by its type.
func (k *checker) block(at string, b Block) {
	kind, _ := b["type"].(string)
	rule, known := blockRules()[kind]
	if !known || rule.only != "" && rule.only != k.surface {
		k.sayf(at+"/type", "unsupported type: %s", kind)
		return
	}
	k.short(at+"/block_id", b["block_id"], 255)
	if id, _ := b["block_id"].(string); id != "" {
		if k.blocks[id] {
			k.sayf(at+"/block_id", "block_id `%s` already exists", id)
		}
		k.blocks[id] = true
	}
	if rule.check != nil {
		rule.check(k, at, b)
	}
}

// blockRule is what is asked of one type of block.
type blockRule struct {
	only  string // the surface that alone takes it, "" for all
	check func(*checker, string, Block)
}

func blockRules() map[string]blockRule {
	return map[string]blockRule{
		"actions": {check: (*checker).actions}, "context": {check: (*checker).context}, "divider": {}, "header": {check: (*checker).header},
		"image": {check: (*checker).image}, "input": {check: (*checker).input}, "markdown": {only: "message", check: (*checker).markdown},
		"rich_text": {}, "section": {check: (*checker).section}, "table": {only: "message"}, "video": {}, "alert": {only: "modal"},
	}
}

func (k *checker) header(at string, b Block) { k.text(at+"/text", b["text"], 150, true) }

func (k *checker) markdown(at string, b Block) { k.short(at+"/text", b["text"], 12_000) }

func (k *checker) image(at string, b Block) {
	k.short(at+"/image_url", b["image_url"], 3000)
	k.short(at+"/alt_text", b["alt_text"], 2000)
	if alt, _ := b["alt_text"].(string); alt == "" {
		k.sayf(at, "missing required field: alt_text")
	}
}

func (k *checker) section(at string, b Block) {
	if b["text"] == nil && b["fields"] == nil {
		k.sayf(at, "missing required field: text")
	}
	if b["text"] != nil {
		k.text(at+"/text", b["text"], 3000, false)
	}
	if b["fields"] != nil {
		for i, field := range k.list(at+"/fields", b["fields"], 1, 10) {
			k.text(at+"/fields/"+strconv.Itoa(i), field, 2000, false)
		}
	}
	if accessory, ok := b["accessory"].(Block); ok {
		k.element(at+"/accessory", accessory, map[string]bool{})
	}
}

func (k *checker) context(at string, b Block) {
	for i, item := range k.list(at+"/elements", b["elements"], 1, 10) {
		if item["type"] != "image" {
			k.text(at+"/elements/"+strconv.Itoa(i), item, 3000, false)
		}
	}
}

func (k *checker) actions(at string, b Block) {
	seen := map[string]bool{}
	for i, e := range k.list(at+"/elements", b["elements"], 1, 25) {
		k.element(at+"/elements/"+strconv.Itoa(i), e, seen)
	}
}

func (k *checker) input(at string, b Block) {
	k.inputs = true
	k.text(at+"/label", b["label"], 2000, true)
	k.optional(at+"/hint", b["hint"], 2000)
	e, ok := b["element"].(Block)
	if !ok {
		k.sayf(at, "missing required field: element")
		return
	}
	if kind, _ := e["type"].(string); slices.Contains([]string{"button", "overflow", "image"}, kind) {
		k.sayf(at+"/element/type", "unsupported type: %s", kind)
		return
	}
	k.element(at+"/element", e, map[string]bool{})
}
