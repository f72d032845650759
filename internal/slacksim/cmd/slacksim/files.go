package main

import (
	"crypto/rand"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"

	"lvyue/internal/slacksim"
)

// people reads the users and channels.
func (set *settings) people() (err error) {
	var text []byte
	if set.team != "" {
		if text, err = os.ReadFile(set.team); err != nil {
			return fmt.Errorf("read the users: %w", err)
		}
	}
	set.options.Users, set.options.Channels, err = slacksim.Team(text)
	return err
}

// access is what an app needs to reach the workspace.
type access struct {
	APIURL        string `json:"api_url"`
	BotToken      string `json:"bot_token"`
	AppToken      string `json:"app_token"`
	SigningSecret string `json:"signing_secret"`
	AppID         string `json:"app_id"`
	TeamID        string `json:"team_id"`
}

// credentials are those in the file, so that an app's settings outlive a restart; new ones where there is no file yet, and the
// usual ones without a file.
func credentials(path string) (access, error) {
	kept := access{
		BotToken: slacksim.DefaultBotToken, AppToken: slacksim.DefaultAppToken, SigningSecret: slacksim.DefaultSigningSecret,
		AppID: slacksim.AppID, TeamID: slacksim.TeamID,
	}
	if path == "" {
		return kept, nil
	}
	text, err := os.ReadFile(path) //nolint:gosec // the operator names the file
	if errors.Is(err, fs.ErrNotExist) {
		kept.BotToken, kept.AppToken, kept.SigningSecret = "xoxb-"+rand.Text(), "xapp-"+rand.Text(), rand.Text()
		return kept, nil
	}
	if err != nil {
		return kept, fmt.Errorf("read the tokens: %w", err)
	}
	if err := json.Unmarshal(text, &kept); err != nil {
		return kept, fmt.Errorf("read the tokens in %s: %w", path, err)
	}
	return kept, nil
}

// write keeps them, with the address that is in force.
func (a access) write(path string) error {
	if path == "" {
		return nil
	}
	text, err := json.MarshalIndent(a, "", "  ")
	if err == nil {
		err = os.WriteFile(path, append(text, '\n'), 0o600)
	}
	if err != nil {
		return fmt.Errorf("write the tokens: %w", err)
	}
	return nil
}
