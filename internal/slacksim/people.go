package slacksim

import (
	"slices"
	"strings"
)

// The workspace and the app in it.
const (
	TeamID     = "T0LVYUE01"
	OtherTeam  = "T0OTHER01" // where strangers come from
	AppID      = "A0LVYUE01"
	BotUser    = "U0LVYUEBOT"
	BotID      = "B0LVYUE01"
	teamDomain = "lvyue"
	teamName   = "履约"
	botName    = "servicedesk"
)

// User is a person, or a bot, that the workspace knows.
type User struct {
	ID       string `json:"id"`
	Name     string `json:"name"`      // the handle, "zhang"
	RealName string `json:"real_name"` // "张工"
	Email    string `json:"email,omitempty"`
	// TeamID is the user's own workspace. Default: TeamID.
	TeamID string `json:"team_id,omitempty"`
	// IsRestricted is a guest; IsStranger somebody of another workspace, seen through a shared channel.
	IsRestricted bool `json:"is_restricted,omitempty"`
	IsStranger   bool `json:"is_stranger,omitempty"`
	IsBot        bool `json:"is_bot,omitempty"`
	IsAdmin      bool `json:"is_admin,omitempty"`
	// Deleted users are deactivated: they are still told of, but reach nothing.
	Deleted bool   `json:"deleted,omitempty"`
	TZ      string `json:"tz,omitempty"`
}

// Channel is a channel or a direct message.
type Channel struct {
	ID      string `json:"id"`
	Name    string `json:"name"`
	Private bool   `json:"private,omitempty"`
	// User is, for a direct message, the other side.
	User     string   `json:"user,omitempty"`
	Members  []string `json:"members,omitempty"`
	Archived bool     `json:"archived,omitempty"`
	Topic    string   `json:"topic,omitempty"`
}

func (c *Channel) has(user string) bool { return slices.Contains(c.Members, user) }

// kind is the first half of the scopes that reach it.
func (c *Channel) kind() string {
	switch {
	case c.User != "":
		return "im"
	case c.Private:
		return "groups"
	default:
		return "channels"
	}
}

// onWire is the user as Slack tells of one; the email address needs a scope of its own.
func (u *User) onWire(withEmail bool) answer {
	profile := answer{"real_name": u.RealName, "display_name": u.RealName, "team": u.TeamID}
	if withEmail && u.Email != "" {
		profile["email"] = u.Email
	}
	zone := u.TZ
	if zone == "" {
		zone = "Asia/Shanghai"
	}
	return answer{
		"id": u.ID, "team_id": u.TeamID, "name": u.Name, "real_name": u.RealName, "deleted": u.Deleted, "profile": profile,
		"is_bot": u.IsBot, "is_admin": u.IsAdmin, "is_owner": false, "is_primary_owner": false, "is_restricted": u.IsRestricted,
		"is_ultra_restricted": false, "is_stranger": u.IsStranger, "is_app_user": false, "updated": 0, "tz": zone,
		"tz_label": "China Standard Time", "tz_offset": 28800, "is_email_confirmed": u.Email != "",
	}
}

// onWire is the channel as Slack tells of one.
func (c *Channel) onWire() answer {
	told := answer{
		"id": c.ID, "created": 0, "is_im": c.User != "", "is_archived": c.Archived, "is_member": c.has(BotUser),
		"is_private": c.Private || c.User != "", "is_org_shared": false, "context_team_id": TeamID, "updated": 0,
	}
	if c.User != "" {
		told["user"], told["is_user_deleted"] = c.User, false
		return told
	}
	told["name"], told["name_normalized"], told["is_channel"], told["is_group"] = c.Name, c.Name, !c.Private, c.Private
	told["is_general"], told["is_mpim"], told["num_members"] = false, false, len(c.Members)
	told["topic"] = answer{"value": c.Topic, "creator": "", "last_set": 0}
	told["purpose"] = answer{"value": "", "creator": "", "last_set": 0}
	return told
}

// user finds somebody by id.
func (w *workspace) user(id string) (*User, error) {
	i := slices.IndexFunc(w.users, func(u *User) bool { return u.ID == id })
	if i < 0 {
		return nil, refuse("user_not_found")
	}
	return w.users[i], nil
}

// channel finds one by id.
func (w *workspace) channel(id string) (*Channel, error) {
	i := slices.IndexFunc(w.channels, func(c *Channel) bool { return c.ID == id })
	if i < 0 {
		return nil, refuse("channel_not_found")
	}
	return w.channels[i], nil
}

// direct is the direct message between the app and a user, opened where there was none.
func (w *workspace) direct(user *User) *Channel {
	for _, c := range w.channels {
		if c.User == user.ID {
			return c
		}
	}
	c := &Channel{ID: "D" + strings.TrimPrefix(user.ID, "U"), User: user.ID, Members: []string{user.ID, BotUser}}
	w.channels = append(w.channels, c)
	return c
}

// reach finds the channel that the bot may read; a private one that it is not in is not there for it.
func (w *workspace) reach(id string) (*Channel, error) {
	c, err := w.channel(id)
	if err != nil {
		return nil, err
	}
	if c.kind() != "channels" && !c.has(BotUser) {
		return nil, refuse("channel_not_found")
	}
	return c, nil
}

// SetUser adds somebody, or changes who has that id.
func (s *Server) SetUser(u User) {
	_ = s.locked(func(w *workspace) error {
		w.setUser(u)
		return nil
	})
}

// SetChannel adds a channel, or changes the one that has that id.
func (s *Server) SetChannel(c Channel) {
	_ = s.locked(func(w *workspace) error {
		w.setChannel(c)
		return nil
	})
}

func (w *workspace) setUser(u User) {
	if u.TeamID == "" {
		u.TeamID = TeamID
	}
	if had, err := w.user(u.ID); err == nil {
		*had = u
		return
	}
	w.users = append(w.users, &u)
}

func (w *workspace) setChannel(c Channel) {
	c.Members = slices.Clone(c.Members)
	if had, err := w.channel(c.ID); err == nil {
		*had = c
		return
	}
	w.channels = append(w.channels, &c)
}
