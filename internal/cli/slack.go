package cli

import (
	"context"

	"github.com/spf13/cobra"

	"lvyue/internal/slack"
)

// manifestDocument is the app's manifest, and the link that makes the app of it.
type manifestDocument struct {
	Manifest string `json:"manifest"`
	Install  string `json:"install"`
}

// slackCommand groups what is needed to set the fault desk up in Slack, and who is who there (§4).
func slackCommand(s *session) *cobra.Command {
	group := &cobra.Command{
		Use:     "slack",
		Short:   s.say("Slack 故障服务台：安装、账号绑定（§4）", "the fault desk in Slack: set it up, link accounts (§4)"),
		Example: "  starter slack manifest",
	}
	group.AddCommand(slackManifestCommand(s), slackLinksCommand(s), slackLinkCommand(s), slackUnlinkCommand(s))
	group.RunE = s.choose(group)
	return group
}

func slackManifestCommand(s *session) *cobra.Command {
	var mode, url string
	c := &cobra.Command{
		Use: "manifest", Args: wants(0, 0),
		Short:   s.say("打印 Slack 应用清单和一键安装链接", "print the app's manifest, and the link that installs it"),
		Example: "  starter slack manifest\n  starter slack manifest --mode http --url https://desk.example.com",
		RunE: s.does(func(context.Context, []string) (reply, error) {
			text, err := slack.Manifest(slack.Mode(mode), url)
			if err != nil {
				return reply{}, err
			}
			d := manifestDocument{Manifest: string(text), Install: slack.InstallLink(text)}
			return reply{document: d, print: func(p *paper) {
				p.text(d.Manifest)
				p.line("# 一键安装：%s", "# install with one click: %s", d.Install)
			}}, nil
		}),
	}
	flags := c.Flags()
	flags.StringVar(&mode, "mode", string(slack.ModeSocket), s.say("连接方式：socket（无需公网地址）或 http", "transport: socket (no public address needed) or http"))
	flags.StringVar(&url, "url", "", s.say("http 方式下 Slack 访问服务台的 https 地址", "the https address by which Slack reaches the desk, for http"))
	suggest(c, "mode", string(slack.ModeSocket), string(slack.ModeHTTP))
	return c
}
