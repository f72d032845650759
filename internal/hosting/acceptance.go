package hosting

import (
	"encoding/json"

	"lvyue/internal/refusal"
)

// Acceptance is one load acceptance (§1.3, §3.2): Users is the load standard, Carried how many users were served as it asks.
// Why says what was judged. Result is what was measured, in full: evidence that is kept word for word.
type Acceptance struct {
	Users   int             `json:"users"`
	Carried int             `json:"carried"`
	Passed  bool            `json:"passed"`
	Why     refusal.Text    `json:"why"`
	Result  json.RawMessage `json:"result"`
}

// Tested is a test message through one interface of §3.3: "wechat-work", "sms" or "mail". MessageID is the interface's own;
// Failure says why there is none.
type Tested struct {
	Interface string `json:"interface"`
	MessageID string `json:"message_id,omitempty"`
	Failure   string `json:"failure,omitempty"`
}
