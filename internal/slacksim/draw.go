package slacksim

import (
	"fmt"
	"html/template"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"
)

// drawing are the functions that the page's templates use.
func drawing() template.FuncMap {
	return template.FuncMap{
		"text": drawText, "mrkdwn": drawMrkdwn, "color": drawColor, "word": word, "options": optionsOf, "part": drawPart,
		"kind": func(b Block) string { return word(b, "type") }, "list": drawList, "value": drawValue, "chosen": isChosen,
		"error": func(p part) string { return p.Errors[word(p.Block, "block_id")] }, "moment": drawMoment, "message": drawMessage, "view": drawView,
	}
}

// part is a block or an element, and all that is needed to draw it: where it is, and what is in it.
type part struct {
	Block, Element Block
	At             address
	State          State
	Errors         map[string]string
	Sight          *sight
}

// address is what a form needs to say what was clicked.
type address struct{ Path, Channel, TS, View string }

// drawMessage are the blocks of a message, or of one of its attachments.
func drawMessage(c *card, blocks []Block) []part {
	var parts []part
	for _, b := range blocks {
		parts = append(parts, part{Block: b, At: address{Path: "click", Channel: c.Channel, TS: c.TS}, Sight: c.Sight, State: State{stateOf(blocks)}})
	}
	return parts
}

// drawView are the blocks of a modal or a home tab.
func drawView(s *sight, v *View) []part {
	var parts []part
	for _, b := range v.Blocks {
		parts = append(parts, part{Block: b, At: address{Path: "view", View: v.ID}, State: v.State, Errors: v.Errors, Sight: s})
	}
	return parts
}

// drawPart is an element of a block, or of its list.
func drawPart(p part, e any) part {
	p.Element, _ = e.(Block)
	return p
}

func drawList(b Block, name string) []Block {
	var found []Block
	list, _ := b[name].([]any)
	for _, item := range list {
		if object, ok := item.(Block); ok {
			found = append(found, object)
		}
	}
	return found
}

// Name is the element's place in a form.
func (p part) Name() string { return word(p.Block, "block_id") + "/" + word(p.Element, "action_id") }

// state is what is in the element.
func (p part) state() Block {
	return p.State.Values[word(p.Block, "block_id")][word(p.Element, "action_id")]
}

// drawValue is what was typed into the element.
func drawValue(p part) string {
	name := plainKinds()[word(p.Element, "type")]
	if value := p.state()[name]; name != "" && value != nil {
		return fmt.Sprint(value)
	}
	return ""
}

// drawMoment is the moment in a date and time picker as a browser writes one, in Beijing.
func drawMoment(p part) string {
	seconds, err := strconv.ParseInt(drawValue(p), 10, 64)
	if err != nil {
		return ""
	}
	return time.Unix(seconds, 0).In(beijing()).Format(localMoment)
}

// localMoment is how browsers write a date and time.
const localMoment = "2006-01-02T15:04"

// isChosen reports whether an option is.
func isChosen(p part, option Block) bool {
	state := p.state()
	if one, ok := state["selected_option"].(Block); ok && word(one, "value") == word(option, "value") {
		return true
	}
	several, _ := state["selected_options"].([]Block)
	return slices.ContainsFunc(several, func(o Block) bool { return word(o, "value") == word(option, "value") })
}

// drawText draws a text object: plain, or in Slack's markup.
func drawText(s *sight, value any) template.HTML {
	object, _ := value.(Block)
	if object["type"] == "mrkdwn" {
		return drawMrkdwn(s, word(object, "text"))
	}
	return template.HTML(strings.ReplaceAll(template.HTMLEscapeString(word(object, "text")), "\n", "<br>")) //nolint:gosec // it is escaped
}

var sixDigits = regexp.MustCompile(`^#?[0-9a-fA-F]{6}$`)

// drawColor is the colour of an attachment's bar.
func drawColor(given string) template.CSS {
	named := map[string]template.CSS{"good": "#2eb67d", "warning": "#ecb22e", "danger": "#e01e5a"}
	if css, ok := named[given]; ok {
		return css
	}
	if sixDigits.MatchString(given) {
		return template.CSS("#" + strings.TrimPrefix(given, "#")) //nolint:gosec // six hexadecimal digits
	}
	return "#c8c8cc"
}
