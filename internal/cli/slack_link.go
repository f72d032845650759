package cli

import (
	"context"
	"slices"

	"github.com/jedib0t/go-pretty/v6/table"
	"github.com/spf13/cobra"

	"lvyue/internal/message"
	"lvyue/internal/oncall"
	"lvyue/internal/postgres"
	"lvyue/internal/refusal"
	"lvyue/internal/words"
)

// linksDocument is which member of Slack is whom.
type linksDocument struct {
	Links []linkLine `json:"links"`
}

// linkLine is how one link stands. Version is that of the rota whose form names the account, 0 for one that was asked for or entered.
type linkLine struct {
	message.Approval

	Member  string `json:"member"`
	Version int64  `json:"version,omitempty"`
}

func slackLinksCommand(s *session) *cobra.Command {
	return &cobra.Command{
		Use: "links", Args: wants(0, 0),
		Short:   s.say("列出 Slack 账号与值班表人员的绑定：待批准、已批准、已撤销", "list which member of Slack is whom: pending, approved, refused, revoked"),
		Example: "  starter slack links",
		RunE: s.does(func(ctx context.Context, _ []string) (reply, error) {
			store, err := s.open(ctx)
			if err != nil {
				return reply{}, err
			}
			d, err := linksNow(ctx, store)
			return reply{document: d, print: func(p *paper) { p.links(d) }}, err
		}),
	}
}

// linksNow are the accounts of the rota's form that nothing else is said about, then those that something is.
func linksNow(ctx context.Context, store *postgres.Store) (linksDocument, error) {
	said, err := store.Links(ctx, "")
	if err != nil {
		return linksDocument{}, err
	}
	rota, err := store.Rota(ctx)
	if rota, err = oncall.OrNobody(rota, err); err != nil {
		return linksDocument{}, err
	}
	d := linksDocument{Links: []linkLine{}}
	for _, p := range rota.People {
		silent := !slices.ContainsFunc(said, func(a message.Approval) bool { return a.Member() == p.Slack })
		if p.Slack != "" && silent {
			d.Links = append(d.Links, formLink(rota, p))
		}
	}
	for _, a := range said {
		d.Links = append(d.Links, linkLine{Approval: a, Member: a.Member()})
	}
	return d, nil
}

// formLink is an account that the form of the rota names: who set that version has approved it.
func formLink(rota oncall.Rota, p oncall.Person) linkLine {
	a := message.LinkOf("", p.Slack)
	a.State, a.Person, a.By, a.At = message.Approved, p.ID, rota.SetBy, rota.SetAt
	return linkLine{Approval: a, Member: p.Slack, Version: rota.Version}
}

func (p *paper) links(d linksDocument) {
	header := table.Row{"成员", "人员", "状态", "经办", "时刻", "来源"}
	if p.lang != "zh" {
		header = table.Row{"member", "person", "state", "by", "at", "from"}
	}
	rows := make([]table.Row, len(d.Links))
	for i, l := range d.Links {
		from := l.Team
		if l.Version > 0 {
			from = p.in(refusal.Text{ZH: "值班表", EN: "the rota"})
		}
		rows[i] = table.Row{l.Member, l.Person, p.in(words.Approval(l.State)), l.By, p.minute(l.At), from}
	}
	p.rows(header, rows)
}

// linking is what is typed to approve or to revoke a link.
type linking struct{ by, person, team string }

func (s *session) linkFlags(c *cobra.Command, l *linking) {
	s.handler(c, &l.by)
	c.Flags().StringVar(&l.team, "team", "", s.say("工作区编号 T…；默认为申请所在的工作区，或 LVYUE_SLACK_TEAM", "the workspace, T…; by default that of the question, or LVYUE_SLACK_TEAM"))
}

func slackLinkCommand(s *session) *cobra.Command {
	var l linking
	c := &cobra.Command{
		Use: "link MEMBER", Args: wants(1, 1),
		Short:   s.say("批准一个 Slack 账号的绑定申请，或直接绑定（--person）", "approve that a member of Slack is a person of the rota, or enter it (--person)"),
		Example: "  starter slack link U0123ABCD --by wang\n  starter slack link U0123ABCD --person gao --by wang",
		RunE: s.does(func(ctx context.Context, args []string) (reply, error) {
			return s.judgeLink(ctx, message.Approved, args[0], l, "已绑定为", "is now")
		}),
	}
	s.linkFlags(c, &l)
	c.Flags().StringVar(&l.person, "person", "", s.say("值班表中的 id；批准申请时可省略", "id on the rota; may be left out where it was asked for"))
	return c
}

func slackUnlinkCommand(s *session) *cobra.Command {
	var l linking
	c := &cobra.Command{
		Use: "unlink MEMBER", Args: wants(1, 1),
		Short:   s.say("撤销一个 Slack 账号的绑定，立即生效", "revoke the link of a member of Slack, at once"),
		Example: "  starter slack unlink U0123ABCD --by wang",
		RunE: s.does(func(ctx context.Context, args []string) (reply, error) {
			return s.judgeLink(ctx, message.Revoked, args[0], l, "不再是", "is no longer")
		}),
	}
	s.linkFlags(c, &l)
	return c
}

// judgeLink keeps a word about a link, and says what is so from now on.
func (s *session) judgeLink(ctx context.Context, state message.ApprovalState, member string, l linking, zh, en string) (reply, error) {
	store, err := s.open(ctx)
	if err != nil {
		return reply{}, err
	}
	var in input
	a := message.LinkOf("", member)
	a.State, a.By, a.Person, a.Way = state, in.required("by", l.by), l.person, "cli"
	if a.Team, err = s.teamOf(ctx, store, member, l.team); err != nil {
		return reply{}, err
	}
	in.required("team", a.Team)
	last, err := store.Approval(ctx, a)
	if err != nil {
		return reply{}, err
	}
	if l.person != "" && last.State == message.AskedFor && last.Person != l.person {
		in.fail("other_person", "person", "申请的是 "+last.Person, "was asked to be "+last.Person)
	}
	if err := in.err(); err != nil {
		return reply{}, err
	}
	if a, err = store.KeepApproval(ctx, a); err != nil {
		return reply{}, err
	}
	d := linkLine{Approval: a, Member: member}
	return reply{document: d, print: func(p *paper) {
		p.line("%s %s %s %s", "%s %s %s %s", p.paint(good, "✓"), member, p.in(refusal.Text{ZH: zh, EN: en}), a.Person)
	}}, nil
}

// teamOf is the workspace that is meant: the one that is named, that of what was said about the member before, or that of the desk.
func (s *session) teamOf(ctx context.Context, store *postgres.Store, member, named string) (string, error) {
	if named != "" {
		return named, nil
	}
	said, err := store.Links(ctx, "")
	if i := slices.IndexFunc(said, func(a message.Approval) bool { return a.Member() == member }); i >= 0 {
		return said[i].Team, nil
	}
	if err != nil {
		return "", err
	}
	return s.loaded.Desk.Team, nil
}
