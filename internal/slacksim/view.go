package slacksim

import (
	"cmp"
	"encoding/json"
	"maps"
	"slices"
)

// View is a modal or a home tab, as Slack tells of it.
type View struct {
	ID              string  `json:"id"`
	TeamID          string  `json:"team_id"`
	Type            string  `json:"type"` // "modal" or "home"
	Title           Block   `json:"title,omitempty"`
	Submit          Block   `json:"submit"`
	Close           Block   `json:"close"`
	Blocks          []Block `json:"blocks"`
	PrivateMetadata string  `json:"private_metadata"`
	CallbackID      string  `json:"callback_id"`
	ExternalID      string  `json:"external_id"`
	State           State   `json:"state"`
	Hash            string  `json:"hash"`
	ClearOnClose    bool    `json:"clear_on_close"`
	NotifyOnClose   bool    `json:"notify_on_close"`
	RootViewID      string  `json:"root_view_id"`
	PreviousViewID  *string `json:"previous_view_id"`
	AppID           string  `json:"app_id"`
	InstalledTeam   string  `json:"app_installed_team_id"`
	BotID           string  `json:"bot_id"`

	// User is who sees it; Errors are the app's words beside the inputs, by block id.
	User   string            `json:"-"`
	Errors map[string]string `json:"-"`
}

// State is what was entered, by block and action.
type State struct {
	Values map[string]map[string]Block `json:"values"`
}

// clone is a copy that later changes leave alone.
func (v *View) clone() View {
	copied := *v
	copied.Blocks = slices.Clone(v.Blocks)
	copied.Errors = maps.Clone(v.Errors)
	return copied
}

// readView reads and checks a view that the app sent.
func (w *workspace) readView(text, wanted string) (*View, error) {
	if text == "" {
		return nil, &refusal{code: "invalid_arguments", messages: []string{"[ERROR] missing required field: view"}}
	}
	v := &View{}
	if json.Unmarshal([]byte(text), v) != nil {
		return nil, &refusal{code: "invalid_arguments", messages: []string{"[ERROR] must be a valid view [json-pointer:/view]"}}
	}
	v.ID, v.Hash = "", ""
	problems := checkView(v, wanted)
	if len(problems) > 0 {
		return nil, &refusal{code: "invalid_arguments", messages: problems}
	}
	w.nameBlocks(v.Blocks)
	v.TeamID, v.AppID, v.InstalledTeam, v.BotID = TeamID, AppID, TeamID, BotID
	v.State, v.Errors = State{Values: stateOf(v.Blocks)}, nil
	return v, nil
}

// show gives a new view its ids, and puts a modal on top of the user's stack.
func (w *workspace) show(v *View, user string) error {
	if v.ExternalID != "" && w.findView("", v.ExternalID) != nil {
		return refuse("duplicate_external_id")
	}
	v.ID, v.User = cmp.Or(v.ID, w.id("V")), user
	v.RootViewID, v.PreviousViewID = v.ID, nil
	w.rehash(v)
	if v.Type == "modal" {
		if stack := w.stacks[user]; len(stack) > 0 {
			top := stack[len(stack)-1]
			v.RootViewID, v.PreviousViewID = stack[0].ID, &top.ID
		}
		w.stacks[user] = append(w.stacks[user], v)
		w.happen(Opened, nil, v)
		return nil
	}
	w.homes[user] = v
	w.happen(Published, nil, v)
	return nil
}

// redraw gives a view other content; its place and id stay, and what was entered stays where the input is still there.
func (w *workspace) redraw(v, next *View) {
	for block, actions := range next.State.Values {
		for action := range actions {
			if had, ok := v.State.Values[block][action]; ok {
				actions[action] = had
			}
		}
	}
	next.ID, next.User, next.RootViewID, next.PreviousViewID = v.ID, v.User, v.RootViewID, v.PreviousViewID
	*v = *next
	w.rehash(v)
	w.happen(Redrawn, nil, v)
}

func (w *workspace) rehash(v *View) {
	w.serial++
	v.Hash = stampText(w.now().UnixMicro()) + "." + w.id("h")
}

// findView finds a view that somebody sees, nil for none.
func (w *workspace) findView(id, external string) *View {
	fits := func(v *View) bool { return v.ID == id || external != "" && v.ExternalID == external }
	for _, stack := range w.stacks {
		if i := slices.IndexFunc(stack, fits); i >= 0 {
			return stack[i]
		}
	}
	for _, home := range w.homes {
		if fits(home) {
			return home
		}
	}
	return nil
}

// openView puts a modal in front of whoever did something within the last three seconds; modals that were open go.
func openView(w *workspace, c call) (answer, error) {
	v, t, err := w.viewFor(c)
	if err != nil {
		return nil, err
	}
	had := w.stacks[t.user]
	w.stacks[t.user] = nil
	if err := w.show(v, t.user); err != nil {
		w.stacks[t.user] = had
		return nil, err
	}
	return answer{"view": v.clone()}, nil
}

// pushView puts a modal on top of the one in which something was done.
func pushView(w *workspace, c call) (answer, error) {
	v, t, err := w.viewFor(c)
	if err != nil {
		return nil, err
	}
	if len(w.stacks[t.user]) == 0 {
		return nil, refuse("not_found")
	}
	if len(w.stacks[t.user]) >= mostModals {
		return nil, refuse("push_limit_reached")
	}
	if err := w.show(v, t.user); err != nil {
		return nil, err
	}
	return answer{"view": v.clone()}, nil
}

// viewFor reads the view, and uses the trigger up only for one that can be shown.
func (w *workspace) viewFor(c call) (*View, *trigger, error) {
	id, err := c.need("trigger_id")
	if err != nil {
		return nil, nil, err
	}
	v, err := w.readView(c.text("view"), "modal")
	if err != nil {
		return nil, nil, err
	}
	t, err := w.exchange(id)
	return v, t, err
}

func updateView(w *workspace, c call) (answer, error) {
	if c.text("view_id") == "" && c.text("external_id") == "" {
		_, err := c.need("view_id")
		return nil, err
	}
	v := w.findView(c.text("view_id"), c.text("external_id"))
	if v == nil {
		return nil, refuse("not_found")
	}
	if hash := c.text("hash"); hash != "" && hash != v.Hash {
		return nil, refuse("hash_conflict")
	}
	next, err := w.readView(c.text("view"), v.Type)
	if err != nil {
		return nil, err
	}
	w.redraw(v, next)
	return answer{"view": v.clone()}, nil
}

// publishView sets a user's home tab.
func publishView(w *workspace, c call) (answer, error) {
	u, err := w.user(c.text("user_id"))
	if err != nil {
		return nil, err
	}
	had := w.homes[u.ID]
	if hash := c.text("hash"); hash != "" && (had == nil || hash != had.Hash) {
		return nil, refuse("hash_conflict")
	}
	v, err := w.readView(c.text("view"), "home")
	if err != nil {
		return nil, err
	}
	if had != nil {
		v.ID = had.ID
		delete(w.homes, u.ID) // an external id may stay the same
	}
	if err := w.show(v, u.ID); err != nil {
		w.homes[u.ID] = had
		return nil, err
	}
	return answer{"view": v.clone()}, nil
}

// View tells of a view that somebody sees; false where it has gone.
func (s *Server) View(id string) (View, bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	v := s.work.findView(id, "")
	if v == nil {
		return View{}, false
	}
	return v.clone(), true
}

// Modal is the modal that a user has in front of them; false for none.
func (s *Server) Modal(user string) (View, bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	stack := s.work.stacks[user]
	if len(stack) == 0 {
		return View{}, false
	}
	return stack[len(stack)-1].clone(), true
}

// Home is a user's home tab; false where none was published.
func (s *Server) Home(user string) (View, bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	v := s.work.homes[user]
	if v == nil {
		return View{}, false
	}
	return v.clone(), true
}
