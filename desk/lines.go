package main

import (
	"net/http"
	"time"

	"lvyue/internal/config"
	"lvyue/internal/mail"
	"lvyue/internal/paging"
	"lvyue/internal/robot"
)

// aMinuteOfTwenty is the least time between two messages to a robot: groups take twenty a minute.
const aMinuteOfTwenty = 3 * time.Second

// outward is how robots are called.
func outward() *http.Client {
	const patience = 5 * time.Second
	return &http.Client{Timeout: patience}
}

func wall() time.Time { return time.Now() }

// lines are the ways to people beside Slack that are set; ways are those that need no address of a person.
func lines(p config.Paging) (all []paging.Line, ways []paging.Way, err error) {
	if p.SMTPAddress != "" {
		channel, err := mail.New(mail.Server{
			Address: p.SMTPAddress, User: p.SMTPUser, Password: p.SMTPPassword.Reveal(), From: p.SMTPFrom,
		})
		if err != nil {
			return nil, nil, err
		}
		all = append(all, paging.Line{Channel: channel})
	}
	add := func(channel paging.Channel, every time.Duration) {
		all, ways = append(all, paging.Line{Channel: channel, Every: every}), append(ways, channel.Way())
	}
	if p.DingTalkURL != "" {
		add(robot.DingTalk(p.DingTalkURL.Reveal(), p.DingTalkSecret.Reveal(), outward(), wall), aMinuteOfTwenty)
	}
	if p.WeComURL != "" {
		add(robot.WeCom(p.WeComURL.Reveal(), outward(), wall), aMinuteOfTwenty)
	}
	if p.WebhookURL != "" {
		add(robot.Webhook(p.WebhookURL.Reveal(), p.WebhookSecret.Reveal(), outward(), wall), 0)
	}
	return all, ways, nil
}
