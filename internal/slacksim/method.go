package slacksim

import (
	"slices"
	"strings"
)

// method is one method of the Web API.
type method struct {
	// scope is what the bot token needs, "" for nothing. "*:read" depends on the kind of the channel that is asked for.
	scope string
	// byApp methods take the app's token, all others the bot's.
	byApp bool
	do    func(*workspace, call) (answer, error)
}

// methods are all that the simulator knows.
func methods() map[string]method {
	return map[string]method{
		"auth.test":                {do: authTest},
		"team.info":                {scope: "team:read", do: teamInfo},
		"apps.connections.open":    {byApp: true, scope: "connections:write"}, // answered by the server, which keeps the sockets
		"chat.postMessage":         {scope: "chat:write", do: postMessage},
		"chat.update":              {scope: "chat:write", do: updateMessage},
		"chat.delete":              {scope: "chat:write", do: deleteMessage},
		"chat.postEphemeral":       {scope: "chat:write", do: postEphemeral},
		"chat.scheduleMessage":     {scope: "chat:write", do: scheduleMessage},
		"chat.getPermalink":        {do: permalink},
		"conversations.open":       {scope: "im:write", do: openConversation},
		"conversations.info":       {scope: "*:read", do: channelInfo},
		"conversations.list":       {scope: "*:read", do: listChannels},
		"conversations.members":    {scope: "*:read", do: channelMembers},
		"conversations.history":    {scope: "*:history", do: history},
		"conversations.replies":    {scope: "*:history", do: replies},
		"users.info":               {scope: "users:read", do: userInfo},
		"users.list":               {scope: "users:read", do: listUsers},
		"users.lookupByEmail":      {scope: "users:read.email", do: lookupByEmail},
		"views.open":               {do: openView},
		"views.push":               {do: pushView},
		"views.update":             {do: updateView},
		"views.publish":            {do: publishView},
		"usergroups.users.update":  {scope: "usergroups:write", do: updateGroup},
		"reactions.add":            {scope: "reactions:write", do: addReaction},
		responseMethod:             {do: nil}, // no method, but faults can name it
		"apps.connections.connect": {do: nil}, // the socket itself, the same
	}
}

// responseMethod is the name by which faults call posts to a response_url.
const responseMethod = "response_url"

// AllScopes are all scopes that some method needs.
func AllScopes() []string {
	return []string{
		"channels:history", "channels:read", "chat:write", "chat:write.public", "commands", "groups:history", "groups:read",
		"im:history", "im:read", "im:write", "reactions:write", "team:read", "usergroups:write", "users:read", "users:read.email",
	}
}

// admit checks the token and the scope.
func (s *Server) admit(m method, c call) error {
	switch {
	case c.token == "":
		return refuse("not_authed")
	case c.token != s.options.BotToken && c.token != s.options.AppToken:
		return refuse("invalid_auth")
	case s.work.dead != "":
		return refuse(s.work.dead)
	case (c.token == s.options.AppToken) != m.byApp:
		return refuse("not_allowed_token_type")
	case m.byApp || m.scope == "":
		return nil
	}
	return s.work.permit(m.scope, c)
}

// permit refuses a call whose scope the app was not given. Slack names all scopes that would do.
func (w *workspace) permit(scope string, c call) error {
	needed := []string{scope}
	if kinds, found := strings.CutPrefix(scope, "*"); found {
		needed = w.scopesFor(kinds, c)
	}
	if slices.ContainsFunc(needed, w.may) {
		return nil
	}
	return &refusal{code: "missing_scope", needed: strings.Join(needed, ","), provided: strings.Join(w.scopes, ",")}
}

// scopesFor are the scopes that reach the channel in question, any of them where it is not known yet.
func (w *workspace) scopesFor(suffix string, c call) []string {
	if channel, err := w.channel(c.text("channel")); err == nil {
		return []string{channel.kind() + suffix}
	}
	return []string{"channels" + suffix, "groups" + suffix, "im" + suffix}
}

func authTest(*workspace, call) (answer, error) {
	return answer{
		"url": "https://" + teamDomain + ".slack.com/", "team": teamName, "user": botName, "team_id": TeamID, "user_id": BotUser,
		"bot_id": BotID, "is_enterprise_install": false,
	}, nil
}

func teamInfo(*workspace, call) (answer, error) {
	return answer{"team": answer{
		"id": TeamID, "name": teamName, "domain": teamDomain, "email_domain": "", "url": "https://" + teamDomain + ".slack.com/",
	}}, nil
}

// updateGroup sets who is in a user group, which comes to be with its first members.
func updateGroup(w *workspace, c call) (answer, error) {
	group, err := c.need("usergroup")
	if err != nil {
		return nil, err
	}
	users, err := c.need("users")
	if err != nil {
		return nil, refuse("no_users_provided")
	}
	members := strings.Split(users, ",")
	for _, id := range members {
		if u, err := w.user(id); err != nil || u.Deleted {
			return nil, refuse("invalid_users")
		}
	}
	w.groups[group] = members
	w.note(Happening{Kind: GroupSet, Group: group, Members: members})
	return answer{"usergroup": answer{
		"id": group, "team_id": TeamID, "is_usergroup": true, "name": group, "handle": group, "users": members, "user_count": len(members),
	}}, nil
}

// addReaction puts the bot's emoji under a message, once.
func addReaction(w *workspace, c call) (answer, error) {
	channel, err := w.reach(c.text("channel"))
	if err != nil {
		return nil, err
	}
	m, err := w.message(channel.ID, c.text("timestamp"))
	if err != nil {
		return nil, err
	}
	name := strings.Trim(c.text("name"), ":")
	if name == "" {
		return nil, refuse("invalid_name")
	}
	if slices.ContainsFunc(m.Reactions, func(r Reaction) bool { return r.Name == name }) {
		return nil, refuse("already_reacted")
	}
	m.Reactions = append(m.Reactions, Reaction{Name: name, Users: []string{BotUser}, Count: 1})
	w.happen(Reacted, m, nil)
	return answer{}, nil
}
