package slack

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"regexp"

	api "github.com/slack-go/slack"

	"lvyue/internal/paging"
)

// hopeless are the words with which Slack refuses what no repetition can mend (§4.2): the app, the room or the message is wrong.
func hopeless() map[string]bool {
	return map[string]bool{
		"not_authed": true, "invalid_auth": true, "token_revoked": true, "token_expired": true, "account_inactive": true,
		"missing_scope": true, "not_allowed_token_type": true, "no_permission": true, "ekm_access_denied": true, "org_login_required": true,
		"channel_not_found": true, "is_archived": true, "not_in_channel": true, "restricted_action": true, "access_denied": true,
		"user_not_found": true, "users_not_found": true, "user_disabled": true, "user_not_visible": true, "cannot_dm_bot": true,
		"invalid_blocks": true, "invalid_blocks_format": true, "invalid_attachments": true, "msg_too_long": true,
		"msg_blocks_too_long": true, "no_text": true, "too_many_attachments": true, "cant_update_message": true,
		"metadata_too_large": true, "invalid_metadata_format": true, "thread_not_found": true,
	}
}

// gone are the words for a message that is not there any more.
const gone = "message_not_found"

// spoken is what Slack's words for errors look like. Anything else may quote something, and is not repeated.
var spoken = regexp.MustCompile(`^[a-z_]{1,40}$`)

// trouble is what an error of the vendor's client means, in words that hold no token, no URL and nothing of a message. Of what got no
// answer nobody knows whether it was taken: it is not final.
func trouble(err error) error {
	if err == nil {
		return nil
	}
	if limited, ok := errors.AsType[*api.RateLimitedError](err); ok {
		return &paging.SendError{Reason: "Slack: too many messages", Wait: limited.RetryAfter}
	}
	if said, ok := errors.AsType[api.SlackErrorResponse](err); ok {
		return refused(said.Err)
	}
	if status, ok := errors.AsType[api.StatusCodeError](err); ok {
		if status.Code == http.StatusTooManyRequests {
			return &paging.SendError{Reason: "Slack: too many messages"}
		}
		return &paging.SendError{Reason: fmt.Sprintf("Slack: HTTP %d", status.Code)}
	}
	if errors.Is(err, context.DeadlineExceeded) || timedOut(err) {
		return &paging.SendError{Reason: "Slack: no answer in time"}
	}
	if errors.Is(err, context.Canceled) {
		return &paging.SendError{Reason: "Slack: interrupted"}
	}
	return &paging.SendError{Reason: "Slack: no answer, or one that cannot be read"}
}

func refused(word string) *paging.SendError {
	if !spoken.MatchString(word) {
		word = "refused"
	}
	return &paging.SendError{Reason: "Slack: " + word, Final: hopeless()[word]}
}

func timedOut(err error) bool {
	slow, ok := errors.AsType[interface {
		error
		Timeout() bool
	}](err)
	return ok && slow.Timeout()
}

// says tells whether Slack refused with that word.
func says(err error, word string) bool {
	said, ok := errors.AsType[api.SlackErrorResponse](err)
	return ok && said.Err == word
}

// untaken tells whether Slack said that it has not taken a message, and might later.
func untaken(err error) bool {
	if _, limited := errors.AsType[*api.RateLimitedError](err); limited {
		return true
	}
	if status, ok := errors.AsType[api.StatusCodeError](err); ok {
		return status.Code == http.StatusTooManyRequests
	}
	said, ok := errors.AsType[api.SlackErrorResponse](err)
	return ok && !hopeless()[said.Err]
}
