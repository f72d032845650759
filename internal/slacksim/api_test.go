package slacksim_test

import (
	"bytes"
	"encoding/json"
	"io"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"github.com/slack-go/slack"

	"lvyue/internal/slacksim"
)

// raw calls a method without the vendor's client.
func raw(t *testing.T, s *slacksim.Server, method, bearer string, form url.Values) map[string]any {
	t.Helper()
	request, err := http.NewRequest(http.MethodPost, s.APIURL()+method, strings.NewReader(form.Encode()))
	if err != nil {
		t.Fatal(err)
	}
	request.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	if bearer != "" {
		request.Header.Set("Authorization", "Bearer "+bearer)
	}
	response, err := http.DefaultClient.Do(request)
	if err != nil {
		t.Fatal(err)
	}
	defer response.Body.Close()
	text, _ := io.ReadAll(response.Body)
	body := map[string]any{}
	if response.StatusCode != http.StatusOK || json.Unmarshal(text, &body) != nil {
		t.Fatalf("%s: %d %s", method, response.StatusCode, text)
	}
	return body
}

func TestTokens_AreTakenFromTheFormAndTheHeader(t *testing.T) {
	t.Parallel()
	s := start(t, slacksim.Options{})
	tests := map[string]struct {
		method, bearer, form, want string
	}{
		"form":             {"auth.test", "", s.BotToken(), ""},
		"header":           {"auth.test", s.BotToken(), "", ""},
		"none":             {"auth.test", "", "", "not_authed"},
		"unknown":          {"auth.test", "xoxb-other", "", "invalid_auth"},
		"app's for bot's":  {"chat.postMessage", s.AppToken(), "", "not_allowed_token_type"},
		"bot's for app's":  {"apps.connections.open", s.BotToken(), "", "not_allowed_token_type"},
		"no such method":   {"chat.shout", s.BotToken(), "", "unknown_method"},
		"a fault's handle": {"response_url", s.BotToken(), "", "unknown_method"},
	}
	for name, tt := range tests {
		form := url.Values{}
		if tt.form != "" {
			form.Set("token", tt.form)
		}
		body := raw(t, s, tt.method, tt.bearer, form)
		if got, _ := body["error"].(string); got != tt.want || body["ok"] != (tt.want == "") {
			t.Errorf("%s: %v", name, body)
		}
	}
	if body := raw(t, s, "auth.test?token="+s.BotToken(), "", nil); body["error"] != "not_authed" {
		t.Errorf("a token in the query was taken: %v", body)
	}
}

func TestScopes_AMissingOneIsNamed(t *testing.T) {
	t.Parallel()
	s := start(t, slacksim.Options{Scopes: []string{"chat:write", "channels:read"}})
	_, err := client(s).GetUserInfo(zhang)
	said := slack.SlackErrorResponse{}
	if as(err, &said); said.Err != "missing_scope" || said.Needed != "users:read" || said.Provided != "chat:write,channels:read" {
		t.Errorf("%#v", said)
	}
	if _, err := client(s).GetConversationInfo(&slack.GetConversationInfoInput{ChannelID: oncall}); err != nil {
		t.Error(err)
	}
	_, err = client(s).GetConversationInfo(&slack.GetConversationInfoInput{ChannelID: secret})
	if as(err, &said); said.Needed != "groups:read" {
		t.Errorf("%#v", said)
	}
	if _, _, err := client(s).PostMessage(lobby, slack.MsgOptionText("x", false)); code(err) != "not_in_channel" {
		t.Errorf("without chat:write.public: %v", err)
	}
}

func TestRevoked_TokensAreRefusedEverywhere(t *testing.T) {
	t.Parallel()
	for want, end := range map[string]func(*slacksim.Server) error{
		"token_revoked":    func(s *slacksim.Server) error { return s.Revoke(t.Context()) },
		"account_inactive": func(s *slacksim.Server) error { return s.Uninstall(t.Context()) },
	} {
		s := start(t, slacksim.Options{})
		_ = end(s) // nobody hears it
		if _, err := client(s).AuthTest(); code(err) != want {
			t.Errorf("%v, want %s", err, want)
		}
	}
}

func TestPeople_AreFoundByIDAndByEmail(t *testing.T) {
	t.Parallel()
	s := start(t, slacksim.Options{})
	c := client(s)
	u, err := c.GetUserByEmail("ZHANG@example.com")
	if err != nil || u.ID != zhang || u.RealName != "张工" || u.Profile.Email != "zhang@example.com" || u.TeamID != slacksim.TeamID {
		t.Errorf("%+v %v", u, err)
	}
	if _, err := c.GetUserByEmail("gone@example.com"); code(err) != "users_not_found" {
		t.Error(err)
	}
	for id, is := range map[string]func(*slack.User) bool{
		guest:   func(u *slack.User) bool { return u.IsRestricted && !u.IsStranger },
		strange: func(u *slack.User) bool { return u.IsStranger && u.TeamID == slacksim.OtherTeam },
		gone:    func(u *slack.User) bool { return u.Deleted },
	} {
		if u, err := c.GetUserInfo(id); err != nil || !is(u) {
			t.Errorf("%s: %+v %v", id, u, err)
		}
	}
	if _, err := c.GetUserInfo("U0NOBODY"); code(err) != "user_not_found" {
		t.Error(err)
	}
	all, err := c.GetUsersPaginated(slack.GetUsersOptionLimit(2)).Next(t.Context())
	if err != nil || len(all.Users) != 2 {
		t.Errorf("%+v %v", all, err)
	}
	everybody, err := c.GetUsers(slack.GetUsersOptionLimit(2))
	if err != nil || len(everybody) != len(people())+1 {
		t.Errorf("%d people, %v", len(everybody), err)
	}
}

func TestChannels_AreListedByKindAndMembers(t *testing.T) {
	t.Parallel()
	s := start(t, slacksim.Options{})
	c := client(s)
	list, _, err := c.GetConversations(&slack.GetConversationsParameters{Types: []string{"public_channel", "private_channel"}})
	if err != nil || len(list) != 2 || list[0].Name != "oncall" || !list[0].IsMember || list[1].IsMember {
		t.Errorf("%+v %v", list, err)
	}
	members, _, err := c.GetUsersInConversation(&slack.GetUsersInConversationParameters{ChannelID: oncall})
	if err != nil || strings.Join(members, " ") != slacksim.BotUser+" "+zhang+" "+li {
		t.Errorf("%v %v", members, err)
	}
	if _, err := c.GetConversationInfo(&slack.GetConversationInfoInput{ChannelID: secret}); code(err) != "channel_not_found" {
		t.Errorf("a private channel without the bot: %v", err)
	}
	for user, want := range map[string]string{"U0NOBODY": "user_not_found", gone: "user_disabled", zhang: ""} {
		if _, _, _, err := c.OpenConversation(&slack.OpenConversationParameters{Users: []string{user}}); code(err) != want {
			t.Errorf("%s: %v", user, err)
		}
	}
	team, err := c.GetTeamInfo()
	if err != nil || team.ID != slacksim.TeamID {
		t.Errorf("%+v %v", team, err)
	}
	if _, err := c.UpdateUserGroupMembers("S0SHIFT", zhang+","+li); err != nil || len(s.Group("S0SHIFT")) != 2 {
		t.Errorf("%v %v", s.Group("S0SHIFT"), err)
	}
	if _, err := c.UpdateUserGroupMembers("S0SHIFT", gone); code(err) != "invalid_users" {
		t.Error(err)
	}
}

func TestLog_HasEveryCallAndNoToken(t *testing.T) {
	t.Parallel()
	var log bytes.Buffer
	s, err := slacksim.Start(slacksim.Options{Log: &log, Channels: channels()})
	if err != nil {
		t.Fatal(err)
	}
	post(t, s, "故障")
	_, _ = client(s).GetUserInfo("U0NOBODY")
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	text := log.String()
	if strings.Count(text, "\n") != 2 || !strings.Contains(text, `"user_not_found"`) || !strings.Contains(text, "故障") || strings.Contains(text, s.BotToken()) {
		t.Error(text)
	}
}
