package slacksim

import (
	"crypto/rand"
	"fmt"
	"slices"
	"strconv"
	"time"
)

// workspace is all that Slack holds for the app. Whoever uses it holds the server's mu.
type workspace struct {
	now    func() time.Time
	base   string // the simulator's own address
	scopes []string

	users     []*User
	channels  []*Channel
	messages  map[string][]*Message // by channel, in the order of their ts
	notes     []*Message            // ephemeral messages, oldest first
	lastTS    map[string]int64      // by channel, microseconds
	stacks    map[string][]*View    // open modals by user, the top one last
	homes     map[string]*View      // by user
	triggers  map[string]*trigger
	responses map[string]*response // by the last part of their URL
	groups    map[string][]string  // members of user groups
	happened  []Happening
	scheduled []scheduled
	serial    int
	// dead is the error that every call gets: token_revoked, account_inactive. "" is alive.
	dead string
}

func newWorkspace(options Options) *workspace {
	w := &workspace{
		scopes: options.Scopes, messages: map[string][]*Message{}, lastTS: map[string]int64{}, stacks: map[string][]*View{},
		homes: map[string]*View{}, triggers: map[string]*trigger{}, responses: map[string]*response{}, groups: map[string][]string{},
	}
	w.setUser(User{ID: BotUser, Name: botName, RealName: "服务台", IsBot: true})
	for _, u := range options.Users {
		w.setUser(u)
	}
	for _, c := range options.Channels {
		w.setChannel(c)
	}
	return w
}

func (w *workspace) may(scope string) bool { return slices.Contains(w.scopes, scope) }

// id is a fresh one: the prefix and a number in Slack's capital style.
func (w *workspace) id(prefix string) string {
	w.serial++
	return fmt.Sprintf("%s%09s", prefix, upper(strconv.FormatInt(int64(w.serial), 36)))
}

// ts is the next time stamp of a channel: never the same twice, and never going back, also where the clock stands still.
func (w *workspace) ts(channel string) string {
	stamp := max(w.now().UnixMicro(), w.lastTS[channel]+1)
	w.lastTS[channel] = stamp
	return stampText(stamp)
}

// stampText writes microseconds as Slack does, with six digits after the point.
func stampText(micro int64) string { return fmt.Sprintf("%d.%06d", micro/1_000_000, micro%1_000_000) }

// upper is for ids, which are ASCII.
func upper(text string) string {
	shouted := []byte(text)
	for i, c := range shouted {
		if c >= 'a' && c <= 'z' {
			shouted[i] = c - 'a' + 'A'
		}
	}
	return string(shouted)
}

// The lives of what an interaction brings along (Slack's documentation, "Handling user interaction").
const (
	ackWithin      = 3 * time.Second
	triggerLife    = 3 * time.Second
	responseLife   = 30 * time.Minute
	responseUses   = 5
	mostSockets    = 10
	mostModals     = 3
	largestAck     = 20_000 // bytes; a larger one is ignored
	longestMessage = 40_000 // characters
)

// trigger lets the app open a modal in answer to something that a user did: once, and soon.
type trigger struct {
	user string
	at   time.Time
	used bool
	view string // the modal in which it was done, which a push goes on top of
}

// newTrigger makes one for what a user does now.
func (w *workspace) newTrigger(user, view string) string {
	id := w.id("") + "." + TeamID + "." + rand.Text()
	w.triggers[id] = &trigger{user: user, at: w.now(), view: view}
	return id
}

// exchange uses a trigger up.
func (w *workspace) exchange(id string) (*trigger, error) {
	t, known := w.triggers[id]
	switch {
	case !known:
		return nil, refuse("invalid_trigger_id")
	case t.used:
		return nil, refuse("exchanged_trigger_id")
	case w.now().Sub(t.at) > triggerLife:
		return nil, refuse("expired_trigger_id")
	}
	t.used = true
	return t, nil
}
