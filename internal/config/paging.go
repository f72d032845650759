package config

import (
	"cmp"
	"net/url"

	"lvyue/internal/failure"
)

// Paging is how people are reached though Slack is down (§4.2). A way whose settings are empty is not used.
type Paging struct {
	// SMTPAddress is the mail server, host:port (LVYUE_SMTP_ADDRESS): TLS from the first byte on port 465, STARTTLS on any other,
	// never without. SMTPUser and SMTPPassword log in (LVYUE_SMTP_USER; LVYUE_SMTP_PASSWORD, also with _FILE); without a user
	// nobody does. SMTPFrom is the sender (LVYUE_SMTP_FROM), such as "Lvyue <desk@example.com>".
	SMTPAddress, SMTPUser string
	SMTPPassword          Secret
	SMTPFrom              string
	// DingTalkURL and DingTalkSecret are a robot of a DingTalk group and what it signs with (LVYUE_DINGTALK_URL,
	// LVYUE_DINGTALK_SECRET, each also with _FILE).
	DingTalkURL, DingTalkSecret Secret
	// WeComURL is a robot of a WeCom group (LVYUE_WECOM_URL, also with _FILE).
	WeComURL Secret
	// WebhookURL is anybody's own receiver, WebhookSecret what its calls are signed with (LVYUE_WEBHOOK_URL,
	// LVYUE_WEBHOOK_SECRET, each also with _FILE).
	WebhookURL, WebhookSecret Secret
	// DeskURL is where people reach the desk's pages (LVYUE_DESK_URL), such as https://desk.example.com; LinkSecret signs the
	// links to it, LinkSecretOld still holds during a rotation (LVYUE_LINK_SECRET, LVYUE_LINK_SECRET_OLD, each also with _FILE).
	// Without both messages have no links.
	DeskURL                   string
	LinkSecret, LinkSecretOld Secret
	// HeartbeatURL is told that the watchdog looks (LVYUE_HEARTBEAT_URL, also with _FILE); empty: nobody is.
	HeartbeatURL Secret
}

func readPaging(r *reader) Paging {
	return Paging{
		SMTPAddress: r.text("LVYUE_SMTP_ADDRESS"), SMTPUser: r.text("LVYUE_SMTP_USER"),
		SMTPPassword: r.secret("LVYUE_SMTP_PASSWORD"), SMTPFrom: r.text("LVYUE_SMTP_FROM"),
		DingTalkURL: r.secret("LVYUE_DINGTALK_URL"), DingTalkSecret: r.secret("LVYUE_DINGTALK_SECRET"),
		WeComURL: r.secret("LVYUE_WECOM_URL"), WebhookURL: r.secret("LVYUE_WEBHOOK_URL"),
		WebhookSecret: r.secret("LVYUE_WEBHOOK_SECRET"), DeskURL: r.text("LVYUE_DESK_URL"),
		LinkSecret: r.secret("LVYUE_LINK_SECRET"), LinkSecretOld: r.secret("LVYUE_LINK_SECRET_OLD"),
		HeartbeatURL: r.secret("LVYUE_HEARTBEAT_URL"),
	}
}

// Check tells whether what is set is whole. The failure "half_a_way" names what is missing or no URL; it quotes no setting.
func (p Paging) Check() error {
	for _, pair := range []struct {
		set, missing    bool
		name, needs, zh string
	}{
		{p.SMTPAddress != "", p.SMTPFrom == "", "LVYUE_SMTP_ADDRESS", "LVYUE_SMTP_FROM", ""},
		{p.SMTPUser != "", p.SMTPPassword == "", "LVYUE_SMTP_USER", "LVYUE_SMTP_PASSWORD", ""},
		{p.WebhookURL != "", p.WebhookSecret == "", "LVYUE_WEBHOOK_URL", "LVYUE_WEBHOOK_SECRET", ""},
		{p.DeskURL != "", p.LinkSecret == "", "LVYUE_DESK_URL", "LVYUE_LINK_SECRET", ""},
		{p.DingTalkURL != "", !isURL(p.DingTalkURL.Reveal()), "LVYUE_DINGTALK_URL", "a URL", "网址"},
		{p.WeComURL != "", !isURL(p.WeComURL.Reveal()), "LVYUE_WECOM_URL", "a URL", "网址"},
		{p.WebhookURL != "", !isURL(p.WebhookURL.Reveal()), "LVYUE_WEBHOOK_URL", "a URL", "网址"},
		{p.HeartbeatURL != "", !isURL(p.HeartbeatURL.Reveal()), "LVYUE_HEARTBEAT_URL", "a URL", "网址"},
		{p.DeskURL != "", !isURL(p.DeskURL), "LVYUE_DESK_URL", "a URL", "网址"},
	} {
		if pair.set && pair.missing {
			return failure.New("half_a_way", nil,
				"设置了 "+pair.name+"，还需要 "+cmp.Or(pair.zh, pair.needs), pair.name+" is set, and needs "+pair.needs)
		}
	}
	return nil
}

func isURL(text string) bool {
	u, err := url.Parse(text)
	return err == nil && (u.Scheme == "https" || u.Scheme == "http") && u.Host != ""
}
