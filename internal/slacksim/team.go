package slacksim

import (
	_ "embed" // the usual team
	"encoding/json"
	"fmt"
)

//go:embed team.json
var team []byte

// OncallChannel is the channel of the usual team in which faults are looked after.
const OncallChannel = "C0ONCALL"

// Team reads users and channels, {"users": […], "channels": […]}; those of the usual team, whose app is in each channel, if text
// is empty.
func Team(text []byte) ([]User, []Channel, error) {
	if len(text) == 0 {
		text = team
	}
	var given struct {
		Users    []User    `json:"users"`
		Channels []Channel `json:"channels"`
	}
	if err := json.Unmarshal(text, &given); err != nil {
		return nil, nil, fmt.Errorf("read the users: %w", err)
	}
	return given.Users, given.Channels, nil
}
